"""An engine without a model, and archives to build with it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpus_archives import FakeEngine

from bilingual.glossary import Glossary
from bilingual.pipeline import Pipeline


@pytest.fixture(autouse=True)
def own_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache-home"))


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def pipeline(engine: FakeEngine) -> Pipeline:
    return Pipeline(engine)


@pytest.fixture
def make_pipeline() -> Callable[..., Pipeline]:
    def make(glossary: Glossary | None = None, **more: object) -> Pipeline:
        return Pipeline(FakeEngine(), glossary, **more)  # type: ignore[arg-type]

    return make
