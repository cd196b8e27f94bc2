"""The ladder by which controlled forms reach the English: kept, chosen, inlined, projected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bilingual.document import Decision, Mention, Outcome
from bilingual.engine.base import Engine, Hypothesis
from bilingual.script import ascii_digits, clean, has_arabic
from bilingual.terminology.clauses import divide, inline
from bilingual.terminology.draft import Draft, Task, assess, gains, harmless, prefer
from bilingual.terminology.project import Edit, apply, number_edits, propose

__all__ = ["Rendering", "Request", "plain", "render"]

_CLAUSES = (30, 14, 7)
"""Words of the longest clause when a sentence that lost terms is decoded clause by clause."""


@dataclass(frozen=True, slots=True)
class Request:
    """One Arabic segment to be put into English; equal requests are decoded once."""

    text: str
    """The segment's Arabic, unchanged."""
    mentions: tuple[Mention, ...] = ()
    """Its glossary mentions, offsets relative to ``text``."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """The English of one request and what became of each of its mentions."""

    text: str
    decisions: tuple[Decision, ...] = ()
    """One for every mention of the request, in order; mentions as given."""
    decodes: int = 1
    """How many texts the engine was given for this segment (0: copied)."""
    pieces: int = 0
    """How many target pieces the engine decoded for it, all hypotheses together."""


def render(requests: Sequence[Request], engine: Engine, *, hypotheses: int = 4) -> list[Rendering]:
    """Put segments into English with their controlled forms, by the cheapest rung that serves.

    The engine's best hypothesis is kept when it has every approved form. Otherwise, all such
    segments together: another of the ``hypotheses`` best; a decode with the controlled English
    written into the Arabic; the same clause by clause; the words that attention traces to the
    Arabic name, replaced. A rung is taken only when it loses no other term and no number, says
    no term twice and leaves a sentence. What is then still wanting is reported ``missed``, and
    the text stays the engine's.

    Results come in the order of the requests and do not depend on their company.
    """
    unique = list(dict.fromkeys(requests))
    tasks = {r: _task(r) for r in unique if has_arabic(r.text)}
    _solve(list(tasks.values()), _Memory(engine), hypotheses, _CLAUSES)
    done = {r: _finish(r, tasks.get(r)) for r in unique}
    return [done[r] for r in requests]


class _Memory:
    """The engine, remembering: clauses come back when a sentence is divided again."""

    def __init__(self, engine: Engine) -> None:
        self.align = engine.align
        self._engine = engine
        self._said: dict[tuple[str, int], tuple[Hypothesis, ...]] = {}

    def translate(self, texts: Sequence[str], hypotheses: int) -> list[tuple[Hypothesis, ...]]:
        new = list(dict.fromkeys(t for t in texts if (t, hypotheses) not in self._said))
        if new:
            found = self._engine.translate(new, hypotheses=hypotheses)
            self._said |= {(t, hypotheses): said for t, said in zip(new, found, strict=True)}
        return [self._said[t, hypotheses] for t in texts]


def plain(requests: Sequence[Request], engine: Engine) -> list[Rendering]:
    """Put segments into English as the engine does: one decode each, and no ladder.

    What is done where no glossary is in force; numbers that go wrong are left to the checks.
    """
    texts = {r: ascii_digits(clean(r.text).text) for r in dict.fromkeys(requests)}
    wanted = list(dict.fromkeys(t for r, t in texts.items() if has_arabic(r.text)))
    found = dict(zip(wanted, engine.translate(wanted), strict=True)) if wanted else {}
    out: list[Rendering] = []
    for request in requests:
        text = texts[request]
        if text in found:
            best = found[text][0]
            out.append(Rendering(best.text, pieces=sum(len(c) for c in best.chunks)))
        else:
            out.append(Rendering(text, decodes=0))
    return out


def _task(request: Request) -> Task:
    cleaned = clean(request.text)
    mentions = []
    for mention in request.mentions:
        start, end = cleaned.from_origin(mention.start, mention.end)
        mentions.append(replace(mention, start=start, end=end))
    return Task(ascii_digits(cleaned.text), tuple(mentions))


def _finish(request: Request, task: Task | None) -> Rendering:
    if task is None or task.best is None:
        text = ascii_digits(clean(request.text).text)
        draft = assess(Task(text, request.mentions), text, Outcome.KEPT, 0.0)
        decodes = pieces = 0
    else:
        draft, decodes, pieces = task.best, task.decodes, task.pieces
    decisions = []
    for mention, span, outcome in zip(request.mentions, draft.spans, draft.outcomes, strict=True):
        if span is None:
            decisions.append(Decision(mention, Outcome.MISSED))
        else:
            form = draft.text[slice(*span)]
            decisions.append(Decision(mention, outcome, *span, form))
    return Rendering(draft.text, tuple(decisions), decodes, pieces)


def _solve(tasks: list[Task], engine: _Memory, hypotheses: int, limits: Sequence[int]) -> None:
    """Take every task as far up the ladder as it goes."""
    if not tasks:
        return
    _keep(tasks, engine)
    _choose([t for t in tasks if t.open], engine, hypotheses)
    _inline([t for t in tasks if t.open], engine, hypotheses)
    for depth in range(len(limits)):
        _by_clauses([t for t in tasks if t.open], engine, hypotheses, limits[depth:])
    _project([t for t in tasks if t.open], engine)


def _decode(
    tasks: Sequence[Task], texts: Sequence[str], engine: _Memory, hypotheses: int
) -> list[tuple[Hypothesis, ...]]:
    """One call for all texts; the work is written to each task's account."""
    found = engine.translate(texts, hypotheses)
    for task, several in zip(tasks, found, strict=True):
        task.decodes += 1
        task.pieces += sum(len(c) for h in several for c in h.chunks)
    return found


