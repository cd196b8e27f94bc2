"""What an English sentence must keep of its Arabic: invariants checked, nothing changed.

Every check is a pure function of one segment and its English and returns findings with stable
codes:

====== ======== =================================================================
C0001  error    a number in digits does not stand in the English
C0002  warning  a number in words does not stand in the English
C0003  warning  a number of the English does not stand in the Arabic
C0004  error    a resolution's number or symbol differs
C0005  warning  a month or weekday does not stand in the English
C0006  error    an approved glossary form was missed
C0007  error    English that the glossary forbids
C0008  warning  the English is much shorter or longer than its Arabic
C0009  warning  words repeat
C0010  error    Arabic was left in the English
C0011  error    there is no English
C0012  note     quotation marks do not pair
====== ======== =================================================================
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bilingual.citations import english_forms
from bilingual.document import Decision, EntityKind, Finding, Outcome, SegmentKind, Severity
from bilingual.numerals import (
    ARABIC_MONTHS,
    MONTHS,
    arabic_numbers,
    english_numbers,
    unmatched,
)
from bilingual.script import clean, fold, has_arabic, is_arabic_letter

__all__ = ["CODES", "check_translation"]

CODES = {
    "C0001": Severity.ERROR,
    "C0002": Severity.WARNING,
    "C0003": Severity.WARNING,
    "C0004": Severity.ERROR,
    "C0005": Severity.WARNING,
    "C0006": Severity.ERROR,
    "C0007": Severity.ERROR,
    "C0008": Severity.WARNING,
    "C0009": Severity.WARNING,
    "C0010": Severity.ERROR,
    "C0011": Severity.ERROR,
    "C0012": Severity.NOTE,
}
"""Every code of this module and how much it matters."""


def check_translation(
    arabic: str,
    translation_text: str,
    decisions: Sequence[Decision],
    segment_id: str,
    kind: SegmentKind,
) -> list[Finding]:
    """Everything wrong with the English of one segment, in order of code.

    ``decisions`` are those of the translation (their mentions may count from the segment or from
    the whole text: only their outcome, forms and English spans are read). Spans of findings count
    from the start of ``arabic``.
    """
    if not translation_text.strip():
        wanted = clean(arabic).text.strip()
        return [_finding("C0011", "there is no English", segment_id)] if wanted else []
    if not has_arabic(arabic):
        return []
    return [
        *_numbers(arabic, translation_text, decisions, segment_id),
        *_resolutions(arabic, translation_text, decisions, segment_id),
        *_dates(arabic, translation_text, segment_id),
        *_terms(translation_text, decisions, segment_id),
        *_length(arabic, translation_text, segment_id, kind),
        *_repetition(arabic, translation_text, segment_id),
        *_left_over(translation_text, segment_id),
        *_quotes(arabic, translation_text, segment_id),
    ]


def _finding(code: str, message: str, segment: str, span: tuple[int, int] | None = None) -> Finding:
    start, end = span or (None, None)
    return Finding(code, CODES[code], message, segment, start, end)


def _controlled(decisions: Sequence[Decision]) -> list[tuple[int, int]]:
    return [(d.start, d.end) for d in decisions if d.start is not None and d.end is not None]


def _numbers(
    arabic: str, english: str, decisions: Sequence[Decision], segment: str
) -> Iterator[Finding]:
    missing, left = unmatched(
        arabic_numbers(arabic), english_numbers(english), _controlled(decisions)
    )
    for number in missing:
        code = "C0001" if number.digits else "C0002"
        value = "" if number.digits else f" ({' or '.join(sorted(number.values))})"
        yield _finding(
            code,
            f"the number {number.surface}{value} is not in the English",
            segment,
            (number.start, number.end),
        )
    for number in left:
        if number.digits:
            yield _finding("C0003", f"the number {number.surface} is in the English only", segment)


_RESOLUTION = re.compile(
    r"\bresolutions?\s+(?:\(?no\.?\s*)?(\d{1,4})\b|\bS/RES/(\d{1,4})\b", re.IGNORECASE
)
_KEY = re.compile(r"S/RES/(\d+)")


def _resolutions(
    arabic: str, english: str, decisions: Sequence[Decision], segment: str
) -> Iterator[Finding]:
    known = {v for number in arabic_numbers(arabic) for v in number.values}
    for match in _RESOLUTION.finditer(english):
        if (number := match.group(1) or match.group(2)) not in known:
            yield _finding(
                "C0004", f"the English names resolution {number}; the Arabic does not", segment
            )
    for decision in decisions:
        key = _KEY.match(decision.mention.key)
        if decision.mention.kind is EntityKind.RESOLUTION and key and decision.form:
            numbers = {v for n in english_numbers(decision.form) for v in n.values}
            if key.group(1) not in numbers:
                yield _finding(
                    "C0004", f"{decision.mention.key} stands as “{decision.form}”", segment
                )


_WEEKDAYS = {
    "الاثنين": "Monday", "الثلاثاء": "Tuesday", "الاربعاء": "Wednesday", "الخميس": "Thursday",
    "الجمعة": "Friday", "السبت": "Saturday", "الاحد": "Sunday",
}  # fmt: skip
# The other words are also numbers, or the assembly (الجمعة has no such use but in names).
_WEEKDAY = re.compile(
    r"(?<!\w)(?:[وفبلك]?يوم\s+(?P<day>" + "|".join(_WEEKDAYS) + ")"
    r"|[وفبلك]?(?P<sure>الثلاثاء|الاربعاء))(?!\w)"
)  # fmt: skip
_MONTH_NAMES = "|".join(sorted(map(re.escape, ARABIC_MONTHS), key=len, reverse=True))
# Many months' names are also verbs or nouns (مارس practised, آب returned): a day or a year says.
_MONTH = re.compile(
    rf"(?<!\w)(?:(?:\d{{1,2}}\s*(?:من\s+)?|شهر\s+|\w+\s+من\s+(?:شهر\s+)?)(?P<day>{_MONTH_NAMES})"
    rf"|[وفبلك]?(?P<year>{_MONTH_NAMES})(?=(?:\s*/\s*\w+)?\s+(?:عام\s+|سنة\s+)?\d{{4}}"
    r"|\s+(?:الماضي|الجاري|الحالي|المقبل|القادم)))(?!\w)"
)
# After من, only a day in words makes a month of these.
_UNSURE = frozenset(["مارس", "اب", "جوان", "اوت", "ايار"])


def _dates(arabic: str, english: str, segment: str) -> Iterator[Finding]:
    folded = fold(arabic)
    for match in _MONTH.finditer(folded.text):
        name = match.group("day") or match.group("year")
        group = "day" if match.group("day") else "year"
        if name in _UNSURE and not re.search(r"\d|شهر", match.group() + folded.text[
            match.end() : match.end() + 6
        ]):  # fmt: skip
            continue
        month = ARABIC_MONTHS[name]
        full = MONTHS[month - 1]
        said = re.search(rf"\b(?:{full}|{full[:3]}\b|Sept?\b)", english)
        if not said and not re.search(rf"(?<!\d)0?{month}(?!\d)", english):
            span = folded.to_origin(*match.span(group))
            yield _finding("C0005", f"{full} is not in the English", segment, span)
    for match in _WEEKDAY.finditer(folded.text):
        group = "day" if match.group("day") else "sure"
        day = _WEEKDAYS[match.group(group)]
        if day not in english:
            span = folded.to_origin(*match.span(group))
            yield _finding("C0005", f"{day} is not in the English", segment, span)


def _terms(english: str, decisions: Sequence[Decision], segment: str) -> Iterator[Finding]:
    forbidden: set[str] = set()
    for decision in decisions:
        mention = decision.mention
        if decision.outcome is Outcome.MISSED and mention.approved:
            yield _finding("C0006", f"{mention.surface} should be “{mention.target}”", segment)
        forbidden |= set(mention.forbidden)
    if not forbidden:
        return
    allowed = [
        m.span()
        for d in decisions
        for form in english_forms(d.mention)
        for m in _whole(form).finditer(english)
    ]
    for form in sorted(forbidden):
        for match in _whole(form).finditer(english):
            if not any(s <= match.start() and match.end() <= e for s, e in allowed):
                yield _finding("C0007", f"the glossary forbids “{form}”", segment)
                break


def _whole(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")


def _length(arabic: str, english: str, segment: str, kind: SegmentKind) -> Iterator[Finding]:
    """English of news runs to 1.0-1.6 times the Arabic's words; short lines vary more."""
    if kind in (SegmentKind.NUMBER, SegmentKind.DATELINE, SegmentKind.BYLINE, SegmentKind.SOURCE):
        return
    source, target = len(arabic.split()), len(english.split())
    if target < 0.6 * source - 2 or target > 2.4 * source + 5:
        yield _finding("C0008", f"{source} words of Arabic, {target} of English", segment)


