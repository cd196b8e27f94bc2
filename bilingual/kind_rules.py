"""The words and shapes by which lines of a newspaper page are told apart, as data.

Every pattern is matched against a folded line (`folded`) of at most a few hundred characters, and
none of them backtracks over more than a few words. The lists hold what Arabic papers and agencies
write at the head and foot of articles; they are open, and a missing entry costs a kind only.
"""

from __future__ import annotations

import re

from bilingual.document import SegmentKind as Kind

__all__ = [
    "BY_WORDS",
    "DATE_LINE",
    "DATE_PROOF",
    "GIVEN_NAMES",
    "NUMBER",
    "PLACE_ALONE",
    "PROFESSION",
    "RELATED_HEADER",
    "SIGNATURES",
    "SUBSCRIBE",
    "folded",
    "is_boilerplate_sentence",
]

_FOLD = str.maketrans(
    "أإآٱىیک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹",
    "اااايیك01234567890123456789".replace("ی", "ي"),
    "\u0640" + "".join(map(chr, range(0x64B, 0x660))) + "\u0670\u200b\u200c\u200d\u200e\u200f"
    "\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad",
)
_DASH = re.compile(r"(?<=\s)\u0640+(?=\s)|[\u2010-\u2015\u2212]")


def folded(text: str) -> str:
    """The key by which lines are judged: one alef, one yeh, ASCII digits, no marks or tatweel."""
    return " ".join(_DASH.sub("-", text).translate(_FOLD).split())


def _any(words: str) -> str:
    """An alternation of folded phrases, one a line or separated by ``|``; longest first."""
    phrases = {folded(w) for w in re.split(r"[|\n]", words) if w.strip()}
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
_DATE_TOKEN = (
    rf"{_NUMERIC_DATE}|{_CLOCK}|(?:{_DAYS}|{_MONTHS})\b|(?<!\d)\d{{1,4}}(?!\d)|[هم]\b|AH\b|AD\b"
)
_JOINER = r"[\s,،/|()\[\]:.;؛-]|\b(?:من|في|يوم|عام|سنة|شهر|الموافق|ل|و|of|at|on)\b"
_PUBLISHED = _any(
    """
    نشر في|نشر يوم|نشر بتاريخ|نشر|نشرت في|تاريخ النشر|تاريخ الخبر|التاريخ|بتاريخ|تاريخ|آخر تحديث
    تم النشر في|تم التحديث|حدث في|تحديث|تم النشر|أضيف بتاريخ|أضيف في|كتب في|الوقت|Published
    Updated
    """
)
# Possessive, so that a long row of figures is scanned once.
_DATE = rf"(?:{_PUBLISHED}\b)?(?>{_DATE_TOKEN}|{_JOINER})++"
DATE_LINE = re.compile(rf"{_DATE}(?:{_PUBLISHED}{_DATE})?\Z", re.IGNORECASE)
# A number alone is no date: one of these must stand in it.
DATE_PROOF = re.compile(rf"{_NUMERIC_DATE}|\d{{1,2}}:\d{{2}}|\b(?:{_DAYS}|{_MONTHS})\b")
RELATIVE_DATE = re.compile(
    rf"(?:{_PUBLISHED}\W*)?(?:منذ|قبل) (?:\d+ )?"
    r"(?:ثوان|ثانية|دقيقة|دقائق|دقيقتين|ساعة|ساعات|ساعتين|يوم|ايام|يومين|اسبوع|اسبوعين|شهر|اشهر)\Z"
)

