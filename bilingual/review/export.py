"""Writing a review catalogue: new, or over the one that reviewers have worked in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bilingual.document import (
    Edition,
    Origin,
    ReviewState,
)
from bilingual.po import Catalogue, Message
from bilingual.review.base import TranslationMemory
from bilingual.review.catalogue import ReviewCatalogue, read_review
from bilingual.review.hints import Hints
from bilingual.review.message import (
    Notes,
    Signed,
    Standing,
    has_stake,
    in_order,
    note,
    one_line,
    read_notes,
    sign,
    standing,
    unwrapped,
)
from bilingual.review.typed import English, typed_english

__all__ = ["export"]

_COMMENTS = (
    "English of an Arabic article, for review: correct the English and clear “fuzzy”.",
    "Left as it is and cleared, it counts as approved. One English sentence a line. On a line",
    "of its own: [merge] its Arabic is in the sentence before, [omit] no English for it,",
    "[add] and a sentence that the Arabic does not have.",
)
_CONTEXT = re.compile(r"p(\d+)\.s(\d+)$")


def export(
    edition: Edition,
    existing: bytes | None = None,
    *,
    memory: TranslationMemory | None = None,
    where: str = "",
    reviewer: str = "",
) -> bytes:
    """The review catalogue of an edition, over the ``existing`` one where there is one.

    Nothing a person wrote is lost: words, remarks, flags and order stay; words whose Arabic
    changed wait as fuzzy with the old Arabic, words whose Arabic is gone stay as obsolete. The
    same edition over its own export gives the same bytes. ``memory`` offers near matches.
    Raises R0101 to R0104 and R0201 when ``existing`` cannot be trusted.
    """
    segments = edition.segments
    texts = [edition.segment_text(segment) for segment in segments]
    if existing is None:
        header = Message("", _header(edition.source.name), comments=_COMMENTS)
        old = ReviewCatalogue(Catalogue((header,)), where, reviewer)
    else:
        old = read_review(existing, where, reviewer=reviewer)
    following = old.follow(segments, texts, edition.source.name)
    messages = old.messages
    english = typed_english(edition)
    hints = Hints(edition, texts, memory)
    made: list[Message] = []
    for place, (segment, text, placed) in enumerate(
        zip(segments, texts, following.placed, strict=True)
    ):
        message = Message(text, msgctxt=segment.id) if placed is None else placed.message
        made.append(_updated(old, message, english.get(segment.id), hints.lines(place, english)))
    at = [placed.origin if placed else None for placed in following.placed]
    kept = _arranged(messages, made, at, following.left)
    header_message = next((m for m in old.catalogue.messages if m.is_header), None)
    if header_message is None:  # an editor lost it, and with it the charset
        header_message = Message("", _header(edition.source.name))
    catalogue = old.catalogue.with_messages([header_message, *kept])
    fields = {"X-Document": edition.source.name, "X-Messages": str(len(made))}
    return catalogue.with_header(fields).to_bytes()


def _header(document: str) -> str:
    fields = {
        "Project-Id-Version": document,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "English",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": "ar",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _updated(
    old: ReviewCatalogue, message: Message, english: English | None, hints: Sequence[str]
) -> Message:
    """A message with the words it should hold now, its flags and its ``#.`` lines."""
    notes = read_notes(message)
    now = standing(message, notes)
    records: list[str] = []
    if now in (Standing.EMPTY, Standing.UNTOUCHED):
        message, records = _filled(message, english)
    elif now is Standing.REUSED and english and english.first is not None:
        if english.first.origin is Origin.MEMORY:
            message, records = _filled(message, english)
        else:
            records = _records(notes)
    elif now is Standing.REVIEWED:
        who, when = old.signed(message)
        signature = Signed(old.state(message), who, when, sign(message.msgid, message.msgstr))
        records = [*_records(notes, signed=False), note("reviewed", str(signature))]
        if signature.state is ReviewState.APPROVED and notes.written is None:
            records.append(note("mt", message.msgstr))
        message = replace(message, previous_msgid=None, previous_msgctxt=None)
    else:
        if english and english.machine and english.first is not None:
            origin = "copied" if english.first.origin is Origin.COPIED else "mt"
            records = [note(origin, english.own)]
        else:
            records = _records(notes, signed=False)
        if notes.signed is not None and message.previous_msgid is not None:
            records.append(note("reviewed", str(notes.signed)))
    lines = (*in_order([*records, *hints]), *notes.foreign)
    if unwrapped(message.extracted) == lines:
        return message
    return replace(message, extracted=lines)


