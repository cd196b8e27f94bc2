"""Two people worked on one catalogue: their work in one file, and nothing of either lost.

A driver for git: each field of each message is merged by itself, as diff3 does for lines.
Where both wrote other words for one message, it becomes ``fuzzy`` and carries both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from bilingual.errors import BilingualError
from bilingual.po.catalogue import Catalogue, parse
from bilingual.po.message import Message
from bilingual.po.render import render

__all__ = [
    "CONFLICT",
    "MergeConflict",
    "MergeResult",
    "MessageChange",
    "diff",
    "has_conflict",
    "merge_catalogues",
    "unite",
    "without_conflict",
]

CONFLICT = "conflict"
"""First word of the comment lines that carry the versions of a message in conflict."""

T = TypeVar("T")
Key = tuple[str | None, str, int]
"""Context, msgid, and which of several with both the same."""


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """A message that two people gave other words, or one deleted while the other changed it."""

    msgctxt: str | None
    msgid: str
    ours: str
    theirs: str
    """Their words; empty on the side that deleted the message."""


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The merged file and what a person has to decide in it."""

    data: bytes
    conflicts: tuple[MergeConflict, ...]


@dataclass(frozen=True, slots=True)
class MessageChange:
    """A message that differs between two catalogues; one side is None when it was not there."""

    old: Message | None
    new: Message | None


def diff(old: Catalogue, new: Catalogue) -> tuple[MessageChange, ...]:
    """The messages that were changed, deleted or added, in the new order, deleted ones last.

    Headers, references and the lines of extracted comments count; order does not.
    """
    before, after = _keyed(old.messages), _keyed(new.messages)
    changes = [
        MessageChange(before.get(key), message)
        for key, message in after.items()
        if before.get(key) != message
    ]
    gone = [MessageChange(m, None) for key, m in before.items() if key not in after]
    return tuple(changes + gone)


def has_conflict(message: Message) -> bool:
    """Whether a merge left two versions in the message and nobody decided yet."""
    return message.fuzzy and any(_is_conflict_line(line) for line in message.comments)


def without_conflict(comments: Sequence[str]) -> tuple[str, ...]:
    """The comments a person wrote, without the lines that carry versions in conflict."""
    return tuple(line for line in comments if not _is_conflict_line(line))


def _is_conflict_line(line: str) -> bool:
    return re.match(rf"{CONFLICT} \((ours|theirs|also)[^)]*\):", line) is not None


def unite(first: Message, second: Message, labels: tuple[str, str] = ("ours", "also")) -> Message:
    """One message for two with the same key: both words kept, fuzzy when they differ."""
    comments = list(first.comments)
    comments += [line for line in second.comments if line not in comments]
    flags = first.flags + tuple(f for f in second.flags if f not in first.flags and f != "fuzzy")
    if _words(first) == _words(second) or not any(_words(second)):
        fuzzy = first.fuzzy and second.fuzzy if any(_words(second)) else first.fuzzy
        return replace(first, comments=tuple(comments), flags=flags).with_fuzzy(fuzzy)
    if not any(_words(first)):
        return replace(
            first,
            msgstr=second.msgstr,
            msgstr_plural=second.msgstr_plural,
            comments=tuple(comments),
            flags=flags,
        ).with_fuzzy(second.fuzzy)
    for label, message in zip(labels, (first, second), strict=True):
        for line in _versions(message, label):
            if line not in comments:
                comments.append(line)
    return replace(first, comments=tuple(comments), flags=flags).with_fuzzy(True)


def merge_catalogues(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    where: tuple[str, str, str] = ("base", "ours", "theirs"),
) -> MergeResult:
    """Merge two files that came from one. ``base`` may be empty: there was no common file.

    The result has the order, wrapping and line ends of ``ours``. A message both gave other words
    is fuzzy, with ours as its msgstr and both in ``# conflict (ours): ...`` comments; a message
    that one deleted and the other changed stays. Raises R0101 and R0102 as ``parse`` does,
    R0103 when a file is not whole.
    """
    old, mine, other = (
        parse(data, name) if data.strip() else Catalogue()
        for data, name in zip((base, ours, theirs), where, strict=True)
    )
    for catalogue, name, data in ((mine, where[1], ours), (other, where[2], theirs)):
        if (base.strip() and not data.strip()) or catalogue.missing:
            message = "messages are missing (is the file half saved?): save it again, then merge"
            raise BilingualError("R0103", message, name)
    if not ours.strip():
        return MergeResult(theirs, ())
    before, left, right = (_keyed(c.messages) for c in (old, mine, other))
    conflicts: list[MergeConflict] = []
    merged: dict[Key, Message] = {}
    for key in _order(list(left), list(right)):
        b, o, t = before.get(key), left.get(key), right.get(key)
        if o is not None and t is not None:
            merged[key] = _header(b, o, t) if o.is_header else _merge(b, o, t, conflicts)
        elif o is not None and (b is None or o != b):
            merged[key] = o
            if b is not None:
                conflicts.append(MergeConflict(o.msgctxt, o.msgid, o.msgstr, ""))
        elif t is not None and (b is None or t != b):
            merged[key] = _carried(t, other, mine)
            if b is not None:
                conflicts.append(MergeConflict(t.msgctxt, t.msgid, "", t.msgstr))
    tail = _choose(old.tail, mine.tail, other.tail)
    result = replace(mine, messages=tuple(merged.values()), tail=tail or mine.tail)
    if "X-Messages" in result.header:
        count = sum(not m.obsolete and not m.is_header for m in result.messages)
        result = result.with_header({"X-Messages": str(count)})
    return MergeResult(result.to_bytes(), tuple(conflicts))


