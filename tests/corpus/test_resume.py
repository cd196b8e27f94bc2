"""A run broken off goes on where it stood; what has not changed is left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from corpus_archives import FakeEngine, archive, article, files

from bilingual import corpus
from bilingual.corpus.resume import default_path
from bilingual.document import Metadata
from bilingual.glossary import Entry, Glossary
from bilingual.memory import Memory
from bilingual.pipeline import Pipeline

HERE = Path(__file__).parent


class Desk:
    """An archive, its output folder and a record."""

    def __init__(self, folder: Path) -> None:
        self.texts = archive(folder / "in", 6)
        self.out = folder / "out"
        self.record: Path | None = folder / "record.sqlite3"

    def build(self, pipeline: Pipeline | None = None, **more: object) -> list[str]:
        """Builds; gives the names of the documents that were not skipped."""
        pipeline = pipeline or Pipeline(FakeEngine())
        with corpus.Record(self.out, self.record) as record:
            results = list(
                corpus.build(
                    corpus.find_documents([self.texts]),
                    pipeline,
                    self.out,
                    record=record,
                    **more,  # type: ignore[arg-type]
                )
            )
            assert not record.findings
        assert all(r.error is None for r in results)
        assert all(r.report is not None for r in results)
        return [r.document.stem.name for r in results if not r.skipped]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


ALL = [f"{n:05}" for n in (0, 2, 4, 1, 3, 5)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_unchanged_archive_is_skipped_and_its_counts_are_kept(desk: Desk, jobs: int) -> None:
    assert desk.build(jobs=jobs) == ALL
    before = files(desk.out)
    times = {p: p.stat().st_mtime_ns for p in desk.out.rglob("*.xml")}
    engine = FakeEngine()
    assert desk.build(Pipeline(engine), jobs=jobs) == []
    assert engine.texts == []
    assert files(desk.out) == before
    assert {p: p.stat().st_mtime_ns for p in desk.out.rglob("*.xml")} == times


def test_skipped_documents_give_the_report_of_the_run_that_built_them(desk: Desk) -> None:
    def reports() -> list[object]:
        with corpus.Record(desk.out, desk.record) as record:
            return [
                (r.report, r.missed, r.outputs)
                for r in corpus.build(
                    corpus.find_documents([desk.texts]),
                    Pipeline(FakeEngine()),
                    desk.out,
                    record=record,
                )
            ]

    assert reports() == reports()


def test_force_builds_everything_again(desk: Desk) -> None:
    desk.build()
    before = files(desk.out)
    assert desk.build(force=True) == ALL
    assert files(desk.out) == before


def test_only_the_text_that_changed_is_built_again(desk: Desk) -> None:
    desk.build()
    (desk.texts / "1/00003.txt").write_text(article(77), encoding="utf-8")
    assert desk.build() == ["00003"]
    assert desk.build() == []


def test_a_new_document_is_built_alone(desk: Desk) -> None:
    desk.build()
    (desk.texts / "1/00003b.txt").write_text(article(77), encoding="utf-8")
    assert desk.build() == ["00003b"]


@pytest.mark.parametrize("suffix", [".tei.xml", ".html"])
def test_an_output_that_is_gone_or_was_touched_is_made_again(desk: Desk, suffix: str) -> None:
    desk.build()
    before = files(desk.out)
    (desk.out / f"0/00002{suffix}").unlink()
    with (desk.out / f"1/00005{suffix}").open("a") as stream:
        stream.write("x")
    assert desk.build() == ["00002", "00005"]
    assert files(desk.out) == before


def test_metadata_of_one_document_or_of_all_counts(desk: Desk) -> None:
    desk.build()
    (desk.texts / "0/00004.toml").write_text('title_en = "Truce"\n', encoding="utf-8")
    assert desk.build() == ["00004"]
    assert desk.build(metadata=Metadata(title_en="All")) == ALL
    assert desk.build(metadata=Metadata(title_en="All")) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda e: Entry("capital", e.kind, "العاصمة", "the Capital"),
        lambda e: Entry("capital", e.kind, "العاصمة", "the capital", approved=False),
        lambda e: Entry("capital", e.kind, "العاصمة", "the capital", facts={"wikidata": "Q1"}),
    ],
    ids=["another form", "not approved", "another fact"],
)
def test_an_edit_of_the_glossary_counts(desk: Desk, change: Callable[[Entry], Entry]) -> None:
    from bilingual.document import EntityKind

    entry = Entry("capital", EntityKind.TERM, "العاصمة", "the capital", approved=False)

    def pipeline(e: Entry) -> Pipeline:
        class Aligning(FakeEngine):
            def align(self, texts, chosen):  # type: ignore[no-untyped-def]
                from bilingual.engine.base import Alignment

                return [Alignment((), (), ()) for _ in texts]

        return Pipeline(Aligning(), Glossary([e]))

    desk.build(pipeline(entry))
    assert desk.build(pipeline(entry)) == []
    changed = change(entry)
    assert desk.build(pipeline(changed)) == ([] if changed == entry else ALL)


def test_another_model_counts(desk: Desk) -> None:
    desk.build()
    other = FakeEngine()
    other.name = "fake 2"
    assert desk.build(Pipeline(other)) == ALL


def test_a_memory_counts_only_for_documents_that_use_it(desk: Desk) -> None:
    from bilingual.document import ReviewState
    from bilingual.review import Unit

    desk.build()
    line = article(4).splitlines()[0]
    unit = Unit(line, "As reviewed.", ReviewState.APPROVED, "Reviewer", "2026-01-01", "x", "p1.s1")
    memory = Memory([("x.ar-en.po", unit)])
    assert desk.build(Pipeline(FakeEngine(), memory=memory)) == ["00004"]
    assert b"As reviewed." in (desk.out / "0/00004.tei.xml").read_bytes()
    assert desk.build(Pipeline(FakeEngine(), memory=memory)) == []


def test_folders_of_outputs_do_not_mix_in_one_record(desk: Desk, tmp_path: Path) -> None:
    desk.build()
    desk.out = tmp_path / "elsewhere"
    assert desk.build() == ALL


def test_a_damaged_record_costs_a_build_and_nothing_else(desk: Desk) -> None:
    desk.record = None  # the user's own, which nobody but us has written
    desk.build()
    before = files(desk.out)
    for path in default_path().parent.glob("builds.sqlite3*"):
        path.unlink()
    default_path().write_bytes(b"no database at all" * 100)
    assert desk.build() == ALL
    assert files(desk.out) == before
    assert desk.build() == []


def test_a_file_named_as_record_that_is_none_is_left_alone(tmp_path: Path) -> None:
    texts = archive(tmp_path / "in", 2)
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"Dear reader" * 100)
    with corpus.Record(tmp_path / "out", letter) as record:
        documents = corpus.find_documents([texts])
        for result in corpus.build(
            documents, Pipeline(FakeEngine()), tmp_path / "out", record=record
        ):
            assert result.error is None
    assert [f.code for f in record.findings] == ["F0103"]
    assert letter.read_bytes() == b"Dear reader" * 100


def test_a_record_that_cannot_be_written_is_told_and_work_goes_on(tmp_path: Path) -> None:
    texts = archive(tmp_path / "in", 2)
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    record = corpus.Record(tmp_path / "out", tmp_path / "taken/record.sqlite3")
    results = list(
        corpus.build(
            corpus.find_documents([texts]), Pipeline(FakeEngine()), tmp_path / "out", record=record
        )
    )
    assert [f.code for f in record.findings] == ["F0103"]
    assert all(r.error is None for r in results)


def test_the_output_folder_holds_editions_and_nothing_else(desk: Desk) -> None:
    desk.build()
    assert {Path(name).suffix for name in files(desk.out)} == {".xml", ".html"}


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, {here!r})
from corpus_archives import FakeEngine
from bilingual import corpus
from bilingual.pipeline import Pipeline

texts, out, record = map(Path, sys.argv[1:])
slow = FakeEngine(lambda texts: time.sleep(0.3))
with corpus.Record(out, record) as r:
    for result in corpus.build(
        corpus.find_documents([texts]), Pipeline(slow), out, jobs=2, record=r
    ):
        print(result.document.stem, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_run_goes_on_with_what_is_unfinished_and_leaves_no_half_file(
    tmp_path: Path,
) -> None:
    texts = archive(tmp_path / "in", 600)
    out, record = tmp_path / "out", tmp_path / "record.sqlite3"
    code = KILLED.format(here=str(HERE))
    root = str(HERE.parents[1])
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(texts), str(out), str(record)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert process.stdout is not None
    for _ in range(20):
        assert process.stdout.readline()
    time.sleep(0.05)
    process.kill()
    process.communicate()
    masters = {p.name for p in out.rglob("*.tei.xml") if not p.name.startswith(".")}
    assert 20 <= len(masters) < 600
    # What the moment of the kill may have left, in case this one left nothing.
    (out / "0").mkdir(exist_ok=True)
    (out / "0/.00000.tei.xml.abcd_123").write_bytes(b"<TEI")
    (out / "0/.keep").write_bytes(b"not ours")
    with corpus.Record(out, record) as r:
        results = list(
            corpus.build(
                corpus.find_documents([texts]), Pipeline(FakeEngine()), out, jobs=2, record=r
            )
        )
    assert all(result.error is None for result in results)
    skipped = sum(result.skipped for result in results)
    # The last one may have been written and not yet noted when the run was killed.
    assert len(masters) - 1 <= skipped <= len(masters)
    found = files(out)
    assert found.pop("0/.keep") == b"not ours"
    list(corpus.build(corpus.find_documents([texts]), Pipeline(FakeEngine()), tmp_path / "whole"))
    assert found == files(tmp_path / "whole")


def test_a_running_neighbours_files_are_not_swept_away(desk: Desk) -> None:
    desk.build()
    neighbour = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    half = desk.out / "0/.00000.html.abcdefgh"
    half.write_bytes(b"<html")
    import socket
    import sqlite3

    with sqlite3.connect(desk.record) as connection:
        connection.execute(
            "UPDATE folders SET process = ?", (f"{socket.gethostname()}:{neighbour.pid}",)
        )
    connection.close()
    assert desk.build() == []
    assert half.exists()
    neighbour.communicate(b"\n")
    assert desk.build() == []
    assert not half.exists()