# --- places and agencies ----------------------------------------------------------------------
_CITIES = _any(
    """
    القاهرة|دمشق|بيروت|بغداد|عمان|عمّان|الرياض|جدة|الدمام|مكة المكرمة|المدينة المنورة|الدوحة
    المنامة
    الكويت|أبوظبي|أبو ظبي|دبي|الشارقة|مسقط|صنعاء|عدن|تعز|الحديدة|الخرطوم|طرابلس|بنغازي|تونس
    الجزائر
    الرباط|الدار البيضاء|نواكشوط|مقديشو|جيبوتي|القدس|القدس المحتلة|رام الله|غزة|الخليل|نابلس
    الناصرة
    حلب|حمص|حماة|اللاذقية|درعا|دير الزور|الرقة|إدلب|القامشلي|الموصل|البصرة|أربيل|كركوك|النجف|صيدا
    صور|الإسكندرية|الاسكندرية|أسوان|موسكو|سوتشي|واشنطن|نيويورك|لندن|باريس|برلين|بروكسل|جنيف|فيينا
    روما|مدريد|أثينا|أنقرة|إسطنبول|اسطنبول|طهران|كابول|كابل|إسلام آباد|نيودلهي|بكين|طوكيو|سيول
    أستانا|نور سلطان|لاهاي|ميونيخ|ميونخ|ستراسبورغ|كييف|مينسك|أديس أبابا|نيروبي|جوبا|الأمم المتحدة
    عواصم|العواصم|نيقوسيا|تل أبيب|الأراضي المحتلة|فلسطين المحتلة|محافظات|المحافظات|السويداء|طرطوس
    """
)
_AGENCIES = _any(
    """
    رويترز|أ ف ب|أ.ف.ب|ا.ف.ب.|ا ف ب|أف ب|فرانس برس|وكالة فرانس برس|أسوشيتد برس|أسوشييتد برس|أ ب
    أ.ب
    أ.ب.|أ.ف.ب.|د ب أ|د.ب.أ|د.ب.أ.|يو بي آي|سانا|واس|قنا|وام|بنا|كونا|بترا|وفا|واع|نينا|سبأ|سونا
    وات|واج|وأج|ماب|و م ع|و.م.ع|أ ش أ|أ.ش.أ|أ.ش.أ.|وال|العمانية|سبوتنيك|تاس|إيتار تاس|إنترفاكس
    انترفاكس|نوفوستي|ريا نوفوستي|شينخوا|الأناضول|وكالة الأناضول|إرنا|فارس|مهر|تسنيم|وكالات
    الوكالات|وكالة|وكالات الأنباء|وكالات أنباء|خاص|متابعات|صحف|مواقع|مواقع إلكترونية|بي بي سي
    سي إن إن
    سي أن أن|دويتشه فيله|فرانس 24|فرانس24|الجزيرة|الجزيرة نت|العربية|العربية نت|العربية.نت
    روسيا اليوم|آر تي|الحرة|سكاي نيوز|سكاي نيوز عربية|الميادين|المنار|الحياة|الشرق الأوسط
    القدس العربي
    العربي الجديد|معا|قدس برس|صفا|يونهاب|كيودو|أنسا|إفي|أخبار الأمم المتحدة
    مركز أنباء الأمم المتحدة
    بيان صحفي|بيان|مراسلنا|المكتب الإعلامي|Reuters|AFP|AP|DPA|UPI|SANA|RT|TASS|BBC|CNN|Xinhua|QNA
    KUNA|WAM|SPA|MENA|Sputnik|Agencies|UN News
    """
)
_SEPARATOR = r"(?:\s*[-:/|،,؛+]\s*|\s+)"
_QUOTED_AGENCY = rf"[\"«“(\[]?{_AGENCIES}[\"»”)\]]?"
_AGENCY_LIST = rf"{_QUOTED_AGENCY}(?:{_SEPARATOR}(?:و\s?)?{_QUOTED_AGENCY}){{0,5}}"
AGENCY_LINE = re.compile(rf"[-\s]*{_AGENCY_LIST}(?:\s*/\s*[\w. ]{{1,9}})?[.\s]*\Z")
BRACKETED_AGENCY = re.compile(
    rf"[(\[]\s*(?:{_AGENCY_LIST}|(?:وكالات|صحيفة|موقع|قناة|وكالة)(?: [\w.]+){{1,5}})\s*[)\]]\.?\Z"
)
_CITY_LIST = rf"{_CITIES}(?:\s*[,،-]\s*{_CITIES}){{0,2}}"
PLACE_DATE = re.compile(rf"{_CITY_LIST}\s*(?:[-,،:/(]|في|يوم)?\s*(?:{_DATE}|اليوم|امس)\)?\Z")
PLACE_AGENCY = re.compile(
    rf"{_CITY_LIST}\s*(?:[-:/،,|]\s*{_AGENCY_LIST}|[(\[«]\s*{_AGENCY_LIST}\s*[)\]»])"
    rf"(?:\s*[-،,]\s*{_DATE})?[\s:.-]*\Z"
)
PLACE_ALONE = re.compile(rf"{_CITY_LIST}\s*[-:]?\Z")
PLACE_REPORTER = re.compile(rf"{_CITY_LIST}\s*[-/|]\s*(?:من |مكتب |مراسل\w* )?(?!ال)[^\W\d]+"
                             r"(?: [^\W\d]+){1,3}\Z")  # fmt: skip

