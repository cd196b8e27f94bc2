"""``python -m benchmarks.plots FIGURES.json FOLDER``: the figures of ``--json`` as PNG."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt

BARE, OURS = "#9aa5b1", "#1f5f8b"


def _save(figure: Any, path: Path) -> None:
    # Without the date and the version of the program: the same bytes for the same figures.
    figure.savefig(path, dpi=120, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)


def jobs(data: dict[str, Any], path: Path) -> None:
    count = data["segments"]
    names = ["bare 1", "build 1", "bare 2", "build 2"]
    figure, axes = plt.subplots(figsize=(6, 3))
    rates = [count / data[n][0] for n in names]
    bars = axes.bar(names, rates, color=[BARE, OURS, BARE, OURS])
    axes.bar_label(bars, fmt="%.1f")
    axes.set_ylabel("segments a second")
    axes.set_title("Bare decoding and whole builds, 1 and 2 threads")
    _save(figure, path)


def options(data: dict[str, Any], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(6, 3.4))
    for name, (rate, score) in data.items():
        axes.scatter(rate, score or 0, color=OURS)
        axes.annotate(name, (rate, score or 0), textcoords="offset points", xytext=(6, 4))
    axes.set_xlabel("segments a second, two threads")
    axes.set_ylabel("chrF++")
    axes.margins(0.25)
    axes.set_title("Beam and arithmetic: speed and quality")
    _save(figure, path)


def memory(data: dict[str, float], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(6, 3))
    axes.plot([int(n) for n in data], list(data.values()), marker="o", color=OURS)
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("documents")
    axes.set_ylabel("peak memory, MiB")
    axes.set_title("Memory does not grow with the archive")
    _save(figure, path)


def rebuild(data: dict[str, float], path: Path) -> None:
    names = {"first": "first build", "edited": "one entry edited", "unchanged": "nothing changed"}
    figure, axes = plt.subplots(figsize=(6, 2.4))
    shares = [100 * data[n] / data["first"] for n in names]
    bars = axes.barh(list(names.values()), shares, color=OURS)
    axes.bar_label(bars, fmt="%.1f %%", padding=3)
    axes.invert_yaxis()
    axes.set_xlim(0, 115)
    axes.set_xlabel("time, per cent of the first build")
    _save(figure, path)


PLOTS = {"jobs": jobs, "options": options, "memory": memory, "rebuild": rebuild}


def main() -> None:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    data = json.loads(source.read_text("utf-8"))
    for name, plot in PLOTS.items():
        if name in data:
            plot(data[name], folder / f"scale-{name}.png")


if __name__ == "__main__":
    main()
