"""Timing that survives a busy machine: CPU seconds beside wall seconds, least of several."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and by the processor, of this process and its children."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, the figure, the aim, and a remark."""

    what: str
    figure: str
    aim: str = ""
    note: str = ""


def cost(action: Callable[[], object]) -> Cost:
    """What one call costs."""
    before, start = os.times(), time.perf_counter()
    action()
    wall, after = time.perf_counter() - start, os.times()
    return Cost(wall, sum(after[:4]) - sum(before[:4]))


def interleaved(actions: Mapping[str, Callable[[], object]], repeat: int) -> dict[str, Cost]:
    """The least cost of each action, run in turns so that all meet the same machine."""
    best: dict[str, Cost] = {}
    for _ in range(repeat):
        for name, action in actions.items():
            found = cost(action)
            least = best.get(name, found)
            best[name] = Cost(min(found.wall, least.wall), min(found.cpu, least.cpu))
    return best


def ratio(of: Cost, to: Cost) -> str:
    """``1.08 (cpu 1.05)``."""
    return f"{of.wall / to.wall:.2f} (cpu {of.cpu / max(to.cpu, 1e-9):.2f})"


FIGURES: dict[str, object] = {}
"""What was measured, as numbers, for plots."""


def note(name: str, figures: object) -> None:
    """Keep numbers for ``--json``."""
    FIGURES[name] = figures


def print_table(title: str, rows: list[Row]) -> None:
    """Aligned columns, plain text."""
    cells = [
        ("measure", "figure", "aim", "note"),
        *((r.what, r.figure, r.aim, r.note) for r in rows),
    ]
    widths = [max(len(cell[i]) for cell in cells) for i in range(4)]
    print(title)
    for cell in cells:
        line = "  ".join(text.ljust(width) for text, width in zip(cell, widths, strict=True))
        print(f"  {line.rstrip()}", flush=True)
    print()
