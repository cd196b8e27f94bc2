"""What goes wrong around a text: odd names, devices, full disks, closed streams, signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bilingual import cli
from bilingual.cache import Cache
from bilingual.corpus import Record, find_documents
from bilingual.errors import BilingualError
from bilingual.files import open_atomic, printable, write_text
from bilingual.source import decode_source, from_text

ROOT = Path(__file__).resolve().parents[1]
TEXT = "قال المبعوث إن القرار 2254 أساس الحل في سوريا.\nورحبت موسكو بالبيان.\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Run:
    """Run in this process, in an empty working folder with empty caches."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("CACHE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    monkeypatch.setattr(cli, "_end_on_signals", lambda: None)  # those of the test runner stay

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bilingual", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capsysbinary.readouterr()
        return int(stopped.value.code or 0), out.decode("utf-8"), err.decode("utf-8")

    return call


def process(*arguments: str | bytes, cwd: Path, shell: str = "", **env: str) -> tuple[int, str]:
    """Run in a process of its own, its streams as ``shell`` redirects them: (status, stderr)."""
    done = subprocess.run(
        ["bash", "-c", f'"$@" {shell}', "-", sys.executable, "-m", "bilingual", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=cwd,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "HOME": str(cwd / "home"),
            "XDG_CACHE_HOME": str(cwd / "cache"),
            **env,
        },
    )
    return done.returncode, done.stderr.decode("utf-8", "surrogateescape")


ODD_NAMES = [
    b"bad\xff\xfename.txt",
    b"two\nlines.txt",
    b"-dash.txt",
    b"with space.txt",
    b"esc\x1b[31m.txt",
    "خبر عاجل.txt".encode(),
    ("ع" * 118 + ".txt").encode(),
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_text_of_any_name_is_built_skipped_and_reported(
    run: Run, tmp_path: Path, name: bytes
) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text(TEXT, encoding="utf-8")
    arguments = ("build", path, "--no-glossary", "--out", "out", "--json", "report.json")
    status, out, err = run(*arguments)
    assert (status, err) == (0, "")
    assert len(out.splitlines()) == 2
    row = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["documents"][0]
    assert [Path(p).is_file() for p in row["outputs"]] == [True, True]
    assert "skipped" in run(*arguments)[1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a\nb", "a\ufffdb"),
        (os.fsdecode(b"a\xffb"), "a\ufffdb"),
        (os.fsdecode("خبر".encode()), "خبر"),
        ("a\ud800b", "a\ufffdb"),
        ("a\x1b[31m\ufffe", "a\ufffd[31m\ufffd"),
        ("a\tb", "a\tb"),
    ],
)
def test_a_name_is_said_in_one_line_that_every_format_holds(name: str, said: str) -> None:
    assert printable(name) == said
    assert decode_source(TEXT.encode(), name=name).name == said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "S0003"),
        (" \n\u00a0\u200f", "S0004"),
        ("no Arabic", "S0005"),
        ("قال" + "\x00\x01" * 9, "S0006"),
        ("قال\ud800", "S0007"),
    ],
)
def test_a_string_that_is_no_arabic_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(BilingualError) as raised:
        from_text(text)
    assert raised.value.code == code
    assert "\n" not in str(raised.value)


def test_a_text_with_controls_and_overrides_is_kept_character_for_character(
    run: Run, tmp_path: Path
) -> None:
    from bilingual import tei

    text = "\u202eقال\x00 المبعوث\u202c إن\x1b[31m \u2066القرار\u2069 2254\ufffe أساس الحل.\r"
    (tmp_path / "odd.txt").write_bytes(text.encode())
    assert run("build", "odd.txt", "--no-glossary", "--out", "out")[0] == 0
    assert tei.source_text(tmp_path / "out/odd.tei.xml") == text
    assert run("validate", "out/odd.tei.xml")[0] == 0


def test_a_device_is_written_to_and_not_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for _ in range(2):
        assert run("build", "a.txt", "--no-glossary", "--json", "/dev/null")[0] == 0
        assert Path("/dev/null").is_char_device()


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_text(pipe, "said")
    assert os.read(reader, 9) == b"said"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    write_text(link, "one")  # it leads nowhere yet
    write_text(link, "two")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "two"


