"""Reading a catalogue: one PO file, parsed with polib, checked, as entries.

A message is one Arabic form (``msgid``) of one entity (``msgctxt``) with its controlled English
(``msgstr``). Its ``#.`` lines are ``name: value`` facts; those this module knows steer matching
(``also``, ``forbidden``, ``match``, ``context``, ``after``, ``not-after``, ``before``,
``not-before``, ``kind``), lists being separated by ``|``; all others are kept as facts of the
entity. Nothing here writes: an untouched file keeps its bytes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from bilingual.document import EntityKind, Severity
from bilingual.errors import BilingualError
from bilingual.files import read_bytes
from bilingual.glossary.entry import Entry, MatchMode
from bilingual.script import fold

__all__ = ["Problem", "catalogue_paths", "kind_of_file", "parse_catalogue", "read_catalogue"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a catalogue; ``where`` is ``file:line``."""

    code: str
    severity: Severity
    message: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.code} {self.message}"

    def error(self) -> BilingualError:
        """The same as an exception."""
        return BilingualError(self.code, self.message, self.where)


_KINDS_OF_FILES = {
    "people": EntityKind.PERSON,
    "persons": EntityKind.PERSON,
    "organisations": EntityKind.ORGANISATION,
    "organizations": EntityKind.ORGANISATION,
    "media": EntityKind.ORGANISATION,
    "places": EntityKind.PLACE,
    "resolutions": EntityKind.RESOLUTION,
    "terms": EntityKind.TERM,
    "formats": EntityKind.TERM,
    "titles": EntityKind.TITLE,
    "dates": EntityKind.DATE,
}
_LISTS = ("also", "forbidden", "context", "after", "not-after", "before", "not-before")
_FACT = re.compile(r"([a-z][a-z0-9-]*):\s*(.*)")
_STRING = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(
    rf"(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*)?{_STRING}\s*\Z|#|\s*\Z"
)
_CHARSET = re.compile(rb'"Content-Type:[^"\n]*charset=([\w.:-]+)', re.IGNORECASE)
_KEY = re.compile(r"[^\W\d_][\w.-]*\Z|S/RES/\d{1,5}\(\d{4}\)\Z")
_SYMBOL = re.compile(r"S/RES/\d{1,5}\(\d{4}\)\Z")


def catalogue_paths(path: Path) -> list[Path]:
    """The PO files of a folder, or the one file given, in order of name.

    Raises G0001 when there is no such place or no catalogue in it.
    """
    if path.is_dir():
        paths = sorted(p for p in path.glob("*.po") if p.is_file())
        if not paths:
            raise BilingualError(
                "G0001", "no catalogue here; a glossary is a folder with .po files", str(path)
            )
        return paths
    if path.is_file():
        return [path]
    raise BilingualError("G0001", "no such glossary folder or catalogue", str(path))


def kind_of_file(path: Path) -> EntityKind:
    """The kind a catalogue's name gives to its entries: ``people.po``, ``places.po`` ..."""
    return _KINDS_OF_FILES.get(path.stem.lower(), EntityKind.OTHER)


def read_catalogue(path: Path) -> list[Entry]:
    """The entries of one catalogue, in its order; untranslated messages are left out.

    Raises F0001 (unreadable), G0002 (encoding), G0003 (syntax), G0004 (the same form twice for
    one key), G0005 (one form, two meanings), G0006 (an unknown setting), G0007 (no usable key).
    """
    entries, problems = parse_catalogue(path)
    for problem in problems:
        if problem.severity is Severity.ERROR:
            raise problem.error()
    return entries


def parse_catalogue(path: Path) -> tuple[list[Entry], list[Problem]]:
    """What can be read of a catalogue, and everything that is wrong with it. Raises F0001."""
    data = read_bytes(path)
    encoding, problem = _decode(path, data)
    if problem is not None:
        return [], [problem]
    text = data.decode(encoding)
    if not text.strip():
        mend = "the catalogue is empty (cut off?); restore it, or take the file away"
        return [], [Problem("G0003", Severity.ERROR, mend, f"{path}:1")]
    problems = list(_syntax(path, text))
    if problems:
        return [], problems
    try:
        # From the path, not the text: polib would split a text at U+2028 and its like.
        messages = polib.pofile(str(path), encoding=encoding)
    except (OSError, ValueError, IndexError, KeyError) as error:
        found = re.search(r"\(line (\d+)\)", str(error))
        line = f":{found[1]}" if found else ""
        mend = "not PO syntax; open it in a PO editor or run msgfmt --check on it"
        return [], [Problem("G0003", Severity.ERROR, mend, f"{path}{line}")]
    if "Content-Type" not in messages.metadata:
        problems.append(
            Problem("G0010", Severity.WARNING,
                    "no header; add one with Content-Type: text/plain; charset=UTF-8",
                    f"{path}:1")
        )  # fmt: skip
    entries: list[Entry] = []
    for message in messages:
        if message.obsolete:
            continue
        entry, found_here = _entry(path, message)
        problems.extend(found_here)
        if entry is not None:
            entries.append(entry)
    problems.extend(_repeated(path, entries))
    return entries, problems


