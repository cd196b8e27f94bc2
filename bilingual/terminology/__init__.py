"""The glossary imposed on the engine's output, every decision recorded."""

from bilingual.terminology.ladder import Rendering, Request, plain, render
from bilingual.terminology.spans import locate

__all__ = ["VERSION", "Rendering", "Request", "locate", "plain", "render"]

VERSION = "1"
"""Of the ladder's rules: a change that alters words raises it, and old cache entries lapse."""
