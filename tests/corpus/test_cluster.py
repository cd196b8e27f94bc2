"""Many machines: real worker processes on this one, and one of them killed."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_archives import FakeEngine, archive, files, work_or_be_killed

from bilingual import corpus
from bilingual.corpus import cluster
from bilingual.corpus.documents import Settings
from bilingual.errors import BilingualError
from bilingual.pipeline import Pipeline

pytest.importorskip("distributed")

HERE = str(Path(__file__).parent)


def quick() -> FakeEngine:
    return FakeEngine()


def slow() -> FakeEngine:
    return FakeEngine(lambda texts: time.sleep(0.2))


def other() -> FakeEngine:
    engine = FakeEngine()
    engine.name = "fake 2"
    return engine


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    from distributed import Client, LocalCluster

    settings = {"distributed.scheduler.allowed-failures": 1}
    import dask

    paths = os.pathsep.join([HERE, str(Path(HERE).parents[1]), os.environ.get("PYTHONPATH", "")])
    with (
        dask.config.set(settings),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("PYTHONPATH", paths)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with (
            LocalCluster(
                n_workers=2,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                local_directory=str(tmp_path_factory.mktemp("dask")),
            ) as local,
            Client(local, set_as_default=False) as client,
        ):
            yield client


def build(client: object, folder: Path, out: Path, engine: object, **more: object) -> object:
    return cluster.build_on_cluster(
        corpus.find_documents([folder]),
        Pipeline(FakeEngine()),
        Settings(out),
        corpus.write_edition,
        client,  # type: ignore[arg-type]
        engine=engine,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def here(folder: Path, out: Path) -> dict[str, bytes]:
    list(corpus.build(corpus.find_documents([folder]), Pipeline(FakeEngine()), out))
    return files(out)


def test_a_cluster_gives_the_same_bytes_as_one_machine(client: object, tmp_path: Path) -> None:
    folder = archive(tmp_path / "in", 90)
    (folder / "0/bad.txt").write_bytes(b"\xff\xff")
    results = list(build(client, folder, tmp_path / "out", quick))  # type: ignore[call-overload]
    assert [r.document.stem for r in results] == [d.stem for d in corpus.find_documents([folder])]
    assert [r.document.stem.name for r in results if r.error is not None] == ["bad"]
    assert sum(r.rendered.segments for r in results) == 90 * 4
    assert all(r.report is not None for r in results if r.error is None)
    assert files(tmp_path / "out") == here(folder, tmp_path / "here")


def test_the_documents_of_a_killed_worker_are_done_by_another(
    client: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_GROUP_DOCUMENTS", 4)
    folder = archive(tmp_path / "in", 60)
    results = build(client, folder, tmp_path / "out", slow)
    done = [next(results)]  # type: ignore[call-overload]
    workers = client.run(os.getpid)  # type: ignore[attr-defined]
    victim = next(iter(workers.values()))
    os.kill(victim, signal.SIGKILL)
    done += results  # type: ignore[operator]
    assert [r.error for r in done] == [None] * 60
    assert files(tmp_path / "out") == here(folder, tmp_path / "here")
    assert victim not in client.run(os.getpid).values()  # type: ignore[attr-defined]


def test_a_document_that_kills_its_workers_fails_alone(
    client: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What Dask says of it is said by the task: to lose worker after worker takes minutes.
    monkeypatch.setattr(cluster, "_work", work_or_be_killed)
    folder = archive(tmp_path / "in", 6)
    results = list(build(client, folder, tmp_path / "out", quick))  # type: ignore[call-overload]
    failed = {r.document.stem.name: r.error.code for r in results if r.error is not None}
    assert failed == {"00003": "D0009"}
    assert len(files(tmp_path / "out")) == 10


def test_a_finished_document_is_not_sent_out_again(client: object, tmp_path: Path) -> None:
    folder = archive(tmp_path / "in", 8)
    out, path = tmp_path / "out", tmp_path / "record.sqlite3"
    with corpus.Record(out, path) as record:
        list(corpus.build(corpus.find_documents([folder]), Pipeline(FakeEngine()), out,
                          record=record))  # fmt: skip
    (out / "1/00005.tei.xml").unlink()
    with corpus.Record(out, path) as record:
        from bilingual.corpus.stream import Resume

        settings = Settings(out)
        resume = Resume(record, Pipeline(FakeEngine()), settings, force=False)
        results = list(build(client, folder, out, quick, resume=resume))  # type: ignore[call-overload]
    assert [r.document.stem.name for r in results if not r.skipped] == ["00005"]


def test_a_worker_with_another_model_is_refused(client: object, tmp_path: Path) -> None:
    folder = archive(tmp_path / "in", 2)
    with pytest.raises(BilingualError, match="fake 2") as caught:
        list(build(client, folder, tmp_path / "out", other))  # type: ignore[call-overload]
    assert caught.value.code == "D0008"


def test_an_address_where_no_scheduler_listens_is_one_clear_error() -> None:
    with pytest.raises(BilingualError) as caught, cluster.connect("tcp://127.0.0.1:9", timeout=1):
        pass
    assert caught.value.code == "D0007"


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(BilingualError, match=r"bilingual\[cluster\]") as caught,
        cluster.connect("tcp://127.0.0.1:9"),
    ):
        pass
    assert caught.value.code == "D0006"
