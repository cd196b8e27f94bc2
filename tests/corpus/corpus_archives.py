"""What the tests of archives share: an engine that needs no model, texts, folders compared."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

from bilingual.corpus import cluster
from bilingual.corpus.documents import Inputs
from bilingual.engine.base import Alignment, DecodeOptions, Hypothesis, PackageInfo

WORDS = [
    "وصل",
    "الوزير",
    "إلى",
    "العاصمة",
    "مساء",
    "الأحد",
    "وقال",
    "إن",
    "الهدنة",
    "صامدة",
    "في",
    "جميع",
    "المدن",
    "الكبرى",
]
SHARED_LINE = "جميع الحقوق محفوظة لوكالة الأنباء."


class FakeEngine:
    """Says of each text, in English words, what its digest is; counts what it is asked."""

    name = "fake 1"
    options = DecodeOptions()
    package = PackageInfo("translate-ar_en", "0", "ar", "en", "0" * 64, "starter", Path())

    def __init__(self, before: Callable[[Sequence[str]], None] | None = None) -> None:
        self.texts: list[str] = []
        self.calls: list[int] = []
        self._before = before
        self._lock = threading.Lock()

    def translate(
        self, texts: Sequence[str], *, hypotheses: int = 1
    ) -> list[tuple[Hypothesis, ...]]:
        if self._before is not None:
            self._before(texts)
        with self._lock:
            self.texts += texts
            self.calls.append(len(texts))
        return [(_answer(text),) for text in texts]

    def align(self, texts: Sequence[str], chosen: Sequence[Hypothesis]) -> list[Alignment]:
        raise AssertionError("no glossary, no alignment")


def _answer(text: str) -> Hypothesis:
    number = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
    words = ["The", *(f"word{'abcdefghij'[int(d)]}" for d in str(number)), "came."]
    return Hypothesis(" ".join(words), -1.0, (tuple(words),))


def article(number: int, lines: int = 3) -> str:
    """An article whose lines no other has, but for the last."""
    out = []
    for line in range(lines):
        turn = (number * 7 + line) % len(WORDS)
        out.append(" ".join(WORDS[turn:] + WORDS[:turn]) + f" في المقال {number}.")
    return "\n".join([*out, SHARED_LINE]) + "\n"


def archive(folder: Path, documents: int, lines: int = 3) -> Path:
    """A folder of articles, in two subfolders."""
    for number in range(documents):
        path = folder / f"{number % 2}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(number, lines), encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def work_or_be_killed(digest: str, data: bytes, sent: Sequence[Inputs]) -> object:
    """A worker's task, which ends as if article 3 had killed one worker after another."""
    from distributed import KilledWorker

    if any(inputs.document.stem.name == "00003" for inputs in sent):
        raise KilledWorker("a task", SimpleNamespace(address="tcp://lost"), 3)
    return cluster._work(digest, data, list(sent))
