"""A review catalogue, read: who wrote which sentence, and how it links to the Arabic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bilingual.document import Finding, Origin, ReviewState, Segment, Severity
from bilingual.errors import BilingualError
from bilingual.po import Catalogue, Message, parse
from bilingual.po.merge import unite
from bilingual.review.base import ReviewResult, ReviewStatus, TranslationMemory, Unit
from bilingual.review.follow import Following, follow
from bilingual.review.linking import Linker
from bilingual.review.message import (
    Standing,
    one_line,
    parse_english,
    read_notes,
    review_state,
    sign,
    standing,
)

__all__ = ["ReviewCatalogue", "read_review"]

_SEGMENT_ID = re.compile(r"p\d+\.s\d+$")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::\d\d)?([+-]\d\d):?(\d\d)?)?")


@dataclass(frozen=True, slots=True)
class ReviewCatalogue:
    """The review of one document, as its PO file has it. ``read_review`` makes one."""

    catalogue: Catalogue
    where: str = ""
    reviewer: str = ""
    """Who reviewed, where the file does not say."""
    findings: tuple[Finding, ...] = ()

    @property
    def document(self) -> str:
        """Stem of the article it was made for; empty when the header lost it."""
        return self.catalogue.header.get("X-Document", "")

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every message but the header, obsolete ones too."""
        return tuple(m for m in self.catalogue.messages if not m.is_header)

    @property
    def signature(self) -> tuple[str, str]:
        """Reviewer and ISO 8601 date of the last revision; empty where not known.

        An address after the name (``Name <name@example.org>``) is not given on: an edition is
        published, and the file it came from need not be.
        """
        header = self.catalogue.header
        who = one_line(header.get("Last-Translator", ""))
        who = who.partition("<")[0].strip() or who
        if who.upper().startswith("FULL NAME"):
            who = ""
        found = _DATE.match(header.get("PO-Revision-Date", ""))
        when = ""
        if found is not None:
            day, clock, hours, minutes = found.groups()
            when = f"{day}T{clock}{hours}:{minutes or '00'}" if clock else day
        return who or self.reviewer, when

    def signed(self, message: Message) -> tuple[str, str]:
        """Who reviewed a message, and when."""
        notes = read_notes(message)
        if standing(message, notes) is Standing.REUSED and notes.source is not None:
            return notes.source.reviewer, notes.source.date
        record = notes.signed
        holds = record is not None and record.digest == sign(message.msgid, message.msgstr)
        if record is not None and holds and record.reviewer:
            return record.reviewer, record.date
        return self.signature

    def state(self, message: Message) -> ReviewState:
        """What a reviewed or reused message's words are: left as the machine wrote them, or not."""
        notes = read_notes(message)
        if standing(message, notes) is Standing.REUSED and notes.source is not None:
            return notes.source.state
        record = notes.signed
        holds = record is not None and record.digest == sign(message.msgid, message.msgstr)
        if record is not None and holds:
            return record.state
        return review_state(message, notes)

    def follow(
        self, segments: Sequence[Segment], texts: Sequence[str], document: str = ""
    ) -> Following:
        """Which message belongs to which segment now.

        Raises R0201 when the catalogue is of another article: hardly a text is the same, and
        its header does not name this ``document``.
        """
        following = follow(self.messages, segments, texts)
        active = sum(not m.obsolete for m in self.messages)
        exact = sum(p is not None and not p.close for p in following.placed)
        named = document and self.document == document
        if active and segments and not named and exact * 5 < min(active, len(segments)):
            of = f" of “{self.document}”" if self.document else ""
            raise BilingualError(
                "R0201",
                f"this review catalogue{of} belongs to another article: {exact} of its {active} "
                "segments stand in the text; give the right file, or set X-Document in its header",
                self.where,
            )
        return following

    def apply(
        self,
        segments: Sequence[Segment],
        texts: Sequence[str],
        *,
        document: str = "",
        memory: TranslationMemory | None = None,
    ) -> ReviewResult:
        """What reviewers decided for these segments; ``texts`` is their Arabic, unchanged.

        ``document`` is the stem of the article. Words that came from the translation memory are
        taken from ``memory`` again, where it still has that Arabic, so that they follow what
        their reviewer corrected since. Raises R0201 as ``follow`` does. What a person
        must look at again is in the findings: R0302 a conflict, R0303 Arabic that changed,
        R0304 words without a place, R0305 a merge that cannot be, R0306 marks that contradict.
        """
        following = self.follow(segments, texts, document)
        linker = Linker(self.findings)
        for segment, placed in zip(segments, following.placed, strict=True):
            if placed is None:
                linker.unreviewed(segment)
                continue
            message, state = placed.message, self.state(placed.message)
            who, when = self.signed(message)
            if memory is not None and standing(message) is Standing.REUSED:
                match = memory.exact(message.msgid)
                if match is not None:
                    linker.reuse(segment, message, match)
                    continue
            linker.take(segment, message, state, who, when)
        lost = [
            self.messages[i]
            for i in following.left
            if not self.messages[i].obsolete
            and standing(self.messages[i]) in (Standing.REVIEWED, Standing.REUSED)
        ]
        if lost:
            ids = ", ".join(str(m.msgctxt) for m in lost[:5]) + (" …" if len(lost) > 5 else "")
            linker.findings.append(
                Finding(
                    "R0304",
                    Severity.WARNING,
                    f"{len(lost)} reviewed segments have no place in the article any more ({ids}); "
                    "the next export keeps them as obsolete",
                )
            )
        return linker.result()

    def status(self) -> ReviewStatus:
        """How much is done and how much is left, by the catalogue alone."""
        count: Counter[str] = Counter()
        words = 0
        active = [m for m in self.messages if not m.obsolete]
        for message in active:
            notes = read_notes(message)
            now = standing(message, notes)
            if now is Standing.REVIEWED:
                count[self.state(message)] += 1
            elif now is Standing.UNTOUCHED and notes.origin is Origin.COPIED:
                count["copied"] += 1
            else:
                count[now] += 1
                if now is not Standing.REUSED:
                    words += len(message.msgid.split())
        return ReviewStatus(
            document=self.document,
            total=len(active),
            approved=count[ReviewState.APPROVED],
            post_edited=count[ReviewState.POST_EDITED],
            reused=count[Standing.REUSED],
            copied=count["copied"],
            unreviewed=count[Standing.UNTOUCHED] + count[Standing.EMPTY],
            drafts=count[Standing.DRAFT],
            conflicts=count[Standing.CONFLICT],
            words_left=words,
            obsolete=sum(m.obsolete for m in self.messages),
        )

    def units(self) -> Iterator[Unit]:
        """The reviewed pieces other documents may reuse: one Arabic segment, its English alone.

        What was itself reused is left out, and so is what is merged, omitted or added to.
        """
        messages = self.messages
        parts = [
            parse_english(m.msgstr) if standing(m) is Standing.REVIEWED else None for m in messages
        ]
        follows = [bool(p and p.merge) for p in parts[1:]] + [False]
        for message, english, merged in zip(messages, parts, follows, strict=True):
            if english is None or english.problem or merged or not english.sentences:
                continue
            if english.before or english.after:
                continue
            who, when = self.signed(message)
            yield Unit(
                message.msgid,
                " ".join(english.sentences),
                self.state(message),
                who,
                when,
                self.document,
                message.msgctxt or "",
            )


