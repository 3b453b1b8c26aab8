"""Dates in words, by hand and not by the library that the program asks."""

from __future__ import annotations

MONTHS = {
    "en": "January/February/March/April/May/June/July/August/September/October/November/December",
    "fr": "janvier/février/mars/avril/mai/juin/juillet/août/septembre/octobre/novembre/décembre",
    "sq": "janar/shkurt/mars/prill/maj/qershor/korrik/gusht/shtator/tetor/nëntor/dhjetor",
    "el": "Ιανουαρίου/Φεβρουαρίου/Μαρτίου/Απριλίου/Μαΐου/Ιουνίου/Ιουλίου/Αυγούστου/Σεπτεμβρίου/Οκτωβρίου/Νοεμβρίου/"
    "Δεκεμβρίου",
    "ru": "января/февраля/марта/апреля/мая/июня/июля/августа/сентября/октября/ноября/декабря",
    "ar": "يناير/فبراير/مارس/أبريل/مايو/يونيو/يوليو/أغسطس/سبتمبر/أكتوبر/نوفمبر/ديسمبر",
    "he": "בינואר/בפברואר/במרץ/באפריל/במאי/ביוני/ביולי/באוגוסט/בספטמבר/באוקטובר/בנובמבר/בדצמבר",
    "hi": "जनवरी/फ़रवरी/मार्च/अप्रैल/मई/जून/जुलाई/अगस्त/सितंबर/अक्टूबर/नवंबर/दिसंबर",
    "th": "มกราคม/กุมภาพันธ์/มีนาคม/เมษายน/พฤษภาคม/มิถุนายน/กรกฎาคม/สิงหาคม/กันยายน/ตุลาคม/พฤศจิกายน/ธันวาคม",
}
DATES = {
    "ru": "{day} {name} {year} года",
    "vi": "{day} tháng {month} năm {year}",
    "th": "{day} {name} ค.ศ. {year}",
    "ja": "{year}年{month}月{day}日",
    "ko": "{year}년 {month}월 {day}일",
    "zh": "{year}年{month}月{day}日",
}


def day(iso: str, language: str) -> str:
    """A date in words."""
    year, month, number = map(int, iso.split("-"))
    name = MONTHS[language].split("/")[month - 1] if language in MONTHS else ""
    form = DATES.get(language, "{day} {name} {year}")
    return form.format(day=number, month=month, name=name, year=year)
