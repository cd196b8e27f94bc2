from __future__ import annotations

import random
from pathlib import Path

import pytest
from starter import cleaning, copying
from starter.heldout import SPAN, HeldOut
from starter.manifest import Source, as_table, load_manifest, unlisted
from starter.mixture import Mixture, Sizes
from starter.newspaper import mess

LINE = "قال المتحدث إن اللجنة ستجتمع غدا في العاصمة لبحث الخطة الجديدة"
SOURCE = "name = 'x'\nfile = 'f.tsv'\nkind = 'pairs'\norigin = 'o'\nused = true\n"


def test_manifest_names_origin_and_licence_of_every_source(training: Path) -> None:
    sources = load_manifest(training / "manifest.toml")
    assert len({s.name for s in sources}) == len(sources)
    assert all(s.origin and s.licence for s in sources)
    assert all(s.note for s in sources if not s.used)


def test_manifest_lists_every_file_at_hand(training: Path, shared: Path) -> None:
    sources = load_manifest(training / "manifest.toml")
    assert unlisted(shared / "training", sources) == []
    for source in sources:
        if source.kind != "own":
            assert (shared / "training" / source.file).is_file(), source.name


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (SOURCE, "lacks licence"),
        (SOURCE + "licence = ''\n", "without a licence"),
        (SOURCE.replace("true", "false") + "licence = 'none'\n", "without a reason"),
        (SOURCE.replace("'pairs'", "'odd'") + "licence = 'MIT'\n", "unknown kind"),
    ],
)
def test_incomplete_sources_are_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text("[[source]]\n" + text, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        load_manifest(path)


def test_card_lists_only_what_was_used() -> None:
    used = Source("a", "f", "pairs", "here", "MIT", True, 1.0)
    left = Source("b", "f", "pairs", "there", "none", False, 0.0, note="no licence")
    table = as_table([used, left])
    assert "| a | here | MIT |" in table
    assert "there" not in table


def test_eight_words_in_a_row_are_refused_on_either_side() -> None:
    held = HeldOut([LINE])
    words = LINE.split()
    shares = " ".join(["وقد", *words[1 : 1 + SPAN], "أمس"])
    close = " ".join([*words[: SPAN - 1], "لكن", *words[SPAN:]])
    assert held.shares(shares)
    assert not held.shares(close)
    kept, refused = held.refuse([(shares, "x"), (close, "y"), ("z", shares)])
    assert kept == [(close, "y")]
    assert refused == 2


def test_short_lines_are_refused_as_a_whole() -> None:
    held = HeldOut(["عاد الوفد إلى العاصمة أمس.", "شكرا لك"])
    assert held.shares("عاد الوفد الى العاصمة أمس")
    assert not held.shares("عاد الوفد إلى العاصمة أمس مساء")
    assert not held.shares("شكرا لك")


def test_marks_and_hamzas_do_not_hide_an_overlap() -> None:
    held = HeldOut([LINE])
    assert held.shares(LINE.replace("إن", "انّ").replace("اللجنة", "اللّجنة"))


def test_missing_held_out_folder_stops_the_recipe(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="blind"):
        HeldOut.from_folders([tmp_path / "none"])


def test_own_corpus_shares_nothing_with_the_test_sets(training: Path, shared: Path) -> None:
    from starter.lexicon import read_pairs

    held = HeldOut.from_folders([shared / name for name in ("eval", "gold", "seeds")])
    _, refused = held.refuse(read_pairs(training / "corpus"))
    assert refused == 0


@pytest.mark.parametrize(
    ("arabic", "english", "good"),
    [
        ("عقد الاجتماع في عمان.", "The meeting was held in Amman.", True),
        ("عقد الاجتماع في عمان.", "The meeting عقد was held.", False),
        ("no Arabic here", "no Arabic here", False),
        ("نعم", "Yes, this is a very long line that cannot be its translation at all.", False),
        ("قتل 250 شخصا في الهجوم.", "The attack killed 90 people in all.", False),
        ("قتل ٢٥٠ شخصا في الهجوم.", "The attack killed 250 people.", True),
        ("قصف المدينة 21 12 2015", "Shelling of the city", False),
        ("بلغ العدد 12,500 لاجئ.", "The number reached 12,500 refugees.", True),
        ("انظر <b>هنا</b> من فضلك.", "Please look <b>here</b>.", False),
    ],
)
def test_only_translations_pass(arabic: str, english: str, good: bool) -> None:
    assert cleaning.is_pair(arabic, english) is good


def test_mess_touches_some_lines_and_keeps_words() -> None:
    rng = random.Random(1)
    text = "أعلنت الحكومة، أمس، أن الخطة جاهزة."
    out = [mess(text, rng, rate=1.0) for _ in range(200)]
    assert mess(text, rng, rate=0.0) == text
    assert len(set(out)) > 5
    assert all("الحكوم" in line for line in out)


def test_mentions_exclude_proclitics_and_include_the_article() -> None:
    names = {"الأمم المتحدة": "United Nations", "لافروف": "Lavrov"}
    arabic = "والتقى لافروف بالأمم المتحدة وفدا."
    english = "Lavrov met a delegation at the United Nations."
    found = copying.find_mentions(arabic, english, names)
    assert [arabic[m.start : m.end] for m in found] == ["لافروف", "الأمم المتحدة"]
    assert [english[m.english_start : m.english_end] for m in found] == ["Lavrov", "United Nations"]


def test_names_that_stand_twice_are_left_alone() -> None:
    assert copying.find_mentions("لافروف ولافروف", "Lavrov and Lavrov", {"لافروف": "Lavrov"}) == []


def test_inlined_english_stands_once_on_both_sides() -> None:
    arabic, english = "قال لافروف إنه سافر.", "Lavrov said he had travelled."
    mentions = copying.find_mentions(arabic, english, {"لافروف": "Lavrov"})
    rng = random.Random(2)
    for _ in range(100):
        left, right = copying.inline(arabic, english, mentions, rng)
        name = right.removesuffix(" said he had travelled.")
        assert left == f"قال {name} إنه سافر."


def test_numbers_change_together_and_keep_their_length() -> None:
    rng = random.Random(4)
    arabic, english = (
        "قتل 25 شخصا عام 2015 في 25.5 كم",
        "25 people were killed in 2015 within 25.5 km",
    )
    for _ in range(50):
        left, right = copying.renumber(arabic, english, rng)
        number = left.split()[1]
        year = left.split()[4]
        assert left == f"قتل {number} شخصا عام {year} في 25.5 كم"
        assert right == f"{number} people were killed in {year} within 25.5 km"
        assert len(number) == 2
        assert 1900 <= int(year) < 2030


def test_invented_names_survive_argos() -> None:
    rng = random.Random(3)
    names = [copying.invented_name(rng) for _ in range(2000)]
    assert len(set(names)) > 1800
    assert all("_" not in n and n == n.strip() and n.isascii() for n in names)


@pytest.fixture
def small(tmp_path: Path) -> Mixture:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    data.mkdir()
    (corpus / "pairs_a.tsv").write_text(
        f"{LINE} ||| The spokesman said the committee would meet.\n"
        "زار سمير رامون بيروت مساء أمس. ||| Samir Ramon visited Beirut last night.\n",
        encoding="utf-8",
    )
    (corpus / "lex_a.tsv").write_text(
        "city ||| بيروت ||| Beirut\nperson_m ||| سمير رامون ||| Samir Ramon\n"
        "sent ||| وصل {person_m} إلى {city}. ||| {person_m} arrived in {city}.\n",
        encoding="utf-8",
    )
    (corpus / "lemma_a.tsv").write_text(
        Path(__file__).with_name("lemmas.tsv").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (data / "low.tsv").write_text(
        "هذا نص طويل من موقع\tthis is a long text from a site\n", encoding="utf-8"
    )
    (data / "no.tsv").write_text(
        "نص بلا رخصة معروفة\tText without a known licence\n", encoding="utf-8"
    )
    (data / "names.tsv").write_text(
        "رامون\tRamon\nسمير\tSamir\nطرابلس\tTripoli\n", encoding="utf-8"
    )
    sources = [
        Source("own", "corpus", "own", "here", "own", True, 2.0),
        Source("low", "low.tsv", "pairs", "a", "CC BY 3.0", True, 1.0, tag="<lc>"),
        Source("no", "no.tsv", "pairs", "b", "none", False, 0.0, note="no licence"),
        Source("names", "names.tsv", "names", "c", "CC0", True, 1.0),
    ]
    return Mixture(sources, data, corpus, HeldOut([LINE]), 1, log=lambda _: None)


def test_mixture_tags_weighs_and_leaves_out(small: Mixture) -> None:
    epoch = small.epoch(Sizes(templates=20, grammar=20, inlined=5, identity=2, neighbours=0.0))
    sources = [a for a, _ in epoch]
    assert sum(a.startswith("<lc> هذا نص") for a in sources) == 1
    assert not any("رخصة" in a for a in sources)
    assert not any("المتحدث إن اللجنة" in a for a in sources)
    assert sum("مساء أمس" in a for a in sources) >= 2


def test_mixture_inlines_names_found_on_both_sides(small: Mixture) -> None:
    assert len(small.mentions) == 1
    spans = [(m.start, m.end) for m in small.mentions[0][2]]
    assert [small.mentions[0][0][a:b] for a, b in spans] == ["سمير رامون", "بيروت"]
