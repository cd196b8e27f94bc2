"""Metadata from TOML: every key, and one clear line for whatever is wrong."""

from __future__ import annotations

import string
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.document import Metadata
from bilingual.errors import BilingualError
from bilingual.metadata import parse_metadata, read_metadata

FULL = """\
[source]
title = "هدنة في المدينة"
author = "كاتب المقال"
publisher = "الصحيفة"
date = 2018-02-26
url = "https://example.org/a?b=1"
rights = "all rights reserved"

[edition]
title = "A truce in the city"
publisher = "The press"
editor = "An editor"
edition = "second"
date = "2026-01"
licence = "CC BY 4.0"
licence_url = "https://creativecommons.org/licenses/by/4.0/"
identifier = "urn:example:1"
"""
EXPECTED = Metadata(
    title_ar="هدنة في المدينة",
    title_en="A truce in the city",
    author="كاتب المقال",
    source_publisher="الصحيفة",
    source_date="2018-02-26",
    source_url="https://example.org/a?b=1",
    source_rights="all rights reserved",
    publisher="The press",
    editor="An editor",
    edition="second",
    date="2026-01",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    identifier="urn:example:1",
)


def test_tables_fill_every_field(tmp_path: Path) -> None:
    file = tmp_path / "meta.toml"
    file.write_text(FULL, encoding="utf-8")
    assert read_metadata(file) == EXPECTED
    assert all(asdict(EXPECTED).values()), "the sample must fill every field"


def test_field_names_at_the_top_say_the_same() -> None:
    flat = "".join(f'{f.name} = "{getattr(EXPECTED, f.name)}"\n' for f in fields(Metadata))
    assert parse_metadata(flat.encode()) == EXPECTED


def test_empty_file_is_empty_metadata() -> None:
    assert parse_metadata(b"") == Metadata()


@pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b"# note\r\n"])
def test_bom_and_windows_line_ends_are_accepted(prefix: bytes) -> None:
    data = prefix + FULL.replace("\n", "\r\n").encode()
    assert parse_metadata(data) == EXPECTED


@pytest.mark.parametrize(
    ("text", "code", "place", "word"),
    [
        ('[source]\ntitel = "x"', "M0003", ":2", "source.title"),
        ('licens = "x"', "M0003", ":1", "licence"),
        ('[edition]\n\nlicense = "x"', "M0003", ":3", "edition.licence"),
        ('[colour]\nred = "x"', "M0003", ":1", "known are"),
        ('[source.extra]\na = "x"', "M0003", "", "source.extra"),
        ("title_ar = 5", "M0004", ":1", "in quotes"),
        ('title_ar = ["a"]', "M0004", ":1", "in quotes"),
        ("[source]\nauthor = true", "M0004", ":2", "source.author"),
        ("[source]\ndate = 2018", "M0004", ":2", "date = 2018-02-26"),
        ("[source.title]\na = 1", "M0004", ":1", "a table"),
        ('source = "x"', "M0004", ":1", "[source]"),
        ("edition = 5", "M0004", ":1", "in quotes"),
        ('source_date = "26/2/2018"', "M0005", ":1", "ISO 8601"),
        ('source_date = "2018-02-30"', "M0005", ":1", "ISO 8601"),
        ('source_date = "٢٠١٨-٠٢-٢٦"', "M0005", ":1", "ISO 8601"),
        ('source_date = "2018-13"', "M0005", ":1", "ISO 8601"),
        ('date = "20180226"', "M0005", ":1", "ISO 8601"),
        ("[edition]\ndate = 2018-02-26T10:00:00Z", "M0005", ":2", "time of day"),
        ('source_url = "example.org/a"', "M0006", ":1", "https://"),
        ('source_url = "ftp://example.org/a"', "M0006", ":1", "https://"),
        ('source_url = "https://"', "M0006", ":1", "https://"),
        ('source_url = "https://exa mple.org"', "M0006", ":1", "https://"),
        ('source_url = "https://[::1"', "M0006", ":1", "https://"),
        ('[edition]\nlicence_url = "by"', "M0006", ":2", "https://"),
        ('identifier = "number 5"', "M0006", ":1", "urn:"),
        ('title_ar = "a"\n[source]\ntitle = "b"', "M0007", ":3", "title_ar"),
        ('title_ar = "a\\u0000b"', "M0008", ":1", "U+0000"),
        ('title_ar = "a', "M0002", ":1", "not TOML"),
        ("title_ar = a", "M0002", ":1:", "not TOML"),
        ('title_ar = "a"\ntitle_ar = "b"', "M0002", ":2", "overwrite"),
        ("a = " + "[" * 5000, "M0002", "", "not TOML"),
    ],
)
def test_each_mistake_is_one_clear_line(text: str, code: str, place: str, word: str) -> None:
    with pytest.raises(BilingualError) as caught:
        parse_metadata(text.encode(), "meta.toml")
    assert caught.value.code == code
    assert caught.value.where.startswith("meta.toml" + place)
    assert word in caught.value.message
    assert "\n" not in str(caught.value)


def test_other_encodings_are_refused_with_the_byte() -> None:
    with pytest.raises(BilingualError) as caught:
        parse_metadata('a = "x"\ntitle_ar = "هدنة"'.encode("windows-1256"), "meta.toml")
    assert (caught.value.code, caught.value.where) == ("M0001", "meta.toml:2")
    assert "byte 20" in caught.value.message


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(BilingualError) as caught:
        read_metadata(tmp_path / "none.toml")
    assert caught.value.code == "F0001"


@pytest.mark.parametrize("year", ["1999", "1999-12", "1999-12-31"])
def test_a_date_may_be_a_year_or_a_month(year: str) -> None:
    assert parse_metadata(f'source_date = "{year}"'.encode()).source_date == year


@given(st.binary(max_size=200) | st.text(string.printable, max_size=200).map(str.encode))
def test_any_bytes_give_metadata_or_an_m_code(data: bytes) -> None:
    code = "M"
    try:
        parse_metadata(data)
    except BilingualError as error:
        code = error.code
    assert code.startswith("M")
