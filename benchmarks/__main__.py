"""``python -m benchmarks [NAME ...]``: prints a table of ratios."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path

from benchmarks import archive, cold, decoding, growth
from benchmarks.measure import FIGURES, Row, print_table
from benchmarks.work import load_work

BENCHMARKS: dict[str, Callable[[argparse.Namespace], list[Row]]] = {
    "decoding": decoding.run,
    "cold": cold.run,
    "growth": growth.run,
    "jobs": archive.jobs,
    "options": archive.options_table,
    "repeats": archive.repeats,
    "glossary": archive.glossary,
    "rebuild": archive.rebuild,
    "memory": archive.memory,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(BENCHMARKS)}; all when none")
    parser.add_argument("--segments", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3, help="interleaved; the least counts")
    parser.add_argument(
        "--argos-python",
        default=os.environ.get("BILINGUAL_ARGOS_PYTHON", ""),
        help="a Python that can import argostranslate.translate (torch, stanza, spacy)",
    )
    parser.add_argument("--documents", type=int, default=10_000, help="of the memory benchmark")
    parser.add_argument("--json", type=Path, help="write the figures as numbers too")
    options = parser.parse_args()
    unknown = [n for n in options.names if n not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark named {', '.join(unknown)}")
    options.work = load_work(options.segments)
    print(f"work: {options.work.name}, {len(options.work.segments)} distinct segments\n")
    for name in options.names or BENCHMARKS:
        print_table(name, BENCHMARKS[name](options))
        if options.json:
            options.json.write_text(json.dumps(FIGURES, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
