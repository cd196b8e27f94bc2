"""The text of an edition is the source's, whatever the source holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tei_editions import SIGNATURE, full, plain

from bilingual.document import (
    Decision,
    Edition,
    Entity,
    EntityKind,
    Finding,
    Form,
    Link,
    LinkType,
    Mention,
    Metadata,
    Origin,
    Outcome,
    ReviewState,
    Segment,
    SegmentKind,
    Severity,
    SourceText,
    Translation,
)
from bilingual.tei import read, source_text, to_bytes, validate

CHARACTERS = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from(
        "\x00\x0b\x0c\x1c\x1e\x7f\x85\u00a0\u2028\u2029\u200f\u202e\ufffe\uffff \t\r\n"
    ),
    st.sampled_from("أبتثج.!؟،0123456789«»“”\"<>&'"),
)
TEXTS = st.text(CHARACTERS, max_size=60)
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Any edition at all that does not contradict itself."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    kinds = st.sampled_from(list(SegmentKind))
    segments = []
    paragraph = 1
    for i, (start, end) in enumerate(list(pairwise(cuts))[::2]):
        paragraph += draw(st.integers(0, 1))
        name = draw(st.sampled_from([f"p{paragraph}.s{i}", f"خ {i}", f"_x41_{i}"]))
        segments.append(Segment(name, start, end, draw(kinds), paragraph))
    entities = draw(
        st.lists(
            st.builds(
                Entity,
                st.sampled_from(["S/RES/2254(2015)", "a b", "ab", "a-b", "أ", "", "x#y", "1"]),
                st.sampled_from(list(EntityKind)),
                st.lists(
                    st.builds(Form, TEXTS, TEXTS, st.tuples(TEXTS), st.booleans()), max_size=2
                ).map(tuple),
                st.dictionaries(
                    st.sampled_from(["wikidata", "date", "title", "title-ar", "role"]), TEXTS
                ),
                st.sampled_from(["", "people", "a b"]),
            ),
            max_size=4,
            unique_by=lambda entity: entity.key,
        )
    )
    translations = []
    links = []
    for segment in segments:
        fate = draw(st.sampled_from(["one", "one", "one", "omitted", "split", "none", "merged"]))
        if fate == "merged" and links and links[-1].targets and links[-1].sources:
            links[-1] = replace(links[-1], sources=(*links[-1].sources, segment.id))
        elif fate == "omitted":
            links.append(Link((segment.id,), (), LinkType.OMISSION))
        elif fate != "none":
            names = [segment.id] if fate != "split" else [segment.id, f"{segment.id}.b"]
            links.append(Link((segment.id,), tuple(names)))
            for name in names:
                english = draw(TEXTS)
                decisions = draw(some_decisions(text, english, segment, entities))
                translations.append(
                    Translation(
                        name,
                        english,
                        segment.paragraph,
                        draw(st.sampled_from(list(ReviewState))),
                        draw(st.sampled_from(list(Origin))),
                        tuple(decisions),
                        draw(st.sampled_from(["", "A", "ب"])),
                        draw(st.sampled_from(["", "2016-01-02", "2016-13-40", "soon"])),
                        draw(st.one_of(st.just(""), TEXTS)),
                    )
                )
        if draw(st.integers(0, 5)) == 0:
            name = f"added.{len(translations)}"
            translations.append(Translation(name, draw(TEXTS), segment.paragraph))
            links.append(Link((), (name,), LinkType.ADDITION))
    findings = draw(
        st.lists(
            st.builds(
                Finding,
                st.just("C0101"),
                st.sampled_from(list(Severity)),
                TEXTS,
                st.sampled_from(["", *(s.id for s in segments)]),
            ),
            max_size=2,
        )
    )
    metadata = draw(st.builds(Metadata, *(st.one_of(st.just(""), TEXTS) for _ in range(14))))
    return Edition(
        SourceText(text, draw(st.sampled_from(["a", "", "خبر", "a/b c"])), sha256="0" * 64),
        tuple(segments),
        tuple(translations),
        tuple(links),
        tuple(sorted(entities, key=lambda e: e.key)),
        tuple(findings),
        metadata,
        SIGNATURE,
    )


@st.composite
def some_decisions(
    draw: st.DrawFn, text: str, english: str, segment: Segment, entities: list[Entity]
) -> list[Decision]:
    found = []
    for entity in entities:
        if segment.end - segment.start < 1 or not draw(st.booleans()):
            continue
        start = draw(st.integers(segment.start, segment.end - 1))
        end = draw(st.integers(start + 1, segment.end))
        form = draw(st.sampled_from([*entity.forms, Form("س", "other")]))
        mention = Mention(
            start,
            end,
            text[start:end],
            entity.key,
            entity.kind,
            form.english,
            form.accepted,
            form.approved,
            draw(st.sampled_from([(), ("bad",)])),
        )
        outcome = draw(st.sampled_from(list(Outcome)))
        if outcome is Outcome.MISSED:
            found.append(Decision(mention, outcome))
        else:
            left = draw(st.integers(0, len(english)))
            right = draw(st.integers(left, len(english)))
            found.append(Decision(mention, outcome, left, right, english[left:right]))
    return found


@QUICK
@given(TEXTS)
def test_arabic_of_any_text_is_the_source(tmp_path: Path, text: str) -> None:
    edition = plain(text)
    tree = etree.fromstring(to_bytes(edition)).getroottree()
    assert source_text(tree) == text


@QUICK
@given(editions())
def test_arabic_of_any_edition_is_the_source(edition: Edition) -> None:
    assert source_text(etree.fromstring(to_bytes(edition))) == edition.source.text


@QUICK
@given(editions())
def test_what_is_written_is_valid(
    tmp_path_factory: pytest.TempPathFactory, edition: Edition
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.xml"
    path.write_bytes(to_bytes(edition))
    linked = {s for link in edition.links for s in link.sources}
    allowed = set()
    # Two faults can lie in the edition itself: a segment in no link, words in no segment.
    if any(s.id not in linked for s in edition.segments):
        allowed.add("T0404")
    places = {i for s in edition.segments for i in range(s.start, s.end)}
    if any(i not in places and not c.isspace() for i, c in enumerate(edition.source.text)):
        allowed.add("T0304")
    assert {p.code for p in validate(path)} <= allowed


@QUICK
@given(editions())
def test_reading_back_and_writing_again_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, edition: Edition
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.xml"
    path.write_bytes(to_bytes(edition))
    assert to_bytes(read(path)) == path.read_bytes()


def test_a_whole_edition_is_read_back_as_it_was(tmp_path: Path) -> None:
    edition = full()
    path = tmp_path / "full.xml"
    path.write_bytes(to_bytes(edition))
    again = read(path)
    assert replace(again, source=replace(again.source, path="")) == edition


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\r",
        "\u00a0",
        "\x00",
        "خبر",
        "\ufeffخبر",
        "خبر\r\nآخر\r",
        "\u00a0خبر\n\u00a0\nآخر\u00a0",
        "\u2028خبر\u2029آخر\x85",
        "خبر\x0bآخر\x0c",
        "أ\x00ب\x01\nج\ufffeد\uffff",
        "\u202bخبر\u202c \u200f",
        "<&>]]>\"'",
        "a\tb  c",
        "\ud800",
    ],
)
def test_mess_survives(text: str) -> None:
    assert source_text(etree.fromstring(to_bytes(plain(text)))) == text
