"""gettext catalogues, read and written without losing a byte, compared and merged.

A library such as polib reads a catalogue into fields and writes the fields anew, in its own
order and wrapping. Here every message keeps the very text it was read from, and only the lines
of fields that were changed are written anew.
"""

from bilingual.po.catalogue import Catalogue, parse
from bilingual.po.merge import MergeConflict, MergeResult, MessageChange, diff, merge_catalogues
from bilingual.po.message import Message

__all__ = [
    "Catalogue",
    "MergeConflict",
    "MergeResult",
    "Message",
    "MessageChange",
    "diff",
    "merge_catalogues",
    "parse",
]
