"""Editions made by hand, from a small notation, for the tests of the publications.

A row is ``(kind, Arabic sentences, English sentences)``. In the Arabic ``{key|words}`` is a
mention, in the English ``{key:outcome|words}`` its rendering; one never rendered is missed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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

Row = tuple[str, Sequence[str], Sequence[str]]

_MARK = re.compile(r"\{([^|{}]+)\|([^{}]*)\}")

ENTITIES = (
    Entity(
        "S/RES/2254(2015)",
        EntityKind.RESOLUTION,
        (Form("القرار 2254", "resolution 2254 (2015)"),),
        {"title": "The situation in the Middle East (Syria)", "date": "2015-12-18"},
        "resolutions",
    ),
    Entity(
        "civil-defence",
        EntityKind.TERM,
        (Form("الدفاع المدني", "Civil Defence"),),
        {},
        "terms",
    ),
    Entity("nahr", EntityKind.PLACE, (Form("نهر الصفا", "Safa River"),), {}, "places"),
    Entity(
        "salma-idris",
        EntityKind.PERSON,
        (Form("سلمى إدريس", "Salma Idris"), Form("إدريس", "Idris")),
        {"role": "invented head of an invented observer mission"},
        "people",
    ),
    Entity(
        "tell-abyad-sq",
        EntityKind.PLACE,
        (Form("ساحة التل", "Tell Square", ("al-Tell Square",), approved=False),),
        {},
        "places",
    ),
    Entity(
        "un",
        EntityKind.ORGANISATION,
        (Form("الأمم المتحدة", "United Nations", ("UN",)),),
        {"wikidata": "Q1065"},
        "organisations",
    ),
    Entity(
        "unsc",
        EntityKind.ORGANISATION,
        (
            Form("مجلس الأمن الدولي", "UN Security Council", ("UNSC",)),
            Form("مجلس الأمن", "Security Council"),
            Form("المجلس", "Council"),
        ),
        {"wikidata": "Q37470"},
        "organisations",
    ),
)

ARTICLE: Sequence[Row] = (
    (
        "headline",
        ["بعثة المراقبين: الهدنة على ضفتي {nahr|نهر الصفا} صامدة في أسبوعها الثاني"],
        ["Observers: truce on both banks of {nahr:kept|Safa River} holds in its second week"],
    ),
    ("byline", ["كتبت ليلى مراد"], ["By Layla Murad"]),
    (
        "body",
        [
            "قالت رئيسة بعثة المراقبين {salma-idris|سلمى إدريس}، في مؤتمر صحافي عقدته أمس، "
            "إن «الهدنة صامدة»، وإن خروقاتها تراجعت من 31 خرقا إلى 4 خلال أسبوع واحد."
        ],
        [
            "The head of the observer mission, {salma-idris:inlined|Salma Idris}, told a press "
            "conference yesterday that “the truce is holding” and that breaches had fallen from "
            "31 to 4 within a week."
        ],
    ),
    (
        "body",
        [
            "وأضافت أن {unsc|مجلس الأمن الدولي} سيستمع إلى إحاطة جديدة.",
            "وذكّرت بأن {S/RES/2254(2015)|القرار 2254} لا يزال المرجع.",
        ],
        [
            "She added that the {unsc:projected|UN Security Council} would hear a new briefing "
            "and recalled that {S/RES/2254(2015):chosen|resolution 2254 (2015)} remained the "
            "point of reference."
        ],
    ),
    (
        "subheadline",
        ["شبكة المياه"],
        ["The water network"],
    ),
    (
        "body",
        [
            "وبدأت فرق {civil-defence|الدفاع المدني} إصلاح شبكة المياه قرب "
            "{tell-abyad-sq|ساحة التل}، وهي أول مرة يسمح فيها الطرفان بدخول المعدات الثقيلة منذ "
            "عام 2023."
        ],
        [
            "{civil-defence:kept|Civil Defence} teams began to repair the water network.",
            "It is the first time since 2023 that both sides have let heavy equipment in.",
        ],
    ),
    ("body", ["ولم يصدر تعليق من الطرف الآخر."], []),
    (
        "body",
        [
            "وختمت {salma-idris|إدريس} بالقول: «نحتاج إلى وقت… وإلى صبر الناس» "
            "(بحسب {un|الأمم المتحدة})."
        ],
        [
            "{salma-idris:kept|Idris} ended: “We need time … and people’s patience”, "
            "according to the {un:kept|UN}."
        ],
    ),
    ("body", [], ["The mission’s next report is due in March."]),
    ("source", ["المصدر: وكالة الضفاف"], ["Source: Difaf Agency"]),
    ("number", ["٤٤"], ["44"]),
)

METADATA = Metadata(
    author="Layla Murad",
    source_publisher="Difaf Agency (invented)",
    source_date="2026-02-03",
    source_url="https://example.org/ar/2026/02/03/truce",
    source_rights="Invented text; no rights reserved.",
    publisher="Example Editions",
    editor="An Editor",
    edition="1",
    date="2026-02-10",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    identifier="https://example.org/editions/truce",
)

SIGNATURE = Signature(
    bilingual="0.1.0",
    segmenter="1",
    engine="ctranslate2 4.8.5",
    package="translate-ar_en 0.1",
    package_sha256="a" * 64,
    glossary_sha256="b" * 64,
    options={"beam": "5"},
)


def _plain(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and (start, end, mark) of each."""
    out, marks, done, length = [], [], 0, 0
    for match in _MARK.finditer(marked):
        before = marked[done : match.start()]
        start = length + len(before)
        out += [before, match[2]]
        length = start + len(match[2])
        marks.append((start, length, match[1]))
        done = match.end()
    return "".join(out) + marked[done:], marks


