from __future__ import annotations

import pytest
from starter import arabic as ar


@pytest.mark.parametrize(
    ("past", "expected"),
    [("قال", "قالت"), ("سعى", "سعت"), ("دعا", "دعت"), ("أكد", "أكدت"), ("بقي", "بقيت")],
)
def test_past_takes_feminine_ending(past: str, expected: str) -> None:
    assert ar.past_feminine(past) == expected


@pytest.mark.parametrize(
    ("past", "expected"),
    [("قال", "قالوا"), ("سعى", "سعوا"), ("دعا", "دعوا"), ("بقي", "بقوا")],
)
def test_past_takes_plural_ending(past: str, expected: str) -> None:
    assert ar.past_plural(past) == expected


@pytest.mark.parametrize(
    ("present", "indicative", "subjunctive"),
    [
        ("يقول", "يقولون", "يقولوا"),
        ("يدعو", "يدعون", "يدعوا"),
        ("يبني", "يبنون", "يبنوا"),
        ("يسعى", "يسعون", "يسعوا"),
    ],
)
def test_present_plural_keeps_or_drops_its_nun(
    present: str, indicative: str, subjunctive: str
) -> None:
    assert ar.present_plural(present) == indicative
    assert ar.present_plural(present, indicative=False) == subjunctive


@pytest.mark.parametrize(
    ("present", "past", "expected"),
    [
        ("يكتب", "كتب", "يكتب"),
        ("يدعو", "دعا", "يدع"),
        ("يبني", "بنى", "يبن"),
        ("يسعى", "سعى", "يسع"),
        ("يقول", "قال", "يقل"),
        ("يستطيع", "استطاع", "يستطع"),
        ("يخاف", "خاف", "يخف"),
        ("يقاتل", "قاتل", "يقاتل"),
    ],
)
def test_jussive_shortens_weak_verbs(present: str, past: str, expected: str) -> None:
    assert ar.jussive(present, past) == expected


@pytest.mark.parametrize(
    ("form", "plural", "expected"),
    [
        ("اتفاق", False, "اتفاقا"),
        ("خطة", False, "خطة"),
        ("مستوى", False, "مستوى"),
        ("شيء", False, "شيئا"),
        ("خبراء", True, "خبراء"),
        ("مدارس", True, "مدارس"),
        ("أهداف", True, "أهدافا"),
        ("قرارات", True, "قرارات"),
        ("أحمر", False, "أحمر"),
        ("تحد", False, "تحديا"),
        ("قاض", False, "قاضيا"),
        ("مساع", True, "مساعي"),
    ],
)
def test_indefinite_accusative_shows_where_spelling_does(
    form: str, plural: bool, expected: str
) -> None:
    assert ar.accusative_indefinite(form, plural) == expected


@pytest.mark.parametrize(
    ("proclitic", "phrase", "expected"),
    [
        ("ل", "القرار", "للقرار"),
        ("ل", "اللجنة", "للجنة"),
        ("ل", "لبنان", "للبنان"),
        ("ب", "القرار", "بالقرار"),
        ("ل", "الالتزام", "للالتزام"),
    ],
)
def test_proclitics_contract_with_the_article(proclitic: str, phrase: str, expected: str) -> None:
    assert ar.attach(proclitic, phrase) == expected


@pytest.mark.parametrize(
    ("noun", "nominative", "oblique"),
    [
        ("مدينة", "مدينتان", "مدينتين"),
        ("جندي", "جنديان", "جنديين"),
        ("مستشفى", "مستشفيان", "مستشفيين"),
        ("قاض", "قاضيان", "قاضيين"),
    ],
)
def test_dual_in_both_cases(noun: str, nominative: str, oblique: str) -> None:
    assert ar.dual(noun, nominative=True) == nominative
    assert ar.dual(noun, nominative=False) == oblique


def test_sound_plural_drops_its_nun_in_idafa() -> None:
    assert ar.construct("مراقبون", sound=True, nominative=True) == "مراقبو"
    assert ar.construct("مراقبون", sound=True, nominative=False) == "مراقبي"
    assert ar.construct("سجون", sound=False, nominative=False) == "سجون"


@pytest.mark.parametrize(
    ("n", "feminine", "expected"),
    [
        (5, False, "خمسة"),
        (5, True, "خمس"),
        (8, True, "ثماني"),
        (11, False, "أحد عشر"),
        (11, True, "إحدى عشرة"),
        (12, False, "اثني عشر"),
        (12, True, "اثنتي عشرة"),
        (15, False, "خمسة عشر"),
        (18, True, "ثماني عشرة"),
        (21, True, "إحدى وعشرين"),
        (22, False, "اثنين وعشرين"),
        (36, False, "ستة وثلاثين"),
        (100, False, "مئة"),
        (235, True, "مئتين وخمس وثلاثين"),
    ],
)
def test_cardinals_reverse_gender(n: int, feminine: bool, expected: str) -> None:
    assert ar.cardinal(n, feminine) == expected


@pytest.mark.parametrize(
    ("verb", "suffix", "expected"),
    [("زار", "ها", "زارها"), ("رعى", "ها", "رعاها"), ("قالوا", "ه", "قالوه"), ("دعا", "ه", "دعاه")],
)
def test_object_pronouns_attach(verb: str, suffix: str, expected: str) -> None:
    assert ar.object_suffix(verb, suffix) == expected


@pytest.mark.parametrize(
    ("noun", "suffix", "expected"),
    [
        ("خطة", "ها", "خطتها"),
        ("مستوى", "ه", "مستواه"),
        ("أصدقاء", "ه", "أصدقاءه"),
        ("مساع", "ه", "مساعيه"),
    ],
)
def test_possessive_pronouns_attach(noun: str, suffix: str, expected: str) -> None:
    assert ar.with_possessor(noun, suffix) == expected
