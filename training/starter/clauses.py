"""Constructions of one clause: tense, negation, passive, modality, nominal sentences."""

from __future__ import annotations

from . import arabic as ar
from . import english as en
from . import tables
from .phrases import PREPOSITIONS, Pair, Phrases

DEGREES = tables.pairs("degrees")


class Clauses(Phrases):
    """One method a construction; each gives the Arabic and the English without full stop."""

    def verb_first(self) -> Pair:
        """Past or present, verb before subject."""
        subject, (verb, arabic, english) = self.subject_after(), self.predicate()
        if self.rng.random() < 0.72:
            return (
                f"{self.verb_past(verb, subject, True)} {subject.nominative}{arabic}",
                f"{subject.english} {verb.did(subject.plural)}{english}",
            )
        return (
            f"{self.verb_present(verb, subject, True)} {subject.nominative}{arabic}",
            f"{subject.english} {verb.does(subject.plural)}{english}",
        )

    def subject_first(self) -> Pair:
        """Subject before verb; human plurals take a plural verb."""
        subject, (verb, arabic, english) = self.definite_subject(), self.predicate()
        if self.rng.random() < 0.55:
            return (
                f"{subject.nominative} {self.verb_past(verb, subject, False)}{arabic}",
                f"{subject.english} {verb.did(subject.plural)}{english}",
            )
        return (
            f"{subject.nominative} {self.verb_present(verb, subject, False)}{arabic}",
            f"{subject.english} {verb.does(subject.plural)}{english}",
        )

    def negated(self) -> Pair:
        """لم، لن، لا، ما."""
        subject, (verb, arabic, english) = self.subject_after(), self.predicate()
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
            f"{subject.english} {has} not yet {verb.done}{english}",
        )

    def future(self) -> Pair:
        """س and سوف."""
        subject, (verb, arabic, english) = self.subject_after(), self.predicate()
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
        done = verb.done
        tail = f"{masdar} {target.oblique}"
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
        subject, (verb, arabic, english) = self.definite_subject(), self.predicate()
        after = self.verb_present(verb, subject, False, "subjunctive")
        before = self.verb_present(verb, subject, True, "subjunctive")
        base = verb.base
        can = "تستطيع" if subject.feminine else "يستطيع"
        is_ = en.be("present", subject.plural)
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
                f"{subject.english} {is_} expected to {base}{english}",
            ),
            (
                f"من المقرر أن {before} {subject.nominative}{arabic}",
                f"{subject.english} {is_} scheduled to {base}{english}",
            ),
            (f"قد {before} {subject.nominative}{arabic}", f"{subject.english} may {base}{english}"),
            (
                f"{can} {subject.nominative} أن {after}{arabic}",
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
        subject, (verb, arabic, english) = self.definite_subject(), self.predicate()
        feminine, plural = subject.feminine, subject.plural
        present = self.verb_present(verb, subject, False)
        past = self.verb_past(verb, subject, False)
        was = "كانت" if feminine else "كان"
        done = verb.done
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
                f"{subject.english} no longer {verb.does(plural)}{english}",
            ),
            (
                f"{'كادت' if feminine else 'كاد'} {subject.nominative} {present}{arabic}",
                f"{subject.english} almost {verb.did(plural)}{english}",
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
        subject = self.definite_subject()
        while subject.human_plural:
            subject = self.definite_subject()
        adjective = rng.choice(self.adjectives)
        feminine, plural = subject.feminine, subject.plural
        form = adjective.feminine if feminine else adjective.masculine
        accusative = (
            form
            if feminine
            else self.adjective_forms(adjective, False, False, self.nouns[0], False)[2]
        )
        degree = rng.choice(DEGREES) if rng.random() < 0.2 else ("", "")
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

    def existential(self) -> Pair:
        """هناك، ثمة، كان هناك، ليس هناك."""
        rng = self.rng
        thing = self.phrase(definite=False)
        where = self.phrase(definite=True)
        preposition, english = rng.choice(PREPOSITIONS[:1] + PREPOSITIONS[5:12])
        tail, text = f" {preposition} {where.oblique}", f" {english} {where.english}"
        is_, was = en.be("present", thing.plural), en.be("past", thing.plural)
        bare = thing.english.removeprefix("an ").removeprefix("a ")
        there_was = "كانت هناك" if thing.feminine else "كان هناك"
        return rng.choice(
            [
                (f"هناك {thing.nominative}{tail}", f"there {is_} {thing.english}{text}"),
                (f"ثمة {thing.nominative}{tail}", f"there {is_} {thing.english}{text}"),
                (f"{there_was} {thing.nominative}{tail}", f"there {was} {thing.english}{text}"),
                (f"ليس هناك {thing.nominative}{tail}", f"there {is_} no {bare}{text}"),
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
                f"{these} {text} {verb.did(number)}{english}",
            )
        actor, verb = self.definite_subject(), rng.choice(self.transitive)
        thing = ar.define(ar.oblique(form, sound))
        return (
            f"{self.verb_past(verb, actor, True)} {actor.nominative} {this} {thing}",
            f"{actor.english} {verb.did(actor.plural)} {these} {text}",
        )

    def question(self) -> Pair:
        """هل and question words before a verb."""
        rng = self.rng
        subject, (verb, arabic, english) = self.definite_subject(), self.predicate()
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
            does = "do" if subject.plural else "does"
            ask = f"{question}{does} {subject.english} {verb.base}{english}"
        return f"{word} {form} {subject.nominative}{arabic}؟", f"{ask}?"
