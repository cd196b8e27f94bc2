"""Proposals as fuzzy entries of a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bilingual.document import EntityKind
from bilingual.files import read_bytes
from bilingual.glossary.exchange.merge import key_for, new_catalogue
from bilingual.glossary.folder import CatalogueFile, identity
from bilingual.po import Message, parse
from bilingual.suggest.propose import Suggestion

__all__ = ["with_suggestions"]


def with_suggestions(path: Path, suggestions: Sequence[Suggestion]) -> tuple[CatalogueFile, int]:
    """A catalogue with the proposals it lacks added as ``fuzzy``, and how many they are.

    The catalogue is made when there is none. Raises F0001, G0101, G0102.
    """
    if path.exists():
        data = read_bytes(path)
        file = CatalogueFile(path, data, parse(data, str(path), family="G"))
    else:
        file = new_catalogue(path)
    held = {identity(m)[1] for m in file.catalogue.messages}
    new = []
    for s in suggestions:
        if s.arabic in held:
            continue
        held.add(s.arabic)
        kind = () if s.kind is EntityKind.OTHER else (f"kind: {s.kind.value}",)
        note = f"note: proposed by {', '.join(s.evidence)}; {s.count} {_uses(s.count)}"
        new.append(
            Message(
                msgid=s.arabic,
                msgstr=s.english,
                msgctxt=s.key or key_for(s.english, s.arabic),
                extracted=(*kind, note),
                references=_wrapped(s.places),
                flags=("fuzzy",),
            )
        )
    messages = (*file.catalogue.messages, *new)
    return replace(file, catalogue=file.catalogue.with_messages(messages)), len(new)


def _uses(count: int) -> str:
    return "use" if count == 1 else "uses"


def _wrapped(places: Sequence[str]) -> tuple[str, ...]:
    lines: list[str] = []
    for place in places:
        if lines and len(lines[-1]) + 1 + len(place) <= 76:
            lines[-1] += f" {place}"
        else:
            lines.append(place)
    return tuple(lines)
