"""Noun phrases and verb phrases with agreement: what sentences are built of."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from . import arabic as ar
from . import english as en
from . import tables
from .lexicon import Adjective, Lexicon, Noun, Verb

Pair = tuple[str, str]
_NEEDED = [
    "people",
    "things",
    "countable",
    "adjectives",
    "relational",
    "transitive",
    "prepositional",
    "ditransitive",
    "intransitive",
    "saying",
    "adverbs",
]
GLUED = frozenset("بلك")
PREPOSITIONS = tables.pairs("prepositions")
_TAKES_THE = frozenset(tables.words("english", "takes_the"))
_QUANTITIES = frozenset(tables.words("english", "quantities"))
_POLAR = frozenset(tables.words("english", "polar"))
_SAYING = frozenset(tables.words("english", "saying"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase in its three cases' spellings, with what agrees with it."""

    nominative: str
    oblique: str
    accusative: str
    english: str
    feminine: bool
    plural: bool  # English number
    human_plural: bool
    definite: bool
    human: bool = False

    def genitive_after(self, preposition: str) -> str:
        """The phrase after a preposition, glued where the preposition is one letter."""
        if preposition in GLUED:
            return ar.attach(preposition, self.oblique)
        return f"{preposition} {self.oblique}"

    @property
    def pronoun(self) -> Pair:
        """The possessive suffix and its English: a thing is "its", whatever its gender."""
        if self.human_plural:
            return "هم", "their"
        if self.plural:
            return "ها", "their"
        if self.human:
            return ("ها", "her") if self.feminine else ("ه", "his")
        return ("ها", "its") if self.feminine else ("ه", "its")

    @property
    def object_pronoun(self) -> Pair:
        """The suffix that stands for the phrase as an object."""
        if self.human_plural:
            return "هم", "them"
        if self.plural:
            return "ها", "them"
        if self.human:
            return ("ها", "her") if self.feminine else ("ه", "him")
        return ("ها", "it") if self.feminine else ("ه", "it")


