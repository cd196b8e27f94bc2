"""The ladder on the model that is shipped: what it must hold whatever the model's English is."""

from __future__ import annotations

import pytest

from bilingual.document import EntityKind, Mention, Outcome
from bilingual.engine import open_engine
from bilingual.engine.base import Engine
from bilingual.terminology import Rendering, Request, render

PERSON, PLACE = EntityKind.PERSON, EntityKind.PLACE
BODY, RESOLUTION = EntityKind.ORGANISATION, EntityKind.RESOLUTION
FORMS = {
    "بوتين": ("Putin", PERSON),
    "تيرولدا فيسنان": ("Tirolda Vesnan", PERSON),
    "موسكو": ("Moscow", PLACE),
    "دمشق": ("Damascus", PLACE),
    "جنيف": ("Geneva", PLACE),
    "مجلس الأمن": ("Security Council", BODY),
    "هيئة الميزان الزرقاء": ("Blue Balance Authority", BODY),
    "القرار 2254": ("resolution 2254 (2015)", RESOLUTION),
}
TEXTS = [
    "وصل وزير الخارجية إلى موسكو أمس لبحث تنفيذ القرار 2254 مع بوتين.",
    "وأعلنت هيئة الميزان الزرقاء أن وفدها سيصل إلى جنيف في 16 آذار.",
    "وقال تيرولدا فيسنان إن مجلس الأمن ناقش الوضع في دمشق.",
    "وصلت 300 شاحنة إلى دمشق.",
    "وأوضح المتحدث في مؤتمر صحفي أن موسكو مستعدة للتعاون مع جميع الأطراف، مشيرا إلى أن وفدا من"
    " هيئة الميزان الزرقاء سيزور دمشق وجنيف خلال الأيام المقبلة لبحث المساعدات الإنسانية، وأن"
    " مجلس الأمن سيعقد جلسة حول تنفيذ القرار 2254 بطلب من بوتين.",
    "44",
]


def request(text: str) -> Request:
    mentions = [
        Mention(at, at + len(surface), surface, target.lower(), kind, target)
        for surface, (target, kind) in FORMS.items()
        if (at := text.find(surface)) >= 0
    ]
    return Request(text, tuple(sorted(mentions, key=lambda m: m.start)))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_engine()


@pytest.fixture(scope="module")
def results(engine: Engine) -> list[Rendering]:
    return render([request(text) for text in TEXTS], engine)


def test_nearly_every_form_reaches_the_english(results: list[Rendering]) -> None:
    decisions = [d for result in results for d in result.decisions]
    met = [d for d in decisions if d.outcome is not Outcome.MISSED]
    assert len(decisions) == 16
    assert len(met) >= 14
    for result in results:
        for d in result.decisions:
            if d.start is not None:
                assert result.text[d.start : d.end].lower() == d.mention.target.lower()


def test_unknown_names_are_carried_whole(results: list[Rendering]) -> None:
    assert "Tirolda Vesnan" in results[2].text
    assert "Blue Balance Authority" in results[1].text


def test_no_form_is_said_more_often_than_its_arabic(results: list[Rendering]) -> None:
    for text, result in zip(TEXTS, results, strict=True):
        for surface, (target, _) in FORMS.items():
            assert result.text.count(target) <= max(1, text.count(surface))


def test_the_company_does_not_change_the_result(engine: Engine, results: list[Rendering]) -> None:
    for k in (1, 4):
        (alone,) = render([request(TEXTS[k])], engine)
        assert alone == results[k]
    backwards = render([request(text) for text in reversed(TEXTS)], engine)
    assert backwards == results[::-1]


def test_without_mentions_the_engine_speaks_for_itself(engine: Engine) -> None:
    text = TEXTS[3]
    (result,) = render([Request(text)], engine)
    assert result.text == engine.translate([text])[0][0].text
    assert result.decodes >= 1
    assert result.pieces > 0
