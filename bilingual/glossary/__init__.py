"""The controlled glossary: catalogues in PO, and finding their forms in Arabic text."""

from bilingual.glossary.catalogue import Problem, read_catalogue
from bilingual.glossary.check import check_folder
from bilingual.glossary.entry import Entry, MatchMode
from bilingual.glossary.glossary import Glossary
from bilingual.glossary.resolutions import find_resolutions

__all__ = [
    "Entry",
    "Glossary",
    "MatchMode",
    "Problem",
    "check_folder",
    "find_resolutions",
    "read_catalogue",
]