def _keep(tasks: Sequence[Task], engine: _Memory) -> None:
    found = _decode(tasks, [t.source for t in tasks], engine, 1)
    for task, (best, *_) in zip(tasks, found, strict=True):
        task.best = task.first = _draft(task, best, Outcome.KEPT)


def _draft(task: Task, hypothesis: Hypothesis, outcome: Outcome) -> Draft:
    return assess(
        task,
        hypothesis.text,
        outcome,
        hypothesis.score,
        source=task.source,
        mentions=task.mentions,
        hypothesis=hypothesis,
    )


def _take(task: Task, drafts: Sequence[Draft]) -> None:
    """Let the best of the harmless drafts replace the present one, if it meets more."""
    for draft in sorted(drafts, key=prefer, reverse=True):
        if task.best is None or task.first is None:
            continue
        if gains(task, draft, task.best) and harmless(task, draft, task.first):
            task.best = draft


def _choose(tasks: Sequence[Task], engine: _Memory, hypotheses: int) -> None:
    if hypotheses < 2:
        return
    found = _decode(tasks, [t.source for t in tasks], engine, hypotheses)
    for task, several in zip(tasks, found, strict=True):
        _take(task, [_draft(task, h, Outcome.CHOSEN) for h in several[1:]])


def _inline(tasks: Sequence[Task], engine: _Memory, hypotheses: int) -> None:
    jobs: list[Task] = []
    sources: list[tuple[str, tuple[Mention, ...]]] = []
    for task in tasks:
        if task.best is None:
            continue
        unmet = task.unmet(task.best)
        every = [i for i, m in enumerate(task.mentions) if m.approved]
        for chosen in dict.fromkeys((tuple(unmet), tuple(every))):
            if chosen and unmet:
                jobs.append(task)
                sources.append(inline(task.source, task.mentions, chosen))
    found = _decode(jobs, [text for text, _ in sources], engine, hypotheses)
    drafts: dict[int, list[Draft]] = {}
    for task, (source, mentions), several in zip(jobs, sources, found, strict=True):
        for h in several:
            drafts.setdefault(id(task), []).append(
                assess(
                    task,
                    h.text,
                    Outcome.INLINED,
                    h.score,
                    source=source,
                    mentions=mentions,
                    hypothesis=h,
                )
            )
    for task in {id(t): t for t in jobs}.values():
        _take(task, drafts[id(task)])
        task.rivals = sorted(drafts[id(task)], key=prefer, reverse=True)[:2]


def _project(tasks: Sequence[Task], engine: _Memory) -> None:
    jobs = [
        (task, draft)
        for task in tasks
        for draft in dict.fromkeys((task.best, *task.rivals))
        if draft is not None and draft.hypothesis is not None
    ]
    if not jobs:
        return
    aligned = engine.align(
        [draft.source for _, draft in jobs],
        [draft.hypothesis for _, draft in jobs if draft.hypothesis is not None],
    )
    drafts: dict[int, list[Draft]] = {}
    for (task, draft), alignment in zip(jobs, aligned, strict=True):
        claimed = [s for s in draft.spans if s is not None]
        edits = [
            edit
            for i in task.unmet(draft)
            if (edit := propose(draft.text, draft.mentions[i], i, alignment, claimed))
        ]
        edits += number_edits(draft.text, draft.missing, draft.spurious, draft.source, alignment)
        edits.sort(key=lambda e: (-e.strength, e.start))
        drafts.setdefault(id(task), []).append(_edited(task, draft, edits))
    for task in {id(t): t for t, _ in jobs}.values():
        _take(task, drafts[id(task)])


