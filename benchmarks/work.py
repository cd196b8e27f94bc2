"""What is translated: the reference articles beside the checkout, else our own sample."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bilingual.script import clean, has_arabic

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
SAMPLES = ROOT / "docs" / "samples"


@dataclass(frozen=True, slots=True)
class Work:
    """Articles, and as many distinct cleaned segments as were asked for."""

    name: str
    articles: tuple[str, ...]
    segments: tuple[str, ...]


def copies(article: str, count: int) -> list[str]:
    """Copies of an article whose sentences differ by a number, so that each must be decoded."""
    return [re.sub(r"(?<=\w)(?=[.؟!]\s*$)", f" {n}", article, flags=re.MULTILINE) if n else article
            for n in range(count)]  # fmt: skip


def sentences(article: str) -> list[str]:
    """The cleaned sentences of an article: what an engine is asked for."""
    parts = re.split(r"\n|(?<=[.؟!])\s+", article)
    return [text for text in (clean(part).text for part in parts) if text]


def load_work(segments: int) -> Work:
    """The articles, repeated with small differences up to a number of segments."""
    folder = SEEDS if SEEDS.is_dir() else SAMPLES
    articles = tuple(p.read_text("utf-8") for p in sorted(folder.glob("*.txt")))
    if not articles:
        raise SystemExit(f"no articles to translate in {folder.name}")
    base = list(dict.fromkeys(s for article in articles for s in sentences(article)))
    found = list(base)
    number = 2
    while len(found) < segments:
        # Another last word makes another sentence of the same length.
        found += [f"{s.rstrip('.؟! ')} {number}." for s in base]
        number += 1
    return Work(f"{len(articles)} articles of {folder.name}", articles, tuple(found[:segments]))


def pairs(work: Work, count: int) -> tuple[list[str], list[str]]:
    """Arabic sentences and their published English, where a test set is; else no English."""
    path = SEEDS.parent / "eval" / "flores200_dev.tsv"
    if not path.is_file():
        return list(work.segments[:count]), []
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in rows if len(row) >= 2 and has_arabic(row[0])][:count]
    return [clean(row[0]).text for row in rows], [row[1] for row in rows]
