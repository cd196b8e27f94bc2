"""Entries from elsewhere laid into a folder of catalogues; what they do not touch keeps its bytes.

Nothing that stands is lost: an entry that has other English here keeps it, and the difference is
reported, unless the caller asks to replace it; then the old English goes into a comment.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bilingual.document import Severity
from bilingual.errors import BilingualError
from bilingual.files import read_bytes, write_bytes
from bilingual.glossary.catalogue import Problem
from bilingual.glossary.exchange.term import LISTS, Term
from bilingual.glossary.folder import CatalogueFile, identity
from bilingual.po import Catalogue, Message, parse
from bilingual.script import fold

__all__ = ["ImportResult", "import_terms", "key_for", "new_catalogue"]

_DEFAULT = "terms"
_STEM = re.compile(r"[a-z][a-z0-9_-]*\Z")
_KEY = re.compile(r"[^\W\d_][\w.-]*\Z|S/RES/\d{1,5}\(\d{4}\)\Z")


@dataclass(slots=True)
class ImportResult:
    """The catalogues as they are to be, and what became of the entries."""

    files: list[CatalogueFile]
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    """Differences left for a person (G0406), entries that no catalogue can hold (G0407)."""

    def write(self) -> list[Path]:
        """Write the catalogues that changed. Raises F0002."""
        written = []
        for file in self.files:
            data = file.catalogue.to_bytes()
            if data != file.data:
                write_bytes(file.path, data)
                written.append(file.path)
        return written


def import_terms(
    folder: Path,
    terms: Sequence[Term],
    *,
    approved: bool = False,
    replacing: bool = False,
) -> ImportResult:
    """Lay entries into a folder of catalogues (made when missing); nothing is written yet.

    New entries are fuzzy unless ``approved``, and even then where their file calls them proposed.
    ``replacing`` takes the imported English where it differs. Raises F0001, G0101, G0102.
    """
    result = ImportResult(_read(folder))
    work = _Work(result.files, folder)
    for term in terms:
        key = term.key.strip() or work.key_of(term)
        if not _KEY.match(key):
            result.problems.append(
                Problem(
                    "G0407",
                    Severity.ERROR,
                    f"the key {key!r} cannot be an identifier: a letter first, then letters, "
                    "digits, '.', '-' or '_'; correct it and import again",
                    term.where,
                )
            )
            continue
        term = replace(term, key=key, approved=term.approved and approved)
        place = work.find(term)
        if place is None:
            work.append(term)
            result.added += 1
            continue
        told = len(result.problems)
        merged = _merged(result, place, term, replacing)
        result.unchanged += merged == place.message and len(result.problems) == told
        result.changed += merged != place.message
        place.message = merged
    result.files = work.files()
    return result


def _read(folder: Path) -> list[CatalogueFile]:
    if folder.exists() and not folder.is_dir():
        raise BilingualError("G0001", "an import goes into a folder of catalogues", str(folder))
    files = []
    for path in sorted(folder.glob("*.po")) if folder.is_dir() else []:
        data = read_bytes(path)
        files.append(CatalogueFile(path, data, parse(data, str(path), family="G")))
    return files


@dataclass(slots=True)
class _Place:
    """A message in its catalogue; what it becomes is written over ``message``."""

    message: Message
    where: str


class _Work:
    """The catalogues while entries are laid into them, found by key and form."""

    def __init__(self, files: Sequence[CatalogueFile], folder: Path) -> None:
        self._files = list(files)
        self._folder = folder
        self._places: list[list[_Place]] = []
        self._found: dict[tuple[str, str], _Place] = {}
        self._homes: dict[str, int] = {}
        self._forms: dict[str, dict[str, str]] = {}
        for number, file in enumerate(self._files):
            places = [_Place(m, f"{file.path}:{m.line}") for m in file.catalogue.messages]
            self._places.append(places)
            for place in places:
                if place.message.msgctxt and not place.message.obsolete:
                    self._know(place, number)

    def _know(self, place: _Place, number: int) -> None:
        key, arabic = identity(place.message)
        self._found.setdefault((key, arabic), place)
        self._homes.setdefault(key, number)
        self._forms.setdefault(_form(arabic), {}).setdefault(key, place.message.msgstr)

    def key_of(self, term: Term) -> str:
        """The one key that has this form (of several that with this English), else a new one."""
        known = self._forms.get(_form(term.arabic), {})
        found = [key for key, english in known.items() if english == term.english.strip()]
        found = found or list(known)
        return found[0] if len(found) == 1 else key_for(term.english, term.arabic)

    def find(self, term: Term) -> _Place | None:
        """Where an entry stands."""
        return self._found.get((term.key, term.arabic.strip()))

    def append(self, term: Term) -> None:
        """Put an entry after the last form of its entity, else at the end of its catalogue."""
        place = _Place(
            Message(
                msgid=term.arabic.strip(),
                msgstr=term.english.strip(),
                msgctxt=term.key,
                comments=term.comments,
                extracted=term.lines,
                references=term.references,
                flags=() if term.approved else ("fuzzy",),
            ),
            term.where,
        )
        number = self._homes.get(term.key)
        if number is None:
            number = self._named(term)
        places = self._places[number]
        last = len(places)
        while last and places[last - 1].message.obsolete:
            last -= 1
        if term.key in self._homes:
            last = next(
                i + 1 for i in range(last - 1, -1, -1) if places[i].message.msgctxt == term.key
            )
        places.insert(last, place)
        self._know(place, number)

    def _named(self, term: Term) -> int:
        stem = term.catalogue if _STEM.match(term.catalogue) else ""
        stem = stem or ("resolutions" if term.key.startswith("S/RES/") else _DEFAULT)
        for number, file in enumerate(self._files):
            if file.path.stem == stem:
                return number
        file = new_catalogue(self._folder / f"{stem}.po")
        self._files.append(file)
        self._places.append([_Place(m, str(file.path)) for m in file.catalogue.messages])
        return len(self._files) - 1

    def files(self) -> list[CatalogueFile]:
        """The catalogues as they are now."""
        return [
            replace(file, catalogue=file.catalogue.with_messages(p.message for p in places))
            for file, places in zip(self._files, self._places, strict=True)
        ]


def _form(arabic: str) -> str:
    return " ".join(fold(arabic).text.split())


def key_for(english: str, arabic: str) -> str:
    """A key for an entry without one: its English in ASCII, else a digest of its Arabic."""
    plain = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode("ascii")
    key = "-".join(re.findall(r"[a-z0-9]+", plain.lower().replace("'", "")))
    if key and key[0].isalpha():
        return key
    digest = hashlib.sha256(_form(arabic).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"n-{key}" if key else f"entry-{digest}"


def new_catalogue(path: Path) -> CatalogueFile:
    """An empty catalogue with the header the format asks for."""
    header = Message(
        msgid="",
        msgstr="Project-Id-Version: bilingual glossary\nLanguage: en\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
        "X-Source-Language: ar\n",
    )
    return CatalogueFile(path, b"", Catalogue((header,)))


def _merged(result: ImportResult, place: _Place, term: Term, replacing: bool) -> Message:
    """The message with what the entry adds to it."""
    message = place.message
    english, old = term.english.strip(), message.msgstr.strip()
    comments = [*message.comments, *(c for c in term.comments if c not in message.comments)]
    merged = replace(
        message,
        extracted=_united(message.extracted, term.lines),
        comments=tuple(comments),
        references=message.references or term.references,
    )
    if english in ("", old):
        return merged.with_fuzzy(message.fuzzy and not (term.approved and bool(english)))
    if not old:
        return replace(merged, msgstr=english).with_fuzzy(not term.approved)
    if not replacing:
        result.problems.append(
            Problem(
                "G0406",
                Severity.WARNING,
                f"{term.arabic!r} of {term.key} is {old!r} here, {english!r} in {term.where}; "
                "kept as it stands here (--replace takes the other)",
                place.where,
            )
        )
        return message
    comments.append(f"before the import: {old}")
    return replace(merged, msgstr=english, comments=tuple(comments)).with_fuzzy(not term.approved)


def _united(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Lines that stand, with what others add: items of lists, facts of a name not yet there."""
    lines = list(old)
    for line in new:
        name, colon, value = line.partition(":")
        same = [i for i, held in enumerate(lines) if colon and held.partition(":")[0] == name]
        if name in LISTS and same:
            held = _items(lines[same[0]].partition(":")[2])
            more = [item for item in _items(value) if item not in held]
            if more:
                lines[same[0]] = f"{name}: {' | '.join([*held, *more])}"
        elif line not in lines and (not same or name == "note"):
            lines.append(line)
    return tuple(lines)


def _items(value: str) -> list[str]:
    return [item.strip() for item in value.split("|") if item.strip()]
