"""Paragraphs and sentences of a source text, as spans into the unchanged text.

A paragraph is a line that shows something. Lines end where UAX 14 breaks without choice: LF,
CR LF, CR, U+2028, U+2029, and also NEL (U+0085), vertical tab and form feed, which converters
leave for line and page ends. A line end is always a boundary.

Inside a line a sentence ends at ``. ! ? ؟ …`` (or a run of them, but never ``..``), closing
marks that follow at once, and white space. It never ends at ``،`` ``؛`` ``:``, nor after titles
and initials, nor inside numbers, addresses and the like, which hold no white space. The rules
are the tables below; ICU and UAX 29 end a sentence after "د." and so are not used here.

Blank, and so in no segment, are white space at the ends of a segment and lines that hold
nothing but white space and characters without a shape (`is_blank`). Everything takes time linear
in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.document import Segment
from bilingual.kinds import line_kinds, sentence_kind

__all__ = ["VERSION", "is_blank", "segment", "sentence_spans"]

VERSION = "1"
"""Changes whenever any text would be cut or named otherwise."""

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# Characters without a shape: controls, bidi controls, joiners, selectors (UAX 44,
# Default_Ignorable_Code_Point, the part met in Arabic texts).
_SHAPELESS = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_VISIBLE = re.compile(rf"[^\s{_SHAPELESS}]")

# Full stop, exclamation and question marks, ellipsis, and the same signs at other code points.
_TERMINATORS = ".!?؟…۔‥‼⁇⁈⁉．！？﹒﹖﹗"
_TWO_DOTS = re.compile(r"\.\.(?!\.)|‥")
# Quotation marks of either hand close when they stand right after a stop: newspapers swap them.
_QUOTES = "\"'«»“”„‟‘’‚‛‹›″′"
_BRACKETS = ")]}〉》﴾﴿"
_CLUSTER = re.compile(
    rf"[{_TERMINATORS}][{re.escape(_TERMINATORS + _QUOTES + _BRACKETS)}{_SHAPELESS}]*+"
)
_GAP = re.compile(rf"[\s{_SHAPELESS}]*+")
_SPACE = re.compile(r"\s*+")
_WORD = re.compile(r"\w")
_FULL_STOP = re.compile(rf"\.[{_SHAPELESS}]*+\Z")
_INVISIBLE = re.compile(rf"[{_SHAPELESS}]")
_RUN = re.compile(rf"[{_TERMINATORS}]++")
# A closing mark set apart from its stop: «... . » and then.
_DETACHED = re.compile(rf"[»”’›\])}}]++(?:[{_TERMINATORS}]++)?(?=\s|\Z)")
# What goes on with a sentence although a stop went before: a comma, a colon, another stop.
_CONTINUES = re.compile(rf"[»”’›\])}}]*+(?:[،؛,;:]|[{_TERMINATORS}]++(?!\w))")

# --- what a full stop after a short word means ---------------------------------------------
_TOKEN = re.compile(r"(?:[^\W_]|[.\u0640\u064b-\u065f\u0670])+\Z")
_MARKS = str.maketrans("أإآٱ", "اااا", "\u0640" + "".join(map(chr, range(0x64B, 0x660))) + "\u0670")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.translate(_MARKS).split())


_DOTTED = re.compile(r"\w{1,2}(?:\.\w{1,2})+\Z")
_WINDOW = 32
"""Characters looked back at; no abbreviation and no word before one is longer."""

# Always before something: titles (bare or after "and"), post box, pages; alefs without hamza.
_BEFORE = _words(
    """
    ا.د ا.م ا.م.د م.م ص.ب ص.ص بروف صص مج ود وم وا لد
    Mr Mrs Ms Dr Prof Sen Rep Gen Col Lt Sgt Capt Rev Hon St Mme Mlle Fig vs pp No Nos Art Tel
    """
)
# After a name or inside one; such a stop ends the sentence only where a new one clearly begins.
_WITHIN = _words("Inc Ltd Co Corp Jr Sr Bros Univ Dept etc ca")
# Nouns whose single letter is a label, so that the stop after it is a real one.
_LABELLED = _words(
    """
    المجموعة مجموعة المجموعتين الفئة فئة النقطة نقطة القسم قسم الصف صف الملحق ملحق المرفق مرفق
    البند بند الفقرة فقرة الحرف حرف فيتامين الخيار خيار النوع نوع المنطقة منطقة القطاع قطاع
    الدرجة درجة الطبقة طبقة الجزء جزء المحور محور الخطة خطة الكبد البوابة بوابة المبنى مبنى
    المستوى مستوى الجدول جدول الشكل شكل القاعة قاعة الكتلة كتلة المسار مسار السلة سلة الموقع
    الطراز الفيروس الزمرة زمرة فصيلة الفصيلة المخطط الفرع فرع الباب الصالة العمود
    """
)
# Units and eras after a number: the stop is the sentence's, unless the time goes on.
_UNITS = frozenset("مهصجستلغقبد")
_TIME_GOES_ON = re.compile("(?:ب|وفق |حسب )?ال?توقيت|بتوقيت|GMT")
# A new sentence begins, as newspapers begin them.
_STARTER = re.compile(
    r"[\W_]*+(?:[وف]\w{2,}|كما|لكن|أما|اما|ثم|إلا|الا|غير|بيد|بدور\w+|يذكر|يُذكر|يشار|بينما|هل|لماذا"
    r"|من جانب\w+|من جهت\w+|من ناحيت\w+|في المقابل|في غضون|على صعيد|إلى ذلك|الى ذلك|إنه|انه|هذا)\b"
)
_ENUMERATOR = re.compile(r"[\W_]*+(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVXivx]{1,5})[\W_]*\Z")
_SPACED_DATE = re.compile(r"(?<!\d)\d{1,2}\. ?\d{1,2}\. ?(?:19|20|١٩|٢٠)?\d{2}(?!\d)")


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: only white space and characters without a shape."""
    return _VISIBLE.search(text) is None


