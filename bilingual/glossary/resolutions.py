"""Security Council resolutions by number, in every form the press writes.

The Council numbers its resolutions in one sequence since 1946, so the number gives the year and
the symbol: ``unsc_years.tsv`` holds the first and last number of each year (1946-2019 compared
number by number, 2020-2024 with yearly counts, the last number of 2025 less certain).

What is taken for the Council's, and what is not:

* any number, when the Council is named in the reference (``قرار مجلس الأمن رقم 2254``,
  ``القرار 2401 لمجلس الأمن الدولي``);
* never when another body is named there (the General Assembly, a ministry, a court), nor a
  number with the Assembly's ``71/248`` or ``194 (د-3)``;
* a year beside the number must be the year of that number, or it is someone else's;
* a bare ``القرار N``: from 1000 on; below that only when the glossary has it or the segment
  speaks of the United Nations or calls it international, and never below 100, where decisions
  of ministries live, nor for 181, 194 and 2758, which in the press are the General Assembly's.

A list gives one mention a number, its span the number with its year, so that "resolutions 2254
(2015) and 2268 (2016)" is read as it is written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bilingual.citations import number_of, symbol
from bilingual.document import Entity, EntityKind, Finding, Form, Mention, Severity
from bilingual.glossary.entry import Entry
from bilingual.script import MappedText, fold

__all__ = [
    "ResolutionForms",
    "computed_entity",
    "find_resolutions",
    "number_of",
    "resolution_forms",
    "symbol",
    "year_of",
]

# Numbers the press cites without naming the General Assembly.
_ASSEMBLY = frozenset({181, 194, 2758})

_S = r"[ \t_]+"
_COUNCIL = (
    r"مجلس[ \t_]+الامن(?:[ \t_]+الدولي)?"
    r"(?:[ \t_]+(?:التابع[ \t_]+لل?امم[ \t_]+المتحد[ةه]|في[ \t_]+الامم[ \t_]+المتحد[ةه]|الاممي))?"
)
_UN = r"الامم[ \t_]+المتحد[ةه]|الشرعي[ةه][ \t_]+الدولي[ةه]"
_ADJECTIVE = r"(?:الدولي|الاممي)(?:ة|ه|ين|ان)?|دولي|اممي|دولي[ةه]|اممي[ةه]"
_RELEVANT = r"ذات[ \t_]+الصل[ةه]|ذوي?[ \t_]+الصل[ةه]|الصادر(?:ة|ه|ين|ان)?|السابق(?:ة|ه|ين|ان)?"
_NO = (
    r"(?:ذ[ويا][ \t_]+|ذات[ \t_]+|ذوات[ \t_]+|تحت[ \t_]+)?"
    r"(?:ال)?(?:رقمي?|ارقام|مرقم)[ \t_]*(?::[ \t_]*)?"
)
_YEAR = (
    r"(?:[ \t_]*\([ \t]*(?:ل?(?:ل?عام|سن[ةه])[ \t]+)?(?P<y1>(?:19|20)\d\d)[ \t]*(?:م)?\)"
    r"|[ \t_]+(?:(?:ال)?صادر[ةه]?[ \t_]+(?:في[ \t_]+)?(?:عام|العام|سن[ةه])|ل?لعام|لسن[ةه])[ \t_]+"
    r"(?P<y2>(?:19|20)\d\d)(?!\d)"
    r"|/(?P<y3>(?:19|20)\d\d)(?!\d))?"
)
_NUMBER = r"[\(«\"“]?(?P<n>\d{1,5})(?![\d]|[.,٫٬]\d)[\)»\"”]?"
_BY = (
    r"(?P<by>[ \t_]+(?:(?:ال)?(?:صادر|صادر[ةه]|متخذ|معتمد|تابع)(?:[ةه]|ين|ان)?[ \t_]+)?"
    r"(?:(?:عن|من|في)[ \t_]+|ل)" + _COUNCIL + r")?"
)
_LETTER = r"[^\W\d_]"
_BEGIN = r"(?<![^\W_])[وف]?[بلك]?"
_SINGLE = re.compile(
    _BEGIN
    + r"(?P<ref>(?:القرار|لقرار|قرار[هي]?)(?![^\W\d_])"
    + rf"(?:{_S}(?:(?P<council>{_COUNCIL})|(?P<un>{_UN})|المجلس|(?P<adj>{_ADJECTIVE})))?"
    + rf"(?:{_S}(?P<adj2>{_ADJECTIVE}))?"
    + rf"(?:{_S}(?:{_RELEVANT}))?"
    + rf"[ \t_]*(?:{_NO})?{_NUMBER}{_YEAR}{_BY})"
)
_PLURAL = re.compile(
    _BEGIN
    + r"(?P<head>(?:القرار|لقرار|قرار)(?:ين|ان|ات|ي|ا)(?:ه|يه)?(?![^\W\d_])"
    + rf"(?:{_S}(?:(?P<council>{_COUNCIL})|(?P<un>{_UN})|المجلس|(?P<adj>{_ADJECTIVE})))?"
    + rf"(?:{_S}(?P<adj2>{_ADJECTIVE}))?"
    + rf"(?:{_S}(?:{_RELEVANT}))*"
    + rf"[ \t_]*(?::[ \t_]*)?(?:{_NO})?)"
    + r"(?=[\(«\"“]?\d)"
)
_MEMBER = re.compile(_NUMBER + _YEAR)
_BETWEEN = re.compile(
    rf"(?:[ \t_]*[،,؛;][ \t_]*(?:و[ \t_]*)?|[ \t_]+(?:و|او[ \t_]|وكذلك[ \t_]|ثم[ \t_])[ \t_]*)"
    rf"(?:{_NO})?"
)
_TAIL = re.compile(_BY)
_DIRECT = re.compile(r"S/RES/(?P<n>\d{1,5})[ \t]*\((?P<y1>\d{4})\)")
# What follows the number and gives it to another body.
_OTHER = re.compile(
    r"[ \t_]*\([ \t]*د|[ \t_]*/[ \t]*\d"
    r"|[ \t_]+(?:(?:ال)?(?:صادر|متخذ|معتمد|تابع)[ةه]?(?:ين|ان)?[ \t_]+)?(?:(?:عن|من)[ \t_]+|ل)"
    r"(?:لجمعي[ةه]|الجمعي[ةه]|مجلس[ \t_]+(?!الامن)|وزار|وزير|لوزار|الوزار|وزراء|رئاس|لرئاس|الرئاس|"
    r"الرئيس|المحكم|محكم|لمحكم|الحكوم|لحكوم|حكوم|المحافظ|محافظ|الهيئ[ةه]|هيئ[ةه]|البنك|مصرف|"
    r"الجامع[ةه]|جامع[ةه]|لجامع[ةه]|الاتحاد|لاتحاد|المجلس[ \t_]+الوزاري|لجن[ةه]|البرلمان|لبرلمان)"
)
_CONTEXT = re.compile(
    r"مجلس[ \t_]+الامن|الامم[ \t_]+المتحد|لامم[ \t_]+المتحد|الامم[يى]|الشرعي[ةه][ \t_]+الدولي"
)


@dataclass(frozen=True, slots=True)
class ResolutionForms:
    """The glossary's English for one resolution: cited bare, and with the Council named."""

    bare: Entry | None = None
    council: Entry | None = None


