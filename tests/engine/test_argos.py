"""The starter package, run for real."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.engine import ArgosEngine, DecodeOptions, Engine, Hypothesis, open_engine
from bilingual.engine.divide import divide, is_looping
from bilingual.engine.packages import LoadedPackage, load
from bilingual.script import clean

SENTENCES = [
    "قال مجلس الأمن الدولي إن القرار 2254 مهم.",
    "وصل الوزير إلى جنيف أمس.",
    "دعت الأمم المتحدة إلى وقف إطلاق النار في المدينة.",
    "أكد المبعوث الخاص أن المفاوضات ستستمر غدا، وأن الوفدين سيصلان قريبا.",
    "لم يصدر أي تعليق من الحكومة.",
    "وقع الانفجار قرب السوق صباح الخميس، وفق ما ذكره شهود.",
    "سيعقد الاجتماع المقبل في القاهرة.",
    "هل وافقت الأطراف على الهدنة؟",
]
WORDS = ["قال", "مجلس", "الوزير", "إن", "في", "من", "المدينة", "وقف"]
LONG = "أكد المبعوث الخاص أن المفاوضات مستمرة في جنيف، ودعا الأطراف إلى وقف القتال؛ " * 15


@pytest.fixture(scope="module")
def engine() -> ArgosEngine:
    found = open_engine()
    assert isinstance(found, ArgosEngine)
    return found


def texts(found: list[tuple[Hypothesis, ...]]) -> list[list[str]]:
    return [[h.text for h in hypotheses] for hypotheses in found]


def test_it_is_an_engine(engine: ArgosEngine) -> None:
    assert isinstance(engine, Engine)
    assert engine.name.startswith("ctranslate2 ")
    assert engine.package.location == "starter"


def test_the_starter_knows_its_field(engine: ArgosEngine) -> None:
    (best,), *_ = engine.translate(["مجلس الأمن الدولي"])
    assert "Security Council" in best.text


@pytest.mark.parametrize("count", [1, 4])
def test_company_never_changes_a_text(engine: ArgosEngine, count: int) -> None:
    alone = [engine.translate([s], hypotheses=count)[0] for s in SENTENCES]
    shuffled = [s + t for s in SENTENCES for t in ("", " نعم", " قال ذلك")]
    random.Random(7).shuffle(shuffled)
    together = engine.translate(shuffled, hypotheses=count)
    found = dict(zip(shuffled, together, strict=True))
    assert [found[s] for s in SENTENCES] == alone


def test_hypotheses_are_distinct_and_best_first(engine: ArgosEngine) -> None:
    (found,) = engine.translate(SENTENCES[:1], hypotheses=4)
    assert len({h.chunks for h in found}) == 4
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)


def test_more_hypotheses_than_the_beam_widen_it(engine: ArgosEngine) -> None:
    (found,) = engine.translate(SENTENCES[:1], hypotheses=engine.options.beam_size + 2)
    assert len(found) == engine.options.beam_size + 2


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0"])
def test_an_empty_text_gives_one_empty_hypothesis(engine: ArgosEngine, text: str) -> None:
    assert texts(engine.translate([text, "نعم", text], hypotheses=3))[::2] == [[""], [""]]


def test_no_texts_give_no_translations(engine: ArgosEngine) -> None:
    assert engine.translate([]) == []
    assert engine.align([], []) == []


@pytest.mark.parametrize(
    "text", [".", "؟!", "☃", "😀😀", "\ud800", "a\x00b", "漢字", "ﷺ", "«»", "\u200f", "1" * 300]
)
def test_odd_texts_are_decoded_all_the_same(engine: ArgosEngine, text: str) -> None:
    (found,) = engine.translate([text])
    assert len(found) == 1
    found[0].text.encode("utf-8")
    (alignment,) = engine.align([text], [found[0]])
    assert len(alignment.weights) == len(alignment.target_spans)


def test_underscores_live_where_the_source_has_them(engine: ArgosEngine) -> None:
    pieces = ["▁user", "_", "name"]
    model = engine._pieces
    assert model.decode(pieces) == "user name"
    assert model.decode(pieces, keep_underscores=True) == "user_name"


def test_a_long_text_is_divided_and_wholly_translated(engine: ArgosEngine) -> None:
    (found,) = engine.translate([LONG.strip()])
    best = found[0]
    assert len(best.chunks) == len(best.spans) > 1
    covered = "".join(LONG[a:b] for a, b in best.spans)
    assert covered.replace(" ", "") == LONG.replace(" ", "")
    assert all(LONG[b - 1] in "؛،" for _, b in best.spans)
    assert best.text.count("Geneva") >= len(best.chunks)


def test_english_that_does_not_fit_is_decoded_in_halves(engine: ArgosEngine) -> None:
    narrow = ArgosEngine(options=DecodeOptions(max_decoding_pieces=12), threads=1)
    text = SENTENCES[3]
    (full,) = engine.translate([text])
    assert len(full[0].chunks[0]) > 12
    (halved,) = narrow.translate([text])
    assert len(halved[0].chunks) > 1
    assert halved[0].spans[0][0] == 0
    assert halved[0].spans[-1][1] == len(text)


def test_five_thousand_words_without_a_stop(engine: ArgosEngine) -> None:
    greedy = ArgosEngine(options=DecodeOptions(beam_size=1))
    text = " ".join(
        random.Random(3).choices(
            ["قال", "مجلس", "الوزير", "إن", "في", "من", "المدينة", "وقف"], k=5000
        )
    )
    (found,) = greedy.translate([text])
    assert "".join(text[a:b] for a, b in found[0].spans).replace(" ", "") == text.replace(" ", "")


def test_threads_share_an_engine(engine: ArgosEngine) -> None:
    expected = engine.translate(SENTENCES)
    found: list[object] = []
    workers = [
        threading.Thread(target=lambda: found.append(engine.translate(SENTENCES))) for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [expected] * 4


def test_alignment_spans_point_into_both_texts(engine: ArgosEngine) -> None:
    sources = [*SENTENCES, LONG.strip()]
    chosen = [h[0] for h in engine.translate(sources)]
    for source, best, found in zip(sources, chosen, engine.align(sources, chosen), strict=True):
        assert len(found.weights) == len(found.target_spans) == sum(map(len, best.chunks))
        assert "".join(source[a:b] for a, b in found.source_spans) == source.replace(" ", "")
        written = "".join(best.text[a:b] for a, b in found.target_spans)
        assert written == best.text.replace(" ", "")
        for row in found.weights:
            assert len(row) == len(found.source_spans)
            assert -1e-6 <= sum(row) <= 1.001


def test_alignment_finds_a_name(engine: ArgosEngine) -> None:
    source = "وصل المبعوث ستيفان دي ميستورا إلى جنيف"
    best = Hypothesis("Envoy Staffan de Mistura arrived in Geneva", 0.0)
    (found,) = engine.align([source], [best])
    at = source.index("جنيف")
    columns = [j for j, (a, b) in enumerate(found.source_spans) if a < at + 4 and b > at]
    mass = {
        best.text[a:b]: sum(row[j] for j in columns)
        for (a, b), row in zip(found.target_spans, found.weights, strict=True)
    }
    assert max(mass, key=lambda word: mass[word]) == "Geneva"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_piece_spans_are_exact_whatever_the_text(engine: ArgosEngine, text: str) -> None:
    text = clean(text).text
    pieces, spans = engine._pieces.encode_spans(text)
    assert pieces == engine._pieces.encode([text])[0]
    assert all(0 <= a <= b <= len(text) for a, b in spans)
    assert [a for a, _ in spans] == sorted(a for a, _ in spans)
    decoded, inner = engine._pieces.decode_spans(pieces)
    assert decoded == engine._pieces.decode(pieces)
    assert all(0 <= a <= b <= len(decoded) for a, b in inner)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["قال", "في", "؛", "،", "و"]), min_size=1), st.integers(1, 9))
def test_division_leaves_nothing_out(words: list[str], limit: int) -> None:
    text, spans = "", []
    for word in words:
        text += " " if text else ""
        spans.append((len(text), len(text) + len(word)))
        text += word
    parts = divide(text, spans, limit)
    assert "".join(text[a:b] for a, b in parts).replace(" ", "") == text.replace(" ", "")
    for a, b in parts:
        assert text[a:b] == text[a:b].strip()
        assert sum(a <= x and y <= b for x, y in spans) <= limit


@pytest.mark.parametrize(
    ("pieces", "looping"),
    [
        (["the", "man", "said", "that", "he"], False),
        (["a", "b", "a", "b", "a", "b", "a", "b", "a", "b"], True),
        (["5", *["0"] * 9], False),
        (["5", *["0"] * 12], True),
        (
            [
                *[
                    "a",
                    "b",
                    "c",
                    "d",
                    "e",
                    "f",
                    "g",
                    "h",
                    "i",
                    "j",
                    "k",
                    "l",
                    "m",
                    "n",
                    "o",
                    "p",
                    "q",
                    "r",
                    "s",
                    "t",
                    "u",
                    "v",
                    "w",
                    "x",
                    "y",
                    "z",
                ],
                *["no"] * 4,
            ],
            False,
        ),
        ([], False),
    ],
)
def test_circles_are_told_from_speech(pieces: list[str], looping: bool) -> None:
    assert is_looping(pieces) is looping


def test_a_decode_in_circles_is_repaired(
    engine: ArgosEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bilingual.engine import argos

    (before,) = engine.translate(SENTENCES[:1])
    monkeypatch.setattr(argos, "is_looping", lambda p: list(p) == list(before[0].chunks[0]))
    (after,) = engine.translate(SENTENCES[:1])
    assert not before[0].repaired
    if after[0].chunks != before[0].chunks:
        assert after[0].repaired


def test_importing_and_translating_needs_no_torch() -> None:
    program = (
        "import sys; from bilingual.engine import open_engine;"
        "assert 'ctranslate2' not in sys.modules and 'sentencepiece' not in sys.modules;"
        "open_engine().translate(['نعم']);"
        "bad = {'torch', 'stanza', 'spacy', 'argostranslate.translate'} & set(sys.modules);"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


REFERENCE = """
import json, sys
import argostranslate.translate
pair = argostranslate.translate.get_translation_from_codes("ar", "en").underlying
class Whole:
    def split_sentences(self, text): return [text]
