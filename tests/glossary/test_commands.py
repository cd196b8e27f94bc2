"""The verbs of ``bilingual glossary``: what they print, what they write, how they exit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bilingual import cli

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
TRUCE = 'msgctxt "truce"\nmsgid "الهدنة"\nmsgstr "truce"\n'
ENVOY = '\n#, fuzzy\nmsgctxt "envoy"\nmsgid "ستافان دي ميستورا"\nmsgstr "Staffan de Mistura"\n'
TEXT = "رحب ستيفان دي ميستورا بالهدنة. ثم غادر ستافان دي ميستورا.\n"


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
):
    """Run ``bilingual glossary ...`` in a folder with a text and a glossary."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary/terms.po").write_text(HEADER + TRUCE + ENVOY, encoding="utf-8")
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bilingual", "glossary", *arguments])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capsysbinary.readouterr()
        return int(stopped.value.code or 0), out.decode("utf-8"), err.decode("utf-8")

    return call


def test_check_counts_and_hides_notes_until_asked(run) -> None:
    status, out, _ = run("check", "glossary", "--texts", "text.txt")
    assert (status, out) == (0, "1 catalogues, 0 errors, 0 warnings, 0 notes\n")
    Path("text.txt").write_text("لا شيء هنا.\n", encoding="utf-8")
    status, out, _ = run("check", "glossary", "--texts", "text.txt")
    assert (status, out) == (
        0, "1 catalogues, 0 errors, 0 warnings, 2 notes (--notes shows them)\n"
    )  # fmt: skip
    _, out, _ = run("check", "glossary", "--texts", "text.txt", "--notes")
    assert out.startswith("glossary/terms.po:4: note G0215 'الهدنة'")


def test_check_fix_mends_and_then_passes(run) -> None:
    Path("glossary/terms.po").write_text(
        HEADER + TRUCE.replace('truce"\n', 'truce "\n') + ENVOY.replace("fuzzy", "Fuzzy"),
        encoding="utf-8",
    )
    status, out, _ = run("check", "glossary")
    assert status == 1
    assert "warning G0201" in out
    assert "error G0213" in out
    status, out, _ = run("check", "glossary", "--fix")
    assert status == 0
    assert out.startswith("glossary/terms.po: mended\n")
    assert "#, fuzzy" in Path("glossary/terms.po").read_text(encoding="utf-8")


def test_check_json_holds_code_file_and_line(run) -> None:
    Path("glossary/terms.po").write_text(HEADER + TRUCE + TRUCE, encoding="utf-8")
    status, out, _ = run("check", "glossary", "--json")
    payload = json.loads(out)
    assert status == 1
    assert payload["error"] == len(payload["problems"]) == 1
    assert payload["problems"][0]["code"] == "G0004"
    assert payload["problems"][0]["file"] == "glossary/terms.po"
    assert payload["problems"][0]["line"] == 7


def test_scan_prints_counts_unapproved_and_near_misses_and_writes_on_request(run) -> None:
    before = Path("glossary/terms.po").read_text(encoding="utf-8")
    status, out, _ = run("scan", "text.txt")
    assert status == 0
    assert "     1  الهدنة  truce  [truce]\n" in out
    assert "unapproved: ستافان دي ميستورا" in out
    assert "near miss: ستيفان دي ميستورا for ستافان دي ميستورا [envoy], 1 at text:p1.s1" in out
    assert Path("glossary/terms.po").read_text(encoding="utf-8") == before
    _, out, _ = run("scan", "text.txt", "--write")
    assert "glossary/terms.po: occurrences written\n" in out
    after = Path("glossary/terms.po").read_text(encoding="utf-8")
    assert after == HEADER + "#: text:p1.s1\n" + TRUCE + ENVOY.replace(
        "#, fuzzy", "#: text:p1.s2\n#, fuzzy"
    )
    _, out, _ = run("scan", "text.txt", "--write", "--json")
    payload = json.loads(out)
    assert payload["written"] == []
    assert payload["entries"][0]["places"] == ["text:p1.s1"]
    assert payload["near_misses"][0]["surface"] == "ستيفان دي ميستورا"