class Phrases:
    """Draws noun phrases and predicates from a lexicon; every draw comes from ``rng``."""

    def __init__(self, lexicon: Lexicon, rng: random.Random) -> None:
        self.rng = rng
        single = [n for n in lexicon.nouns if " " not in n.singular and " " not in n.plural]
        self.nouns = [n for n in single if self._composable(n)]
        self.people = [n for n in self.nouns if n.human]
        self.things = [n for n in self.nouns if not n.human]
        self.countable = [n for n in self.nouns if n.plural and n.english_plural not in {"", "-"}]
        plain = [a for a in lexicon.adjectives if " " not in a.masculine and " " not in a.english]
        self.adjectives = [
            a
            for a in plain
            if a.masculine != a.feminine
            and a.feminine.endswith(("ة", "اء"))
            and a.masculine not in {"أول", "آخر"}
            and a.english.lower() not in _QUANTITIES
        ]
        self.relational = [
            a
            for a in self.adjectives
            if a.masculine.endswith("ي") and a.feminine == a.masculine + "ة"
        ]
        verbs = [v for v in lexicon.verbs if v.present.startswith("ي") and " " not in v.past]
        self.transitive = [
            v for v in verbs if v.direct and not v.preposition and not v.base.startswith("be ")
        ]
        self.prepositional = [v for v in verbs if v.preposition and not v.direct]
        self.ditransitive = [
            v for v in verbs if v.direct and v.preposition and v.english_preposition
        ]
        self.intransitive = [
            v for v in verbs if not v.direct and not v.preposition and not v.clause
        ]
        self.saying = [v for v in verbs if v.clause and v.base.split()[0] in _SAYING]
        self.adverbs = [(a, e) for a, e in lexicon.adverbs if not _POLAR & set(e.split())]
        for kind in _NEEDED:
            if not getattr(self, kind):
                raise ValueError(f"lexicon: no {kind} to compose with; see corpus/LEXICON.md")

    @staticmethod
    def _composable(noun: Noun) -> bool:
        """No months, weekdays and collectives: their articles and agreement are their own."""
        if noun.english.startswith(("the ", "a ")):
            return False
        if not noun.plural and (noun.human or noun.english[:1].isupper()):
            return False
        return noun.english not in {"population", "most", "majority of", "rest", "some", "all"}

    def phrase(
        self,
        pool: list[Noun] | None = None,
        definite: bool | None = None,
        modified: bool | None = None,
        plural: bool | None = None,
    ) -> Phrase:
        """A noun with or without article and adjectives."""
        rng = self.rng
        noun = rng.choice(pool or self.nouns)
        definite = rng.random() < 0.7 if definite is None else definite
        can = bool(noun.plural) and noun.english_plural not in {"", "-"}
        plural = can and (rng.random() < 0.35 if plural is None else plural)
        sound = plural and ar.is_sound_masculine(noun.singular, noun.plural)
        form = noun.plural if plural else noun.singular
        human_plural = plural and noun.human
        feminine = noun.feminine if not plural or noun.human else True
        english = noun.english_plural if plural else noun.english
        english_plural = plural or (not noun.plural and en.is_plural_noun(noun.english))
        adjectives: list[Adjective] = []
        if rng.random() < 0.45 if modified is None else modified:
            adjectives.append(rng.choice(self.relational if human_plural else self.adjectives))
            if rng.random() < 0.15 and not human_plural:
                first = rng.choice(self.relational)
                adjectives = [first, adjectives[0]] if first != adjectives[0] else adjectives
        if definite:
            form = ar.full_stem(form)
        nominative, oblique = form, ar.oblique(form, sound)
        accusative = oblique if definite else self._accusative(oblique, plural, sound)
        if definite:
            nominative, oblique, accusative = map(ar.define, (nominative, oblique, accusative))
        for adjective in adjectives:
            english = f"{adjective.english} {english}"
            one, two, three = self.adjective_forms(
                adjective, feminine, human_plural, noun, definite
            )
            nominative, oblique, accusative = (
                f"{nominative} {one}",
                f"{oblique} {two}",
                f"{accusative} {three}",
            )
        if definite:
            mass = not noun.plural and noun.english.split()[-1] not in _TAKES_THE
            generic = plural and noun.human and rng.random() < 0.15
            english = english if mass or generic else f"the {english}"
        elif not english_plural and noun.plural:
            english = en.with_article(english)
        return Phrase(
            nominative,
            oblique,
            accusative,
            english,
            feminine,
            english_plural,
            human_plural,
            definite,
            noun.human,
        )

    @staticmethod
    def _accusative(form: str, plural: bool, sound: bool) -> str:
        return form if sound else ar.accusative_indefinite(form, plural)

    @staticmethod
    def adjective_forms(
        adjective: Adjective, feminine: bool, human_plural: bool, noun: Noun, definite: bool
    ) -> tuple[str, str, str]:
        if human_plural and noun.feminine:
            form = adjective.feminine[:-1] + "ات"
            forms = (form, form, form)
        elif human_plural:
            stem = adjective.masculine
            forms = (stem + "ون", stem + "ين", stem + "ين")
        elif feminine:
            forms = (adjective.feminine,) * 3
        else:
            stem = ar.restore_yeh(adjective.masculine, adjective.feminine)
            if definite or stem == adjective.masculine:
                base = stem if definite else adjective.masculine
                forms = (base, base, base if definite else ar.accusative_indefinite(base))
            else:
                forms = (adjective.masculine, adjective.masculine, stem + "ا")
        if definite:
            one, two, three = map(ar.define, forms)
            return one, two, three
        return forms[0], forms[1], forms[2]

    def idafa(self) -> Phrase:
        """Construct state: ``قرار المجلس``, "the decision of the council"."""
        rng = self.rng
        head = rng.choice(self.things if rng.random() < 0.7 else self.nouns)
        owner = self.phrase(definite=True, modified=rng.random() < 0.25)
        can = bool(head.plural) and head.english_plural not in {"", "-"}
        plural = can and rng.random() < 0.25
        sound = plural and ar.is_sound_masculine(head.singular, head.plural)
        form = head.plural if plural else head.singular
        english = head.english_plural if plural else head.english
        nominative = f"{ar.construct(form, sound, True)} {owner.oblique}"
        oblique = f"{ar.construct(form, sound, False)} {owner.oblique}"
        if owner.human and not owner.plural and rng.random() < 0.4:
            text = f"{owner.english}'s {english}"
        else:
            text = f"the {english} of {owner.english}"
        return Phrase(
            nominative,
            oblique,
            oblique,
            text,
            head.feminine if not plural or head.human else True,
            plural or (not head.plural and en.is_plural_noun(head.english)),
            plural and head.human,
            True,
            head.human,
        )

    def any_phrase(self, people: float = 0.3) -> Phrase:
        """Any noun phrase: plain, idafa, with a preposition."""
        kind = self.rng.random()
        if kind < 0.25:
            return self.idafa()
        phrase = self.phrase(self.people if self.rng.random() < people else None)
        if kind > 0.9:
            preposition, english = self.rng.choice(PREPOSITIONS[:6])
            other = self.phrase(definite=True)
            tail = f" {preposition} {other.oblique}"
            return replace(
                phrase,
                nominative=phrase.nominative + tail,
                oblique=phrase.oblique + tail,
                accusative=phrase.accusative + tail,
                english=f"{phrase.english} {english} {other.english}",
            )
        return phrase

    def subject(self) -> Phrase:
        """A subject, mostly definite and often human."""
        if self.rng.random() < 0.2:
            return self.idafa()
        definite = self.rng.random() < 0.85
        return self.phrase(self.people if self.rng.random() < 0.55 else None, definite=definite)

    def predicate(self) -> tuple[Verb, str, str]:
        """A verb with its complements: verb, Arabic complements, English complements."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.58:
            verb, target = rng.choice(self.transitive), self.any_phrase()
            return verb, f" {target.accusative}", f" {target.english}"
        if kind < 0.84:
            verb, target = rng.choice(self.prepositional), self.any_phrase()
            english = f" {verb.english_preposition}" if verb.english_preposition else ""
            return (
                verb,
                f" {target.genitive_after(verb.preposition)}",
                f"{english} {target.english}",
            )
        if kind < 0.92:
            verb = rng.choice(self.ditransitive)
            target, other = self.phrase(definite=True), self.any_phrase()
            return (
                verb,
                f" {target.accusative} {other.genitive_after(verb.preposition)}",
                f" {target.english} {verb.english_preposition} {other.english}",
            )
        verb = rng.choice(self.intransitive)
        adverb = rng.choice(self.adverbs)
        return verb, f" {adverb[0]}", f" {adverb[1]}"

    @staticmethod
    def verb_past(verb: Verb, subject: Phrase, after: bool) -> str:
        """Past agreeing with a subject that stands after the verb or before it."""
        if not after and subject.human_plural:
            return ar.past_plural(verb.past) if not subject.feminine else verb.past + "ن"
        return ar.past_feminine(verb.past) if subject.feminine else verb.past

    @staticmethod
    def verb_present(verb: Verb, subject: Phrase, after: bool, form: str = "indicative") -> str:
        """Present in one of ``indicative``, ``subjunctive``, ``jussive``."""
        if not after and subject.human_plural and not subject.feminine:
            return ar.present_plural(verb.present, form == "indicative")
        stem = ar.jussive(verb.present, verb.past) if form == "jussive" else verb.present
        return ar.present_feminine(stem) if subject.feminine else stem

    def subject_after(self) -> Phrase:
        subject = self.subject()
        while subject.human_plural and subject.feminine:
            subject = self.subject()
        return subject

    def definite_subject(self) -> Phrase:
        while True:
            subject = self.subject_after()
            if subject.definite:
                return subject
