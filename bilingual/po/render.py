"""A message as text: the lines it was read from, but for the fields that differ now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bilingual.po.message import (
    LISTS,
    NAMED_ESCAPES,
    ORDER,
    PREVIOUS,
    SIGNS,
    STRINGS,
    Line,
    Message,
    build,
    tokenize,
)

__all__ = ["render"]

_ESCAPES = {char: f"\\{name}" for name, char in NAMED_ESCAPES.items()}
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\]')


def render(message: Message, newline: str = "\n", width: int | None = None) -> str:
    """The text of a message: as it was read, but for the lines of fields that differ now.

    ``width`` is the column at which strings written anew are wrapped; None leaves them whole.
    """
    if not message.raw:
        fields = (*LISTS, *PREVIOUS, *STRINGS)
        return "".join(text for name in fields for text in _written(message, name, newline, width))
    lines = list(tokenize(message.raw))
    before = build(lines)
    if before == message:
        return message.raw
    if message.obsolete != before.obsolete:
        lines = [_turned(line, message.obsolete) for line in lines]
    for name in ORDER:
        if getattr(before, name) != getattr(message, name):
            lines = _patched(lines, name, _written(message, name, newline, width, lines), newline)
    return "".join(line.text for line in lines)


def _patched(lines: list[Line], name: str, texts: list[str], newline: str) -> list[Line]:
    own = [place for place, line in enumerate(lines) if line.field == name]
    if own:
        at = own[0]
    else:
        later = (i for i, line in enumerate(lines) if ORDER.get(line.field, -1) > ORDER[name])
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
    if line.field not in STRINGS and line.field not in PREVIOUS:
        return line
    text = line.text.lstrip()
    if obsolete:
        text = f"#~{text[1:]}" if line.field in PREVIOUS else f"#~ {text}"
    else:
        text = f"#{text[2:]}" if line.field in PREVIOUS else text[2:].lstrip(" \t")
    return replace(line, text=text, obsolete=obsolete)


def _written(
    message: Message, name: str, newline: str, width: int | None, old: Sequence[Line] = ()
) -> list[str]:
    """The lines of one field, written anew."""
    value = getattr(message, name)
    if name == "flags":
        return [f"#, {', '.join(value)}{newline}"] if value else []
    if name in LISTS:
        # A line that stays keeps its own spelling, "#note" or "#  note".
        known = {line.value: line.text for line in old if line.field == name}
        sign = SIGNS[name]
        return [known.get(text) or f"{sign}{_one_line(text)}".rstrip() + newline for text in value]
    if name == "msgstr_plural":
        return [
            text
            for index, form in enumerate(value)
            for text in _string(f"msgstr[{index}]", form, message.obsolete, "", newline, width)
        ]
    if value is None or (name == "msgstr" and message.msgstr_plural):
        return []
    if name in PREVIOUS:
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
