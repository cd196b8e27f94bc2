"""Finding glossary forms in Arabic: a token trie, longest match at the leftmost place.

Text and forms are folded (:func:`bilingual.script.fold`) and cut into tokens: runs of letters,
runs of digits, single other signs. A match is a run of tokens with nothing but blanks (or a
hyphen inside a compound) between them, so word boundaries hold by construction and glued
punctuation (``الوطن،مشيرا``) costs nothing. Time is linear in the text.

Proclitics. A token is looked up bare first, then without و ف, then without ب ل ك, then (terms
only: it goes with verbs) without س. They stay outside the span. Where ل swallowed the alef of
an article (للأمم) the span begins after the first ل. For terms and titles the article may also
stand on an indefinite form (``هدنة إنسانية`` finds ``الهدنة الإنسانية``); it is inside the span.

Teh. ه stands for ة in forms of several words, and in others that say ``match: teh``.

False friends, by four means a catalogue can use and one that needs no line:

* a longer form wins over the shorter one inside it (``روسيا اليوم`` over ``روسيا``); a form with
  ``match: block`` wins and is not reported;
* ``not-before:``, ``not-after:`` name words that must not stand beside the form
  (``القاعدة`` with ``not-before: ال*ية``: not in ``القاعدة الاقتصادية``);
* ``after:``, ``before:`` name words of which one must stand there;
* ``context:`` names words of which one must be in the same segment; where several entities share
  a form, the one whose context is there is taken, and none where that does not decide;
* a one-word place in ـيا is also an accusative adjective (``التزاما روسيا``, a Russian
  commitment): it is not taken for the place right after an indefinite accusative noun (one in
  ا that is no particle or adverb and no name), nor when written with tanwin.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bilingual.document import EntityKind
from bilingual.glossary.entry import Entry, MatchMode
from bilingual.script import MappedText, clean, fold

__all__ = ["Match", "Matcher"]

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_HYPHENS = frozenset("-\u2010\u2011")
_CONTROLS = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
                      "\u2060\u2066\u2067\u2068\u2069\ufeff")  # fmt: skip
_TANWIN = "\u064b"
_CACHE = 200_000

# Words in ا that may stand before a name without being an accusative noun.
_PARTICLE_LIST = (
    "ما كما مما بما فيما عما انما بينما عندما حينما حيثما طالما كلما ربما لما اما الا هذا "
    "هنا لذا اذا كذا هكذا مهما لا يا ايها ايا ابدا ايضا جدا معا غدا دائما غالبا حاليا "
    "مؤخرا سابقا لاحقا قريبا تقريبا خصوصا خاصة لاسيما سيما مثلا فورا اخيرا اولا ثانيا "
    "ثالثا رابعا علنا رسميا قائلا مضيفا مؤكدا مشيرا معتبرا موضحا مبينا لافتا داعيا متهما "
    "مطالبا محذرا مشددا نظرا خلافا وفقا طبقا تبعا مرورا وصولا عدا ماعدا خلا حاشا لدينا "
    "علينا الينا منا بنا لنا عنا فينا انا نحن كنا اننا انها انهما كانا قالا هما منها اليها "
    "فيها عليها بها لها عنها معها بعدها قبلها خلالها حولها بينها لديها غيرها دونها ضدها "
    "امامها وراءها بشانها تجاهها حلفاؤها دعما ضدا"
)
_PARTICLES = frozenset(_PARTICLE_LIST.split())


class Match(NamedTuple):
    """A form found: offsets into the text given, and the entry."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Form:
    entry: Entry
    simple: bool
    """Nothing below has to be looked at."""
    last: str
    """Last letter of the folded form where ة and ه are not the same, else empty."""
    nisba: bool
    context: tuple[str, ...]
    after: _Words | None
    not_after: _Words | None
    before: _Words | None
    not_before: _Words | None


class _Place(NamedTuple):
    """Where a form would stand: tokens ``[first, stop)`` less the first ``skip`` letters."""

    surface: str
    first: int
    skip: int
    stop: int
    follows_match: bool