def _keyed(messages: Iterable[Message]) -> dict[Key, Message]:
    """Messages by key, living ones numbered before obsolete ones, in the order of the file."""
    messages = list(messages)
    seen: Counter[tuple[str | None, str]] = Counter()
    keys: dict[int, Key] = {}
    for obsolete in (False, True):
        for place, message in enumerate(messages):
            if message.obsolete == obsolete:
                keys[place] = (*message.key, seen[message.key])
                seen[message.key] += 1
    return {keys[place]: message for place, message in enumerate(messages)}


def _order(ours: list[Key], theirs: list[Key]) -> list[Key]:
    """Our order, with what only they have after the message it follows in theirs."""
    known = set(ours)
    following: dict[Key | None, list[Key]] = {}
    anchor: Key | None = None
    for key in theirs:
        if key in known:
            anchor = key
        else:
            following.setdefault(anchor, []).append(key)
    if None in following and ours:  # never before the header
        at = ours[0] if ours[0][:2] == (None, "") else None
        if at is not None:
            following[at] = following.pop(None) + following.get(at, [])
    order = following.get(None, [])[:]
    for key in ours:
        order += [key, *following.get(key, [])]
    return order


def _choose(base: T, ours: T, theirs: T) -> T | None:
    """The side that changed; None when both did, to different ends."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


def _merge(
    base: Message | None, ours: Message, theirs: Message, conflicts: list[MergeConflict]
) -> Message:
    if ours == theirs or base == theirs:
        return ours
    old = base or Message(ours.msgid)
    words = _choose(_words(old), _words(ours), _words(theirs))
    clash = words is None
    if words is None:
        words = _words(ours)
        conflicts.append(MergeConflict(ours.msgctxt, ours.msgid, ours.msgstr, theirs.msgstr))
    comments = _lines(old.comments, ours.comments, theirs.comments)
    if clash:
        for label, message in (("ours", ours), ("theirs", theirs)):
            comments += tuple(x for x in _versions(message, label) if x not in comments)
    flags = _lines(old.flags, ours.flags, theirs.flags)
    if base is None and ours.fuzzy != theirs.fuzzy:
        flags = tuple(flag for flag in flags if flag != "fuzzy")
        # The one who approved decides, unless the words are not those approved.
        approved = theirs if ours.fuzzy else ours
        if _words(approved) != words:
            flags = ("fuzzy", *flags)
    elif base is not None and any(words != _words(side) for side in (ours, theirs)):
        # Words that one side changed stay fuzzy if that side left them so, whatever the other
        # side thought of the words they replaced.
        changed = ours if words == _words(ours) else theirs
        rest = tuple(flag for flag in flags if flag != "fuzzy")
        flags = ("fuzzy", *rest) if changed.fuzzy else rest
    result = replace(
        ours,
        msgstr=words[0],
        msgstr_plural=words[1],
        comments=comments,
        extracted=_lines(old.extracted, ours.extracted, theirs.extracted),
        references=_lines(old.references, ours.references, theirs.references),
        flags=flags,
        obsolete=ours.obsolete and theirs.obsolete,
        previous_msgctxt=_choose(
            old.previous_msgctxt, ours.previous_msgctxt, theirs.previous_msgctxt
        )
        or ours.previous_msgctxt,
        previous_msgid=_choose(old.previous_msgid, ours.previous_msgid, theirs.previous_msgid)
        or ours.previous_msgid,
    )
    return result.with_fuzzy(True) if clash else result


def _words(message: Message) -> tuple[str, tuple[str, ...]]:
    return message.msgstr, message.msgstr_plural


def _versions(message: Message, label: str) -> list[str]:
    """Comment lines that carry a message's words, each line of them under its label."""
    words = message.msgstr_plural or (message.msgstr,)
    state = "" if not message.fuzzy else ", fuzzy"
    return [f"{CONFLICT} ({label}{state}): {x}" for text in words for x in text.split("\n") if x]


def _lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Our lines, without those they took out, with those they put in."""
    added = [line for line in theirs if line not in base and line not in ours]
    gone = {line for line in base if line not in theirs}
    kept = [line for line in ours if line not in gone]
    return (*kept, *added)


def _header(base: Message | None, ours: Message, theirs: Message) -> Message:
    """Each header field by itself; who and when from the later revision."""
    mine, other = Catalogue((ours,)).header, Catalogue((theirs,)).header
    old = Catalogue((base,)).header if base else {}
    revision = "PO-Revision-Date"
    theirs_later = _moment(other.get(revision, "")) > _moment(mine.get(revision, ""))
    fields: dict[str, str] = {}
    for name in (*mine, *(n for n in other if n not in mine)):
        if name in (revision, "Last-Translator", "X-Generator"):
            source = other if theirs_later and name in other else mine
            chosen: str | None = source.get(name, other.get(name, ""))
        else:
            chosen = _choose(old.get(name), mine.get(name), other.get(name))
            chosen = mine.get(name, other.get(name)) if chosen is None else chosen
        fields[name] = chosen or ""
    comments = _lines(base.comments if base else (), ours.comments, theirs.comments)
    flags = _lines(base.flags if base else (), ours.flags, theirs.flags)
    changed = Catalogue((replace(ours, comments=comments, flags=flags),)).with_header(fields)
    return changed.messages[0]


def _moment(date: str) -> datetime:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:  # gettext's placeholder, or nothing
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _carried(message: Message, source: Catalogue, target: Catalogue) -> Message:
    """A message of another file, with this file's line ends."""
    if source.newline == target.newline or not message.raw:
        return message
    raw = render(message).replace("\r\n", "\n").replace("\n", target.newline)
    return replace(message, raw=raw)