def test_suggest_adds_fuzzy_entries_to_a_catalogue(run) -> None:
    Path("text.txt").write_text(
        "قال السفير الروسي سيرغي لافروف إن موسكو ترحب بالقرار 1701.\n", encoding="utf-8"
    )
    status, out, _ = run("suggest", "text.txt", "--write", "glossary/new.po")
    assert status == 0
    text = Path("glossary/new.po").read_text(encoding="utf-8")
    assert 'msgctxt "S/RES/1701(2006)"' in text
    assert text.count("#, fuzzy") == text.count("msgctxt") >= 2
    assert f"{text.count('msgctxt')} added to glossary/new.po" in out
    status, out, _ = run("suggest", "text.txt", "--write", "glossary/new.po", "--json")
    assert json.loads(out)["added"] == 0
    assert Path("glossary/new.po").read_text(encoding="utf-8") == text


def test_export_names_what_is_lost_and_import_lays_in_what_is_new(run) -> None:
    status, out, err = run("export", "glossary", "base.csv", "--format", "deepl")
    assert (status, out) == (0, "")
    assert "not in the file: 1 unapproved entries\n" in err
    assert Path("base.csv").read_bytes().decode() == "الهدنة,truce,ar,en\r\n"
    Path("base.csv").write_text("الهدنة,ceasefire\nوفد,delegation\n", encoding="utf-8")
    status, out, _ = run("import", "base.csv", "glossary")
    assert status == 1
    assert "glossary/terms.po:4: G0406 " in out
    assert "2 entries: 1 added, 0 changed, 0 as they were, 1 left to decide\n" in out
    assert Path("glossary/terms.po").read_text(encoding="utf-8") == (
        HEADER + TRUCE + ENVOY
        + '\n#, fuzzy\nmsgctxt "delegation"\nmsgid "وفد"\nmsgstr "delegation"\n'
    )  # fmt: skip


def test_diff_names_entries_and_segments(run) -> None:
    Path("new").mkdir()
    Path("new/terms.po").write_text(
        HEADER + TRUCE.replace('msgstr "truce"', 'msgstr "ceasefire"') + ENVOY, encoding="utf-8"
    )
    status, out, _ = run("diff", "glossary", "new", "--texts", "text.txt")
    assert status == 0
    assert out == (
        "~ الهدنة  truce -> ceasefire  [truce] (english)\n"
        "text:p1.s1: decoded again: الهدنة: truce => الهدنة: ceasefire\n"
        "1 entries differ; 1 segments of 1 texts: 1 decoded again\n"
    )
    _, out, _ = run("diff", "glossary", "new", "--texts", "text.txt", "--json")
    assert json.loads(out)["segments"][0]["segment"] == "p1.s1"


def test_diff_reads_published_editions(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sys, "argv", ["bilingual", "build", "text.txt", "--glossary", "glossary", "--no-cache"]
    )
    with pytest.raises(SystemExit):
        cli.main()
    Path("new").mkdir()
    Path("new/terms.po").write_text(HEADER + TRUCE + ENVOY.replace("#, fuzzy\n", ""), "utf-8")
    status, out, _ = run("diff", "glossary", "new", "--texts", "outputs", "--json")
    (segment,) = json.loads(out[out.index("{") :])["segments"]
    assert (status, segment["text"], segment["segment"]) == (0, "text", "p1.s2")
    assert segment["english"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "absent"), "G0001"),
        (("scan", "absent.txt"), "D0001"),
        (("export", "glossary", "out.docx"), "G0401"),
        (("import", "absent.tbx", "glossary"), "F0001"),
        (("import", "text.txt", "glossary"), "G0403"),
        (("diff", "glossary", "absent"), "G0001"),
    ],
)
def test_errors_are_one_line_with_a_code(run, arguments: tuple[str, ...], code: str) -> None:
    status, _, err = run(*arguments)
    assert status == 2
    assert code in err
    assert err.count("\n") == 1
