"""Whole archives: jobs, repetitions, glossaries, memory, rebuilding."""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Row, interleaved, note, ratio
from bilingual import corpus
from bilingual.cache import Cache
from bilingual.document import EntityKind
from bilingual.engine.argos import ArgosEngine
from bilingual.engine.base import DecodeOptions
from bilingual.engine.packages import load
from bilingual.glossary import Entry, Glossary
from bilingual.pipeline import NOTHING_RENDERED, Pipeline, RenderCount

LINES = 20
"""Segments of a document."""
ENTRIES = (1_000, 10_000, 100_000)
DOCUMENTS = (100, 1_000, 10_000)
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"

PEAK = """
import resource, sys
from pathlib import Path
from bilingual import corpus
from bilingual.engine import open_engine
from bilingual.engine.base import DecodeOptions
from bilingual.pipeline import Pipeline

engine = open_engine(options=DecodeOptions(beam_size=1), threads=2)
for result in corpus.build(
    corpus.find_documents([Path(sys.argv[1])]), Pipeline(engine), Path(sys.argv[2]), jobs=2
):
    assert result.error is None, result.error
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def write_archive(folder: Path, segments: list[str], *, lines: int = LINES) -> Path:
    """Documents of so many segments each, a line a segment, in an order that stays the same."""
    order = list(segments)
    random.Random(5).shuffle(order)
    folder.mkdir(parents=True)
    for number, start in enumerate(range(0, len(order), lines)):
        text = "\n".join(order[start : start + lines]) + "\n"
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return folder


def build(folder: Path, out: Path, pipeline: Pipeline, **more: object) -> RenderCount:
    """Build an archive; what had to be rendered."""
    total = NOTHING_RENDERED
    for result in corpus.build(corpus.find_documents([folder]), pipeline, out, **more):
        if result.error is not None:
            raise SystemExit(str(result.error))
        total += result.rendered
    return total


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bilingual-bench-") as name:
        yield Path(name)


def jobs(options: argparse.Namespace) -> list[Row]:
    """The build of an archive with one job and with two, against the bare decoder."""
    import ctranslate2

    segments = list(options.work.segments)
    package = load()
    engines = {n: ArgosEngine(package, threads=n) for n in (1, 2)}
    pieces = sorted(engines[1]._pieces.encode(segments), key=len)
    bare = {
        n: ctranslate2.Translator("model", files=package.model, inter_threads=n, intra_threads=1)
        for n in (1, 2)
    }

    def decode(threads: int) -> None:
        # Of the orders tried the fastest: sorted, and no padding. The calls are the engine's own.
        engines[threads]._run(pieces, 1)

    def decode_padded(threads: int) -> None:
        bare[threads].translate_batch(
            pieces, max_batch_size=1024, batch_type="tokens", beam_size=4, length_penalty=0.2
        )

    with scratch() as folder:
        texts = write_archive(folder / "in", segments)

        def run(threads: int) -> None:
            shutil.rmtree(folder / "out", ignore_errors=True)
            build(texts, folder / "out", Pipeline(engines[threads]), jobs=threads)

        best = interleaved(
            {
                "bare 1": lambda: decode(1),
                "bare 2": lambda: decode(2),
                "padded 1": lambda: decode_padded(1),
                "padded 2": lambda: decode_padded(2),
                "build 1": lambda: run(1),
                "build 2": lambda: run(2),
            },
            options.repeat,
        )
    for n in (1, 2):
        # The best order of batches, whichever it was.
        best[f"bare {n}"] = min(best[f"bare {n}"], best[f"padded {n}"], key=lambda c: c.wall)
    note("jobs", {k: [c.wall, c.cpu] for k, c in best.items()} | {"segments": len(segments)})
    rate = len(segments) / best["build 2"].wall
    return [
        Row("build --jobs 1 / bare, 1 thread", ratio(best["build 1"], best["bare 1"]), "≤ 1.05"),
        Row("build --jobs 2 / bare, 2 threads", ratio(best["build 2"], best["bare 2"]), "≤ 1.05",
            f"{rate:.0f} segments/s"),
        Row("--jobs 1 / --jobs 2", ratio(best["build 1"], best["build 2"]), "2", "two cores"),
        Row("bare, 1 thread / 2 threads", ratio(best["bare 1"], best["bare 2"]), "2"),
    ]  # fmt: skip


def repeats(options: argparse.Namespace) -> list[Row]:
    """An archive of 10,000 segments that repeats few: what is decoded, and what the rest costs."""
    base = list(options.work.segments)[:100]
    many = (base * (10_000 // len(base) + 1))[: max(1000, 10 * options.segments)]
    engine = ArgosEngine(threads=2)
    counts: dict[str, RenderCount] = {}
    with scratch() as folder:
        once = write_archive(folder / "once", base)
        often = write_archive(folder / "often", many)

        def run(texts: Path) -> None:
            shutil.rmtree(folder / "out", ignore_errors=True)
            counts[texts.name] = build(texts, folder / "out", Pipeline(engine), jobs=2)

        best = interleaved({"once": lambda: run(once), "often": lambda: run(often)}, 1)
    often_count = counts["often"]
    spare = best["often"].wall - best["once"].wall
    each = spare / (often_count.segments - counts["once"].segments) * 1000
    note("repeats", {"segments": often_count.segments, "decoded": often_count.decoded,
                     "pieces": often_count.decoded_pieces, "ms": each})  # fmt: skip
    return [
        Row("segments / decoded", f"{often_count.segments} / {often_count.decoded}", "",
            f"{often_count.decoded_pieces} pieces instead of some "
            f"{often_count.decoded_pieces * often_count.segments // max(1, often_count.decoded)}"),
        Row("a repeated segment, everything but decoding", f"{each:.2f} ms"),
        Row("the same against a decoded one",
            f"{each / (best['once'].wall / counts['once'].segments * 1000):.3f}"),
    ]  # fmt: skip


def _entries(count: int, segments: list[str]) -> Glossary:
    """Names that occur and names that do not, as in any large glossary."""
    chance = random.Random(7)
    words = sorted({w.strip('«»،.()؟!:"') for s in segments for w in s.split() if len(w) > 4})
    forms = {f"{chance.choice(words)} {chance.choice(words)}" for _ in range(count // 2)}
    while len(forms) < count:
        forms.add(" ".join("".join(chance.choices(_LETTERS, k=6)) for _ in range(2)))
    return Glossary(
        Entry(f"e{i}", EntityKind.TERM, form, f"Term {i}", approved=False)
        for i, form in enumerate(sorted(forms))
    )


def glossary(options: argparse.Namespace) -> list[Row]:
    """Matching against the whole build, for small and for huge glossaries."""
    segments = list(options.work.segments)[:400]
    engine = ArgosEngine(threads=2)
    rows: list[Row] = []
    shares: dict[str, float] = {}
    with scratch() as folder:
        texts = write_archive(folder / "in", segments)
        documents = [p.read_text("utf-8") for p in sorted(texts.iterdir())]
        whole = interleaved(
            {"build": lambda: build(texts, folder / "out", Pipeline(engine), jobs=2)}, 1
        )["build"]
        for count in ENTRIES:
            entries = _entries(count, segments)
            pipeline = Pipeline(engine, entries)
            pipeline.find(documents[0])
            # Several times over, for the processor's clock ticks in hundredths of a second.
            spent = interleaved(
                {"find": lambda p=pipeline: [p.find(d) for d in documents * 10]}, options.repeat
            )["find"]
            share = spent.cpu / 10 / (whole.cpu + spent.cpu / 10)
            shares[str(count)] = share
            each = spent.cpu / 10 / len(segments) * 1000
            rows.append(Row(f"{count} entries, matching / build", f"{share:.2%}", "< 2 %",
                            f"{each:.3f} ms a segment"))  # fmt: skip
    note("glossary", shares)
    return rows


def memory(options: argparse.Namespace) -> list[Row]:
    """The peak of a process that builds 100, 1,000 and 10,000 documents."""
    base = list(options.work.segments)[:60]
    rows: list[Row] = []
    peaks: dict[str, float] = {}
    for count in DOCUMENTS:
        if count > options.documents:
            rows.append(Row(f"{count} documents, peak", "skipped", note="--documents"))
            continue
        with scratch() as folder:
            texts = write_archive(
                folder / "in", (base * (count * 5 // 60 + 1))[: count * 5], lines=5
            )
            started = time.perf_counter()
            done = subprocess.run([sys.executable, "-c", PEAK, str(texts), str(folder / "out")],
                                  capture_output=True, text=True, check=True)  # fmt: skip
            seconds = time.perf_counter() - started
        peaks[str(count)] = int(done.stdout) / 1024
        rows.append(Row(f"{count} documents, peak", f"{peaks[str(count)]:.0f} MiB", "flat",
                        f"{seconds:.0f} s"))  # fmt: skip
    note("memory", peaks)
    return rows


def rebuild(options: argparse.Namespace) -> list[Row]:
    """An archive built, built again unchanged, and again after one edit of the glossary."""
    segments = list(options.work.segments)[:400]
    engine = ArgosEngine(threads=2)
    words = [s.split()[1] for s in segments[:3] if len(s.split()) > 3]
    entries = [Entry(f"e{i}", EntityKind.TERM, w, f"Form {i}") for i, w in enumerate(words)]
    edited = [Entry("e0", EntityKind.TERM, words[0], "Another form"), *entries[1:]]
    counts: dict[str, RenderCount] = {}
    with scratch() as folder:
        texts = write_archive(folder / "in", segments)
        out = folder / "out"

        def run(name: str, forms: list[Entry]) -> None:
            with (
                Cache(folder / "cache.sqlite3") as cache,
                corpus.Record(out, folder / "record.sqlite3") as record,
            ):
                pipeline = Pipeline(engine, Glossary(forms), cache=cache)
                counts[name] = build(texts, out, pipeline, jobs=2, record=record)

        best = interleaved(
            {
                "first": lambda: run("first", entries),
                "unchanged": lambda: run("unchanged", entries),
                "edited": lambda: run("edited", edited),
            },
            1,
        )
    touched = counts["edited"].decoded / max(1, counts["first"].decoded)
    note("rebuild", {k: c.wall for k, c in best.items()} | {"touched": touched})
    return [
        Row("rebuild, nothing changed / first build", ratio(best["unchanged"], best["first"]),
            "< 0.01", f"{best['unchanged'].wall:.2f} s of {best['first'].wall:.0f} s"),
        Row("rebuild, one entry edited / first build", ratio(best["edited"], best["first"]),
            f"{touched:.3f} + writing",
            f"{counts['edited'].decoded} of {counts['first'].decoded} segments decoded"),
    ]  # fmt: skip


def options_table(options: argparse.Namespace) -> list[Row]:
    """Beam and arithmetic: speed and chrF together."""
    from sacrebleu.metrics import CHRF

    from benchmarks.work import pairs

    arabic, english = pairs(options.work, 150)
    package = load()
    variants = {
        "beam 4, int8": ArgosEngine(package, threads=2, compute_type="int8"),
        "beam 4, float32": ArgosEngine(package, threads=2, compute_type="float32"),
        "beam 2, int8": ArgosEngine(package, DecodeOptions(beam_size=2), threads=2,
                                    compute_type="int8"),
        "beam 1, int8": ArgosEngine(package, DecodeOptions(beam_size=1), threads=2,
                                    compute_type="int8"),
    }  # fmt: skip
    found: dict[str, list[str]] = {}

    def run(name: str) -> None:
        found[name] = [best.text for best, *_ in variants[name].translate(arabic)]

    best = interleaved({n: lambda n=n: run(n) for n in variants}, options.repeat)
    base = best["beam 4, int8"]
    rows, data = [], {}
    for name, cost in best.items():
        score = CHRF(word_order=2).corpus_score(found[name], [english]).score if english else None
        data[name] = [len(arabic) / cost.wall, score]
        rows.append(Row(f"{name}, time / beam 4, int8", ratio(cost, base), "",
                        f"{len(arabic) / cost.wall:.0f} segments/s"
                        + (f", chrF++ {score:.1f}" if score is not None else "")))  # fmt: skip
    note("options", data)
    return rows