def _records(notes: Notes, *, signed: bool = True) -> list[str]:
    """The lines that remember what was written here, and who answers for it."""
    names = {Origin.MACHINE: "mt", Origin.COPIED: "copied", Origin.MEMORY: "reused"}
    records = [] if notes.written is None else [note(names[notes.origin], notes.written)]
    if notes.source is not None:
        records.append(note("reused-from", str(notes.source)))
    if signed and notes.signed is not None:
        records.append(note("reviewed", str(notes.signed)))
    return records


def _filled(message: Message, english: English | None) -> tuple[Message, list[str]]:
    """A message no person has touched takes what the edition says."""
    flags = [flag for flag in message.flags if flag not in ("fuzzy", "read-only")]
    if english is None:
        return replace(message, msgstr="", flags=tuple(flags)), []
    first, text = english.first, english.text
    records: list[str] = []
    if first is None or (first.state is not ReviewState.MT and first.origin is not Origin.MEMORY):
        # Reviewed through the API, or left out by a person.
        state = ReviewState.POST_EDITED if first is None else first.state
        if state is ReviewState.APPROVED and english.own == text:
            records.append(note("mt", text))
        who, when = ("", "") if first is None else (first.reviewer, first.reviewed)
        signature = Signed(state, who, when, sign(message.msgid, text))
        records.append(note("reviewed", str(signature)))
    elif first.origin is Origin.MEMORY:
        source = Signed(first.state, first.reviewer, first.reviewed, "memory")
        records += [note("reused", english.own), note("reused-from", str(source))]
    elif first.origin is Origin.COPIED:
        flags.insert(0, "read-only")
        records.append(note("copied", english.own))
    else:
        flags.insert(0, "fuzzy")
        records.append(note("mt", english.own))
    if message.flags and set(flags) == set(message.flags):
        flags = list(message.flags)
    text = message.msgstr if one_line(message.msgstr) == text else text
    message = replace(
        message, msgstr=text, flags=tuple(flags), previous_msgid=None, previous_msgctxt=None
    )
    return message, records


def _arranged(
    before: Sequence[Message],
    made: Sequence[Message],
    origins: Sequence[int | None],
    left: Sequence[int],
) -> list[Message]:
    """The messages in their order: the article's, unless a person chose another.

    What has no place any more goes to the end as obsolete if anything in it is a person's.
    """
    living = [i for i, m in enumerate(before) if not m.obsolete]
    contexts = [_CONTEXT.match(before[i].msgctxt or "") for i in living]
    numbers = [(int(c[1]), int(c[2])) for c in contexts if c]
    if len(numbers) == len(living) and numbers == sorted(numbers):
        order = list(made)
    else:
        place = {origin: n for n, origin in enumerate(origins) if origin is not None}
        order = [made[place[i]] for i in living if i in place]
        for n, message in enumerate(made):
            origin = origins[n]
            if origin is None or before[origin].obsolete:
                at = next((k for k, m in enumerate(order) if n and m is made[n - 1]), -1)
                order.insert(at + 1, message)
    gone = [before[i] for i in left if before[i].obsolete]
    for i in left:
        if not before[i].obsolete and has_stake(before[i]):
            gone.append(_retired(before[i]))
    return order + gone


def _retired(message: Message) -> Message:
    """An obsolete message: its words, remarks and records, without hints about its place."""
    notes = read_notes(message)
    lines = (*in_order(_records(notes)), *notes.foreign)
    return replace(message, obsolete=True, extracted=lines)
