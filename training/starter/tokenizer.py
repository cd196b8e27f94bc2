"""The SentencePiece model: one joint vocabulary, with our Arabic normalisation inside it.

Stock Argos Translate tokenizes with the package's SentencePiece model and nothing else, so what the
model must never see (marks, tatweel, bidi controls, alef variants) is removed by the model's own
normalisation rules. Pieces 0 to 3 are ``<blank> <unk> <s> </s>``; digits are split; what the
vocabulary lacks falls back to bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import sentencepiece

PAD, UNK, BOS, EOS = 0, 1, 2, 3
LOWER_CASE_TAG = "<lc>"
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_DELETED = (
    "\u0640\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\u061c\ufeff\u00ad\u0670"
    + "".join(map(chr, range(0x64B, 0x660)))
    + "".join(map(chr, range(0x610, 0x61B)))
)
_REPLACED = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-",
    "…": "...", "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "\u00a0": " ",
}  # fmt: skip


def normalisation() -> dict[str, str]:
    """Character → replacement: NFKC of single characters, then the Arabic and punctuation folds."""
    table: dict[str, str] = {}
    for code in [*range(0x80, 0x3100), *range(0xFB50, 0xFFF0)]:
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character)
        if folded != character:
            table[character] = folded
    table.update(dict.fromkeys(_DELETED, ""))
    table.update(_REPLACED)
    for i in range(10):
        table[chr(0x660 + i)] = table[chr(0x6F0 + i)] = str(i)
    return {k: "".join(table.get(c, c) for c in v) for k, v in table.items()}


def write_rules(path: Path) -> None:
    """Write the table in SentencePiece's ``normalization_rule_tsv`` form (code points in hex)."""
    lines = []
    for left, right in sorted(normalisation().items()):
        lines.append(f"{ord(left):X}\t" + " ".join(f"{ord(c):X}" for c in right))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def train(pairs: Iterable[tuple[str, str]], folder: Path, size: int) -> Path:
    """Train the joint vocabulary on both sides of ``pairs``; returns the model's path."""
    rules, text = folder / "normalisation.tsv", folder / "spm.txt"
    write_rules(rules)
    with text.open("w", encoding="utf-8") as out:
        for arabic, english in pairs:
            out.write(re.sub(r"^<\w+> ", "", arabic) + "\n" + english + "\n")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(folder / "spm"),
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9998,
        normalization_rule_tsv=str(rules),
        pad_id=PAD,
        unk_id=UNK,
        bos_id=BOS,
        eos_id=EOS,
        pad_piece="<blank>",
        user_defined_symbols=[LOWER_CASE_TAG],
        byte_fallback=True,
        split_digits=True,
        num_threads=2,
        input_sentence_size=1_500_000,
        shuffle_input_sentence=True,
    )
    return folder / "spm.model"


def load(path: Path) -> sentencepiece.SentencePieceProcessor:
    """The trained model."""
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def never_written(pieces: Sequence[str]) -> list[int]:
    """Numbers of the pieces an English sentence never holds.

    Pieces with an Arabic letter, the UTF-8 lead bytes of Arabic (D8 to DB), ``<unk>``, ``<blank>``,
    ``<s>`` and the tags. Their output bias is set so low that Arabic cannot be left in English.
    """
    leads = {f"<0x{byte:X}>" for byte in range(0xD8, 0xDC)}
    marks = {"<blank>", "<unk>", "<s>", LOWER_CASE_TAG}
    return [
        i
        for i, piece in enumerate(pieces)
        if piece in leads or piece in marks or _ARABIC.search(piece)
    ]
