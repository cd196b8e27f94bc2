"""Sentences composed from lemmas, with agreement on both sides.

Meaning does not matter, mapping does: every lemma appears in many contexts, and article, tense and
number are right on both sides. A construction is a method named after what it makes; ``sample``
draws one. Agreement followed: gender and number of verb and adjective, non-human plurals as
feminine singular, singular verb before its subject, plural after; case where spelling shows it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from . import arabic as ar
from . import english as en
from . import numerals
from .lexicon import Adjective, Lexicon, Noun, Verb

Pair = tuple[str, str]
GLUED = frozenset("بلك")
_PREPOSITIONS: tuple[Pair, ...] = (
    ("في", "in"),
    ("من", "from"),
    ("إلى", "to"),
    ("على", "on"),
    ("مع", "with"),
    ("بعد", "after"),
    ("قبل", "before"),
    ("خلال", "during"),
    ("بسبب", "because of"),
    ("رغم", "despite"),
    ("ضد", "against"),
    ("حول", "about"),
    ("بين", "among"),
    ("أمام", "before"),
    ("عبر", "through"),
    ("منذ", "since"),
    ("بشأن", "regarding"),
    ("بفضل", "thanks to"),
    ("تجاه", "towards"),
    ("دون", "without"),
    ("وفق", "according to"),
    ("لدى", "at"),
    ("تحت", "under"),
    ("عن", "about"),
)
_DEGREES: tuple[Pair, ...] = (("جدا", "very"), ("للغاية", "extremely"), ("تماما", "completely"))
_ABSTRACT_THE = frozenset(
    ["environment", "government", "future", "past", "weather", "border", "economy", "sky", "sun", "moon", "sea", "ground", "opposition", "media", "climate", "public", "army", "world", "afternoon", "homeland", "morning", "evening", "present", "reality", "south", "north", "east", "west", "air", "brain", "height", "beginning", "end", "majority", "minority", "rest", "coast"]
)
_QUANTITIES = frozenset(
    ["few", "many", "several", "other", "some", "all", "numerous", "more", "most", "less", "fewer", "another", "own"]
)
_POLAR = frozenset(["never", "nothing", "not", "no", "neither", "nor"])
_SUPERLATIVES: tuple[tuple[str, str, str], ...] = (
    ("أكبر", "largest", "larger"),
    ("أهم", "most important", "more important"),
    ("أبرز", "most prominent", "more prominent"),
    ("أعلى", "highest", "higher"),
    ("أقوى", "strongest", "stronger"),
    ("أفضل", "best", "better"),
    ("أسوأ", "worst", "worse"),
    ("أصغر", "smallest", "smaller"),
    ("أطول", "longest", "longer"),
    ("أخطر", "most dangerous", "more dangerous"),
    ("أقدم", "oldest", "older"),
    ("أسرع", "fastest", "faster"),
    ("أضعف", "weakest", "weaker"),
    ("أغنى", "richest", "richer"),
    ("أفقر", "poorest", "poorer"),
    ("أقل", "least", "less"),
    ("أوسع", "broadest", "broader"),
    ("أصعب", "most difficult", "more difficult"),
)
_SAYING = frozenset(
    ["say", "report", "confirm", "declare", "explain", "add", "state", "acknowledge", "believe", "claim", "allege", "predict", "assume", "note", "conclude", "reiterate", "think", "stress", "affirm", "announce", "reveal"]
)


_TAKES_ADVERB = frozenset(["verb_first", "subject_first", "negated", "future", "passive", "modal"])


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


def capitalise(text: str) -> str:
    """First letter upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


