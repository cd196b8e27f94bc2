"""Whatever is done in whatever order, no word a person wrote is lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from review_editions import article, edition, texts_of

from bilingual.po import merge_catalogues, parse
from bilingual.review import ReviewResult, export, read_review

WORDS = ("المجلس", "الهدنة", "المبعوث", "وصل", "يناقش", "أعلن", "اليوم", "غدا", "التقرير", "صامدة")
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map(" ".join)
MARKS = ("", "", "", "[merge]", "[omit]", "[add] ", "[merge]\n[add] ", "line\n")


class Loop(RuleBasedStateMachine):
    """Editors change the article, translators the catalogue, and `export` runs at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.words: dict[str, None] = {}
        """What persons wrote and did not themselves replace."""
        self.base: bytes | None = None
        self.expected: set[str] = set()

    @initialize(sentences=st.lists(SENTENCE, min_size=2, max_size=6, unique=True))
    def begin(self, sentences: list[str]) -> None:
        self.paragraphs = [tuple(sentences[:2]), tuple(sentences[2:])]
        self.paragraphs = [p for p in self.paragraphs if p]
        self.data = export(edition(self.paragraphs))

    def review(self) -> ReviewResult:
        source, segments = article(self.paragraphs)
        texts = texts_of(source, segments)
        return read_review(self.data).apply(segments, texts, document="sample")

    @rule(
        place=st.integers(0, 20),
        mark=st.sampled_from(MARKS),
        fuzzy=st.booleans(),
        remark=st.booleans(),
    )
    def translate(self, place: int, mark: str, fuzzy: bool, remark: bool) -> None:
        catalogue = parse(self.data)
        messages = list(catalogue.messages)
        active = [i for i, m in enumerate(messages) if not m.obsolete and not m.is_header]
        at = active[place % len(active)]
        old = messages[at]
        for word in list(self.words):
            if word in old.msgstr and word not in " ".join(old.comments):
                del self.words[word]  # the translator's own choice
        self.count += 1
        word = f"Word{self.count}x"
        comments = old.comments
        if remark:
            comments = (*comments, f"Remark{self.count}x")
            self.words[f"Remark{self.count}x"] = None
        text = mark + word
        if mark in ("[merge]", "[omit]"):
            text = mark
        else:
            self.words[word] = None
        new = replace(old, msgstr=text, comments=comments, previous_msgid=None)
        messages[at] = new.with_fuzzy(fuzzy)
        self.data = catalogue.with_messages(messages).to_bytes()

    @rule(place=st.integers(0, 20), fuzzy=st.booleans())
    def flag(self, place: int, fuzzy: bool) -> None:
        catalogue = parse(self.data)
        messages = list(catalogue.messages)
        active = [i for i, m in enumerate(messages) if not m.obsolete and not m.is_header]
        at = active[place % len(active)]
        messages[at] = messages[at].with_fuzzy(fuzzy)
        self.data = catalogue.with_messages(messages).to_bytes()

    @rule(paragraph=st.integers(0, 9), place=st.integers(0, 9), sentence=SENTENCE)
    def insert(self, paragraph: int, place: int, sentence: str) -> None:
        at = paragraph % len(self.paragraphs)
        old = self.paragraphs[at]
        place %= len(old) + 1
        self.paragraphs[at] = (*old[:place], sentence, *old[place:])

    @rule(sentence=SENTENCE)
    def insert_paragraph(self, sentence: str) -> None:
        self.paragraphs.insert(0, (sentence,))

    @precondition(lambda self: sum(map(len, self.paragraphs)) > 1)
    @rule(paragraph=st.integers(0, 9), place=st.integers(0, 9))
    def delete(self, paragraph: int, place: int) -> None:
        at = paragraph % len(self.paragraphs)
        old = self.paragraphs[at]
        place %= len(old)
        self.paragraphs[at] = old[:place] + old[place + 1 :]
        self.paragraphs = [p for p in self.paragraphs if p]

    @rule(
        paragraph=st.integers(0, 9),
        place=st.integers(0, 9),
        word=st.integers(0, 9),
        new=st.sampled_from(WORDS),
    )
    def reword(self, paragraph: int, place: int, word: int, new: str) -> None:
        at = paragraph % len(self.paragraphs)
        old = list(self.paragraphs[at])
        place %= len(old)
        words = old[place].split()
        words[word % len(words)] = new
        old[place] = " ".join(words)
        self.paragraphs[at] = tuple(old)

    @rule()
    def turn_around(self) -> None:
        self.paragraphs.reverse()

    @rule(engine=st.sampled_from(["", "new"]))
    def export(self, engine: str) -> None:
        made = edition(self.paragraphs, self.review(), engine=engine)
        self.data = export(made, self.data)
        assert export(made, self.data) == self.data

    @precondition(lambda self: self.base is None)
    @rule()
    def a_colleague_takes_a_copy(self) -> None:
        self.base = self.data
        self.theirs = self.data

    @precondition(lambda self: self.base is not None)
    @rule(place=st.integers(0, 20), mark=st.sampled_from(MARKS), fuzzy=st.booleans())
    def the_colleague_works(self, place: int, mark: str, fuzzy: bool) -> None:
        mine, self.data = self.data, self.theirs
        held = dict(self.words)
        self.translate(place, mark, fuzzy, False)
        # What the colleague replaced may live on in my copy, but need not after a merge.
        self.words = {w: None for w in held if w in self.words} | self.words
        self.theirs, self.data = self.data, mine

    @precondition(lambda self: self.base is not None)
    @rule()
    def both_are_merged(self) -> None:
        assert self.base is not None
        held = self.data + self.theirs
        result = merge_catalogues(self.base, self.data, self.theirs)
        self.words = {w: None for w in self.words if w.encode() in held}
        self.data, self.base = result.data, None

    @invariant()
    def every_word_is_there(self) -> None:
        if not hasattr(self, "data"):
            return
        held = self.data if self.base is None else self.data + self.theirs
        for word in self.words:
            assert word.encode() in held, word


Loop.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestLoop = Loop.TestCase
