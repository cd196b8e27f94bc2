"""One message of a catalogue: its fields, and the lines they stand in.

Grammar: GNU gettext manual, "The Format of PO Files", with what its own reader accepts besides
(several strings on a line, strings on the line after the keyword, obsolete previous msgid).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

__all__ = ["Line", "Message", "PoSyntaxError", "build", "has_keyword", "tokenize"]


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
LISTS = ("comments", "extracted", "references", "flags")
PREVIOUS = ("previous_msgctxt", "previous_msgid", "previous_msgid_plural")
STRINGS = ("msgctxt", "msgid", "msgid_plural", "msgstr", "msgstr_plural")
ORDER = {name: place for place, name in enumerate((*LISTS, *PREVIOUS, *STRINGS))}
SIGNS = {"comments": "# ", "extracted": "#. ", "references": "#: ", "flags": "#, "}

_KEYWORD = re.compile(
    r"(?P<name>msgctxt|msgid_plural|msgid|msgstr)\s*(?:\[\s*(?P<index>\d+)\s*\])?\s*(?P<rest>\".*)?$"
)
_STRING = re.compile(r'\s*"(?P<inside>(?:[^"\\]|\\.)*)"\s*')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))")
NAMED_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"',
          "a": "\a", "b": "\b", "f": "\f", "v": "\v"}  # fmt: skip


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
    kind = False, False  # obsolete, previous: a string goes on only in lines of its own kind
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
                if field not in PREVIOUS:
                    raise PoSyntaxError("a previous message has no msgstr", number)
            rest = match["rest"] or ""
        elif body.startswith('"') and field and kind == (obsolete, previous):
            rest = body
        elif obsolete and not body.startswith('"'):
            yield Line(line, "", obsolete=True, number=number)  # a remark on an old message
            continue
        else:
            raise PoSyntaxError(_reason(body), number)
        kind = obsolete, previous
        value = _strings(rest, number)
        yield Line(line, field, value, index, obsolete, match is not None, number)


def _comment(line: str, body: str, number: int) -> Line:
    for field in ("extracted", "references", "flags"):
        if body.startswith(SIGNS[field][:2]):
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
        if name not in NAMED_ESCAPES:
            raise PoSyntaxError(f"no such escape: \\{name} (a backslash is written \\\\)", number)
        return NAMED_ESCAPES[name]

    return "".join(_ESCAPE.sub(unescape, part) if "\\" in part else part for part in parts)


def has_keyword(lines: Iterable[Line]) -> bool:
    """Whether there is a message in these lines, not only comments."""
    return any(line.field in STRINGS for line in lines)


def build(lines: Sequence[Line]) -> Message:
    """The message that stands in these lines, and in no others."""
    lists: dict[str, list[str]] = {name: [] for name in LISTS}
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
        if line.field in STRINGS:
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
