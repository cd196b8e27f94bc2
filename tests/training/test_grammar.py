from __future__ import annotations

import re

import pytest
from starter.grammar import Grammar
from starter.lexicon import Lexicon, Noun, citation_pairs, read_verb
from starter.templates import Templates, contract, has_plural_head

ARABIC = re.compile("[\u0621-\u064a]")
CONSTRUCTIONS = [
    "verb_first",
    "subject_first",
    "negated",
    "future",
    "passive",
    "modal",
    "auxiliary",
    "nominal",
    "relative",
    "reported",
    "masdar",
    "pronominal",
    "counting",
    "ordinal",
    "dated",
    "existential",
    "demonstrative",
    "coordinated",
    "conditional",
    "superlative",
    "question",
]


def test_every_construction_is_named_here(grammar: Grammar) -> None:
    assert sorted(grammar.constructions) == sorted(CONSTRUCTIONS)


@pytest.mark.parametrize("name", CONSTRUCTIONS)
def test_sentences_are_whole_on_both_sides(grammar: Grammar, name: str) -> None:
    for _ in range(200):
        arabic, english = grammar.sample(name)
        assert ARABIC.search(arabic)
        assert not ARABIC.search(english)
        assert english[0].isupper() or english[0].isdigit()
        for side in (arabic, english):
            assert "  " not in side
            assert "{" not in side
            assert " -" not in side
        assert not re.search(r"\b(a|an) (a|an|the) |\bthe the ", english), english
        assert not re.search(r"\ba (?!one|eu)[aeio]", english.lower()), english


NOUNS = {
    "plan": Noun("خطة", True, "plan", "خطط", "plans", False),
    "observer": Noun("مراقب", False, "observer", "مراقبون", "observers", True),
    "decision": Noun("قرار", False, "decision", "قرارات", "decisions", False),
}


def test_things_in_the_plural_agree_as_feminine_singular(grammar: Grammar) -> None:
    phrase = grammar.phrase([NOUNS["decision"]], definite=True, modified=True, plural=True)
    assert phrase.feminine
    assert phrase.plural
    assert phrase.nominative.startswith("القرارات ال")
    assert phrase.nominative.split()[1].endswith(("ة", "اء"))


def test_people_in_the_plural_take_sound_adjectives_in_their_case(grammar: Grammar) -> None:
    phrase = grammar.phrase([NOUNS["observer"]], definite=True, modified=True, plural=True)
    first, second = phrase.nominative.split()
    assert first == "المراقبون"
    assert second.endswith("ون")
    assert all(word.endswith("ين") for word in phrase.accusative.split())


def test_adjectives_share_definiteness_and_gender(grammar: Grammar) -> None:
    definite = grammar.phrase([NOUNS["plan"]], definite=True, modified=True, plural=False)
    assert all(word.startswith("ال") for word in definite.nominative.split())
    bare = grammar.phrase([NOUNS["plan"]], definite=False, modified=True, plural=False)
    assert bare.nominative.split()[0] == "خطة"
    assert bare.english.startswith(("a ", "an "))


def test_verb_before_its_subject_is_singular_and_after_it_plural(grammar: Grammar) -> None:
    verb = read_verb(["verb", "زار", "يزور", "زيارة", "visit", "visited", "visit", "obj"])
    people = grammar.phrase([NOUNS["observer"]], definite=True, modified=False, plural=True)
    assert grammar.verb_past(verb, people, True) == "زار"
    assert grammar.verb_past(verb, people, False) == "زاروا"
    assert grammar.verb_present(verb, people, False, "jussive") == "يزوروا"
    things = grammar.phrase([NOUNS["decision"]], definite=True, modified=False, plural=True)
    assert grammar.verb_past(verb, things, True) == "زارت"
    assert grammar.verb_present(verb, things, True, "jussive") == "تزر"


@pytest.mark.parametrize(
    ("frame", "direct", "arabic", "english", "clause"),
    [
        ("intr", False, "", "", ""),
        ("obj", True, "", "", ""),
        ("على => to", False, "على", "to", ""),
        ("obj+ب => of", True, "ب", "of", ""),
        ("إلى =>", False, "إلى", "", ""),
        ("أن", False, "", "", "أن"),
    ],
)
def test_frames_are_taken_apart(
    frame: str, direct: bool, arabic: str, english: str, clause: str
) -> None:
    verb = read_verb(["verb", "فعل", "يفعل", "فعل", "do", "did", "deed", frame])
    assert (verb.direct, verb.preposition, verb.english_preposition, verb.clause) == (
        direct, arabic, english, clause,
    )  # fmt: skip


def test_every_lemma_is_seen_alone(lexicon: Lexicon) -> None:
    pairs = set(citation_pairs(lexicon))
    assert len(pairs) > 10_000
    assert ("معاهدة", "treaty") in pairs


def test_templates_leave_no_slot_open(templates: Templates) -> None:
    for _ in range(2000):
        arabic, english = templates.sample(0.5)
        assert "{" not in arabic + english
        assert not ARABIC.search(english)
        assert not re.search(r"(?<!\w)[وف]?لـ?ال", arabic), arabic


@pytest.mark.parametrize(
    ("arabic", "expected"),
    [
        ("ولالحكومة", "وللحكومة"),
        ("لـالحكومة", "للحكومة"),
        ("لاللجنة", "للجنة"),
        ("قال لا", "قال لا"),
    ],
)
def test_lam_contracts_with_the_article(arabic: str, expected: str) -> None:
    assert contract(arabic) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the sanctions on Tehran", True),
        ("the reconstruction of cities", False),
        ("prisoners and detainees", True),
        ("the Arab League", False),
    ],
)
def test_plural_heads_are_told_by_the_first_noun(phrase: str, expected: bool) -> None:
    assert has_plural_head(phrase) is expected
