"""The part of the header that says how the edition is encoded, and by which software."""

from __future__ import annotations

import re

from lxml import etree

from bilingual.document import Edition
from bilingual.tei.elements import add
from bilingual.tei.names import ILLEGAL, TAXONOMIES, char_id, encode_id

__all__ = ["add_encoding"]

_VERSION = re.compile(r"\d+[a-z]*\d*(\.\d+[a-z]*\d*){0,3}", re.ASCII)


_EDITORIAL = (
    (
        "normalization",
        "The Arabic is that of the source, character for character: no letter, digit, blank or "
        "line end is changed, and the text of the Arabic body read end to end is the source. "
        "A character that XML cannot hold is a g, declared in charDecl.",
    ),
    ("punctuation", "As in the source."),
    (
        "segmentation",
        "Each paragraph and heading is divided end to end into s elements; only white space "
        "stands between them. Identifiers read language, paragraph, sentence.",
    ),
    (
        "interpretation",
        "Alignment is normative in the linkGrp of type translation: the first target of a link is "
        "the source, the second the translation, and several sentences of one side are an "
        "intermediate ptr. corresp on an English s or block repeats it. A name, term or "
        "resolution has the same ref or target on both sides; corresp on the Arabic one gives the "
        "form of the glossary that governs it, corresp on the English one the Arabic it renders. "
        "ana on an s gives its review state, on a name or term how the glossary was applied; "
        "a link of the linkGrp of type missed says which mention has no controlled English in "
        "which sentence. function on an s gives its kind where that is not the kind of its block. "
        "Dates, numbers and quotations are marked by computation from the text alone.",
    ),
)


def add_encoding(parent: etree._Element, edition: Edition) -> None:
    """Append the ``encodingDesc``: rules, taxonomies, prefixes, characters, software."""
    description = add(parent, "encodingDesc")
    words = "An aligned bilingual edition: Arabic source, English translation, glossary, alignment."
    add(add(description, "projectDesc"), "p", words)
    editorial = add(description, "editorialDecl")
    for tag, words in _EDITORIAL:
        add(add(editorial, tag), "p", words)
    tags = add(description, "tagsDecl")
    for identifier, direction in (("rtl", "rtl"), ("ltr", "ltr")):
        css = f"direction: {direction}; unicode-bidi: isolate; text-align: start"
        add(tags, "rendition", css, id=identifier, scheme="css")
    classes = add(description, "classDecl")
    for identifier, words, categories in TAXONOMIES:
        taxonomy = add(classes, "taxonomy", id=identifier)
        add(taxonomy, "desc", words, lang="en")
        for name, meaning in categories:
            add(add(taxonomy, "category", id=name), "catDesc", meaning, lang="en")
    prefixes = add(description, "listPrefixDef")
    for prefix, pattern, replacement, words in (
        ("undocs", "(.+)", "https://undocs.org/$1", "Symbols of United Nations documents."),
        ("po", "([^#]+)#(.*)", "glossary/$1.po#$2", "Entries of the glossary: catalogue, key."),
    ):
        definition = add(
            prefixes,
            "prefixDef",
            ident=prefix,
            matchPattern=pattern,
            replacementPattern=replacement,
        )
        add(definition, "p", words)
    _characters(description, edition)
    _applications(description, edition)


def _characters(parent: etree._Element, edition: Edition) -> None:
    found: set[str] = set(ILLEGAL.findall(edition.source.text))
    for translation in edition.translations:
        found.update(ILLEGAL.findall(translation.text))
        found.update(ILLEGAL.findall(translation.note))
    for finding in edition.findings:
        found.update(ILLEGAL.findall(finding.message))
    if not found:
        return
    declaration = add(parent, "charDecl")
    for char in sorted(found):
        element = add(declaration, "char", id=char_id(char))
        add(element, "localProp", name="codepoint", value=f"U+{ord(char):04X}")


def _applications(parent: etree._Element, edition: Edition) -> None:
    signature = edition.signature
    applications = add(parent, "appInfo")

    def application(identifier: str, type_: str, label: str, value: str) -> etree._Element:
        name, _, version = value.rpartition(" ")
        if not _VERSION.fullmatch(version):
            version = "0"
        ident = encode_id(name or type_)
        element = add(
            applications,
            "application",
            id=identifier,
            type=type_,
            ident=ident if re.match("[A-Za-z_]", ident) else f"_{ident}",
            version=version,
        )
        add(element, "label", label)
        return element

    element = application(
        "app.bilingual", "toolchain", "Edition", f"bilingual {signature.bilingual}"
    )
    add(element, "desc", signature.bilingual, type="version")
    if signature.glossary_sha256:
        add(element, "desc", signature.glossary_sha256, type="glossary-sha256")
    for name, value in sorted(signature.options.items()):
        add(element, "desc", value, type="option", n=name)
    add(element, "desc", str(signature), type="signature")
    value = f"bilingual-segment {signature.segmenter}"
    element = application("app.segmenter", "segmenter", "Sentence segmentation", value)
    add(element, "desc", signature.segmenter, type="version")
    element = application("app.engine", "mt", "Translation engine", signature.engine)
    add(element, "desc", signature.engine, type="version")
    element = application("app.package", "model", "Model package", signature.package)
    add(element, "desc", signature.package, type="version")
    if signature.package_sha256:
        add(element, "desc", signature.package_sha256, type="sha256")
