"""One jinja environment for all pages: whatever it prints is made legible, then escaped."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from bilingual.publish.legible import legible, safe_url
from bilingual.script import has_arabic

__all__ = ["address", "anchor", "data", "language", "mixed", "template", "to"]

# Words of the script with what stands between them.
_ARABIC = re.compile(
    "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
    "(?:[^A-Za-z]*[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc])?"
)


def _finalize(value: object) -> object:
    """Applied by jinja to whatever a template prints, before escaping."""
    if isinstance(value, Markup):
        return value
    return legible(value) if isinstance(value, str) else value


def anchor(prefix: str, key: str) -> str:
    """An id: no white space may stand in one."""
    return prefix + "".join("_" if c.isspace() else c for c in legible(key))


def to(prefix: str, key: str) -> str:
    """The address, within the page, of ``anchor``."""
    return "#" + quote(anchor(prefix, key), safe="-._~!$&()*+,;=:@/")


def address(file: str) -> str:
    """The relative address of a file beside the page."""
    return "./" + quote(legible(file), safe="-._~!$&()*+,;=@")


def language(value: str) -> Markup:
    """The attributes of a value of either language."""
    return Markup(' lang="ar" dir="rtl"' if has_arabic(value) else ' dir="auto"')


def mixed(value: str) -> Markup:
    """An English line in which Arabic is quoted: each stretch of Arabic isolated and marked."""
    out, done = Markup(""), 0
    for match in _ARABIC.finditer(value):
        out += legible(value[done : match.start()])
        out += Markup('<bdi lang="ar" dir="rtl">') + legible(match[0]) + Markup("</bdi>")
        done = match.end()
    return out + legible(value[done:])


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bilingual.publish"),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(safe_url=safe_url, language=language, mixed=mixed, address=address)
    environment.globals.update(anchor=anchor, to=to)
    return environment


def template(name: str) -> Template:
    """A template of ``templates/``, compiled once."""
    return _environment().get_template(name)


def data(name: str) -> bytes:
    """A file of package data, ``templates/style.css`` or ``fonts/Amiri-Regular.ttf``."""
    return (resources.files("bilingual.publish") / name).read_bytes()
