"""A segment at work: its Arabic, and the English proposed for it so far, weighed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bilingual.document import Mention, Outcome
from bilingual.engine.base import Hypothesis
from bilingual.numerals import Number, arabic_numbers, english_numbers, unmatched
from bilingual.script import has_arabic
from bilingual.terminology.spans import Span, forbidden_spans, locate, surplus

__all__ = ["Draft", "Task", "assess", "gains", "harmless", "prefer"]

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Draft:
    """One English text for a segment and what it keeps of the Arabic.

    ``source``, ``mentions`` and ``hypothesis`` are what the engine was given and said, for an
    alignment; a text put together from several decodes has no hypothesis. ``spans`` and
    ``outcomes`` have one item for each mention.
    """

    text: str
    spans: tuple[Span | None, ...]
    outcomes: tuple[Outcome, ...]
    met: int
    """Approved mentions answered, without forbidden English."""
    missing: tuple[Number, ...]
    """Numbers of the Arabic that do not stand in the English."""
    spurious: tuple[Number, ...]
    extra: int
    """Controlled forms that answer no mention."""
    repetition: int
    foreign: bool
    """Whether Arabic letters were left in it."""
    broken: bool
    """Whether the engine lost its way: it repeats itself, or left Arabic standing."""
    score: float
    source: str = ""
    mentions: tuple[Mention, ...] = ()
    hypothesis: Hypothesis | None = None


@dataclass(slots=True)
class Task:
    """A segment on its way up the ladder."""

    source: str
    """The Arabic, cleaned."""
    mentions: tuple[Mention, ...]
    """With offsets into ``source``."""
    numbers: tuple[Number, ...] = ()
    best: Draft | None = None
    first: Draft | None = None
    """The engine's own best hypothesis: what it has, no other draft may lose."""
    rivals: list[Draft] = field(default_factory=list)
    """Inlined drafts that did not win, but may once projected."""
    clause: bool = False
    """Part of a sentence: a form said too often is then mended too, or the parts cannot join."""
    decodes: int = 0
    pieces: int = 0

    def __post_init__(self) -> None:
        self.numbers = arabic_numbers(self.source)

    @property
    def approved(self) -> int:
        """How many mentions have to be met."""
        return sum(m.approved for m in self.mentions)

    @property
    def open(self) -> bool:
        """Whether a term or a number is still wanting."""
        best = self.best
        return best is not None and (
            best.met < self.approved
            or bool(best.missing)
            or best.broken
            or (self.clause and best.extra > 0)
        )

    def unmet(self, draft: Draft) -> list[int]:
        """Indices of the approved mentions a draft does not answer."""
        return [
            i
            for i, m in enumerate(self.mentions)
            if m.approved and (draft.spans[i] is None or forbidden_spans(draft.text, m))
        ]


def _repetition(text: str) -> int:
    """Words that only repeat: the second of each run of 1 to 4 words said twice in a row, and
    every occurrence after the second of the same three words."""
    words = [w.lower() for w in _WORD.findall(text)]
    count = 0
    for n in (1, 2, 3, 4):
        count += sum(words[i : i + n] == words[i + n : i + 2 * n] for i in range(len(words)))
    grams = Counter(zip(words, words[1:], words[2:], strict=False))
    return count + sum(max(0, k - 2) for k in grams.values())


def assess(
    task: Task,
    text: str,
    outcome: Outcome | Sequence[Outcome],
    score: float,
    *,
    source: str = "",
    mentions: tuple[Mention, ...] = (),
    hypothesis: Hypothesis | None = None,
) -> Draft:
    """Weigh an English text. A mention the engine's best hypothesis had already is ``kept``."""
    spans = locate(text, task.mentions)
    given = (outcome,) * len(spans) if isinstance(outcome, Outcome) else tuple(outcome)
    outcomes: list[Outcome] = []
    met = 0
    for i, (span, mention) in enumerate(zip(spans, task.mentions, strict=True)):
        if span is None:
            outcomes.append(Outcome.MISSED)
            continue
        had = task.first is not None and task.first.spans[i] is not None
        outcomes.append(Outcome.KEPT if had else given[i])
        met += mention.approved and not forbidden_spans(text, mention)
    controlled = [s for s in spans if s is not None]
    missing, spurious = unmatched(task.numbers, english_numbers(text), controlled)
    repetition, foreign = _repetition(text), has_arabic(text)
    return Draft(
        text=text,
        spans=spans,
        outcomes=tuple(outcomes),
        met=met,
        missing=missing,
        spurious=spurious,
        extra=sum(surplus(text, task.mentions, spans).values()),
        repetition=repetition,
        foreign=foreign,
        # A clause that stutters would make the whole sentence do so.
        broken=foreign or repetition > (0 if task.clause else 2),
        score=score,
        source=source,
        mentions=mentions,
        hypothesis=hypothesis,
    )


def prefer(draft: Draft) -> tuple[float, ...]:
    """The order of drafts, greatest best: terms met, numbers kept, clean, then the score."""
    return (
        draft.met,
        -len(draft.missing),
        not draft.broken,
        -draft.extra - draft.repetition,
        -len(draft.spurious),
        draft.score,
    )


def gains(task: Task, new: Draft, old: Draft) -> bool:
    """Whether a draft keeps more of the Arabic than another: terms first, then numbers."""
    now = (new.met, -len(new.missing), not new.broken, -new.extra if task.clause else 0)
    return now > (old.met, -len(old.missing), not old.broken, -old.extra if task.clause else 0)


def harmless(task: Task, new: Draft, old: Draft) -> bool:
    """Whether a draft may take the place of another: it loses no term and no number that was
    there, says no term more often than the Arabic, and is no ruin of a sentence."""
    for i, mention in enumerate(task.mentions):
        if mention.approved and old.spans[i] is not None and new.spans[i] is None:
            return False
        if len(forbidden_spans(new.text, mention)) > len(forbidden_spans(old.text, mention)):
            return False
    if len(new.missing) > len(old.missing):
        return False
    if new.extra > old.extra:
        return False
    if new.repetition > max(old.repetition, 1) or new.foreign > old.foreign:
        return False
    words, before = len(new.text.split()), len(old.text.split())
    arabic = len(task.source.split())
    shrunk = words < 0.6 * before and words < 0.8 * arabic
    swollen = words > 1.7 * before + 3 and words > 2.2 * arabic + 3
    return bool(words) and not shrunk and not swollen
