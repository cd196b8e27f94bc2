"""The documentation keeps up with the code."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_every_code_in_the_source_is_documented() -> None:
    used = {
        code
        for path in (ROOT / "bilingual").rglob("*.py")
        for code in re.findall(r'"([A-Z]\d{4})"', path.read_text("utf-8"))
    }
    documented: set[str] = set()
    for path in (ROOT / "docs").glob("*.md"):
        text = path.read_text("utf-8")
        documented.update(re.findall(r"\b[A-Z]\d{4}\b", text))
        for family, first, last in re.findall(r"\b([A-Z])(\d{4})–[A-Z](\d{4})\b", text):
            documented.update(f"{family}{n:04}" for n in range(int(first), int(last) + 1))
    assert sorted(used - documented) == []


def test_every_link_of_the_readme_and_the_docs_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
