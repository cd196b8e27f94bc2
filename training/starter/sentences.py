"""Constructions of more: relative and reported clauses, conditions, masdars, numbers, dates."""

from __future__ import annotations

from dataclasses import replace

from . import arabic as ar
from . import english as en
from . import numerals, tables
from .clauses import Clauses
from .phrases import Pair

SUPERLATIVES = tables.triples("superlatives")


class Sentences(Clauses):
    """One method a construction; each gives the Arabic and the English without full stop."""

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
            text = inner.did(head.plural)
            clause = f"{which} {form}{arabic}", f"{who} {text}{english}"
        else:
            agent = self.definite_subject()
            form = ar.object_suffix(self.verb_past(verb, agent, True), head.object_pronoun[0])
            text = verb.did(agent.plural)
            clause = (
                f"{which} {form} {agent.nominative}",
                f"{'whom' if head.human else 'that'} {agent.english} {text}",
            )
        outer, arabic, english = self.predicate()
        if rng.random() < 0.6:
            return (
                f"{self.verb_past(outer, head, True)} {head.nominative} {clause[0]}{arabic}",
                f"{the_head} {clause[1]} {outer.did(head.plural)}{english}",
            )
        actor, outer = self.definite_subject(), rng.choice(self.transitive)
        return (
            f"{self.verb_past(outer, actor, True)} {actor.nominative} "
            f"{head.accusative} {clause[0]}",
            f"{actor.english} {outer.did(actor.plural)} {the_head} {clause[1]}",
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
        subject, (inner, arabic, english) = self.definite_subject(), self.predicate()
        kind = rng.random()
        if kind < 0.4:
            form = self.verb_past(inner, subject, False)
            text = inner.did(subject.plural)
            if rng.random() < 0.5:
                text = f"had {inner.done}"
        elif kind < 0.75:
            form = self.verb_present(inner, subject, False)
            text = inner.does(subject.plural)
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
                f"{speaker.english} {verb.did(speaker.plural)} {clause[1]}",
            )
        return (
            f"{self.verb_present(verb, speaker, True)} {speaker.nominative} {clause[0]}",
            f"{speaker.english} {verb.does(speaker.plural)} {clause[1]}",
        )

    def masdar(self) -> Pair:
        """A masdar with its object where English has a gerund, an infinitive or a noun."""
        rng = self.rng
        actor, verb = self.definite_subject(), rng.choice(self.transitive)
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
                f"{doing} {outer.did(False)}{english}",
            )
        masculine, feminine_form, preposition, english = rng.choice(frames)
        form = feminine_form if actor.feminine else masculine
        return f"{form} {actor.nominative} {preposition}{tail}", f"{actor.english} {english}"

    def pronominal(self) -> Pair:
        """Possessive suffixes that refer to the subject, and object pronouns."""
        rng = self.rng
        subject = self.definite_subject()
        suffix, possessive = subject.pronoun
        if rng.random() < 0.6:
            noun = rng.choice(self.things)
            verb = rng.choice(self.transitive)
            owned, owns = ar.with_possessor(noun.singular, suffix), f"{possessive} {noun.english}"
            return (
                f"{self.verb_past(verb, subject, True)} {subject.nominative} {owned}",
                f"{subject.english} {verb.did(subject.plural)} {owns}",
            )
        verb, agent = rng.choice(self.transitive), self.definite_subject()
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
            f"{agent.english} {verb.did(agent.plural)} {english}",
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
                f"{english} {verb.did(True)}{text}",
            )
        if kind < 0.75:
            actor, verb = self.definite_subject(), rng.choice(self.transitive)
            arabic, english, _ = numerals.counted(rng.choice(self.countable), rng, nominative=False)
            return (
                f"{self.verb_past(verb, actor, True)} {actor.nominative} {arabic}",
                f"{actor.english} {verb.did(actor.plural)} {english}",
            )
        subject = self.definite_subject()
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
        actor, verb = self.definite_subject(), rng.choice(self.transitive)
        return (
            f"{self.verb_past(verb, actor, True)} {actor.nominative} {phrase[0]}",
            f"{actor.english} {verb.did(actor.plural)} {phrase[1]}",
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

    def coordinated(self) -> Pair:
        """Two predicates or two noun phrases joined by و."""
        subject = self.definite_subject()
        first, arabic, english = self.predicate()
        left = f"{self.verb_past(first, subject, True)} {subject.nominative}"
        right = f"{subject.english} {first.did(subject.plural)}"
        if self.rng.random() < 0.5:
            second, arabic_2, english_2 = self.predicate()
            form = self.verb_past(second, subject, False)
            return (
                f"{left}{arabic} و{form}{arabic_2}",
                f"{right}{english} and {second.did(subject.plural)}{english_2}",
            )
        verb, one, two = self.rng.choice(self.transitive), self.any_phrase(), self.any_phrase()
        return (
            f"{self.verb_past(verb, subject, True)} {subject.nominative} "
            f"{one.accusative} و{two.accusative}",
            f"{subject.english} {verb.did(subject.plural)} {one.english} and {two.english}",
        )

    def conditional(self) -> Pair:
        """إذا with a past verb and an English present; لو with its past."""
        one, two = self.definite_subject(), self.definite_subject()
        verb, arabic, english = self.predicate()
        other, arabic_2, english_2 = self.predicate()
        condition = f"{self.verb_past(verb, one, True)} {one.nominative}{arabic}"
        if self.rng.random() < 0.6:
            form = self.verb_present(other, two, True)
            return (
                f"إذا {condition} فس{form} {two.nominative}{arabic_2}",
                f"if {one.english} {verb.does(one.plural)}{english}, "
                f"{two.english} will {other.base}{english_2}",
            )
        form = self.verb_past(other, two, True)
        return (
            f"لو {condition} ل{form} {two.nominative}{arabic_2}",
            f"if {one.english} had {verb.done}{english}, "
            f"{two.english} would have {other.done}{english_2}",
        )

    def superlative(self) -> Pair:
        """أفعل before an indefinite noun (superlative) and before من (comparative)."""
        rng = self.rng
        elative, most, more = rng.choice(SUPERLATIVES)
        actor, verb = self.definite_subject(), rng.choice(self.transitive)
        if rng.random() < 0.6:
            noun = rng.choice(self.countable)
            form = verb.past if not actor.feminine else ar.past_feminine(verb.past)
            return (
                f"{form} {actor.nominative} {elative} {noun.singular}",
                f"{actor.english} {verb.did(actor.plural)} the {most} {noun.english}",
            )
        other = self.phrase(definite=True)
        if elative == "أقل":
            elative, more = "أقوى", "stronger"
        is_ = en.be("present", actor.plural)
        return (
            f"{actor.nominative} {elative} من {other.oblique}",
            f"{actor.english} {is_} {more} than {other.english}",
        )
