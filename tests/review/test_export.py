"""An export gives reviewers what they need and takes nothing away."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import polib
import pytest
from review_editions import (
    ARTICLE,
    article,
    edit,
    edition,
    machine,
    message_of,
    texts_of,
    warning,
)

from bilingual.document import Origin, ReviewState, Translation
from bilingual.memory import Memory
from bilingual.po import parse
from bilingual.review import Unit, export, read_review
from bilingual.review.message import Standing, standing

SOURCE, SEGMENTS = article(ARTICLE)
FRESH = export(edition())


def test_a_message_carries_what_a_reviewer_needs() -> None:
    memory = Memory(
        [("a.po", Unit("وقال إن الهدنة ثابتة.", "It holds.", ReviewState.APPROVED, "R", "", "a"))]
    )
    data = export(
        edition(
            missed={"الهدنة": "the ceasefire"},
            findings=[warning("p1.s2", "number\nlost"), warning("", "of the document")],
        ),
        memory=memory,
    )
    message = message_of(data, "p1.s2")
    assert message.msgid == "وقال إن الهدنة صامدة."
    assert message.msgstr == machine(message.msgid)
    assert message.flags == ("fuzzy",)
    assert message.extracted == (
        f"mt: {message.msgstr}",
        "glossary: الهدنة = the ceasefire (also: Other)",
        "missed: الهدنة = the ceasefire",
        "check: W0001 number lost",
        "memory: 86% It holds. | وقال إن الهدنة ثابتة. | a",
        "before: أعلن المبعوث الخاص وصوله إلى المدينة.",
        "after: سيجتمع المجلس يوم الأحد.",
    )
    copied = message_of(data, "p3.s1")
    assert (copied.flags, copied.msgstr) == (("read-only",), "2018")
    assert copied.extracted[:2] == ("kind: number", "copied: 2018")
    header = parse(data).header
    assert (header["X-Document"], header["X-Messages"], header["Language"]) == ("sample", "6", "en")


def test_gettext_and_polib_read_an_export() -> None:
    assert len(polib.pofile(FRESH.decode())) == 6
    if shutil.which("msgfmt") is None:
        pytest.skip("msgfmt (GNU gettext) is not installed")
    done = subprocess.run(["msgfmt", "-o", "/dev/null", "-"], input=FRESH, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert export(edition()) == FRESH
    assert export(edition(), FRESH) == FRESH
    data = edit(edit(FRESH, "p1.s1", "A.\nB."), "p2.s2", "Draft", fuzzy=True, comments=["?"])
    result = read_review(data).apply(SEGMENTS, texts_of(SOURCE, SEGMENTS))
    again = export(edition(review=result), data)
    assert export(edition(review=result), again) == again


@pytest.mark.parametrize("wrap", [["--no-wrap"], ["--width=60"], []])
def test_a_file_saved_by_gettext_is_exported_with_the_same_words(wrap: list[str]) -> None:
    if shutil.which("msgcat") is None:
        pytest.skip("msgcat (GNU gettext) is not installed")
    data = edit(edit(FRESH, "p1.s1", "Long " * 30 + "words."), "p2.s1", comments=["note"])
    saved = subprocess.run(["msgcat", "-", *wrap], input=data, capture_output=True).stdout
    texts = texts_of(SOURCE, SEGMENTS)
    result = read_review(saved).apply(SEGMENTS, texts)
    assert result == read_review(data).apply(SEGMENTS, texts)
    again = export(edition(review=result), saved)
    assert message_of(again, "p1.s1").raw.split("msgstr")[1] in saved.decode()
    assert export(edition(review=result), again) == again


def test_machine_words_nobody_touched_are_renewed() -> None:
    data = edit(edit(FRESH, "p1.s1", "Mine."), "p1.s2", "Draft", fuzzy=True)
    result = read_review(data).apply(SEGMENTS, texts_of(SOURCE, SEGMENTS))
    again = export(edition(review=result, engine="new"), data)
    texts = texts_of(SOURCE, SEGMENTS)
    assert message_of(again, "p2.s1").msgstr == machine("new" + texts[2])
    assert message_of(again, "p1.s1").msgstr == "Mine."
    assert message_of(again, "p1.s1").extracted[0] == f"mt: {machine(texts[0])}"
    draft = message_of(again, "p1.s2")
    assert (draft.msgstr, draft.fuzzy) == ("Draft", True)
    assert draft.extracted[0] == f"mt: {machine('new' + texts[1])}"
    assert standing(draft) is Standing.DRAFT


def test_each_reviewer_keeps_the_name_under_what_they_did() -> None:
    texts = texts_of(SOURCE, SEGMENTS)
    data = edit(FRESH, "p1.s1", "By A.", Last_Translator="A", PO_Revision_Date="2026-01-01 10:00")
    result = read_review(data).apply(SEGMENTS, texts)
    data = export(edition(review=result), data)
    data = edit(data, "p1.s2", "By B.", Last_Translator="B", PO_Revision_Date="2026-02-01 10:00")
    sentences = read_review(data).apply(SEGMENTS, texts).translations
    assert [(s.text, s.reviewer, s.reviewed) for s in sentences] == [
        ("By A.", "A", "2026-01-01"),
        ("By B.", "B", "2026-02-01"),
    ]
    data = edit(data, "p1.s1", "By B too.")
    assert read_review(data).apply(SEGMENTS, texts).translations[0].reviewer == "B"


def test_words_from_the_memory_are_marked_and_follow_it() -> None:
    texts = texts_of(SOURCE, SEGMENTS)
    reused = Translation(
        "p1.s1", "From memory.", 1, ReviewState.POST_EDITED, Origin.MEMORY, (), "R", "2026-01-01"
    )
    made = edition()
    made = replace(made, translations=(reused, *made.translations[1:]))
    data = export(made)
    message = message_of(data, "p1.s1")
    assert not message.fuzzy
    assert message.extracted[0] == "reused: From memory."
    status = read_review(data).status()
    assert (status.reused, status.post_edited) == (1, 0)
    assert list(read_review(data).units()) == []
    sentence = read_review(data).apply(SEGMENTS, texts).translations[0]
    assert (sentence.text, sentence.origin, sentence.state, sentence.reviewer) == (
        "From memory.",
        Origin.MEMORY,
        ReviewState.POST_EDITED,
        "R",
    )
    memory = Memory([("b.po", Unit(texts[0], "Corrected since.", ReviewState.POST_EDITED, "S"))])
    result = read_review(data).apply(SEGMENTS, texts, memory=memory)
    assert (result.translations[0].text, result.translations[0].reviewer) == (
        "Corrected since.",
        "S",
    )
    again = export(edition(review=result), data)
    assert message_of(again, "p1.s1").msgstr == "Corrected since."
    own = edit(data, "p1.s1", "Better here.")
    result = read_review(own).apply(SEGMENTS, texts, memory=memory)
    assert result.translations[0].text == "Better here."


def test_reviews_made_through_the_api_are_exported_as_done() -> None:
    made = edition()
    done = replace(
        made.translations[0], state=ReviewState.APPROVED, reviewer="A", reviewed="2026-05-05"
    )
    data = export(replace(made, translations=(done, *made.translations[1:])), FRESH)
    (sentence,) = read_review(data).apply(SEGMENTS, texts_of(SOURCE, SEGMENTS)).translations
    assert (sentence.state, sentence.reviewer, sentence.reviewed) == (
        ReviewState.APPROVED,
        "A",
        "2026-05-05",
    )


def test_the_order_a_person_chose_is_kept_and_new_messages_find_their_place() -> None:
    catalogue = parse(FRESH)
    header, *rest = catalogue.messages
    data = catalogue.with_messages((header, *reversed(rest))).to_bytes()
    paragraphs = [ARTICLE[0], (ARTICLE[1][0], "جملة جديدة هنا.", *ARTICLE[1][1:]), ARTICLE[2]]
    ids = [m.msgctxt for m in parse(export(edition(paragraphs), data)).messages[1:]]
    assert ids == ["p3.s1", "p2.s4", "p2.s3", "p2.s1", "p2.s2", "p1.s2", "p1.s1"]
    ids = [m.msgctxt for m in parse(export(edition(paragraphs), FRESH)).messages[1:]]
    assert ids == ["p1.s1", "p1.s2", "p2.s1", "p2.s2", "p2.s3", "p2.s4", "p3.s1"]


def test_flags_and_comments_of_a_person_stay() -> None:
    catalogue = parse(FRESH)
    messages = [
        replace(
            m,
            flags=(*m.flags, "no-wrap"),
            extracted=("for the chief", *m.extracted),
            comments=("mine",),
        )
        for m in catalogue.messages[1:]
    ]
    data = catalogue.with_messages((catalogue.messages[0], *messages)).to_bytes()
    for message in parse(export(edition(engine="new"), data)).messages[1:]:
        assert "no-wrap" in message.flags
        assert message.comments == ("mine",)
        assert message.extracted[-1] == "for the chief"
