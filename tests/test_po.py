"""Catalogues come back as they were, and a change touches what was changed."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bilingual.errors import BilingualError
from bilingual.po import Catalogue, Message, diff, merge_catalogues, parse
from bilingual.po.merge import has_conflict

HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: sample\\n"\n"Language: en\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
)

# As Poedit writes it: header with X-Generator, wrapped at 79, previous msgid, obsolete last.
POEDIT = f"""# English of a sample.
#
{HEADER}"Last-Translator: \\n"
"X-Generator: Poedit 3.4.2\\n"

# A note of the translator, with  two spaces.
#. mt: He said that the ceasefire would hold
#: sample.txt:3
#, fuzzy
#| msgctxt "p1.s1"
#| msgid "قال إن الهدنة ستستمر"
msgctxt "p1.s1"
msgid "قال إن الهدنة ستصمد في كل أنحاء المدينة وفي الريف المحيط بها حتى نهاية الشهر"
msgstr ""
"He said that the ceasefire would hold in all parts of the city and in the "
"countryside around it until the end of the month"

#, c-format, no-wrap
msgid "%d file"
msgid_plural "%d files"
msgstr[0] "ملف %d"
msgstr[1] "ملفات %d"

#~ msgctxt "p9.s9"
#~ msgid "قديم"
#~ msgstr "old \\"quoted\\" \\\\ word"

