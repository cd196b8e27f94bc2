from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.document import EntityKind, Segment, SegmentKind
from bilingual.glossary import Entry, Glossary, MatchMode

P, B, L, T = EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.TERM

GLOSSARY = Glossary(
    [
        Entry("russia", L, "روسيا", "Russia"),
        Entry("rt", B, "روسيا اليوم", "RT"),
        Entry("belarus", L, "روسيا البيضاء", "Belarus"),
        Entry("syria", L, "سوريا", "Syria"),
        Entry("lebanon", L, "لبنان", "Lebanon"),
        Entry("kuwait", L, "الكويت", "Kuwait"),
        Entry("latakia", L, "اللاذقية", "Latakia"),
        Entry("damascus", L, "دمشق", "Damascus"),
        Entry("homeland", T, "الوطن", "homeland"),
        Entry("un", B, "الأمم المتحدة", "United Nations"),
        Entry("unsc", B, "مجلس الأمن", "Security Council", not_before=("القومي",)),
        Entry("unsc", B, "مجلس الأمن الدولي", "UN Security Council"),
        Entry("de-mistura", P, "دي مستورا", "de Mistura"),
        Entry("ban", P, "بان كي-مون", "Ban Ki-moon"),
        Entry("qaida", B, "القاعدة", "al-Qaida", context=("داعش", "تنظيم"), not_before=("ال*ة",),
              match=MatchMode.CONTEXT),
        Entry("truce", T, "هدنة إنسانية", "humanitarian truce"),
        Entry("astana", L, "أستانا", "Astana"),
        Entry("hama", L, "حماة", "Hama"),
        Entry("salame", P, "سلامة", "Salame", match=MatchMode.TEH),
        Entry("marib", L, "مأرب", "Marib", match=MatchMode.EXACT),
        Entry("mali", L, "مالي", "Mali", after=("في", "إلى", "ب")),
        Entry("aleppo", L, "حلبا", "Aleppo", before=("أخرى",)),
        Entry("amman", L, "عمان", "Amman", context=("الأردن",), match=MatchMode.CONTEXT),
        Entry("oman", L, "عمان", "Oman", context=("مسقط", "مجلس التعاون"),
              match=MatchMode.CONTEXT),
        Entry("sahlab", L, "حلب", "Aleppo"),
        Entry("not-washington", P, "جورج واشنطن", "", match=MatchMode.BLOCK),
        Entry("washington", L, "واشنطن", "Washington"),
        Entry("vk", B, "VK", "VK"),
    ]
)  # fmt: skip


def found(text: str) -> list[tuple[str, str]]:
    return [(m.surface, m.key) for m in GLOSSARY.mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the bare form, and every proclitic outside the span
        ("زار دمشق أمس", [("دمشق", "damascus")]),
        ("ودمشق وبدمشق فدمشق كدمشق لدمشق فلدمشق", [("دمشق", "damascus")] * 6),
        ("بالكويت والكويت فالكويت", [("الكويت", "kuwait")] * 3),
        ("للكويت وللكويت", [("لكويت", "kuwait")] * 2),
        ("للأمم المتحدة", [("لأمم المتحدة", "un")]),
        ("إلى لبنان ولبنان وللبنان", [("لبنان", "lebanon")] * 3),
        ("للاذقية", [("لاذقية", "latakia")]),
        ("شرحنا الأمر لدي مستورا", [("دي مستورا", "de-mistura")]),
        # longest at the leftmost place
        ("مجلس الأمن الدولي", [("مجلس الأمن الدولي", "unsc")]),
        ("مجلس الأمن", [("مجلس الأمن", "unsc")]),
        ("قناة روسيا اليوم", [("روسيا اليوم", "rt")]),
        ("روسيا البيضاء وروسيا", [("روسيا البيضاء", "belarus"), ("روسيا", "russia")]),
        # glued words, stray blanks, marks, letters written otherwise
        ("الوطن،مشيرا إلى دمشق:قال", [("الوطن", "homeland"), ("دمشق", "damascus")]),
        ("«دمشق»(دمشق)", [("دمشق", "damascus")] * 2),
        ("مجلس   الأمن", [("مجلس   الأمن", "unsc")]),
        ("مجلس\u00a0الأمن", [("مجلس\u00a0الأمن", "unsc")]),
        ("#مجلس_الأمن", [("مجلس_الأمن", "unsc")]),
        ("مجلس الامن", [("مجلس الامن", "unsc")]),
        ("الامم المتحده", [("الامم المتحده", "un")]),
        ("الأُمَم المتّحِدة", [("الأُمَم المتّحِدة", "un")]),
        ("دمـــشق", [("دمـــشق", "damascus")]),
        ("بان كي مون", [("بان كي مون", "ban")]),
        ("بان كي-مون", [("بان كي-مون", "ban")]),
        ("\u200fدمشق\u200f.", [("دمشق", "damascus")]),
        ("صفحة VK.", [("VK", "vk")]),
        # no match inside a word, nor across a sign or a line
        ("الدمشقي دمشقية", []),
        ("مجلس، الأمن", []),
        ("مجلس - الأمن", []),
        ("مجلس\nالأمن", []),
        ("مجلس\u2028الأمن", []),
        # teh and ha
        ("حماه", []),
        ("غسان سلامه وسلامة", [("سلامه", "salame"), ("سلامة", "salame")]),
        # letter for letter
        ("مأرب ومَأرِب", [("مأرب", "marib"), ("مَأرِب", "marib")]),
        ("مآرب مارب", []),
        # the article on an indefinite term
        ("الهدنة الإنسانية", [("الهدنة الإنسانية", "truce")]),
        ("للهدنة الإنسانية", [("لهدنة الإنسانية", "truce")]),
        ("هدنة إنسانية", [("هدنة إنسانية", "truce")]),
        ("الدمشق", []),
        # a future س goes with no name
        ("سحلب", []),
    ],
)
def test_forms_are_found_as_newspapers_write_them(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أبدى التزاما روسيا", []),
        ("كان موقفا روسيا واضحا", []),
        ("قتل ضابطا سوريا", []),
        ("نصا روسيًا", []),
        ("قال أيضا روسيا", ["russia"]),
        ("حليفتها روسيا", ["russia"]),
        ("عملية أستانا روسيا وسوريا", ["astana", "russia", "syria"]),
        ("طرفا: روسيا", ["russia"]),
        ("التزاما وروسيا", ["russia"]),
        ("مجلس الأمن القومي", []),
        ("القاعدة", []),
        ("داعش والقاعدة", ["qaida"]),
        ("ضرب تنظيم القاعدة", ["qaida"]),
        ("ضرب داعش القاعدة الجوية", []),
        ("سافر إلى مالي", ["mali"]),
        ("دعم مالي كبير", []),
        ("بمالي", ["mali"]),
        ("حلبا أخرى", ["aleppo"]),
        ("حلبا لبنا", []),
        ("عمان", []),
        ("عمان في الأردن", ["amman"]),
        ("عمان ومسقط", ["oman"]),
        ("عمان ومجلس التعاون", ["oman"]),
        ("مسقط والأردن وعمان", []),
        ("جورج واشنطن زار واشنطن", ["washington"]),
    ],
)
def test_false_friends_are_told_from_names(text: str, expected: list[str]) -> None:
    assert [m.key for m in GLOSSARY.mentions(text)] == expected


