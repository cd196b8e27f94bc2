"""One message of a catalogue: its fields, and the lines they stand in.

Grammar: GNU gettext manual, "The Format of PO Files", with what its own reader accepts besides
(several strings on a line, strings on the line after the keyword, obsolete previous msgid).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

__all__ = ["Line", "Message", "PoSyntaxError", "build", "has_keyword", "render", "tokenize"]


class PoSyntaxError(Exception):
    """A line that no catalogue can hold; ``line`` is 1-based."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message, line)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class Message:
    """A message. Change one with ``dataclasses.replace``: what is not changed keeps its bytes.

    ``comments`` (``# ``), ``extracted`` (``#.``) and ``references`` (``#:``) are lines without
    their sign; ``flags`` are single. ``msgstr_plural`` is empty unless there is a plural.
    """

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    msgid_plural: str | None = None
    msgstr_plural: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous_msgctxt: str | None = None
    previous_msgid: str | None = None
    previous_msgid_plural: str | None = None
    obsolete: bool = False
    line: int = dataclass_field(default=0, compare=False)
    """1-based line of the first keyword in the file it was read from."""
    raw: str = dataclass_field(default="", compare=False, repr=False)
    """The text it was read from, with what stands between it and the message before."""

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes it this message and no other: context and msgid."""
        return self.msgctxt, self.msgid

    @property
    def is_header(self) -> bool:
        """Whether it is the catalogue's header."""
        return self.msgid == "" and self.msgctxt is None and not self.obsolete

    @property
    def fuzzy(self) -> bool:
        """Whether it waits for a person's approval."""
        return "fuzzy" in self.flags

    def with_fuzzy(self, fuzzy: bool) -> Message:
        """The message with or without the flag ``fuzzy``; other flags keep their order."""
        if fuzzy == self.fuzzy:
            return self
        rest = tuple(flag for flag in self.flags if flag != "fuzzy")
        return replace(self, flags=("fuzzy", *rest) if fuzzy else rest)


# Fields in the order in which gettext writes them.
_LISTS = ("comments", "extracted", "references", "flags")
_PREVIOUS = ("previous_msgctxt", "previous_msgid", "previous_msgid_plural")
_STRINGS = ("msgctxt", "msgid", "msgid_plural", "msgstr", "msgstr_plural")
_ORDER = {name: place for place, name in enumerate((*_LISTS, *_PREVIOUS, *_STRINGS))}
_SIGNS = {"comments": "# ", "extracted": "#. ", "references": "#: ", "flags": "#, "}

_KEYWORD = re.compile(
    r"(?P<name>msgctxt|msgid_plural|msgid|msgstr)\s*(?:\[\s*(?P<index>\d+)\s*\])?\s*(?P<rest>\".*)?$"
)
_STRING = re.compile(r'\s*"(?P<inside>(?:[^"\\]|\\.)*)"\s*')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"',
          "a": "\a", "b": "\b", "f": "\f", "v": "\v"}  # fmt: skip
_ESCAPES = {char: f"\\{name}" for name, char in _NAMED.items()}
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\]')


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a catalogue. ``field`` is empty for a blank one and for a stray ``#~``."""

    text: str
    """Everything, the line end included."""
    field: str
    value: str = ""
    index: int = 0
    """Of a plural form."""
    obsolete: bool = False
    keyword: bool = False
    """Whether a field begins here, rather than going on from the line before."""
    number: int = 0


def tokenize(text: str, first: int = 1) -> Iterator[Line]:
    """The lines of a catalogue, each with the field it belongs to. Raises PoSyntaxError."""
    field, index = "", 0
    for number, line in enumerate(re.findall(r"[^\n]*\n|[^\n]+", text), first):
        body = line.strip(" \t\r\n\v\f")
        if not body:
            yield Line(line, "", number=number)
            continue
        obsolete = previous = False
        if body.startswith("#~|"):
            body, obsolete, previous = body[3:].lstrip(), True, True
        elif body.startswith("#~"):
            body, obsolete = body[2:].lstrip(), True
        elif body.startswith("#|"):
            body, previous = body[2:].lstrip(), True
        elif body.startswith("#"):
            yield _comment(line, body, number)
            field = ""
            continue
        match = _KEYWORD.match(body)
        if match:
            field, index = match["name"], int(match["index"] or 0)
            if match["index"] is not None:
                if field != "msgstr":
                    raise PoSyntaxError(f"only msgstr has a number, not {field}", number)
                field = "msgstr_plural"
            if previous:
                field = f"previous_{field}"
                if field not in _PREVIOUS:
                    raise PoSyntaxError("a previous message has no msgstr", number)
            rest = match["rest"] or ""
        elif body.startswith('"') and field:
            rest = body
        elif obsolete and not body.startswith('"'):
            yield Line(line, "", obsolete=True, number=number)  # a remark on an old message
            continue
        else:
            raise PoSyntaxError(_reason(body), number)
        value = _strings(rest, number)
        yield Line(line, field, value, index, obsolete, match is not None, number)


