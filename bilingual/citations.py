"""How English cites a resolution of the Security Council: by symbol, with or without its year.

A rule rather than a list of forms in every mention, so that what is written into editions and
review catalogues is only what the glossary says.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bilingual.document import EntityKind, Mention

__all__ = ["citations", "english_forms", "number_of", "symbol"]

_SYMBOL = re.compile(r"S/RES/(\d{1,5}) ?\((\d{4})\)\Z")
_BODIES = ("Security Council ", "UN Security Council ", "United Nations Security Council ",
           "UN ", "UNSC ", "the Council's ", "")  # fmt: skip


def symbol(number: int, year: int) -> str:
    """The document symbol, ``S/RES/2254(2015)``."""
    return f"S/RES/{number}({year})"


def number_of(key: str) -> tuple[int, int] | None:
    """Number and year of a symbol; None when the key is no symbol of the Council."""
    found = _SYMBOL.match(key)
    return (int(found[1]), int(found[2])) if found else None


@lru_cache(maxsize=4096)
def citations(number: int, year: int) -> tuple[str, ...]:
    """Every usual citation in running English, the fullest first."""
    dated, plain = f"{number} ({year})", f"{number}"
    forms = [
        f"{body}{noun} {mark}{n}"
        for n in (dated, plain)
        for body in _BODIES
        for noun in ("resolution", "Resolution")
        for mark in ("", "No. ")
    ]
    forms += [f"UNSCR {n}" for n in (dated, plain)]
    return (*forms, symbol(number, year), f"S/RES/{number} ({year})")


def english_forms(mention: Mention) -> tuple[str, ...]:
    """The English that answers a mention: its controlled form first, then what is accepted."""
    forms = (mention.target, *mention.accepted)
    if mention.kind is EntityKind.RESOLUTION:
        found = number_of(mention.key)
        if found is not None:
            return tuple(dict.fromkeys((*forms, *citations(*found))))
    return forms
