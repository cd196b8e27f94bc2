"""``bilingual validate`` on editions that differ without being wrong."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tei_editions import plain

from bilingual import cli
from bilingual.tei import write


@pytest.mark.parametrize(
    ("options", "told"), [((), []), (("--warnings",), ["T0501", "T0502"])]
)  # fmt: skip
def test_validate_tells_differences_only_on_request(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    options: tuple[str, ...],
    told: list[str],
) -> None:
    edition = plain("وصل 12 وفدا في 16 آذار 2016.")
    english = replace(edition.translations[0], text="Thirteen came on 17 March 2016 with 9.")
    path = tmp_path / "a.tei.xml"
    write(replace(edition, translations=(english,)), path)
    monkeypatch.setattr(sys, "argv", ["bilingual", "validate", *options, str(path)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert not stopped.value.code
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert [line.split()[1] for line in lines[:-1]] == told
    assert lines[-1] == f"{path}: valid"