_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def _repetition(arabic: str, english: str, segment: str) -> Iterator[Finding]:
    words = [w.lower() for w in _WORD.findall(english)]
    for n in (4, 3, 2, 1):
        for i in range(len(words) - 2 * n + 1):
            run = words[i : i + n]
            # "that that" and "had had" are English; so are figures said twice.
            if run == words[i + n : i + 2 * n] and run not in (["that"], ["had"]) and not all(
                w.isdigit() for w in run
            ):  # fmt: skip
                yield _finding("C0009", f"“{' '.join(run)}” is said twice in a row", segment)
                return
    grams = Counter(zip(words, words[1:], words[2:], words[3:], strict=False))
    source = [w for w in fold(arabic).text.split() if w]
    often = max(Counter(pairwise(source)).values(), default=1)
    for gram, count in grams.items():
        if count > max(2, often + 1):
            yield _finding("C0009", f"“{' '.join(gram)}” is said {count} times", segment)
            return


def _left_over(english: str, segment: str) -> Iterator[Finding]:
    if any(map(is_arabic_letter, english)):
        yield _finding("C0010", "Arabic letters stand in the English", segment)


def _pairs(text: str) -> bool:
    return not text.count('"') % 2 and all(
        text.count(opening) == text.count(closing) for opening, closing in ("“”", "«»")
    )


def _quotes(arabic: str, english: str, segment: str) -> Iterator[Finding]:
    # A quotation that runs on over several sentences stands open in the Arabic too.
    if not _pairs(english) and _pairs(arabic):
        yield _finding("C0012", "quotation marks do not pair", segment)
