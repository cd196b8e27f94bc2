"""What is wrong with an edition file, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from bilingual.document import Severity

__all__ = ["Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file.

    ``code`` is stable: T00 the file, T02 the grammar, T03 the rules, T04 pointers and links
    (errors), T05 the same facts on both sides (warnings). ``line`` is 1-based, 0 when unknown.
    """

    code: str
    line: int
    element: str
    message: str
    mend: str = ""
    severity: Severity = Severity.ERROR

    def format(self, file: str) -> str:
        """``file:line: CODE message``, the way a compiler prints it."""
        place = f"{file}:{self.line}" if self.line else file
        mend = f"; {self.mend}" if self.mend else ""
        return f"{place}: {self.code} {self.message}{mend}"
