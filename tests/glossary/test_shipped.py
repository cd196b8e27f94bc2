"""The catalogues that come with the project, and how well they do on hand-marked articles."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bilingual.document import EntityKind
from bilingual.glossary import Glossary, check_folder
from bilingual.glossary.resolutions import number_of, year_of

NAMES = {
    EntityKind.PERSON,
    EntityKind.ORGANISATION,
    EntityKind.PLACE,
    EntityKind.RESOLUTION,
}
# Categories of the hand-made references that these kinds stand for.
SCORED = {"person", "organisation", "place", "resolution", "ministry", "armed_group", "media"}


@pytest.fixture(scope="module")
def glossary(root: Path) -> Glossary:
    return Glossary.load(root / "glossary")


def test_the_shipped_catalogues_have_nothing_wrong(root: Path) -> None:
    assert check_folder(root / "glossary") == []


def test_the_shipped_glossary_is_of_the_promised_size(glossary: Glossary) -> None:
    kinds = [e.kind for e in glossary.entities.values()]
    assert kinds.count(EntityKind.PERSON) >= 105
    assert kinds.count(EntityKind.ORGANISATION) >= 190
    assert kinds.count(EntityKind.PLACE) >= 404
    assert kinds.count(EntityKind.RESOLUTION) == 98


def test_keys_serve_in_identifiers_and_english_is_clean(glossary: Glossary) -> None:
    for entry in glossary.entries:
        symbol = number_of(entry.key)
        if symbol:
            assert year_of(symbol[0]) == symbol[1]
        else:
            assert re.fullmatch(r"[a-z][a-z0-9-]*", entry.key), entry.key
        for english in (entry.english, *entry.accepted):
            assert english == " ".join(english.split())


def test_every_form_is_found_by_itself_or_needs_company(glossary: Glossary) -> None:
    for entry in glossary.entries:
        found = glossary.mentions(entry.arabic)
        company = entry.conditional or not entry.english
        if not company and entry.kind is not EntityKind.RESOLUTION:
            assert [m.key for m in found] == [entry.key], entry.arabic
            assert found[0].surface == entry.arabic


def test_resolutions_carry_title_date_and_vote(glossary: Glossary) -> None:
    for entity in glossary.entities.values():
        if entity.kind is EntityKind.RESOLUTION:
            assert {"title", "title-ar", "date", "vote"} <= set(entity.facts)
            assert len(entity.forms) == 2


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("عرض المعرض صورا وعشرات من صور المدينة", []),
        ("وقعوا اتفاقا ماليا ودعم مالي كبير لقطاع مالي", []),
        ("وفا بوعده ثم مضى", []),
        ("سأل عن عمان ولم يزد", []),
        ("عاد المسافر من عمان إلى الأردن", ["amman", "jordan"]),
        ("استقبل سلطان البلاد الضيوف في عمان قرب مسقط", ["oman", "muscat"]),
        ("التزاما روسيا", []),
        ("شيدوا القاعدة الاقتصادية", []),
        ("تعاون بناء بين البلدين", []),
        ("نقلت قناة روسيا اليوم الخبر", ["rt-arabic"]),
        ("سلم الرسالة لدي مستورا", ["staffan-de-mistura"]),
        ("كان يعمل دوما بصمت", []),
        ("باب الوزارة مفتوح، وطرق الباب أحدهم", []),
        ("اجتمع مجلس الأمن القومي", ["national-security-council"]),
        ("قررت القوات السعودية الرد", []),
        ("وقع في طرابلس قرب بنغازي", ["tripoli-libya", "benghazi"]),
        ("زاروا طرابلس في شمال لبنان", ["tripoli-lebanon", "lebanon"]),
        ("قفز بحماس", []),
        ("حكم عليه بعقوبة السجن", []),
    ],
)
def test_words_that_are_also_common_words_stay_words(
    glossary: Glossary, text: str, keys: list[str]
) -> None:
    assert [m.key for m in glossary.mentions(text) if m.kind in NAMES] == keys


def _outermost(marked: list[dict[str, object]]) -> list[dict[str, object]]:
    def inside(a: dict[str, object], b: dict[str, object]) -> bool:
        spans = [(int(str(x["start"])), int(str(x["end"]))) for x in (a, b)]
        (s, e), (s2, e2) = spans
        return (s, e) != (s2, e2) and s2 <= s and e <= e2

    return [m for m in marked if not any(inside(m, other) for other in marked)]


def test_marked_articles_are_met(
    glossary: Glossary, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles: dict[str, list[dict[str, object]]] = {}
    for line in (shared / "gold" / "mentions.jsonl").read_text(encoding="utf-8").splitlines():
        mention = json.loads(line)
        articles.setdefault(mention["file"], []).append(mention)
    met = wanted = right = given = 0
    wrong: list[str] = []
    for name, marked in articles.items():
        text = (shared / "seeds" / f"{name}.txt").read_bytes().decode()
        outer = _outermost(marked)
        spans = {(m["start"], m["end"]) for m in outer}
        names = {(m["start"], m["end"]) for m in outer if m["category"] in SCORED}
        found = {(m.start, m.end) for m in glossary.mentions(text) if m.kind in NAMES}
        met, wanted = met + len(names & found), wanted + len(names)
        right, given = right + len(found & spans), given + len(found)
        wrong += [f"missed {name[:3]}:{s}" for s, _ in sorted(names - found)]  # type: ignore[type-var]
        wrong += [f"extra {name[:3]}:{s}" for s, _ in sorted(found - spans)]  # type: ignore[type-var]
    recall, precision = met / wanted, right / given
    with capsys.disabled():
        print(f"\nnames in marked articles: recall {recall:.3f} ({met}/{wanted}), "
              f"precision {precision:.3f} ({right}/{given}) {' '.join(wrong)}")  # fmt: skip
    assert recall >= 0.97
    assert precision >= 0.97


def test_no_false_friend_of_the_articles_is_taken_for_a_name(
    glossary: Glossary, shared: Path
) -> None:
    friends = {
        "التزاما روسيا": ("russia", 8),
        "القاعدة الاقتصادية": ("al-qaida", 0),
        "تعاون بناء": ("", 6),
        "روسيا اليوم": ("russia", 0),
        "من صور ": ("tyre", 3),
        "بفتح ": ("fatah", 1),
    }
    seen = 0
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_bytes().decode()
        starts = {(m.key, m.start) for m in glossary.mentions(text)}
        for friend, (key, offset) in friends.items():
            for found in re.finditer(re.escape(friend), text):
                seen += 1
                at = found.start() + offset
                assert not any(s == at and (k == key or not key) for k, s in starts), friend
    assert seen >= 5
