"""The whole loop: build, export, review, build, the article changes, build, export, review."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from review_editions import ARTICLE, article, edit, edition, machine, message_of, texts_of

from bilingual.document import Edition, ReviewState
from bilingual.po import merge_catalogues, parse
from bilingual.review import ReviewResult, export, read_review


def applied(data: bytes, paragraphs: Sequence[Sequence[str]]) -> ReviewResult:
    source, segments = article(paragraphs)
    return read_review(data).apply(segments, texts_of(source, segments), document="sample")


def built(data: bytes, paragraphs: Sequence[Sequence[str]]) -> tuple[Edition, bytes]:
    """What ``build`` and then ``review export`` do."""
    made = edition(paragraphs, applied(data, paragraphs))
    return made, export(made, data)


def english(made: Edition) -> list[str]:
    return [t.text for t in made.translations]


def test_the_loop() -> None:
    data = export(edition())
    data = edit(data, "p1.s1", "The envoy has arrived.", Last_Translator="A", comments=["checked"])
    data = edit(data, "p1.s2")
    data = edit(data, "p2.s2", "It will discuss a report.\nA new one.")
    made, data = built(data, ARTICLE)
    states = {t.id: t.state for t in made.translations}
    assert states["p1.s1"] is ReviewState.POST_EDITED
    assert states["p1.s2"] is ReviewState.APPROVED
    assert states["p2.s1"] is ReviewState.MT
    assert english(made)[3:5] == ["It will discuss a report.", "A new one."]

    # The editors put a paragraph before everything, mend a word, and drop a sentence.
    after = [
        ("فقرة أولى جديدة.",),
        ("أعلن المبعوث الأممي وصوله إلى المدينة.", ARTICLE[0][1]),
        (ARTICLE[1][0], ARTICLE[1][2]),
        ARTICLE[2],
    ]
    result = applied(data, after)
    assert [(f.code, f.segment) for f in result.findings] == [("R0303", "p2.s1"), ("R0304", "")]
    assert [t.id for t in result.translations] == ["p2.s2"]
    made, data = built(data, after)
    envoy = message_of(data, "p2.s1")
    assert (envoy.msgstr, envoy.fuzzy) == ("The envoy has arrived.", True)
    assert envoy.previous_msgid == ARTICLE[0][0]
    assert envoy.comments == ("checked",)
    assert envoy.extracted[0] == f"mt: {machine(after[1][0])}"
    report = next(m for m in parse(data).messages if "report" in m.msgstr)
    assert report.obsolete
    assert built(data, after)[1] == data

    # The reviewer looks again; the dropped sentence comes back elsewhere.
    data = edit(data, "p2.s1", "The UN envoy has arrived.", Last_Translator="B")
    later = [*after[:2], (*after[2], ARTICLE[1][1]), *after[3:]]
    made, data = built(data, later)
    assert "The UN envoy has arrived." in english(made)
    assert made.links[5].targets == ("p3.s3", "p3.s3.2")
    assert message_of(data, "p2.s1").previous_msgid is None
    assert not any(m.obsolete for m in parse(data).messages)


@pytest.mark.parametrize("words", ["Mine.", None])
def test_a_change_taken_back_brings_the_review_back(words: str | None) -> None:
    data = edit(export(edition()), "p1.s1", words, Last_Translator="A")
    data = built(data, ARTICLE)[1]
    changed = [("أعلن المبعوث العام وصوله إلى المدينة.", ARTICLE[0][1]), *ARTICLE[1:]]
    waiting = built(data, changed)[1]
    assert message_of(waiting, "p1.s1").fuzzy
    assert not applied(waiting, changed).covers("p1.s1")
    assert applied(waiting, ARTICLE).covers("p1.s1")
    made, back = built(waiting, ARTICLE)
    kept = [line for line in data.decode().split("\n") if "mt: " not in line]
    assert [line for line in back.decode().split("\n") if "mt: " not in line] == kept
    assert applied(back, ARTICLE) == applied(data, ARTICLE)
    assert made.translations[0].reviewer == "A"


def test_words_begun_while_the_article_changed_are_not_approved_by_taking_it_back() -> None:
    data = edit(export(edition()), "p1.s1", "Half a", fuzzy=True)
    changed = [("أعلن المبعوث العام وصوله إلى المدينة.", ARTICLE[0][1]), *ARTICLE[1:]]
    back = built(built(data, changed)[1], ARTICLE)[1]
    message = message_of(back, "p1.s1")
    assert (message.msgstr, message.fuzzy, message.previous_msgid) == ("Half a", True, None)


def test_equal_sentences_keep_each_its_own_review() -> None:
    line = "قال المصدر ذلك."
    before = [(line, "جملة."), (line,)]
    data = export(edition(before))
    data = edit(edit(data, "p1.s1", "First."), "p2.s1", "Second.")
    after = [("مقدمة جديدة.",), *before]
    assert [t.text for t in applied(data, after).translations] == ["First.", "Second."]
    once = [("جملة.", "أخرى."), (line,)]
    assert [t.text for t in applied(data, once).translations] == ["Second."]


def test_two_reviewers_work_at_once_and_git_merges() -> None:
    base = export(edition())
    ours = edit(edit(base, "p1.s1", "Ours."), "p1.s2", "Ours two.")
    theirs = edit(edit(base, "p1.s1", "Theirs."), "p2.s1", "Theirs three.")
    result = merge_catalogues(base, ours, theirs)
    assert [(c.msgctxt, c.ours, c.theirs) for c in result.conflicts] == [
        ("p1.s1", "Ours.", "Theirs.")
    ]
    review = applied(result.data, ARTICLE)
    assert [t.text for t in review.translations] == ["Ours two.", "Theirs three."]
    assert [(f.code, f.segment) for f in review.findings] == [("R0302", "p1.s1")]
    assert read_review(result.data).status().conflicts == 1
    _, data = built(result.data, ARTICLE)
    message = message_of(data, "p1.s1")
    assert message.comments == ("conflict (ours): Ours.", "conflict (theirs): Theirs.")
    made, _ = built(edit(data, "p1.s1", "Theirs."), ARTICLE)
    assert english(made)[0] == "Theirs."


def test_one_reviews_while_the_other_exports_a_changed_article() -> None:
    base = export(edition())
    changed = [("أعلن المبعوث العام وصوله إلى المدينة.", ARTICLE[0][1]), *ARTICLE[1:]]
    ours = built(base, changed)[1]
    theirs = edit(base, "p1.s1", "Theirs.")
    for result in (merge_catalogues(base, ours, theirs), merge_catalogues(base, theirs, ours)):
        assert result.data.count(b'"Theirs."') == 1
        _, data = built(result.data, changed)
        assert b'"Theirs."' in data
        assert built(data, changed)[1] == data


def test_words_a_reviewer_works_on_are_not_replaced_from_the_memory() -> None:
    data = edit(export(edition()), "p1.s1", "Half a", fuzzy=True)
    result = applied(data, ARTICLE)
    assert result.withholds("p1.s1")
    assert not result.withholds("p1.s2")
    assert not applied(edit(data, "p1.s1"), ARTICLE).withholds("p1.s1")


def test_a_header_that_was_lost_is_made_again() -> None:
    data = export(edition())
    bare = data[data.index(b"#. mt") :]
    assert parse(export(edition(), bare)).header == parse(data).header


def test_git_merges_two_branches_through_the_driver(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    name = "sample.ar-en.po"

    def git(*arguments: str, status: int = 0) -> None:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", *who, *arguments], cwd=tmp_path, capture_output=True)
        assert done.returncode == status, done.stderr

    def commit(data: bytes) -> None:
        (tmp_path / name).write_bytes(data)
        git("add", ".")
        git("commit", "-qm", "work")

    git("init", "-q", "-b", "ours")
    git("config", "merge.po.driver", f"{sys.executable} -m bilingual glossary merge %O %A %B")
    (tmp_path / ".gitattributes").write_text("*.po merge=po\n")
    base = export(edition())
    commit(base)
    git("checkout", "-qb", "theirs")
    commit(edit(edit(base, "p1.s1", "Theirs."), "p2.s1", "Theirs too."))
    git("checkout", "-q", "ours")
    commit(edit(base, "p2.s2", "Ours."))
    git("merge", "-q", "theirs", "-m", "merge")
    merged = (tmp_path / name).read_bytes()
    texts = [t.text for t in applied(merged, ARTICLE).translations]
    assert texts == ["Theirs.", "Theirs too.", "Ours."]

    git("checkout", "-qb", "third", "HEAD~1")
    commit(edit(merged, "p1.s1", "Third."))
    git("checkout", "-q", "ours")
    commit(edit(merged, "p1.s1", "Ours now."))
    git("merge", "-q", "third", "-m", "merge", status=1)
    message = message_of((tmp_path / name).read_bytes(), "p1.s1")
    assert message.fuzzy
    assert {"conflict (ours): Ours now.", "conflict (theirs): Third."} <= set(message.comments)