def edition(
    article: Sequence[Row] = ARTICLE,
    entities: Sequence[Entity] = ENTITIES,
    metadata: Metadata = METADATA,
    findings: Sequence[Finding] = (),
    name: str = "truce",
) -> Edition:
    """Build an edition; paragraphs are rows, and each row is one link."""
    by_key = {e.key: e for e in entities}
    text = ""
    segments, translations, links = [], [], []
    for paragraph, (kind, arabic, english) in enumerate(article, 1):
        mentions: list[Mention] = []
        ids: list[str] = []
        for n, marked in enumerate(arabic, 1):
            plain, marks = _plain(marked)
            at = len(text)
            for start, end, key in marks:
                entity = by_key[key]
                surface = plain[start:end]
                form = next((f for f in entity.forms if f.arabic == surface), entity.forms[0])
                mentions.append(
                    Mention(
                        at + start,
                        at + end,
                        surface,
                        key,
                        entity.kind,
                        form.english,
                        form.accepted,
                        form.approved,
                    )
                )
            ids.append(f"p{paragraph}.s{n}")
            segments.append(Segment(ids[-1], at, at + len(plain), SegmentKind(kind), paragraph))
            text += plain + " "
        text = text[:-1] + "\n" if arabic else text
        targets = []
        for n, marked in enumerate(english, 1):
            plain, marks = _plain(marked)
            decisions = []
            for start, end, mark in marks:
                key, outcome = mark.rsplit(":", 1)
                mention = next(m for m in mentions if m.key == key)
                mentions.remove(mention)
                decisions.append(Decision(mention, Outcome(outcome), start, end, plain[start:end]))
            if n == len(english):
                decisions += [Decision(m, Outcome.MISSED) for m in mentions]
            targets.append(f"p{paragraph}.s{n}" if n <= len(ids) else f"p{paragraph}.a{n}")
            copied = kind == "number"
            translations.append(
                Translation(
                    targets[-1],
                    plain,
                    paragraph,
                    origin=Origin.COPIED if copied else Origin.MACHINE,
                    decisions=tuple(decisions),
                )
            )
        relation = (
            LinkType.OMISSION
            if not targets
            else LinkType.ADDITION
            if not ids
            else LinkType.TRANSLATION
        )
        links.append(Link(tuple(ids), tuple(targets), relation))
    return Edition(
        SourceText(text, name, sha256="c" * 64, path="somewhere/truce.txt"),
        tuple(segments),
        tuple(translations),
        tuple(links),
        tuple(sorted(entities, key=lambda e: e.key)),
        tuple(findings),
        metadata,
        SIGNATURE,
    )


def reviewed(made: Edition) -> Edition:
    """The same with two sentences corrected and one approved."""
    by_id = {
        "p1.s1": {"state": ReviewState.APPROVED, "reviewer": "R. One", "reviewed": "2026-02-09"},
        "p3.s1": {
            "state": ReviewState.POST_EDITED,
            "origin": Origin.REVIEW,
            "reviewer": "R. One",
            "reviewed": "2026-02-09",
            "note": "“Breaches”, as in the mission’s own reports.",
        },
        "p10.s1": {"state": ReviewState.POST_EDITED, "origin": Origin.MEMORY},
    }
    return replace(
        made,
        translations=tuple(
            replace(t, **by_id.get(t.id, {}))
            for t in made.translations  # type: ignore[arg-type]
        ),
    )


FINDINGS = (
    Finding("K0004", Severity.WARNING, "the English is much shorter than the Arabic", "p8.s1"),
    Finding("K0001", Severity.ERROR, "the number 2023 is not in the English", "p6.s1"),
    Finding("K0009", Severity.NOTE, "the article gives no date of its own"),
)


def full() -> Edition:
    """Every construct at once."""
    return reviewed(edition(findings=FINDINGS))
