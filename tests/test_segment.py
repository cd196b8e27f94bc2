"""Segmentation: our tables of hard cases, the reference articles, and what holds of any text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bilingual.document import SegmentKind
from bilingual.segmentation import VERSION, is_blank, segment, sentence_spans

HERE = Path(__file__).parent
MARK = "‖"
ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|n|r|t)")
PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


def _unescape(text: str) -> str:
    return ESCAPE.sub(lambda m: PLAIN.get(m[1]) or chr(int(m[1][1:], 16)), text)


def _sentence_cases() -> list[str]:
    lines = (HERE / "segmentation_cases.tsv").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def _kind_cases() -> list[list[tuple[str, str]]]:
    text = (HERE / "kind_cases.txt").read_text(encoding="utf-8")
    lines = [line for line in text.rstrip("\n").split("\n") if not line.startswith("#")]
    return [
        [(kind, line) for kind, _, line in (row.partition("|") for row in article)]
        for article in _split(lines)
    ]


def _split(lines: list[str]) -> list[list[str]]:
    articles: list[list[str]] = [[]]
    for line in lines:
        if line == "===":
            articles.append([])
        else:
            articles[-1].append(line)
    return articles


def _texts(text: str) -> list[str]:
    return [text[s.start : s.end] for s in segment(text)]


def test_the_tables_are_as_large_as_they_claim() -> None:
    cases = _sentence_cases()
    assert len(cases) >= 150
    assert sum(case.count(MARK) for case in cases) >= 150
    assert sum(bool(kind) for article in _kind_cases() for kind, _ in article) >= 60
    assert {k for article in _kind_cases() for k, _ in article if k} == set(SegmentKind)


@pytest.mark.parametrize("case", _sentence_cases())
def test_sentence_ends(case: str) -> None:
    parts = _unescape(case).split(MARK)
    assert _texts("".join(parts)) == [part.strip() for part in parts]


@pytest.mark.parametrize("article", _kind_cases(), ids=lambda a: next(t for _, t in a if t)[:30])
def test_kinds_of_lines(article: list[tuple[str, str]]) -> None:
    first_kinds: dict[int, str] = {}
    for found in segment("\n".join(line for _, line in article)):
        first_kinds.setdefault(found.paragraph, found.kind.value)
    expected = [(kind, line) for kind, line in article if line.strip()]
    assert list(zip(first_kinds.values(), (t for _, t in expected), strict=True)) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("وصلت القافلة إلى البلدة مساء أمس. (سانا)", ["body", "source"]),
        ("وصلت القافلة إلى البلدة. المصدر: وكالات", ["body", "source"]),
        ("وصلت القافلة إلى البلدة. جميع الحقوق محفوظة", ["body", "boilerplate"]),
        ("القاهرة - رويترز: وصلت القافلة. وبدأ توزيعها.", ["body", "body"]),
        ("(سانا) وصلت القافلة إلى البلدة. وبدأ توزيعها فورا.", ["body", "body"]),
    ],
)
def test_a_credit_may_end_a_paragraph(text: str, kinds: list[str]) -> None:
    assert [s.kind.value for s in segment(text)] == kinds


def _reference(shared: Path, stem: str) -> tuple[str, list[tuple[int, int, str]]]:
    gold = next((shared / "gold").glob(f"{stem}_*.jsonl"))
    source = shared / "seeds" / f"{gold.stem}.txt"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    text = source.read_bytes().decode("utf-8")
    return text, [(row["start"], row["end"], row["kind"]) for row in rows]


@pytest.mark.parametrize("stem", ["000", "001"])
def test_reference_articles(shared: Path, stem: str) -> None:
    text, rows = _reference(shared, stem)
    found = [(s.start, s.end, s.kind.value) for s in segment(text)]
    assert [f[:2] for f in found] == [r[:2] for r in rows]
    assert sum(f == r for f, r in zip(found, rows, strict=True)) / len(rows) >= 0.9


def test_ids_count_paragraphs_that_show_something() -> None:
    found = segment("\n\nالعنوان هنا\n\u00a0\n\nالأولى تمت. الثانية تمت.\r\n\r\nالأخيرة تمت.")
    assert [s.id for s in found] == ["p1.s1", "p2.s1", "p2.s2", "p3.s1"]
    assert [s.paragraph for s in found] == [1, 2, 2, 3]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\u00a0", "\u200f\n\ufeff", "\x00\x07", "\u2028"])
def test_what_shows_nothing_has_no_segments(text: str) -> None:
    assert segment(text) == ()
    assert is_blank(text)


def test_the_version_is_one_word() -> None:
    assert re.fullmatch(r"[\w.]+", VERSION)


PIECES = (
    *'ابدموق. .!؟…،:؛"«»“”()[]-_/\n\r\t5٣aZ@#*',
    *("\u00a0", "\u200f", "\u2028", "\x00", "\x1c", "\x85", "ـ", "َ", "\ud800", "😀"),
    *("د. ", "..", "...", "http://a.b/", "المصدر: ", "كتب ", "رويترز", "يناير", "11:20 "),
    *("القاهرة - ", "اقرأ أيضا", "ص.ب. ", "1. ", "3.5"),
)
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=80).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("أ. " * 50)
@example("." * 100 + " " + "؟ " * 100)
@example("\ud800 نص. \udfff")
def test_segments_hold_everything_that_shows_once_and_in_order(text: str) -> None:
    place = 0
    for found in segment(text):
        assert place <= found.start < found.end
        assert is_blank(text[place : found.start])
        unit = text[found.start : found.end]
        assert unit == unit.strip()
        assert not is_blank(unit)
        assert not re.search("[\n\r\x0b\x0c\x85\u2028\u2029]", unit)
        place = found.end
    assert is_blank(text[place:])


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_ids_are_unique_and_kinds_known(text: str) -> None:
    found = segment(text)
    assert len({s.id for s in found}) == len(found)
    assert all(isinstance(s.kind, SegmentKind) for s in found)
    assert [s.paragraph for s in found] == sorted(s.paragraph for s in found)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_cutting_again_changes_nothing_before_the_cut(text: str) -> None:
    line = re.sub("[\n\r\x0b\x0c\x85\u2028\u2029]", " ", text)
    spans = list(sentence_spans(line))
    if len(spans) > 1:
        start = spans[1][0]
        rest = [(a + start, b + start) for a, b in sentence_spans(line[start:])]
        assert rest == spans[1:], "a sentence must not depend on those before it"


HOSTILE = [
    "." * 50_000,
    ". " * 50_000,
    '"' * 50_000,
    '." ' * 30_000,
    "أ. " * 20_000,
    "نعم. « " * 20_000,
    "نعم." + "»" * 50_000,
    "ش.م.ل. " + "(" * 50_000,
    " " * 50_000 + "نعم",
    "1" * 50_000,
    ("11:11 " + "1/" * 100 + "x\n") * 500,
    ("1" * 239 + "\n") * 500,
    ("a@" * 115 + "\n") * 500,
    ("a." * 118 + "x\n") * 500,
    ("رويترز " * 30 + "\n") * 500,
    "فقرة قصيرة\n" * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:8]))
def test_hostile_texts_are_cut_without_loss(text: str) -> None:
    """They would take hours, not seconds, if any rule went back over what it has read."""
    found = segment(text)
    kept = "".join(text[s.start : s.end] for s in found)
    assert "".join(kept.split()) == "".join(text.split())
