"""The ``.argosmodel``: metadata, CTranslate2 model, SentencePiece model and the model card."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from .manifest import Source, as_table

_EPOCH = (1980, 1, 1, 0, 0, 0)
_TITLES = {
    "flores200_dev": "FLORES-200 dev (Wikinews, Wikivoyage, Wikijunior)",
    "ntrex_news2019_odd": "NTREX-128, every second line (news)",
    "tico19_test_health": "TICO-19 test (health)",
    "syrianarchive_captions": "Syrian Archive captions",
    "gold_body": "body sentences of two press articles",
}


MAX_PIECES = 80
"""Of a source sentence: longer ones come out better in parts (measured on press articles)."""


def metadata(version: str) -> dict[str, str | int]:
    """What Argos Translate and LibreTranslate read, and what `bilingual` reads besides."""
    return {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": "ar",
        "from_name": "Arabic",
        "to_code": "en",
        "to_name": "English",
        "type": "translate",
        "max_pieces": MAX_PIECES,
    }


def figures(report: dict[str, Any]) -> str:
    """The evaluation as a Markdown table."""
    lines = [
        "| test set | sentences | BLEU | chrF | loops | empty | Arabic left |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, row in report["sets"].items():
        lines.append(
            f"| {_TITLES.get(name, name)} | {row['sentences']} | {row['bleu']} | {row['chrf']} "
            f"| {row['loops']} | {row['empty']} | {row['arabic_left']} |"
        )
    return "\n".join(lines)


def copying_line(report: dict[str, Any]) -> str:
    """Copy rates over all sets, and of invented names in frames."""
    rows = report["sets"].values()
    out = []
    for kind in ("numbers", "latin"):
        total = sum(r[kind] for r in rows)
        kept = sum(r[kind] * r[f"{kind}_copied"] for r in rows)
        out.append(f"{kind}: {kept / max(total, 1):.1%} of {total}")
    out.append(
        f"invented Latin names in {report['inlined']} Arabic frames, exact and once: "
        f"{report['inlined_copied_once']:.1%}"
    )
    return "; ".join(out)


def card(template: str, report: dict[str, Any], sources: list[Source], version: str) -> str:
    """Fill the card's marks from the evaluation and the manifest."""
    marks = {
        "version": version,
        "figures": figures(report),
        "copying": copying_line(report),
        "signatures": "; ".join(f"`{s}`" for s in report["signatures"]),
        "size": str(report["megabytes"]),
        "beam": str(report["beam"]),
        "sources": as_table(sources),
        "tokens": f"{report['target_tokens'] / 1e6:.1f}" if "target_tokens" in report else "?",
        "traced": f"{report['mentions_traced']:.1%} of {report['mentions']}"
        if "mentions" in report
        else "not measured",
    }
    for mark, text in marks.items():
        template = template.replace(f"{{{mark}}}", text)
    return template


def write_package(
    model: Path, spm: Path, evaluation: Path, sources: list[Source], version: str, folder: Path
) -> Path:
    """Write ``translate-ar_en-VERSION.argosmodel``, the same bytes each time."""
    stem = f"translate-ar_en-{version.replace('.', '_')}"
    report = json.loads(evaluation.read_text(encoding="utf-8"))
    template = Path(__file__).with_name("card.md").read_text(encoding="utf-8")
    contents: dict[str, bytes] = {
        "metadata.json": (json.dumps(metadata(version), indent=1) + "\n").encode(),
        "README.md": card(template, report, sources, version).encode(),
        "sentencepiece.model": spm.read_bytes(),
    }
    contents |= {f"model/{p.name}": p.read_bytes() for p in sorted(model.iterdir())}
    path = folder / f"{stem}.argosmodel"
    with zipfile.ZipFile(path, "w") as out:
        for name, data in contents.items():
            info = zipfile.ZipInfo(f"{stem}/{name}", _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            out.writestr(info, data)
    return path
