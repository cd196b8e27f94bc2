"""Sentences composed from lemmas, with agreement on both sides.

Meaning does not matter, mapping does: every lemma appears in many contexts, and article, tense and
number are right on both sides. Agreement followed: gender and number of verb and adjective,
non-human plurals as feminine singular, singular verb before its subject, plural after; case where
spelling shows it. Noun and verb phrases stand in ``phrases``, constructions in ``clauses`` and
``sentences``.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from .lexicon import Lexicon
from .phrases import Pair
from .sentences import Sentences

_TAKES_ADVERB = frozenset({"verb_first", "subject_first", "negated", "future", "passive", "modal"})


def capitalise(text: str) -> str:
    """First letter upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


class Grammar(Sentences):
    """Composes pairs from a lexicon: ``sample`` draws a construction by weight."""

    def __init__(self, lexicon: Lexicon, rng: random.Random) -> None:
        super().__init__(lexicon, rng)
        self.constructions: dict[str, tuple[float, Callable[[], Pair]]] = {
            "verb_first": (5.0, self.verb_first),
            "subject_first": (2.5, self.subject_first),
            "negated": (2.0, self.negated),
            "future": (1.0, self.future),
            "passive": (2.0, self.passive),
            "modal": (2.0, self.modal),
            "auxiliary": (2.0, self.auxiliary),
            "nominal": (2.0, self.nominal),
            "relative": (2.0, self.relative),
            "reported": (2.0, self.reported),
            "masdar": (1.5, self.masdar),
            "pronominal": (1.0, self.pronominal),
            "counting": (2.0, self.counting),
            "ordinal": (0.7, self.ordinal),
            "dated": (0.8, self.dated),
            "existential": (0.7, self.existential),
            "demonstrative": (0.8, self.demonstrative),
            "coordinated": (0.8, self.coordinated),
            "conditional": (0.6, self.conditional),
            "superlative": (1.0, self.superlative),
            "question": (0.8, self.question),
        }
        self._names = list(self.constructions)
        self._weights = [weight for weight, _ in self.constructions.values()]

    def sample(self, name: str | None = None) -> Pair:
        """One sentence of a construction, or of one drawn by weight, with its ends dressed."""
        rng = self.rng
        name = name or rng.choices(self._names, self._weights)[0]
        arabic, english = self.constructions[name][1]()
        question = arabic.endswith("؟")
        if rng.random() < 0.12 and name in _TAKES_ADVERB:
            adverb = rng.choice(self.adverbs)
            arabic, english = f"{arabic} {adverb[0]}", f"{english} {adverb[1]}"
        if rng.random() < 0.2:
            arabic = f"و{arabic}"
        stop = "." if rng.random() < 0.8 and not question else ""
        return arabic + stop, capitalise(english) + stop
