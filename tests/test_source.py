"""Reading sources: every encoding gives the same text back, every wrong file one clear line."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.errors import BilingualError
from bilingual.source import decode_source, from_text, read_source

TEXT = 'وصلت القافلة إلى البلدة.\r\nوبدأ التوزيع، بحسب الوزارة؛ وقال المتحدث: "الطرق آمنة".\n'
MESSY = "\u202eوصلت\x00 القافلة\u202c\x07 إلى\u2028البلدة.\x85\ufeff\x1b[0m\r"


def _fails(data: bytes, encoding: str | None = None) -> BilingualError:
    with pytest.raises(BilingualError) as caught:
        decode_source(data, name="article", encoding=encoding, path="in/article.txt")
    assert "\n" not in str(caught.value)
    assert caught.value.where.startswith("in/article.txt")
    return caught.value


@pytest.mark.parametrize(
    ("data", "encoding", "label"),
    [
        (TEXT.encode(), None, "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), None, "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", "utf-8"),
        (TEXT.encode(), "UTF8", "utf-8"),
        (TEXT.encode(), "utf-8-sig", "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None, "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None, "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16", "utf-16"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), None, "utf-32"),
        (TEXT.encode("windows-1256"), "windows-1256", "windows-1256"),
        (TEXT.encode("windows-1256"), "cp1256", "windows-1256"),
        (TEXT.encode("iso-8859-6"), "iso-8859-6", "iso-8859-6"),
    ],
)
def test_each_encoding_gives_the_text_unchanged(
    data: bytes, encoding: str | None, label: str
) -> None:
    source = decode_source(data, name="article", encoding=encoding)
    assert source.text == TEXT
    assert source.encoding == label
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert (source.name, source.path) == ("article", "")


def test_a_file_gives_its_stem_and_path(tmp_path: Path) -> None:
    file = tmp_path / "قافلة.ar.txt"
    file.write_bytes(TEXT.encode())
    source = read_source(file)
    assert (source.text, source.name, source.path) == (TEXT, "قافلة.ar", str(file))


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path if kind == "folder" else tmp_path / "none.txt"
    with pytest.raises(BilingualError) as caught:
        read_source(path)
    assert caught.value.code == "F0001"


def test_controls_and_bidi_overrides_are_kept() -> None:
    assert decode_source(MESSY.encode(), name="a").text == MESSY
    assert from_text(MESSY).text == MESSY
    inner = "اب\ufeffج"
    assert decode_source(codecs.BOM_UTF8 + inner.encode(), name="a").text == inner


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", TEXT)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding", "code", "words"),
    [
        (b"", None, "S0003", "empty"),
        (codecs.BOM_UTF8, None, "S0003", "empty"),
        (codecs.BOM_UTF16_LE, None, "S0003", "empty"),
        (b" \r\n\t", None, "S0004", "white space"),
        ("\u00a0\u200f\ufeff\n".encode(), None, "S0004", "white space"),
        (b"No Arabic here, only 44 words.", None, "S0005", "no Arabic letter"),
        ("Привет, мир".encode(), None, "S0005", "no Arabic letter"),
        ("٤٤ ،؛؟".encode(), None, "S0005", "no Arabic letter"),
        (TEXT.encode().decode("latin-1").encode(), None, "S0005", "Latin-1"),
        (TEXT.encode().decode("cp1256").encode(), None, "S0009", "windows-1256"),
        (bytes(range(256)) * 20, None, "S0006", "binary"),
        (b"\x00" * 500, None, "S0006", "binary"),
        (b"ab\x00\x01\x02\x03" * 50, None, "S0006", "binary"),
        (("ا" + "\x00" * 9).encode() * 50, None, "S0006", "binary"),
        (b"%PDF-1.7\n%\xe2\xe3", None, "S0006", "PDF"),
        (_zip(), None, "S0006", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), None, "S0006", "Word"),
        (b"{\\rtf1\\ansi hello}", None, "S0006", "RTF"),
        (gzip.compress(TEXT.encode()), None, "S0006", "gzip"),
        (TEXT.encode("windows-1256"), None, "S0002", "declare --encoding windows-1256"),
        (TEXT.encode("utf-16-le"), None, "S0002", "declare --encoding utf-16-le"),
        (TEXT.encode("utf-16-be"), None, "S0002", "declare --encoding utf-16-be"),
        (TEXT.encode("windows-1256"), "ascii", "S0002", "declare --encoding windows-1256"),
        (TEXT.encode() + b"\xd8", None, "S0002", "cut off"),
        (TEXT.encode() + b"\xff" + TEXT.encode(), None, "S0002", "0xff"),
        (TEXT.encode() + b"\xed\xa0\x80" + TEXT.encode(), None, "S0002", "0xed"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8" * 2, None, "S0002", "utf-16"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1], None, "S0002", "utf-16"),
        (TEXT.encode(), "no-such", "S0001", "no-such"),
        (TEXT.encode(), "", "S0001", "unknown"),
        (TEXT.encode(), "a\x00b", "S0001", "unknown"),
        (TEXT.encode(), "ترميز", "S0001", "unknown"),
        (TEXT.encode(), "hex", "S0001", "no encoding of text"),
        (TEXT.encode(), "rot13", "S0001", "no encoding of text"),
        (TEXT.encode(), "undefined", "S0001", "no encoding of text"),
        (TEXT.encode(), "windows-1256", "S0008", "UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "windows-1256", "S0008", "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "windows-1256", "S0008", "utf-16"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-8", "S0008", "utf-16"),
        (b"\\ud800 \\u0627", "unicode_escape", "S0007", "U+D800"),
    ],
)
def test_each_wrong_input_is_one_clear_line(
    data: bytes, encoding: str | None, code: str, words: str
) -> None:
    error = _fails(data, encoding)
    assert (error.code, words in error.message) == (code, True), str(error)


def test_undecodable_bytes_are_placed() -> None:
    good = "سطر أول\nسطر ثان ".encode()
    error = _fails(good + b"\xc7\xe1" + b"\xe4 " * 3)
    assert error.where == "in/article.txt:2"
    assert f"offset {len(good):,}" in error.message


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "S0003", "text"),
        ("\n ", "S0004", "text"),
        ("abc", "S0005", "text"),
        ("سطر\nسطر \udc80", "S0007", "text:2"),
    ],
)
def test_a_string_is_held_to_the_same(text: str, code: str, where: str) -> None:
    with pytest.raises(BilingualError) as caught:
        from_text(text)
    assert (caught.value.code, caught.value.where) == (code, where)


def test_a_string_has_the_checksum_of_its_utf8() -> None:
    assert from_text(TEXT).sha256 == decode_source(TEXT.encode(), name="text").sha256


ARABIC = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60).map(
    lambda extra: "وصلت القافلة إلى البلدة. " + extra
)


@given(ARABIC, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_survives_its_encoding(text: str, encoding: str) -> None:
    assert decode_source(text.encode(encoding), name="a").text == text


@given(st.binary(max_size=80))
def test_windows_1256_loses_no_byte(extra: bytes) -> None:
    data = "وصلت القافلة إلى البلدة ".encode("windows-1256") + extra
    text = decode_source(data, name="a", encoding="windows-1256").text
    assert text.encode("windows-1256") == data


@given(
    st.binary(max_size=120) | st.text("ا ب\x00\n\u200f\ufeff", max_size=40).map(str.encode),
    st.sampled_from([None, "utf-8", "utf-16", "utf-16-le", "windows-1256", "utf-7", "punycode"]),
)
def test_any_bytes_give_a_text_or_an_s_code(data: bytes, encoding: str | None) -> None:
    code = "S"
    try:
        text = decode_source(data, name="a", encoding=encoding).text
        assert text
    except BilingualError as error:
        code = error.code
    assert code.startswith("S")
