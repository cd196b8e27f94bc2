"""The whole chain through the Python API."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bilingual
from bilingual import tei
from bilingual.document import Outcome

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted((ROOT / "docs/samples").glob("*.txt"))


@pytest.fixture(scope="module")
def glossary() -> bilingual.Glossary:
    return bilingual.Glossary.load(ROOT / "glossary")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_every_sample_makes_a_valid_edition_with_its_arabic_intact(
    path: Path, glossary: bilingual.Glossary, tmp_path: Path
) -> None:
    edition = bilingual.translate(path, glossary=glossary, metadata=path.with_suffix(".toml"))
    out = tmp_path / "x.tei.xml"
    tei.write(edition, out)
    assert tei.validate(out) == []
    assert tei.source_text(out) == path.read_text("utf-8")


def test_every_mention_has_one_decision_and_kept_forms_stand_in_the_english(
    glossary: bilingual.Glossary,
) -> None:
    edition = bilingual.translate(SAMPLES[0], glossary=glossary)
    segments = {s.id: s for s in edition.segments}
    for translation in edition.translations:
        segment = segments[translation.id]
        for decision in translation.decisions:
            mention = decision.mention
            assert segment.start <= mention.start < mention.end <= segment.end
            assert edition.source.text[mention.start : mention.end] == mention.surface
            if decision.outcome is Outcome.MISSED:
                assert decision.start is None
            else:
                assert translation.text[decision.start : decision.end] == decision.form


def test_a_text_gives_the_same_edition_alone_and_in_company(
    glossary: bilingual.Glossary, tmp_path: Path
) -> None:
    from bilingual import corpus
    from bilingual.pipeline import Pipeline

    engine = bilingual.open_engine()
    documents = corpus.find_documents([ROOT / "docs/samples"])
    list(corpus.build(documents, Pipeline(engine, glossary), tmp_path / "together"))
    for document in documents:
        list(corpus.build([document], Pipeline(engine, glossary), tmp_path / "alone"))
    for path in sorted((tmp_path / "together").iterdir()):
        assert path.read_bytes() == (tmp_path / "alone" / path.name).read_bytes()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(
        st.one_of(
            st.sampled_from("ابتسكلمن ه ة٠٥79.،؟!\n\r\u00a0\u200f«»\u0640\u064b\x00"),
            st.characters(exclude_categories=["Cs"]),
        ),
        max_size=60,
    )
)
def test_any_text_ends_in_a_valid_edition_or_one_clear_error(
    tmp_path: Path, glossary: bilingual.Glossary, text: str
) -> None:
    edition = None
    code = ""
    try:
        edition = bilingual.translate(text, glossary=glossary)
    except bilingual.BilingualError as error:
        code = error.code
    if edition is None:
        assert code.startswith("S")
        return
    out = tmp_path / "x.tei.xml"
    tei.write(edition, out)
    assert tei.source_text(out) == text
    assert tei.validate(out) == []
    assert bilingual.publish.html_text(edition)


def test_the_five_real_articles_make_valid_editions(
    shared: Path, glossary: bilingual.Glossary, tmp_path: Path
) -> None:
    met = total = 0
    for path in sorted((shared / "seeds").glob("*.txt")):
        edition = bilingual.translate(path, glossary=glossary)
        out = tmp_path / f"{path.stem}.tei.xml"
        tei.write(edition, out)
        assert tei.validate(out) == []
        assert tei.source_text(out) == path.read_bytes().decode("utf-8")
        for translation in edition.translations:
            for decision in translation.decisions:
                if decision.mention.approved and decision.mention.kind in {
                    "person",
                    "organisation",
                    "place",
                    "resolution",
                }:
                    total += 1
                    met += decision.outcome is not Outcome.MISSED
    print(f"names and resolutions: {met} of {total} in their controlled form")
    assert met >= 0.97 * total
