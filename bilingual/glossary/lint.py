"""What is doubtful in the catalogues: rules on one message, rules on entries together.

``check`` says what keeps a glossary from loading; this adds what loads and is yet not meant.
Every rule has a stable code (``docs/glossary.md`` lists them), and its message says the mend.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bilingual.document import EntityKind, Severity
from bilingual.errors import BilingualError
from bilingual.glossary.catalogue import Problem, catalogue_paths, parse_catalogue
from bilingual.glossary.check import check_folder
from bilingual.glossary.entry import Entry, MatchMode
from bilingual.glossary.folder import read_files, rewrite, write_files
from bilingual.glossary.glossary import Glossary
from bilingual.glossary.hygiene import lint_message, mended
from bilingual.glossary.resolutions import number_of, year_of
from bilingual.glossary.scan import ScannedText, find_uses
from bilingual.po import parse
from bilingual.script import fold

__all__ = ["fix_folder", "lint_folder"]


@dataclass(frozen=True, slots=True)
class _Placed:
    entry: Entry
    path: Path

    @property
    def where(self) -> str:
        return f"{self.path}:{self.entry.line}"

    def problem(self, code: str, severity: Severity, message: str) -> Problem:
        return Problem(code, severity, message, self.where)


def lint_folder(path: str | Path, texts: Sequence[ScannedText] = ()) -> list[Problem]:
    """Everything that is wrong or doubtful in a folder of catalogues, by file and line.

    With ``texts``, also the entries that none of them uses. Nothing is raised for a bad
    catalogue; its problems are errors of the list.
    """
    place = Path(path)
    problems = check_folder(place)
    try:
        catalogues = catalogue_paths(place)
    except BilingualError:
        return problems
    placed: list[_Placed] = []
    for catalogue in catalogues:
        try:
            entries, _ = parse_catalogue(catalogue)
            messages = parse(catalogue.read_bytes(), str(catalogue), family="G").messages
        except BilingualError as error:
            if all(error.where != p.where for p in problems):
                problems.append(Problem(error.code, Severity.ERROR, error.message, error.where))
            continue
        placed += [_Placed(entry, catalogue) for entry in entries]
        for message in messages:
            if not message.is_header and not message.obsolete:
                problems += lint_message(message, f"{catalogue}:{message.line}")
    problems += _contradictions(placed)
    problems += _unreachable(placed, {p.where for p in problems if p.code in ("G0005", "G0204")})
    problems += _inside(placed)
    for item in placed:
        problems += _resolution(item)
    if texts:
        problems += _unused(placed, texts)
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (*_place(p), p.code))


def fix_folder(path: str | Path) -> list[Path]:
    """Mend what is mechanical; the catalogues written. Other messages keep their bytes.

    Mechanical: stray blanks, control characters, items given twice, letter case of flags and of
    names of lines. Raises as ``folder.read_files`` does, F0002 when a place cannot be written.
    """
    return write_files([rewrite(file, mended) for file in read_files(Path(path))])


def _place(problem: Problem) -> tuple[str, int]:
    file, _, line = problem.where.rpartition(":")
    return (file, int(line)) if line.isdigit() else (problem.where, 0)


def _form(entry: Entry) -> str:
    return " ".join(fold(entry.arabic).text.split())


def _steered(entry: Entry) -> bool:
    return entry.conditional or bool(entry.not_after or entry.not_before)


def _contradictions(placed: Iterable[_Placed]) -> Iterator[Problem]:
    """One entity or form given two answers."""
    first: dict[tuple[str, str], _Placed] = {}
    owners: dict[str, _Placed] = {}
    for item in placed:
        entry = item.entry
        wanted = {e.casefold() for e in (entry.english, *entry.accepted)}
        for english in entry.forbidden:
            if english.casefold() in wanted:
                yield item.problem(
                    "G0205",
                    Severity.ERROR,
                    f"{english!r} is wanted and forbidden for {entry.arabic!r}; take it out of "
                    "one of the two lines",
                )
        if entry.match is MatchMode.EXACT:
            continue
        form = _form(entry)
        if not _steered(entry):
            other = first.setdefault((entry.key, form), item)
            if other is not item and other.entry.arabic != entry.arabic:
                yield _again(item, other)
        owner = owners.setdefault(form, item)
        if owner.entry.key != entry.key and (
            entry.context == owner.entry.context
            and entry.after == owner.entry.after
            and entry.before == owner.entry.before
            and (not (entry.approved and owner.entry.approved) or entry.conditional)
        ):
            approved = entry.approved and owner.entry.approved
            yield item.problem(
                "G0219",
                Severity.WARNING if approved else Severity.NOTE,
                f"{entry.arabic!r} is also a form of {owner.entry.key} at {owner.where}, with "
                "nothing to tell them apart; keep one, or give them other context: lines",
            )


def _again(item: _Placed, other: _Placed) -> Problem:
    entry, before = item.entry, other.entry
    both = entry.approved and before.approved
    if entry.english == before.english:
        return item.problem(
            "G0206",
            Severity.NOTE,
            f"{entry.arabic!r} is matched by {before.arabic!r} at {other.where} already; "
            "one of the two is enough",
        )
    return item.problem(
        "G0204",
        Severity.ERROR if both else Severity.NOTE,
        f"{entry.arabic!r} and {before.arabic!r} at {other.where} are one form of {entry.key} "
        f"for matching, with {entry.english!r} and {before.english!r}; keep one English and "
        "put the other in also:",
    )


def _unreachable(placed: Sequence[_Placed], known: set[str]) -> Iterator[Problem]:
    """Forms that are not found even in a text made of them and of what they ask for."""
    glossary = Glossary(p.entry for p in placed)
    places = {id(p.entry): p for p in placed}
    for item in placed:
        entry = item.entry
        if entry.kind is EntityKind.RESOLUTION or item.where in known:
            continue
        takers = [_takers(glossary, entry, *setting) for setting in _settings(entry)]
        if any(over is None for over in takers):
            continue
        over = next((over for over in takers if over), ())
        if entry.match is MatchMode.BLOCK and not over:
            continue  # a false friend is never reported; it works where nothing else is found
        taker = over[0] if over else None
        if taker is None:
            if entry.match is MatchMode.EXACT:
                why = "match: exact compares with a text without marks and controls"
            else:
                why = "an entry that blocks it, or another key with this form, is in its way"
            yield item.problem(
                "G0207",
                Severity.WARNING if entry.approved else Severity.NOTE,
                f"{entry.arabic!r} can never be found: {why}; correct the form or its conditions",
            )
        else:
            yield item.problem(
                "G0207",
                Severity.WARNING if entry.approved else Severity.NOTE,
                f"{entry.arabic!r} can never be found: {taker.arabic!r} of {taker.key} at "
                f"{places[id(taker)].where} is taken there; merge the two or give conditions",
            )


def _takers(glossary: Glossary, entry: Entry, lead: str, trail: str) -> Sequence[Entry] | None:
    """What is found at a form between two texts instead of it; None when it is found itself."""
    matches = glossary.matcher.find(f"{lead}{entry.arabic}{trail}")
    start, end = len(lead), len(lead) + len(entry.arabic)
    over = [m.entry for m in matches if m.start < end and m.end > start]
    if any(
        e is entry
        or (e.key == entry.key and e.english == entry.english and entry.match != MatchMode.BLOCK)
        for e in over
    ):
        return None
    return over


def _settings(entry: Entry) -> Iterator[tuple[str, str]]:
    """Texts before and after a form with which its conditions hold."""
    rest = f" . {entry.context[0]}" if entry.context else ""
    for after, before in product(entry.after or ("",), entry.before or ("",)):
        lead, trail = after.replace("*", ""), before.replace("*", "")
        if len(fold(lead).text) > 1:
            lead += " "
        yield lead, f"{' ' + trail if trail else ''}{rest}"


def _inside(placed: Sequence[_Placed]) -> Iterator[Problem]:
    """A form inside a longer one whose English does not hold the shorter's."""
    forms: dict[tuple[str, ...], list[_Placed]] = defaultdict(list)
    english: dict[str, set[str]] = defaultdict(set)
    for item in placed:
        entry = item.entry
        english[entry.key] |= {e.casefold() for e in (entry.english, *entry.accepted) if e}
        if entry.match is not MatchMode.BLOCK and not _steered(entry):
            forms[tuple(_form(entry).split())].append(item)
    sizes = sorted({len(words) for words in forms}, reverse=True)
    for item in placed:
        entry = item.entry
        if entry.match is MatchMode.BLOCK or entry.kind is EntityKind.RESOLUTION:
            continue
        words = _form(entry).split()
        whole = " | ".join((entry.english, *entry.accepted)).casefold()
        for size in (n for n in sizes if 0 < n < len(words)):
            for start in range(len(words) - size + 1):
                for inner in forms.get(tuple(words[start : start + size]), ()):
                    if not any(e in whole for e in english[inner.entry.key]):
                        yield item.problem(
                            "G0211",
                            Severity.NOTE,
                            f"{inner.entry.arabic!r} ({inner.entry.english}, {inner.where}) "
                            f"stands inside {entry.arabic!r}, which is {entry.english!r}; see "
                            "that both are meant",
                        )


