"""The glossary imposed on the engine's output, every decision recorded."""

from bilingual.terminology.ladder import Rendering, Request, render

__all__ = ["Rendering", "Request", "render"]
