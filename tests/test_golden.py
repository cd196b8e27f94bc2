"""Golden editions: ``NAME.txt`` (and what goes with it) in, ``NAME.tei.xml`` out, to the byte.

The English comes from ``NAME.en.tsv``, the glossary from ``golden/glossary``, reviewed words
from ``NAME.ar-en.po``. After a meant change: ``pytest tests/test_golden.py --force-regen``, and
read the difference.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from lxml import etree
from pytest_regressions.file_regression import FileRegressionFixture

import bilingual
from bilingual import tei

GOLDEN = Path(__file__).resolve().parent / "golden"
sys.path.insert(0, str(GOLDEN.parent))

from scripted import ScriptedEngine  # noqa: E402

NAMES = sorted(p.stem for p in GOLDEN.glob("*.txt"))


@pytest.fixture(scope="module")
def editions() -> dict[str, bilingual.Edition]:
    glossary = bilingual.Glossary.load(GOLDEN / "glossary")
    made = {}
    for name in NAMES:
        metadata = GOLDEN / f"{name}.toml"
        review = GOLDEN / f"{name}.ar-en.po"
        made[name] = bilingual.translate(
            GOLDEN / f"{name}.txt",
            glossary=glossary,
            model=ScriptedEngine(GOLDEN / f"{name}.en.tsv"),
            metadata=metadata if metadata.is_file() else None,
            review=review if review.is_file() else None,
        )
    return made


@pytest.mark.parametrize("name", NAMES)
def test_the_edition_is_the_golden_one(
    name: str, editions: dict[str, bilingual.Edition], file_regression: FileRegressionFixture
) -> None:
    data = tei.to_bytes(editions[name])
    file_regression.check(
        data, binary=True, fullpath=GOLDEN / f"{name}.tei.xml", extension=".tei.xml"
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_golden_edition_is_valid_and_holds_the_source(
    name: str, editions: dict[str, bilingual.Edition], tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.tei.xml"
    tei.write(editions[name], path)
    assert [p for p in tei.validate(path) if p.severity == "error"] == []
    assert tei.source_text(path) == (GOLDEN / f"{name}.txt").read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_golden_edition_is_read_back_without_loss(
    name: str, editions: dict[str, bilingual.Edition], tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.tei.xml"
    tei.write(editions[name], path)
    assert tei.to_bytes(tei.read(path)) == path.read_bytes()


@pytest.mark.slow
def test_golden_editions_are_valid_under_the_full_tei_schema(
    tei_all: etree.RelaxNG, editions: dict[str, bilingual.Edition]
) -> None:
    for name, edition in editions.items():
        document = etree.fromstring(tei.to_bytes(edition))
        assert tei_all.validate(document), (name, tei_all.error_log.last_error)
