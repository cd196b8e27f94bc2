"""One jinja environment for all pages: whatever it prints is made legible, then escaped."""

from __future__ import annotations

from functools import cache
from importlib import resources
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from bilingual.publish.legible import legible, safe_url
from bilingual.script import has_arabic

__all__ = ["anchor", "data", "language", "template", "to"]


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


def language(value: str) -> Markup:
    """The attributes of a value of either language."""
    return Markup(' lang="ar" dir="rtl"' if has_arabic(value) else ' dir="auto"')


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
    environment.filters.update(safe_url=safe_url, language=language)
    environment.globals.update(anchor=anchor, to=to)
    return environment


def template(name: str) -> Template:
    """A template of ``templates/``, compiled once."""
    return _environment().get_template(name)


def data(name: str) -> bytes:
    """A file of package data, ``templates/style.css`` or ``fonts/Amiri-Regular.ttf``."""
    return (resources.files("bilingual.publish") / name).read_bytes()
