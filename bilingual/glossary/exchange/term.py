"""What the exchange formats have in common: one Arabic form with all that is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bilingual.glossary.folder import CatalogueFile

__all__ = ["LISTS", "Losses", "Term", "fact", "facts", "terms_of", "uncarried"]

LISTS = ("also", "forbidden")
"""Lines that hold English, divided by ``|``."""


@dataclass(frozen=True, slots=True)
class Term:
    """A message of a catalogue as a format sees it. ``key`` is empty where a format has none."""

    key: str
    arabic: str
    english: str
    approved: bool = True
    catalogue: str = ""
    """Stem of its PO file; empty when a format does not say."""
    lines: tuple[str, ...] = ()
    """The ``#.`` lines."""
    comments: tuple[str, ...] = ()
    """The translators' lines."""
    references: tuple[str, ...] = ()
    """The ``#:`` lines."""
    where: str = ""
    """``file:line`` it was read from."""


class Losses(Counter[str]):
    """What a format could not hold, with how often."""

    def lines(self) -> list[str]:
        """One line a kind of loss, the most frequent first."""
        ordered = sorted(self.items(), key=lambda item: (-item[1], item[0]))
        return [f"{count} {what}" for what, count in ordered if count]


def facts(term: Term) -> list[tuple[str, str]]:
    """The ``#.`` lines as names and values; a line without a name has an empty one."""
    found = []
    for line in term.lines:
        name, colon, value = line.partition(":")
        named = bool(colon) and name.replace("-", "").isalnum() and name.isascii()
        found.append((name, value.strip()) if named else ("", line))
    return found


def fact(term: Term, name: str) -> tuple[str, ...]:
    """The values of the lines of one name; those of ``also`` and ``forbidden`` item by item."""
    values = [value for n, value in facts(term) if n == name]
    if name in LISTS:
        values = [item.strip() for value in values for item in value.split("|")]
    return tuple(value for value in values if value)


def terms_of(files: Iterable[CatalogueFile]) -> list[Term]:
    """The living messages of catalogues, in order."""
    return [
        Term(
            key=m.msgctxt or "",
            arabic=m.msgid,
            english=m.msgstr,
            approved=not m.fuzzy,
            catalogue=file.path.stem,
            lines=m.extracted,
            comments=m.comments,
            references=m.references,
            where=f"{file.path}:{m.line}",
        )
        for file in files
        for m in file.catalogue.messages
        if not m.is_header and not m.obsolete
    ]


def uncarried(files: Sequence[CatalogueFile]) -> Losses:
    """What no exchange format but PO itself holds."""
    losses = Losses()
    for file in files:
        for message in file.catalogue.messages:
            if message.is_header:
                losses["file headers and their comments"] += 1
            elif message.obsolete:
                losses["obsolete entries (#~)"] += 1
            else:
                others = sum(flag != "fuzzy" for flag in message.flags)
                losses["flags other than fuzzy"] += others
                losses["earlier versions (#|)"] += message.previous_msgid is not None
    return losses
