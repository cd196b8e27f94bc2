"""A whole catalogue: bytes in, messages, the same bytes out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bilingual.errors import BilingualError
from bilingual.po.message import Line, Message, PoSyntaxError, build, has_keyword, tokenize
from bilingual.po.render import render

__all__ = ["Catalogue", "parse"]

_CHARSET = re.compile(rb"Content-Type:[^\n\"]*charset=([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A PO file. ``messages`` holds the header first, where there is one, then the rest in order.

    Change it with ``dataclasses.replace``; ``to_bytes`` gives unchanged messages back byte for
    byte.
    """

    messages: tuple[Message, ...] = ()
    tail: str = ""
    """What follows the last message: comments, empty lines."""
    bom: bool = False
    charset: str = "utf-8"
    newline: str = "\n"
    width: int | None = None
    """Column at which the file wraps strings; None when it does not."""

    @property
    def header(self) -> dict[str, str]:
        """The fields of the header, in order; empty without one."""
        for message in self.messages:
            if message.is_header:
                return dict(_fields(message.msgstr))
        return {}

    @property
    def missing(self) -> int:
        """How many messages fewer it holds than its header field X-Messages says; 0 without one."""
        said = self.header.get("X-Messages", "")
        held = sum(not m.obsolete and not m.is_header for m in self.messages)
        return max(0, int(said) - held) if said.isascii() and said.isdigit() else 0

    def with_header(self, fields: Mapping[str, str]) -> Catalogue:
        """The catalogue with these header fields set; others stay, new ones go to the end."""
        lines: list[str] = []
        left = dict(fields)
        old = next((m for m in self.messages if m.is_header), None)
        for line in (old.msgstr if old else "").split("\n"):
            name = line.partition(":")[0].strip()
            if name in left:
                value = left.pop(name)
                held = line.partition(":")[2].strip()
                lines.append(line if held == value else f"{name}: {value}")
            elif line:
                lines.append(line)
        lines += [f"{name}: {value}" for name, value in left.items()]
        text = "".join(f"{line}\n" for line in lines)
        if old is None:
            return replace(self, messages=(Message("", text), *self.messages))
        if old.msgstr == text:
            return self
        new = replace(old, msgstr=text)
        return replace(self, messages=tuple(new if m is old else m for m in self.messages))

    def with_messages(self, messages: Iterable[Message]) -> Catalogue:
        """The catalogue with other messages (the header among them)."""
        return replace(self, messages=tuple(messages))

    def to_bytes(self) -> bytes:
        """The file. A catalogue that nothing changed gives the bytes it was read from.

        Raises R0102 when a text holds a character that the file's charset cannot write.
        """
        parts: list[str] = []
        for message in self.messages:
            text = render(message, self.newline, self.width)
            if parts and not parts[-1].endswith("\n"):
                parts.append(self.newline)
            if parts and not message.raw:
                parts.append(self.newline)
            parts.append(text)
        if self.tail and parts and not parts[-1].endswith("\n"):
            parts.append(self.newline)
        parts.append(self.tail)
        try:
            data = "".join(parts).encode(self.charset)
        except UnicodeEncodeError as error:
            bad = error.object[error.start]
            raise BilingualError(
                "R0102",
                f"U+{ord(bad):04X} cannot be written as {self.charset}; save the file as UTF-8",
            ) from error
        return codecs.BOM_UTF8 + data if self.bom else data


def parse(data: bytes, where: str = "", *, family: str = "R") -> Catalogue:
    """Read a PO file.

    Raises ``R0101`` where a line is no PO or the file ends within a message, and ``R0102``
    where its bytes are not of the charset it declares (UTF-8 unless it says otherwise), with
    ``where:line``. ``family`` is the first letter of these codes: ``G`` for a glossary.
    """
    bom = data.startswith(codecs.BOM_UTF8)
    text, charset = _decode(data[len(codecs.BOM_UTF8) :] if bom else data, where, family)
    try:
        messages, tail, width = _messages(text)
    except PoSyntaxError as error:
        place = f"{where}:{error.line}" if where else f"line {error.line}"
        raise BilingualError(f"{family}0101", error.message, place) from None
    crlf = text.count("\r\n")
    newline = "\r\n" if crlf * 2 > text.count("\n") else "\n"
    return Catalogue(tuple(messages), tail, bom, charset, newline, width)


def _decode(data: bytes, where: str, family: str) -> tuple[str, str]:
    code = f"{family}0102"
    if data.startswith(_WIDE):
        raise BilingualError(code, "the file is UTF-16; save it as UTF-8", where)
    declared = _CHARSET.search(data, 0, 8192)
    charset = declared[1].decode("ascii") if declared else "utf-8"
    if charset.upper() == "CHARSET":  # gettext's own placeholder
        charset = "utf-8"
    try:
        text = data.decode(charset)
        if text.encode(charset) != data:
            raise UnicodeError
    except LookupError:
        message = f"no such charset: {charset}; convert the file to UTF-8 and say so in its header"
        raise BilingualError(code, message, where) from None
    except UnicodeError as error:
        place = where
        if isinstance(error, UnicodeDecodeError):
            line = data.count(b"\n", 0, error.start) + 1
            place = f"{where}:{line}" if where else f"line {line}"
        message = f"the bytes are not {charset}, which the file says they are; save it as UTF-8"
        raise BilingualError(code, message, place) from None
    return text, charset


def _messages(text: str) -> tuple[list[Message], str, int | None]:
    """Messages, what follows the last, and the column at which strings are wrapped, if they are."""
    messages: list[Message] = []
    lines: list[Line] = []
    have: set[str] = set()  # the fields of the message so far
    life = False
    last: Line | None = None
    widest = 0

    def flush() -> None:
        messages.append(build(lines))
        lines.clear()
        have.clear()

    for line in tokenize(text):
        if _goes_on(line, last) and last is not None:
            widest = max(widest, len(last.text.rstrip("\r\n")))
        last = line
        translated = "msgstr" in have or "msgstr_plural" in have
        field = line.field
        if translated and field not in ("msgstr", "msgstr_plural"):
            flush()
        elif line.keyword:
            if field == "msgstr" and translated:
                raise PoSyntaxError("a second msgstr for one msgid", line.number)
            if field in have and field != "msgstr_plural":
                raise PoSyntaxError(
                    f"a second {field} where a msgstr should be (is the file half saved?)",
                    line.number,
                )
            if field in ("msgstr", "msgstr_plural") and "msgid" not in have:
                raise PoSyntaxError("a msgstr without its msgid", line.number)
            if have and line.obsolete != life and not field.startswith("previous"):
                raise PoSyntaxError("half of a message is obsolete (#~), half is not", line.number)
        if field.startswith("msg"):
            have.add(field)
            life = line.obsolete
        lines.append(line)
    if "msgstr" in have or "msgstr_plural" in have:
        flush()
    elif have or has_keyword(lines):
        raise PoSyntaxError("the file ends within a message (is it half saved?)", lines[-1].number)
    tail = "".join(line.text for line in lines)
    return messages, tail, max(widest, 79) if widest else None


def _goes_on(line: Line, before: Line | None) -> bool:
    """Whether a string was wrapped before this line, not at a line end of its own."""
    if before is None or line.keyword or not line.field.startswith("msg"):
        return False
    return line.field == before.field and bool(before.value) and not before.value.endswith("\n")


@lru_cache(maxsize=64)
def _fields(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.split("\n"))
    return {name.strip(): value.strip() for name, sign, value in pairs if sign}
