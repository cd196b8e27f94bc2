"""`build` on many documents: jobs, resuming, interruption, the report of what was not done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINES = ("قال الوزير إن الهدنة صامدة.", "ورحبت موسكو بالقرار.")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "2018").mkdir(parents=True)
    for number in range(4):
        text = f"{LINES[number % 2]}\nهذا هو المقال {number}.\n"
        (folder / f"2018/{number}.txt").write_text(text, encoding="utf-8")
    return folder


def command(tmp_path: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "bilingual", "build", "in", "--no-glossary", *arguments]


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(tmp_path, *arguments),
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_two_jobs_give_the_bytes_of_one(texts: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        done = run(tmp_path, "--out", f"out{jobs}", "--jobs", jobs, "--no-cache")
        assert done.returncode == 0, done.stderr
    assert files(tmp_path / "out1") == files(tmp_path / "out2")
    assert len(files(tmp_path / "out1")) == 8


def test_a_second_build_says_what_it_skipped_and_reports_it_all_the_same(
    texts: Path, tmp_path: Path
) -> None:
    assert run(tmp_path, "--json", "one.json").returncode == 0
    (texts / "2018/2.txt").write_text(LINES[0], encoding="utf-8")
    done = run(tmp_path, "--json", "two.json")
    assert done.returncode == 0
    assert "1 edition, 3 unchanged and skipped" in done.stdout
    one, two = (json.loads((tmp_path / f"{n}.json").read_text("utf-8")) for n in ("one", "two"))
    assert two["skipped"] == 3
    assert [row.pop("skipped", False) for row in two["documents"]] == [True, True, False, True]
    assert two["documents"][0] == one["documents"][0]
    assert one["decoded_segments"] == 6
    assert one["repeated_segments"] == 2
    assert two["decoded_segments"] == 0
    assert two["cached_segments"] == 1
    assert {"bilingual", "signature", "total", "failed", "seconds", "decoded_pieces"} <= set(two)


def test_strict_judges_skipped_documents_too(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "g").mkdir()
    (tmp_path / "g/terms.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "truce"\nmsgid "الهدنة"\nmsgstr "Xyzzy Plugh"\n',
        encoding="utf-8",
    )
    arguments = [a for a in command(tmp_path, "--strict") if a != "--no-glossary"]
    statuses = []
    for _ in range(2):
        done = subprocess.run(
            [*arguments, "--glossary", "g", "--json", "r.json"],
            cwd=tmp_path,
            env=environment(tmp_path),
            capture_output=True,
            check=False,
        )
        report = json.loads((tmp_path / "r.json").read_text("utf-8"))
        failed = report["total"]["errors"] + report["total"]["outcomes"]["missed"]
        statuses.append((done.returncode, failed))
    assert statuses[0] == statuses[1]
    assert statuses[0][0] == (1 if statuses[0][1] else 0)
    assert report["skipped"] == 4


def test_a_report_on_standard_output_is_one_json_value(texts: Path, tmp_path: Path) -> None:
    (texts / "bad.txt").write_bytes(b"\xff\xff")
    done = run(tmp_path, "--json", "-")
    assert done.returncode == 2
    value = json.loads(done.stdout)
    assert [row["document"] for row in value["documents"]] == [
        "2018/0", "2018/1", "2018/2", "2018/3", "bad",
    ]  # fmt: skip
    assert value["failed"] == 1
    assert "error" in value["documents"][-1]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no POSIX signals on this system")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_a_broken_off_build_goes_on_where_it_stood(tmp_path: Path, how: signal.Signals) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(400):
        text = f"{LINES[0]}\nرقم المقال {number}.\nوانتهى المقال {number}.\n"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        command(tmp_path, "--no-cache", "--jobs", "2"),
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out = tmp_path / "outputs"
    for _ in range(1200):
        if process.poll() is not None or len(list(out.glob("*.tei.xml"))) >= 3:
            break
        time.sleep(0.02)
    process.send_signal(how)
    _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
    if how is signal.SIGINT and process.returncode:
        assert process.returncode == 130
        assert b"interrupted" in err
        assert not list(out.glob(".*"))
    masters = len([p for p in out.glob("*.tei.xml") if not p.name.startswith(".")])
    # Few enough are left that the second run is short.
    for path in sorted(folder.iterdir())[masters + 20 :]:
        path.unlink()
    done = run(tmp_path, "--no-cache", "--json", "r.json")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert masters - 1 <= report["skipped"] <= masters
    assert not list(out.glob(".*"))
    # A page without its master may be left of the document that was being written.
    assert len(list(out.glob("*.tei.xml"))) == masters + 20


def test_help_names_the_cluster(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bilingual", "build", "--help"], capture_output=True, check=True
    )
    assert b"--cluster" in done.stdout
    assert b"--jobs" in done.stdout


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "127.0.0.1", "tcp://127.0.0.1:99999"])
def test_a_cluster_that_does_not_answer_is_one_clear_line(
    texts: Path, tmp_path: Path, address: str
) -> None:
    pytest.importorskip("distributed")
    done = run(tmp_path, "--cluster", address)
    assert done.returncode == 2
    assert "D0007" in done.stderr
    assert "Traceback" not in done.stderr
