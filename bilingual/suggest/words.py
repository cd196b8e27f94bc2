"""Words of Arabic news that open names, and words that are never part of one (all folded)."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = [
    "FOLLOWS_NAME", "HEADS", "NAME_LINKS", "PERSON_TITLES", "STOP", "is_nisba",
    "without_proclitic",
]  # fmt: skip

_TITLES = (
    "رئيس الرئيس رئيسه الرئيسه وزير الوزير وزيره الوزيره سفير السفير سفيره السفيره مبعوث المبعوث "
    "متحدث المتحدث متحدثه المتحدثه ناطق الناطق ناطقه الناطقه الامين امين نائب النائب نائبه مساعد "
    "المساعد مستشار المستشار قائد القائد جنرال الجنرال عميد العميد اللواء العقيد الفريق "
    "ملك الملك امير الامير الشيخ الدكتور السيد السيده منسق المنسق مفوض المفوض مدير المدير "
    "عضو رئيسا وزيرا نظيره مندوب المندوب ممثل الممثل مستشاره المستشاره الملكه رئيسي"
)
PERSON_TITLES = frozenset(word.replace("ة", "ه") for word in _TITLES.split())
"""Offices: they begin a title, and a name may follow."""

_HEADS = (
    "مجلس منظمه وزاره هيئه لجنه حزب جبهه جيش الجيش قوات القوات حركه تنظيم جماعه حلف وكاله "
    "قناه صحيفه تلفزيون اذاعه موقع جامعه الاتحاد اتحاد محكمه المحكمه بنك البنك صندوق الصندوق مركز "
    "شركه مؤسسه رابطه نقابه برلمان سفاره السفاره قنصليه بعثه البعثه مكتب المكتب رئاسه "
    "الرئاسه الحكومه حكومه البرلمان المعارضه الخارجيه الدفاع الكرملين "
    "مؤتمر مؤتمرات محادثات مفاوضات المفاوضات لقاء عمليه اتفاق اتفاقيه معاهده بروتوكول صيغه مسار "
    "منتدي قمه مبادره حوار الحوار اعلان ميثاق "
    "مدينه محافظه بلده ريف ولايه منطقه جمهوريه مملكه الجمهوريه المملكه امارات شمال جنوب شرق غرب "
    "الشرق خليج بحر نهر جزيره جبل مطار ميناء قاعده معبر مخيم حي قريه "
    "يوم عيد القرار القرارات قرارات مجموعه المجموعه الامم الولايات الهلال الصليب"
)
HEADS = frozenset(word.replace("ة", "ه") for word in _HEADS.split())
"""Nouns that head the names of bodies, media, meetings, agreements, places and days."""

_LINKS = "بن ابن بنت دي دو فان فون ال عبد ابو ام كي لو ديل دا ذو الدين"
NAME_LINKS = frozenset(_LINKS.split())
"""Small words inside a person's name."""

_AFTER = (
    "قال قالت اكد اكدت اعلن اعلنت اضاف اضافت اوضح اوضحت ذكر ذكرت شدد شددت اشار اشارت لفت لفتت "
    "صرح صرحت اعرب اعربت دعا دعت بحث بحثت التقي التقت وصل وصلت زار زارت راي رات اعتبر اعتبرت "
    "كشف كشفت نفي نفت طالب طالبت حذر حذرت وصف وصفت كان كانت قد سوف لم لن ليس اجري اجرت عقد عقدت "
    "تابع تابعت ناقش جدد يؤكد تؤكد يقول تقول يعلن يبحث تبحث يزور عن في من الي علي مع خلال بعد قبل "
    "حول اثر لدي ردا امس اليوم غدا مساء صباح مؤكدا مشيرا قائلا موضحا مضيفا معربا معتبرا داعيا"
)
FOLLOWS_NAME = frozenset(_AFTER.split())
"""Verbs and particles that end a name."""

_STOP = (
    "في من الي علي عن مع هذا هذه ذلك تلك التي الذي الذين اللذين اللتين الا ان لا ما لم لن لو اذا "
    "كما كان كانت يكون تكون هو هي هم هن نحن انا انت قد كل بعض غير اي ايضا بين حتي منذ عند لدي بعد "
    "قبل خلال حول ضد دون عبر حيث حين عندما بينما لكن بل او ام ثم اما لان كي لكي الان هناك هنا بان "
    "فان وان به بها فيه فيها منه منها عليه عليها اليه اليها له لها لهم عنه عنها مما فيما عما بما "
    "وفي ومن والي وعلي وعن ومع وهو وهي وقد ولا وما ولم ولن كذلك جدا فقط مثل سوي اكثر اقل اول اخر "
    "اخري اخرين الاخر الاخري الاخرين الاولي الاول الثاني الثانيه الثالث جميع كافه عده عدد "
    "الماضي الماضيه المقبل المقبله الحالي الحاليه الجاري الجاريه امس اليوم غدا الخاص الخاصه "
    "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار "
    "نيسان ايار حزيران تموز اب ايلول تشرين السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه "
    "يتم تم ليس ليست يجب يمكن لدينا بلاده بلادنا نفسه نفسها ذاته ذاتها احد احدي واحد"
)
STOP = frozenset(_STOP.split()) | FOLLOWS_NAME
"""Words that neither begin nor end a term."""


def is_nisba(word: str) -> bool:
    """Whether a word has the shape of an adjective of origin: السوري, الروسية, الإيرانيين."""
    return word.startswith("ال") and word.endswith(("ي", "يه", "يين", "يون", "يتين"))


def without_proclitic(word: str, bank: Mapping[str, int]) -> str:
    """A folded word (ه for ة) as an entry has it: و ف ب ل ك off where the rest stands alone.

    The article shows it (والـ, بالـ, للـ); else ``bank``, how often each word is written.
    """
    rest = word
    if len(rest) > 3 and rest[0] in "وف" and rest[1:3] in ("ال", "لل", "با", "كا"):
        inner = rest[1:]
        if inner.startswith(("ال", "لل")) or inner[1:].startswith("ال"):
            rest = inner
    if len(rest) > 4 and rest.startswith("لل"):
        return "ال" + rest[2:]
    if len(rest) > 5 and rest[0] in "بكل" and rest[1:3] == "ال":
        return rest[1:]
    if rest is not word:
        return rest
    if len(word) > 3 and word[0] in "وفبلك":
        stem = word[1:]
        alone = bank.get(stem, 0)
        if alone and alone >= bank.get(word, 0):
            return stem
    return word
