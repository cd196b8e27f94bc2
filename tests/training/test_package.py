from __future__ import annotations

import importlib.util
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starter.manifest import Source
from starter.package import write_package

pytest.importorskip("sacrebleu", reason="sacrebleu scores the package; it is not installed")

from starter.evaluate import copied, loops, number_forms


def test_loops_are_runs_repeated_four_times() -> None:
    assert loops("the file of the file of the file of the file of the file")
    assert loops("no no no no no")
    assert not loops("It was very, very, very good.")
    assert not loops("one two three four five six")


def test_numbers_are_compared_without_separators_and_in_any_digits() -> None:
    assert number_forms("٢٥٠٠ و12,500") == number_forms("2,500 and 12500")
    report = copied(["قتل 250 في Aleppo", "عام ٢٠١٦"], ["250 killed in Aleppo", "in 2017"])
    assert report == {"numbers": 2, "numbers_copied": 0.5, "latin": 1, "latin_copied": 1.0}


def report() -> dict[str, Any]:
    row = {"sentences": 2, "bleu": 10.0, "chrf": 40.0, "loops": 0, "empty": 0, "arabic_left": 0,
           "numbers": 4, "numbers_copied": 0.5, "latin": 0, "latin_copied": 0.0}  # fmt: skip
    return {"beam": 4, "megabytes": 9.9, "sets": {"flores200_dev": row}, "signatures": ["a|b"],
            "inlined": 10, "inlined_copied_once": 0.9,
            "mentions": 4, "mentions_traced": 0.75, "target_tokens": 2_500_000}  # fmt: skip


def test_package_is_one_folder_with_a_full_card(tmp_path: Path) -> None:
    model, spm, scores = tmp_path / "model", tmp_path / "spm.model", tmp_path / "evaluation.json"
    model.mkdir()
    (model / "model.bin").write_bytes(b"weights")
    spm.write_bytes(b"pieces")
    scores.write_text(json.dumps(report()), encoding="utf-8")
    sources = [Source("a", "f", "pairs", "somewhere@abc", "CC BY 4.0", True, 1.0)]
    path = write_package(model, spm, scores, sources, "0.9", tmp_path)
    first = path.read_bytes()
    assert write_package(model, spm, scores, sources, "0.9", tmp_path).read_bytes() == first
    with zipfile.ZipFile(path) as z:
        names = set(z.namelist())
        folder = "translate-ar_en-0_9"
        assert {f"{folder}/metadata.json", f"{folder}/model/model.bin", f"{folder}/README.md",
                f"{folder}/sentencepiece.model"} == names  # fmt: skip
        meta = json.loads(z.read(f"{folder}/metadata.json"))
        text = z.read(f"{folder}/README.md").decode()
    assert (meta["from_code"], meta["to_code"], meta["package_version"]) == ("ar", "en", "0.9")
    assert "CC BY 4.0" in text
    assert "40.0" in text
    assert "2.5 million" in text
    assert "75.0% of 4" in text
    assert not [
        m for m in ("{version}", "{figures}", "{sources}", "{copying}", "{tokens}") if m in text
    ]


def test_tokenizer_normalises_as_the_press_writes(tmp_path: Path) -> None:
    from starter import tokenizer

    table = tokenizer.normalisation()
    assert table["أ"] == "ا"
    assert table["ى"] == "ي"
    assert table["٣"] == "3"
    assert table["\u064b"] == ""
    assert table["«"] == '"'
    tokenizer.write_rules(tmp_path / "rules.tsv")
    assert "623\t627" in (tmp_path / "rules.tsv").read_text(encoding="utf-8")


def test_arabic_cannot_be_written_in_english() -> None:
    from starter.tokenizer import never_written

    pieces = [
        "<blank>",
        "<unk>",
        "<s>",
        "</s>",
        "<lc>",
        "<0x41>",
        "<0xD9>",
        "<0xC3>",
        "▁the",
        "▁في",
        "é",
    ]
    assert [pieces[i] for i in never_written(pieces)] == [
        "<blank>", "<unk>", "<s>", "<lc>", "<0xD9>", "▁في",
    ]  # fmt: skip


def test_ibm1_finds_the_dictionary() -> None:
    from starter.align import LexicalTable, ibm1

    rng = random.Random(4)
    sources = [[rng.randint(1, 20) for _ in range(6)] for _ in range(400)]
    targets = [[p + 30 for p in reversed(s)] for s in sources]
    table = ibm1(sources, targets, 60)
    best = table.best(1)
    assert all(best[p][0][0] == p + 30 for p in range(1, 21))
    assert isinstance(table, LexicalTable)
    assert table.dense()[5, 35] > 0.9 > 0.1 > table.dense()[5, 36]


@pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="PyTorch, the training extra, is not installed",
)
def test_training_resumes_from_its_checkpoint(tmp_path: Path) -> None:
    from starter import tokenizer
    from starter.align import ibm1
    from starter.model import ModelConfig
    from starter.train import TrainConfig, run

    rng = random.Random(6)
    words = ["بيت", "كتاب", "مدينة", "قرار", "رجل", "بحر", "سلام"]
    english = ["house", "book", "city", "decision", "man", "sea", "peace"]
    pairs = []
    for _ in range(300):
        chosen = [rng.randrange(len(words)) for _ in range(4)]
        pairs.append((" ".join(words[i] for i in chosen), " ".join(english[i] for i in chosen)))
    spm = tokenizer.train(pairs, tmp_path, 300)
    sp = tokenizer.load(spm)
    table = ibm1(sp.encode([a for a, _ in pairs]), sp.encode([e for _, e in pairs]), 300)
    shape = ModelConfig(300, 64, 1, 1)
    checkpoint = tmp_path / "checkpoint.pt"
    lines: list[str] = []
    for budget in (3000, 6000):
        config = TrainConfig(tokens=budget, batch_tokens=600, warmup=5)
        run(iter(lambda: pairs, None), sp, checkpoint, shape, config, table, lines.append)
    assert any(line.startswith("resumed at step") for line in lines)
    assert sum(line.startswith("saved") for line in lines) == 2
