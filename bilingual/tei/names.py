"""Names the whole profile shares: namespaces, identifiers, taxonomies, characters XML refuses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bilingual.document import EntityKind, SegmentKind

__all__ = [
    "ELEMENT_OF_KIND",
    "ILLEGAL",
    "RECORD_PREFIX",
    "TAXONOMIES",
    "TEI_NS",
    "XML_ID",
    "XML_LANG",
    "XML_WHITE",
    "char_id",
    "decode_id",
    "encode_id",
    "encode_pointer",
    "encode_url",
    "is_date",
    "long_date",
    "printable",
    "slug",
    "unique",
]

TEI_NS = "http://www.tei-c.org/ns/1.0"
XML_NS = "http://www.w3.org/XML/1998/namespace"
XML_ID = f"{{{XML_NS}}}id"
XML_LANG = f"{{{XML_NS}}}lang"

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold (XML 1.0, production 2 ``Char``)."""
XML_WHITE = " \t\n\r"
"""White space in the sense of XML; between elements it may stand without being text."""

ELEMENT_OF_KIND = {
    EntityKind.PERSON: "persName",
    EntityKind.ORGANISATION: "orgName",
    EntityKind.PLACE: "placeName",
    EntityKind.RESOLUTION: "ref",
    EntityKind.TERM: "term",
    EntityKind.TITLE: "term",
    EntityKind.DATE: "term",
    EntityKind.OTHER: "term",
}
RECORD_PREFIX = {
    EntityKind.PERSON: "pers",
    EntityKind.ORGANISATION: "org",
    EntityKind.PLACE: "pl",
    EntityKind.RESOLUTION: "res",
    EntityKind.TERM: "term",
    EntityKind.TITLE: "title",
    EntityKind.DATE: "time",
    EntityKind.OTHER: "other",
}

TAXONOMIES: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "tax.review",
        "Review state of a translated sentence; in parentheses the segment state of XLIFF 2",
        (
            ("rev.mt", "Not reviewed by a person (translated)"),
            ("rev.post-edited", "Corrected by a person (reviewed)"),
            ("rev.approved", "Approved for publication by a person (final)"),
        ),
    ),
    (
        "tax.origin",
        "Where the words of a sentence come from, when not from the engine",
        (
            ("or.copied", "The source itself: nothing in it is to be translated"),
            ("or.review", "A person's words, from the review catalogue of this document"),
            ("or.memory", "A person's words for the same Arabic, from the translation memory"),
        ),
    ),
    (
        "tax.gloss",
        "How an approved glossary entry reached the translation",
        (
            ("gl.kept", "The engine's own rendering is the controlled form, or an accepted one"),
            ("gl.chosen", "Found in another of the engine's hypotheses, which was taken"),
            ("gl.inlined", "Brought out by the controlled form in the source, decoded again"),
            ("gl.projected", "Put in place of the aligned span of the engine's output"),
            ("gl.missed", "The entry occurs in the source and not in the translation"),
        ),
    ),
    (
        "tax.proposed",
        "What became of an entry that is proposed and not approved; it is never enforced",
        (
            ("prop.kept", "The translation happens to agree with the proposal"),
            ("prop.chosen", "A hypothesis taken for other reasons agrees with the proposal"),
            ("prop.inlined", "The proposal stood in the source when it was decoded"),
            ("prop.projected", "The proposal stands in place of the engine's output"),
            ("prop.missed", "The translation has something else"),
        ),
    ),
    (
        "tax.entry",
        "Standing of a form in the glossary",
        (
            ("entry.approved", "Approved: imposed on the translation"),
            ("entry.proposed", "Proposed: reported, not imposed"),
        ),
    ),
    (
        "tax.severity",
        "Weight of a finding of the checks",
        (
            ("sev.error", "Must be mended before publication"),
            ("sev.warning", "Deserves a look"),
            ("sev.note", "For information"),
        ),
    ),
)
"""``(id, description, categories)``; every ``@ana`` of an edition points to one of these."""