def test_nothing_is_left_of_a_file_whose_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(TypeError), open_atomic(path) as stream:
        stream.writelines((b"new", "no bytes"))  # type: ignore[list-item]
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("option", ["--json", "--cache", "--record"])
def test_an_input_is_never_written_over(run: Run, tmp_path: Path, option: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    status, _, err = run("build", path, "--no-glossary", option, "./a.txt")
    assert status == 2
    assert "would write over the input" in err
    assert path.read_text(encoding="utf-8") == TEXT


def test_a_letter_named_as_record_is_left_as_it_is(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"Dear reader, " * 50)
    with Record(tmp_path / "out", letter) as record:
        assert [f.code for f in record.findings] == ["F0103"]
    assert letter.read_bytes() == b"Dear reader, " * 50


def test_a_device_named_as_cache_stays_where_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    keep = os.open(pipe, os.O_RDWR)  # so that nobody waits for a reader
    with Cache(pipe, timeout=0.1) as cache:
        assert not cache.enabled
    os.close(keep)
    assert pipe.is_fifo()


def test_links_that_lead_nowhere_or_in_a_circle_fail_alone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "self").symlink_to(folder)
    assert len(find_documents([folder])) == 3
    status, out, err = run("build", folder, "--no-glossary", "--out", "out")
    assert status == 2
    assert "1 edition, 2 failed" in out
    assert err.count("F0001") == 2
    assert (tmp_path / "out/good.tei.xml").is_file()


@pytest.mark.parametrize(
    "arguments",
    [("build", ""), ("build", "a.txt", "--model", ""), ("publish", "--to", "html")],
)
def test_an_empty_name_is_one_clear_line(run: Run, tmp_path: Path, arguments: tuple[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    status, _, err = run(*arguments)
    assert status == 2
    assert "Traceback" not in err
    assert "X0001" not in err


def test_nothing_is_said_of_checks_where_nothing_was_built(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    status, out, _ = run("build", "a.txt", "--no-glossary")
    assert status == 2
    assert "0 editions, 1 failed in" in out
    assert "passed" not in out


HALF = '\n#, fuzzy\nmsgctxt "p1.s1"\nmsgid "قال\n'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "R0103"),
        (b"nonsense\n", "R0101"),
        (HALF.encode(), "R0101"),
        ('msgid ""\nmsgstr ""\n'.encode("utf-16"), "R0102"),
        (HALF.encode("windows-1256"), "R0102"),
        (b"<<<<<<< HEAD\n", "R0101"),
    ],
)
def test_a_review_that_cannot_be_trusted_is_refused_and_kept(
    run: Run, tmp_path: Path, data: bytes, code: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "outputs").mkdir()
    catalogue = tmp_path / "outputs/a.ar-en.po"
    catalogue.write_bytes(data)
    for arguments in (("build", "a.txt", "--no-glossary"), ("review", "export", "a.txt")):
        status, _, err = run(*arguments)
        assert status == 2
        assert code in err
        assert "X0001" not in err
    assert run("review", "status")[:2] == (2, "")
    assert catalogue.read_bytes() == data


needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@needs_full
def test_a_full_disk_is_one_clear_line_and_the_editions_stay(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    status, _, err = run("build", "a.txt", "--no-glossary", "--json", "/dev/full")
    assert status == 2
    assert "F0002 cannot write: No space left on device" in err
    assert Path("/dev/full").is_char_device()
    assert (tmp_path / "outputs/a.tei.xml").is_file()


@pytest.mark.parametrize(
    ("shell", "env", "status", "said"),
    [
        pytest.param("> /dev/full", {}, 2, "standard output: F0002", marks=needs_full),
        ("| head -c 1", {}, 0, ""),
        (">&- <&-", {}, 0, ""),
        ("", {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, 0, ""),
        ("", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, 0, ""),
    ],
)
def test_streams_that_are_full_closed_or_narrow(
    tmp_path: Path, shell: str, env: dict[str, str], status: int, said: str
) -> None:
    (tmp_path / "خبر.txt").write_text(TEXT * 500, encoding="utf-8")
    shell = f"{shell}; exit ${{PIPESTATUS[0]}}"
    got, err = process("segment", "خبر.txt", cwd=tmp_path, shell=shell, **env)
    assert got == status
    assert said in err
    assert len(err.splitlines()) == bool(said)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_command_with_one_line(tmp_path: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import bilingual.cli as c; print(flush=True); c.main()",
            *["build", "-", "--no-glossary", "--out", "out"],
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "cache")},
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(0.7)  # it waits for standard input by now, or is on the way there
        running.send_signal(number)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    # On a terminal the line begins after the ^C that the terminal has put there.
    assert err.decode().strip().startswith("bilingual: interrupted")
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
