"""Agreements in eight scripts, for papers that are looked at: invented people, and words that mean what they should."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from agreements.rules.crisis import Part, Step
from agreements.rules.record import AgreementRecord, BoxRecord, PartyRecord, TermRecord
from agreements.rules.vocabulary import Outcome, Role
from tests.records import a_record


@dataclass(frozen=True)
class Speech:
    """What a script is shown with; a script of a right-to-left language has its own `language` and crisis `steps`.

    `installed` says that no bundled font has it.
    """

    client: str
    called: str
    therapist: str
    practice: str
    heading: str
    words: str
    reply: str
    language: str = "en"
    steps: tuple[tuple[str, str], ...] = ()
    installed: bool = False


SCRIPTS = {
    "latin": Speech(
        "Łukasz Żółć-Brontë", "Łukasz", "Dr Zoë Åström", "Praxis an der Straße",
        "At night",
        "9 pm to 8 am: write it, send it after breakfast.",
        "Most answers in 1 working day. Łukasz calls (555) 010-0143.",
    ),
    "greek": Speech(
        "Μαρία Παπαδοπούλου", "Μαρία", "Δρ. Ελένη Αλεξίου", "Ιατρείο Ελιάς",
        "Τη νύχτα",
        "Από τις 9 pm έως τις 8 am: γράψε το και στείλε το μετά το πρωινό.",
        "Οι περισσότερες απαντήσεις έρχονται σε 1 εργάσιμη ημέρα. Τηλέφωνο: (555) 010-0143.",
    ),
    "cyrillic": Speech(
        "Олександра Ґжицька", "Олександра", "д-р Їжакевич", "Кабінет на вулиці В’язів",
        "Уночі",
        "З 21:00 до 8:00: напиши, а надішли після сніданку.",
        "Більшість відповідей за 1 робочий день. Телефон: (555) 010-0143.",
    ),
    "vietnamese": Speech(
        "Nguyễn Thị Hoàng Ánh", "Ánh", "BS. Trịnh Đức Nghĩa", "Phòng khám Đường Cây Du",
        "Ban đêm",
        "Từ 9 pm đến 8 am: cứ viết, rồi gửi sau bữa sáng.",
        "Phần lớn được trả lời trong 1 ngày làm việc. Gọi (555) 010-0143.",
    ),
    "hebrew": Speech(
        "מאיה רוזן", "מאיה", "ד״ר יעל לוי", "מרפאת רחוב הבוקיצה",
        "בלילה",
        "בין 21:00 ל-8:00: כותבים, ושולחים אחרי ארוחת הבוקר.",
        "רוב התשובות מגיעות תוך יום עבודה אחד. טלפון: (555) 010-0143. מסתכלים שוב ב-21 בדצמבר 2026.",
        language="he",
        steps=(
            ("סכנה עכשיו.", "לא כותבים הודעה. מתקשרים אל 101 או הולכים לחדר המיון הקרוב."),
            ("מחשבות אובדניות, בלי לעמוד לפעול.", "לא כותבים הודעה. מתקשרים אל ד״ר לוי, (555) 010-0143. אין תשובה: 1201, מיד, בכל שעה."),
            ("אי אפשר לדבר, או שלא בטוח לדבר:", "כותבים אל 1201 או בצ׳אט בכתובת www.eran.org.il."),
            ("כבר שלחת הודעה?", "הכול בסדר. ייתכן שיראו אותה רק אחרי שעות. מתחילים עכשיו בשלב 1 או 2."),
        ),
    ),
    "arabic": Speech(
        "علی‌رضا الخطيب", "علی‌رضا", "د. ليلى حداد", "عيادة شارع الدردار",
        "في الليل",
        "من 9 pm إلى 8 am: اكتب الرسالة، وأرسلها بعد الفطور.",
        "تصل معظم الردود خلال يوم عمل واحد. الهاتف: (555) 010-0143. نراجع الاتفاق في 21 ديسمبر 2026.",
        language="ar",
        steps=(
            ("خطر الآن.", "لا ترسل رسالة. اتصل بالرقم 911 أو اذهب إلى أقرب قسم طوارئ."),
            ("أفكار انتحارية، دون أن تكون على وشك الفعل.", "لا ترسل رسالة. اتصل بالدكتورة حداد، (555) 010-0143. لا جواب: 988، فورًا، في أي ساعة."),
            ("لا تستطيع الكلام، أو الكلام غير آمن:", "أرسل رسالة إلى 988، أو تحدث عبر 988lifeline.org."),
            ("أرسلت رسالة مع ذلك؟", "لا بأس. قد لا تُقرأ إلا بعد ساعات. ابدأ الآن بالخطوة 1 أو 2."),
        ),
    ),
    "devanagari": Speech(
        "क्षेत्रपाल श्रीवास्तव", "क्षेत्रपाल", "डॉ. ज्ञानेश्वर त्रिवेदी", "एल्म स्ट्रीट क्लिनिक",
        "रात में",
        "9 pm से 8 am तक: लिख लें, और नाश्ते के बाद भेजें।",
        "ज़्यादातर जवाब 1 कार्य दिवस में। फ़ोन: (555) 010-0143।",
    ),
    "cjk": Speech(
        "山田 花子", "花子", "김 서연 医師", "榆树街诊所",
        "夜間",
        "9 pm から 8 am まで：書いておき、朝食のあとに送ります。",
        "대부분의 답장은 1일 안에 옵니다. 电话：(555) 010-0143。",
        installed=True,
    ),
    "telugu": Speech(
        "శ్రీలక్ష్మి రెడ్డి", "శ్రీలక్ష్మి", "డా. కృష్ణమూర్తి", "ఎల్మ్ స్ట్రీట్ క్లినిక్",
        "రాత్రి",
        "9 pm నుండి 8 am వరకు: రాయండి, అల్పాహారం తర్వాత పంపండి.",
        "చాలా జవాబులు 1 పని దినంలో వస్తాయి. ఫోన్: (555) 010-0143.",
        installed=True,
    ),
}  # fmt: skip
OTHER_WAY = {
    f"{script}-in-english": replace(SCRIPTS[script], language="en", steps=()) for script in ("hebrew", "arabic")
}


def record_in(script: str, outcome: Outcome = Outcome.TEXTING) -> AgreementRecord:
    """The agreement of two people of this script: names, answers and words in it, the box where it has one of its own."""
    speech, record = (SCRIPTS | OTHER_WAY)[script], a_record()
    own = {"night": speech.words, "window": speech.reply, "silence": f"{speech.reply} {speech.words}"}
    terms = [
        replace(term, heading=speech.heading, words=own[term.key]) if term.key in own else _of(term, speech)
        for term in record.terms
    ]
    texting = outcome == Outcome.TEXTING
    return replace(
        record,
        outcome=outcome,
        language=speech.language,
        practice=replace(record.practice, name=speech.practice),
        parties=(
            PartyRecord(Role.CLIENT, speech.client, speech.called),
            PartyRecord(Role.THERAPIST, speech.therapist, speech.therapist),
        ),
        box=_box(record, speech),
        before_text=(speech.reply, speech.words, *record.before_text[-1:]) if texting else (),
        terms=tuple(terms) if texting else (),
        channel=record.channel if texting else None,
        review_on=record.review_on if texting else None,
    )


def _of(term: TermRecord, speech: Speech) -> TermRecord:
    """A term in this script; in Latin letters it stays the English one, with these people in it."""
    if speech is SCRIPTS["latin"]:
        return replace(term, words=term.words.replace("Maya", speech.called).replace("Dr Lee", speech.therapist))
    if term.interim is not None:
        return replace(term, interim=replace(term.interim, words=speech.reply))
    return replace(term, heading=speech.heading, words=speech.reply)


def _box(record: AgreementRecord, speech: Speech) -> BoxRecord:
    if not speech.steps:
        named = {name: tuple(_named(step, speech) for step in getattr(record.box, name)) for name in ("steps", "card")}
        return replace(record.box, **named)
    steps = tuple(Step(number, head, _parts(words)) for number, (head, words) in enumerate(speech.steps, start=1))
    return replace(record.box, steps=steps, card=steps, last=speech.reply)


def _named(step: Step, speech: Speech) -> Step:
    parts = [replace(part, text=part.text.replace("Dr Lee", speech.therapist)) for part in step.parts]
    return replace(step, parts=tuple(parts))


def _parts(words: str) -> tuple[Part, ...]:
    """Numbers to call are bold, as in the real box."""
    cut = re.split(r"(\(555\) 010-0143|\b(?:911|988|101|1201)\b)", words)
    return tuple(Part(text, strong=bool(place % 2)) for place, text in enumerate(cut) if text)