def _decode(path: Path, data: bytes) -> tuple[str, Problem | None]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", Problem("G0002", Severity.ERROR,
                           "UTF-16; save the catalogue as UTF-8", str(path))  # fmt: skip
    declared = _CHARSET.search(data)
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    if encoding.upper() == "CHARSET":  # the placeholder of a template
        encoding = "utf-8"
    try:
        encoding = codecs.lookup(encoding).name
        data.decode(encoding)
    except LookupError:
        return "", Problem(
            "G0002", Severity.ERROR, f"unknown charset {encoding!r}; save it as UTF-8", f"{path}:1"
        )
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", Problem("G0002", Severity.ERROR,
                           f"not {encoding}, as its header says; save it as UTF-8",
                           f"{path}:{line}")  # fmt: skip
    return ("utf-8-sig" if encoding == "utf-8" else encoding), None


def _syntax(path: Path, text: str) -> Iterator[Problem]:
    """What polib lets pass and would lose: strings without an end, messages cut in two."""
    open_at, open_word = 0, ""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        stripped = line.strip()
        if stripped.startswith("#~") and not stripped.startswith("#~|"):
            stripped = stripped[2:].strip()
        found = _LINE.match(stripped)
        if found is None:
            yield Problem("G0003", Severity.ERROR,
                          "not PO syntax: expected a comment, or a keyword and a string in "
                          f'double quotes with \\" inside it: {stripped[:40]!r}',
                          f"{path}:{number}")  # fmt: skip
            return
        keyword = found[1]
        if keyword == "msgctxt" or (keyword == "msgid" and open_word == "msgid"):
            if open_word:
                break
            open_at, open_word = number, keyword
        elif keyword == "msgid":
            open_at, open_word = number, keyword
        elif keyword and keyword.startswith("msgstr"):
            if open_word == "msgctxt":
                break
            open_at, open_word = 0, ""
    if open_word:
        lacks = "msgid" if open_word == "msgctxt" else "msgstr"
        yield Problem("G0003", Severity.ERROR,
                      f"this {open_word} has no {lacks}; is the file cut off?",
                      f"{path}:{open_at}")  # fmt: skip


def _entry(path: Path, message: polib.POEntry) -> tuple[Entry | None, list[Problem]]:
    where = f"{path}:{message.linenum}"
    problems: list[Problem] = []

    def problem(code: str, text: str, severity: Severity = Severity.ERROR) -> None:
        problems.append(Problem(code, severity, text, where))

    key = message.msgctxt or ""
    arabic, english = message.msgid.strip(), message.msgstr.strip()
    if message.msgid_plural:
        problem("G0006", "a glossary has no plural forms; give each Arabic form its own message")
        return None, problems
    if not key:
        problem("G0007", f'no msgctxt: which entity is {arabic!r}? Add msgctxt "its-key"')
        return None, problems
    if not _KEY.match(key):
        problem("G0007", f"the key {key!r} cannot be an identifier: a letter first, then "
                         "letters, digits, '.', '-' or '_'")  # fmt: skip
        return None, problems
    settings: dict[str, str] = {}
    facts: dict[str, str] = {}
    for line in message.comment.splitlines():
        fact = _FACT.match(line.strip())
        if fact is None:
            continue
        name, value = fact[1], fact[2].strip()
        if name in _LISTS:
            settings[name] = f"{settings[name]}|{value}" if name in settings else value
        elif name in ("match", "kind"):
            settings[name] = value
        else:
            facts.setdefault(name, value)
    lists = {name: _items(settings.get(name, "")) for name in _LISTS}
    kind = kind_of_file(path)
    if _SYMBOL.match(key):
        kind = EntityKind.RESOLUTION
    if "kind" in settings:
        try:
            kind = EntityKind(settings["kind"])
        except ValueError:
            problem("G0006", f"unknown kind {settings['kind']!r}; one of {', '.join(EntityKind)}")
    mode = MatchMode.CONTEXT if lists["context"] else MatchMode.FOLDED
    if "match" in settings:
        try:
            mode = MatchMode(settings["match"])
        except ValueError:
            problem("G0006", f"unknown match {settings['match']!r}; one of {', '.join(MatchMode)}")
    if mode is MatchMode.CONTEXT and not lists["context"]:
        problem("G0006", "match: context needs a line context: WORD | WORD ...")
    if not fold(arabic).text.strip():
        problem("G0008", "the Arabic is empty, so it can never be found", Severity.WARNING)
        return None, problems
    if not english and mode is not MatchMode.BLOCK:
        problem("G0009", f"no English yet for {arabic!r}; the entry is not used", Severity.WARNING)
        return None, problems
    entry = Entry(
        key=key,
        kind=kind,
        arabic=arabic,
        english=english,
        approved="fuzzy" not in message.flags,
        accepted=tuple(e for e in lists["also"] if e != english),
        forbidden=lists["forbidden"],
        match=mode,
        context=lists["context"],
        after=lists["after"],
        not_after=lists["not-after"],
        before=lists["before"],
        not_before=lists["not-before"],
        facts=facts,
        catalogue=path.stem,
        line=message.linenum or 0,
    )
    return entry, problems


def _items(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.strip() for item in value.split("|") if item.strip()))


def _repeated(path: Path, entries: Iterable[Entry]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        first = seen.setdefault((entry.key, entry.arabic), entry)
        if first is entry:
            continue
        if first.english == entry.english:
            yield Problem("G0004", Severity.ERROR,
                          f"{entry.arabic!r} of {entry.key} stands here and at line "
                          f"{first.line}; remove one", f"{path}:{entry.line}")  # fmt: skip
        else:
            yield Problem("G0005", Severity.ERROR,
                          f"{entry.arabic!r} of {entry.key} is {entry.english!r} here and "
                          f"{first.english!r} at line {first.line}; keep one",
                          f"{path}:{entry.line}")  # fmt: skip
