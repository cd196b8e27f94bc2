"""The loop as users play it: `build`, `review export`, an editor, `build` again, counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from review_editions import edit, message_of

from bilingual import tei
from bilingual.cli import cli
from bilingual.po import parse

ARTICLE = (
    "وصل ستيفان دي مستورا إلى جنيف يوم الأحد. وقال إن الهدنة صامدة.\n"
    "سيجتمع مجلس الأمن الدولي غدا. وسيناقش القرار 2254. وينتهي الاجتماع مساء.\n"
)
PEOPLE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "de-mistura"
msgid "ستيفان دي مستورا"
msgstr "Staffan de Mistura"

msgctxt "geneva"
msgid "جنيف"
msgstr "Geneva"
"""


class Desk:
    """A folder with one article, a glossary and a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.text = folder / "article.txt"
        self.po = folder / "out" / "article.ar-en.po"
        self.people = folder / "glossary" / "people.po"
        self.people.parent.mkdir()
        self.people.write_text(PEOPLE, encoding="utf-8")
        self.text.write_text(ARTICLE, encoding="utf-8")

    def run(self, *arguments: str) -> str:
        done = CliRunner().invoke(cli, arguments, standalone_mode=False)
        if done.exception is not None:
            raise done.exception
        assert done.return_value in (0, None), done.output
        return done.output

    def places(self) -> list[str]:
        return ["--glossary", str(self.people.parent), "--out", str(self.folder / "out")]

    def build(self) -> int:
        """Builds; gives the number of decoded segments."""
        report = self.folder / "report.json"
        cache = ["--cache", str(self.folder / "cache.sqlite3")]
        self.run("build", str(self.text), *self.places(), *cache, "--json", str(report))
        return int(json.loads(report.read_text())["decoded_segments"])

    def export(self) -> bytes:
        self.run("review", "export", str(self.text), *self.places())
        return self.po.read_bytes()

    def edition(self) -> str:
        path = self.folder / "out" / "article.tei.xml"
        assert tei.validate(path) == []
        return path.read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Desk(tmp_path)


def test_the_loop_decodes_only_what_is_new(desk: Desk) -> None:
    assert desk.build() == 5
    first = desk.edition()
    assert desk.build() == 0
    assert desk.edition() == first

    data = desk.export()
    assert data == desk.export()
    data = edit(
        data, "p1.s2", "He said the truce was holding.",
        Last_Translator="R. Reader <r@example.org>", PO_Revision_Date="2026-03-04 10:20+0000",
    )  # fmt: skip
    data = edit(data, "p1.s1")
    data = edit(data, "p2.s1", "The Council meets tomorrow and will discuss resolution 2254.")
    data = edit(data, "p2.s2", "[merge]")
    desk.po.write_bytes(edit(data, "p2.s3", "It ends in the evening.\nNobody knows when."))
    assert desk.build() == 0
    text = desk.edition()
    assert "He said the truce was holding." in text
    assert "R. Reader" in text
    assert desk.export() == desk.export()

    # One entry of the glossary changes: no reviewed word does, and nothing is decoded again.
    desk.people.write_text(PEOPLE.replace('"Geneva"', '"Genève"'), encoding="utf-8")
    assert desk.build() == 0

    # The article changes: only the new sentence and the changed one are decoded.
    desk.text.write_text(
        "فقرة جديدة في البداية.\n" + ARTICLE.replace("صامدة", "صامدة جدا"), encoding="utf-8"
    )
    assert desk.build() == 2
    message = message_of(desk.export(), "p2.s2")
    assert (message.msgstr, message.fuzzy) == ("He said the truce was holding.", True)
    assert message.previous_msgid == "وقال إن الهدنة صامدة."
    assert "He said the truce was holding." not in desk.edition()
    desk.po.write_bytes(edit(desk.po.read_bytes(), "p2.s2", "He said the truce holds well."))
    assert desk.build() == 0
    assert "He said the truce holds well." in desk.edition()


def test_a_glossary_entry_decodes_only_the_segments_it_touches(desk: Desk) -> None:
    assert desk.build() == 5
    desk.people.write_text(PEOPLE.replace('"Geneva"', '"Genève"'), encoding="utf-8")
    assert desk.build() == 1
    assert desk.build() == 0


def test_another_article_reuses_what_was_reviewed(desk: Desk) -> None:
    desk.build()
    data = edit(desk.export(), "p1.s2", "He said the truce was holding.", Last_Translator="R")
    desk.po.write_bytes(data)
    desk.text = desk.folder / "second.txt"
    desk.text.write_text("وقال إن الهدنة صامدة.\nوقال إن الهدنة صامدة اليوم.\n", encoding="utf-8")
    assert desk.build() == 1
    path = desk.folder / "out" / "second.tei.xml"
    assert tei.validate(path) == []
    assert "He said the truce was holding." in path.read_text(encoding="utf-8")
    desk.po = desk.folder / "out" / "second.ar-en.po"
    data = desk.export()
    assert not message_of(data, "p1.s1").fuzzy
    assert "reused: He said the truce was holding." in message_of(data, "p1.s1").extracted
    # Set back by a person, the words are the machine's again, whatever the memory holds.
    desk.po.write_bytes(edit(data, "p1.s1", fuzzy=True))
    assert desk.build() == 0  # the first article had the machine's in the cache
    assert "He said the truce was holding." not in path.read_text(encoding="utf-8")
    assert any(
        line.startswith("memory: ") and "He said the truce was holding." in line
        for line in message_of(data, "p2.s1").extracted
    )


def test_a_broken_catalogue_stops_its_article_and_is_left_as_it_is(desk: Desk) -> None:
    desk.build()
    desk.export()
    broken = desk.po.read_bytes()[:-20]
    desk.po.write_bytes(broken)
    for command in (["build", str(desk.text)], ["review", "export", str(desk.text)]):
        done = CliRunner().invoke(cli, [*command, *desk.places()], standalone_mode=False)
        said = f"{done.output}{done.exception or ''}"
        assert "R0101" in said
        assert "article.ar-en.po:" in said
        assert done.return_value not in (0, None) or done.exception is not None
    assert desk.po.read_bytes() == broken
    assert len(parse(broken + b'"\n').messages) > 1
