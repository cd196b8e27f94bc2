"""Scores of a package on the test sets, and counts of what must not happen.

BLEU and chrF by sacrebleu (signatures kept); loops, empty outputs, Arabic left in English; numbers
and Latin strings of the source found in the English; inlined names copied exactly once.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import ctranslate2
import sacrebleu
from sentencepiece import SentencePieceProcessor

from . import copying

BEAM = 4
_ARABIC = re.compile("[\u0600-\u06ff]")
_NUMBER = re.compile(r"(?<![A-Za-z0-9.,/])\d+(?:[.,]\d+)*(?![A-Za-z0-9/])")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'’-]+(?: [A-Z][A-Za-z0-9'’-]+)*")
_EASTERN = {0x660 + i: 48 + i for i in range(10)}

# Frames for inlined names, our own, none in the training text; a proclitic is set off by a space,
# as the library does.
FRAMES = (
    ("وصل {n} أمس إلى العاصمة في زيارة رسمية.", "m"),
    ("قال {n} إن الوضع لا يزال صعبا.", "m"),
    ("أعلنت الحكومة أنها ستتعاون مع {n} في هذا الملف.", "o"),
    ("شرح الوزير ل {n} آخر التطورات.", "o"),
    ("وأضاف المتحدث باسم {n} أن الاجتماع كان مفيدا.", "o"),
    ("التقى الرئيس ب {n} قبل القمة.", "m"),
    ("وفقا ل {n}، ارتفع عدد الضحايا إلى خمسين.", "o"),
    ("ترفض المعارضة مشاركة {n} في المفاوضات المقبلة.", "m"),
)


def loops(text: str) -> bool:
    """Whether a run of one to four words stands four times in a row."""
    return bool(re.search(r"\b(\w+(?:\W+\w+){0,3})(?:\W+\1\b){3,}", text))


def number_forms(text: str) -> Counter[str]:
    """Numbers in digits of three or more characters or with two digits, without separators."""
    found = _NUMBER.findall(text.translate(_EASTERN))
    return Counter(re.sub(r"[.,](?=\d{3}(?!\d))", "", n) for n in found if len(n) > 1)


def copied(sources: list[str], outputs: list[str]) -> dict[str, Any]:
    """How many numbers and Latin strings of the sources stand in their outputs."""
    numbers = numbers_kept = latin = latin_kept = 0
    for source, output in zip(sources, outputs, strict=True):
        wanted, got = number_forms(source), number_forms(output)
        numbers += sum(wanted.values())
        numbers_kept += sum((wanted & got).values())
        for string in _LATIN.findall(source):
            latin += 1
            latin_kept += string in output
    return {
        "numbers": numbers, "numbers_copied": round(numbers_kept / max(numbers, 1), 4),
        "latin": latin, "latin_copied": round(latin_kept / max(latin, 1), 4),
    }  # fmt: skip


class Package:
    """A CTranslate2 model with its SentencePiece model, as a package holds them."""

    def __init__(self, model: Path, spm: Path, threads: int = 2) -> None:
        self.sp = SentencePieceProcessor(model_file=str(spm))
        self.translator = ctranslate2.Translator(
            str(model), intra_threads=threads, compute_type="int8"
        )

    def translate(self, texts: list[str], beam: int = BEAM) -> list[str]:
        """Best hypotheses; ``replace_unknowns`` and penalties as stock Argos Translate has them."""
        results = self.translator.translate_batch(
            [self.sp.encode(text, out_type=str) for text in texts],
            beam_size=beam, max_batch_size=1024, batch_type="tokens", replace_unknowns=True,
            length_penalty=0.2, max_decoding_length=256,
        )  # fmt: skip
        return [self.sp.decode(r.hypotheses[0]) for r in results]


def read_sets(held_out: list[Path]) -> dict[str, list[tuple[str, str]]]:
    """Test sets of the held-out folders: every ``.tsv`` of pairs, and the gold's body sentences."""
    sets: dict[str, list[tuple[str, str]]] = {}
    for folder in held_out:
        for path in sorted(folder.glob("*.tsv")):
            rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
            if rows and len(rows[0]) == 2:
                sets[path.stem] = [(r[0], r[1]) for r in rows if len(r) == 2]
        for path in sorted(folder.glob("[0-9]*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                unit = json.loads(line)
                if unit.get("kind") == "body":
                    sets.setdefault("gold_body", []).append((unit["ar"], unit["en"]))
    return sets


def inlined(package: Package, count: int, seed: int = 7) -> dict[str, Any]:
    """Invented names in Arabic frames: how many come out exactly once, and how many in any case."""
    rng = random.Random(seed)
    names, texts = [], []
    for i in range(count):
        frame, kind = FRAMES[i % len(FRAMES)]
        name = copying.invented_name(rng)
        while kind == "m" and not re.fullmatch(r"[A-Z][\w'-]+(?: [\w'-]+)*", name):
            name = copying.invented_name(rng)
        names.append(name)
        texts.append(frame.format(n=name))
    outputs = package.translate(texts)
    once = [o.count(n) == 1 for n, o in zip(names, outputs, strict=True)]
    failed = [(n, o[:160]) for n, o, good in zip(names, outputs, once, strict=True) if not good]
    return {
        "inlined": count,
        "inlined_copied_once": round(sum(once) / count, 4),
        "failed": failed[:10],
    }


def _word_of_piece(pieces: list[str]) -> list[int]:
    words, word = [], -1
    for piece in pieces:
        word += piece.startswith("▁") or word < 0
        words.append(word)
    return words


def traced(package: Package, folder: Path) -> dict[str, Any]:
    """Share of hand-marked mentions whose English the alignment head traces to the right words.

    Reads ``NAME.jsonl`` units (``start``, ``ar``, ``en``) and ``mentions.jsonl`` (``file``,
    ``start``, ``end``, ``en``) of a gold folder. The reference is decoded by force; of the source
    words, the one that the English form attends to most must be one of the mention's.
    """
    marked = (folder / "mentions.jsonl").read_text(encoding="utf-8").splitlines()
    mentions = [json.loads(line) for line in marked]
    right = total = 0
    for path in sorted(folder.glob("[0-9]*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            unit = json.loads(line)
            inside = [
                m
                for m in mentions
                if m["file"] == path.stem
                and unit["start"] <= m["start"]
                and m["end"] <= unit["end"]
                and unit["en"].count(m["en"]) == 1
                and unit["ar"].count(m["surface"]) == 1
            ]
            source = package.sp.encode(unit["ar"], out_type=str)
            target = package.sp.encode(unit["en"], out_type=str)
            words = _word_of_piece(source)
            if not inside or words[-1] + 1 != len(unit["ar"].split()):
                continue
            result = package.translator.translate_batch(
                [source], target_prefix=[target], beam_size=1, return_attention=True,
                max_decoding_length=len(target) + 1,
            )[0]  # fmt: skip
            for m in inside:
                at = m["start"] - unit["start"]
                first = len(unit["ar"][:at].split()) - (at > 0 and not unit["ar"][at - 1].isspace())
                wanted = range(first, first + len(m["surface"].split()))
                before = unit["en"][: unit["en"].index(m["en"])]
                begin = len(package.sp.encode(before)) if before else 0
                end = len(package.sp.encode(before + m["en"]))
                weight = Counter[int]()
                for row in result.attention[0][begin:end]:
                    for word, value in zip(words, row, strict=False):
                        weight[word] += value
                total += 1
                right += bool(weight) and weight.most_common(1)[0][0] in wanted
    return {"mentions": total, "mentions_traced": round(right / max(total, 1), 4)}


def evaluate_model(
    model: Path, spm: Path, held_out: list[Path], out: Path, target_tokens: int = 0
) -> dict[str, Any]:
    """Score every set, write ``out`` as JSON and return it."""
    package = Package(model, spm)
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    report: dict[str, Any] = {"beam": BEAM, "target_tokens": target_tokens, "sets": {}}
    size = sum(p.stat().st_size for p in model.iterdir()) + spm.stat().st_size
    report["megabytes"] = round(size / 1e6, 1)
    for name, pairs in read_sets(held_out).items():
        sources, references = [a for a, _ in pairs], [[e for _, e in pairs]]
        started = time.time()
        outputs = package.translate(sources)
        seconds = time.time() - started
        report["sets"][name] = {
            "sentences": len(pairs),
            "bleu": round(bleu.corpus_score(outputs, references).score, 1),
            "chrf": round(chrf.corpus_score(outputs, references).score, 1),
            "sentences_per_second": round(len(pairs) / seconds, 1),
            "loops": sum(map(loops, outputs)),
            "empty": sum(not o.strip() for o in outputs),
            "arabic_left": sum(bool(_ARABIC.search(o)) for o in outputs),
            **copied(sources, outputs),
        }
        print(name, json.dumps(report["sets"][name]), flush=True)
        (out.parent / f"{name}.out.txt").write_text("\n".join(outputs) + "\n", encoding="utf-8")
    report["signatures"] = [str(bleu.get_signature()), str(chrf.get_signature())]
    report.update(inlined(package, 400))
    for folder in held_out:
        if (folder / "mentions.jsonl").exists():
            report.update(traced(package, folder))
    print(json.dumps({k: v for k, v in report.items() if k != "sets"}, ensure_ascii=False))
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return report
