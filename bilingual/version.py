"""The version of the library, alone, so that every floor can name it."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
