"""What a message of a review catalogue says: who wrote its English, and what for.

The machine's own words stand in a ``#. mt:`` line, so that words left as they were can be told
from words corrected. Everything here survives editors that wrap comments, and costs no
reviewer's word when one strips them: without the line, words count as corrected.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bilingual.document import Origin, ReviewState
from bilingual.po import Message
from bilingual.po.merge import has_conflict, without_conflict

__all__ = [
    "Notes",
    "Parsed",
    "Signed",
    "Standing",
    "has_stake",
    "one_line",
    "parse_english",
    "read_notes",
    "review_state",
    "sign",
    "standing",
    "unwrapped",
]

NAMES = ("kind", "mt", "copied", "reused", "reused-from", "reviewed", "glossary", "missed",
         "check", "memory", "before", "after")  # fmt: skip
"""The ``#.`` lines that are ours, in the order in which they are written."""
OWN_FLAGS = frozenset({"fuzzy", "read-only"})

_NAMED = re.compile(rf"({'|'.join(NAMES)}): ?(.*)$")
_ORIGINS = {"mt": Origin.MACHINE, "copied": Origin.COPIED, "reused": Origin.MEMORY}
_MARK = re.compile(r"\[\s*(omit|merge|add)\s*\]\s*(.*)$", re.IGNORECASE | re.DOTALL)


class Standing(StrEnum):
    """How far a message has come."""

    EMPTY = "empty"
    UNTOUCHED = "untouched"
    """Holds what the machine wrote (or copied), and waits."""
    REUSED = "reused"
    """Holds what the translation memory gave; that counts as reviewed."""
    DRAFT = "draft"
    """A person's words, but fuzzy."""
    CONFLICT = "conflict"
    """Two persons' words, fuzzy."""
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Signed:
    """A ``reviewed:`` or ``reused-from:`` line."""

    state: ReviewState
    reviewer: str = ""
    date: str = ""
    digest: str = ""
    """Of the Arabic and the English it holds for (``reviewed``); the place (``reused-from``)."""

    def __str__(self) -> str:
        name = one_line(self.reviewer.replace("|", "/"))  # the sign that divides the fields
        fields = (self.state, name, one_line(self.date), self.digest)
        return " | ".join(fields)


@dataclass(frozen=True, slots=True)
class Notes:
    """What the ``#.`` lines of a message say of its English."""

    written: str | None
    """The words that were put there for the reviewer; None when the line is lost."""
    origin: Origin
    """Where those words came from."""
    signed: Signed | None
    source: Signed | None
    """For reused words, whose they are."""
    foreign: tuple[str, ...]
    """Lines that are not ours."""
    wrapped: bool
    """Whether an editor wrapped the lines, so that white space proves nothing."""


def one_line(text: str) -> str:
    """A text as it can stand in a comment: single spaces, no line ends."""
    return " ".join(text.split())


def unwrapped(lines: Sequence[str]) -> tuple[str, ...]:
    """``#.`` lines as they were before an editor wrapped them.

    A line goes on the one before when it has no name of ours and that one is just so long that
    its first word would not have fit (between 74 and 82 columns).
    """
    out: list[str] = []
    last = ""
    for line in lines:
        full = len(last) <= 82 and len(last) + 1 + len(line.split(" ")[0]) >= 72
        if out and full and _NAMED.match(line) is None and _NAMED.match(out[-1]):
            out[-1] += f" {line}"
        else:
            out.append(line)
        last = line
    return tuple(out)


def read_notes(message: Message) -> Notes:
    """The ``#.`` lines of a message, understood."""
    lines = unwrapped(message.extracted)
    written: str | None = None
    origin = Origin.MACHINE
    signed: Signed | None = None
    source: Signed | None = None
    foreign: list[str] = []
    for line in lines:
        match = _NAMED.match(line)
        if match is None:
            foreign.append(line)
            continue
        name, value = match.groups()
        if name in _ORIGINS and written is None:
            written, origin = value, _ORIGINS[name]
        elif name == "reviewed":
            signed = signed or _signed(value)
        elif name == "reused-from":
            source = source or _signed(value)
    return Notes(written, origin, signed, source, tuple(foreign), lines != message.extracted)


def _signed(value: str) -> Signed | None:
    fields = [field.strip() for field in value.split("|")]
    if len(fields) != 4 or fields[0] not in (ReviewState.APPROVED, ReviewState.POST_EDITED):
        return None
    return Signed(ReviewState(fields[0]), *fields[1:])


