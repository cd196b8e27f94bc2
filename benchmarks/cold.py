"""What a newcomer waits for: the command line's start, the first sentence, memory."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Row, interleaved

HELP = [str(Path(sys.executable).with_name("bilingual")), "--help"]
BARE = [sys.executable, "-c", "pass"]
FIRST = "from bilingual.engine import open_engine; open_engine().translate(['نعم'])"
PEAK = "; import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def _call(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=False)


def run(options: argparse.Namespace) -> list[Row]:
    """Seconds; the start of a bare Python is given beside them."""
    best = interleaved(
        {
            "python": lambda: _call(BARE),
            "help": lambda: _call(HELP),
            "first": lambda: _call([sys.executable, "-c", FIRST]),
        },
        max(5, options.repeat),
    )
    peak = subprocess.run(
        [sys.executable, "-c", FIRST + PEAK], capture_output=True, text=True, check=True
    )
    figures = {name: f"{spent.wall:.2f} s (cpu {spent.cpu:.2f})" for name, spent in best.items()}
    return [
        Row("python -c pass", figures["python"]),
        Row("bilingual --help", figures["help"], "< 0.3 s"),
        Row("first sentence, new process", figures["first"]),
        Row("peak memory of that process", f"{int(peak.stdout) / 1024:.0f} MiB"),
    ]
