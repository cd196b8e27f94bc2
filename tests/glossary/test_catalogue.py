from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from bilingual.document import EntityKind, Severity
from bilingual.errors import BilingualError
from bilingual.glossary import Glossary, MatchMode, check_folder, read_catalogue

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
GOOD = HEADER + (
    "# A translator's own note.\n"
    "#. wikidata: Q1\n"
    "#. also: the city | Big City\n"
    "#. forbidden: Town\n"
    "#: 000.ar:p5.s3\n"
    'msgctxt "the-city"\n'
    'msgid "المدينة الكبرى"\n'
    'msgstr "The City"\n'
    "\n"
    "#. context: نهر | جسر\n"
    "#. not-before: ال*ة\n"
    "#, fuzzy\n"
    'msgctxt "the-city"\n'
    'msgid "الكبرى"\n'
    'msgstr ""\n'
    '"The "\n'
    '"City"\n'
    "\n"
    '#~ msgctxt "gone"\n'
    '#~ msgid "قديم"\n'
    '#~ msgstr "old"\n'
)


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_catalogue_is_read_with_its_facts_and_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "places.po", GOOD)
    full, short = read_catalogue(path)
    assert (full.key, full.arabic, full.english) == ("the-city", "المدينة الكبرى", "The City")
    assert full.kind is EntityKind.PLACE
    assert full.accepted == ("the city", "Big City")
    assert full.forbidden == ("Town",)
    assert dict(full.facts) == {"wikidata": "Q1"}
    assert (full.approved, full.match, full.catalogue) == (True, MatchMode.FOLDED, "places")
    assert GOOD.splitlines()[full.line - 1].startswith("#")
    assert (short.english, short.approved) == ("The City", False)
    assert (short.match, short.context) == (MatchMode.CONTEXT, ("نهر", "جسر"))
    assert short.not_before == ("ال*ة",)


def test_reading_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = write(tmp_path / "places.po", GOOD)
    read_catalogue(path)
    assert path.read_bytes() == GOOD.encode()


@pytest.mark.parametrize("change", ["\r\n", "bom"])
def test_windows_files_read_the_same(tmp_path: Path, change: str) -> None:
    text = GOOD.replace("\n", "\r\n") if change == "\r\n" else "\ufeff" + GOOD
    entries = read_catalogue(write(tmp_path / "places.po", text))
    assert entries == read_catalogue(write(tmp_path / "places.po", GOOD))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("people.po", EntityKind.PERSON),
        ("organisations.po", EntityKind.ORGANISATION),
        ("places.po", EntityKind.PLACE),
        ("terms.po", EntityKind.TERM),
        ("titles.po", EntityKind.TITLE),
        ("media.po", EntityKind.ORGANISATION),
        ("mine.po", EntityKind.OTHER),
    ],
)
def test_the_file_names_the_kind(tmp_path: Path, name: str, kind: EntityKind) -> None:
    entries = read_catalogue(write(tmp_path / name, GOOD))
    assert {e.kind for e in entries} == {kind}


def test_a_line_names_the_kind_over_the_file(tmp_path: Path) -> None:
    text = HEADER + '#. kind: organisation\nmsgctxt "a"\nmsgid "جمع"\nmsgstr "body"\n'
    (entry,) = read_catalogue(write(tmp_path / "terms.po", text))
    assert entry.kind is EntityKind.ORGANISATION


ENTRY = 'msgctxt "a"\nmsgid "كلمة"\nmsgstr "word"\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (HEADER + 'msgctxt "a"\nmsgid "كلمة\nmsgstr "word"\n', "G0003", 6),
        (HEADER + 'msgctxt "a"\nmsgid "كل"مة"\nmsgstr "word"\n', "G0003", 6),
        (HEADER + "rubbish\n", "G0003", 5),
        (HEADER + 'msgctxt "a"\nmsgid "كلمة"\n', "G0003", 6),
        (HEADER + 'msgctxt "a"\nmsgstr "word"\n', "G0003", 5),
        (HEADER + ENTRY + '\nmsgctxt "b"\n', "G0003", 9),
        (HEADER + ENTRY + "\n" + ENTRY, "G0004", 9),
        (HEADER + ENTRY + "\n" + ENTRY.replace("word", "speech"), "G0005", 9),
        (HEADER + "#. match: maybe\n" + ENTRY, "G0006", 5),
        (HEADER + "#. match: context\n" + ENTRY, "G0006", 5),
        (HEADER + "#. kind: animal\n" + ENTRY, "G0006", 5),
        (HEADER + 'msgid "كلمة"\nmsgstr "word"\n', "G0007", 5),
        (HEADER + ENTRY.replace('"a"', '"1 a"'), "G0007", 5),
        (GOOD.encode() + b'msgctxt "x"\nmsgid "\xc7\xe1"\nmsgstr "y"\n', "G0002", 27),
        ("\ufeff".join(["", GOOD]).encode("utf-16"), "G0002", 0),
        (GOOD.replace("UTF-8", "NO-SUCH"), "G0002", 1),
    ],
)
def test_what_is_wrong_is_said_with_code_and_line(
    tmp_path: Path, text: str | bytes, code: str, line: int
) -> None:
    path = write(tmp_path / "terms.po", text)
    with pytest.raises(BilingualError) as caught:
        read_catalogue(path)
    assert caught.value.code == code
    assert caught.value.where == (f"{path}:{line}" if line else str(path))
    problems = check_folder(tmp_path)
    assert code in {p.code for p in problems if p.severity is Severity.ERROR}
    assert str(caught.value) in {str(p) for p in problems}


