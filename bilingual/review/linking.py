"""From the marks a reviewer typed to sentences and alignment links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bilingual.document import (
    Finding,
    Link,
    LinkType,
    Origin,
    ReviewState,
    Segment,
    Severity,
    Translation,
)
from bilingual.po import Message
from bilingual.review.base import MemoryMatch, ReviewResult
from bilingual.review.message import (
    Parsed,
    Standing,
    parse_english,
    person_comments,
    standing,
)

__all__ = ["Linker"]


@dataclass
class Linker:
    """Takes the messages of the segments in order, and gives what they come to."""

    given: Sequence[Finding] = ()
    findings: list[Finding] = field(default_factory=list)
    _translations: list[Translation] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _covered: set[str] = field(default_factory=set)
    _withheld: set[str] = field(default_factory=set)
    _anchors: dict[str, tuple[str, bool]] = field(default_factory=dict)
    _open: int | None = None
    """The link that a [merge] joins."""
    _paragraph: int = 0

    def __post_init__(self) -> None:
        self.findings.extend(self.given)

    def result(self) -> ReviewResult:
        """Everything taken so far."""
        return ReviewResult(
            tuple(self._translations),
            tuple(self._links),
            tuple(self.findings),
            frozenset(self._covered),
            frozenset(self._withheld),
            self._anchors,
        )

    def unreviewed(self, segment: Segment) -> None:
        """A segment for the machine: nothing can be merged with it."""
        self._open = None
        self._paragraph = segment.paragraph

    def take(
        self, segment: Segment, message: Message, state: ReviewState, who: str, when: str
    ) -> None:
        """The message of a segment; what is not reviewed is told if a person must see to it."""
        if segment.paragraph != self._paragraph:
            self._open = None
            self._paragraph = segment.paragraph
        english = self._parsed(segment, message, state)
        if english is not None and english.merge and self._open is None:
            self._say(
                "R0305", segment, "[merge] needs a reviewed sentence before it, in its paragraph"
            )
            english = None
        if english is None:
            self._open = None
            return
        self._lay(segment, message, english, state, who, when)

    def reuse(self, segment: Segment, message: Message, match: MemoryMatch) -> None:
        """A message whose words came from the memory, as the memory has them now."""
        self._paragraph = segment.paragraph
        english = Parsed((match.english,))
        self._lay(segment, message, english, match.state, match.reviewer, match.reviewed)

    def _lay(
        self,
        segment: Segment,
        message: Message,
        english: Parsed,
        state: ReviewState,
        who: str,
        when: str,
    ) -> None:
        base = Translation(
            segment.id,
            "",
            segment.paragraph,
            state=state,
            origin=Origin.MEMORY if standing(message) is Standing.REUSED else Origin.REVIEW,
            reviewer=who,
            reviewed=when,
            note="\n".join(person_comments(message)),
        )
        self._covered.add(segment.id)
        self._add(base, english.before, 1, before=True)
        if english.merge and self._open is not None:
            link = self._links[self._open]
            self._links[self._open] = replace(link, sources=(*link.sources, segment.id))
        elif english.omit:
            self._open = None
            self._links.append(Link((segment.id,), (), LinkType.OMISSION))
        else:
            ids = [segment.id]
            ids += [f"{segment.id}.{n}" for n in range(2, len(english.sentences) + 1)]
            for id_, text in zip(ids, english.sentences, strict=True):
                self._translations.append(replace(base, id=id_, text=text))
            self._open = len(self._links)
            self._links.append(Link((segment.id,), tuple(ids)))
        self._add(base, english.after, 1 + len(english.before), before=False)

    def _parsed(self, segment: Segment, message: Message, state: ReviewState) -> Parsed | None:
        now = standing(message)
        if now is Standing.CONFLICT:
            self._say("R0302", segment, "two versions wait for a decision: keep one, clear “fuzzy”")
        elif now is Standing.DRAFT and message.previous_msgid is not None:
            self._say("R0303", segment, "the Arabic changed after its review: look at it again")
        if now in (Standing.CONFLICT, Standing.DRAFT):
            self._withheld.add(segment.id)
        if now not in (Standing.REVIEWED, Standing.REUSED):
            return None
        if now is Standing.REUSED or state is ReviewState.APPROVED:
            # Nobody typed these words here, so no mark can be among them.
            return Parsed((" ".join(message.msgstr.split()),))
        english = parse_english(message.msgstr)
        if english.problem:
            self._say("R0306", segment, english.problem)
            return None
        return english

    def _add(self, base: Translation, texts: Sequence[str], first: int, *, before: bool) -> None:
        for number, text in enumerate(texts, first):
            id_ = f"{base.id}.a{number}"
            added = replace(base, id=id_, text=text, state=ReviewState.POST_EDITED)
            self._translations.append(added)
            self._links.append(Link((), (id_,), LinkType.ADDITION))
            self._anchors[id_] = (base.id, before)

    def _say(self, code: str, segment: Segment, message: str) -> None:
        self.findings.append(
            Finding(code, Severity.WARNING, message, segment.id, segment.start, segment.end)
        )
