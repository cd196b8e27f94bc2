"""How time and memory grow with the number of articles."""

from __future__ import annotations

import argparse
import resource

from benchmarks.measure import Row, cost
from benchmarks.work import copies
from bilingual.document import SourceText
from bilingual.engine.argos import ArgosEngine
from bilingual.engine.base import DecodeOptions

COUNTS = (1, 10, 100)


def run(options: argparse.Namespace) -> list[Row]:
    """Time an article for 1, 10 and 100 articles, beam 1, so that what is not decoding shows."""
    try:
        from bilingual.pipeline import Pipeline
    except ImportError:
        return [Row("growth", "skipped", note="bilingual.pipeline is not here")]
    pipeline = Pipeline(ArgosEngine(options=DecodeOptions(beam_size=1)), None)
    article = min(options.work.articles, key=len)
    every = copies(article, 10 + sum(COUNTS))
    for text in every[:10]:
        pipeline.build(SourceText(text, "warm"))
    rows: list[Row] = []
    first = 0.0
    used = 10
    for count in COUNTS:
        # No text twice: what is remembered of numbers in a sentence would flatter a second run.
        texts, used = every[used : used + count], used + count
        spent = cost(lambda texts=texts: [pipeline.build(SourceText(t, "a")) for t in texts]).cpu
        first = first or spent
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append(Row(f"{count} articles, time an article / that of one",
                        f"{spent / count / first:.2f}", "1", f"peak {peak:.0f} MiB"))  # fmt: skip
    return rows
