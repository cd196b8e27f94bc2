"""What the publisher says of the source and the edition, read from a TOML file.

Two tables, each key optional::

    [source]                      # the article
    title = "..."                 # Arabic title
    author = "..."
    publisher = "..."
    date = 2018-02-26             # or "2018-02-26", "2018-02", "2018"
    url = "https://..."
    rights = "..."

    [edition]                     # what is made of it
    title = "..."                 # English title
    publisher = "..."
    editor = "..."
    edition = "first edition"
    date = 2026-01-31
    licence = "CC BY 4.0"
    licence_url = "https://..."
    identifier = "urn:..."        # any absolute URI

The names of the fields of `Metadata` (``title_ar``, ``source_date``, ``licence`` ...) may stand
at the top of the file instead; a field given both ways is an error.

===== =====================================================================
code  meaning
===== =====================================================================
M0001 the file is not UTF-8
M0002 TOML syntax error
M0003 unknown key or table
M0004 wrong type of a value
M0005 not an ISO 8601 date (year, year and month, or day)
M0006 not an absolute http(s) URL, or for ``identifier`` not an absolute URI
M0007 a field is given twice
M0008 a value holds characters that XML cannot hold
===== =====================================================================

TOML 1.0 (https://toml.io/en/v1.0.0); the dates are those of W3C-DTF without a time.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bilingual.document import Metadata
from bilingual.errors import BilingualError
from bilingual.files import read_bytes

__all__ = ["parse_metadata", "read_metadata"]

_FIELDS = tuple(f.name for f in fields(Metadata))
_TABLES: dict[str, dict[str, str]] = {
    "source": {
        "title": "title_ar",
        "author": "author",
        "publisher": "source_publisher",
        "date": "source_date",
        "url": "source_url",
        "rights": "source_rights",
    },
    "edition": {
        "title": "title_en",
        "publisher": "publisher",
        "editor": "editor",
        "edition": "edition",
        "date": "date",
        "licence": "licence",
        "licence_url": "licence_url",
        "identifier": "identifier",
    },
}
_DATES = {"source_date", "date"}
_URLS = {"source_url", "licence_url"}
_ISO_DATE = re.compile(r"(?a:\d{4})(-(?a:\d{2})(-(?a:\d{2}))?)?\Z")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\Z")


def read_metadata(path: Path) -> Metadata:
    """The metadata of a TOML file. Raises F0001 and the M codes of this module."""
    return parse_metadata(read_bytes(path), str(path))


def parse_metadata(data: bytes, where: str = "metadata") -> Metadata:
    """The metadata that a TOML document holds. Raises the M codes of this module."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BilingualError(
            "M0001", f"not UTF-8 at byte {error.start:,}; save the file as UTF-8", f"{where}:{line}"
        ) from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), text, where) from error
    except RecursionError as error:
        raise BilingualError("M0002", "not TOML: values nested too deeply", where) from error

    lines = _key_lines(text)
    values: dict[str, str] = {}
    given: dict[str, str] = {}
    for key, value in document.items():
        if key in _TABLES and isinstance(value, dict):
            table = _TABLES[key]
            pairs = [(f"{key}.{inner}", table.get(inner), item) for inner, item in value.items()]
            known = [f"{key}.{inner}" for inner in table]
        elif key in _TABLES and key != "edition":
            raise BilingualError(
                "M0004", f"{key} must be a table: [{key}]", _at(where, lines.get(key))
            )
        else:
            pairs = [(key, key if key in _FIELDS else None, value)]
            known = [*_FIELDS, *_TABLES]
        for name, field, item in pairs:
            place = _at(where, lines.get(name))
            if field is None:
                raise _unknown(name, known, place)
            if field in values:
                raise BilingualError(
                    "M0007", f"{name} says again what {given[field]} says; keep one", place
                )
            values[field] = _value(field, name, item, place)
            given[field] = name
    return Metadata(**values)


def _at(where: str, line: int | None) -> str:
    return where if line is None else f"{where}:{line}"


def _syntax_error(message: str, text: str, where: str) -> BilingualError:
    place = _PLACE.search(message)
    if place:
        message = message[: place.start()]
        where += f":{place[1]}:{place[2]}" if place[1] else f":{text.count(chr(10)) + 1}"
    reason = message[:1].lower() + message[1:]
    return BilingualError("M0002", f'not TOML: {reason}; write key = "value", one a line', where)


def _unknown(name: str, known: list[str], place: str) -> BilingualError:
    near = get_close_matches(name, known, n=1)
    mend = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    return BilingualError("M0003", f"unknown key {name}; {mend}", place)


_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?\Z")
_KEY = re.compile(r"""\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')(\s*\.\s*([A-Za-z0-9_-]+))?\s*=""")


def _key_lines(text: str) -> dict[str, int]:
    """Where each key first stands (the parser does not say); good enough for messages."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = header[1].strip("\"'") + "."
            found.setdefault(table[:-1], number)
        elif key := _KEY.match(line):
            name = table + key[1].strip("\"'") + (f".{key[3]}" if key[3] else "")
            found.setdefault(name, number)
    return found


def _value(field: str, name: str, value: Any, place: str) -> str:
    if field in _DATES:
        return _date(name, value, place)
    if not isinstance(value, str):
        kind = "a table" if isinstance(value, dict) else f"{type(value).__name__} {value!s:.40}"
        raise BilingualError("M0004", f"{name} must be a text in quotes, not {kind}", place)
    text = value.strip()
    if illegal := _ILLEGAL.search(text):
        raise BilingualError(
            "M0008",
            f"{name} holds U+{ord(illegal[0]):04X}, which XML cannot hold; remove it",
            place,
        )
    if text and field in _URLS and not _is_url(text):
        raise BilingualError(
            "M0006", f"{name} is no URL: {text!r:.80}; write it whole, https://...", place
        )
    if text and field == "identifier" and not _URI.match(text):
        raise BilingualError(
            "M0006", f"{name} is no absolute URI: {text!r:.80}; write https://... or urn:...", place
        )
    return text


def _date(name: str, value: Any, place: str) -> str:
    mend = f"write {name.rpartition('.')[2]} = 2018-02-26, or a year or month in quotes"
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, datetime.datetime):
        raise BilingualError("M0005", f"{name} holds a time of day; {mend}", place)
    if not isinstance(value, str):
        raise BilingualError("M0004", f"{name} must be a date, not {value!s:.40}; {mend}", place)
    text = value.strip()
    if not text:
        return ""
    if _ISO_DATE.match(text):
        try:
            datetime.date.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text)
        except ValueError:
            pass
        else:
            return text
    raise BilingualError("M0005", f"{name} is no ISO 8601 date: {text!r:.40}; {mend}", place)


def _is_url(text: str) -> bool:
    if not _URI.match(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
