from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.citations import english_forms
from bilingual.document import EntityKind, Severity
from bilingual.glossary import Entry, Glossary, find_resolutions
from bilingual.glossary.resolutions import computed_entity, number_of, symbol, year_of

S2254, S2268, S2401, S2118 = (
    "S/RES/2254(2015)",
    "S/RES/2268(2016)",
    "S/RES/2401(2018)",
    "S/RES/2118(2013)",
)


@pytest.mark.parametrize(
    ("text", "surface", "key", "target"),
    [
        ("القرار 2254", "القرار 2254", S2254, "resolution 2254 (2015)"),
        ("بالقرار ٢٢٥٤ نصا", "القرار ٢٢٥٤", S2254, "resolution 2254 (2015)"),
        ("وفقا للقرار 2254.", "لقرار 2254", S2254, "resolution 2254 (2015)"),
        ("القرار رقم 2254", "القرار رقم 2254", S2254, "resolution 2254 (2015)"),
        ("القرار رقم (2254) مهم", "القرار رقم (2254)", S2254, "resolution 2254 (2015)"),
        ("القرار الدولي 2254", "القرار الدولي 2254", S2254, "resolution 2254 (2015)"),
        ("القرار الأممي رقم 2254", "القرار الأممي رقم 2254", S2254, "resolution 2254 (2015)"),
        ("القرار 2254 (2015) كاملا", "القرار 2254 (2015)", S2254, "resolution 2254 (2015)"),
        ("القرار 2254 لعام 2015", "القرار 2254 لعام 2015", S2254, "resolution 2254 (2015)"),
        ("القرار 2254 لسنة 2015،", "القرار 2254 لسنة 2015", S2254, "resolution 2254 (2015)"),
        ("القرار 2254/2015 نصا", "القرار 2254/2015", S2254, "resolution 2254 (2015)"),
        ("نص القرار2254 على", "القرار2254", S2254, "resolution 2254 (2015)"),
        ("القـرارُ 2254", "القـرارُ 2254", S2254, "resolution 2254 (2015)"),
        (
            "بقرار مجلس الأمن رقم ٢٢٥٤",
            "قرار مجلس الأمن رقم ٢٢٥٤",
            S2254,
            "Security Council resolution 2254 (2015)",
        ),
        (
            "القرار 2401 لمجلس الامن الدولي أمس",
            "القرار 2401 لمجلس الامن الدولي",
            S2401,
            "Security Council resolution 2401 (2018)",
        ),
        (
            "القرار رقم 2254 الصادر عن مجلس الأمن",
            "القرار رقم 2254 الصادر عن مجلس الأمن",
            S2254,
            "Security Council resolution 2254 (2015)",
        ),
        (
            "القرار 2254 الصادر عام 2015 عن مجلس الأمن",
            "القرار 2254 الصادر عام 2015 عن مجلس الأمن",
            S2254,
            "Security Council resolution 2254 (2015)",
        ),
        ("الوثيقة S/RES/2254 (2015) مرفقة", "S/RES/2254 (2015)", S2254, "resolution 2254 (2015)"),
    ],
)
def test_one_reference_is_one_mention(text: str, surface: str, key: str, target: str) -> None:
    mentions, findings = find_resolutions(text)
    assert [(m.surface, m.key, m.target) for m in mentions] == [(surface, key, target)]
    assert mentions[0].surface == text[mentions[0].start : mentions[0].end]
    assert findings == ()


@pytest.mark.parametrize(
    ("text", "surfaces", "keys"),
    [
        ("القرارين 2254 و2268", ["2254", "2268"], [S2254, S2268]),
        ("بالقرارين 2254 و 2268", ["2254", "2268"], [S2254, S2268]),
        ("القرارات 2401 و2254 و2118", ["2401", "2254", "2118"], [S2401, S2254, S2118]),
        ("القرارات ٢٤٠١، ٢٢٥٤، و٢١١٨", ["٢٤٠١", "٢٢٥٤", "٢١١٨"], [S2401, S2254, S2118]),
        ("قراري مجلس الأمن 2254 و2268", ["2254", "2268"], [S2254, S2268]),
        ("قراري مجلس الأمن رقمي 2254 و2268", ["2254", "2268"], [S2254, S2268]),
        ("للقرارات الدولية 2254 و2268", ["2254", "2268"], [S2254, S2268]),
        (
            "قرارات مجلس الأمن ذات الصلة 2118 (2013) و2254 (2015)",
            ["2118 (2013)", "2254 (2015)"],
            [S2118, S2254],
        ),
        ("القرارين 2254 و2268 الصادرين عن مجلس الأمن", ["2254", "2268"], [S2254, S2268]),
    ],
)
def test_each_number_of_a_list_is_a_mention(
    text: str, surfaces: list[str], keys: list[str]
) -> None:
    mentions, _ = find_resolutions(text)
    assert [m.surface for m in mentions] == surfaces
    assert [m.key for m in mentions] == keys
    assert [m.target for m in mentions] == [k[6:].replace("(", " (") for k in keys]
    assert all(number_of(m.key) and m.surface[:4] for m in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "القرار 22 للوزارة",
        "القرار رقم 66 بشأن البناء",
        "قرار الجمعية العامة 194",
        "القرار 194 الصادر عن الجمعية العامة",
        "القرار 2254 الصادر عن الجمعية العامة للأمم المتحدة",
        "القرار 71/248",
        "القرار 377 (د-5)",
        "قرار وزير الداخلية رقم 1500",
        "قرار مجلس الوزراء رقم 2017",
        "القرار 1441 لوزارة الصحة",
        "القرار رقم 1970 لسنة 2018",
        "القرار 320",
        "قرارات كثيرة",
        "القرار 2254.5",
        "استقرار 2254",
    ],
)
def test_other_peoples_decisions_are_left_alone(text: str) -> None:
    assert find_resolutions(text) == ((), ())


