"""The sample collection in outputs/: what is committed is what the library makes of it today.

``make samples`` regenerates it. The English of a machine may differ between kinds of processor
(see the README's limits), so words are held to the byte only where a person wrote them; every
publication is held to the byte, made from the committed TEI.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import bilingual
from bilingual import corpus, tei
from bilingual.document import ReviewState
from bilingual.metadata import read_metadata
from bilingual.pipeline import Pipeline
from bilingual.review import read_review

ROOT = Path(__file__).resolve().parents[1]
OUTPUTS = ROOT / "outputs"
SAMPLES = ROOT / "docs/samples"
STEMS = sorted(p.stem for p in SAMPLES.glob("*.txt"))


@pytest.mark.parametrize("stem", STEMS)
def test_the_committed_edition_is_valid_and_holds_its_source(stem: str) -> None:
    path = OUTPUTS / f"{stem}.tei.xml"
    assert tei.validate(path) == []
    assert tei.source_text(path) == (SAMPLES / f"{stem}.txt").read_bytes().decode("utf-8")
    assert tei.to_bytes(tei.read(path)) == path.read_bytes()


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    glossary = bilingual.Glossary.load(ROOT / "glossary")
    return Pipeline(bilingual.open_engine(), glossary, memory=corpus.review_memory([OUTPUTS]))


def build(stem: str, pipeline: Pipeline) -> bilingual.Edition:
    path = OUTPUTS / f"{stem}.ar-en.po"
    return pipeline.build(
        bilingual.read_source(SAMPLES / f"{stem}.txt"),
        metadata=read_metadata(SAMPLES / f"{stem}.toml"),
        review=read_review(path.read_bytes(), str(path)) if path.is_file() else None,
    )


@pytest.mark.parametrize("stem", STEMS)
def test_building_again_gives_the_reviewed_words_and_the_same_alignment(
    stem: str, pipeline: Pipeline
) -> None:
    committed = tei.read(OUTPUTS / f"{stem}.tei.xml")
    built = build(stem, pipeline)
    assert built.segments == committed.segments
    assert built.links == committed.links
    assert built.metadata == committed.metadata
    for ours, theirs in zip(built.translations, committed.translations, strict=True):
        assert ours.state == theirs.state
        if theirs.state is not ReviewState.MT:
            assert (ours.text, ours.reviewer, ours.reviewed) == (
                theirs.text,
                theirs.reviewer,
                theirs.reviewed,
            )
            # An edition read back has its decisions in the order of the English.
            assert {(d.mention.start, d.outcome, d.form) for d in ours.decisions} == {
                (d.mention.start, d.outcome, d.form) for d in theirs.decisions
            }


def test_the_fully_reviewed_sample_is_regenerated_to_the_byte(pipeline: Pipeline) -> None:
    built = build("syria-2254", pipeline)
    assert all(t.state is not ReviewState.MT for t in built.translations)
    assert tei.to_bytes(built) == (OUTPUTS / "syria-2254.tei.xml").read_bytes()


def test_publications_are_regenerated_to_the_byte(tmp_path: Path) -> None:
    editions = [tei.read(OUTPUTS / f"{stem}.tei.xml") for stem in STEMS]
    written = bilingual.publish.publish_collection(editions, tmp_path, ["html", "epub", "pdf"])
    assert len(written) == 3 * len(STEMS) + 2
    for path in written:
        assert path.read_bytes() == (OUTPUTS / path.relative_to(tmp_path)).read_bytes(), path.name
