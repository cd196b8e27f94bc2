"""Rules on a single message of a catalogue, and the mending of those that are mechanical."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bilingual.document import Severity
from bilingual.glossary.catalogue import Problem
from bilingual.po import Message
from bilingual.po.merge import has_conflict
from bilingual.script import has_arabic

__all__ = ["FACTS", "LISTS", "SETTINGS", "lint_message", "mended"]

LISTS = ("also", "forbidden", "context", "after", "not-after", "before", "not-before")
"""Lines of items divided by ``|``."""
SETTINGS = (*LISTS, "match", "kind")
"""Lines that steer matching or the English."""
FACTS = ("wikidata", "gender", "role", "title", "title-ar", "date", "vote", "topic", "note",
         "symbol", "url", "source", "use")  # fmt: skip
"""Facts the tools know; a person may need others, so another name is no error."""
_FLAGS = re.compile(
    r"fuzzy|(?:no-)?wrap|read-only|terminology|forbidden|ignore-[a-z-]+|[a-z-]+:.*"
    r"|(?:no-)?[a-z0-9+#-]+-format|python-brace-format|strict-same"
)
_LINE = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]*)(?P<gap>\s*):(?P<rest>.*)", re.DOTALL)
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
# Signs of direction and joiners: they show nothing and no reader can see them go wrong.
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_Report = Callable[..., Problem]
"""Makes a problem of a code, a text and, where it is no warning, a severity."""
_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t ]+")


def lint_message(message: Message, where: str) -> Iterator[Problem]:
    """What is doubtful in one message by itself; ``where`` is ``file:line``."""

    def problem(code: str, text: str, severity: Severity = Severity.WARNING) -> Problem:
        return Problem(code, severity, text, where)

    for name, text in _texts(message):
        if _without_controls(text) != text:
            bad = next(c for c in text if _without_controls(c) != c)
            yield problem(
                "G0202", f"U+{ord(bad):04X} stands unseen in {name}; take it out (--fix does)"
            )
        elif _tidy(text) != text:
            yield problem("G0201", f"stray blanks in {name}: {text!r}; --fix takes them out")
        if (unbalanced := _unbalanced(text)) is not None:
            yield problem("G0203", f"{unbalanced} has no partner in {name}: {text!r}; close it")
    if has_arabic(message.msgstr):
        yield problem(
            "G0217",
            f"the English holds Arabic letters: {message.msgstr!r}; msgid is the Arabic, msgstr "
            "the English",
        )
    for flag in message.flags:
        if not _FLAGS.fullmatch(flag):
            known = " (it is written fuzzy; --fix does)" if flag.lower() == "fuzzy" else ""
            near = OSA.distance(flag.lower(), "fuzzy") <= 2 and not known
            mend = "; is fuzzy meant?" if near else known or "; take it out"
            severity = Severity.ERROR if near or known else Severity.WARNING
            yield problem("G0213", f"unknown flag {flag!r}{mend}", severity)
    for line in message.extracted:
        yield from _lint_line(line, problem)
    if has_conflict(message):
        yield problem(
            "G0216",
            "two versions wait for a decision; write the right one in msgstr and take out the "
            "lines # conflict and the flag fuzzy",
        )


def mended(message: Message) -> Message:
    """The message with what is mechanical put right; the same object when there is nothing."""
    extracted = tuple(_mended_line(line) for line in message.extracted)
    flags = tuple(f.lower() if f.lower() == "fuzzy" else f for f in message.flags)
    changed = replace(
        message,
        msgctxt=message.msgctxt if message.msgctxt is None else _tidy(message.msgctxt),
        msgid=_tidy(message.msgid),
        msgstr=_tidy(message.msgstr),
        extracted=extracted,
        flags=flags,
    )
    return message if changed == message else changed


def _texts(message: Message) -> Iterator[tuple[str, str]]:
    yield "msgid", message.msgid
    yield "msgstr", message.msgstr
    for line in message.extracted:
        found = _LINE.match(line)
        if found and found["name"].lower() in ("also", "forbidden"):
            yield f"{found['name'].lower()}:", found["rest"].strip()


def _without_controls(text: str) -> str:
    return "".join(
        c for c in _HIDDEN.sub("", text) if c in "\t\n" or unicodedata.category(c) != "Cc"
    )


def _tidy(text: str) -> str:
    return _BLANK.sub(" ", _without_controls(text).replace("\n", " ")).strip()


def _unbalanced(text: str) -> str | None:
    for opening, closing in _PAIRS:
        depth = 0
        for char in text:
            depth += (char == opening) - (char == closing)
            if depth < 0:
                return closing
        if depth:
            return opening
    return '"' if text.count('"') % 2 else None


def _lint_line(line: str, problem: _Report) -> Iterator[Problem]:
    found = _LINE.match(line.strip())
    if found is None:
        if line.strip():
            yield problem(
                "G0214",
                f"#. lines are `name: value`, not {line.strip()[:40]!r}; a remark is a line that "
                "begins `# `, or #. note: ...",
                Severity.NOTE,
            )
        return
    name, value = found["name"], found["rest"].strip()
    lower = name.lower().replace("_", "-")
    if (name != lower or found["gap"]) and lower in (*SETTINGS, *FACTS):
        yield problem(
            "G0214", f"{name + found['gap']!r} is not read; write {lower}: (--fix does)",
            Severity.ERROR if lower in SETTINGS else Severity.WARNING,
        )  # fmt: skip
        return
    if lower not in SETTINGS and lower not in FACTS:
        near = process.extractOne(
            lower, (*SETTINGS, *FACTS), scorer=OSA.distance, score_cutoff=1 if len(lower) < 6 else 2
        )
        if near is not None:
            yield problem("G0214", f"unknown line {name!r}; is {near[0]}: meant?")
        else:
            yield problem(
                "G0214",
                f"{name!r} is no name the tools know; it is kept as a fact",
                Severity.NOTE,
            )
        return
    yield from _lint_value(lower, value, problem)


def _lint_value(name: str, value: str, problem: _Report) -> Iterator[Problem]:
    if not value:
        yield problem("G0218", f"{name}: is empty; give a value or take the line out")
    elif name in LISTS:
        items = _items(value)
        if len(set(items)) < len(items):
            yield problem("G0201", f"{name}: says an item twice; --fix takes one out")
    elif name == "wikidata" and not re.fullmatch(r"Q[1-9]\d*", value):
        yield problem("G0218", f"wikidata: {value!r} is no item number such as Q1065")
    elif name == "date" and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        yield problem("G0218", f"date: {value!r} is no date such as 2015-12-18")


def _items(value: str) -> Sequence[str]:
    return [item.strip() for item in value.split("|") if item.strip()]


def _mended_line(line: str) -> str:
    found = _LINE.match(line.strip())
    if found is None:
        return line
    name = found["name"].lower().replace("_", "-")
    if name not in SETTINGS and name not in FACTS:
        return line
    value = _tidy(found["rest"])
    if name in LISTS:
        items = list(dict.fromkeys(_items(value)))
        if items != _items(value) or _tidy(found["rest"]) != found["rest"].strip():
            value = " | ".join(items)
    mend = f"{name}: {value}"
    unchanged = found["name"] == name and not found["gap"] and value == found["rest"].strip()
    return line if unchanged else mend