def read_review(data: bytes, where: str = "", *, reviewer: str = "") -> ReviewCatalogue:
    """Read a review catalogue. ``where`` names it in messages, ``reviewer`` who worked on it.

    Raises R0101 (no PO, or half a message), R0102 (wrong bytes), R0103 (messages are missing:
    half saved), R0104 (a PO file, but no review catalogue). Two messages for one segment are
    united; where they differ both words are kept, in conflict, with a finding R0301.
    """
    catalogue = parse(data, where)
    active = [m for m in catalogue.messages if not m.is_header and not m.obsolete]
    if not catalogue.messages or catalogue.missing:
        said = catalogue.header.get("X-Messages")
        held = f"{len(active)} of its {said} messages" if said else "no message at all"
        raise BilingualError(
            "R0103",
            f"the file holds {held} (half saved?): restore it, or correct X-Messages if this is "
            "meant",
            where,
        )
    ids = (m.msgctxt for m in catalogue.messages if m.msgctxt)
    if "X-Document" not in catalogue.header and not any(_SEGMENT_ID.match(i) for i in ids):
        raise BilingualError(
            "R0104", 'no review catalogue: no message is of a segment (msgctxt "p1.s1")', where
        )
    messages: list[Message] = []
    place: dict[tuple[str | None, str], int] = {}
    findings: list[Finding] = []
    for message in catalogue.messages:
        first = place.get(message.key)
        if message.obsolete or first is None:
            if not message.obsolete:
                place[message.key] = len(messages)
            messages.append(message)
            continue
        findings.append(
            Finding(
                "R0301",
                Severity.WARNING,
                f"two messages for it, lines {messages[first].line} and {message.line}: united",
                message.msgctxt or "",
            )
        )
        messages[first] = unite(messages[first], message)
    return ReviewCatalogue(
        catalogue.with_messages(messages) if findings else catalogue,
        where,
        reviewer,
        tuple(findings),
    )