# --- credits ----------------------------------------------------------------------------------
SOURCE_LINE = re.compile(
    r"[-\s*]*(?:المصدر|المصادر|مصدر الخبر|مصدر المقال|مصدر|المرجع|المراجع|نقلا عن|نقلا عن موقع"
    r"|نقلا عن صحيفة|عن موقع|الصورة|الصور|Source)(?:\s*[:/-]\s*\S.*|\s*[:/-])\Z",
    re.IGNORECASE,
)
QUOTED_FROM = re.compile(r"(?:نقلا عن|عن) (?:وكالة|صحيفة|موقع|قناة|جريدة|مجلة) \S+(?: \S+){0,4}\Z")
_NAME = r"(?:[^\W\d_]\.\s?){0,3}[^\W\d]+(?:[ -][^\W\d]+){0,4}"
_ROLE = _any(
    """
    بقلم|كتب|كتبت|كتبها|إعداد|أعد التقرير|أعدت التقرير|أعده|ترجمة|تعريب|أجرى الحوار
    أجرت الحوار|حاوره|حاورته|حاورها|مراسل|المراسل|مراسلة|المراسلة|تصوير|عدسة
    إعداد وتقديم|ترجمة وتحرير|إعداد وترجمة|كتب المحرر السياسي|By
    """
)
SIGNED_ROLE = re.compile(rf"[-\s*]*{_ROLE}\s*[:/-]+\s*\S+(?: \S+){{0,7}}\Z")
PLAIN_ROLE = re.compile(rf"[-\s*]*(?:بقلم|By|اجرى الحوار|اجرت الحوار|حاوره|حاورته) {_NAME}\s*:?\Z")
WROTE = re.compile(
    rf"(?:كتب|كتبت)(?: المحرر \w+| مراسلنا)?(?: (?:في|من) {_CITIES})? {_NAME}\s*[:-]\Z"
)
REPORT_BY = re.compile(
    rf"(?:تقرير|تحقيق|مقال|راي|حوار|تحرير|متابعة|تغطية|الكاتب|الكاتبة)"
    rf"\s*[:/-]\s*(?!ال){_NAME}\Z"
)
_PROFESSION = (
    r"(?:كاتب|كاتبة|باحث|باحثة|صحافي|صحافية|صحفي|صحفية|اكاديمي|اكاديمية|محلل سياسي"
    r"|محرر|مراسل|استاذ|استاذة|خبير|خبيرة)(?: \S+){1,7}\Z"
)
PROFESSION = re.compile(r"[*•-]*\s*" + _PROFESSION)
STARRED_PROFESSION = re.compile(r"\*+\s*" + _PROFESSION)
DOCTOR = re.compile(
    r"(?:(?:ا\.?د|د|م|ا)\.\s?|(?:الدكتور|الدكتورة|السفير|العميد|اللواء) )\S+(?: \S+){1,3}\Z"
)
GIVEN_NAMES = re.compile(
    _any(
        """
        محمد|أحمد|محمود|مصطفى|علي|حسن|حسين|عمر|عمرو|خالد|إبراهيم|يوسف|سامي|سمير|سامر|كريم|طارق
        زياد
        ياسر|وائل|وليد|فادي|نبيل|نادر|رامي|راشد|رشيد|سعد|سعيد|سليم|سليمان|صالح|صلاح|عادل|عماد|غسان
        فؤاد|فراس|فيصل|ماجد|مازن|مروان|منير|ناصر|هاني|هشام|هيثم|بسام|باسم|بشار|جمال|جورج|حازم|حسام
        إلياس|الياس|أنطوان|ميشال|جهاد|أسامة|أيمن|أنس|بلال|طلال|ثائر|مهند|قاسم|كمال|لؤي|معتز|نزار
        نضال
        فاطمة|مريم|سارة|ليلى|هدى|منى|رنا|ريم|هند|نادية|سميرة|سلمى|دينا|رانيا|لينا|لمى|ميساء|هالة
        أميرة
        سعاد|سناء|نورا|نور|آمال|إيمان|هبة|ندى|غادة|رشا|زينب|خديجة|عائشة|عبد|عبدالله|عبدالرحمن|أبو
        """
    )
    + r"(?: [^\W\d]+){1,3}(?:\s*[-*])?\Z"
)
INITIALS = re.compile(r"[(\[]?\s*[^\W\d_]\s?[./]\s?[^\W\d_](?:\s?[./]\s?[^\W\d_])?\s*\.?[)\]]?\Z")