@cache
def _years() -> tuple[list[int], list[int], int]:
    """First numbers, their years, and the last number of all."""
    table = resources.files("bilingual.glossary").joinpath("unsc_years.tsv")
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    return [int(r[1]) for r in rows], [int(r[0]) for r in rows], int(rows[-1][2])


def year_of(number: int) -> int | None:
    """The year of a Council resolution; None when the table holds no such number."""
    firsts, years, last = _years()
    if not 1 <= number <= last:
        return None
    return years[bisect_right(firsts, number) - 1]


def resolution_forms(entries: Iterable[Entry]) -> dict[int, ResolutionForms]:
    """What the catalogues say of each number, by the way the Arabic form cites it."""
    forms: dict[int, ResolutionForms] = {}
    for entry in entries:
        found = number_of(entry.key)
        if found is None or entry.kind is not EntityKind.RESOLUTION:
            continue
        known = forms.get(found[0], ResolutionForms())
        if "مجلس" in entry.arabic:
            forms[found[0]] = ResolutionForms(known.bare, known.council or entry)
        else:
            forms[found[0]] = ResolutionForms(known.bare or entry, known.council)
    return forms


def computed_entity(key: str) -> Entity | None:
    """The entity of a resolution the glossary has no entry for; None for any other key."""
    found = number_of(key)
    if found is None:
        return None
    number, year = found
    form = Form(f"القرار {number}", *_english(number, year, "bare"), approved=False)
    return Entity(key=key, kind=EntityKind.RESOLUTION, forms=(form,))


def _english(number: int, year: int, style: str) -> tuple[str, tuple[str, ...]]:
    """Controlled form and accepted forms, for a citation bare, naming the Council, or in a list.

    Usual citations are accepted of every resolution (``citations``) and are not repeated here.
    """
    dated = f"{number} ({year})"
    if style == "list":
        return dated, (f"{number}",)
    if style == "council":
        return f"Security Council resolution {dated}", ()
    return f"resolution {dated}", ()


def find_resolutions(
    text: str,
    known: Mapping[int, ResolutionForms] | None = None,
    mapped: MappedText | None = None,
) -> tuple[tuple[Mention, ...], tuple[Finding, ...]]:
    """References to Council resolutions in one segment or line, and what is wrong with them.

    ``known`` are the glossary's own forms; a number without one is a mention that is not
    approved. Findings: G0301 (error) a number no year holds, G0302 (warning) a year beside it
    that is not its own, both with offsets into ``text``. ``mapped`` is the folded text, where
    the caller has it.
    """
    if mapped is None:
        mapped = fold(text)
    folded = mapped.text
    if "قرار" not in folded and "RES/" not in folded:
        return (), ()
    found = _Found(text, mapped.offsets, known or {}, _CONTEXT.search(folded) is not None)
    end = 0
    for start, match, plural in _references(folded):
        if start < end:
            continue
        end = _plural(found, folded, match) if plural else _single(found, folded, match)
    return tuple(found.mentions), tuple(found.findings)