pair.sentencizer = Whole()
print(json.dumps([[[h.value, h.score] for h in pair.hypotheses(t, int(sys.argv[1]))]
                  for t in json.loads(sys.stdin.read())]))
"""


@pytest.mark.parametrize("count", [1, 3])
def test_words_equal_those_of_argostranslate(
    engine: ArgosEngine, tmp_path: Path, count: int
) -> None:
    """Name a Python that can import argostranslate.translate in ``BILINGUAL_ARGOS_PYTHON``."""
    python = os.environ.get("BILINGUAL_ARGOS_PYTHON", sys.executable)
    probe = [python, "-c", "import torch, stanza, spacy, argostranslate.translate"]
    home = {f"XDG_{n}_HOME": str(tmp_path / n) for n in ("DATA", "CONFIG", "CACHE")}
    env = {**os.environ, **home, "ARGOS_PACKAGES_DIR": str(tmp_path / "packages")}
    if subprocess.run(probe, env=env, capture_output=True).returncode:
        pytest.skip("argostranslate's own translation path (torch, stanza, spacy) is not here")
    loaded = load()
    folder = tmp_path / "packages" / "translate-ar_en"
    (folder / "model").mkdir(parents=True)
    (folder / "metadata.json").write_text(json.dumps(loaded.info.metadata), "utf-8")
    (folder / "sentencepiece.model").write_bytes(loaded.sentencepiece)
    for name, data in loaded.model.items():
        (folder / "model" / name).write_bytes(data)
    sources = [*SENTENCES, ".", "☃ نعم", "وصل  الوزير"]
    done = subprocess.run(
        [python, "-c", REFERENCE, str(count)],
        input=json.dumps(sources), env=env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    expected = [[text for text, _ in hypotheses] for hypotheses in json.loads(done.stdout)]
    assert texts(engine.translate(sources, hypotheses=count)) == expected


@pytest.mark.parametrize(
    ("said", "taken"), [(80, 80), (None, 150), (4000, 150), ("80", 150), (3, 150)]
)
def test_a_package_may_ask_for_shorter_sources(said: object, taken: int) -> None:
    package = load(None)
    info = replace(package.info, metadata={**package.info.metadata, "max_pieces": said})
    engine = ArgosEngine(LoadedPackage(info, package.model, package.sentencepiece))
    assert engine.options.max_pieces == taken