def segment(text: str) -> tuple[Segment, ...]:
    """The units of a text, in order, each with its kind; see the module for the rules.

    Ids are ``p5.s3``, both counted from 1, blank lines not counted. Never raises.
    """
    spans = list(_lines(text))
    kinds = line_kinds([(text[a:b], gap) for a, b, gap in spans])
    found: list[Segment] = []
    for paragraph, ((start, end, _), kind) in enumerate(zip(spans, kinds, strict=True), 1):
        line = text[start:end]
        sentences = list(sentence_spans(line))
        for number, (a, b) in enumerate(sentences, 1):
            own = kind if len(sentences) == 1 else sentence_kind(kind, line, a, b)
            found.append(Segment(f"p{paragraph}.s{number}", start + a, start + b, own, paragraph))
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Lines that show something, without white space at their ends; is a blank one before?"""
    start, gap = 0, False
    for end, after in [*((m.start(), m.end()) for m in _LINE_END.finditer(text)), (len(text), 0)]:
        line = text[start:end]
        stripped = line.strip()
        if stripped and _VISIBLE.search(stripped):
            first = start + len(line) - len(line.lstrip())
            yield first, first + len(stripped), gap
            gap = False
        else:
            gap = True
        start = after


def sentence_spans(line: str) -> Iterator[tuple[int, int]]:
    """The sentences of one line, as spans without white space at either end."""
    start = _skip(_SPACE, line, 0, len(line))
    limit = len(line.rstrip())
    if start >= limit:
        return
    word = _next_word(line, start, limit)
    for cluster in _CLUSTER.finditer(line, start, limit):
        stop = cluster.end()
        if stop >= limit or not line[stop].isspace():
            continue
        if word >= cluster.start():
            continue  # nothing was said yet: an ellipsis or ornament that opens the sentence
        if not _is_end(line, cluster[0], cluster.start()):
            continue
        visible = _skip(_GAP, line, stop, limit)
        if detached := _DETACHED.match(line, visible, limit):
            stop = detached.end()
            visible = _skip(_GAP, line, stop, limit)
        if visible >= limit or _CONTINUES.match(line, visible, limit):
            continue
        if _FULL_STOP.match(cluster[0]) and _is_abbreviation(line, start, cluster.start(), visible):
            continue
        following = word if word >= stop else _next_word(line, stop, limit)
        if following >= limit:
            break
        yield start, stop
        start, word = _skip(_SPACE, line, stop, limit), following
    yield start, limit


def _skip(pattern: re.Pattern[str], line: str, start: int, limit: int) -> int:
    found = pattern.match(line, start, limit)
    return found.end() if found else start


def _next_word(line: str, start: int, limit: int) -> int:
    found = _WORD.search(line, start, limit)
    return found.start() if found else limit


def _is_end(line: str, cluster: str, place: int) -> bool:
    """Whether a cluster of stops and closers can end a sentence, by its own shape."""
    if place and line[place - 1] in "([{" and cluster[-1] in ")]}":
        return False  # (!) (؟) [...] : a remark on a word, an omission
    if place and line[place - 1] in _QUOTES and cluster[-1] in _QUOTES and len(cluster) > 2:
        return False  # «...»: a quotation of silence
    return any(_TWO_DOTS.fullmatch(run) is None for run in _RUN.findall(cluster))


def _is_abbreviation(line: str, start: int, stop: int, following: int) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation, number or initial."""
    if stop - start < 12 and _ENUMERATOR.match(line[start:stop]):
        return True  # "1. " or "(1). " at the head of an item
    window = _INVISIBLE.sub("", line[max(start, stop - _WINDOW) : stop])
    found = _TOKEN.search(window)
    if found is None:
        return False
    token = found[0].translate(_MARKS).lstrip(".")
    before = window[: found.start()]
    if token[-1:].isdigit():
        lo = max(start, stop - 6)
        date = _SPACED_DATE.search(line, lo, following + 10)
        return date is not None and date.start() < stop and date.end() > following
    if token in _BEFORE:
        return token not in {"No", "Nos", "Art", "Fig"} or line[following].isdigit()
    if len(token) == 1 and token.isalpha():
        return _is_initial(line, token, before, following)
    if token in _WITHIN or (_DOTTED.match(token) and not any(c.isdigit() for c in token)):
        return _STARTER.match(line, following) is None
    return False


def _is_initial(line: str, letter: str, before: str, following: int) -> bool:
    """Whether a letter and a full stop are a title or an initial: "د." "ز." "J."."""
    words = before.rstrip().translate(_MARKS).rsplit(None, 1)
    last = words[-1].strip("«“\"'()[]،") if words else ""
    if last in _LABELLED or last[1:] in _LABELLED:
        return False
    if letter in _UNITS and last[-1:].isdigit():
        return _TIME_GOES_ON.match(line, following) is not None
    return letter not in "وI" or _STARTER.match(line, following) is None
