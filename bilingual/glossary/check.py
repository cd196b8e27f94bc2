"""What is wrong with the catalogues of a folder, with file, line and code."""

from __future__ import annotations

from pathlib import Path

from bilingual.document import Severity
from bilingual.errors import BilingualError
from bilingual.glossary.catalogue import Problem, catalogue_paths, parse_catalogue
from bilingual.glossary.entry import Entry, MatchMode
from bilingual.script import fold

__all__ = ["check_folder"]


def check_folder(path: str | Path) -> list[Problem]:
    """Parse every catalogue of a folder (or one file) and report what is wrong, by file and line.

    Nothing is raised for a bad catalogue: a folder that is not there is a problem like others.
    Severity ``error`` is what keeps a glossary from loading.
    """
    problems: list[Problem] = []
    owners: dict[str, tuple[Entry, Path]] = {}
    try:
        paths = catalogue_paths(Path(path))
    except BilingualError as error:
        return [Problem(error.code, Severity.ERROR, error.message, error.where)]
    for catalogue in paths:
        try:
            entries, found = parse_catalogue(catalogue)
        except BilingualError as error:
            problems.append(Problem(error.code, Severity.ERROR, error.message, error.where))
            continue
        problems.extend(found)
        for entry in entries:
            problem = _shared(entry, catalogue, owners)
            if problem is not None:
                problems.append(problem)
    return sorted(problems, key=_place)


def _shared(entry: Entry, catalogue: Path, owners: dict[str, tuple[Entry, Path]]) -> Problem | None:
    """One Arabic form under two keys, with nothing to tell them apart."""
    if not entry.approved or entry.conditional:
        return None
    form = entry.arabic if entry.match is MatchMode.EXACT else fold(entry.arabic).text
    first, where = owners.setdefault(form, (entry, catalogue))
    if first.key == entry.key and first.kind == entry.kind:
        return None
    return Problem(
        "G0005",
        Severity.ERROR,
        f"{entry.arabic!r} is a form of {entry.key} ({entry.kind}) here and of {first.key} "
        f"({first.kind}) at {where}:{first.line}; keep one, make one fuzzy, or give them "
        "context: lines",
        f"{catalogue}:{entry.line}",
    )


def _place(problem: Problem) -> tuple[str, int]:
    file, _, line = problem.where.rpartition(":")
    return (file, int(line)) if line.isdigit() else (problem.where, 0)