def _comment(line: str, body: str, number: int) -> Line:
    for field in ("extracted", "references", "flags"):
        if body.startswith(_SIGNS[field][:2]):
            return Line(line, field, body[2:].strip(), number=number)
    value = body[1:]
    return Line(line, "comments", value[1:] if value.startswith(" ") else value, number=number)


def _reason(body: str) -> str:
    if body.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return (
            "a conflict that git left in the file: take both versions out of git "
            "and run `bilingual glossary merge BASE OURS THEIRS`"
        )
    if body.startswith('"'):
        return "a string that belongs to no keyword"
    shown = body if len(body) <= 40 else body[:40] + "…"
    return f"no line of a PO file: {shown!r}; put text between quotation marks after a keyword"


def _strings(rest: str, number: int) -> str:
    parts: list[str] = []
    place = 0
    while place < len(rest):
        match = _STRING.match(rest, place)
        if match is None:
            raise PoSyntaxError(
                'a quotation mark is missing or stands alone (write \\" inside a text)', number
            )
        parts.append(match["inside"])
        place = match.end()

    def unescape(found: re.Match[str]) -> str:
        octal, hexadecimal, name = found.groups()
        if octal or hexadecimal:
            return chr(int(octal, 8) if octal else int(hexadecimal, 16))
        if name not in _NAMED:
            raise PoSyntaxError(f"no such escape: \\{name} (a backslash is written \\\\)", number)
        return _NAMED[name]

    return "".join(_ESCAPE.sub(unescape, part) if "\\" in part else part for part in parts)


def has_keyword(lines: Iterable[Line]) -> bool:
    """Whether there is a message in these lines, not only comments."""
    return any(line.field in _STRINGS for line in lines)


def build(lines: Sequence[Line]) -> Message:
    """The message that stands in these lines, and in no others."""
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    strings: dict[str, str] = {}
    plurals: dict[int, str] = {}
    obsolete, number = False, 0
    for line in lines:
        if line.field == "flags":
            lists["flags"] += [flag.strip() for flag in line.value.split(",") if flag.strip()]
        elif line.field in lists:
            lists[line.field].append(line.value)
        elif line.field == "msgstr_plural":
            plurals[line.index] = plurals.get(line.index, "") + line.value
        elif line.field:
            strings[line.field] = strings.get(line.field, "") + line.value
        if line.field in _STRINGS:
            obsolete = line.obsolete
            number = number or line.number
    return Message(
        msgid=strings.get("msgid", ""),
        msgstr=strings.get("msgstr", ""),
        msgctxt=strings.get("msgctxt"),
        msgid_plural=strings.get("msgid_plural"),
        msgstr_plural=tuple(plurals[i] for i in sorted(plurals)),
        comments=tuple(lists["comments"]),
        extracted=tuple(lists["extracted"]),
        references=tuple(lists["references"]),
        flags=tuple(lists["flags"]),
        previous_msgctxt=strings.get("previous_msgctxt"),
        previous_msgid=strings.get("previous_msgid"),
        previous_msgid_plural=strings.get("previous_msgid_plural"),
        obsolete=obsolete,
        line=number,
        raw="".join(line.text for line in lines),
    )


def render(message: Message, newline: str = "\n", width: int | None = None) -> str:
    """The text of a message: as it was read, but for the lines of fields that differ now.

    ``width`` is the column at which strings written anew are wrapped; None leaves them whole.
    """
    if not message.raw:
        fields = (*_LISTS, *_PREVIOUS, *_STRINGS)
        return "".join(text for name in fields for text in _written(message, name, newline, width))
    lines = list(tokenize(message.raw))
    before = build(lines)
    if before == message:
        return message.raw
    if message.obsolete != before.obsolete:
        lines = [_turned(line, message.obsolete) for line in lines]
    for name in _ORDER:
        if getattr(before, name) != getattr(message, name):
            lines = _patched(lines, name, _written(message, name, newline, width, lines), newline)
    return "".join(line.text for line in lines)


