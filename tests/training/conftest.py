"""The recipe stands outside the package; its tests run without PyTorch."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).resolve().parents[2] / "training"
sys.path.insert(0, str(TRAINING))

from starter.grammar import Grammar  # noqa: E402
from starter.lexicon import Lexicon, read_lexicon  # noqa: E402
from starter.templates import Templates  # noqa: E402


@pytest.fixture(scope="session")
def training() -> Path:
    return TRAINING


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return read_lexicon(TRAINING / "corpus")


@pytest.fixture
def grammar(lexicon: Lexicon) -> Grammar:
    return Grammar(lexicon, random.Random(5))


@pytest.fixture
def templates(lexicon: Lexicon) -> Templates:
    return Templates(lexicon, random.Random(5))
