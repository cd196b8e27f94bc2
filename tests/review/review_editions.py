"""Hand-made editions: an article as the pipeline sees it, without an engine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bilingual.document import (
    Decision,
    Edition,
    EntityKind,
    Finding,
    Link,
    Mention,
    Metadata,
    Origin,
    Outcome,
    Segment,
    SegmentKind,
    Severity,
    Signature,
    SourceText,
    Translation,
)
from bilingual.po import Message, parse
from bilingual.review import ReviewResult

ARTICLE = (
    ("أعلن المبعوث الخاص وصوله إلى المدينة.", "وقال إن الهدنة صامدة."),
    ("سيجتمع المجلس يوم الأحد.", "وسيناقش المجلس تقريرا جديدا.", "وينتهي الاجتماع مساء."),
    ("2018",),
)
"""Paragraphs of sentences; the last is a number, which is copied."""


def machine(text: str) -> str:
    """A stand-in for an engine: English that depends on the Arabic alone."""
    return f"Machine {hashlib.sha256(text.encode()).hexdigest()[:6]}."


def article(paragraphs: Sequence[Sequence[str]]) -> tuple[SourceText, tuple[Segment, ...]]:
    """The text and segments of paragraphs of sentences."""
    text = ""
    segments: list[Segment] = []
    for p, sentences in enumerate(paragraphs, 1):
        for s, sentence in enumerate(sentences, 1):
            kind = SegmentKind.NUMBER if sentence.isdigit() else SegmentKind.BODY
            start = len(text)
            text += sentence
            segments.append(Segment(f"p{p}.s{s}", start, len(text), kind, p))
            text += " " if s < len(sentences) else "\n"
    return SourceText(text, "sample"), tuple(segments)


def texts_of(source: SourceText, segments: Sequence[Segment]) -> list[str]:
    return [source.text[s.start : s.end] for s in segments]


def edition(
    paragraphs: Sequence[Sequence[str]] = ARTICLE,
    review: ReviewResult | None = None,
    *,
    name: str = "sample",
    engine: str = "",
    findings: Sequence[Finding] = (),
    missed: Mapping[str, str] | None = None,
) -> Edition:
    """An edition as ``build`` makes it; ``engine`` set to another word gives other English."""
    source, segments = article(paragraphs)
    source = replace(source, name=name)
    translations: list[Translation] = []
    links: list[Link] = []
    for segment, text in zip(segments, texts_of(source, segments), strict=True):
        if review is not None and review.covers(segment.id):
            continue
        english = text if segment.kind is SegmentKind.NUMBER else machine(engine + text)
        origin = Origin.COPIED if segment.kind is SegmentKind.NUMBER else Origin.MACHINE
        decisions = []
        for arabic, form in (missed or {}).items():
            if arabic in text:
                at = segment.start + text.index(arabic)
                mention = Mention(
                    at, at + len(arabic), arabic, "key", EntityKind.TERM, form, ("Other",)
                )
                decisions.append(Decision(mention, Outcome.MISSED))
        translations.append(
            Translation(
                segment.id, english, segment.paragraph, origin=origin, decisions=tuple(decisions)
            )
        )
        links.append(Link((segment.id,), (segment.id,)))
    done, joined = tuple(translations), tuple(links)
    if review is not None:
        done, joined = review.lay_in([s.id for s in segments], translations, links)
    signature = Signature("0", "0", "none 0", "none 0")
    return Edition(source, segments, done, joined, (), tuple(findings), Metadata(), signature)


def warning(segment: str, message: str) -> Finding:
    return Finding("W0001", Severity.WARNING, message, segment)


def edit(data: bytes, id_: str, text: str | None = None, *, fuzzy: bool | None = False,
         comments: Sequence[str] = (), **header: str) -> bytes:  # fmt: skip
    """What a translator does in an editor: words, the fuzzy flag, a remark; the header too."""
    catalogue = parse(data)
    messages: list[Message] = []
    for message in catalogue.messages:
        if message.msgctxt == id_ and not message.obsolete:
            if text is not None:
                message = replace(message, msgstr=text)
            if fuzzy is not None:
                message = message.with_fuzzy(fuzzy)
                if not fuzzy:
                    message = replace(message, previous_msgid=None, previous_msgctxt=None)
            message = replace(message, comments=(*message.comments, *comments))
        messages.append(message)
    fields = {name.replace("_", "-"): value for name, value in header.items()}
    return catalogue.with_messages(messages).with_header(fields).to_bytes()


def message_of(data: bytes, id_: str) -> Message:
    return next(m for m in parse(data).messages if m.msgctxt == id_ and not m.obsolete)