def _edited(task: Task, draft: Draft, edits: Sequence[Edit]) -> Draft:
    """The draft with as many of the edits as do good, the strongest first."""
    made: list[Edit] = []
    now = draft
    for edit in edits:
        if any(edit.start < m.end and m.start < edit.end for m in made):
            continue
        outcomes = list(draft.outcomes)
        for e in (*made, edit):
            if e.mention >= 0:
                outcomes[e.mention] = Outcome.PROJECTED
        text = apply(draft.text, [*made, edit])
        trial = assess(task, text, outcomes, draft.score)
        if gains(task, trial, now) and harmless(task, trial, now):
            now = trial
            made.append(edit)
    return now


def _by_clauses(
    tasks: Sequence[Task], engine: _Memory, hypotheses: int, limits: Sequence[int]
) -> None:
    """Decode clause by clause the sentences that lost something, each clause with the ladder."""
    jobs: list[tuple[Task, list[Task], list[int]]] = []
    for task in tasks:
        spans = divide(task.source, task.mentions, limits[0])
        if len(spans) < 2:
            continue
        parts = []
        order: list[int] = []
        for start, end in spans:
            inside = [i for i, m in enumerate(task.mentions) if start <= m.start < m.end <= end]
            shifted = (
                replace(m, start=m.start - start, end=m.end - start)
                for m in (task.mentions[i] for i in inside)
            )
            parts.append(Task(task.source[start:end], tuple(shifted), clause=True))
            order += inside
        jobs.append((task, parts, order))
    _solve([p for _, parts, _ in jobs for p in parts], engine, hypotheses, limits[1:])
    for task, parts, order in jobs:
        task.decodes += sum(p.decodes for p in parts)
        task.pieces += sum(p.pieces for p in parts)
        joined, found = _join(parts)
        if task.best is not None and task.best.text[:1].isupper():
            joined = joined[:1].upper() + joined[1:]
        outcomes = [Outcome.MISSED] * len(task.mentions)
        for i, outcome in zip(order, found, strict=True):
            # A form that stands in another clause than its Arabic came by the joining.
            outcomes[i] = Outcome.CHOSEN if outcome is Outcome.MISSED else outcome
        score = sum(p.best.score for p in parts if p.best is not None)
        _take(task, [assess(task, joined, outcomes, score)])


_LOWERED = re.compile(
    r"(?:The|An?|In|On|At|It|He|She|They|This|That|These|Those|And|But|While|For|To|With|As|From"
    r"|By|Of|When|Where|Which|Who|There|If|Its|His|Her|Their|After|Before|During|Because"
    r"|According|However|Following|Any|More|Not|Who|We|You|What|How)\b"
)


def _join(parts: Sequence[Task]) -> tuple[str, list[Outcome]]:
    """The clauses as one sentence: its stops and capitals those of the Arabic's clauses."""
    out = ""
    outcomes: list[Outcome] = []
    for i, part in enumerate(parts):
        best = part.best
        if best is None:
            continue
        text = best.text
        if i and not re.search(r"[.!?؟…][\"”»)]*$", parts[i - 1].source):
            first = (m for m, s in zip(part.mentions, best.spans, strict=True) if s and s[0] == 0)
            if _LOWERED.match(text) or any(m.target[:1].islower() for m in first):
                text = text[0].lower() + text[1:]
        if i + 1 < len(parts) and not re.search(r"[.!?؟…][\"”»)]*$", part.source):
            text = re.sub(r"(?<![.A-Z])\.$", "", text)
            if re.search(r"[،؛][\"”»)]*$", part.source) and not re.search(r"[,;:.!?]\W*$", text):
                text += ","
        out = f"{out} {text}" if out else text
        # What a clause's own best hypothesis has is, for the sentence, another hypothesis.
        outcomes += [Outcome.CHOSEN if o is Outcome.KEPT else o for o in best.outcomes]
    return out.strip(), outcomes
