"""The page a person reads: one self-contained HTML file an edition.

Arabic right, English left, a row a link. No network, no control characters added, the same
bytes each time. Everything the text and the metadata hold is escaped; the page's own policy
(Content-Security-Policy) allows its one script and its one style sheet, by hash, and nothing
else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from markupsafe import Markup

from bilingual.document import Edition, Outcome, ReviewState, Severity
from bilingual.files import open_atomic
from bilingual.publish import labels, view
from bilingual.publish.report import Report, disclosure_ar, disclosure_en, report
from bilingual.publish.templating import data, template

__all__ = ["html", "html_text"]

# Rows beyond this are laid out only when they come into view.
_LONG = 1500


def _hint(run: view.Run, to: str) -> str:
    """The title of a mark: its other side and what became of it, for pages without the script."""
    decision = run.decision
    if decision is None:
        return ""
    mention = decision.mention
    form = mention.target if to == "en" else mention.surface
    standing = "" if mention.approved else ", proposed"
    return f"{form} ({labels.KIND_NAMES[mention.kind][0]}{standing}; {decision.outcome.value})"


def policy_hash(text: str) -> str:
    """A source expression of CSP level 3 for one inline element."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def inline() -> dict[str, object]:
    """The style sheet and the script of a page, with their hashes."""
    style = data("templates/style.css").decode()
    script = data("templates/script.js").decode()
    return {
        "style": Markup(style),
        "script": Markup(script),
        "style_hash": policy_hash(style),
        "script_hash": policy_hash(script),
    }


def _bar(figures: Report) -> list[tuple[str, str, str]]:
    """Review progress as (state, x, width) in per cent of the sentences."""
    out: list[tuple[str, str, str]] = []
    done = 0.0
    for state in (ReviewState.APPROVED, ReviewState.POST_EDITED):
        share = 100 * figures.states[state] / max(figures.sentences, 1)
        if share:
            out.append((state.value, f"{done:.2f}", f"{share:.2f}"))
        done += share
    return out


def _parts(edition: Edition) -> Iterator[str]:
    found = tuple(view.rows(edition))
    figures = report(edition)
    return template("edition.html.j2").generate(
        **inline(),
        kinds=labels.KIND_NAMES,
        outcomes=labels.OUTCOME_MEANING,
        states=labels.STATE_NAMES,
        origins=labels.ORIGIN_NAMES,
        severities=tuple(Severity),
        headings=view.HEADINGS,
        missed=Outcome.MISSED,
        state=labels.state_line,
        hint=_hint,
        joined=view.joined,
        edition=edition,
        meta=edition.metadata,
        rows=found,
        titled=view.first_row_is_title(edition, found),
        long=len(found) > _LONG,
        title_ar=view.title_ar(edition),
        title_en=view.title_en(edition),
        report=figures,
        disclosure_en=disclosure_en(figures),
        disclosure_ar=disclosure_ar(figures),
        index=labels.index(edition, found),
        source_facts=labels.source_facts(edition),
        edition_facts=labels.edition_facts(edition),
        made_with=labels.made_with(edition),
        bar=_bar(figures),
    )


def html_text(edition: Edition) -> str:
    """The page as a string."""
    return "".join(_parts(edition))


def html(edition: Edition, path: Path) -> None:
    """Write the page. Raises F0002 when the place cannot be written."""
    with open_atomic(path) as stream:
        for part in _parts(edition):
            stream.write(part.encode("utf-8"))
