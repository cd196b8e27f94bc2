"""Editions made by hand for the tests of the TEI part; every text is our own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from bilingual.document import (
    Decision,
    Edition,
    Entity,
    EntityKind,
    Finding,
    Form,
    Link,
    LinkType,
    Mention,
    Metadata,
    Origin,
    Outcome,
    ReviewState,
    Segment,
    SegmentKind,
    Severity,
    Signature,
    SourceText,
    Translation,
)

SIGNATURE = Signature(
    bilingual="0.1.0",
    segmenter="1",
    engine="ctranslate2 4.5.0",
    package="translate-ar_en 0.1",
    package_sha256="ab" * 32,
    glossary_sha256="cd" * 32,
    options={"beam": "4", "glossary": "yes"},
)
_SPLIT = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_END = re.compile(r"(?<=[.!?؟…])\s+")


def segment(text: str, kinds: list[SegmentKind] | None = None) -> tuple[Segment, ...]:
    """A plain segmentation: lines, then stops. Good enough to exercise the writer."""
    found = []
    paragraph = 0
    place = 0
    for line in [*(m.span() for m in _SPLIT.finditer(text)), (len(text), len(text))]:
        start, end = place, line[0]
        place = line[1]
        if not text[start:end].strip():
            continue
        paragraph += 1
        kind = SegmentKind.BODY
        if kinds and paragraph <= len(kinds):
            kind = kinds[paragraph - 1]
        cuts = [start, *(start + m.end() for m in _END.finditer(text[start:end])), end]
        number = 0
        for left, right in pairwise(cuts):
            piece = text[left:right]
            if not piece.strip():
                continue
            number += 1
            left += len(piece) - len(piece.lstrip())
            right = left + len(piece.strip())
            found.append(Segment(f"p{paragraph}.s{number}", left, right, kind, paragraph))
    return tuple(found)


def plain(text: str, name: str = "sample", kinds: list[SegmentKind] | None = None) -> Edition:
    """An edition of any text, each segment rendered by a short English sentence."""
    segments = segment(text, kinds)
    translations = tuple(Translation(s.id, f"English of {s.id}.", s.paragraph) for s in segments)
    links = tuple(Link((s.id,), (s.id,)) for s in segments)
    source = SourceText(text, name, sha256="0" * 64)
    return Edition(source, segments, translations, links, (), (), Metadata(), SIGNATURE)


@dataclass
class Builder:
    """Collects the parts of a hand-made edition."""

    text: str
    kinds: list[SegmentKind] = field(default_factory=list)

    def mention(
        self,
        surface: str,
        key: str,
        kind: EntityKind,
        target: str,
        nth: int = 0,
        **more: object,
    ) -> Mention:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(surface, start + 1)
        return Mention(start, start + len(surface), surface, key, kind, target, **more)  # type: ignore[arg-type]


def decide(mention: Mention, english: str, form: str, outcome: Outcome, nth: int = 0) -> Decision:
    if outcome is Outcome.MISSED:
        return Decision(mention, outcome)
    start = -1
    for _ in range(nth + 1):
        start = english.index(form, start + 1)
    return Decision(mention, outcome, start, start + len(form), form)


TEXT = (
    "اتفاق جديد على وقف إطلاق النار في وادي النخيل\n"
    "سالم الراوي\n"
    "المدينة البيضاء - وكالة الأفق\n"
    "\n"
    "\u00a0قال المبعوث سامي الحداد في جنيف يوم 16 آذار 2016 إن القرار 2254 هو الأساس. "
    "وحضر الاجتماع 1,200 شخص من مجلس الأمن الدولي.\r\n"
    "ودعا الحداد إلى وقف إطلاق النار! وانتهى اللقاء. ولم يصدر بيان.\r"
    "\u00a0\n"
    "رد فعل الحكومة\n"
    "وقال الوزير «نرحب بالقرارين 2254 و2268 ونعمل بهما». وأضاف أن العمل مستمر.\n"
    "44\n"
    "المصدر: وكالة الأفق\n"
    "جميع الحقوق محفوظة"
)
KINDS = [
    SegmentKind.HEADLINE,
    SegmentKind.BYLINE,
    SegmentKind.DATELINE,
    SegmentKind.BODY,
    SegmentKind.BODY,
    SegmentKind.SUBHEADLINE,
    SegmentKind.BODY,
    SegmentKind.NUMBER,
    SegmentKind.SOURCE,
    SegmentKind.BOILERPLATE,
]
ENTITIES = (
    Entity(
        "S/RES/2254(2015)",
        EntityKind.RESOLUTION,
        (Form("القرار 2254", "resolution 2254 (2015)", ("resolution 2254",)),),
        {"date": "2015-12-18", "title": "Road map", "title-ar": "خارطة طريق", "vote": "15-0-0"},
        "resolutions",
    ),
    Entity("S/RES/2268(2016)", EntityKind.RESOLUTION, ()),
    Entity(
        "ceasefire",
        EntityKind.TERM,
        (Form("وقف إطلاق النار", "ceasefire", ("cease-fire",)),),
        {"note": "one word"},
        "terms",
    ),
    Entity(
        "geneva",
        EntityKind.PLACE,
        (Form("جنيف", "Geneva"),),
        {"wikidata": "Q71"},
        "places",
    ),
    Entity(
        "haddad",
        EntityKind.PERSON,
        (
            Form("سامي الحداد", "Sami al-Haddad", ("Sami Haddad",)),
            Form("الحداد", "al-Haddad", (), approved=False),
        ),
        {"role": "envoy", "wikidata": "not known"},
        "people",
    ),
    Entity("unsc", EntityKind.ORGANISATION, (Form("مجلس الأمن الدولي", "UN Security Council"),)),
    Entity(
        "unsc-short", EntityKind.ORGANISATION, (Form("مجلس الأمن", "Security Council"),), {}, "orgs"
    ),
)


def full() -> Edition:
    """Every construct of the profile in one small article."""
    b = Builder(TEXT, KINDS)
    segments = segment(TEXT, KINDS)
    fire = ("ceasefire", EntityKind.TERM, "ceasefire")
    approved = {"accepted": ("cease-fire",)}
    english = {
        "p1.s1": "New agreement on a ceasefire in Wadi al-Nakheel",
        "p2.s1": "Salem al-Rawi",
        "p3.s1": "White City - Horizon Agency",
        "p4.s1": "Envoy Sami al-Haddad said in Geneva on 16 March 2016 that resolution 2254 (2015) "
        "is the basis.",
        "p4.s2": "The meeting was attended by 1,200 people of the UN Security Council.",
        "p5.s1": "Haddad called for a truce, and the meeting ended.",
        "p6.s1": "Reaction of the government",
        "p7.s1": "The minister said: “We welcome resolutions 2254 and 2268”.",
        "p7.a": "A sentence the editor added.",
        "p7.s2": "He added that work goes on.",
        "p7.s2b": "It does.",
        "p8.s1": "44",
        "p9.s1": "Source: Horizon Agency",
        "p10.s1": "All rights reserved",
    }
    m = b.mention
    decisions: dict[str, list[Decision]] = {name: [] for name in english}

    def put(name: str, mention: Mention, form: str, outcome: Outcome, nth: int = 0) -> None:
        decisions[name].append(decide(mention, english[name], form, outcome, nth))

    put("p1.s1", m("وقف إطلاق النار", *fire, **approved), "ceasefire", Outcome.KEPT)
    haddad = m("سامي الحداد", "haddad", EntityKind.PERSON, "Sami al-Haddad",
               accepted=("Sami Haddad",))  # fmt: skip
    put("p4.s1", haddad, "Sami al-Haddad", Outcome.INLINED)
    put("p4.s1", m("جنيف", "geneva", EntityKind.PLACE, "Geneva"), "Geneva", Outcome.CHOSEN)
    res = ("S/RES/2254(2015)", EntityKind.RESOLUTION, "resolution 2254 (2015)")
    put("p4.s1", m("القرار 2254", *res, accepted=("resolution 2254",)),
        "resolution 2254 (2015)", Outcome.PROJECTED)  # fmt: skip
    outer = m("مجلس الأمن الدولي", "unsc", EntityKind.ORGANISATION, "UN Security Council")
    inner = m("مجلس الأمن", "unsc-short", EntityKind.ORGANISATION, "Security Council")
    put("p4.s2", outer, "UN Security Council", Outcome.KEPT)
    put("p4.s2", inner, "Security Council", Outcome.KEPT)
    short = m("الحداد", "haddad", EntityKind.PERSON, "al-Haddad", nth=1, approved=False)
    put("p5.s1", short, "", Outcome.MISSED)
    put("p5.s1", m("وقف إطلاق النار", *fire, nth=1, **approved), "", Outcome.MISSED)
    two = m("القرارين 2254", "S/RES/2254(2015)", EntityKind.RESOLUTION, "resolutions 2254")
    put("p7.s1", two, "resolutions 2254", Outcome.KEPT)
    other = m("2268", "S/RES/2268(2016)", EntityKind.RESOLUTION, "2268", approved=False)
    put("p7.s1", other, "2268", Outcome.KEPT)
    paragraph = {name: int(name[1:].split(".")[0]) for name in english}
    more: dict[str, dict[str, object]] = {
        "p4.s1": {"state": ReviewState.APPROVED, "reviewer": "R. One", "reviewed": "2016-04-01"},
        "p4.s2": {
            "state": ReviewState.POST_EDITED,
            "reviewer": "R. Two",
            "reviewed": "2016-04-02T10:00:00Z",
            "origin": Origin.MEMORY,
        },
        "p5.s1": {
            "state": ReviewState.POST_EDITED,
            "reviewer": "R. Two",
            "reviewed": "spring",
            "origin": Origin.REVIEW,
            "note": "Two sentences made one.",
        },
        "p7.a": {"state": ReviewState.APPROVED, "origin": Origin.REVIEW, "reviewer": "R. One"},
        "p8.s1": {"origin": Origin.COPIED},
    }
    translations = tuple(
        Translation(
            name, text, paragraph[name], decisions=tuple(decisions[name]), **more.get(name, {})
        )  # type: ignore[arg-type]
        for name, text in english.items()
    )
    links = [Link((s.id,), (s.id,)) for s in segments if s.paragraph < 5]
    links.append(Link(("p5.s1", "p5.s2"), ("p5.s1",)))
    links.append(Link(("p5.s3",), (), LinkType.OMISSION))
    links.append(Link(("p6.s1",), ("p6.s1",)))
    links.append(Link(("p7.s1",), ("p7.s1",)))
    links.append(Link((), ("p7.a",), LinkType.ADDITION))
    links.append(Link(("p7.s2",), ("p7.s2", "p7.s2b")))
    links += [Link((s.id,), (s.id,)) for s in segments if s.paragraph > 7]
    findings = (
        Finding("C0101", Severity.ERROR, "the number 1200 is absent", "p4.s2", 10, 14),
        Finding("C0301", Severity.WARNING, "longer than the source", "p5.s1"),
        Finding("C0001", Severity.NOTE, "one paragraph\x00 is short"),
    )
    meta = Metadata(
        title_en="Agreement",
        author="Salem al-Rawi",
        source_publisher="Horizon Agency",
        source_date="2016-03-17",
        source_url="https://example.org/ar/1?q=خبر",
        source_rights="All rights reserved.",
        publisher="Example Press",
        editor="An Editor",
        edition="First",
        date="2016-05-01",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        identifier="https://example.org/ed/1",
    )
    source = SourceText(TEXT, "agreement", sha256="12" * 32)
    return Edition(
        source, segments, translations, tuple(links), ENTITIES, findings, meta, SIGNATURE
    )