def test_a_declared_charset_is_obeyed(tmp_path: Path) -> None:
    text = GOOD.replace("UTF-8", "windows-1256").encode("windows-1256")
    assert read_catalogue(write(tmp_path / "places.po", text)) == read_catalogue(
        write(tmp_path / "places.po", GOOD)
    )


def test_untranslated_messages_are_left_out_and_noted(tmp_path: Path) -> None:
    text = HEADER + ENTRY.replace("word", "") + "\n" + ENTRY.replace("كلمة", "لفظ")
    path = write(tmp_path / "terms.po", text)
    assert [e.arabic for e in read_catalogue(path)] == ["لفظ"]
    assert [(p.code, p.severity) for p in check_folder(path)] == [("G0009", Severity.WARNING)]


def test_one_form_of_two_entities_is_refused_without_context(tmp_path: Path) -> None:
    write(tmp_path / "places.po", HEADER + ENTRY)
    other = ENTRY.replace('"a"', '"b"').replace("word", "place")
    path = write(tmp_path / "terms.po", HEADER + other)
    with pytest.raises(BilingualError, match="G0005") as caught:
        Glossary.load(tmp_path)
    assert caught.value.where == f"{path}:5"
    assert [p.code for p in check_folder(tmp_path)] == ["G0005"]
    write(path, HEADER + "#. context: هنا\n" + other)
    assert len(Glossary.load(tmp_path)) == 2
    write(path, HEADER + "#, fuzzy\n" + other)
    assert len(Glossary.load(tmp_path)) == 2
    assert check_folder(tmp_path) == []


def test_a_place_without_catalogues_is_said_so(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(BilingualError, match="G0001"):
            Glossary.load(path)
        assert [p.code for p in check_folder(path)] == ["G0001"]


def test_a_single_catalogue_is_a_glossary(tmp_path: Path) -> None:
    assert len(Glossary.load(write(tmp_path / "places.po", GOOD))) == 2


def test_an_unreadable_catalogue_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "terms.po").symlink_to(tmp_path / "terms.po")
    with pytest.raises(BilingualError):
        Glossary.load(tmp_path / "terms.po")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"\xff\xfe", b"PK\x03\x04", b'"', b"#"])
def test_rubbish_never_raises_anything_else(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path / "terms.po", data)
    with suppress(BilingualError):
        assert read_catalogue(path) == []
    assert check_folder(path)


def test_an_empty_catalogue_is_an_error_and_not_a_glossary_without_names(tmp_path: Path) -> None:
    path = write(tmp_path / "terms.po", b"\n")
    with pytest.raises(BilingualError, match="G0003"):
        read_catalogue(path)


def test_a_file_cut_anywhere_never_raises_anything_else(tmp_path: Path) -> None:
    data = GOOD.encode()
    path = tmp_path / "places.po"
    for cut in range(0, len(data), 7):
        path.write_bytes(data[:cut])
        with suppress(BilingualError):
            read_catalogue(path)
        assert {p.code for p in check_folder(path)} <= {"G0002", "G0003", "G0007", "G0009", "G0010"}


def test_entities_gather_the_forms_of_a_key(tmp_path: Path) -> None:
    glossary = Glossary.load(write(tmp_path / "places.po", GOOD))
    entity = glossary.entities["the-city"]
    assert [f.arabic for f in entity.forms] == ["المدينة الكبرى", "الكبرى"]
    assert [f.approved for f in entity.forms] == [True, False]
    assert dict(entity.facts) == {"wikidata": "Q1"}
    assert entity.catalogue == "places"
    assert glossary.entity("the-city") == entity
    assert glossary.entity("nobody") is None


def test_the_digest_is_of_the_approved_content_whatever_its_order(tmp_path: Path) -> None:
    one, two = HEADER + ENTRY, ENTRY.replace("كلمة", "لفظ")
    first = Glossary.load(write(tmp_path / "terms.po", f"{one}\n{two}")).sha256
    assert Glossary.load(write(tmp_path / "terms.po", f"{HEADER}{two}\n{ENTRY}")).sha256 == first
    noted = f"{one}\n# A note.\n#: a:1\n{two}"
    assert Glossary.load(write(tmp_path / "terms.po", noted)).sha256 == first
    proposed = f"{one}\n{two}\n#, fuzzy\n" + ENTRY.replace("كلمة", "قول")
    assert Glossary.load(write(tmp_path / "terms.po", proposed)).sha256 == first
    changed = f"{one}\n{two}".replace("word", "term", 1)
    assert Glossary.load(write(tmp_path / "terms.po", changed)).sha256 != first