def _resolution(item: _Placed) -> Iterator[Problem]:
    """A symbol, its number and its year, against the table of the Council's numbers."""
    entry = item.entry
    if entry.kind is not EntityKind.RESOLUTION:
        return
    found = number_of(entry.key)
    if found is None:
        yield item.problem(
            "G0212",
            Severity.ERROR,
            f"{entry.key!r} is no symbol of a resolution; write S/RES/NUMBER(YEAR)",
        )
        return
    number, year = found
    own = year_of(number)
    if own is None:
        yield item.problem(
            "G0212", Severity.ERROR, f"no resolution {number} is known; correct the number"
        )
        return
    if own != year:
        yield item.problem(
            "G0212",
            Severity.ERROR,
            f"resolution {number} is of {own}, not {year}; the key is S/RES/{number}({own})",
        )
    digits = [int(d) for d in _numbers(fold(entry.arabic).text)]
    if digits and number not in digits:
        yield item.problem(
            "G0212",
            Severity.ERROR,
            f"{entry.arabic!r} does not cite {number}, the number of its key; correct one",
        )
    for english in (entry.english, *entry.accepted):
        said = [int(d) for d in _numbers(english)]
        years = [n for n in said if 1946 <= n <= 2100 and n != number]
        if said and number not in said:
            yield item.problem(
                "G0212",
                Severity.ERROR,
                f"{english!r} does not cite {number}, the number of its key; correct one",
            )
        elif years and own not in years:
            yield item.problem(
                "G0212",
                Severity.ERROR,
                f"{english!r} says {years[0]}, but resolution {number} is of {own}; correct it",
            )
    date = entry.facts.get("date", "")
    if date[:4].isdigit() and int(date[:4]) != own:
        yield item.problem(
            "G0212",
            Severity.ERROR,
            f"date: {date} is not in {own}, the year of resolution {number}; correct it",
        )


def _numbers(text: str) -> list[str]:
    return "".join(c if c.isascii() and c.isdigit() else " " for c in text).split()


def _unused(placed: Sequence[_Placed], texts: Sequence[ScannedText]) -> Iterator[Problem]:
    glossary = Glossary(p.entry for p in placed)
    used = {id(use.entry) for text in texts for use in find_uses(glossary, text)}
    for item in placed:
        if id(item.entry) not in used and item.entry.match is not MatchMode.BLOCK:
            yield item.problem(
                "G0215",
                Severity.NOTE,
                f"{item.entry.arabic!r} ({item.entry.key}) occurs in none of the texts given",
            )