def sign(arabic: str, english: str) -> str:
    """A short digest of what was reviewed: these words for this Arabic."""
    held = f"{one_line(arabic)}\0{_normal(english)}"
    return hashlib.sha256(held.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _normal(text: str) -> str:
    lines = (one_line(line) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(line for line in lines if line)


def _unchanged(message: Message, notes: Notes) -> bool:
    if notes.written is None:
        return False
    now, then = _normal(message.msgstr), _normal(notes.written)
    if notes.wrapped and "\n" not in now:
        return "".join(now.split()) == "".join(then.split())
    return now == then


def standing(message: Message, notes: Notes | None = None) -> Standing:
    """How far a message has come. Only ``fuzzy`` and the words decide."""
    if not message.msgstr.strip():
        return Standing.EMPTY
    notes = notes or read_notes(message)
    same = _unchanged(message, notes)
    if message.fuzzy:
        if has_conflict(message):
            return Standing.CONFLICT
        # What followed its Arabic here (#|) was a person's, whatever the machine says now.
        machine = same and message.previous_msgid is None and notes.origin is not Origin.MEMORY
        return Standing.UNTOUCHED if machine else Standing.DRAFT
    if same and notes.origin is Origin.COPIED:
        return Standing.UNTOUCHED
    if same and notes.origin is Origin.MEMORY:
        return Standing.REUSED
    return Standing.REVIEWED


def review_state(message: Message, notes: Notes) -> ReviewState:
    """For a reviewed message: approved when the machine's words were left as they were."""
    if notes.origin is Origin.MACHINE and _unchanged(message, notes):
        return ReviewState.APPROVED
    return ReviewState.POST_EDITED


def has_stake(message: Message, notes: Notes | None = None) -> bool:
    """Whether anything in a message is a person's: then it is never dropped."""
    notes = notes or read_notes(message)
    return bool(
        standing(message, notes) not in (Standing.EMPTY, Standing.UNTOUCHED)
        or message.comments
        or notes.foreign
        or set(message.flags) - OWN_FLAGS
    )


@dataclass(frozen=True, slots=True)
class Parsed:
    """The English of a message, as its marks and lines divide it."""

    sentences: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    """Added sentences that stand before it."""
    after: tuple[str, ...] = ()
    merge: bool = False
    """Its Arabic is in the sentence of the segment before."""
    omit: bool = False
    """It has no English; why, after the mark, is for other readers of the file."""
    problem: str = ""
    """Not empty when the marks contradict one another; then the rest is not to be used."""


def parse_english(text: str) -> Parsed:
    """Sentences and marks: one sentence a line, ``[merge]``, ``[omit]``, ``[add] ...``."""
    sentences: list[str] = []
    before: list[str] = []
    after: list[str] = []
    merge = omit = False
    for line in text.split("\n"):
        line = line.strip()
        match = _MARK.match(line)
        mark, rest = (match[1].lower(), match[2].strip()) if match else ("", line)
        if mark == "add":
            if not rest:
                return Parsed(problem="[add] needs a sentence on the same line")
            (after if sentences or merge or omit else before).append(rest)
        elif mark == "omit":
            omit = True
        elif mark == "merge":
            if rest:
                return Parsed(
                    problem="nothing may follow [merge]: the words belong in the segment before"
                )
            merge = True
        elif rest:
            sentences.append(rest)
    if merge + omit + bool(sentences) > 1:
        return Parsed(problem="[merge], [omit] and a sentence exclude one another")
    if not (merge or omit or sentences):
        return Parsed(problem="only [add]; write [omit] too if the Arabic has no English")
    return Parsed(tuple(sentences), tuple(before), tuple(after), merge, omit)


def person_comments(messages: Message) -> tuple[str, ...]:
    """The translator's own remarks on a message."""
    return tuple(c.strip() for c in without_conflict(messages.comments) if c.strip())


def note(name: str, value: str) -> str:
    """A ``#.`` line of ours."""
    return f"{name}: {one_line(value)}".strip()


def in_order(lines: Iterable[str]) -> tuple[str, ...]:
    """Our lines in the order of their names."""
    return tuple(sorted(lines, key=lambda line: NAMES.index(line.partition(":")[0])))