def _patched(lines: list[Line], name: str, texts: list[str], newline: str) -> list[Line]:
    own = [place for place, line in enumerate(lines) if line.field == name]
    if own:
        at = own[0]
    else:
        later = (i for i, line in enumerate(lines) if _ORDER.get(line.field, -1) > _ORDER[name])
        at = next(later, len(lines))
    kept = [line for line in lines[at:] if line.field != name]
    new = [Line(text, name) for text in texts]
    if new and at == len(lines) and lines and not lines[-1].text.endswith("\n"):
        lines = [*lines[:-1], replace(lines[-1], text=lines[-1].text + newline)]
    elif new and not kept and lines and not lines[-1].text.endswith("\n"):
        new[-1] = replace(new[-1], text=new[-1].text.rstrip("\r\n"))  # the file ended so
    return [*lines[:at], *new, *kept]


def _turned(line: Line, obsolete: bool) -> Line:
    """A line of a message that becomes obsolete, or comes back to life."""
    if line.field not in _STRINGS and line.field not in _PREVIOUS:
        return line
    text = line.text.lstrip()
    if obsolete:
        text = f"#~{text[1:]}" if line.field in _PREVIOUS else f"#~ {text}"
    else:
        text = f"#{text[2:]}" if line.field in _PREVIOUS else text[2:].lstrip(" \t")
    return replace(line, text=text, obsolete=obsolete)


def _written(
    message: Message, name: str, newline: str, width: int | None, old: Sequence[Line] = ()
) -> list[str]:
    """The lines of one field, written anew."""
    value = getattr(message, name)
    if name == "flags":
        return [f"#, {', '.join(value)}{newline}"] if value else []
    if name in _LISTS:
        # A line that stays keeps its own spelling, "#note" or "#  note".
        known = {line.value: line.text for line in old if line.field == name}
        sign = _SIGNS[name]
        return [known.get(text) or f"{sign}{_one_line(text)}".rstrip() + newline for text in value]
    if name == "msgstr_plural":
        return [
            text
            for index, form in enumerate(value)
            for text in _string(f"msgstr[{index}]", form, message.obsolete, "", newline, width)
        ]
    if value is None or (name == "msgstr" and message.msgstr_plural):
        return []
    if name in _PREVIOUS:
        keyword = name.removeprefix("previous_")
        return _string(keyword, value, message.obsolete, "|", newline, width)
    return _string(name, value, message.obsolete, "", newline, width)


def _one_line(text: str) -> str:
    return text if "\n" not in text else " ".join(text.split("\n"))


def _string(
    keyword: str, value: str, obsolete: bool, mark: str, newline: str, width: int | None
) -> list[str]:
    sign = "#" + "~" * obsolete + mark + " " if obsolete or mark else ""
    room = None if width is None else width - len(sign) - 2
    pieces = _wrapped(value, room)
    first = _escape(value)
    if len(pieces) <= 1 and (width is None or len(f'{sign}{keyword} "{first}"') <= width):
        return [f'{sign}{keyword} "{first}"{newline}']
    return [f'{sign}{keyword} ""{newline}', *(f'{sign}"{p}"{newline}' for p in pieces)]


def _escape(value: str) -> str:
    return _TO_ESCAPE.sub(lambda m: _ESCAPES.get(m[0]) or f"\\{ord(m[0]):03o}", value)


def _wrapped(value: str, room: int | None) -> list[str]:
    """Escaped pieces: one a line of the text, divided at spaces where they pass ``room``."""
    pieces: list[str] = []
    for line in re.findall(r"[^\n]*\n|[^\n]+", value):
        if room is None:
            pieces.append(_escape(line))
            continue
        piece = ""
        for word in re.findall(r"[^ ]* +|[^ ]+", line):
            escaped = _escape(word)
            if piece and len(piece) + len(escaped) > room:
                pieces.append(piece)
                piece = ""
            piece += escaped
        pieces.append(piece)
    return pieces
