"""Fixtures every part of the suite shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference material that stands beside a developer's checkout; users do not have it."""
    if not SHARED.is_dir():
        pytest.skip("the reference material (../shared) is not here")
    return SHARED


@pytest.fixture(scope="session")
def tei_all(shared: Path) -> etree.RelaxNG:
    """The whole TEI schema; it takes seconds to compile, so once for all tests."""
    return etree.RelaxNG(etree.parse(shared / "tei" / "tei_all.rng"))