# --- what is not the article ------------------------------------------------------------------
ADDRESS = re.compile(
    r"(?:[^\W\d_][^:@/\n]{0,40}[:/-]\s*)?"
    r"(?:(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w{2,}|@\w{2,}|#\w+(?:\s+#\w+)*"
    r"|(?:[\w-]+\.)+(?:com|org|net|info|gov|edu|tv|news|co|sy|eg|sa|ae|lb|jo|iq|kw|qa|bh|om|ye|ps|ma|dz|tn|ly"
    r"|sd|ru|uk|fr|de|int)(?:/\S*)?)[\s./)]*\Z",
    re.IGNORECASE,
)
BOILERPLATE = re.compile(
    r"[\W_]*(?:"
    + _any(
        """
        جميع الحقوق محفوظة|كل الحقوق محفوظة|كافة الحقوق محفوظة|الحقوق محفوظة|حقوق النشر|حقوق الطبع
        اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|اقرأ المزيد|اقرأ كذلك|اقرأ في|إقرأ المزيد|اقرئي أيضا
        طالع أيضا
        شاهد أيضا|شاهد الفيديو|شاهدوا الفيديو|مواضيع ذات صلة|موضوعات ذات صلة|أخبار ذات صلة
        مقالات ذات صلة
        مواضيع متعلقة|أخبار متعلقة|مواد ذات صلة|ذات صلة|قد يهمك أيضا|قد يعجبك أيضا|اضغط هنا
        انقر هنا|اضغطوا هنا
        للمزيد من|لمزيد من الأخبار|لمزيد من المعلومات|لقراءة المزيد|للاطلاع على المزيد|لمتابعة آخر
        للاشتراك في|للإعلان|للتواصل معنا|تواصلوا معنا|تواصل معنا|اتصل بنا|راسلونا|من نحن
        شاركنا|شارك الخبر|شارك المقال|شارك هذا|شارك برأيك|شارك الموضوع|أضف تعليق|أضف تعليقا
        اترك تعليقا|اكتب تعليقا
        عدد المشاهدات|عدد القراءات|عدد القراء|عدد الزيارات|عدد التعليقات|الكلمات المفتاحية
        كلمات مفتاحية|كلمات دلالية
        الكلمات الدلالية|الوسوم|وسوم|الرابط المختصر|رابط مختصر|رابط الخبر|النشرة البريدية
        نسخة للطباعة|إرسال إلى صديق
        أرسل إلى صديق|حجم الخط|جار التحميل|جاري التحميل|سياسة الخصوصية|شروط الاستخدام
        لا يعبر المقال
        الآراء الواردة|المقالات المنشورة|المواد المنشورة|هذا المقال يعبر|صورة أرشيفية
        صورة من الأرشيف|أرشيفية
        يمنع النسخ|يمنع نقل|لا يجوز نسخ|إخلاء مسؤولية|تابعونا|تابعنا على|تابعوا صفحتنا
        تابعوا قناتنا|تابعوا حسابنا
        انضموا إلى قناتنا|انضم إلى قناتنا|انضموا إلينا|حملوا تطبيق|حمل تطبيق|حمل التطبيق
        اشتركوا في|اشترك الآن|اشترك في قناتنا
        اشترك في النشرة|اشترك في نشرتنا|تم نسخ الرابط|نسخ الرابط|العودة إلى|إلى الأعلى
        الصفحة الرئيسية
        All rights reserved|Copyright|Read more|Follow us|Share this|Distr|Original|Please recycle
        """
    )
    + r")(?!\w)|[\W_]*[©®]|[^.!؟?]*(?:جميع|كل|كافة) الحقوق محفوظة",
    re.IGNORECASE,
)
FOLLOW = re.compile(
    r"[\W_]*(?:تابعوا|تابع|تابعي|انضموا|انضم|اشتركوا|اشترك|للاشتراك|يمكنكم|بامكانكم|زوروا)\b.*"
    r"(?:صفحت|قنات|تطبيق|تيلغرام|تلغرام|تلجرام|تليغرام|واتس|فيسبوك|فيس بوك|تويتر|انستغرام"
    r"|يوتيوب|غوغل|@\w|رابط|موقعنا|حسابات|نشرتنا|النشرة البريدية|التواصل الاجتماعي)"
)
BARE = re.compile(
    r"[\W_]*(?:"
    + _any(
        """
        اعلان|إعلانات|المزيد|التعليقات|تعليقات|تعليق|لا توجد تعليقات|طباعة|مشاركة|شارك|إرسال
        ارسال|حفظ|نسخ|الرئيسية
        التالي|السابق|انتهى|فيديو|صور|بالفيديو|بالصور|أرشيف|الأرشيف|رجوع|Share|Tweet|Print|Email
        Advertisement
        يتبع|هاشتاغ|الأكثر قراءة|الأكثر مشاهدة|آخر الأخبار|أهم الأخبار|اخترنا لكم|اخترنا لك
        القائمة|بحث
        """
    )
    + r")(?:\s*/\s*[\w. ]{1,9})?[\W\d_]*\Z",
    re.IGNORECASE,
)
_NETWORKS = _any(
    "فيسبوك|فيس بوك|تويتر|واتساب|واتس اب|واتس أب|تلغرام|تيلغرام|تيليغرام"
    "|انستغرام|إنستغرام|يوتيوب|لينكد إن|لينكدإن"
    "|طباعة|بريد|البريد الإلكتروني|إيميل|نسخ الرابط|مشاركة|شارك|Facebook|Twitter|WhatsApp|Telegram"
    "|YouTube|Instagram|LinkedIn|Email|Print|Share|X"
)
NETWORK_LINE = re.compile(rf"[\W_]*{_NETWORKS}(?:[\W_]+(?:و)?{_NETWORKS})+[\W_]*\Z", re.IGNORECASE)
BREADCRUMB = re.compile(r"[^<>»›.؟!]{1,30}(?:\s[>»›]\s[^<>»›.؟!]{1,30})+\Z")
CONTACT = re.compile(
    r"[\W_]*(?:هاتف|الهاتف|تلفون|فاكس|جوال|ص\.\s?ب|صندوق البريد|بريد الكتروني"
    r"|البريد الالكتروني|واتساب|Tel|Fax|ISSN|ISBN)\s*[.:/]*\s*[+\d(].*\Z",
    re.IGNORECASE,
)
SYMBOL = re.compile(r"(?:[SAE]|HRC|A/HRC)/[\w./-]+\d[\w./-]*(?:\s*\(\d{4}\))?\Z")
COUNTER = re.compile(
    r"[\W_]*\d[\d.,]*\s*(?:مشاهدة|مشاهدات|قراءة|تعليق|تعليقات|زيارة|مشاركة"
    r"|دقيقة للقراءة|دقائق للقراءة|views)\W*\Z"
)
SUBSCRIBE = re.compile(r".*(?:كلمة اشتراك|ارسال كلمة|عبر الرابط|على الرابط)")
RELATED_HEADER = re.compile(
    r"[\W_]*(?:"
    + _any(
        """
        اقرأ أيضا|إقرأ أيضا|اقرأ أيضاً|مواضيع ذات صلة|موضوعات ذات صلة|أخبار ذات صلة
        مقالات ذات صلة|ذات صلة
        مواضيع متعلقة|أخبار متعلقة|قد يهمك أيضا|قد يعجبك أيضا|شاهد أيضا|طالع أيضا|الأكثر قراءة
        الأكثر مشاهدة
        """
    )
    + r")[\W_]*\Z"
)
NUMBER = re.compile(r"(?=\D*\d)[\s\d.,٫٬،%٪$€£()\[\]*+#/:-]+\Z")

