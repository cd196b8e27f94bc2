"""Lint: every rule speaks where it should and nowhere else; --fix touches only what it mends."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual.document import Severity
from bilingual.glossary import Glossary
from bilingual.glossary.folder import read_files
from bilingual.glossary.lint import fix_folder, lint_folder
from bilingual.glossary.scan import ScannedText
from bilingual.segmentation import segment

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def entry(key: str, arabic: str, english: str, *lines: str) -> str:
    head = "".join(f"{line}\n" for line in lines)
    return f'{head}msgctxt "{key}"\nmsgid "{arabic}"\nmsgstr "{english}"\n\n'


@pytest.fixture
def folder(tmp_path: Path):
    def write(*entries: str, name: str = "terms.po") -> Path:
        place = tmp_path / "glossary"
        place.mkdir(exist_ok=True)
        (place / name).write_text(HEADER + "".join(entries), encoding="utf-8")
        return place

    return write


def codes(place: Path, least: Severity = Severity.NOTE) -> list[str]:
    order = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    problems = lint_folder(place)
    return [p.code for p in problems if order.index(p.severity) >= order.index(least)]


CLEAN = (
    entry("truce", "هدنة", "truce", "#. also: pause", "# A translator's note."),
    entry("unsc", "مجلس الأمن", "Security Council", "#. wikidata: Q37470"),
)

CASES = {
    "G0201 blank at the end": (entry("a", "هدنة", "truce "), "G0201"),
    "G0201 two blanks inside": (entry("a", "هدنة", "humanitarian  truce"), "G0201"),
    "G0201 no-break space": (entry("a", "هدنة", "humanitarian\u00a0truce"), "G0201"),
    "G0201 an item twice": (entry("a", "هدنة", "truce", "#. also: pause | lull | pause"), "G0201"),
    "G0202 mark of direction": (entry("a", "هدنة", "truce\u200f"), "G0202"),
    "G0202 in the Arabic": (entry("a", "هد\u200cنة", "truce"), "G0202"),
    "G0202 in also": (entry("a", "هدنة", "truce", "#. also: pau\u202ase"), "G0202"),
    "G0203 quotation": (entry("a", "هدنة", "the “truce"), "G0203"),
    "G0203 straight quotation": (entry("a", "هدنة", 'the \\"truce'), "G0203"),
    "G0203 bracket closed only": (entry("a", "هدنة", "truce)"), "G0203"),
    "G0204 folds alike": (
        entry("a", "الأزمة", "the crisis") + entry("a", "الازمة", "a crisis"),
        "G0204",
    ),
    "G0205 wanted and forbidden": (
        entry("a", "هدنة", "truce", "#. also: pause", "#. forbidden: Pause"),
        "G0205",
    ),
    "G0206 spelled alike": (
        entry("a", "الأزمة", "crisis") + entry("a", "الازمة", "crisis"),
        "G0206",
    ),
    "G0207 exact with marks": (entry("a", "هُدنة", "truce", "#. match: exact"), "G0207"),
    "G0207 blocked": (
        entry("a", "القاعدة", "al-Qaeda") + entry("b", "القاعدة", "", "#. match: block"),
        "G0207",
    ),
    "G0211 inside another": (
        entry("a", "الأمن", "security") + entry("b", "مجلس الأمن", "the Council"),
        "G0211",
    ),
    "G0212 year": (entry("S/RES/2254(2014)", "القرار 2254", "resolution 2254 (2014)"), "G0212"),
    "G0212 number of the Arabic": (
        entry("S/RES/2254(2015)", "القرار 2245", "resolution 2254 (2015)"),
        "G0212",
    ),
    "G0212 number of the English": (
        entry("S/RES/2254(2015)", "القرار 2254", "resolution 2245 (2015)"),
        "G0212",
    ),
    "G0212 year of the English": (
        entry("S/RES/2254(2015)", "القرار 2254", "resolution 2254 (2016)"),
        "G0212",
    ),
    "G0212 date": (
        entry("S/RES/2254(2015)", "القرار 2254", "resolution 2254 (2015)", "#. date: 2016-12-18"),
        "G0212",
    ),
    "G0212 no such number": (
        entry("S/RES/99999(2015)", "القرار 99999", "resolution 99999 (2015)"),
        "G0212",
    ),
    "G0213 misspelled fuzzy": (entry("a", "هدنة", "truce", "#, fuzy"), "G0213"),
    "G0213 letter case": (entry("a", "هدنة", "truce", "#, Fuzzy"), "G0213"),
    "G0213 unknown": (entry("a", "هدنة", "truce", "#, important"), "G0213"),
    "G0214 letter case": (entry("a", "هدنة", "truce", "#. Also: pause"), "G0214"),
    "G0214 misspelled": (entry("a", "هدنة", "truce", "#. forbiden: pause"), "G0214"),
    "G0214 blank before the colon": (entry("a", "هدنة", "truce", "#. also : pause"), "G0214"),
    "G0214 no name": (entry("a", "هدنة", "truce", "#. seen in the annual report"), "G0214"),
    "G0216 undecided merge": (
        entry("a", "هدنة", "truce", "# conflict (ours): truce", "# conflict (theirs): lull",
              "#, fuzzy"),
        "G0216",
    ),
    "G0217 Arabic as English": (entry("a", "هدنة", "هدنة"), "G0217"),
    "G0218 item number": (entry("a", "هدنة", "truce", "#. wikidata: 1065"), "G0218"),
    "G0218 empty line": (entry("a", "هدنة", "truce", "#. also:"), "G0218"),
    "G0219 two keys, one unapproved": (
        entry("a", "هدنة", "truce") + entry("b", "هدنة", "lull", "#, fuzzy"),
        "G0219",
    ),
    "G0005 two keys": (entry("a", "هدنة", "truce") + entry("b", "هدنة", "lull"), "G0005"),
}  # fmt: skip


def test_sound_catalogues_give_nothing(folder) -> None:
    assert codes(folder(*CLEAN)) == []


@pytest.mark.parametrize("case", CASES)
def test_each_rule_speaks(folder, case: str) -> None:
    text, code = CASES[case]
    name = "resolutions.po" if "S/RES" in text else "terms.po"
    place = folder(*CLEAN[1:], text, name=name)
    assert code in codes(place)


def test_a_problem_says_its_file_and_line(folder) -> None:
    place = folder(*CLEAN, entry("b", "وفد", "delegation "))
    (problem,) = lint_folder(place)
    text = (place / "terms.po").read_text(encoding="utf-8")
    line = text.splitlines().index('msgctxt "b"') + 1
    assert problem.where == f"{place / 'terms.po'}:{line}"


def test_a_form_taken_by_an_entry_that_is_chosen_before_it_is_named(folder) -> None:
    place = folder(
        entry("camp", "مخيم الهول", "al-Hol camp"),
        entry("hol", "الهول", "al-Hol", "#. after: مخيم"),
    )
    found = [p for p in lint_folder(place) if p.code == "G0207"]
    assert len(found) == 1
    assert "مخيم الهول" in found[0].message


def test_a_form_whose_conditions_can_hold_is_not_reported(folder) -> None:
    place = folder(
        entry("base", "القاعدة", "the base", "#. not-before: ال*ية"),
        entry("qaeda", "القاعدة", "al-Qaeda", "#. context: تنظيم | إرهاب"),
        entry("mistura", "مستورا", "de Mistura", "#. after: دي", "#. before: قال"),
    )
    assert "G0207" not in codes(place)


def test_entries_that_no_text_uses_are_named_when_texts_are_given(folder) -> None:
    place = folder(*CLEAN)
    text = "أعلن مجلس الأمن موقفه."
    problems = lint_folder(place, [ScannedText("a", text, segment(text))])
    assert [(p.code, "هدنة" in p.message) for p in problems] == [("G0215", True)]


def test_a_broken_catalogue_is_a_problem_and_hides_no_other(folder) -> None:
    folder('msgid "x\n', name="a.po")
    place = folder(entry("b", "وفد", "delegation "), name="b.po")
    assert {"G0003", "G0201"} <= set(codes(place))


def test_fix_mends_what_is_mechanical_and_touches_nothing_else(folder) -> None:
    odd = (
        '#note without a blank\n#. also:pause\nmsgctxt "c"\nmsgid ""\n"وقف "\n"القتال"\n'
        'msgstr "halt"\n'
    )
    bad = entry("b", "وفد\u200f", " delegation  of  experts ", "#. Also: team | team", "#, Fuzzy")
    place = folder(*CLEAN, bad, odd)
    before = (place / "terms.po").read_bytes()
    assert fix_folder(place) == [place / "terms.po"]
    after = (place / "terms.po").read_bytes()
    mended = entry("b", "وفد", "delegation of experts", "#. also: team", "#, fuzzy")
    assert after == before.replace(bad.encode(), mended.encode())
    assert fix_folder(place) == []
    assert not {"G0201", "G0202", "G0213", "G0214"} & set(codes(place))


def test_fix_leaves_a_sound_folder_alone(folder) -> None:
    place = folder(*CLEAN)
    before = (place / "terms.po").stat().st_mtime_ns
    assert fix_folder(place) == []
    assert (place / "terms.po").stat().st_mtime_ns == before


def test_the_shipped_catalogues_have_no_errors_and_no_warnings(root: Path) -> None:
    problems = lint_folder(root / "glossary")
    assert [str(p) for p in problems if p.severity is not Severity.NOTE] == []
    assert len(Glossary.load(root / "glossary")) > 1000
    assert all(not file.changed for file in read_files(root / "glossary"))
