"""Documents as a stream: shared batches, one result each, the same bytes in every case."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from corpus_archives import SHARED_LINE, FakeEngine, archive, article, files

from bilingual import corpus
from bilingual.cache import Cache
from bilingual.corpus import stream
from bilingual.document import Edition
from bilingual.errors import BilingualError
from bilingual.pipeline import Pipeline


def build(folder: Path, out: Path, engine: FakeEngine, **more: object) -> list[corpus.Result]:
    pipeline = Pipeline(engine)
    return list(corpus.build(corpus.find_documents([folder]), pipeline, out, **more))


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_an_archive_gives_the_same_bytes_as_its_documents_one_by_one(
    tmp_path: Path, jobs: int
) -> None:
    folder = archive(tmp_path / "in", 30)
    results = build(folder, tmp_path / "out", FakeEngine(), jobs=jobs)
    assert all(r.error is None for r in results)
    for document in corpus.find_documents([folder]):
        list(corpus.build([document], Pipeline(FakeEngine()), tmp_path / "alone"))
    assert files(tmp_path / "out") == files(tmp_path / "alone")
    assert len(files(tmp_path / "out")) == 60


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_documents(tmp_path: Path, jobs: int) -> None:
    folder = archive(tmp_path / "in", 40)
    results = build(folder, tmp_path / "out", FakeEngine(), jobs=jobs)
    stems = [r.document.stem.as_posix() for r in results]
    assert stems == sorted(stems)
    assert len(stems) == 40


@pytest.mark.parametrize("jobs", [1, 2])
def test_segments_of_many_documents_share_a_call_of_the_engine(tmp_path: Path, jobs: int) -> None:
    folder = archive(tmp_path / "in", 200, lines=3)
    engine = FakeEngine()
    build(folder, tmp_path / "out", engine, jobs=jobs)
    assert len(engine.calls) < 12
    assert max(engine.calls) >= 128


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_repeated_segment_is_decoded_once_in_the_whole_archive(
    tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So few at hand that the repetition is found on the disk only.
    monkeypatch.setattr(stream, "_RECENT", 2)
    monkeypatch.setattr(stream, "_FIRST", 4)
    monkeypatch.setattr(stream, "_MOST", 4)
    folder = archive(tmp_path / "in", 25)
    (folder / "again.txt").write_text(article(0), encoding="utf-8")
    engine = FakeEngine()
    results = build(folder, tmp_path / "out", engine, jobs=jobs)
    assert engine.texts.count(SHARED_LINE) == 1
    assert len(engine.texts) == len(set(engine.texts)) == 25 * 3 + 1
    counts = [r.rendered for r in results]
    assert sum(c.segments for c in counts) == 26 * 4
    assert sum(c.decoded for c in counts) == 25 * 3 + 1
    assert sum(c.repeated for c in counts) == 26 * 4 - (25 * 3 + 1)
    assert sum(c.cached for c in counts) == 0
    assert sum(c.decoded_pieces for c in counts) > 0


def test_what_an_earlier_run_decoded_is_counted_as_cached(tmp_path: Path) -> None:
    folder = archive(tmp_path / "in", 5)
    for out in ("a", "b"):
        engine = FakeEngine()
        with Cache(tmp_path / "mt.sqlite3") as cache:
            pipeline = Pipeline(engine, cache=cache)
            results = list(
                corpus.build(corpus.find_documents([folder]), pipeline, tmp_path / out, jobs=2)
            )
    assert engine.texts == []
    assert sum(r.rendered.cached for r in results) == 5 * 3 + 1
    assert sum(r.rendered.repeated for r in results) == 4
    assert files(tmp_path / "a") == files(tmp_path / "b")


@pytest.mark.parametrize("jobs", [1, 2])
def test_unreadable_documents_are_reported_and_the_rest_is_built(tmp_path: Path, jobs: int) -> None:
    folder = archive(tmp_path / "in", 12)
    (folder / "0/00003x.txt").write_bytes(b"\xff\xfe\xfa\xfb\xfc")
    (folder / "0/00005x.txt").write_bytes(b"")
    (folder / "0/00007x.toml").write_text("nonsense = [", encoding="utf-8")
    (folder / "0/00007x.txt").write_text(article(99), encoding="utf-8")
    results = build(folder, tmp_path / "out", FakeEngine(), jobs=jobs)
    failed = {r.document.stem.name: r.error.code for r in results if r.error is not None}
    assert set(failed) == {"00003x", "00005x", "00007x"}
    assert failed["00005x"] == "S0003"
    assert failed["00007x"].startswith("M")
    assert len(files(tmp_path / "out")) == 24


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_segment_that_the_engine_chokes_on_fails_its_own_document_only(
    tmp_path: Path, jobs: int
) -> None:
    def choke(texts: object) -> None:
        if any("المقال 7." in t for t in texts):  # type: ignore[attr-defined]
            raise RuntimeError("out of luck")

    folder = archive(tmp_path / "in", 20)
    results = build(folder, tmp_path / "out", FakeEngine(choke), jobs=jobs)
    failed = [r for r in results if r.error is not None]
    assert [r.document.stem.name for r in failed] == ["00007"]
    assert failed[0].error is not None
    assert "out of luck" in failed[0].error.message
    assert len(files(tmp_path / "out")) == 38


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_document_that_cannot_be_written_is_reported_and_the_rest_goes_on(
    tmp_path: Path, jobs: int
) -> None:
    def write(edition: Edition, out: Path, stem: Path) -> tuple[Path, ...]:
        if stem.name == "00004":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return corpus.write_edition(edition, out, stem)

    folder = archive(tmp_path / "in", 10)
    results = build(folder, tmp_path / "out", FakeEngine(), jobs=jobs, write=write)
    assert [r.error.code for r in results if r.error is not None] == ["F0002"]
    assert len(files(tmp_path / "out")) == 18


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_ends_the_run_with_one_clear_error(tmp_path: Path, jobs: int) -> None:
    written: list[Path] = []

    def write(edition: Edition, out: Path, stem: Path) -> tuple[Path, ...]:
        if len(written) >= 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(stem)
        return corpus.write_edition(edition, out, stem)

    folder = archive(tmp_path / "in", 60)
    with pytest.raises(BilingualError, match="No space left") as caught:
        build(folder, tmp_path / "out", FakeEngine(), jobs=jobs, write=write)
    assert caught.value.code == "D0005"
    # No more than what was under way is tried after that.
    assert len(files(tmp_path / "out")) == 10


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_output_folder_that_vanishes_is_made_again(tmp_path: Path, jobs: int) -> None:
    import shutil

    folder = archive(tmp_path / "in", 8)
    out = tmp_path / "out"
    for number, result in enumerate(
        corpus.build(corpus.find_documents([folder]), Pipeline(FakeEngine()), out, jobs=jobs)
    ):
        assert result.error is None
        if number == 3:
            shutil.rmtree(out, ignore_errors=True)
    assert all(not name.rpartition("/")[2].startswith(".") for name in files(out))


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_so_many_documents_are_under_way_however_many_there_are(
    tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "_DOCUMENTS", 16)
    archive(tmp_path / "in", 2)
    text = tmp_path / "in/0/00000.txt"
    taken = given = most = 0

    def endless() -> object:
        nonlocal taken, most
        for number in range(2000):
            taken += 1
            most = max(most, taken - given)
            yield corpus.Document(text, Path(f"{number:05}"))

    def nothing(edition: Edition, out: Path, stem: Path) -> tuple[Path, ...]:
        return ()

    for _ in corpus.build(
        endless(),  # type: ignore[arg-type]
        Pipeline(FakeEngine()),
        tmp_path / "out",
        jobs=jobs,
        write=nothing,
    ):
        given += 1
    assert given == 2000
    assert most <= 18


def test_closing_a_run_early_leaves_whole_files_and_no_others(tmp_path: Path) -> None:
    folder = archive(tmp_path / "in", 50)
    whole = tmp_path / "whole"
    build(folder, whole, FakeEngine())
    results = corpus.build(
        corpus.find_documents([folder]), Pipeline(FakeEngine()), tmp_path / "out", jobs=2
    )
    for _ in range(5):
        next(results)
    results.close()
    expected = files(whole)
    assert files(tmp_path / "out").items() <= expected.items()


def test_a_folder_is_walked_in_the_order_of_sorted_paths(tmp_path: Path) -> None:
    for name in ("a.txt", "a/b.txt", "a-b.txt", "a b/x.txt", "ab.txt", "B.txt", "ب.txt", "a/n.po"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found = corpus.find_documents([tmp_path])
    assert [d.path for d in found] == sorted(tmp_path.rglob("*.txt"))
    assert len(found) == 7
    assert [d.path for d in found] == [d.path for d in found]


def test_a_document_given_twice_is_built_once(tmp_path: Path) -> None:
    folder = archive(tmp_path / "in", 3)
    found = corpus.find_documents([folder, folder])
    assert len(found) == len(list(found)) == 3
