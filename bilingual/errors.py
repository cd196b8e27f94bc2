"""The one exception users meet, with a stable code and a place."""

from __future__ import annotations

__all__ = ["BilingualError"]


class BilingualError(Exception):
    """Something is wrong with the input; the message says what, where and how to mend it.

    ``code`` is stable and listed in ``docs/errors.md``: ``S`` source, ``G`` glossary,
    ``E`` engine, ``T`` TEI, ``R`` review, ``F`` files, ``M`` metadata, ``D`` documents of a
    run, ``C`` the checks of a translation.
    ``where`` is ``file``, ``file:line`` or ``file:line:column``, or the id of a segment.
    """

    def __init__(self, code: str, message: str, where: str = "") -> None:
        super().__init__(code, message, where)
        self.code = code
        self.message = message
        self.where = where

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.code} {self.message}"
