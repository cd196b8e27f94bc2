"""What each line of an article is: headline, byline, dateline, body, source line, boilerplate.

Lines are judged by their own words first (the tables below), then by where they stand: what is
short and without a stop before the first paragraph is a headline or goes with it, what is so
between paragraphs is a sub-headline. When in doubt a line is body, for body is translated as it
stands and loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilingual.document import SegmentKind as Kind

__all__ = ["line_kinds", "sentence_kind"]

_LONG = 240
"""Characters; longer lines are body, whatever they hold."""
_HEADLINE_WORDS = 26
_SUBHEADLINE_WORDS = 14
_RUN_OF_HEADINGS = 3
"""More lines than these in a row, all short and without a stop, are wrapped text or a list."""

_FOLD = str.maketrans(
    "أإآٱىیک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹",
    "اااايیك01234567890123456789".replace("ی", "ي"),
    "\u0640" + "".join(map(chr, range(0x64B, 0x660))) + "\u0670\u200b\u200c\u200d\u200e\u200f"
    "\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad",
)
_DASH = re.compile(r"(?<=\s)\u0640+(?=\s)|[\u2010-\u2015\u2212]")


def _folded(text: str) -> str:
    """The key by which lines are judged: one alef, one yeh, ASCII digits, no marks or tatweel."""
    return " ".join(_DASH.sub("-", text).translate(_FOLD).split())


def _any(words: str) -> str:
    """An alternation of folded phrases, one a line or separated by ``|``; longest first."""
    phrases = {_folded(w) for w in re.split(r"[|\n]", words) if w.strip()}
    return "(?:" + "|".join(sorted(map(re.escape, phrases), key=len, reverse=True)) + ")"


# --- dates ----------------------------------------------------------------------------------
_MONTHS = _any(
    """
    كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول
    يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يونيه|يوليو|يوليه|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر
    جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت|يناير|غشت|شتنبر|نونبر|دجنبر
    محرم|صفر|ربيع الأول|ربيع الآخر|ربيع الثاني|جمادى الأولى|جمادى الآخرة|جمادى الثانية|رجب|شعبان
    رمضان|شوال|ذو القعدة|ذي القعدة|ذو الحجة|ذي الحجة
    January|February|March|April|May|June|July|August|September|October|November|December
    Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec
    """
)
_DAYS = _any(
    "السبت|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة"
    "|Saturday|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday"
)
_CLOCK = (
    r"\d{1,2}[:.]\d{2}(?::\d{2})?|[صمPA]\b\.?|[ap]\.?m\b\.?|"
    + _any(
        "صباحا|مساء|ظهرا|فجرا|ليلا|عصرا|بعد الظهر|الساعة|بتوقيت|توقيت|غرينتش|غرينيتش|جرينتش|مكة"
        "|مكة المكرمة|القدس|دمشق|القاهرة|بيروت|بغداد|أبوظبي|الرياض|موسكو|المحلي|AM|PM|GMT|UTC"
    )
    + r"\b"
)
_NUMERIC_DATE = r"\d{1,4}\s*[/.\\-]\s*\d{1,2}\s*[/.\\-]\s*\d{1,4}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?"
_DATE_TOKEN = rf"(?:{_NUMERIC_DATE}|{_CLOCK}|(?:{_DAYS}|{_MONTHS})\b|\d{{1,4}}|[هم]\b|AH\b|AD\b)"
_JOIN = r"(?:[\s,،/|()\[\]:.;؛-]|\b(?:من|في|يوم|عام|سنة|شهر|الموافق|الموافق ل|ل|و|of|at|on)\b)*"
_PUBLISHED = _any(
    """
    نشر في|نشر يوم|نشر بتاريخ|نشر|نشرت في|تاريخ النشر|تاريخ الخبر|التاريخ|بتاريخ|تاريخ|آخر تحديث
    تم النشر في|تم التحديث|حدث في|تحديث|تم النشر|أضيف بتاريخ|أضيف في|كتب في|الوقت|Published|Updated
    """
)
_DATE = rf"(?:{_PUBLISHED}\b)?{_JOIN}{_DATE_TOKEN}(?:{_JOIN}{_DATE_TOKEN})*{_JOIN}"
_DATE_LINE = re.compile(rf"{_DATE}(?:{_PUBLISHED}{_DATE})?\Z", re.IGNORECASE)
# A number alone is no date: one of these must stand in it.
_DATE_PROOF = re.compile(rf"{_NUMERIC_DATE}|\d{{1,2}}:\d{{2}}|\b(?:{_DAYS}|{_MONTHS})\b")
_RELATIVE_DATE = re.compile(
    rf"(?:{_PUBLISHED}\W*)?(?:منذ|قبل) (?:\d+ )?"
    r"(?:ثوان|ثانية|دقيقة|دقائق|دقيقتين|ساعة|ساعات|ساعتين|يوم|ايام|يومين|اسبوع|اسبوعين|شهر|اشهر)\Z"
)

# --- places and agencies ----------------------------------------------------------------------
_CITIES = _any(
    """
    القاهرة|دمشق|بيروت|بغداد|عمان|عمّان|الرياض|جدة|الدمام|مكة المكرمة|المدينة المنورة|الدوحة|المنامة
    الكويت|أبوظبي|أبو ظبي|دبي|الشارقة|مسقط|صنعاء|عدن|تعز|الحديدة|الخرطوم|طرابلس|بنغازي|تونس|الجزائر
    الرباط|الدار البيضاء|نواكشوط|مقديشو|جيبوتي|القدس|القدس المحتلة|رام الله|غزة|الخليل|نابلس|الناصرة
    حلب|حمص|حماة|اللاذقية|درعا|دير الزور|الرقة|إدلب|القامشلي|الموصل|البصرة|أربيل|كركوك|النجف|صيدا
    صور|الإسكندرية|الاسكندرية|أسوان|موسكو|سوتشي|واشنطن|نيويورك|لندن|باريس|برلين|بروكسل|جنيف|فيينا
    روما|مدريد|أثينا|أنقرة|إسطنبول|اسطنبول|طهران|كابول|كابل|إسلام آباد|نيودلهي|بكين|طوكيو|سيول
    أستانا|نور سلطان|لاهاي|ميونيخ|ميونخ|ستراسبورغ|كييف|مينسك|أديس أبابا|نيروبي|جوبا|الأمم المتحدة
    عواصم|العواصم|نيقوسيا|تل أبيب|الأراضي المحتلة|فلسطين المحتلة|محافظات|المحافظات|السويداء|طرطوس
    """
)
_AGENCIES = _any(
    """
    رويترز|أ ف ب|أ.ف.ب|ا.ف.ب.|ا ف ب|أف ب|فرانس برس|وكالة فرانس برس|أسوشيتد برس|أسوشييتد برس|أ ب|أ.ب
    أ.ب.|أ.ف.ب.|د ب أ|د.ب.أ|د.ب.أ.|يو بي آي|سانا|واس|قنا|وام|بنا|كونا|بترا|وفا|واع|نينا|سبأ|سونا
    وات|واج|وأج|ماب|و م ع|و.م.ع|أ ش أ|أ.ش.أ|أ.ش.أ.|وال|العمانية|سبوتنيك|تاس|إيتار تاس|إنترفاكس
    انترفاكس|نوفوستي|ريا نوفوستي|شينخوا|الأناضول|وكالة الأناضول|إرنا|فارس|مهر|تسنيم|وكالات
    الوكالات|وكالة|وكالات الأنباء|وكالات أنباء|خاص|متابعات|صحف|مواقع|مواقع إلكترونية|بي بي سي|سي إن إن
    سي أن أن|دويتشه فيله|فرانس 24|فرانس24|الجزيرة|الجزيرة نت|العربية|العربية نت|العربية.نت
    روسيا اليوم|آر تي|الحرة|سكاي نيوز|سكاي نيوز عربية|الميادين|المنار|الحياة|الشرق الأوسط|القدس العربي
    العربي الجديد|معا|قدس برس|صفا|يونهاب|كيودو|أنسا|إفي|أخبار الأمم المتحدة|مركز أنباء الأمم المتحدة
    بيان صحفي|بيان|مراسلنا|المكتب الإعلامي|Reuters|AFP|AP|DPA|UPI|SANA|RT|TASS|BBC|CNN|Xinhua|QNA
    KUNA|WAM|SPA|MENA|Sputnik|Agencies|UN News
    """
)
_SEPARATOR = r"(?:\s*[-:/|،,؛+]\s*|\s+)"
_QUOTED_AGENCY = rf"[\"«“(\[]?{_AGENCIES}[\"»”)\]]?"
_AGENCY_LIST = rf"{_QUOTED_AGENCY}(?:{_SEPARATOR}(?:و\s?)?{_QUOTED_AGENCY}){{0,5}}"
_AGENCY_LINE = re.compile(rf"[-\s]*{_AGENCY_LIST}(?:\s*/\s*[\w. ]{{1,9}})?[.\s]*\Z")
_BRACKETED_AGENCY = re.compile(
    rf"[(\[]\s*(?:{_AGENCY_LIST}|(?:و?ا?ل?وكالات?|صحيفة|موقع|قناة|وكالة)(?: [\w.]+){{1,5}})\s*[)\]]\.?\Z"
)
_CITY_LIST = rf"{_CITIES}(?:\s*[,،-]\s*{_CITIES}){{0,2}}"
_PLACE_DATE = re.compile(rf"{_CITY_LIST}\s*(?:[-,،:/(]|في|يوم)?\s*(?:{_DATE}|اليوم|امس)\)?\Z")
_PLACE_AGENCY = re.compile(
    rf"{_CITY_LIST}\s*(?:[-:/،,|]\s*{_AGENCY_LIST}|[(\[«]\s*{_AGENCY_LIST}\s*[)\]»])"
    rf"(?:\s*[-،,]\s*{_DATE})?[\s:.-]*\Z"
)
_PLACE_ALONE = re.compile(rf"{_CITY_LIST}\s*[-:]?\Z")
_PLACE_REPORTER = re.compile(rf"{_CITY_LIST}\s*[-/|]\s*(?:من |مكتب |مراسل\w* )?(?!ال)[^\W\d]+"
                             r"(?: [^\W\d]+){1,3}\Z")  # fmt: skip

# --- credits ----------------------------------------------------------------------------------
_SOURCE_LINE = re.compile(
    r"[-\s*]*(?:المصدر|المصادر|مصدر الخبر|مصدر المقال|مصدر|المرجع|المراجع|نقلا عن|نقلا عن موقع"
    r"|نقلا عن صحيفة|عن موقع|الصورة|الصور|Source)(?:\s*[:/-]\s*\S.*|\s*[:/-])\Z",
    re.IGNORECASE,
)
_QUOTED_FROM = re.compile(r"(?:نقلا عن|عن) (?:وكالة|صحيفة|موقع|قناة|جريدة|مجلة) \S+(?: \S+){0,4}\Z")
_NAME = r"(?:[^\W\d_]\.\s?){0,3}[^\W\d]+(?:[ -][^\W\d]+){0,4}"
_ROLE = _any(
    """
    بقلم|كتب|كتبت|كتبها|إعداد|أعد التقرير|أعدت التقرير|أعده|تحرير|ترجمة|تعريب|حوار|أجرى الحوار
    أجرت الحوار|حاوره|حاورته|حاورها|مراسل|المراسل|مراسلة|المراسلة|تصوير|عدسة|تغطية|متابعة
    إعداد وتقديم|ترجمة وتحرير|إعداد وترجمة|كتب المحرر السياسي|الكاتب|الكاتبة|المؤلف|By
    """
)
_SIGNED_ROLE = re.compile(rf"[-\s*]*{_ROLE}\s*[:/-]+\s*\S+(?: \S+){{0,7}}\Z")
_PLAIN_ROLE = re.compile(rf"[-\s*]*(?:بقلم|By|اجرى الحوار|اجرت الحوار|حاوره|حاورته) {_NAME}\s*:?\Z")
_WROTE = re.compile(
    rf"(?:كتب|كتبت)(?: المحرر \w+| مراسلنا)?(?: (?:في|من) {_CITIES})? {_NAME}\s*[:-]\Z"
)
_REPORT_BY = re.compile(rf"(?:تقرير|تحقيق|مقال|راي)\s*[:/-]\s*(?!ال){_NAME}\Z")
_PROFESSION = re.compile(
    r"[*•-]*\s*(?:كاتب|كاتبة|باحث|باحثة|صحافي|صحافية|صحفي|صحفية|اكاديمي|اكاديمية|محلل سياسي"
    r"|محرر|مراسل|استاذ|استاذة|خبير|خبيرة)(?: \S+){1,7}\Z"
)
_DOCTOR = re.compile(
    r"(?:(?:ا\.?د|د|م|ا)\.\s?|(?:الدكتور|الدكتورة|السفير|العميد|اللواء) )\S+(?: \S+){1,3}\Z"
)
_GIVEN_NAMES = re.compile(
    _any(
        """
        محمد|أحمد|محمود|مصطفى|علي|حسن|حسين|عمر|عمرو|خالد|إبراهيم|يوسف|سامي|سمير|سامر|كريم|طارق|زياد
        ياسر|وائل|وليد|فادي|نبيل|نادر|رامي|راشد|رشيد|سعد|سعيد|سليم|سليمان|صالح|صلاح|عادل|عماد|غسان
        فؤاد|فراس|فيصل|ماجد|مازن|مروان|منير|ناصر|هاني|هشام|هيثم|بسام|باسم|بشار|جمال|جورج|حازم|حسام
        إلياس|الياس|أنطوان|ميشال|جهاد|أسامة|أيمن|أنس|بلال|طلال|ثائر|مهند|قاسم|كمال|لؤي|معتز|نزار|نضال
        فاطمة|مريم|سارة|ليلى|هدى|منى|رنا|ريم|هند|نادية|سميرة|سلمى|دينا|رانيا|لينا|لمى|ميساء|هالة|أميرة
        سعاد|سناء|نورا|نور|آمال|إيمان|هبة|ندى|غادة|رشا|زينب|خديجة|عائشة|عبد|عبدالله|عبدالرحمن|أبو
        """
    )
    + r"(?: [^\W\d]+){1,3}(?:\s*[-*])?\Z"
)
_INITIALS = re.compile(r"[(\[]?\s*[^\W\d_]\s?[./]\s?[^\W\d_](?:\s?[./]\s?[^\W\d_])?\s*\.?[)\]]?\Z")

# --- what is not the article ------------------------------------------------------------------
_ADDRESS = re.compile(
    r"(?:[^\W\d_][^:@/\n]{0,40}[:/-]\s*)?"
    r"(?:(?:https?://|www\.)\S+|\S+@\S+\.\w{2,}|@\w{2,}|#\w+(?:\s+#\w+)*"
    r"|(?:[\w-]+\.)+(?:com|org|net|info|gov|edu|tv|news|co|sy|eg|sa|ae|lb|jo|iq|kw|qa|bh|om|ye|ps|ma|dz|tn|ly"
    r"|sd|ru|uk|fr|de|int)(?:/\S*)?)[\s./)]*\Z",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"[\W_]*(?:"
    + _any(
        """
        جميع الحقوق محفوظة|كل الحقوق محفوظة|كافة الحقوق محفوظة|الحقوق محفوظة|حقوق النشر|حقوق الطبع
        اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|اقرأ المزيد|اقرأ كذلك|اقرأ في|إقرأ المزيد|اقرئي أيضا|طالع أيضا
        شاهد أيضا|شاهد الفيديو|شاهدوا الفيديو|مواضيع ذات صلة|موضوعات ذات صلة|أخبار ذات صلة|مقالات ذات صلة
        مواضيع متعلقة|أخبار متعلقة|مواد ذات صلة|ذات صلة|قد يهمك أيضا|قد يعجبك أيضا|اضغط هنا|انقر هنا|اضغطوا هنا
        للمزيد من|لمزيد من الأخبار|لمزيد من المعلومات|لقراءة المزيد|للاطلاع على المزيد|لمتابعة آخر
        للاشتراك في|للإعلان|للتواصل معنا|تواصلوا معنا|تواصل معنا|اتصل بنا|راسلونا|من نحن
        شاركنا|شارك الخبر|شارك المقال|شارك هذا|شارك برأيك|شارك الموضوع|أضف تعليق|أضف تعليقا|اترك تعليقا|اكتب تعليقا
        عدد المشاهدات|عدد القراءات|عدد القراء|عدد الزيارات|عدد التعليقات|الكلمات المفتاحية|كلمات مفتاحية|كلمات دلالية
        الكلمات الدلالية|الوسوم|وسوم|الرابط المختصر|رابط مختصر|رابط الخبر|النشرة البريدية|نسخة للطباعة|إرسال إلى صديق
        أرسل إلى صديق|حجم الخط|جار التحميل|جاري التحميل|سياسة الخصوصية|شروط الاستخدام|لا يعبر المقال
        الآراء الواردة|المقالات المنشورة|المواد المنشورة|هذا المقال يعبر|صورة أرشيفية|صورة من الأرشيف|أرشيفية
        يمنع النسخ|يمنع نقل|لا يجوز نسخ|إخلاء مسؤولية|تابعونا|تابعنا على|تابعوا صفحتنا|تابعوا قناتنا|تابعوا حسابنا
        انضموا إلى قناتنا|انضم إلى قناتنا|انضموا إلينا|حملوا تطبيق|حمل تطبيق|حمل التطبيق|اشتركوا في|اشترك الآن|اشترك في قناتنا
        اشترك في النشرة|اشترك في نشرتنا|تم نسخ الرابط|نسخ الرابط|العودة إلى|إلى الأعلى|الصفحة الرئيسية
        All rights reserved|Copyright|Read more|Follow us|Share this|Distr|Original|Please recycle
        """
    )
    + r")(?!\w)|[\W_]*[©®]|.*(?:جميع|كل|كافة) الحقوق محفوظة",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"[\W_]*(?:تابعوا|تابع|تابعي|انضموا|انضم|اشتركوا|اشترك|للاشتراك|يمكنكم|بامكانكم|زوروا)\b.*"
    r"(?:صفحت|قنات|تطبيق|تيلغرام|تلغرام|تلجرام|تليغرام|واتس|فيسبوك|فيس بوك|تويتر|انستغرام|يوتيوب|غوغل"
    r"|اخبار غوغل|رابط|موقعنا|حسابات|نشرتنا|النشرة البريدية|التواصل الاجتماعي)"
)
_BARE = re.compile(
    r"[\W_]*(?:"
    + _any(
        """
        اعلان|إعلانات|المزيد|التعليقات|تعليقات|تعليق|لا توجد تعليقات|طباعة|مشاركة|شارك|إرسال|ارسال|حفظ|نسخ|الرئيسية
        التالي|السابق|انتهى|فيديو|صور|بالفيديو|بالصور|أرشيف|الأرشيف|رجوع|Share|Tweet|Print|Email|Advertisement
        يتبع|عاجل|هاشتاغ|الأكثر قراءة|الأكثر مشاهدة|آخر الأخبار|أهم الأخبار|اخترنا لكم|اخترنا لك|القائمة|بحث
        """
    )
    + r")(?:\s*/\s*[\w. ]{1,9})?[\W\d_]*\Z",
    re.IGNORECASE,
)
_NETWORKS = _any(
    "فيسبوك|فيس بوك|تويتر|واتساب|واتس اب|واتس أب|تلغرام|تيلغرام|تيليغرام|انستغرام|إنستغرام|يوتيوب|لينكد إن|لينكدإن"
    "|طباعة|بريد|البريد الإلكتروني|إيميل|نسخ الرابط|مشاركة|شارك|Facebook|Twitter|WhatsApp|Telegram"
    "|YouTube|Instagram|LinkedIn|Email|Print|Share|X"
)
_NETWORK_LINE = re.compile(rf"[\W_]*{_NETWORKS}(?:[\W_]+(?:و)?{_NETWORKS})+[\W_]*\Z", re.IGNORECASE)
_BREADCRUMB = re.compile(r"[^<>»›.؟!]{1,30}(?:\s[>»›]\s[^<>»›.؟!]{1,30})+\Z")
_CONTACT = re.compile(
    r"[\W_]*(?:هاتف|الهاتف|تلفون|فاكس|جوال|ص\.\s?ب|صندوق البريد|بريد الكتروني|البريد الالكتروني|واتساب"
    r"|Tel|Fax|ISSN|ISBN)\s*[.:/]*\s*[+\d(].*\Z",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"(?:[SAE]|HRC|A/HRC)/[\w./-]+\d[\w./-]*(?:\s*\(\d{4}\))?\Z")
_COUNTER = re.compile(
    r"[\W_]*\d[\d.,]*\s*(?:مشاهدة|مشاهدات|قراءة|تعليق|تعليقات|زيارة|مشاركة|دقيقة للقراءة|دقائق للقراءة|views)\W*\Z"
)
_SUBSCRIBE = re.compile(r".*(?:كلمة اشتراك|ارسال كلمة|عبر الرابط|على الرابط)")
_RELATED_HEADER = re.compile(
    r"[\W_]*(?:"
    + _any(
        """
        اقرأ أيضا|إقرأ أيضا|اقرأ أيضاً|مواضيع ذات صلة|موضوعات ذات صلة|أخبار ذات صلة|مقالات ذات صلة|ذات صلة
        مواضيع متعلقة|أخبار متعلقة|قد يهمك أيضا|قد يعجبك أيضا|شاهد أيضا|طالع أيضا|الأكثر قراءة|الأكثر مشاهدة
        """
    )
    + r")[\W_]*\Z"
)
_NUMBER = re.compile(r"[\s\d.,٫٬،%٪$€£()\[\]*+#/:-]*\d[\s\d.,٫٬،%٪$€£()\[\]*+#/:-]*\Z")
_HAS_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")

# --- shape ------------------------------------------------------------------------------------
_CLOSERS = "\"'«»“”„‟‘’‚‛‹›)]} "
_STOPS = ".!?؟…۔"
_OPEN_ENDS = "،؛:,;"
_ITEM = re.compile(r"(?:[-–—•*·▪●]\s|\(?\d{1,3}\s?[-.)]|[اأ-ي]\s?[-)]\s)")


class _Line:
    """A line, its key, and what its shape says."""

    __slots__ = ("gap", "key", "quoted", "text", "unfinished", "words")

    def __init__(self, text: str, gap: bool) -> None:
        self.text = text
        self.gap = gap
        self.key = _folded(text)
        self.words = self.key.count(" ") + 1
        bare = self.key.rstrip(_CLOSERS)
        self.unfinished = not bare or (
            bare[-1] not in _STOPS + _OPEN_ENDS or (bare.endswith("..") and bare[-3:] != "...")
        )
        self.quoted = self.key[:1] in '«“"»' and self.key[-1:] in '»”"«'


def line_kinds(lines: Sequence[tuple[str, bool]]) -> list[Kind]:
    """The kind of each line of an article, given with whether a blank line stands before it."""
    kinds: list[Kind | None] = []
    shapes: list[_Line | None] = []
    for text, gap in lines:
        shape = _Line(text, gap) if len(text) <= _LONG else None
        shapes.append(shape)
        kinds.append(Kind.BODY if shape is None else _own_kind(shape))
    _related_links(shapes, kinds)
    first_body = _front(shapes, kinds)
    _middle(shapes, kinds, first_body)
    _tail(shapes, kinds)
    return [kind or Kind.BODY for kind in kinds]


def sentence_kind(kind: Kind, line: str, start: int, end: int) -> Kind:
    """The kind of one sentence of a line of several: a credit or footer may end a paragraph."""
    if kind is not Kind.BODY or end < len(line) or start == 0 or end - start > 90:
        return kind
    own = _own_kind(_Line(line[start:end], False))
    return own if own in (Kind.SOURCE, Kind.BOILERPLATE) else kind


def _own_kind(line: _Line) -> Kind | None:
    """What a line is by its own words; None when only its place can tell."""
    key = line.key
    if not _HAS_WORD.search(key):
        return Kind.BOILERPLATE
    if not _LETTER.search(key):
        if _DATE_PROOF.search(key) and _DATE_LINE.match(key):
            return Kind.DATELINE
        return Kind.NUMBER if _NUMBER.match(key) else None
    if line.words > 30:
        return Kind.BOILERPLATE if _BOILERPLATE.match(key) else None
    return _dateline(line) or _boilerplate(line) or _source(line) or _byline(line)


def _dateline(line: _Line) -> Kind | None:
    key = line.key
    if line.words > 14:
        return None
    if _DATE_LINE.match(key) and _DATE_PROOF.search(key):
        return Kind.DATELINE
    if _RELATIVE_DATE.match(key) or _PLACE_AGENCY.match(key):
        return Kind.DATELINE
    if _PLACE_DATE.match(key):
        return Kind.DATELINE
    return None


def _boilerplate(line: _Line) -> Kind | None:
    key = line.key
    if _ADDRESS.match(key) or _BOILERPLATE.match(key) or _BARE.match(key) or _COUNTER.match(key):
        return Kind.BOILERPLATE
    if _FOLLOW.match(key) or _NETWORK_LINE.match(key) or _CONTACT.match(key) or _SYMBOL.match(key):
        return Kind.BOILERPLATE
    if _BREADCRUMB.match(key) and line.words <= 12:
        return Kind.BOILERPLATE
    return None


def _source(line: _Line) -> Kind | None:
    key = line.key
    if line.words <= 12 and (_SOURCE_LINE.match(key) or _QUOTED_FROM.match(key)):
        return Kind.SOURCE
    if _AGENCY_LINE.match(key) or _BRACKETED_AGENCY.match(key):
        return Kind.SOURCE
    return None


def _byline(line: _Line) -> Kind | None:
    key = line.key
    if line.words > 10:
        return None
    if _SIGNED_ROLE.match(key) or _PLAIN_ROLE.match(key) or _INITIALS.match(key):
        return Kind.BYLINE
    if _WROTE.match(key) and line.words <= 7:
        return Kind.BYLINE
    if key.startswith("*") and _PROFESSION.match(key):
        return Kind.BYLINE
    return None


def _related_links(lines: Sequence[_Line | None], kinds: list[Kind | None]) -> None:
    """Titles of other articles, listed under a line that says so."""
    left = 0
    for i, line in enumerate(lines):
        if line is not None and _RELATED_HEADER.match(line.key):
            left = 5
        elif left and line is not None and line.unfinished and kinds[i] is None:
            kinds[i] = Kind.BOILERPLATE
            left -= 1
        else:
            left = 0


def _is_heading(line: _Line | None, words: int) -> bool:
    return (
        line is not None
        and line.unfinished
        and line.words <= words
        and not _ITEM.match(line.text)
        and line.text[:1] not in "،؛:"
    )


def _front(lines: Sequence[_Line | None], kinds: list[Kind | None]) -> int:
    """Name what stands before the first paragraph; the index of that paragraph."""
    candidates: list[int] = []
    body = len(lines)
    for i, line in enumerate(lines):
        if kinds[i] is not None and line is not None:
            continue
        if _is_heading(line, _HEADLINE_WORDS) or _asks(line, lines, i, bool(candidates)):
            candidates.append(i)
            continue
        body = i
        break
    if body == len(lines) and len(lines) - len(candidates) == 0 and len(lines) == 1:
        return 0  # a line alone: nothing says that it is a headline
    if len(candidates) > _RUN_OF_HEADINGS + 2 or (body == len(lines) and len(candidates) > 3):
        # A list or wrapped text; at most its first line, set apart, is a headline.
        first = candidates[0]
        after = lines[first + 1] if first + 1 < len(lines) else None
        if after is not None and after.gap:
            kinds[first] = Kind.HEADLINE
        return first + (kinds[first] is not None)
    _name_front(lines, kinds, candidates, body)
    return body


def _asks(line: _Line | None, lines: Sequence[_Line | None], i: int, later: bool) -> bool:
    """A first line that asks or exclaims is a headline where a longer one follows."""
    if later or line is None or line.words > 16 or i + 1 >= len(lines):
        return False
    bare = line.key.rstrip(_CLOSERS)
    following = lines[i + 1]
    longer = following is None or following.words > line.words
    return bare[-1:] in "؟?!…" and line.key[:1] not in '«“"' and longer


def _name_front(
    lines: Sequence[_Line | None], kinds: list[Kind | None], candidates: list[int], body: int
) -> None:
    named = list(candidates)
    for i in candidates[1:] if len(candidates) > 1 else []:
        line = lines[i]
        if line is not None and _is_signature(line, i > candidates[0]):
            kinds[i] = Kind.DATELINE if _PLACE_ALONE.match(line.key) else Kind.BYLINE
            named.remove(i)
    if not named:
        return
    head = named[0]
    if len(named) > 1 and _is_kicker(lines[named[0]], lines[named[1]]):
        head = named[1]
    for i in named:
        kinds[i] = Kind.HEADLINE if i == head else Kind.SUBHEADLINE


def _is_kicker(first: _Line | None, second: _Line | None) -> bool:
    """A short line, or a quotation, over the headline."""
    if first is None or second is None or second.quoted:
        return False
    return first.quoted or (first.words <= 3 and second.words >= first.words + 2)


def _is_signature(line: _Line, after_headline: bool) -> bool:
    key = line.key
    if not after_headline or line.words > 8:
        return False
    patterns = (_PLACE_ALONE, _PLACE_REPORTER, _GIVEN_NAMES, _DOCTOR, _REPORT_BY, _PROFESSION)
    return any(p.match(key) for p in patterns)


def _middle(lines: Sequence[_Line | None], kinds: list[Kind | None], first_body: int) -> None:
    """Short lines without a stop, between paragraphs: sub-headlines, at most a few in a row."""
    i = first_body
    while i < len(lines):
        if kinds[i] is not None or not _is_heading(lines[i], _SUBHEADLINE_WORDS):
            i += 1
            continue
        stop = i
        while (
            stop < len(lines)
            and kinds[stop] is None
            and _is_heading(lines[stop], _SUBHEADLINE_WORDS)
        ):
            stop += 1
        if stop - i <= _RUN_OF_HEADINGS and _opens(lines, kinds, i, stop):
            for j in range(i, stop):
                kinds[j] = Kind.SUBHEADLINE
        i = stop


def _opens(
    lines: Sequence[_Line | None], kinds: Sequence[Kind | None], start: int, stop: int
) -> bool:
    """Whether lines ``start`` to ``stop`` stand over a paragraph and after a whole one."""
    if stop >= len(lines) or kinds[stop] not in (None, Kind.BODY):
        return False
    following, before = lines[stop], lines[start - 1] if start else None
    if following is not None and following.words < 6:
        return False
    if before is None or kinds[start - 1] not in (None, Kind.BODY):
        return True
    ends = before.key.rstrip(_CLOSERS)[-1:]
    return ends in _STOPS or (before.unfinished and before.words >= 18)


def _tail(lines: Sequence[_Line | None], kinds: list[Kind | None]) -> None:
    """Signatures after the last paragraph; lines among boilerplate, which are of it too."""
    last = len(lines) - 1
    while last >= 0 and kinds[last] in (Kind.BOILERPLATE, Kind.SOURCE, Kind.NUMBER, Kind.DATELINE):
        last -= 1
    line = lines[last] if last > 0 else None
    if (
        line is not None
        and kinds[last] is None
        and line.unfinished
        and any(p.match(line.key) for p in (_GIVEN_NAMES, _PROFESSION))
        and line.words <= 6
    ):
        kinds[last] = Kind.BYLINE
    i = len(lines) - 1
    while i > 1 and (lines[i] is not None):
        # between two pieces of boilerplate near the end: a step of the same instructions
        here = lines[i]
        if (
            kinds[i] is None
            and here is not None
            and here.words <= 16
            and _SUBSCRIBE.match(here.key)
            and kinds[i - 1] is Kind.BOILERPLATE
        ):
            kinds[i] = Kind.BOILERPLATE
        i -= 1
