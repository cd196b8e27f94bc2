"""Validation in three layers, one call: the grammar, the rules, the pointers and the text."""

from __future__ import annotations

from pathlib import Path

from bilingual.document import Severity
from bilingual.errors import BilingualError
from bilingual.tei.events import listen
from bilingual.tei.grammar import check_grammar
from bilingual.tei.links import LinkChecker
from bilingual.tei.problem import Problem
from bilingual.tei.rules import RuleChecker

__all__ = ["validate"]


def validate(path: Path, *, warnings: bool = False) -> list[Problem]:
    """What is wrong with an edition, by line; nothing when it can be published.

    ``warnings`` adds what differs between the two sides of a link without being wrong by itself
    (dates and numbers); such problems have the severity ``warning``. The file is read once as a
    stream and once as a tree, by parts when it is large. Raises F0001 when it cannot be read.
    """
    links, rules = LinkChecker(), RuleChecker()
    try:
        with path.open("rb") as stream:
            problems = listen(stream, [links, rules])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BilingualError("F0001", f"cannot read: {reason}", str(path)) from error
    if problems:
        return problems
    problems = check_grammar(path)
    problems += rules.finish()
    problems += links.finish()
    problems.sort(key=lambda p: (p.line, p.code))
    return [p for p in problems if warnings or p.severity is Severity.ERROR]