class _Words:
    """Words a neighbour may be, with ``*`` for any letters at either end."""

    __slots__ = ("_exact", "_pattern", "clitics")

    def __init__(self, words: Iterable[str]) -> None:
        keys = [_key(word) for word in words]
        self.clitics = frozenset(k for k in keys if len(k) == 1)
        self._exact = frozenset(k for k in keys if "*" not in k)
        patterns = ["[^\\W\\d_]*".join(map(re.escape, k.split("*"))) for k in keys if "*" in k]
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def __contains__(self, token: str) -> bool:
        return token != "" and any(
            word in self._exact
            or (self._pattern is not None and self._pattern.fullmatch(word) is not None)
            for word in _without_proclitics(token)
        )


def _words(words: Sequence[str]) -> _Words | None:
    return _Words(words) if words else None


def _key(text: str) -> str:
    return fold(text).text.replace("ة", "ه").strip()


def _tokens(key: str) -> list[str]:
    if _HYPHENS.isdisjoint(key):
        return _TOKEN.findall(key)
    return [m[0] for m in _TOKEN.finditer(key) if not _is_joint(m, key)]


def _readings(token: str) -> Iterator[tuple[int, str, bool]]:
    """(letters taken off, what is left, whether a future س was taken off), bare first."""
    yield 0, token, False
    bases = [(0, token)]
    if len(token) > 2 and token[0] in "وف":
        yield 1, token[1:], False
        bases.append((1, token[1:]))
    for taken, rest in bases:
        if len(rest) < 3:
            continue
        if rest[0] in "بك":
            yield taken + 1, rest[1:], False
        elif rest[0] == "ل":
            yield taken + 1, rest[1:], False
            if rest[1] == "ل":
                yield taken + 1, "ال" + rest[2:], False
                yield taken + 1, "ال" + rest[1:], False
        elif rest[0] == "س":
            yield taken + 1, rest[1:], True


def _without_proclitics(token: str) -> list[str]:
    return [rest for _, rest, future in _readings(token) if not future]


class _Node(dict[str, "_Node"]):
    """A step of the trie; the forms of ``entries`` end here, made ready when first met."""

    __slots__ = ("_forms", "entries")

    def __init__(self) -> None:
        self.entries: list[Entry] | None = None
        self._forms: list[_Form] | None = None

    @property
    def forms(self) -> list[_Form]:
        if self._forms is None:
            self._forms = [_form(entry) for entry in self.entries or ()]
        return self._forms


class _Starts(dict[str, tuple[tuple[int, _Node, bool], ...]]):
    """For a token, where in the trie it may begin a form; remembered as tokens are met."""

    def __init__(self, root: _Node) -> None:
        self._root = root

    def __missing__(self, token: str) -> tuple[tuple[int, _Node, bool], ...]:
        found = tuple(
            (taken, node, future)
            for taken, rest, future in _readings(token)
            if (node := self._root.get(rest)) is not None
        )
        if len(self) >= _CACHE:
            self.clear()
        self[token] = found
        return found


class _Piece:
    """One line or segment as the matcher sees it."""

    __slots__ = ("_bag", "_held", "_phrase", "broken", "folded", "tokens", "words")

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.broken = "\n" in folded
        self.tokens = list(_TOKEN.finditer(folded.replace("ة", "ه")))
        self.words = [m[0] for m in self.tokens]
        if "-" in folded or "\u2010" in folded or "\u2011" in folded:
            # A hyphen between letters is a blank, any other a sign of its own.
            self.tokens = [m for m in self.tokens if not _is_joint(m, folded)]
            self.words = [m[0] for m in self.tokens]
        self._bag: frozenset[str] | None = None
        self._phrase: str | None = None
        self._held: dict[tuple[str, ...], bool] = {}

    def breaks(self, index: int) -> bool:
        """Whether a line ends right before a token."""
        return "\n" in self.folded[self.tokens[index - 1].end() : self.tokens[index].start()]

    def holds(self, context: tuple[str, ...]) -> bool:
        """Whether one of the (folded) words or phrases stands in this piece."""
        if context not in self._held:  # once for each context, or long lines take for ever
            self._held[context] = self._search(context)
        return self._held[context]

    def _search(self, context: tuple[str, ...]) -> bool:
        if self._bag is None:
            self._bag = frozenset(
                rest for word in set(self.words) for rest in _without_proclitics(word)
            )
        for item in context:
            if " " not in item:
                if item in self._bag:
                    return True
                continue
            if self._phrase is None:
                self._phrase = f" {' '.join(self.words)} "
            if re.search(f" [وف]?[بلك]?{re.escape(item)} ", self._phrase):
                return True
        return False