#~| msgid "أقدم"
#~ msgid "أقدم منه"
#~ msgstr ""
#~ "older\\n"
#~ "still"
"""

# As Weblate writes it: an empty line less, references in one line, its own header fields.
WEBLATE = f"""#
{HEADER}"X-Generator: Weblate 5.4\\n"
#. glossary: مجلس الأمن → Security Council
#: a.txt:1 a.txt:2
msgctxt "p1.s1"
msgid "مجلس الأمن"
msgstr "Security Council"
#: a.txt:3
#, fuzzy, read-only
msgctxt "p1.s2"
msgid "١٢"
msgstr "12"
"""

ODD = (
    '#no space\n#\ttab\n#, fuzzy\n#, no-wrap\n   msgid "a" "b"\n\n  "c"\nmsgstr\n'
    '"x\\ty\\x41\\101"\n'
    "\n\n\n#~ a remark on nothing\n#. last words\n\n"
)

FILES = {
    "poedit": POEDIT.encode(),
    "weblate": WEBLATE.encode(),
    "odd": ODD.encode(),
    "crlf": POEDIT.replace("\n", "\r\n").encode(),
    "bom": b"\xef\xbb\xbf" + POEDIT.encode(),
    "no final newline": POEDIT.rstrip("\n").encode(),
    "windows-1256": POEDIT.replace("UTF-8", "windows-1256").encode("cp1256"),
    "empty": b"",
    "header only": HEADER.encode(),
    "mixed line ends": WEBLATE.replace("\n", "\r\n", 5).encode(),
    "line separator": 'msgid "a\u2028b\x85"\nmsgstr "\u200fx\u00a0"\n'.encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_an_unchanged_file_is_written_back_byte_for_byte(name: str) -> None:
    assert parse(FILES[name]).to_bytes() == FILES[name]


@pytest.mark.parametrize("options", [(), ("--no-wrap",), ("--width=40",), ("--sort-output",)])
@pytest.mark.parametrize("tool", ["msgcat", "msgattrib"])
def test_files_written_by_gettext_are_written_back(tool: str, options: tuple[str, ...]) -> None:
    data = gettext(tool, "-", *options, data=POEDIT.encode())
    assert parse(data).to_bytes() == data
    assert [m.msgid for m in parse(data).messages if not m.obsolete]


def test_a_file_updated_by_msgmerge_is_written_back(tmp_path: Path) -> None:
    template = POEDIT.replace("المحيط بها", "القريب").split("#~")[0]
    new = tmp_path / "new.pot"
    new.write_text(template)
    data = gettext("msgmerge", "-", str(new), "--previous", data=POEDIT.encode())
    catalogue = parse(data)
    assert catalogue.to_bytes() == data
    assert any(m.previous_msgid for m in catalogue.messages)


def gettext(tool: str, *arguments: str, data: bytes) -> bytes:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} (GNU gettext) is not installed")
    return subprocess.run(
        [tool, *arguments], input=data, capture_output=True, check=True, timeout=60
    ).stdout


def test_fields_are_those_that_polib_reads() -> None:
    mine = [m for m in parse(POEDIT.encode()).messages if not m.is_header]
    other = polib.pofile(POEDIT)
    assert [(m.msgctxt, m.msgid, m.msgstr, m.obsolete) for m in mine] == [
        (e.msgctxt, e.msgid, e.msgstr, bool(e.obsolete)) for e in other
    ]
    assert mine[0].flags == ("fuzzy",)
    assert mine[0].previous_msgid == "قال إن الهدنة ستستمر"
    assert mine[0].comments == ("A note of the translator, with  two spaces.",)
    assert mine[0].references == ("sample.txt:3",)
    assert mine[1].msgstr_plural == ("ملف %d", "ملفات %d")
    assert mine[3].previous_msgid == "أقدم"


def test_odd_but_lawful_lines_are_read() -> None:
    message = parse(ODD.encode()).messages[0]
    assert (message.msgid, message.msgstr) == ("abc", "x\tyAA")
    assert message.comments == ("no space", "\ttab")
    assert message.flags == ("fuzzy", "no-wrap")


def edited(data: bytes, place: int, **fields: object) -> bytes:
    catalogue = parse(data)
    messages = list(catalogue.messages)
    messages[place] = replace(messages[place], **fields)  # type: ignore[arg-type]
    return catalogue.with_messages(messages).to_bytes()


@pytest.mark.parametrize("name", ["poedit", "crlf", "bom", "no final newline", "windows-1256"])
def test_a_change_touches_only_its_own_lines(name: str) -> None:
    data = FILES[name]
    charset = "cp1256" if name == "windows-1256" else "utf-8"
    before = data.decode(charset).splitlines(keepends=True)
    after = edited(data, 1, msgstr="Short.").decode(charset).splitlines(keepends=True)
    end = "\r\n" if name == "crlf" else "\n"
    at = next(i for i, line in enumerate(before) if "He said that" in line and line[0] == '"')
    assert after == [*before[: at - 1], f'msgstr "Short."{end}', *before[at + 2 :]]


def test_flags_comments_and_previous_are_changed_alone() -> None:
    text = edited(
        FILES["poedit"], 1, flags=(), comments=("One", "Two"), previous_msgid=None
    ).decode()
    assert "#, fuzzy" not in text
    assert "# One\n# Two\n#. mt:" in text
    assert '#| msgctxt "p1.s1"\nmsgctxt' in text
    assert text.count("\n") == POEDIT.count("\n") - 1


def test_a_message_becomes_obsolete_and_comes_back() -> None:
    catalogue = parse(FILES["poedit"])
    message = replace(catalogue.messages[1], obsolete=True)
    gone = catalogue.with_messages((catalogue.messages[0], message)).to_bytes()
    assert "#~ msgctxt" in gone.decode()
    assert "#~| msgid" in gone.decode()
    assert polib.pofile(gone.decode())[0].obsolete
    again = parse(gone)
    assert again.messages[1] == message
    back = replace(again.messages[1], obsolete=False)
    assert back == catalogue.messages[1]
    assert again.with_messages((again.messages[0], back)).to_bytes() in FILES["poedit"]


def test_wrapping_follows_the_file() -> None:
    text = "word " * 40
    wrapped = edited(FILES["poedit"], 1, msgstr=text).decode().splitlines()
    assert max(len(line) for line in wrapped if "word word" in line) <= 79
    assert f'msgstr "{text}"' in edited(FILES["weblate"], 1, msgstr=text).decode()


def test_new_messages_stand_apart_and_end_lines_as_the_file_does() -> None:
    catalogue = parse(FILES["crlf"].rstrip())
    new = Message("جديد", "new", "p2.s1", comments=("note",), flags=("fuzzy",))
    data = catalogue.with_messages((*catalogue.messages, new)).to_bytes()
    assert data.endswith(
        '\r\n\r\n# note\r\n#, fuzzy\r\nmsgctxt "p2.s1"\r\nmsgid "جديد"\r\nmsgstr "new"\r\n'.encode()
    )
    assert data.startswith(FILES["crlf"].rstrip())


def test_header_fields_are_set_in_place() -> None:
    catalogue = parse(FILES["poedit"])
    assert catalogue.header["X-Generator"] == "Poedit 3.4.2"
    changed = catalogue.with_header({"Last-Translator": "A <a@example.org>", "X-New": "1"})
    before, after = FILES["poedit"].decode().splitlines(), changed.to_bytes().decode().splitlines()
    assert [line for line in after if line not in before] == [
        '"Last-Translator: A <a@example.org>\\n"',
        '"X-New: 1\\n"',
    ]
    assert catalogue.with_header({"Language": "en"}) is catalogue


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('msgid "a"\nmsgstr "b\n', 2, "quotation mark"),
        ('msgid "a"\nmsgstr "say "b""\n', 2, "quotation mark"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 3, "half saved"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "c"\n', 4, "half saved"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, "msgstr"),
        ('msgstr "c"\n', 1, "without its msgid"),
        ('msgid "a"\nmsgstr "b"\nnonsense\n', 3, "nonsense"),
        ('msgid "a"\nmsgstr "\\q"\n', 2, "escape"),
        ('<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n', 1, "git"),
        ('msgid "a"\n#~ msgstr "b"\n', 2, "obsolete"),
        ('#, fuzzy\nmsgid "a"\n"b', 3, "quotation mark"),
        ("\x00\x00\x00\x00\n", 1, "PO"),
        ('"a"\n', 1, "keyword"),
        ('msgid "a"\nmsgstr ""\n#| "b"\n', 3, "keyword"),
        ('msgid "a"\nmsgstr ""\n#~ "b"\n', 3, "keyword"),
        ('#| msgid "a"\n"b"\nmsgid "a"\nmsgstr ""\n', 2, "keyword"),
    ],
)
def test_what_is_no_catalogue_is_refused_with_its_line(text: str, line: int, word: str) -> None:
    with pytest.raises(BilingualError) as caught:
        parse(text.encode(), "a.po")
    assert (caught.value.code, caught.value.where) == ("R0101", f"a.po:{line}")
    assert word in caught.value.message


@pytest.mark.parametrize(
    ("data", "where", "word"),
    [
        ('msgid "a"\nmsgstr "é"\n'.encode("latin-1"), "a.po:2", "utf-8"),
        (HEADER.replace("UTF-8", "KLINGON").encode(), "a.po", "KLINGON"),
        (HEADER.replace("UTF-8", "ASCII").encode() + 'msgid "ب"\nmsgstr ""'.encode(), "a.po:8", ""),
        (HEADER.encode("utf-16"), "a.po", "UTF-16"),
    ],
)
def test_wrong_bytes_are_refused(data: bytes, where: str, word: str) -> None:
    with pytest.raises(BilingualError) as caught:
        parse(data, "a.po", family="G")
    assert (caught.value.code, caught.value.where) == ("G0102", where)
    assert word in caught.value.message


def test_a_character_the_charset_lacks_is_refused() -> None:
    with pytest.raises(BilingualError, match="R0102"):
        edited(FILES["windows-1256"], 1, msgstr="\u4e2d")


# Catalogues as a program or a person may write them.
words = st.text(
    st.characters(blacklist_categories=["Cs"]) | st.sampled_from('\n\t"\\ #~|,.:أبجد\u200f\x01'),
    max_size=40,
)
lines = st.text(st.sampled_from('abc ,.:~|#"\\ أب\u200f'), max_size=20).map(str.strip)
message = st.builds(
    Message,
    msgid=words.filter(bool),
    msgstr=words,
    msgctxt=st.none() | words,
    comments=st.lists(lines.filter(lambda x: not x.startswith(tuple(".:,|~"))), max_size=3).map(
        tuple
    ),
    extracted=st.lists(lines, max_size=3).map(tuple),
    flags=st.lists(st.sampled_from(["fuzzy", "no-wrap", "read-only"]), unique=True).map(tuple),
    previous_msgid=st.none() | words,
    obsolete=st.booleans(),
)
catalogues = st.builds(
    Catalogue,
    messages=st.lists(message, max_size=4).map(tuple),
    newline=st.sampled_from(["\n", "\r\n"]),
    width=st.none() | st.integers(20, 90),
)


@given(catalogues)
@settings(max_examples=150, deadline=None)
def test_generated_catalogues_are_read_as_they_were_meant(catalogue: Catalogue) -> None:
    data = catalogue.to_bytes()
    again = parse(data)
    assert again.messages == catalogue.messages
    assert again.to_bytes() == data


@given(catalogues.filter(lambda c: bool(c.messages)), message, st.data())
@settings(max_examples=150, deadline=None)
def test_any_change_of_any_message_is_read_back(
    catalogue: Catalogue, new: Message, data: st.DataObject
) -> None:
    read = parse(catalogue.to_bytes())
    place = data.draw(st.integers(0, len(read.messages) - 1))
    messages = list(read.messages)
    messages[place] = replace(new, raw=messages[place].raw)
    again = parse(read.with_messages(messages).to_bytes())
    assert again.messages == tuple(messages)
    for i, old in enumerate(read.messages):
        if i != place:
            assert again.messages[i].raw.strip() == old.raw.strip()


@given(catalogues)
@settings(max_examples=25, deadline=None)
def test_gettext_reads_the_same(catalogue: Catalogue) -> None:
    # msgcat drops obsolete messages when there are no others, and bars EOT and NUL.
    unique = {m.key: m for m in catalogue.messages if not m.obsolete}
    data = (HEADER.replace("\n", catalogue.newline) + catalogue.newline).encode()
    data += catalogue.with_messages(unique.values()).to_bytes()
    assume(re.search(rb"\\00[0-6]", data) is None)
    read = parse(gettext("msgcat", "-", "--no-wrap", data=data)).messages[1:]
    assert {(m.msgctxt, m.msgid, m.msgstr) for m in read} == {
        (m.msgctxt, m.msgid, m.msgstr) for m in unique.values()
    }


# Merging

BASE = (
    HEADER
    + '\n# n\n#. mt: One\n#, fuzzy\nmsgctxt "s1"\nmsgid "واحد"\nmsgstr "One"\n'
    + '\n#, fuzzy\nmsgctxt "s2"\nmsgid "اثنان"\nmsgstr "Two"\n'
    + '\n#, fuzzy\nmsgctxt "s3"\nmsgid "ثلاثة"\nmsgstr "Three"\n'
)


def merged(ours: str, theirs: str, base: str = BASE) -> tuple[str, list[tuple[str, str]]]:
    result = merge_catalogues(base.encode(), ours.encode(), theirs.encode())
    parse(result.data)
    return result.data.decode(), [(c.ours, c.theirs) for c in result.conflicts]


def cleared(text: str, old: str, new: str) -> str:
    """As a translator leaves a message: other words, no flag."""
    head, tail = text.split(f'msgstr "{old}"')
    at = head.rindex("#, fuzzy\n")
    return head[:at] + head[at + len("#, fuzzy\n") :] + f'msgstr "{new}"' + tail


def test_work_on_different_messages_is_united_without_conflict() -> None:
    text, conflicts = merged(cleared(BASE, "One", "First"), cleared(BASE, "Three", "Third"))
    assert conflicts == []
    assert text == cleared(cleared(BASE, "One", "First"), "Three", "Third")


def test_the_same_work_of_both_is_no_conflict() -> None:
    ours = cleared(BASE, "One", "First")
    assert merged(ours, ours) == (ours, [])


def test_two_versions_of_one_message_are_both_kept_and_wait_for_a_person() -> None:
    text, conflicts = merged(cleared(BASE, "One", "First"), cleared(BASE, "One", "The first"))
    assert conflicts == [("First", "The first")]
    message = parse(text.encode()).messages[1]
    assert message.fuzzy
    assert has_conflict(message)
    assert message.msgstr == "First"
    assert message.comments == ("n", "conflict (ours): First", "conflict (theirs): The first")
    assert not has_conflict(message.with_fuzzy(False))


def test_deleted_by_one_and_changed_by_the_other_stays() -> None:
    gone = BASE[: BASE.rindex("\n#, fuzzy")]
    text, conflicts = merged(gone, cleared(BASE, "Three", "Third"))
    assert 'msgstr "Third"' in text
    assert conflicts == [("", "Third")]
    text, conflicts = merged(cleared(BASE, "Three", "Third"), gone)
    assert 'msgstr "Third"' in text
    assert conflicts == [("Third", "")]


def test_deleted_by_one_and_left_by_the_other_goes() -> None:
    gone = BASE[: BASE.rindex("\n#, fuzzy")]
    assert merged(gone, BASE) == (gone, [])
    assert merged(BASE, gone) == (gone, [])


def test_new_messages_of_both_keep_their_places() -> None:
    new = '\nmsgctxt "{0}"\nmsgid "{0}"\nmsgstr "{0}"\n'
    ours = BASE.replace("\n#, fuzzy\nmsgctxt", new.format("a") + "\n#, fuzzy\nmsgctxt", 1)
    theirs = BASE + new.format("z")
    assert merged(ours, theirs) == (ours + new.format("z"), [])


def test_approval_of_one_holds_only_for_the_words_approved() -> None:
    approved = cleared(BASE, "One", "One")
    draft = BASE.replace('msgstr "One"', 'msgstr "Un"')
    for text, conflicts in (merged(approved, draft), merged(draft, approved)):
        message = parse(text.encode()).messages[1]
        assert (message.msgstr, message.fuzzy, conflicts) == ("Un", True, [])


def test_line_ends_of_ours_are_kept() -> None:
    ours = BASE.replace("\n", "\r\n")
    text, _ = merged(ours, cleared(BASE, "Three", "Third") + '\nmsgid "z"\nmsgstr "z"\n')
    assert text.count("\n") == text.count("\r\n")


def test_without_a_common_file_both_are_united() -> None:
    text, conflicts = merged(cleared(BASE, "One", "First"), BASE, "")
    assert conflicts == [("First", "One")]
    assert "First" in text
    assert merged(BASE, BASE, "") == (BASE, [])


def test_header_tells_of_the_later_revision() -> None:
    stamp = '"PO-Revision-Date: {}\\n"\n"Last-Translator: {}\\n"\n\n# n'
    ours = BASE.replace("\n# n", stamp.format("2026-01-02 10:00+0000", "A"))
    theirs = BASE.replace("\n# n", stamp.format("2026-01-03 10:00+0000", "B"))
    header = parse(merged(ours, theirs)[0].encode()).header
    assert (header["Last-Translator"], header["PO-Revision-Date"][:10]) == ("B", "2026-01-03")
    assert header == parse(merged(theirs, ours)[0].encode()).header


@pytest.mark.parametrize("side", [0, 1])
def test_a_half_saved_side_is_refused(side: int) -> None:
    whole = BASE.replace('"Language', '"X-Messages: 3\\n"\n"Language')
    for broken in ("", whole[: whole.rindex("\n#, fuzzy")], whole[:-5]):
        pair = [whole, whole]
        pair[side] = broken
        with pytest.raises(BilingualError, match=r"R010[13]"):
            merged(pair[0], pair[1], whole)


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans(), words, st.booleans()), max_size=5))
@settings(max_examples=100, deadline=None)
def test_no_word_of_either_is_lost(work: list[tuple[int, bool, str, bool]]) -> None:
    base = parse(BASE.encode())
    sides = [list(base.messages), list(base.messages)]
    for place, ours, text, fuzzy in work:
        side = sides[0 if ours else 1]
        side[place + 1] = replace(side[place + 1], msgstr=text).with_fuzzy(fuzzy)
    data = [base.with_messages(side).to_bytes() for side in sides]
    result = merge_catalogues(BASE.encode(), data[0], data[1])
    after = parse(result.data).messages
    for place in range(1, 4):
        held = " ".join([after[place].msgstr, *after[place].comments])
        for side in sides:
            if side[place].msgstr != base.messages[place].msgstr:
                for line in side[place].msgstr.split("\n"):
                    assert line.strip() in held


def test_diff_names_what_changed() -> None:
    new = cleared(BASE, "One", "First") + '\nmsgid "z"\nmsgstr "z"\n'
    changes = diff(parse(BASE.encode()), parse(new.encode()))
    assert [(c.old and c.old.msgstr, c.new and c.new.msgstr) for c in changes] == [
        ("One", "First"),
        (None, "z"),
    ]
    assert [c.new for c in diff(parse(new.encode()), parse(BASE.encode()))][-1] is None


def test_the_shipped_glossary_is_written_back(root: Path) -> None:
    paths = sorted((root / "glossary").glob("*.po"))
    assert paths
    for path in paths:
        data = path.read_bytes()
        catalogue = parse(data, path.name, family="G")
        assert catalogue.to_bytes() == data
        messages = [replace(m, line=0) for m in catalogue.messages]
        assert catalogue.with_messages(messages).to_bytes() == data
