"""The ladder, rung by rung, on an engine that says what it is told to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.document import Decision, EntityKind, Mention, Outcome
from bilingual.engine.base import Alignment, DecodeOptions, Hypothesis, PackageInfo
from bilingual.terminology import Rendering, Request, render


class Scripted:
    """Answers each text with the hypotheses written for it, or echoes its words."""

    name = "scripted 1"
    options = DecodeOptions()
    package = PackageInfo("scripted", "1", "ar", "en", "", "path", Path())

    def __init__(
        self,
        script: Mapping[str, Sequence[str]],
        attention: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.script = script
        self.attention = attention or {}
        self.asked: list[str] = []
        self.calls = 0

    def translate(
        self, texts: Sequence[str], *, hypotheses: int = 1
    ) -> list[tuple[Hypothesis, ...]]:
        self.calls += 1
        self.asked += texts
        return [
            tuple(
                Hypothesis(said, -float(k), (tuple(said.split()),))
                for k, said in enumerate(self.script.get(text, ["something else"])[:hypotheses])
            )
            for text in texts
        ]

    def align(self, texts: Sequence[str], chosen: Sequence[Hypothesis]) -> list[Alignment]:
        """Each English word looks at the Arabic word written for it, else at the end of text."""
        out = []
        for text, hypothesis in zip(texts, chosen, strict=True):
            source, target = _spans(text), _spans(hypothesis.text)
            looks = self.attention.get(hypothesis.text, {})
            rows = []
            for start, end in target:
                aim = looks.get(hypothesis.text[start:end].strip(".,"))
                row = [float(aim == text[a:b]) for a, b in source]
                total = max(1.0, sum(row))
                rows.append((*(x / total for x in row), float(not any(row))))  # else at the end
            out.append(Alignment(source, target, tuple(rows)))
        return out


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return tuple(spans)


def mention(
    text: str,
    surface: str,
    target: str,
    *,
    kind: EntityKind = EntityKind.PERSON,
    nth: int = 0,
    **more: object,
) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = text.index(surface, start + 1)
    end = start + len(surface)
    return Mention(start, end, surface, target.lower(), kind, target, **more)  # type: ignore[arg-type]


def one(
    text: str,
    mentions: Sequence[Mention],
    script: Mapping[str, Sequence[str]],
    attention: Mapping[str, Mapping[str, str]] | None = None,
) -> Rendering:
    (result,) = render([Request(text, tuple(mentions))], Scripted(script, attention))
    consistent(Request(text, tuple(mentions)), result)
    return result


def consistent(request: Request, result: Rendering) -> None:
    assert [d.mention for d in result.decisions] == list(request.mentions)
    taken: list[tuple[int, int]] = []
    for d in result.decisions:
        assert (d.outcome is Outcome.MISSED) == (d.start is None) == (d.end is None)
        if d.start is None or d.end is None:
            assert d.form == ""
            continue
        assert result.text[d.start : d.end] == d.form
        assert all(d.end <= s or e <= d.start for s, e in taken)
        taken.append((d.start, d.end))


def outcomes(result: Rendering) -> list[str]:
    return [d.outcome.value for d in result.decisions]


TEXT = "قال كينشاك ذلك"
NAME = mention(TEXT, "كينشاك", "Kinshchak")


def test_a_form_of_the_best_hypothesis_is_kept_and_decoded_once() -> None:
    result = one(TEXT, [NAME], {TEXT: ["Kinshchak said so."]})
    assert (result.text, outcomes(result), result.decodes) == ("Kinshchak said so.", ["kept"], 1)
    assert result.pieces == 3


def test_an_accepted_form_is_kept_too() -> None:
    name = replace(NAME, accepted=("Mr. K",))
    result = one(TEXT, [name], {TEXT: ["Mr. K said so."]})
    assert result.decisions == (Decision(name, Outcome.KEPT, 0, 5, "Mr. K"),)


def test_another_hypothesis_that_has_it_is_chosen() -> None:
    script = {TEXT: ["Kyiv said so.", "He said so.", "Kinshchak said so."]}
    result = one(TEXT, [NAME], script)
    assert (result.text, outcomes(result)) == ("Kinshchak said so.", ["chosen"])


def test_english_written_into_the_arabic_is_inlined() -> None:
    script = {TEXT: ["Kyiv said so."], "قال Kinshchak ذلك": ["Kinshchak said so."]}
    result = one(TEXT, [NAME], script)
    assert (result.text, outcomes(result)) == ("Kinshchak said so.", ["inlined"])


def test_a_proclitic_before_an_inlined_name_stays_and_stands_apart() -> None:
    text = "اجتمع وكينشاك معهم"
    name = mention(text, "كينشاك", "Kinshchak")
    engine = Scripted({"اجتمع و Kinshchak معهم": ["He and Kinshchak met them."]})
    (result,) = render([Request(text, (name,))], engine)
    assert "اجتمع و Kinshchak معهم" in engine.asked
    assert outcomes(result) == ["inlined"]


def test_words_that_attention_traces_to_the_name_are_replaced() -> None:
    result = one(TEXT, [NAME], {TEXT: ["Kyiv said so."]}, {"Kyiv said so.": {"Kyiv": "كينشاك"}})
    assert (result.text, outcomes(result)) == ("Kinshchak said so.", ["projected"])


def test_a_projected_name_takes_no_article_and_keeps_the_possessive() -> None:
    said = "It is the Kyiv's view."
    result = one(TEXT, [NAME], {TEXT: [said]}, {said: {"Kyiv's": "كينشاك"}})
    assert result.text == "It is Kinshchak's view."


def test_a_projected_body_gets_its_article_once() -> None:
    text = "أعلن الحلف ذلك"
    body = mention(text, "الحلف", "Security Council", kind=EntityKind.ORGANISATION)
    for said in ("It was Beirut that said so.", "It was the Beirut that said so."):
        result = one(text, [body], {text: [said]}, {said: {"Beirut": "الحلف"}})
        assert result.text == "It was the Security Council that said so."


def test_an_adjective_becomes_a_possessive() -> None:
    text = "موقف سوريا ثابت"
    place = mention(text, "سوريا", "Syria", kind=EntityKind.PLACE)
    said = "The Syrian position is firm."
    result = one(text, [place], {text: [said]}, {said: {"Syrian": "سوريا"}})
    assert result.text == "Syria's position is firm."


def test_half_a_name_is_not_doubled_by_its_whole() -> None:
    text = "زار بان كي مون البلد"
    name = mention(text, "بان كي مون", "Ban Ki-moon")
    said = "Bann Ki-moon came."
    result = one(text, [name], {text: [said]}, {said: {"Ki-moon": "كي"}})
    assert result.text == "Ban Ki-moon came."


def test_without_attention_the_mention_is_missed_and_the_text_untouched() -> None:
    result = one(TEXT, [NAME], {TEXT: ["Nobody has said so at all."]})
    assert (result.text, outcomes(result)) == ("Nobody has said so at all.", ["missed"])


def test_attention_on_two_places_is_no_projection() -> None:
    said = "Kyiv said so, and Kiel did."
    attention = {said: {"Kyiv": "كينشاك", "Kiel": "كينشاك"}}
    assert outcomes(one(TEXT, [NAME], {TEXT: [said]}, attention)) == ["missed"]


def test_function_words_are_never_overwritten() -> None:
    said = "he said so."
    assert one(TEXT, [NAME], {TEXT: [said]}, {said: {"he": "كينشاك"}}).text == said


def test_another_decisions_words_are_never_overwritten() -> None:
    text = "التقى لافروف كينشاك"
    names = [mention(text, "لافروف", "Lavrov"), mention(text, "كينشاك", "Kinshchak")]
    said = "He met Lavrov."
    result = one(text, names, {text: [said]}, {said: {"Lavrov": "كينشاك"}})
    assert (result.text, outcomes(result)) == (said, ["kept", "missed"])


BOTH = "التقى لافروف كينشاك في 12 أيار"
PAIR = (mention(BOTH, "لافروف", "Lavrov"), mention(BOTH, "كينشاك", "Kinshchak"))
INLINED = "التقى لافروف Kinshchak في 12 أيار"


@pytest.mark.parametrize(
    "worse",
    [
        "Kinshchak met him on May 12.",
        "Lavrov met Kinshchak in May.",
        "Lavrov met Kinshchak and Lavrov on May 12.",
        "Lavrov met Kinshchak met Kinshchak met Kinshchak on May 12.",
        "Lavrov Kinshchak 12.",
        "Lavrov met Kinshchak on May 12 " + "and they went on talking of it " * 3,
        "Lavrov met Kinshchak في May 12.",
    ],
    ids=["loses a term", "loses a number", "doubles", "stutters", "shrinks", "swells", "arabic"],
)
def test_a_draft_that_does_harm_is_refused(worse: str) -> None:
    said = "Lavrov met with somebody on the day of May 12."
    result = one(BOTH, PAIR, {BOTH: [said, worse], INLINED: [worse]})
    assert (result.text, outcomes(result)) == (said, ["kept", "missed"])


def test_a_name_said_twice_in_arabic_must_stand_twice() -> None:
    text = "قال لافروف إن لافروف سيزور البلد"
    twice = [mention(text, "لافروف", "Lavrov"), mention(text, "لافروف", "Lavrov", nth=1)]
    once = one(text, twice, {text: ["Lavrov said he would come."]})
    assert sorted(outcomes(once)) == ["kept", "missed"]
    both = one(text, twice, {text: ["Lavrov said Lavrov would come."]})
    assert [d.start for d in both.decisions] == [0, 12]


def test_the_longer_form_is_claimed_first() -> None:
    text = "دعت الأمم المتحدة مجلس الأمن"
    kind = EntityKind.ORGANISATION
    un = mention(text, "الأمم المتحدة", "UN", kind=kind)
    council = mention(text, "مجلس الأمن", "UN Security Council", kind=kind)
    result = one(text, [un, council], {text: ["The UN Security Council was called."]})
    assert outcomes(result) == ["missed", "kept"]


@pytest.mark.parametrize(
    ("target", "said", "found"),
    [
        ("ceasefire", "Ceasefire Holds", True),
        ("resolution 2254", "Resolution 2254 says so", True),
        ("Syria", "Syrian forces", False),
        ("Syria", "Syria's forces", True),
        ("UN", "UNESCO said", False),
        ("Security Council", "security council", False),
        ("Staff Maj. Gen.", "Staff Maj. Gen. Ali", True),
        ("Sana'a", "Sana’a fell", True),
    ],
)
def test_forms_are_whole_words_in_fitting_case(target: str, said: str, found: bool) -> None:
    text = "الكلمة هنا"
    name = mention(text, "الكلمة", target, kind=EntityKind.OTHER)
    assert outcomes(one(text, [name], {text: [said]})) == ["kept" if found else "missed"]


def test_the_plural_of_a_term_serves_and_that_of_a_name_does_not() -> None:
    text = "الكلمة هنا"
    for kind, outcome in ((EntityKind.TERM, "kept"), (EntityKind.ORGANISATION, "missed")):
        name = mention(text, "الكلمة", "party", kind=kind)
        assert outcomes(one(text, [name], {text: ["Parties here"]})) == [outcome]


def test_a_proposed_form_is_reported_and_never_enforced() -> None:
    name = replace(NAME, approved=False)
    engine = Scripted({TEXT: ["Kyiv said so.", "Kinshchak said so."]})
    (result,) = render([Request(TEXT, (name,))], engine)
    assert (result.text, outcomes(result), result.decodes) == ("Kyiv said so.", ["missed"], 1)
    assert outcomes(one(TEXT, [name], {TEXT: ["Kinshchak said so."]})) == ["kept"]


def test_forbidden_english_is_unmet_and_avoided() -> None:
    name = replace(NAME, forbidden=("envoy",))
    script = {TEXT: ["Kinshchak, envoy, said so.", "Kinshchak said so."]}
    assert one(TEXT, [name], script).text == "Kinshchak said so."


def test_a_wrong_number_is_put_right_by_another_hypothesis_or_by_attention() -> None:
    text = "وصل 300 شخص"
    assert one(text, [], {text: ["Some 200 came.", "Some 300 came."]}).text == "Some 300 came."
    said = "Some 200 came."
    result = one(text, [], {text: [said]}, {said: {"200": "300"}})
    assert result.text == "Some 300 came."
    assert one(text, [], {text: [said]}).text == said


def test_a_long_sentence_that_lost_a_term_is_decoded_clause_by_clause() -> None:
    first = "قال الوزير الجديد في كلمة له أمام الصحفيين إن بلاده تريد السلام الدائم،"
    second = "وأكد كينشاك أمام الحضور أن الاتفاق قريب جدا"
    text = f"{first} {second}"
    name = mention(text, "كينشاك", "Kinshchak")
    script = {
        text: ["The minister told reporters that his country wanted lasting peace and agreement"],
        first: ["The new minister told reporters that his country wanted lasting peace."],
        second: ["Kinshchak assured those present that agreement was near"],
    }
    result = one(text, [name], script)
    assert result.text == (
        "The new minister told reporters that his country wanted lasting peace,"
        " Kinshchak assured those present that agreement was near"
    )
    assert outcomes(result) == ["chosen"]


def test_text_without_arabic_is_copied() -> None:
    engine = Scripted({})
    results = render([Request("٤٤"), Request("https://example.org/a_b"), Request("")], engine)
    assert [r.text for r in results] == ["44", "https://example.org/a_b", ""]
    assert [r.decodes for r in results] == [0, 0, 0]
    assert engine.calls == 0


def test_the_engine_is_given_clean_text_and_offsets_hold() -> None:
    text = "قـال  \u200fكينشاك\u200f ذلك"
    name = mention(text, "كينشاك", "Kinshchak")
    script = {"قال كينشاك ذلك": ["He did."], "قال Kinshchak ذلك": ["Kinshchak said so."]}
    assert outcomes(one(text, [name], script)) == ["inlined"]


def test_equal_requests_are_decoded_once_and_answered_in_order() -> None:
    other = "جملة أخرى"
    engine = Scripted({TEXT: ["Kinshchak said so."], other: ["Another one."]})
    requests = [Request(TEXT, (NAME,)), Request(other), Request(TEXT, (NAME,))]
    results = render(requests, engine)
    assert [r.text for r in results] == ["Kinshchak said so.", "Another one.", "Kinshchak said so."]
    assert sorted(engine.asked) == sorted([TEXT, other])


def test_no_requests_no_work() -> None:
    engine = Scripted({})
    assert render([], engine) == []
    assert engine.calls == 0


WORDS = ["قال", "لافروف", "وكينشاك", "في", "دمشق", "إن", "2254", "القرار", "،", "و", "\u200f", "ـ"]
SAID = ["Lavrov", "Kinshchak", "the", "Kyiv", "said", "2254", "Damascus", "and", "in", "،", "so."]
TARGETS = {"لافروف": "Lavrov", "كينشاك": "Kinshchak", "دمشق": "Damascus", "القرار": "resolution"}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Request, list[str], dict[str, str]]:
    text = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)))
    mentions = []
    for surface, target in TARGETS.items():
        at = 0
        while (start := text.find(surface, at)) >= 0:
            at = start + len(surface)
            approved = draw(st.booleans())
            kind = draw(st.sampled_from(EntityKind))
            found = Mention(start, at, surface, target, kind, target, (), approved)
            mentions.append(found)
    sentences = st.lists(st.sampled_from(SAID), max_size=20).map(" ".join)
    said = draw(st.lists(sentences, min_size=1, max_size=4))
    looks = draw(st.dictionaries(st.sampled_from(SAID), st.sampled_from(WORDS)))
    return Request(text, tuple(mentions)), said, looks


class Babbling(Scripted):
    def translate(
        self, texts: Sequence[str], *, hypotheses: int = 1
    ) -> list[tuple[Hypothesis, ...]]:
        self.script = {"said": self.script["said"], **dict.fromkeys(texts, self.script["said"])}
        return super().translate(texts, hypotheses=hypotheses)


class Looking(dict[str, Mapping[str, str]]):
    def get(self, key: str, default: object = None) -> Mapping[str, str]:  # type: ignore[override]
        return self["looks"]


@settings(deadline=None, max_examples=150)
@given(cases())
def test_every_mention_gets_one_decision_whatever_the_engine_says(
    case: tuple[Request, list[str], dict[str, str]],
) -> None:
    request, said, looks = case
    engine = Babbling({"said": said}, Looking(looks=looks))
    (result,) = render([request], engine)
    consistent(request, result)
    (again, company) = render([request, Request("نص آخر")], engine)
    assert again == result
    assert company == render([Request("نص آخر")], engine)[0]


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_rendering_never_fails(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    start = min(start, end)
    name = Mention(start, end, text[start:end], "k", EntityKind.PLACE, "Damascus")
    request = Request(text, (name,))
    (result,) = render([request], Scripted({}))
    consistent(request, result)
