"""The engine against bare CTranslate2 on the same pieces, the build, and argostranslate itself."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

from benchmarks.measure import Cost, Row, cost, interleaved, ratio
from bilingual.document import SourceText
from bilingual.engine.argos import ArgosEngine
from bilingual.engine.packages import LoadedPackage, load

BARE_BATCHES = (512, 1024, 2048)
"""Tokens a batch; the fastest of them is what the engine is measured against."""

ARGOS = """
import json, sys, time
import argostranslate.translate
pair = argostranslate.translate.get_translation_from_codes("ar", "en").underlying
class Whole:
    def split_sentences(self, text): return [text]
pair.sentencizer = Whole()
pair.hypotheses("نعم", 1)
texts = json.loads(sys.stdin.read())
wall, cpu = time.perf_counter(), time.process_time()
for text in texts:
    pair.hypotheses(text, 1)
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))
"""


def run(options: argparse.Namespace) -> list[Row]:
    """Ratios on the same distinct segments, beam 4, as many threads as there are cores."""
    import ctranslate2

    package = load()
    engine = ArgosEngine(package)
    segments = list(options.work.segments)
    pieces = engine._pieces.encode(segments)
    translator = ctranslate2.Translator(
        "model", files=package.model, inter_threads=engine._threads, intra_threads=1
    )

    def bare(size: int) -> None:
        translator.translate_batch(
            pieces, max_batch_size=size, batch_type="tokens", beam_size=4, length_penalty=0.2
        )

    actions = {f"bare {size}": lambda size=size: bare(size) for size in BARE_BATCHES}
    actions["engine"] = lambda: engine.translate(segments)
    build = _build(engine, segments)
    if build is not None:
        actions["build"] = build
    best = interleaved(actions, options.repeat)
    least = min((best[f"bare {size}"] for size in BARE_BATCHES), key=lambda c: c.wall)
    rows = [Row(f"bare CTranslate2, {s} tokens a batch", ratio(best[f"bare {s}"], least),
                note=f"{len(segments) / best[f'bare {s}'].wall:.0f} segments/s")
            for s in BARE_BATCHES]  # fmt: skip
    rows.append(Row("engine.translate / bare", ratio(best["engine"], least), "≤ 1.15"))
    if build is not None:
        rows.append(Row("build, no glossary / bare", ratio(best["build"], least), "≤ 1.15"))
    ours = best.get("build", best["engine"])
    argos = _argos(options.argos_python, package, segments)
    if argos is None:
        rows.append(Row("argostranslate / ours", "skipped", "≥ 4",
                        "name a Python with torch, stanza, spacy: --argos-python"))  # fmt: skip
    else:
        rows.append(Row("argostranslate / ours", ratio(argos, ours), "≥ 4",
                        "its translate, segment by segment, no sentence splitter"))  # fmt: skip
    return rows


def _build(engine: ArgosEngine, segments: list[str]):
    try:
        from bilingual.pipeline import Pipeline
    except ImportError:
        return None
    source = SourceText("\n".join(segments), "benchmark")
    return lambda: Pipeline(engine, None).build(source)


def _argos(python: str, package: LoadedPackage, segments: list[str]) -> Cost | None:
    if not python:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "packages", "translate-ar_en")
        (folder / "model").mkdir(parents=True)
        (folder / "metadata.json").write_text(json.dumps(package.info.metadata), "utf-8")
        (folder / "sentencepiece.model").write_bytes(package.sentencepiece)
        for name, data in package.model.items():
            (folder / "model" / name).write_bytes(data)
        env = {**os.environ, "ARGOS_PACKAGES_DIR": str(folder.parent)}
        env |= {f"XDG_{n}_HOME": scratch for n in ("DATA", "CONFIG", "CACHE")}
        done = subprocess.run([python, "-c", ARGOS], input=json.dumps(segments), env=env,
                              capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode:
        return None
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


__all__ = ["cost", "run"]