def test_low_numbers_need_the_council_the_glossary_or_the_united_nations() -> None:
    known = Glossary([Entry("S/RES/242(1967)", EntityKind.RESOLUTION, "القرار 242", "r")])
    assert [m.key for m in known.mentions("نص القرار 242 على")] == ["S/RES/242(1967)"]
    assert [m.key for m in Glossary.empty().mentions("قرار مجلس الأمن 22")] == ["S/RES/22(1947)"]
    text = "قال مندوب لدى الأمم المتحدة إن القرار 320 ملزم"
    assert [m.key for m in Glossary.empty().mentions(text)] == ["S/RES/320(1972)"]


def test_a_number_no_year_holds_is_an_error_in_the_text() -> None:
    text = "استند إلى قرار مجلس الأمن رقم 9999 أمس"
    mentions, findings = find_resolutions(text)
    assert mentions == ()
    assert [(f.code, f.severity) for f in findings] == [("G0301", Severity.ERROR)]
    assert text[findings[0].start : findings[0].end] == "قرار مجلس الأمن رقم 9999"


def test_a_year_that_is_not_the_numbers_is_reported() -> None:
    mentions, findings = find_resolutions("قرار مجلس الأمن 2254 (2016)")
    assert [m.key for m in mentions] == [S2254]
    assert [(f.code, f.severity) for f in findings] == [("G0302", Severity.WARNING)]


def test_a_resolution_younger_than_the_table_takes_the_texts_year() -> None:
    mentions, findings = find_resolutions("قرار مجلس الأمن 2830 (2026)")
    assert [m.key for m in mentions] == ["S/RES/2830(2026)"]
    assert findings == ()


def test_a_number_without_an_entry_is_computed_and_not_approved() -> None:
    glossary = Glossary.empty()
    (mention,) = glossary.mentions("القرار 2336")
    assert (mention.key, mention.approved) == ("S/RES/2336(2016)", False)
    entity = glossary.entity(mention.key)
    assert entity is not None
    assert (entity.catalogue, entity.kind) == ("", EntityKind.RESOLUTION)
    assert mention.key not in glossary.entities
    assert [f.code for f in glossary.findings("القرار 2336")] == ["G0303"]


def test_the_glossarys_english_is_the_target() -> None:
    kind = EntityKind.RESOLUTION
    glossary = Glossary(
        [
            Entry(S2254, kind, "القرار 2254", "Resolution 2254", accepted=("res. 2254",)),
            Entry(S2254, kind, "قرار مجلس الأمن 2254", "Council resolution 2254", approved=False),
        ]
    )
    bare, council = glossary.mentions("القرار 2254 ثم قرار مجلس الأمن الدولي رقم 2254")
    assert (bare.target, bare.approved, bare.accepted[0]) == ("Resolution 2254", True, "res. 2254")
    assert (council.target, council.approved) == ("Council resolution 2254", False)
    (listed,) = (m for m in glossary.mentions("القرارين 2254 و2700") if m.key == S2254)
    assert (listed.target, listed.approved) == ("2254 (2015)", True)
    assert glossary.findings("القرار 2254") == ()


def test_the_usual_english_is_accepted() -> None:
    (mention,) = find_resolutions("القرار 2254")[0]
    assert {
        "resolution 2254",
        "Resolution 2254",
        "Security Council resolution 2254 (2015)",
        "UN Security Council Resolution 2254",
        "UN resolution 2254",
    } <= set(english_forms(mention))
    assert english_forms(mention)[0] == mention.target
    assert len(set(english_forms(mention))) == len(english_forms(mention))


@pytest.mark.parametrize(
    ("number", "year"),
    [(0, None), (1, 1946), (15, 1946), (16, 1947), (132, 1959), (2254, 2015), (2811, 2025),
     (2812, None), (-3, None)],
)  # fmt: skip
def test_every_number_has_its_year(number: int, year: int | None) -> None:
    assert year_of(number) == year


def test_symbols_and_numbers_agree() -> None:
    assert number_of(symbol(2254, 2015)) == (2254, 2015)
    assert number_of("de-mistura") is None
    assert computed_entity("de-mistura") is None


def test_a_committee_named_by_its_resolution_is_not_the_resolution() -> None:
    glossary = Glossary(
        [Entry("c1267", EntityKind.ORGANISATION, "لجنة القرار 1267", "1267 Committee")]
    )
    text = "بحثت لجنة القرار 1267 تنفيذ القرار 1267"
    assert [m.key for m in glossary.mentions(text)] == ["c1267", "S/RES/1267(1999)"]


PIECES = st.lists(
    st.sampled_from(
        ["قرار", "القرار", "القرارات", "ين", "مجلس الأمن", "الدولي", "رقم", " ", "  ", "و", "،",
         "2254", "٢٢٥٤", "(2015)", "لعام", "/", ".", "S/RES/", "(", "\n", "الصادر عن", "9"]
    ),
    max_size=14,
)  # fmt: skip


@given(PIECES)
def test_no_combination_raises_or_overlaps(pieces: list[str]) -> None:
    text = "".join(pieces)
    mentions = Glossary.empty().mentions(text)
    assert all(text[m.start : m.end] == m.surface for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all("\n" not in m.surface for m in mentions)