class Matcher:
    """A trie over the forms of entries, built on first use."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._root: _Node | None = None
        self._starts: _Starts

    def _build(self) -> _Node:
        root = _Node()
        derived: list[tuple[list[str], Entry]] = []
        for entry in self._entries:
            tokens = _tokens(_key(entry.arabic))
            if not tokens:
                continue
            _insert(root, tokens, entry)
            if entry.kind is EntityKind.TERM or entry.kind is EntityKind.TITLE:
                definite = _definite(entry, tokens)
                if definite:
                    derived.append((definite, entry))
        for tokens, entry in derived:
            _insert(root, tokens, entry, only_if_new=True)
        self._starts = _Starts(root)
        self._root = root
        return root

    def find(
        self,
        text: str,
        taken: Sequence[tuple[int, int]] = (),
        mapped: MappedText | None = None,
    ) -> list[Match]:
        """The matches in one line or segment, by place, none overlapping.

        ``taken`` are spans of the text, in order, that something else was recognised in: a form
        that lies inside one, or only partly overlaps it, gives way; one that holds all of it
        does not. ``mapped`` is the folded text, where the caller has it.
        """
        if self._root is None:
            self._build()
        lookup = self._starts
        if mapped is None:
            mapped = fold(text)
        piece = _Piece(mapped.text)
        offsets = mapped.offsets
        matches: list[Match] = []
        position = 0
        last_end = -1  # index of the token after the last match
        for index in [i for i, word in enumerate(piece.words) if lookup[word]]:
            if index < position:
                continue
            for skip, forms, stop in self._candidates(piece, index):
                start = offsets[piece.tokens[index].start() + skip]
                end = _origin_end(offsets, piece.tokens[stop - 1].end(), text)
                if taken and _gives_way(start, end, taken):
                    continue
                if len(forms) == 1 and forms[0].simple:
                    entry: Entry | None = forms[0].entry
                else:
                    place = _Place(text[start:end], index, skip, stop, last_end == index)
                    entry = _choose(forms, piece, place)
                if entry is None:
                    continue
                if entry.match is not MatchMode.BLOCK:
                    matches.append(Match(start, end, entry))
                position = last_end = stop
                break
        return matches

    def _candidates(self, piece: _Piece, index: int) -> list[tuple[int, list[_Form], int]]:
        """(letters taken off, forms, token after them), longest first, bare before stripped."""
        words = piece.words
        count = len(words)
        found: list[tuple[int, list[_Form], int]] = []
        for skip, node, future in self._starts[words[index]]:
            stop = index + 1
            while True:
                if node.entries is not None and (
                    stop - index > 1 or not skip or len(words[index]) - skip > 2
                ):
                    forms = node.forms
                    if future:
                        forms = [f for f in forms if f.entry.kind is EntityKind.TERM]
                    if forms:
                        found.append((skip, forms, stop))
                if not node or stop == count:
                    break
                following = node.get(words[stop])
                if following is None or (piece.broken and piece.breaks(stop)):
                    break
                node, stop = following, stop + 1
        if len(found) > 1:
            found.sort(key=lambda c: -c[2])
        return found


def _choose(forms: list[_Form], piece: _Piece, place: _Place) -> Entry | None:
    """The entry meant by one of these forms here, if any is and it is clear which."""
    if len(forms) == 1:
        form = forms[0]
        return form.entry if _fits(form, piece, place) and _in_context(form, piece) else None
    fitting = [f for f in forms if f.simple or _fits(f, piece, place)]
    by_context = [f for f in fitting if f.context and _in_context(f, piece)]
    plain = [f for f in fitting if not f.context]
    # Several entities in context: only a form that needs none can stand for them.
    chosen = by_context if len({f.entry.key for f in by_context}) == 1 else plain
    if len({f.entry.key for f in chosen}) > 1:
        approved = [f for f in chosen if f.entry.approved]
        chosen = [f for f in approved if f.entry.conditional] or approved
        if len({f.entry.key for f in chosen}) != 1:
            return None
    if not chosen:
        return None
    return min(chosen, key=lambda f: (not f.entry.approved, f.entry.line)).entry


def _in_context(form: _Form, piece: _Piece) -> bool:
    return not form.context or piece.holds(form.context)


def _is_joint(token: re.Match[str], folded: str) -> bool:
    """Whether a token is a hyphen inside a compound."""
    if token[0] not in _HYPHENS:
        return False
    start, end = token.span()
    return start > 0 and end < len(folded) and folded[start - 1].isalpha() and folded[end].isalpha()


def _form(entry: Entry) -> _Form:
    tokens = _tokens(_key(entry.arabic))
    folded = fold(entry.arabic).text.rstrip()
    single = len(tokens) == 1
    last = folded[-1] if single and entry.match is not MatchMode.TEH else ""
    last = last if last in ("ة", "ه") else ""
    nisba = (
        single
        and entry.kind is EntityKind.PLACE
        and tokens[0].endswith("يا")
        and not tokens[0].startswith("ال")
    )
    context = tuple(" ".join(_tokens(_key(c))) for c in entry.context)
    guards = [_words(w) for w in (entry.after, entry.not_after, entry.before, entry.not_before)]
    plain = not (last or nisba or context or any(guards) or entry.match is MatchMode.EXACT)
    return _Form(entry, plain, last, nisba, context, *guards)


def _insert(root: _Node, tokens: list[str], entry: Entry, only_if_new: bool = False) -> None:
    node = root
    for token in tokens:
        following = node.get(token)
        if following is None:
            following = node[token] = _Node()
        node = following
    if node.entries is None:
        node.entries = [entry]
    elif not only_if_new:
        node.entries.append(entry)


def _definite(entry: Entry, tokens: list[str]) -> list[str] | None:
    """The form with the article, for an indefinite term or title of one or two words."""
    if entry.match is MatchMode.EXACT or len(tokens) > 2:
        return None
    if any(t.startswith("ال") or not t.isalpha() or t.isascii() for t in tokens):
        return None
    return ["ال" + token for token in tokens]


def _fits(form: _Form, piece: _Piece, place: _Place) -> bool:
    """Whether the letters and the words beside it allow the form here (its context apart)."""
    index, skip, stop = place.first, place.skip, place.stop
    words = piece.words
    if form.last and piece.folded[piece.tokens[stop - 1].end() - 1] != form.last:
        return False
    if form.entry.match is MatchMode.EXACT and clean(place.surface).text != form.entry.arabic:
        return False
    before = words[index - 1] if index else ""
    after = words[stop] if stop < len(words) else ""
    if form.not_after is not None and not skip and before in form.not_after:
        return False
    if form.not_before is not None and after in form.not_before:
        return False
    if form.after is not None:
        clitic = words[index][skip - 1] if skip else ""
        if not (clitic in form.after.clitics if skip else before in form.after):
            return False
    if form.before is not None and after not in form.before:
        return False
    return not (form.nisba and not skip and (
        _TANWIN in place.surface or (not place.follows_match and _is_accusative(before))
    ))  # fmt: skip


def _is_accusative(word: str) -> bool:
    if len(word) < 4 or word[-1] != "ا" or word.endswith(("ها", "هما")):
        return False
    return not any(rest in _PARTICLES for rest in _without_proclitics(word))


def _gives_way(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a span overlaps one of ``taken`` without holding all of it and more."""
    place = bisect_right(taken, start, key=lambda span: span[1])
    while place < len(taken) and taken[place][0] < end:
        first, last = taken[place]
        if not (start <= first and last <= end and (start, end) != (first, last)):
            return True
        place += 1
    return False


def _origin_end(offsets: Sequence[int], end: int, text: str) -> int:
    """Where the match ends in the unfolded text: marks on its last letter are part of it."""
    last = offsets[end - 1]
    stop = offsets[end]
    while stop == last:  # one character folded to several, cut inside
        end += 1
        stop = offsets[end]
    while stop > last + 1 and text[stop - 1] in _CONTROLS:
        stop -= 1
    return stop
