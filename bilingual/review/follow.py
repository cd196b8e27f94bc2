"""Which message belongs to which segment, when the article is no longer what it was.

Reviewed work follows its Arabic: by the exact text wherever that moved, then by the text that
is closest, fuzzy and with the old Arabic kept as previous msgid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bilingual.document import Segment
from bilingual.po import Message
from bilingual.review.alike import Alike
from bilingual.review.message import Standing, has_stake, read_notes, sign, standing
from bilingual.script import clean, fold

__all__ = ["Following", "Placed", "follow"]

# Similarity (0-100, fold by fold) from which words follow a changed text: less for the message
# of the same place, more for one that had already lost its place.
_NEAR, _SAME_PLACE, _OBSOLETE = 60.0, 40.0, 75.0


@dataclass(frozen=True, slots=True)
class Placed:
    """The message of a segment, brought up to date with it."""

    message: Message
    """Its msgctxt and msgid are the segment's; fuzzy with ``#|`` when the Arabic changed."""
    origin: int
    """Index among the messages given."""
    close: bool = False
    """Whether it came by likeness only."""


@dataclass(frozen=True, slots=True)
class Following:
    """For each segment its message or None, and the indices of messages without a place."""

    placed: tuple[Placed | None, ...]
    left: tuple[int, ...]


def follow(
    messages: Sequence[Message], segments: Sequence[Segment], texts: Sequence[str]
) -> Following:
    """Give each segment its message. ``messages`` without the header; obsolete ones take part."""
    placed: list[Placed | None] = [None] * len(segments)
    free = dict.fromkeys(range(len(messages)))
    _by_text(messages, segments, texts, placed, free)
    _by_previous(messages, segments, texts, placed, free)
    _by_likeness(messages, segments, texts, placed, free)
    return Following(tuple(placed), tuple(free))


def _by_text(
    messages: Sequence[Message],
    segments: Sequence[Segment],
    texts: Sequence[str],
    placed: list[Placed | None],
    free: dict[int, None],
) -> None:
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    held: defaultdict[str, list[int]] = defaultdict(list)
    dead: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        wanted[clean(text).text].append(place)
    for index, message in enumerate(messages):
        (dead if message.obsolete else held)[clean(message.msgid).text].append(index)

    def put(place: int, index: int) -> None:
        message = replace(
            messages[index],
            msgctxt=segments[place].id,
            msgid=texts[place] if messages[index].msgid != texts[place] else messages[index].msgid,
            obsolete=False,
        )
        placed[place] = Placed(message, index)
        del free[index]

    for text, places in wanted.items():
        indices = held.get(text, [])
        contexts = {messages[i].msgctxt: i for i in reversed(indices)}
        ids = {segments[place].id for place in places}
        # Equal texts, all of them moved: they are in the same order as before. Otherwise those
        # that stayed in their places are paired first.
        if len(indices) != len(places) or set(contexts) == ids:
            for place in places:
                same = contexts.get(segments[place].id)
                if same is not None:
                    put(place, same)
        # Where there are more messages than places, those with a person's words come first,
        # and those that lost their place come last.
        rest = [i for i in indices if i in free]
        waiting = [place for place in places if placed[place] is None]
        if len(rest) > len(waiting):
            rest.sort(key=lambda i: not has_stake(messages[i]))
        rest += sorted(dead.get(text, []), key=lambda i: not has_stake(messages[i]))
        for place, index in zip(waiting, rest, strict=False):
            put(place, index)


def _by_previous(
    messages: Sequence[Message],
    segments: Sequence[Segment],
    texts: Sequence[str],
    placed: list[Placed | None],
    free: dict[int, None],
) -> None:
    """The Arabic went back to what it was: so does the message, reviewed if it was so."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        if placed[place] is None:
            wanted[clean(text).text].append(place)
    for index in list(free):
        message = messages[index]
        if message.previous_msgid is None:
            continue
        places = wanted.get(clean(message.previous_msgid).text, [])
        if not places:
            continue
        place = places.pop(0)
        message = _moved(message, segments[place].id, texts[place])
        message = replace(message, previous_msgid=None, previous_msgctxt=None)
        signed = read_notes(message).signed
        if signed is not None and signed.digest == sign(message.msgid, message.msgstr):
            # The machine's words in it are those for the other Arabic.
            lines = tuple(x for x in message.extracted if not x.startswith("mt: "))
            message = replace(message, extracted=lines).with_fuzzy(False)
            placed[place] = Placed(message, index)
        else:
            placed[place] = Placed(message, index, close=True)
        del free[index]


def _by_likeness(
    messages: Sequence[Message],
    segments: Sequence[Segment],
    texts: Sequence[str],
    placed: list[Placed | None],
    free: dict[int, None],
) -> None:
    waiting = [place for place in range(len(segments)) if placed[place] is None]
    staked = [index for index in free if has_stake(messages[index])]
    if not waiting or not staked:
        return
    alike = Alike([fold(texts[place]).text for place in waiting])
    at = {segments[place].id: n for n, place in enumerate(waiting)}
    pairs: list[tuple[float, int, int]] = []
    for index in staked:
        message = messages[index]
        key = fold(message.msgid).text
        least = _OBSOLETE if message.obsolete else _NEAR
        near = {n: score for score, n in alike.near(key, least)}
        same = None if message.obsolete else at.get(message.msgctxt or "")
        if same is not None:
            score = fuzz.ratio(key, alike.texts[same], processor=None)
            if score >= _SAME_PLACE:
                near[same] = score + 10
        pairs += [(-score, waiting[n], index) for n, score in near.items()]
    for _, place, index in sorted(pairs):
        if placed[place] is None and index in free:
            placed[place] = Placed(
                _changed(messages[index], segments[place].id, texts[place]), index, close=True
            )
            del free[index]


def _moved(message: Message, context: str, text: str) -> Message:
    return replace(message, msgctxt=context, msgid=text, obsolete=False)


def _changed(message: Message, context: str, text: str) -> Message:
    """A message whose Arabic is another now: its words wait, with what they were written for."""
    moved = _moved(message, context, text)
    if standing(message) in (Standing.EMPTY, Standing.UNTOUCHED):
        return replace(moved, msgstr="")  # only remarks are a person's; the machine begins anew
    # Words that already followed once still belong to the text they were written for.
    old = message.msgid if message.previous_msgid is None else message.previous_msgid
    return replace(moved, previous_msgid=old).with_fuzzy(True)