def _references(folded: str) -> list[tuple[int, re.Match[str], bool]]:
    references = [(m.start(), m, True) for m in _PLURAL.finditer(folded)]
    references += [(m.start(), m, False) for m in _SINGLE.finditer(folded)]
    references += [(m.start(), m, False) for m in _DIRECT.finditer(folded)]
    return sorted(references, key=lambda r: r[0])


def _single(found: _Found, folded: str, match: re.Match[str]) -> int:
    groups = match.groupdict()
    direct = "ref" not in groups
    named = direct or bool(groups.get("council") or groups.get("by"))
    if not named and _OTHER.match(folded, match.end()):
        return match.end()
    if groups.get("y3") and not named and int(groups["y3"]) != year_of(int(groups["n"])):
        return match.end()
    start = match.start() if direct else match.start("ref")
    international = bool(groups.get("adj") or groups.get("adj2") or groups.get("un"))
    found.add(
        (start, match.end()),
        int(match["n"]),
        _year(match),
        style="council" if named and not direct else "bare",
        named=named,
        international=international,
    )
    return match.end()


def _plural(found: _Found, folded: str, match: re.Match[str]) -> int:
    members: list[re.Match[str]] = []
    position = match.end()
    while (member := _MEMBER.match(folded, position)) is not None:
        members.append(member)
        between = _BETWEEN.match(folded, member.end())
        if between is None:
            break
        position = between.end()
    if not members:
        return match.end()
    end = members[-1].end()
    tail = _TAIL.match(folded, end)
    by = tail is not None and bool(tail["by"])
    named = bool(match["council"]) or by
    if not named and _OTHER.match(folded, end):
        return end
    for member in members:
        found.add(
            (member.start("n"), member.end() if _year(member) else member.end("n")),
            int(member["n"]),
            _year(member),
            style="list",
            named=named,
            international=bool(match["adj"] or match["adj2"] or match["un"]),
        )
    return end


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    value = groups.get("y1") or groups.get("y2") or groups.get("y3")
    return int(value) if value else None


@dataclass(slots=True)
class _Found:
    """What a segment has given so far."""

    text: str
    offsets: Sequence[int]
    known: Mapping[int, ResolutionForms]
    un_context: bool
    mentions: list[Mention]
    findings: list[Finding]

    def __init__(
        self,
        text: str,
        offsets: Sequence[int],
        known: Mapping[int, ResolutionForms],
        un_context: bool,
    ) -> None:
        self.text, self.offsets, self.known, self.un_context = text, offsets, known, un_context
        self.mentions, self.findings = [], []

    def add(
        self,
        span: tuple[int, int],
        number: int,
        year: int | None,
        *,
        style: str,
        named: bool,
        international: bool,
    ) -> None:
        """Take a number for a resolution, report it, or leave it, as the module says."""
        own = year_of(number)
        sure = named or international
        start, end = self.offsets[span[0]], self.offsets[span[1] - 1] + 1
        if own is None:
            last = _years()[2]
            if year is not None and _years()[1][-1] < year < 2100 and number > last:
                own = year  # adopted after the table was made, and dated by the text itself
            else:
                if named or ((self.un_context or international) and number > last):
                    self._report("G0301", Severity.ERROR, start, end,
                                 f"no Security Council resolution has the number {number}: the "
                                 f"last one known is {last} ({_years()[1][-1]})")  # fmt: skip
                return
        if not sure and not self._plausible(number, year == own):
            return
        if year is not None and year != own:
            if not named:
                return
            self._report("G0302", Severity.WARNING, start, end,
                         f"resolution {number} is of {own}, the text says {year}")  # fmt: skip
        if international and not named and (number < 100 or number in _ASSEMBLY):
            return
        self.mentions.append(self._mention(start, end, number, own, style))

    def _plausible(self, number: int, dated: bool) -> bool:
        if number in _ASSEMBLY:
            return False
        if number >= 1000 or dated:
            return True
        return number >= 100 and (number in self.known or self.un_context)

    def _mention(self, start: int, end: int, number: int, year: int, style: str) -> Mention:
        target, accepted = _english(number, year, style)
        approved = False
        forbidden: tuple[str, ...] = ()
        forms = self.known.get(number)
        if forms is not None:
            entry = forms.council if style == "council" else forms.bare
            other = forms.bare or forms.council
            if entry is not None and style != "list":
                accepted = tuple(dict.fromkeys(
                    e for e in (*entry.accepted, target, *accepted) if e != entry.english
                ))  # fmt: skip
                target = entry.english
            chosen = entry or other
            if chosen is not None:
                approved, forbidden = chosen.approved, chosen.forbidden
        return Mention(
            start=start,
            end=end,
            surface=self.text[start:end],
            key=symbol(number, year),
            kind=EntityKind.RESOLUTION,
            target=target,
            accepted=accepted,
            approved=approved,
            forbidden=forbidden,
        )

    def _report(self, code: str, severity: Severity, start: int, end: int, message: str) -> None:
        self.findings.append(Finding(code, severity, message, start=start, end=end))