BLOCK_OF_KIND = {
    SegmentKind.HEADLINE: ("head", ""),
    SegmentKind.SUBHEADLINE: ("head", "sub"),
    SegmentKind.BYLINE: ("byline", ""),
    SegmentKind.DATELINE: ("dateline", ""),
    SegmentKind.SOURCE: ("trailer", "source"),
    SegmentKind.BOILERPLATE: ("trailer", "boilerplate"),
    SegmentKind.BODY: ("p", ""),
    SegmentKind.NUMBER: ("ab", "number"),
}

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_URI = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/():@!$&'*+,;=?"
)
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")
_URL = re.compile(
    r"(https?|ftp)://[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)*(:\d{1,5})?(?=[/?#]|\Z)|urn:\w", re.A
)
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T.*)?")
_DATE_TIME = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?"
)


def is_date(value: str) -> bool:
    """Whether a value can stand in ``@when``: an ISO 8601 date or date-time of the calendar."""
    if _DATE_TIME.fullmatch(value) is None:
        return False
    year, month, day = (int(part) for part in value[:10].split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (
        29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    )
    return year > 0 and day <= days


def long_date(value: str) -> str:
    """An ISO date in English words; anything else unchanged."""
    found = _DATE.fullmatch(value)
    if found is None or not is_date(value):
        return value
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"


def char_id(char: str) -> str:
    """The identifier under which the header declares a character that XML cannot hold."""
    return f"char.u{ord(char):04X}"


def printable(text: str) -> str:
    """Text for the header or for an attribute: what XML refuses becomes U+FFFD."""
    return ILLEGAL.sub("\ufffd", text)


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):X}_"


def encode_id(name: str) -> str:
    """A name as the tail of an ``xml:id``; ``decode_id`` gives the name back, whatever it is."""
    return re.sub(r"_(?=x[0-9A-F]+_)|[^A-Za-z0-9._\-]", _escape, name)


def decode_id(tail: str) -> str:
    """The name that ``encode_id`` made the tail from."""
    return re.sub(r"_x([0-9A-F]{1,6})_", lambda m: chr(int(m[1], 16)), tail)


def encode_pointer(value: str) -> str:
    """A value as part of a URI reference, percent-encoded where RFC 3986 asks for it."""
    return "".join(c if c in _URI else _percent(c) for c in printable(value))


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def encode_url(value: str) -> str:
    """An address as a URI reference; what is no address becomes one harmless path segment."""
    value = printable(value)
    if _URL.match(value):
        return encode_pointer(value)
    return "".join(c if c in _PLAIN else _percent(c) for c in value)


def slug(key: str) -> str:
    """A readable tail for an ``xml:id``, without a full stop; not unique by itself."""
    if key.isascii():
        plain = re.sub(r"[^A-Za-z0-9_]+", "-", key).strip("-")
        return plain or "x"
    letters = (c if c == "_" or c == "-" or c.isalnum() else "-" for c in key)
    plain = re.sub("-+", "-", "".join(c for c in letters if _name_char(c))).strip("-")
    return plain or "x"


def _name_char(char: str) -> bool:
    # NameChar of XML 1.0 without its finer points: letters and decimal digits of the planes in use.
    return char in "-_" or (
        unicodedata.category(char) in {"Lu", "Ll", "Lo", "Lt", "Nd"}
        and (char.isascii() or "\u0600" <= char <= "\u06ff" or "\u00c0" <= char <= "\u02ff")
        and char not in "\u00d7\u00f7"
    )


def unique(wanted: str, taken: Iterable[str]) -> str:
    """``wanted``, or the first of ``wanted.2``, ``wanted.3`` ... that is not taken."""
    seen = taken if isinstance(taken, (set, frozenset, dict)) else set(taken)
    if wanted not in seen:
        return wanted
    number = 2
    while f"{wanted}.{number}" in seen:
        number += 1
    return f"{wanted}.{number}"
