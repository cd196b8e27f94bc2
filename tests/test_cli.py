"""The contract of the command line: names, exit status, one clear line for every error."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bilingual import cli, tei

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "docs/samples/syria-2254.txt"
GLOSSARY = ROOT / "glossary"
SHORT = "قال المبعوث إن القرار 2254 أساس الحل في سوريا.\nورحبت موسكو بالبيان.\n"


def bilingual(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bilingual", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
):
    """Run in this process, in an empty working folder: (status, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bilingual", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capsysbinary.readouterr()
        code = stopped.value.code
        return int(code or 0), out.decode("utf-8"), err.decode("utf-8")

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(SHORT, encoding="utf-8")
    return path


def test_build_writes_a_valid_tei_edition_and_a_page(run, article: Path, tmp_path: Path) -> None:
    status, out, _ = run("build", article, "--glossary", GLOSSARY, "--out", "made", "--no-cache")
    assert status == 0
    edition, page = tmp_path / "made/article.tei.xml", tmp_path / "made/article.html"
    assert edition.is_file()
    assert page.is_file()
    assert tei.validate(edition) == []
    assert tei.source_text(edition) == SHORT
    assert "article: 2 segments" in out


def test_build_twice_gives_the_same_bytes(run, article: Path, tmp_path: Path) -> None:
    for out in ("a", "b"):
        assert run("build", article, "--glossary", GLOSSARY, "--out", out, "--no-cache")[0] == 0
    for name in ("article.tei.xml", "article.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_build_takes_the_glossary_of_the_working_folder(run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "glossary").symlink_to(GLOSSARY)
    run("build", article, "--no-cache", "--json", "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["total"]["mentions"] > 0
    run("build", article, "--no-cache", "--no-glossary", "--json", "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["total"]["mentions"] == 0


def test_build_reads_standard_input(tmp_path: Path) -> None:
    done = bilingual("build", "-", "--no-cache", stdin=SHORT.encode("utf-8"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert tei.source_text(tmp_path / "outputs/stdin.tei.xml") == SHORT


def test_build_takes_a_folder_and_keeps_its_shape(run, tmp_path: Path) -> None:
    for name in ("in/a.txt", "in/2018/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SHORT, encoding="utf-8")
    status, _, _ = run("build", "in", "--no-cache", "--json", "-")
    assert status == 0
    assert (tmp_path / "outputs/a.tei.xml").is_file()
    assert (tmp_path / "outputs/2018/a.tei.xml").is_file()


def test_a_document_that_fails_is_reported_and_the_rest_is_built(run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/bad.txt").write_bytes(b"\xff\xfe\xfa\xfb\xfc")
    (tmp_path / "in/good.txt").write_text(SHORT, encoding="utf-8")
    status, _, err = run("build", "in", "--no-cache", "--json", "r.json")
    assert status == 2
    assert "bad.txt" in err
    assert (tmp_path / "outputs/good.tei.xml").is_file()
    assert not (tmp_path / "outputs/bad.tei.xml").exists()
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["failed"] == 1


def test_json_report_counts_what_was_decoded(run, article: Path, tmp_path: Path) -> None:
    run("build", article, "--cache", "mt.sqlite", "--json", "one.json")
    run("build", article, "--cache", "mt.sqlite", "--force", "--json", "two.json")
    one, two = (json.loads((tmp_path / n).read_text("utf-8")) for n in ("one.json", "two.json"))
    assert one["decoded_segments"] == 2
    assert two["decoded_segments"] == 0
    assert two["cached_segments"] == 2


def test_windows_1256_is_read_when_declared(run, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(SHORT.encode("windows-1256"))
    status, _, err = run("build", path, "--no-cache")
    assert status == 2
    assert "encoding" in err
    assert run("build", path, "--no-cache", "--encoding", "windows-1256")[0] == 0
    assert tei.source_text(tmp_path / "outputs/old.tei.xml") == SHORT


@pytest.mark.parametrize(
    "data",
    [b"", b" \n\t\n", b"Only English here.\n", b"\x00\x01\x02\xff\xfe\x80", b"\xd9\xff\xd8"],
    ids=["empty", "blank", "not Arabic", "binary", "broken UTF-8"],
)
def test_a_hopeless_input_gets_one_clear_line(run, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    status, out, err = run("build", path, "--no-cache")
    assert status == 2
    errors = [line for line in err.splitlines() if line.startswith("bilingual: ")]
    assert len(errors) == 1
    assert "x.txt" in errors[0]
    assert "Traceback" not in out + err
    assert not list((tmp_path / "outputs").glob("*")) if (tmp_path / "outputs").exists() else True


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "absent.txt"),
        ("segment", "absent.txt"),
        ("mentions", "absent.txt", "--glossary", GLOSSARY),
        ("mentions", SAMPLE, "--glossary", "absent"),
        ("validate", "absent.xml"),
        ("build", SAMPLE, "--model", "absent.argosmodel"),
        ("build", SAMPLE, "--meta", "absent.toml"),
        ("glossary", "check", "absent"),
        ("model", "info", "absent"),
        ("nonsense",),
        ("build",),
    ],
    ids=str,
)
def test_usage_errors_exit_2_without_a_traceback(run, arguments: tuple[str | Path, ...]) -> None:
    status, out, err = run(*arguments)
    assert status == 2
    assert err.strip()
    assert "Traceback" not in out + err


def test_an_output_folder_that_cannot_be_made_is_one_clear_line(
    run, article: Path, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    status, _, err = run("build", article, "--out", "taken/below", "--no-cache")
    assert status == 2
    assert "F0002" in err


def test_two_documents_for_one_place_are_refused_before_work_begins(run, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(SHORT, encoding="utf-8")
    status, _, err = run("build", "a/x.txt", "b/x.txt", "--no-cache")
    assert status == 2
    assert "D0002" in err
    assert not (tmp_path / "outputs").exists()


def test_segment_prints_one_object_a_line_with_offsets_into_the_file(run, article: Path) -> None:
    status, out, _ = run("segment", article, "--json")
    assert status == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert [set(r) for r in rows] == [{"id", "start", "end", "kind", "text"}] * 2
    assert all(SHORT[r["start"] : r["end"]] == r["text"] for r in rows)


def test_mentions_prints_one_object_a_line(run, article: Path) -> None:
    status, out, _ = run("mentions", article, "--glossary", GLOSSARY, "--json")
    assert status == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert all(SHORT[r["start"] : r["end"]] == r["surface"] for r in rows)
    keys = {r["key"] for r in rows}
    assert "S/RES/2254(2015)" in keys
    fields = {"start", "end", "surface", "key", "kind", "target", "approved"}
    assert all(set(r) == fields for r in rows)


def test_translate_gives_a_line_for_every_line() -> None:
    lines = ["قال الوزير إن الهدنة صامدة.", "", "  ", "2254", "ورحبت موسكو.\r", "abc", "…"]
    done = bilingual("translate", stdin="\n".join(lines).encode("utf-8"))
    assert done.returncode == 0, done.stderr
    out = done.stdout.decode("utf-8")
    assert out.count("\n") == len(lines)
    english = out.split("\n")
    assert english[1] == english[2] == ""
    assert english[3] == "2254"
    assert english[0]


def test_translate_reports_bad_bytes_with_their_line() -> None:
    done = bilingual("translate", stdin="قال\n".encode() + b"\xff\n")
    assert done.returncode == 2
    assert b"-:2: S0002" in done.stderr


def test_translate_with_a_glossary_brings_the_controlled_form() -> None:
    line = "اعتمد مجلس الأمن القرار 2254.\n".encode()
    done = bilingual("translate", "--glossary", GLOSSARY, stdin=line)
    assert b"2254 (2015)" in done.stdout or b"resolution 2254" in done.stdout.lower()


def test_validate_exits_1_and_names_file_line_and_code(run, tmp_path: Path) -> None:
    path = tmp_path / "broken.xml"
    path.write_text('<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"/>\n', "utf-8")
    status, out, _ = run("validate", path)
    assert status == 1
    first = out.splitlines()[0]
    assert first.startswith(f"{path}:2: T")


def test_report_counts_terms_checks_and_review(run, article: Path) -> None:
    run("build", article, "--glossary", GLOSSARY, "--no-cache")
    status, out, _ = run("report", "--json")
    assert status == 0
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert row["edition"] == "outputs/article.tei.xml"
    assert row["review"] == {"mt": 2, "post-edited": 0, "approved": 0}
    assert row["mentions"] == sum(row["outcomes"].values()) > 0
    status, out, _ = run("report")
    assert status == 0
    assert "outputs/article" in out
    assert "0 of 2" in out
    assert run("report", "absent.tei.xml")[0] == 2


def test_model_info_shows_the_card_of_the_starter(run) -> None:
    status, out, _ = run("model", "info")
    assert status == 0
    assert "translate-ar_en" in out
    assert "starter" in out


def test_model_list_names_the_starter(run) -> None:
    status, out, _ = run("model", "list")
    assert status == 0
    assert "translate-ar_en" in out


def test_glossary_check_passes_the_shipped_catalogues(run) -> None:
    status, out, err = run("glossary", "check", GLOSSARY)
    assert status == 0, out + err


def test_glossary_check_names_file_and_line(run, tmp_path: Path) -> None:
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "people.po").write_text('msgid ""\nmsgstr ""\n\nmsgctxt "x"\nmsgid "ا\n', "utf-8")
    status, out, err = run("glossary", "check", folder)
    assert status in (1, 2)
    assert "people.po:5" in out + err


def test_help_imports_no_engine_and_no_heavy_library() -> None:
    code = (
        "import sys; sys.argv=['bilingual','--help']\n"
        "import bilingual.cli\n"
        "try: bilingual.cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'torch','stanza','spacy','ctranslate2','sentencepiece','lxml','polib','rich'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_the_main_job_imports_neither_torch_nor_stanza_nor_spacy(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, bilingual\n"
        f"g = bilingual.Glossary.load(pathlib.Path({str(GLOSSARY)!r}))\n"
        f"e = bilingual.translate({SHORT!r}, glossary=g)\n"
        f"out = pathlib.Path({str(tmp_path)!r})\n"
        "bilingual.tei.write(e, out / 'x.tei.xml'); bilingual.publish.html(e, out / 'x.html')\n"
        "assert not {'torch','stanza','spacy'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_an_interrupted_build_leaves_no_half_written_file(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(400):
        (folder / f"{i:03}.txt").write_text(f"{SHORT}رقم المقال {i}.\n" * 3, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "bilingual", "build", "in", "--no-cache"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    out = tmp_path / "outputs"
    for _ in range(600):
        if process.poll() is not None or list(out.glob("*.tei.xml")):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (130, 0)
    assert b"Traceback" not in err
    assert not list(out.glob(".*"))
    for path in out.glob("*.tei.xml"):
        assert tei.source_text(path)
