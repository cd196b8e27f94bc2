"""What a translator types becomes sentences, states and links; nonsense becomes a clear word."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_editions import ARTICLE, article, edit, edition, machine, message_of, texts_of

from bilingual import tei
from bilingual.document import Link, LinkType, Origin, ReviewState
from bilingual.errors import BilingualError
from bilingual.po import parse
from bilingual.review import ReviewResult, export, read_review

FRESH = export(edition())
SOURCE, SEGMENTS = article(ARTICLE)
WHO = {"Last_Translator": "A. Reader <a@example.org>", "PO_Revision_Date": "2026-03-04 10:20+0300"}


def apply(data: bytes, **options: str) -> ReviewResult:
    catalogue = read_review(data, "sample.ar-en.po", reviewer=options.pop("reviewer", ""))
    return catalogue.apply(SEGMENTS, texts_of(SOURCE, SEGMENTS), **options)  # type: ignore[arg-type]


def codes(result: ReviewResult) -> list[tuple[str, str]]:
    return [(finding.code, finding.segment) for finding in result.findings]


def test_a_fresh_export_decides_nothing() -> None:
    result = apply(FRESH)
    assert (result.translations, result.links, result.findings) == ((), (), ())
    assert not any(result.covers(segment.id) for segment in SEGMENTS)


def test_machine_words_with_the_flag_cleared_are_approved() -> None:
    result = apply(edit(FRESH, "p1.s1", **WHO))
    (sentence,) = result.translations
    assert (sentence.id, sentence.state, sentence.origin) == (
        "p1.s1",
        ReviewState.APPROVED,
        Origin.REVIEW,
    )
    assert sentence.text == machine(texts_of(SOURCE, SEGMENTS)[0])
    assert (sentence.reviewer, sentence.reviewed) == (
        "A. Reader",
        "2026-03-04T10:20+03:00",
    )
    assert result.covers("p1.s1")
    assert not result.covers("p1.s2")


def test_changed_words_are_post_edited_and_used_exactly() -> None:
    result = apply(edit(FRESH, "p1.s1", 'He said: "yes"  \\ and', comments=["sic"]))
    (sentence,) = result.translations
    assert (sentence.text, sentence.state) == ('He said: "yes"  \\ and', ReviewState.POST_EDITED)
    assert sentence.note == "sic"
    assert (sentence.reviewer, sentence.reviewed) == ("", "")


def test_words_still_fuzzy_are_a_draft_and_not_used() -> None:
    assert apply(edit(FRESH, "p1.s1", "Half a", fuzzy=True)).translations == ()


def test_a_given_reviewer_stands_where_the_file_names_none() -> None:
    (sentence,) = apply(edit(FRESH, "p1.s1"), reviewer="B").translations
    assert (sentence.reviewer, sentence.reviewed) == ("B", "")
    (sentence,) = apply(edit(FRESH, "p1.s1", **WHO), reviewer="B").translations
    assert sentence.reviewer == "A. Reader"


@pytest.mark.parametrize(
    ("edits", "links"),
    [
        ({"p2.s1": "One.\nTwo."}, [(("p2.s1",), ("p2.s1", "p2.s1.2"))]),
        ({"p2.s1": "Both.", "p2.s2": "[merge]"}, [(("p2.s1", "p2.s2"), ("p2.s1",))]),
        (
            {"p2.s1": "All.", "p2.s2": "[merge]", "p2.s3": "[ Merge ]"},
            [(("p2.s1", "p2.s2", "p2.s3"), ("p2.s1",))],
        ),
        (
            {"p2.s1": "A.\n\nB.", "p2.s2": " [MERGE]\n"},
            [(("p2.s1", "p2.s2"), ("p2.s1", "p2.s1.2"))],
        ),
        ({"p2.s1": "[omit]"}, [(("p2.s1",), ())]),
        ({"p2.s1": "A.\n[add] B."}, [(("p2.s1",), ("p2.s1",)), ((), ("p2.s1.a1",))]),
        ({"p2.s1": "[add] B.\nA."}, [((), ("p2.s1.a1",)), (("p2.s1",), ("p2.s1",))]),
        ({"p2.s1": "[omit]\n[add] B."}, [(("p2.s1",), ()), ((), ("p2.s1.a1",))]),
        (
            {"p2.s1": "A.", "p2.s2": "[merge]\n[add] B."},
            [(("p2.s1", "p2.s2"), ("p2.s1",)), ((), ("p2.s2.a1",))],
        ),
        ({"p2.s1": "[sic] A."}, [(("p2.s1",), ("p2.s1",))]),
    ],
)
def test_marks_become_links(
    edits: dict[str, str], links: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    data = FRESH
    for id_, text in edits.items():
        data = edit(data, id_, text)
    result = apply(data)
    assert result.findings == ()
    assert [(link.sources, link.targets) for link in result.links] == links
    assert {t.id for t in result.translations} == {i for link in result.links for i in link.targets}
    for link in result.links:
        expected = LinkType.TRANSLATION
        if not link.targets:
            expected = LinkType.OMISSION
        elif not link.sources:
            expected = LinkType.ADDITION
        assert link.type is expected
    assert all(result.covers(id_) for id_ in edits)
    # and the edition made of it is exported as it was typed
    for id_ in edits:
        again = export(edition(review=result))
        typed = [" ".join(line.split()) for line in edits[id_].split("\n") if line.strip()]
        assert [line.lower() for line in message_of(again, id_).msgstr.split("\n")] == [
            line.lower().replace("[ ", "[").replace(" ]", "]") for line in typed
        ]


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"p2.s2": "[merge]"}, ("R0305", "p2.s2")),  # the machine's sentence is before it
        ({"p1.s2": "A.", "p2.s1": "[merge]"}, ("R0305", "p2.s1")),  # another paragraph
        ({"p1.s1": "[merge]"}, ("R0305", "p1.s1")),
        ({"p2.s1": "[omit]", "p2.s2": "[merge]"}, ("R0305", "p2.s2")),
        ({"p2.s1": "[merge] words"}, ("R0306", "p2.s1")),
        ({"p2.s1": "words\n[omit]"}, ("R0306", "p2.s1")),
        ({"p2.s1": "words\n[add]"}, ("R0306", "p2.s1")),
        ({"p2.s1": "[add] words"}, ("R0306", "p2.s1")),
    ],
)
def test_marks_that_cannot_be_are_told_and_left_to_the_machine(
    edits: dict[str, str], code: tuple[str, str]
) -> None:
    data = FRESH
    for id_, text in edits.items():
        data = edit(data, id_, text)
    result = apply(data)
    assert code in codes(result)
    assert not result.covers(code[1])
    again = export(edition(review=result), data)
    for id_, text in edits.items():
        assert message_of(again, id_).msgstr == text


def test_reviewed_sentences_stand_among_the_machines_in_order() -> None:
    data = edit(FRESH, "p2.s1", "[add] Zero.\nOne.\nTwo.")
    result = edition(review=apply(data))
    assert [t.id for t in result.translations] == [
        "p1.s1", "p1.s2", "p2.s1.a1", "p2.s1", "p2.s1.2", "p2.s2", "p2.s3", "p3.s1",
    ]  # fmt: skip
    assert result.links[2] == Link((), ("p2.s1.a1",), LinkType.ADDITION)


def test_a_copied_number_is_no_work_until_someone_changes_it() -> None:
    assert not apply(FRESH).covers("p3.s1")
    stripped = FRESH.replace(b"#, read-only\n", b"")
    assert not apply(stripped).covers("p3.s1")
    assert apply(edit(FRESH, "p3.s1", "Two thousand eighteen")).covers("p3.s1")


def test_words_count_as_corrected_when_an_editor_lost_the_machines() -> None:
    data = edit(FRESH, "p1.s1")
    stripped = b"\n".join(line for line in data.split(b"\n") if not line.startswith(b"#."))
    assert apply(stripped).translations[0].state is ReviewState.POST_EDITED


def test_comments_wrapped_by_an_editor_are_understood() -> None:
    import polib

    words = (("كلمة " * 30).strip() + ".",)
    _, segments = article([words])
    long = edition([words])
    text = " ".join(f"word{n} anti-{n}" for n in range(40))
    long_data = export(long).replace(machine(words[0]).encode(), text.encode())
    file = polib.pofile(edit(long_data, "p1.s1").decode(), wrapwidth=78)
    data = str(file).encode()
    assert data.count(b"#. ") > 5
    (sentence,) = read_review(data).apply(segments, words).translations
    assert (sentence.state, sentence.text) == (ReviewState.APPROVED, text)


def test_two_messages_for_one_segment_are_united_or_wait_for_a_person() -> None:
    def block(data: bytes) -> bytes:
        return next(b for b in data.split(b"\n\n") if b'msgctxt "p1.s1"' in b)

    first = edit(FRESH, "p1.s1", "One.", comments=["mine"])
    same = first + b"\n" + block(first) + b"\n"
    assert codes(apply(same)) == [("R0301", "p1.s1")]
    assert apply(same).translations[0].text == "One."
    other = first + b"\n" + block(edit(FRESH, "p1.s1", "Another.")) + b"\n"
    result = apply(other)
    assert codes(result) == [("R0301", "p1.s1"), ("R0302", "p1.s1")]
    assert result.translations == ()
    message = message_of(export(edition(review=result), other), "p1.s1")
    assert message.fuzzy
    assert message.comments == ("mine", "conflict (ours): One.", "conflict (also): Another.")


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"", "R0103", "f.po"),
        (b"\n\n", "R0103", "f.po"),
        (FRESH[:-30], "R0101", "f.po:"),
        (FRESH[: FRESH.rindex(b"\n#. kind")], "R0103", "f.po"),
        (FRESH.decode().encode("cp1256", "replace"), "R0102", "f.po:"),
        (FRESH.decode().encode("utf-16"), "R0102", "f.po"),
        (FRESH + b"\nnonsense\n", "R0101", "f.po:"),
        (b'msgctxt "un"\nmsgid "a"\nmsgstr "b"\n', "R0104", "f.po"),
        (b"\x89PNG\r\n\x1a\n", "R0102", "f.po:1"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(data: bytes, code: str, where: str) -> None:
    with pytest.raises(BilingualError) as caught:
        read_review(data, "f.po")
    assert caught.value.code == code
    assert caught.value.where.startswith(where)


def test_the_catalogue_of_another_article_is_refused() -> None:
    other = export(edition([("نص آخر تماما.", "لا صلة له."), ("جملة ثالثة.",)], name="other"))
    with pytest.raises(BilingualError, match=r"R0201.*“other”"):
        apply(other)
    with pytest.raises(BilingualError, match="R0201"):
        apply(other, document="sample")
    with pytest.raises(BilingualError, match="R0201"):
        export(edition(), other)


def test_an_article_rewritten_throughout_keeps_its_catalogue() -> None:
    paragraphs = [("نص آخر تماما.", "لا صلة له."), ("جملة ثالثة.",)]
    data = export(edition(paragraphs), edit(FRESH, "p1.s1", "Mine."))
    assert 'msgstr "Mine."' in data.decode()
    assert all(m.obsolete for m in parse(data).messages if m.msgstr == "Mine.")


def test_a_msgid_edited_by_hand_leaves_the_words_waiting() -> None:
    data = edit(FRESH, "p1.s1", "Mine.").replace("الخاص".encode(), "العام".encode())
    result = apply(data)
    assert codes(result) == [("R0303", "p1.s1")]
    message = message_of(export(edition(), data), "p1.s1")
    assert (message.msgstr, message.fuzzy) == ("Mine.", True)
    assert message.msgid == texts_of(SOURCE, SEGMENTS)[0]
    assert message.previous_msgid is not None


def test_status_counts_what_is_left() -> None:
    data = edit(edit(FRESH, "p1.s1"), "p1.s2", "Mine.")
    data = edit(data, "p2.s1", "Half", fuzzy=True)
    status = read_review(data).status()
    assert status.as_mapping() == {
        "document": "sample",
        "total": 6,
        "approved": 1,
        "post_edited": 1,
        "reused": 0,
        "copied": 1,
        "unreviewed": 2,
        "drafts": 1,
        "conflicts": 0,
        "words_left": 11,
        "obsolete": 0,
        "done": False,
    }
    for id_ in ("p2.s1", "p2.s2", "p2.s3"):
        data = edit(data, id_)
    assert read_review(data).status().done


def test_any_mixture_of_marks_makes_a_valid_edition(tmp_path: Path) -> None:
    typed = (
        None, "One.", "One.\nTwo.", "[merge]", "[omit]", "[omit]\n[add] X.", "[add] Y.\nOne.",
        "[merge]\n[add] Z.", "One.\n[add] A.\n[add] B.",
    )  # fmt: skip
    chance = random.Random(7)
    for _ in range(30):
        data = FRESH
        choice = {s.id: text for s in SEGMENTS if (text := chance.choice(typed))}
        for id_, text in choice.items():
            data = edit(data, id_, text)
        result = apply(data)
        made = edition(review=result)
        path = tmp_path / "sample.tei.xml"
        tei.write(made, path)
        assert tei.validate(path) == [], choice
        again = export(made)
        for id_, text in choice.items():
            if result.covers(id_):
                assert message_of(again, id_).msgstr == text


PIECES = [
    *(b"", b'"', b"\\", b"\n", b"#~ ", b"#| ", b"msgid ", b'msgstr ""\n', b"\xff", b"\x00"),
    *(b"[merge]", b"#, fuzzy\n", b'msgctxt "p1.s1"\n', b"\r\n", b"<<<<<<< HEAD\n"),
]


@given(
    st.lists(
        st.tuples(st.integers(0, len(FRESH)), st.integers(0, 60), st.sampled_from(PIECES)),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_damage_is_an_error_or_is_read_and_never_a_crash(
    damage: list[tuple[int, int, bytes]],
) -> None:
    data = edit(edit(FRESH, "p1.s1", "Mine."), "p2.s2", "One.\nTwo.")
    for at, length, piece in damage:
        data = data[:at] + piece + data[at + length :]
    try:
        result = apply(data)
        again = export(edition(review=result), data)
        assert export(edition(review=result), again) == again
    except BilingualError as error:
        refusal: BilingualError | None = error
    else:
        refusal = None
    if refusal is not None:
        assert refusal.code in {"R0101", "R0102", "R0103", "R0104", "R0201"}
        return
    if b'msgstr "Mine."' in data:
        assert b"Mine." in again
