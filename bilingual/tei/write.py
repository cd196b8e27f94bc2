"""Writing an edition as TEI, part by part, so that memory does not grow with the document."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from bilingual.document import Edition
from bilingual.files import open_atomic
from bilingual.tei.bodies import BodyWriter
from bilingual.tei.header import build_header
from bilingual.tei.names import TEI_NS, XML_ID, XML_LANG, slug
from bilingual.tei.plan import Plan
from bilingual.tei.serial import Serial
from bilingual.tei.stand_off import StandOffWriter

__all__ = ["to_bytes", "write"]

_SCHEMA = "https://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
_PROLOGUE = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="{_SCHEMA}" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>
<?xml-model href="{_SCHEMA}" type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"?>
"""


def write(edition: Edition, path: Path) -> None:
    """Write an edition to a file, at once or not at all.

    Raises F0002 when the place cannot be written, T0101 to T0104 when the edition contradicts
    itself.
    """
    plan = Plan(edition)
    with open_atomic(path) as stream:
        _run(stream, plan)


def to_bytes(edition: Edition) -> bytes:
    """The same bytes that ``write`` puts into a file."""
    stream = io.BytesIO()
    _run(stream, Plan(edition))
    return stream.getvalue()


def _run(stream: BinaryIO, plan: Plan) -> None:
    out = Serial(stream, plan)
    stream.write(_PROLOGUE.encode())
    root = f"ed.{slug(plan.edition.source.name)}"
    out.start("TEI", {"xmlns": TEI_NS, XML_ID: root, XML_LANG: "en"})
    stream.write(b"\n  ")
    out.element(build_header(plan.edition, plan.reviewers))
    stream.write(b"\n")
    StandOffWriter(stream, plan).run()
    stream.write(b"  <text>\n    <group>\n")
    bodies = BodyWriter(stream, plan)
    bodies.arabic()
    bodies.english()
    stream.write(b"    </group>\n  </text>\n</TEI>\n")
