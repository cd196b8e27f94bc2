"""The edition as PDF; skipped where typst is not installed."""

from __future__ import annotations

import re
import sys
import zlib
from pathlib import Path

import publish_samples as samples
import pytest

from bilingual.document import Metadata
from bilingual.errors import BilingualError
from bilingual.publish.pdf import pdf

typst = pytest.importorskip("typst", reason="typst is not here")


def inside(path: Path) -> bytes:
    """The file with its streams inflated."""
    raw = path.read_bytes()
    out = [raw]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", raw, re.S):
        try:
            out.append(zlib.decompressobj().decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(out)


def test_the_pages_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        pdf(samples.full(), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_the_arabic_font_is_embedded_and_the_file_is_accessible(tmp_path: Path) -> None:
    pdf(samples.full(), tmp_path / "a.pdf")
    content = inside(tmp_path / "a.pdf")
    assert content.startswith(b"%PDF-")
    assert b"Amiri-Regular" in content
    assert b"pdfuaid" in content  # PDF/UA
    assert b"/StructTreeRoot" in content


def test_the_date_in_the_file_is_that_of_the_edition(tmp_path: Path) -> None:
    pdf(samples.full(), tmp_path / "a.pdf")
    assert b"20260210" in inside(tmp_path / "a.pdf")
    pdf(samples.edition(metadata=Metadata()), tmp_path / "b.pdf")
    assert b"CreationDate" not in inside(tmp_path / "b.pdf")


@pytest.mark.parametrize(
    "text",
    [
        "#panic() *bold* _x_ $x$ `raw` <label> @ref // comment \\ [",
        'quote " and \\ back',
        "\x00\x1b\ud800\ufffe\u202e\u2067",
        "\r\n\u2028\t",
        "漢字 क 🙂",
        "https://example.org/#x",
    ],
)
def test_no_text_is_read_as_markup(tmp_path: Path, text: str) -> None:
    made = samples.edition(
        [("headline", ["عنوان " + text], [text]), ("body", [text], [text])],
        metadata=Metadata(title_en=text, title_ar=text, author=text, date=text),
    )
    pdf(made, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_an_empty_edition_is_set(tmp_path: Path) -> None:
    pdf(samples.edition([], [], Metadata()), tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").is_file()


@pytest.mark.parametrize("date", ["2026-02-30", "2026-04-31", "2026-13-01", "0000-01-01", "soon"])
def test_a_date_that_is_none_is_left_out(tmp_path: Path, date: str) -> None:
    pdf(samples.edition(metadata=Metadata(date=date)), tmp_path / "a.pdf")
    assert b"CreationDate" not in inside(tmp_path / "a.pdf")


def test_without_typst_one_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(BilingualError) as caught:
        pdf(samples.full(), tmp_path / "a.pdf")
    assert caught.value.code == "E0090"
    assert "bilingual[pdf]" in caught.value.message
    assert not (tmp_path / "a.pdf").exists()
