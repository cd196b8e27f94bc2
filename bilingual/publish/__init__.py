"""Publications of an edition: files for readers, for translation tools and for corpora."""

from __future__ import annotations

from bilingual.publish.html import html, html_text

__all__ = ["html", "html_text"]