def test_no_mention_crosses_a_border_of_segments() -> None:
    text = "مجلس الأمن الدولي"
    cut = text.index(" الدولي")
    segments = [
        Segment("p1.s1", 0, cut, SegmentKind.BODY, 1),
        Segment("p1.s2", cut + 1, len(text), SegmentKind.BODY, 1),
    ]
    assert [m.surface for m in GLOSSARY.mentions(text, segments)] == ["مجلس الأمن"]
    assert [m.start for m in GLOSSARY.mentions("ا " + text)] == [2]


def test_context_is_looked_for_in_the_same_segment_only() -> None:
    text = "قال داعش. قال القاعدة."
    segments = [
        Segment("p1.s1", 0, 9, SegmentKind.BODY, 1),
        Segment("p1.s2", 10, len(text), SegmentKind.BODY, 1),
    ]
    assert GLOSSARY.mentions(text, segments) == ()
    assert len(GLOSSARY.mentions(text)) == 1


def test_an_approved_entry_is_preferred_to_a_proposed_one() -> None:
    entries = [
        Entry("a", L, "نيس", "Nis", approved=False),
        Entry("b", L, "نيس", "Nice"),
    ]
    for order in (entries, entries[::-1]):
        assert [m.key for m in Glossary(order).mentions("مدينة نيس")] == ["b"]


def test_a_proposed_entry_is_found_and_says_so() -> None:
    (mention,) = Glossary([Entry("a", L, "نيس", "Nice", approved=False)]).mentions("نيس")
    assert not mention.approved


def test_mentions_carry_what_the_entry_says() -> None:
    entry = Entry("x", T, "جزاءات", "sanctions", accepted=("penalties",), forbidden=("fines",))
    (mention,) = Glossary([entry]).mentions("فرض جزاءات")
    assert mention.target == "sanctions"
    assert mention.accepted == ("penalties",)
    assert mention.forbidden == ("fines",)
    assert mention.kind is T


WORDS = st.sampled_from(
    ["روسيا", "للأمم", "المتحدة", "مجلس", "الأمن", "الدولي", "لدي", "مستورا", "وبدمشق", "القاعدة",
     "داعش", "اليوم", "عمان", "2254", "القرار", "بان", "كي", "مون", "ـ", "\u200f", "،", "«"]
)  # fmt: skip
MESS = st.lists(st.one_of(WORDS, st.text(max_size=3)), max_size=12).map(" ".join)


@given(MESS)
def test_mentions_never_overlap_and_their_spans_are_their_words(text: str) -> None:
    mentions = GLOSSARY.mentions(text)
    assert all(m.surface == text[m.start : m.end] and m.start < m.end for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    GLOSSARY.mentions(text)
    GLOSSARY.findings(text)


@given(
    st.sampled_from(["في دمشق ثم", "للأمم المتحدة", "لدي مستورا", "مجلس الأمن الدولي", "بالكويت"]),
    st.data(),
)
def test_marks_lose_no_mention(text: str, data: st.DataObject) -> None:
    marks = data.draw(
        st.lists(st.sampled_from(["", "\u064e", "\u0650", "\u0651", "\u0640", "\u0652"]),
                 min_size=len(text), max_size=len(text))
    )  # fmt: skip
    marked = "".join(
        char + (mark if unicodedata.category(char) == "Lo" else "")
        for char, mark in zip(text, marks, strict=True)
    )
    assert [m.key for m in GLOSSARY.mentions(marked)] == [m.key for m in GLOSSARY.mentions(text)]


def test_an_empty_glossary_finds_nothing_but_resolutions() -> None:
    assert len(Glossary.empty()) == 0
    assert Glossary.empty().mentions("روسيا") == ()
