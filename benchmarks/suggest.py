"""How well ``glossary suggest`` finds names and terms, starting from an empty glossary.

    python benchmarks/suggest.py [--model MODEL] [--show]

Reads the articles and the hand-made list of terms that stand beside a developer's checkout
(``../shared``). A proposal is right when its Arabic, folded, is a canonical form or a variant of
the list; a term is found when one of its forms is proposed. The rules were made while looking at
these articles, so on other texts expect less.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.engine import open_engine
from bilingual.engine.base import Engine
from bilingual.glossary.scan import ScannedText
from bilingual.script import clean, fold
from bilingual.segmentation import segment
from bilingual.source import read_source
from bilingual.suggest import Suggestion, suggest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@dataclass(frozen=True)
class Score:
    proposals: int
    right: int
    terms: int
    found: int
    uses: int
    uses_right: int
    english_right: int
    by_category: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Found and all, of each category."""
    by_evidence: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Right and all, of each kind of evidence."""

    @property
    def precision(self) -> float:
        return self.right / self.proposals if self.proposals else 0.0

    @property
    def precision_by_use(self) -> float:
        return self.uses_right / self.uses if self.uses else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.terms

    @property
    def english(self) -> float:
        """Share of the right proposals whose English is one that the list accepts."""
        return self.english_right / self.right if self.right else 0.0


def _form(arabic: str) -> str:
    return " ".join(fold(clean(arabic).text).text.replace("ة", "ه").split())


def _english(text: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", text.strip().casefold())


def articles(shared: Path = SHARED) -> list[ScannedText]:
    texts = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        source = read_source(path)
        texts.append(ScannedText(source.name, source.text, segment(source.text)))
    return texts


def score(found: list[Suggestion], shared: Path = SHARED) -> Score:
    with (shared / "gold/terms.tsv").open(encoding="utf-8", newline="") as stream:
        terms = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    owner: dict[str, int] = {}
    accepted: list[set[str]] = []
    for number, term in enumerate(terms):
        for form in (term["canonical_ar"], *term["variants_seen"].split("|")):
            owner.setdefault(_form(form), number)
        accepted.append(
            {_english(e) for e in (term["en_preferred"], *term["en_accepted"].split("|"))}
        )
    right = [s for s in found if _form(s.arabic) in owner]
    hit = {owner[_form(s.arabic)] for s in right}
    categories = Counter(t["category"] for t in terms)
    hits = Counter(terms[n]["category"] for n in hit)
    evidence: Counter[str] = Counter(e for s in found for e in s.evidence)
    good: Counter[str] = Counter(e for s in right for e in s.evidence)
    return Score(
        proposals=len(found),
        right=len(right),
        terms=len(terms),
        found=len(hit),
        uses=sum(s.count for s in found),
        uses_right=sum(s.count for s in right),
        english_right=sum(_english(s.english) in accepted[owner[_form(s.arabic)]] for s in right),
        by_category={name: (hits[name], n) for name, n in sorted(categories.items())},
        by_evidence={name: (good[name], n) for name, n in sorted(evidence.items())},
    )


def measure(engine: Engine, shared: Path = SHARED) -> tuple[Score, list[Suggestion]]:
    found = suggest(articles(shared), engine)
    return score(found, shared), found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model")
    parser.add_argument("--show", action="store_true", help="the proposals too")
    options = parser.parse_args()
    result, found = measure(open_engine(options.model))
    if options.show:
        for s in found:
            print(f"{s.count:5}  {s.arabic}  {s.english}  {'+'.join(s.evidence)}")
    print(
        json.dumps(
            {
                "proposals": result.proposals,
                "precision": round(result.precision, 3),
                "precision_by_use": round(result.precision_by_use, 3),
                "recall": round(result.recall, 3),
                "english_right": round(result.english, 3),
                "by_category": result.by_category,
                "by_evidence": result.by_evidence,
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
