"""Aligned Arabic–English editions."""

__version__ = "0.1.0"