class Grammar:
    """Composes pairs from a lexicon; every draw comes from ``rng``."""

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

    @staticmethod
    def _composable(noun: Noun) -> bool:
        """No months, weekdays and collectives: their articles and agreement are their own."""
        if noun.english.startswith(("the ", "a ")):
            return False
        if not noun.plural and (noun.human or noun.english[:1].isupper()):
            return False
        return noun.english not in {"population", "most", "majority of", "rest", "some", "all"}

    # Noun phrases

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
            one, two, three = self._adjective(adjective, feminine, human_plural, noun, definite)
            nominative, oblique, accusative = (
                f"{nominative} {one}",
                f"{oblique} {two}",
                f"{accusative} {three}",
            )
        if definite:
            mass = not noun.plural and noun.english.split()[-1] not in _ABSTRACT_THE
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
    def _adjective(
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
        """``قرار المجلس الجديد``-like pairs without a doubtful adjective: ``the decision of the council``."""
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
            preposition, english = self.rng.choice(_PREPOSITIONS[:6])
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

    # Verb phrases

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

    def _subject_after(self) -> Phrase:
        subject = self.subject()
        while subject.human_plural and subject.feminine:
            subject = self.subject()
        return subject

    # Constructions

    def verb_first(self) -> Pair:
        """Past or present, verb before subject."""
        subject, (verb, arabic, english) = self._subject_after(), self.predicate()
        if self.rng.random() < 0.72:
            return (
                f"{self.verb_past(verb, subject, True)} {subject.nominative}{arabic}",
                f"{subject.english} {en.past(verb.base, verb.simple_past, subject.plural)}{english}",
            )
        return (
            f"{self.verb_present(verb, subject, True)} {subject.nominative}{arabic}",
            f"{subject.english} {en.present(verb.base, subject.plural)}{english}",
        )

    def subject_first(self) -> Pair:
        """Subject before verb; human plurals take a plural verb."""
        subject, (verb, arabic, english) = self._definite_subject(), self.predicate()
        if self.rng.random() < 0.55:
            return (
                f"{subject.nominative} {self.verb_past(verb, subject, False)}{arabic}",
                f"{subject.english} {en.past(verb.base, verb.simple_past, subject.plural)}{english}",
            )
        return (
            f"{subject.nominative} {self.verb_present(verb, subject, False)}{arabic}",
            f"{subject.english} {en.present(verb.base, subject.plural)}{english}",
        )

    def _definite_subject(self) -> Phrase:
        while True:
            subject = self._subject_after()
            if subject.definite:
                return subject

    def negated(self) -> Pair:
        """لم، لن، لا، ما."""
        subject, (verb, arabic, english) = self._subject_after(), self.predicate()
        kind = self.rng.random()
        copula = verb.base.startswith("be ")
        tail = verb.base[3:] if copula else verb.base
        if kind < 0.45:
            form = self.verb_present(verb, subject, True, "jussive")
            did = f"{en.be('past', subject.plural)} not {tail}" if copula else f"did not {tail}"
            return f"لم {form} {subject.nominative}{arabic}", f"{subject.english} {did}{english}"
        if kind < 0.65:
            form = self.verb_present(verb, subject, True, "subjunctive")
            return (
                f"لن {form} {subject.nominative}{arabic}",
                f"{subject.english} will not {verb.base}{english}",
            )
        if kind < 0.9:
            form = self.verb_present(verb, subject, True)
            does = "do" if subject.plural else "does"
            text = (
                f"{en.be('present', subject.plural)} not {tail}" if copula else f"{does} not {tail}"
            )
            return f"لا {form} {subject.nominative}{arabic}", f"{subject.english} {text}{english}"
        form = self.verb_present(verb, subject, True, "jussive")
        has = "have" if subject.plural else "has"
        return (
            f"لم {form} {subject.nominative}{arabic} بعد",
            f"{subject.english} {has} not yet {en.participle(verb.base, verb.simple_past)}{english}",
        )

    def future(self) -> Pair:
        """س and سوف."""
        subject, (verb, arabic, english) = self._subject_after(), self.predicate()
        form = self.verb_present(verb, subject, True)
        form = f"سوف {form}" if self.rng.random() < 0.3 else f"س{form}"
        return (
            f"{form} {subject.nominative}{arabic}",
            f"{subject.english} will {verb.base}{english}",
        )

    def passive(self) -> Pair:
        """تم / جرى with a masdar: the English passive."""
        verb, target = self.rng.choice(self.transitive), self.any_phrase()
        masdar = verb.masdar
        feminine = masdar.endswith("ة") and self.rng.random() < 0.7
        done = en.participle(verb.base, verb.simple_past)
        tail = f"{masdar} {target.oblique}"
        if not target.definite:
            target = replace(target, definite=False)
        kind = self.rng.random()
        is_, was = en.be("present", target.plural), en.be("past", target.plural)
        have = "have" if target.plural else "has"
        options: list[tuple[float, str, str]] = [
            (0.45, "تمت" if feminine else "تم", f"{was} {done}"),
            (0.57, "جرت" if feminine else "جرى", f"{was} {done}"),
            (0.72, "تتم" if feminine else "يتم", f"{is_} being {done}"),
            (0.82, "ستتم" if feminine else "سيتم", f"will be {done}"),
            (0.93, "لم تتم" if feminine else "لم يتم", f"{was} not {done}"),
            (1.01, "تجري" if feminine else "يجري", f"{is_} being {done}"),
        ]
        arabic, english = next((a, e) for limit, a, e in options if kind < limit)
        if arabic.startswith("لم") and self.rng.random() < 0.3:
            return f"{arabic} {tail} بعد", f"{target.english} {have} not yet been {done}"
        return f"{arabic} {tail}", f"{target.english} {english}"

    def modal(self) -> Pair:
        """Obligation, possibility, expectation, with أن and the subjunctive."""
        subject, (verb, arabic, english) = self._definite_subject(), self.predicate()
        after = self.verb_present(verb, subject, False, "subjunctive")
        before = self.verb_present(verb, subject, True, "subjunctive")
        base = verb.base
        options: list[Pair] = [
            (
                f"يجب على {subject.oblique} أن {after}{arabic}",
                f"{subject.english} must {base}{english}",
            ),
            (
                f"على {subject.oblique} أن {after}{arabic}",
                f"{subject.english} must {base}{english}",
            ),
            (
                f"يجب أن {before} {subject.nominative}{arabic}",
                f"{subject.english} must {base}{english}",
            ),
            (
                f"ينبغي أن {before} {subject.nominative}{arabic}",
                f"{subject.english} should {base}{english}",
            ),
            (
                f"يمكن {ar.attach('ل', subject.oblique)} أن {after}{arabic}",
                f"{subject.english} can {base}{english}",
            ),
            (
                f"لا يمكن {ar.attach('ل', subject.oblique)} أن {after}{arabic}",
                f"{subject.english} cannot {base}{english}",
            ),
            (
                f"من المتوقع أن {before} {subject.nominative}{arabic}",
                f"{subject.english} {en.be('present', subject.plural)} expected to {base}{english}",
            ),
            (
                f"من المقرر أن {before} {subject.nominative}{arabic}",
                f"{subject.english} {en.be('present', subject.plural)} scheduled to {base}{english}",
            ),
            (f"قد {before} {subject.nominative}{arabic}", f"{subject.english} may {base}{english}"),
            (
                f"{'تستطيع' if subject.feminine else 'يستطيع'} {subject.nominative} أن {after}{arabic}",
                f"{subject.english} can {base}{english}",
            ),
            (
                f"{'تريد' if subject.feminine else 'يريد'} {subject.nominative} أن {after}{arabic}",
                f"{subject.english} {'want' if subject.plural else 'wants'} to {base}{english}",
            ),
            (
                f"من الضروري أن {before} {subject.nominative}{arabic}",
                f"it is necessary for {subject.english} to {base}{english}",
            ),
        ]
        return self.rng.choice(options)

    def auxiliary(self) -> Pair:
        """كان يفعل، كان قد فعل، لا يزال، بدأ، لم يعد."""
        subject, (verb, arabic, english) = self._definite_subject(), self.predicate()
        feminine, plural = subject.feminine, subject.plural
        present = self.verb_present(verb, subject, False)
        past = self.verb_past(verb, subject, False)
        was = "كانت" if feminine else "كان"
        done = en.participle(verb.base, verb.simple_past)
        doing = en.ing(verb.base)
        options: list[Pair] = [
            (
                f"{was} {subject.nominative} {present}{arabic}",
                f"{subject.english} {en.be('past', plural)} {doing}{english}",
            ),
            (
                f"{was} {subject.nominative} قد {past}{arabic}",
                f"{subject.english} had {done}{english}",
            ),
            (
                f"{'لا تزال' if feminine else 'لا يزال'} {subject.nominative} {present}{arabic}",
                f"{subject.english} {en.be('present', plural)} still {doing}{english}",
            ),
            (
                f"{'ما زالت' if feminine else 'ما زال'} {subject.nominative} {present}{arabic}",
                f"{subject.english} {en.be('present', plural)} still {doing}{english}",
            ),
            (
                f"{'بدأت' if feminine else 'بدأ'} {subject.nominative} {present}{arabic}",
                f"{subject.english} began to {verb.base}{english}",
            ),
            (
                f"{'لم تعد' if feminine else 'لم يعد'} {subject.nominative} {present}{arabic}",
                f"{subject.english} no longer {en.present(verb.base, plural)}{english}",
            ),
            (
                f"{'كادت' if feminine else 'كاد'} {subject.nominative} {present}{arabic}",
                f"{subject.english} almost {en.past(verb.base, verb.simple_past, plural)}{english}",
            ),
            (
                f"لقد {self.verb_past(verb, subject, True)} {subject.nominative}{arabic}",
                f"{subject.english} {'have' if plural else 'has'} {done}{english}",
            ),
            (
                f"سبق أن {self.verb_past(verb, subject, True)} {subject.nominative}{arabic}",
                f"{subject.english} {'have' if plural else 'has'} previously {done}{english}",
            ),
        ]
        if verb.base.startswith("be "):
            return options[1]
        return self.rng.choice(options)

    def nominal(self) -> Pair:
        """Sentences with "to be": bare, ليس, كان, أصبح, سيكون, غير."""
        rng = self.rng
        subject = self._definite_subject()
        while subject.human_plural:
            subject = self._definite_subject()
        adjective = rng.choice(self.adjectives)
        feminine, plural = subject.feminine, subject.plural
        form = adjective.feminine if feminine else adjective.masculine
        accusative = (
            form if feminine else self._adjective(adjective, False, False, self.nouns[0], False)[2]
        )
        degree = rng.choice(_DEGREES) if rng.random() < 0.2 else ("", "")
        tail = f" {degree[0]}" if degree[0] else ""
        quality = f"{degree[1]} {adjective.english}".strip()
        is_, was = en.be("present", plural), en.be("past", plural)
        has = "have" if plural else "has"
        options: list[Pair] = [
            (f"{subject.nominative} {form}{tail}", f"{subject.english} {is_} {quality}"),
            (
                f"{'ليست' if feminine else 'ليس'} {subject.nominative} {accusative}{tail}",
                f"{subject.english} {is_} not {quality}",
            ),
            (
                f"{'كانت' if feminine else 'كان'} {subject.nominative} {accusative}{tail}",
                f"{subject.english} {was} {quality}",
            ),
            (
                f"{'لم تكن' if feminine else 'لم يكن'} {subject.nominative} {accusative}{tail}",
                f"{subject.english} {was} not {quality}",
            ),
            (
                f"{'أصبحت' if feminine else 'أصبح'} {subject.nominative} {accusative}{tail}",
                f"{subject.english} {has} become {quality}",
            ),
            (
                f"{'ستكون' if feminine else 'سيكون'} {subject.nominative} {accusative}{tail}",
                f"{subject.english} will be {quality}",
            ),
            (
                f"{'لا تزال' if feminine else 'لا يزال'} {subject.nominative} {accusative}{tail}",
                f"{subject.english} {is_} still {quality}",
            ),
            (
                f"{'تبدو' if feminine else 'يبدو'} {subject.nominative} {accusative}{tail}",
                f"{subject.english} {'seem' if plural else 'seems'} {quality}",
            ),
        ]
        return rng.choice(options)

    def relative(self) -> Pair:
        """Relative clauses, subject and object gaps, with the resumptive pronoun."""
        rng = self.rng
        head = self.phrase(self.people if rng.random() < 0.4 else None, definite=True, plural=False)
        verb = rng.choice(self.transitive)
        which = "التي" if head.feminine else "الذي"
        who = "who" if head.human else rng.choice(["that", "which"])
        the_head = head.english if head.english.startswith("the ") else f"the {head.english}"
        if rng.random() < 0.5:
            inner, arabic, english = self.predicate()
            form = self.verb_past(inner, head, False)
            text = en.past(inner.base, inner.simple_past, head.plural)
            clause = f"{which} {form}{arabic}", f"{who} {text}{english}"
        else:
            agent = self._definite_subject()
            form = ar.object_suffix(self.verb_past(verb, agent, True), head.object_pronoun[0])
            text = en.past(verb.base, verb.simple_past, agent.plural)
            clause = (
                f"{which} {form} {agent.nominative}",
                f"{'whom' if head.human else 'that'} {agent.english} {text}",
            )
        outer, arabic, english = self.predicate()
        if rng.random() < 0.6:
            return (
                f"{self.verb_past(outer, head, True)} {head.nominative} {clause[0]}{arabic}",
                f"{the_head} {clause[1]} {en.past(outer.base, outer.simple_past, head.plural)}{english}",
            )
        actor, outer = self._definite_subject(), rng.choice(self.transitive)
        return (
            f"{self.verb_past(outer, actor, True)} {actor.nominative} {head.accusative} {clause[0]}",
            f"{actor.english} {en.past(outer.base, outer.simple_past, actor.plural)} {the_head} {clause[1]}",
        )

    def reported(self) -> Pair:
        """A speaker, a verb of saying, أن or إن and a clause with an accusative subject."""
        rng = self.rng
        speaker = self.phrase(self.people, definite=True, plural=rng.random() < 0.15)
        while speaker.human_plural and speaker.feminine:
            speaker = self.phrase(self.people, definite=True, plural=False)
        if not speaker.plural and not speaker.english.startswith("the "):
            speaker = replace(speaker, english=f"the {speaker.english}")
        verb = rng.choice(self.saying)
        particle = "إن" if verb.clause == "إن" else "أن"
        subject, (inner, arabic, english) = self._definite_subject(), self.predicate()
        kind = rng.random()
        if kind < 0.4:
            form = self.verb_past(inner, subject, False)
            text = en.past(inner.base, inner.simple_past, subject.plural)
            if rng.random() < 0.5:
                text = f"had {en.participle(inner.base, inner.simple_past)}"
        elif kind < 0.75:
            form = self.verb_present(inner, subject, False)
            text = en.present(inner.base, subject.plural)
        else:
            form = "س" + self.verb_present(inner, subject, False)
            text = f"would {inner.base}"
        clause = (
            f"{particle} {subject.accusative} {form}{arabic}",
            f"that {subject.english} {text}{english}",
        )
        if rng.random() < 0.8:
            return (
                f"{self.verb_past(verb, speaker, True)} {speaker.nominative} {clause[0]}",
                f"{speaker.english} {en.past(verb.base, verb.simple_past, speaker.plural)} {clause[1]}",
            )
        return (
            f"{self.verb_present(verb, speaker, True)} {speaker.nominative} {clause[0]}",
            f"{speaker.english} {en.present(verb.base, speaker.plural)} {clause[1]}",
        )

    def masdar(self) -> Pair:
        """A masdar with its object where English has a gerund, an infinitive or a noun."""
        rng = self.rng
        actor, verb = self._definite_subject(), rng.choice(self.transitive)
        target = self.any_phrase()
        tail = f"{verb.masdar} {target.oblique}"
        doing = f"{en.ing(verb.base)} {target.english}"
        frames: list[tuple[str, str, str, str]] = [
            ("دعا", "دعت", "إلى ", f"called for {doing}"),
            ("قرر", "قررت", "", f"decided to {verb.base} {target.english}"),
            ("رفض", "رفضت", "", f"refused to {verb.base} {target.english}"),
            ("حاول", "حاولت", "", f"tried to {verb.base} {target.english}"),
            ("بدأ", "بدأت", "", f"began {doing}"),
            ("واصل", "واصلت", "", f"continued {doing}"),
            ("استطاع", "استطاعت", "", f"managed to {verb.base} {target.english}"),
            (
                "يسعى",
                "تسعى",
                "إلى ",
                f"{'seek' if actor.plural else 'seeks'} to {verb.base} {target.english}",
            ),
            (
                "يعتزم",
                "تعتزم",
                "",
                f"{'intend' if actor.plural else 'intends'} to {verb.base} {target.english}",
            ),
            ("عمل", "عملت", "على ", f"worked to {verb.base} {target.english}"),
            ("فشل", "فشلت", "في ", f"failed to {verb.base} {target.english}"),
            ("تعهد", "تعهدت", "ب", f"pledged to {verb.base} {target.english}"),
        ]
        if rng.random() < 0.2:
            outer, arabic, english = self.predicate()
            feminine = verb.masdar.endswith("ة")
            form = ar.past_feminine(outer.past) if feminine else outer.past
            return (
                f"{form} {tail}{arabic}",
                f"{doing} {en.past(outer.base, outer.simple_past, False)}{english}",
            )
        masculine, feminine_form, preposition, english = rng.choice(frames)
        form = feminine_form if actor.feminine else masculine
        return f"{form} {actor.nominative} {preposition}{tail}", f"{actor.english} {english}"

    def pronominal(self) -> Pair:
        """Possessive suffixes that refer to the subject, and object pronouns."""
        rng = self.rng
        subject = self._definite_subject()
        suffix, possessive = subject.pronoun
        if rng.random() < 0.6:
            noun = rng.choice(self.things)
            verb = rng.choice(self.transitive)
            owned = ar.with_possessor(noun.singular, suffix)
            return (
                f"{self.verb_past(verb, subject, True)} {subject.nominative} {owned}",
                f"{subject.english} {en.past(verb.base, verb.simple_past, subject.plural)} {possessive} {noun.english}",
            )
        verb, agent = rng.choice(self.transitive), self._definite_subject()
        pronoun, english = rng.choice(
            [
                ("ه", "it"),
                ("ها", "it"),
                ("هم", "them"),
                ("ها", "them"),
                ("نا", "us"),
                ("ني", "me"),
                ("ه", "him"),
                ("ها", "her"),
            ]
        )
        form = ar.object_suffix(self.verb_past(verb, agent, True), pronoun)
        return (
            f"{form} {agent.nominative}",
            f"{agent.english} {en.past(verb.base, verb.simple_past, agent.plural)} {english}",
        )

    def counting(self) -> Pair:
        """Counted nouns as subject or object, percentages, sums of money."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.45:
            noun = rng.choice(
                self.countable if rng.random() < 0.5 else [n for n in self.people if n.plural]
            )
            arabic, english, feminine = numerals.counted(noun, rng, nominative=True)
            verb, complement, text = self.predicate()
            form = ar.past_feminine(verb.past) if feminine else verb.past
            return (
                f"{form} {arabic}{complement}",
                f"{english} {en.past(verb.base, verb.simple_past, True)}{text}",
            )
        if kind < 0.75:
            actor, verb = self._definite_subject(), rng.choice(self.transitive)
            arabic, english, _ = numerals.counted(rng.choice(self.countable), rng, nominative=False)
            return (
                f"{self.verb_past(verb, actor, True)} {actor.nominative} {arabic}",
                f"{actor.english} {en.past(verb.base, verb.simple_past, actor.plural)} {english}",
            )
        subject = self._definite_subject()
        figure = numerals.percent(rng) if kind < 0.88 else numerals.money(rng)
        rise = rng.choice(
            [
                ("ارتفع", "rose by"),
                ("انخفض", "fell by"),
                ("تراجع", "declined by"),
                ("زاد", "increased by"),
            ]
        )
        form = ar.past_feminine(rise[0]) if subject.feminine else rise[0]
        return f"{form} {subject.nominative} بنسبة {figure[0]}" if kind < 0.88 else (
            f"{form} {subject.nominative} بمقدار {figure[0]}"
        ), f"{subject.english} {rise[1]} {figure[1]}"

    def ordinal(self) -> Pair:
        """Ordinals as adjectives: ``الدورة الخامسة``."""
        rng = self.rng
        noun, n = rng.choice(self.countable), rng.randint(1, 10)
        ordinal = (ar.ORDINALS_F if noun.feminine else ar.ORDINALS_M)[n]
        if n == 2 and not noun.feminine:
            ordinal = "ثاني"
        phrase = (
            f"{ar.define(ar.full_stem(noun.singular))} {ar.define(ordinal)}",
            f"the {en.ORDINALS[n]} {noun.english}",
        )
        if rng.random() < 0.4 and n > 1:
            lead = ar.ORDINALS_M[n] if n != 2 else "ثاني"
            phrase = f"{lead} {noun.singular}", f"the {en.ORDINALS[n]} {noun.english}"
        actor, verb = self._definite_subject(), rng.choice(self.transitive)
        return (
            f"{self.verb_past(verb, actor, True)} {actor.nominative} {phrase[0]}",
            f"{actor.english} {en.past(verb.base, verb.simple_past, actor.plural)} {phrase[1]}",
        )

    def dated(self) -> Pair:
        """A sentence with a date or a weekday."""
        rng = self.rng
        arabic, english = self.verb_first()
        if rng.random() < 0.65:
            when = numerals.date(rng)
            on = (
                "in"
                if not when[1][:1].isdigit() and not when[1].split(",")[0].endswith("day")
                else "on"
            )
            return f"{arabic} في {when[0]}", f"{english} {on} {when[1]}"
        day = rng.choice(numerals.DAYS)
        form = rng.choice(
            [
                (f"يوم {day[0]}", f"on {day[1]}"),
                (f"{day[0]} الماضي", f"last {day[1]}"),
                (f"مساء {day[0]}", f"on {day[1]} evening"),
                (f"صباح {day[0]}", f"on {day[1]} morning"),
                (f"يوم {day[0]} المقبل", f"next {day[1]}"),
            ]
        )
        if form[1].startswith("next"):
            arabic, english = self.future()
        return f"{arabic} {form[0]}", f"{english} {form[1]}"

    def existential(self) -> Pair:
        """هناك، ليس هناك، لا ... في، ثمة."""
        rng = self.rng
        thing = self.phrase(definite=False)
        where = self.phrase(definite=True)
        preposition, english = rng.choice(_PREPOSITIONS[:1] + _PREPOSITIONS[5:12])
        tail, text = f" {preposition} {where.oblique}", f" {english} {where.english}"
        is_ = en.be("present", thing.plural)
        return rng.choice(
            [
                (f"هناك {thing.nominative}{tail}", f"there {is_} {thing.english}{text}"),
                (f"ثمة {thing.nominative}{tail}", f"there {is_} {thing.english}{text}"),
                (
                    f"كان هناك {thing.nominative}{tail}",
                    f"there {en.be('past', thing.plural)} {thing.english}{text}",
                ),
                (f"ليس هناك {thing.nominative}{tail}", f"there {is_} not {thing.english}{text}"),
            ]
        )

    def demonstrative(self) -> Pair:
        """هذا، هذه، هؤلاء، ذلك، تلك before a definite noun."""
        rng = self.rng
        pool = self.people if rng.random() < 0.3 else None
        noun = rng.choice(pool or self.nouns)
        plural = bool(noun.plural) and noun.english_plural not in {"", "-"} and rng.random() < 0.3
        sound = plural and ar.is_sound_masculine(noun.singular, noun.plural)
        form = ar.full_stem(noun.plural if plural else noun.singular)
        human_plural = plural and noun.human
        feminine = noun.feminine if not plural or noun.human else True
        far = rng.random() < 0.3
        if human_plural:
            this = "أولئك" if far else "هؤلاء"
        else:
            this = ("تلك" if far else "هذه") if feminine else ("ذلك" if far else "هذا")
        number = plural or (not noun.plural and en.is_plural_noun(noun.english))
        these = ("those" if number else "that") if far else ("these" if number else "this")
        verb, arabic, english = self.predicate()
        past = ar.past_feminine(verb.past) if feminine else verb.past
        if human_plural and noun.feminine:
            human_plural = False
        text = noun.english_plural if plural else noun.english
        if rng.random() < 0.6:
            return (
                f"{past} {this} {ar.define(form)}{arabic}",
                f"{these} {text} {en.past(verb.base, verb.simple_past, number)}{english}",
            )
        actor, verb = self._definite_subject(), rng.choice(self.transitive)
        return (
            f"{self.verb_past(verb, actor, True)} {actor.nominative} {this} {ar.define(ar.oblique(form, sound))}",
            f"{actor.english} {en.past(verb.base, verb.simple_past, actor.plural)} {these} {text}",
        )

    def coordinated(self) -> Pair:
        """Two predicates or two noun phrases joined by و."""
        rng = self.rng
        subject = self._definite_subject()
        first, arabic_1, english_1 = self.predicate()
        if rng.random() < 0.5:
            second, arabic_2, english_2 = self.predicate()
            return (
                f"{self.verb_past(first, subject, True)} {subject.nominative}{arabic_1} و{self.verb_past(second, subject, False)}{arabic_2}",
                f"{subject.english} {en.past(first.base, first.simple_past, subject.plural)}{english_1} and {en.past(second.base, second.simple_past, subject.plural)}{english_2}",
            )
        verb, one, two = rng.choice(self.transitive), self.any_phrase(), self.any_phrase()
        return (
            f"{self.verb_past(verb, subject, True)} {subject.nominative} {one.accusative} و{two.accusative}",
            f"{subject.english} {en.past(verb.base, verb.simple_past, subject.plural)} {one.english} and {two.english}",
        )

    def conditional(self) -> Pair:
        """إذا with a past verb and an English present; لو with its past."""
        rng = self.rng
        one, two = self._definite_subject(), self._definite_subject()
        (verb_1, arabic_1, english_1), (verb_2, arabic_2, english_2) = (
            self.predicate(),
            self.predicate(),
        )
        if rng.random() < 0.6:
            return (
                f"إذا {self.verb_past(verb_1, one, True)} {one.nominative}{arabic_1} فس{self.verb_present(verb_2, two, True)} {two.nominative}{arabic_2}",
                f"if {one.english} {en.present(verb_1.base, one.plural)}{english_1}, {two.english} will {verb_2.base}{english_2}",
            )
        return (
            f"لو {self.verb_past(verb_1, one, True)} {one.nominative}{arabic_1} ل{self.verb_past(verb_2, two, True)} {two.nominative}{arabic_2}",
            f"if {one.english} had {en.participle(verb_1.base, verb_1.simple_past)}{english_1}, {two.english} would have {en.participle(verb_2.base, verb_2.simple_past)}{english_2}",
        )

    def superlative(self) -> Pair:
        """أفعل before an indefinite noun (superlative) and before من (comparative)."""
        rng = self.rng
        elative, most, more = rng.choice(_SUPERLATIVES)
        actor, verb = self._definite_subject(), rng.choice(self.transitive)
        if rng.random() < 0.6:
            noun = rng.choice(self.countable)
            form = verb.past if not actor.feminine else ar.past_feminine(verb.past)
            return (
                f"{form} {actor.nominative} {elative} {noun.singular}",
                f"{actor.english} {en.past(verb.base, verb.simple_past, actor.plural)} the {most} {noun.english}",
            )
        other = self.phrase(definite=True)
        if elative == "أقل":
            elative, more = "أقوى", "stronger"
        is_ = en.be("present", actor.plural)
        return (
            f"{actor.nominative} {elative} من {other.oblique}",
            f"{actor.english} {is_} {more} than {other.english}",
        )

    def question(self) -> Pair:
        """هل and question words before a verb."""
        rng = self.rng
        subject, (verb, arabic, english) = self._definite_subject(), self.predicate()
        while verb.base.startswith("be "):
            verb, arabic, english = self.predicate()
        word, question = rng.choice(
            [("هل", ""), ("لماذا", "why "), ("متى", "when "), ("كيف", "how "), ("أين", "where ")]
        )
        if rng.random() < 0.5:
            form = self.verb_past(verb, subject, True)
            ask = f"{question}did {subject.english} {verb.base}{english}"
        else:
            form = self.verb_present(verb, subject, True)
            ask = f"{question}{'do' if subject.plural else 'does'} {subject.english} {verb.base}{english}"
        return f"{word} {form} {subject.nominative}{arabic}؟", f"{ask}?"

    # Whole sentences

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
