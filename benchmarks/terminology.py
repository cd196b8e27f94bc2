"""What the glossary does to the English: terms met and the quality of the text around them.

    python benchmarks/terminology.py [--glossary DIR] [--model MODEL] [--show]

Reads the reference articles that stand beside a developer's checkout (``../shared``): the five
articles for the terms, the two with reference translations for chrF, BLEU and window overlap.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sacrebleu

from bilingual.checks import check_translation
from bilingual.document import EntityKind, Mention, Outcome, SegmentKind
from bilingual.engine import open_engine
from bilingual.engine.base import Engine
from bilingual.glossary import Glossary
from bilingual.script import clean
from bilingual.segmentation import segment
from bilingual.terminology import Rendering, Request, render
from bilingual.terminology.spans import locate, occurrences

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NAMES = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.RESOLUTION)


@dataclass(frozen=True)
class Unit:
    article: str
    kind: SegmentKind
    request: Request
    reference: str = ""


def units(glossary: Glossary) -> Iterator[Unit]:
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        gold = SHARED / "gold" / f"{path.stem}.jsonl"
        references = {}
        if gold.exists():
            rows = map(json.loads, gold.read_text(encoding="utf-8").splitlines())
            references = {row["start"]: row["en"] for row in rows}
        segments = segment(text)
        mentions = glossary.mentions(text, segments)
        for s in segments:
            inside = tuple(
                Mention(
                    m.start - s.start, m.end - s.start, m.surface, m.key, m.kind, m.target,
                    m.accepted, m.approved, m.forbidden,
                )
                for m in mentions
                if s.start <= m.start and m.end <= s.end
            )  # fmt: skip
            request = Request(text[s.start : s.end], inside)
            yield Unit(path.stem[:3], s.kind, request, references.get(s.start, ""))


def recall(found: Sequence[Unit], texts: Sequence[str]) -> tuple[float, float]:
    """Approved mentions answered by a controlled or accepted form: names, and all."""
    met: Counter[bool] = Counter()
    total: Counter[bool] = Counter()
    for unit, text in zip(found, texts, strict=True):
        spans = locate(text, unit.request.mentions)
        for mention, span in zip(unit.request.mentions, spans, strict=True):
            if mention.approved:
                name = mention.kind in NAMES
                total[name] += 1
                met[name] += span is not None
    return met[True] / max(1, total[True]), sum(met.values()) / max(1, sum(total.values()))


def window_overlap(found: Sequence[Unit], texts: Sequence[str], size: int) -> float:
    """Words within ``size`` of a term that the reference has there too (Alam et al., WMT 2021).

    Over the approved mentions that stand in the reference; one that is wanting counts nothing.
    """
    shares: list[float] = []
    for unit, text in zip(found, texts, strict=True):
        mentions = [m for m in unit.request.mentions if m.approved]
        here, there = locate(text, mentions), locate(unit.reference, mentions)
        for span, aim in zip(here, there, strict=True):
            if aim is None:
                continue
            wanted = _window(unit.reference, aim, size)
            got = _window(text, span, size) if span else Counter()
            if wanted:
                shares.append((wanted & got).total() / wanted.total())
    return sum(shares) / max(1, len(shares))


def _window(text: str, span: tuple[int, int], size: int) -> Counter[str]:
    before = text[: span[0]].lower().split()[-size:]
    after = text[span[1] :].lower().split()[:size]
    return Counter(word.strip(".,;:\"'“”") for word in before + after)


def insertions(
    found: Sequence[Unit], plain: Sequence[str], texts: Sequence[str], glossary: Glossary
) -> list[tuple[str, str]]:
    """Names of the glossary that the text has, its Arabic has not, and the engine had not said."""
    forms = {e.english for e in glossary.entries if e.approved and e.kind in NAMES}
    out = []
    for unit, before, text in zip(found, plain, texts, strict=True):
        spans = [s for s in locate(text, unit.request.mentions) if s]
        for form in forms:
            inside = any(form in f for m in unit.request.mentions for f in (m.target, *m.accepted))
            if form not in text or inside:  # the Council of a Council resolution is named there
                continue
            free = sum(
                all(end <= s or start >= e for s, e in spans)
                for start, end in occurrences(form, text)
            )
            had = len(occurrences(form, before))
            if free > had:
                out.append((form, text))
    return out


def measure(engine: Engine, glossary: Glossary, *, show: bool = False) -> None:
    found = list(units(glossary))
    plain = [r.text for r in render([Request(u.request.text) for u in found], engine)]
    results: list[Rendering] = render([u.request for u in found], engine)
    texts = [r.text for r in results]
    outcomes: dict[str, Counter[str]] = {}
    codes: Counter[str] = Counter()
    for unit, result in zip(found, results, strict=True):
        for d in result.decisions:
            name = "names" if d.mention.kind in NAMES else "terms"
            group = name if d.mention.approved else "unapproved"
            outcomes.setdefault(group, Counter())[d.outcome.value] += 1
        findings = check_translation(
            unit.request.text, result.text, result.decisions, unit.article, unit.kind
        )
        codes.update(f.code for f in findings)
        if show:
            print(unit.article, unit.request.text, f"  {result.text}", sep="\n")
            for d in result.decisions:
                if d.outcome is not Outcome.KEPT:
                    print(f"    {d.outcome} {d.mention.surface}: {d.mention.target} | {d.form}")
            for f in findings:
                print(f"    {f.code} {f.message}")
    for group, counts in sorted(outcomes.items()):
        print(f"{group}: {sum(counts.values())}", dict(counts.most_common()))
    print("findings:", dict(sorted(codes.items())))
    print(f"decodes {sum(r.decodes for r in results)}, pieces {sum(r.pieces for r in results)}")
    body = [i for i, u in enumerate(found) if u.reference and u.kind is SegmentKind.BODY]
    print(f"{'':10}{'names':>7}{'terms':>7}{'win 2':>7}{'win 3':>7}{'chrF':>7}{'BLEU':>7}")
    for name, side in (("without", plain), ("with", texts)):
        names, every = recall(found, side)
        some = [found[i] for i in body]
        mine = [side[i] for i in body]
        references = [[u.reference for u in some]]
        print(
            f"{name:10}{names:7.3f}{every:7.3f}"
            f"{window_overlap(some, mine, 2):7.3f}{window_overlap(some, mine, 3):7.3f}"
            f"{sacrebleu.corpus_chrf(mine, references).score:7.1f}"
            f"{sacrebleu.corpus_bleu(mine, references).score:7.1f}"
        )
    said = [h[0].text for h in engine.translate([clean(u.request.text).text for u in found])]
    false = insertions(found, said, texts, glossary)
    print("false insertions:", len(false))
    for form, text in false:
        print(f"  {form} | {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--glossary", type=Path, default=ROOT / "glossary")
    parser.add_argument("--model", default=None)
    parser.add_argument("--show", action="store_true", help="print every segment")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit("the reference articles (../shared) are not here")
    measure(open_engine(arguments.model), Glossary.load(arguments.glossary), show=arguments.show)


if __name__ == "__main__":
    main()
