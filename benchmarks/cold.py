"""What a newcomer waits for: the command line's start, the first sentence, memory."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Row, interleaved

HELP = [str(Path(sys.executable).with_name("bilingual")), "--help"]
BARE = [sys.executable, "-c", "pass"]
FIRST = "from bilingual.engine import open_engine; open_engine().translate(['نعم'])"


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
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Row("python -c pass", f"{best['python'].wall:.2f} s (cpu {best['python'].cpu:.2f})"),
        Row(
            "bilingual --help", f"{best['help'].wall:.2f} s (cpu {best['help'].cpu:.2f})", "< 0.3 s"
        ),
        Row(
            "first sentence, new process",
            f"{best['first'].wall:.2f} s (cpu {best['first'].cpu:.2f})",
        ),
        Row("peak memory of that process", f"{peak:.0f} MiB"),
    ]
