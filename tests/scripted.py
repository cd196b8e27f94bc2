"""An engine that says what a fixture tells it, so that editions do not hang on a model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bilingual.engine import Alignment, DecodeOptions, Hypothesis, PackageInfo


class ScriptedEngine:
    """Gives each known Arabic text its English; an unknown one comes back as ``(?)``."""

    def __init__(self, script: Path) -> None:
        self._english: dict[str, str] = {}
        for line in script.read_text("utf-8").splitlines():
            arabic, english = line.split("\t")
            self._english[arabic] = english
        self.asked: list[str] = []

    @property
    def name(self) -> str:
        return "scripted 1"

    @property
    def package(self) -> PackageInfo:
        return PackageInfo("fixture", "1", "ar", "en", "0" * 64, "path", Path())

    @property
    def options(self) -> DecodeOptions:
        return DecodeOptions()

    def translate(
        self, texts: Sequence[str], *, hypotheses: int = 1
    ) -> list[tuple[Hypothesis, ...]]:
        self.asked += texts
        return [(self._hypothesis(t),) for t in texts]

    def _hypothesis(self, text: str) -> Hypothesis:
        english = self._english.get(text)
        if english is None:
            return Hypothesis("(?)" if text else "", -99.0, (("(?)",),))
        return Hypothesis(english, -1.0, (tuple(english.split()),))

    def align(self, texts: Sequence[str], chosen: Sequence[Hypothesis]) -> list[Alignment]:
        return [Alignment((), (), ()) for _ in texts]