# --- in the order they are asked --------------------------------------------------------------
BY_WORDS: tuple[tuple[Kind, int, tuple[re.Pattern[str], ...]], ...] = (
    (Kind.DATELINE, 14, (RELATIVE_DATE, PLACE_AGENCY, PLACE_DATE)),
    (Kind.BOILERPLATE, 12, (ADDRESS, BARE, COUNTER, NETWORK_LINE, CONTACT, SYMBOL, BREADCRUMB)),
    (Kind.BOILERPLATE, 40, (BOILERPLATE, FOLLOW)),
    (Kind.SOURCE, 12, (SOURCE_LINE, QUOTED_FROM, AGENCY_LINE, BRACKETED_AGENCY)),
    (Kind.BYLINE, 10, (SIGNED_ROLE, PLAIN_ROLE, INITIALS, WROTE, STARRED_PROFESSION)),
)
"""Kind, most words of such a line, and its shapes."""
SIGNATURES = (PLACE_REPORTER, GIVEN_NAMES, DOCTOR, REPORT_BY, PROFESSION)
"""Shapes of a line under the headline that names its writer."""


_OPENING = re.compile(r"[^\w©®]*([\w\u0640\u064b-\u065f\u0670]+|[©®])")
_OPENING_WORDS = frozenset(
    word
    for pattern in (BOILERPLATE, FOLLOW)
    for word in re.findall(r"(?:\||\(\?:)(\w+)", pattern.pattern)
) | {"©", "®"}
"""What such a sentence can open with, so that most sentences need no closer look."""


def is_boilerplate_sentence(text: str) -> bool:
    """Whether a whole sentence is a notice or an appeal of the publisher."""
    if "الحقوق" not in text:
        opening = _OPENING.match(text)
        if opening is None or opening[1].translate(_FOLD) not in _OPENING_WORDS:
            return False
    key = folded(text)
    return BOILERPLATE.match(key) is not None or FOLLOW.match(key) is not None
