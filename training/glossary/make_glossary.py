"""Write the shipped catalogues (``glossary/*.po``) from the tables of facts.

    python training/glossary/make_glossary.py ../shared glossary

Reads ``facts/un_glossary.tsv``, ``facts/unsc_resolutions.tsv`` and ``gold/terms.tsv`` under the
first folder; the choices that only a person can make (house style where the tables differ, forms
that need context, readings left unapproved) are the tables of ``glossary_choices.py``. The same
input gives the same bytes. The catalogues are then owned by their translators: this script is how
they began, and writes over what it finds.

Rules. A form is one message with its own English: a surname gives the surname, an acronym the
acronym, the long form of a state its long name. A form that only puts مدينة, بلدة or تنظيم before
another form of the entity that is found by itself is left out. Notes of the tables go in as
``note:``, but not those on persons (tenures, from memory); identifiers only for states and where
both tables agree or the choices list them as certain.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polib
from glossary_choices import (
    ALSO,
    BLOCKED,
    CERTAIN,
    CONDITIONS,
    DROPPED,
    ENGLISH,
    EXTRA,
    FORBIDDEN,
    FUZZY,
    KEYS,
    MOVED,
)

from bilingual.glossary.resolutions import symbol
from bilingual.script import fold

FILES = {
    "person": "people",
    "organisation": "organisations",
    "ministry": "organisations",
    "armed_group": "organisations",
    "media": "media",
    "place": "places",
    "format": "formats",
    "event": "terms",
    "term": "terms",
    "title": "titles",
}
HEADS = ("مدينة ", "بلدة ", "تنظيم ")
STATES = re.compile(r"(ال)?(جمهورية|مملكة|سلطنة|دولة|اتحاد|إمارة)\b")
LONG_NAME = re.compile(
    r"\b(Republic|Kingdom|State of|Sultanate|Union of|Confederation|Federal|Great Britain)\b"
)
ORGANISED = re.compile(r"(المجموعة|مجموعة|اللجنة|لجنة|هيئة|التحالف|تحالف|ملتقى|قوة|مجلس|بريكس)\b")


@dataclass
class Row:
    """A row of either table: an entity with its forms."""

    category: str
    forms: list[str]
    english: str
    accepted: list[str]
    identifier: str = ""
    note: str = ""


@dataclass
class Message:
    """One message to be."""

    file: str
    key: str
    arabic: str
    english: str
    also: list[str] = field(default_factory=list)
    fuzzy: bool = False
    lines: list[str] = field(default_factory=list)


def key_of(text: str) -> str:
    return fold(text).text.strip()


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"['’`]", "", plain.lower())
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return made if made[:1].isalpha() else f"n-{made}"


def split(cell: str) -> list[str]:
    return list(dict.fromkeys(x.strip() for x in cell.split("|") if x.strip()))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def rows_of_facts(path: Path) -> list[Row]:
    return [
        Row(r["category"], [r["arabic"], *split(r["variants_ar"])], r["english"],
            split(r["accepted_en"]), r["identifier"], r["note"])
        for r in read(path)
    ]  # fmt: skip


def rows_of_terms(path: Path) -> list[Row]:
    return [
        Row(r["category"], list(dict.fromkeys([*split(r["variants_seen"]), r["canonical_ar"]])),
            r["en_preferred"], split(r["en_accepted"]), r["id"])
        for r in read(path)
        if r["category"] not in ("date", "resolution")
    ]  # fmt: skip


def is_acronym(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z0-9][A-Za-z0-9+&/-]*", text)) and sum(map(str.isupper, text)) > 1


def english_of(row: Row, form: str) -> tuple[str, list[str]]:
    """The controlled English of one form, and the other English that may stand for it."""
    everything = list(dict.fromkeys([row.english, *row.accepted]))
    if form in ENGLISH:
        chosen = ENGLISH[form]
    elif row.category == "person":
        return person(row, form)
    else:
        chosen = row.english
        words = form.split()
        if form != row.forms[0] and row.category in ("organisation", "media", "format"):
            acronyms = [e for e in row.accepted if is_acronym(e)]
            if len(words) == 1 and acronyms:
                chosen = acronyms[0]
        if row.category == "place":
            long = [e for e in everything if LONG_NAME.search(e) and "(" not in e]
            if form != row.forms[0] and STATES.match(form) and long:
                chosen = long[0]
            elif not form.startswith("محافظة") and row.forms[0].startswith("محافظة"):
                chosen = row.english.removesuffix(" governorate")
    also = [*ALSO.get(form, []), *everything]
    return chosen, [e for e in dict.fromkeys(also) if e != chosen]


def person(row: Row, form: str) -> tuple[str, list[str]]:
    everything = list(dict.fromkeys([row.english, *row.accepted]))
    whole = max(everything, key=lambda e: len(e.split()))
    length = len(row.english.split())
    ends = [e for e in row.accepted if len(e.split()) < length or ("-" in e and " " not in e)]
    short = [e for e in ends if row.english.endswith(e) or whole.endswith(e)]
    arabic = max((f.split() for f in row.forms), key=len)
    tail = form.split()
    if len(tail) < len(row.forms[0].split()) and short and len(tail) < len(arabic):
        given = key_of(row.forms[0]).split()[0]
        if key_of(form).split()[0] != given:
            chosen = min(short, key=len)
            return chosen, [e for e in everything if e != chosen]
    full = [e for e in everything if e not in short or len(e.split()) > 2]
    return row.english, [e for e in full if e != row.english]


def identifier(row: Row, agreed: set[tuple[str, str]]) -> str:
    if not row.identifier.startswith("Q"):
        return ""
    certain = (
        row.identifier in CERTAIN
        or (row.category == "place" and "UN short name" in row.note)
        or any((key_of(f), row.identifier) in agreed for f in row.forms)
    )
    return row.identifier if certain else ""


def usable(row: Row) -> list[str]:
    """The forms of a row, less those that a bare form finds just as well."""
    bare = {f for f in row.forms if f not in CONDITIONS and f not in FUZZY}
    keep = []
    for form in row.forms:
        head = next((h for h in HEADS if form.startswith(h)), "")
        if head and form[len(head) :] in bare and form not in ENGLISH:
            continue
        if form not in DROPPED:
            keep.append(form)
    return keep


def messages(facts: list[Row], terms: list[Row]) -> Iterable[Message]:
    agreed = {(key_of(f), r.identifier) for r in terms for f in r.forms if r.identifier}
    keys: dict[str, tuple[str, str]] = {}  # folded form -> key, file
    bodies: dict[str, tuple[str, str]] = {}  # identifier -> key, file
    taken: set[str] = set()
    made: dict[tuple[str, str], Message] = {}
    for row in [*facts, *terms]:
        forms = usable(row)
        owner = next((keys[key_of(f)] for f in row.forms if key_of(f) in keys), None)
        same = bodies.get(row.identifier) if row.identifier.startswith("Q") else None
        if row.forms[0] in KEYS:
            key, file = KEYS[row.forms[0]], FILES[row.category]
            if owner is not None and owner[0] == key:
                file = owner[1]
        elif owner is not None and row in terms:
            key, file = owner
        elif same is not None:
            key, file = same
        else:
            key, file = slug(row.english), FILES[row.category]
            if key in taken:
                key = f"{key}-{row.category}"
        taken.add(key)
        if row.identifier.startswith("Q"):
            bodies.setdefault(row.identifier, (key, file))
        qid = identifier(row, agreed) or (row.identifier if row in terms else "")
        for form in forms:
            here_key, here_file = MOVED.get(form, (key, file))
            english, also = english_of(row, form)
            known = made.get((key_of(form), here_key)) or next(
                (m for m in made.values() if m.arabic == form and form not in CONDITIONS), None
            )
            if known is not None:
                # The other table's English, where the two differ, may stand too.
                extra = [english, *also]
                if row.category == "person":
                    extra = [e for e in extra if (" " in e) == (" " in known.english)]
                if " " in form or not is_acronym(known.english):
                    known.also += [e for e in extra if e not in known.also and e != known.english]
                continue
            keys.setdefault(key_of(form), (here_key, here_file))
            lines = []
            if here_file == "formats" and ORGANISED.match(form):
                lines.append("kind: organisation")
            if qid and form not in MOVED:
                lines.append(f"wikidata: {qid}")
            if row.note and row.category != "person" and "corpus" not in row.note:
                lines.append(f"note: {row.note}")
            made[key_of(form), here_key] = Message(
                here_file, here_key, form, english, also, form in FUZZY, lines
            )
    for file, key, arabic, english, also in EXTRA:
        made[key_of(arabic), key] = Message(file, key, arabic, english, list(also), arabic in FUZZY)
    for file, key, arabic in BLOCKED:
        made[key_of(arabic), key] = Message(file, key, arabic, "", [], False, ["match: block"])
    return made.values()


SPELLINGS = [
    ("Defence", "Defense"), ("defence", "defense"), ("Programme", "Program"),
    ("Labour", "Labor"), ("Co-operation", "Cooperation"), ("ization", "isation"),
    ("Organisation", "Organization"), ("Centre", "Center"), ("-State ", "-state "),
    ("Sergey", "Sergei"), ("Alexey", "Alexei"), (" governorate", " province"),
    (" governorate", " Governorate"), (" al-", " "), ("Counter-T", "Counter-t"),
]  # fmt: skip


def spelt(message: Message) -> list[str]:
    """The controlled English as others spell it."""
    said = message.english
    other = [said.replace(a, b) for a, b in SPELLINGS if a in said]
    if message.file == "places" and said.startswith("al-"):
        other.append(said.removeprefix("al-"))
    if said.endswith(" governorate"):
        other.append(f"province of {said.removesuffix(' governorate')}")
    if message.file == "people" and "Sergey" in said and " al-" not in said:
        other.append(said.replace("Sergey", "Sergei"))
    return other


def finish(message: Message) -> Message:
    lines = []
    message.also += spelt(message)
    also = [e for e in dict.fromkeys(message.also) if e and e != message.english]
    if also:
        lines.append("also: " + " | ".join(also))
    if message.arabic in FORBIDDEN:
        lines.append("forbidden: " + " | ".join(FORBIDDEN[message.arabic]))
    condition = CONDITIONS.get((message.key, message.arabic)) or CONDITIONS.get(message.arabic)
    for name, value in (condition or {}).items():
        lines.append(f"{name}: {value}")
    message.lines = [*lines, *message.lines]
    return message


def resolutions(path: Path) -> Iterable[Message]:
    for r in read(path):
        number, year = int(r["number"]), int(r["year"])
        facts = [
            f"title: {r['title_en']}",
            f"title-ar: {r['title_ar']}",
            f"date: {r['date']}",
            f"vote: {r['vote']}",
            f"topic: {r['topic']}",
        ]
        key = symbol(number, year)
        dated = f"resolution {number} ({year})"
        yield Message("resolutions", key, f"القرار {number}", dated, lines=facts)
        yield Message("resolutions", key, f"قرار مجلس الأمن {number}", f"Security Council {dated}")


def catalogue(file: str, content: list[Message]) -> polib.POFile:
    po = polib.POFile(wrapwidth=100, encoding="utf-8")
    po.header = (
        f"Controlled glossary, Arabic to English: {file}.\n"
        "msgctxt is the entity, msgid one of its Arabic forms, msgstr the English it is given.\n"
        "Facts in '#.' lines; 'fuzzy' means proposed, not approved. Licence: Apache-2.0."
    )
    po.metadata = {
        "Project-Id-Version": "bilingual glossary",
        "POT-Creation-Date": "2025-12-31 00:00+0000",
        "PO-Revision-Date": "2025-12-31 00:00+0000",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": "ar",
    }
    for m in content:
        po.append(polib.POEntry(msgctxt=m.key, msgid=m.arabic, msgstr=m.english,
                                comment="\n".join(m.lines),
                                flags=["fuzzy"] if m.fuzzy else []))  # fmt: skip
    return po


def plain_text(po: polib.POFile) -> str:
    """The catalogue with its ``#.`` lines unwrapped: a fact is one line."""
    blocks = ["\n".join(f"# {line}" for line in po.header.splitlines())]
    header = po.metadata_as_entry()
    header.tcomment = ""
    blocks[0] += "\n" + str(header).rstrip("\n")
    for entry in po:
        facts = "".join(f"#. {line}\n" for line in entry.comment.splitlines())
        bare = polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=entry.msgstr,
                             flags=entry.flags)  # fmt: skip
        blocks.append(facts + bare.__unicode__(wrapwidth=0).rstrip("\n"))
    return "\n\n".join(blocks) + "\n"


def main(shared: Path, out: Path) -> None:
    facts = rows_of_facts(shared / "facts" / "un_glossary.tsv")
    terms = rows_of_terms(shared / "gold" / "terms.tsv")
    files: dict[str, list[Message]] = {}
    for message in [*map(finish, messages(facts, terms)),
                    *resolutions(shared / "facts" / "unsc_resolutions.tsv")]:  # fmt: skip
        files.setdefault(message.file, []).append(message)
    out.mkdir(parents=True, exist_ok=True)
    for file, content in sorted(files.items()):
        order: dict[str, int] = {}
        for m in content:
            order.setdefault(m.key, len(order))
        content.sort(key=lambda m: order[m.key])
        (out / f"{file}.po").write_text(plain_text(catalogue(file, content)), encoding="utf-8")
        print(f"{file}.po: {len(content)} forms, {len(order)} entries, "
              f"{sum(m.fuzzy for m in content)} unapproved")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
