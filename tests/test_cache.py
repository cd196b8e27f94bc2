"""The cache keeps what it is given, and never stands in the way."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bilingual.cache import Cache, default_path


def key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def codes(cache: Cache) -> list[str]:
    return [finding.code for finding in cache.findings]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sub" / "cache.sqlite3"


def test_values_are_found_after_reopening(path: Path) -> None:
    with Cache(path) as cache:
        cache.put_many({key("a"): b"A", key("b"): b"\x00\xff"})
    with Cache(path) as cache:
        assert cache.get_many([key("a"), key("b"), key("c")]) == {
            key("a"): b"A",
            key("b"): b"\x00\xff",
        }
        assert cache.findings == ()


def test_a_later_value_replaces_an_earlier_one(path: Path) -> None:
    with Cache(path) as cache:
        cache.put_many({key("a"): b"old"})
        cache.put_many({key("a"): b"new"})
        assert cache.get_many([key("a")]) == {key("a"): b"new"}
        assert len(cache) == 1


def test_more_keys_than_sqlite_takes_in_one_query(path: Path) -> None:
    values = {key(str(i)): str(i).encode() for i in range(2345)}
    with Cache(path) as cache:
        cache.put_many(values)
        assert cache.get_many(list(values)) == values


def test_a_damaged_file_is_moved_aside_and_said(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 100)
    with Cache(path) as cache:
        assert codes(cache) == ["F0101"]
        cache.put_many({key("a"): b"A"})
        assert cache.get_many([key("a")]) == {key("a"): b"A"}
    assert path.with_name("cache.sqlite3.damaged-1").read_bytes().startswith(b"this is no")


def test_a_second_damaged_file_does_not_replace_the_first(path: Path) -> None:
    path.parent.mkdir()
    for text in (b"one" * 500, b"two" * 500):
        path.write_bytes(text)
        Cache(path).close()
    assert path.with_name("cache.sqlite3.damaged-1").read_bytes() == b"one" * 500
    assert path.with_name("cache.sqlite3.damaged-2").read_bytes() == b"two" * 500


def test_damage_met_while_reading_leaves_a_working_cache(path: Path) -> None:
    with Cache(path) as cache:
        cache.put_many({key(str(i)): b"x" * 5000 for i in range(200)})
    data = bytearray(path.read_bytes())
    data[4096 * 2 :] = b"\x5a" * (len(data) - 4096 * 2)
    path.write_bytes(bytes(data))
    with Cache(path) as cache:
        assert cache.get_many([key(str(i)) for i in range(200)]) == {}
        assert "F0101" in codes(cache)
        cache.put_many({key("a"): b"A"})
        assert cache.get_many([key("a")]) == {key("a"): b"A"}


def test_another_programs_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE precious (word TEXT)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with Cache(path) as cache:
        assert not cache.enabled
        assert codes(cache) == ["F0102"]
        cache.put_many({key("a"): b"A"})
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_means_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Cache(tmp_path / "file" / "cache.sqlite3") as cache:
        assert not cache.enabled
        assert codes(cache) == ["F0102"]
        cache.put_many({key("a"): b"A"})
        assert cache.get_many([key("a")]) == {}
        assert cache.prune(0) == 0
        assert len(cache) == 0


def test_a_locked_file_is_not_waited_for_without_end(path: Path) -> None:
    Cache(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with Cache(path, timeout=0.05) as cache:
            cache.put_many({key("a"): b"A"})
            assert codes(cache) == ["F0102"]
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def test_pruning_forgets_what_was_not_used_for_longest(path: Path) -> None:
    for name in "abc":
        with Cache(path) as cache:
            cache.put_many({key(name): b"x" * 1000})
            assert cache.get_many([key(name)])
    with Cache(path) as cache:
        assert cache.get_many([key("a")])  # used again: now the newest
    with Cache(path) as cache:
        assert cache.prune(2200) == 1
        assert set(cache.get_many([key(n) for n in "abc"])) == {key("a"), key("c")}
        assert cache.size <= 2200


def test_the_file_stays_within_bounds(path: Path) -> None:
    for round_ in range(5):
        with Cache(path, max_bytes=200_000) as cache:
            cache.put_many({key(f"{round_}-{i}"): b"x" * 1000 for i in range(150)})
    assert path.stat().st_size <= 200_000
    with Cache(path) as cache:
        assert cache.get_many([key(f"4-{i}") for i in range(150)])


def test_threads_share_one_object(path: Path) -> None:
    with Cache(path) as cache:

        def work(n: int) -> None:
            for i in range(20):
                cache.put_many({key(f"{n}-{i}"): str(n).encode()})
                cache.get_many([key(f"{n}-{i}")])

        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(cache) == 80
        assert cache.findings == ()


WORKER = """
import sys
from pathlib import Path
from bilingual.cache import Cache
with Cache(Path(sys.argv[1])) as cache:
    for i in range(60):
        cache.put_many({f"{sys.argv[2]}-{i}": b"v"})
        cache.get_many([f"{sys.argv[2]}-{i}"])
    assert cache.findings == (), cache.findings
"""


def test_two_processes_write_at_once(path: Path) -> None:
    command = [sys.executable, "-c", WORKER, str(path)]
    workers = [subprocess.Popen([*command, name]) for name in ("a", "b")]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    with Cache(path) as cache:
        assert len(cache) == 120


def test_the_default_place_is_the_users_cache_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_path().name == "machine.sqlite3"
    assert "bilingual" in default_path().parts
