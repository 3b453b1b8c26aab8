"""Dates in words, by hand and not by the library that the program asks, for every language that has labels."""

from __future__ import annotations

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

MONTHS = {
    "en": "January/February/March/April/May/June/July/August/September/October/November/December",
    "fr": "janvier/février/mars/avril/mai/juin/juillet/août/septembre/octobre/novembre/décembre",
    "sq": "janar/shkurt/mars/prill/maj/qershor/korrik/gusht/shtator/tetor/nëntor/dhjetor",
    "es": "enero/febrero/marzo/abril/mayo/junio/julio/agosto/septiembre/octubre/noviembre/diciembre",
    "pt": "janeiro/fevereiro/março/abril/maio/junho/julho/agosto/setembro/outubro/novembro/dezembro",
    "de": "Januar/Februar/März/April/Mai/Juni/Juli/August/September/Oktober/November/Dezember",
    "el": "Ιανουαρίου/Φεβρουαρίου/Μαρτίου/Απριλίου/Μαΐου/Ιουνίου/Ιουλίου/Αυγούστου/Σεπτεμβρίου/Οκτωβρίου/Νοεμβρίου/"
    "Δεκεμβρίου",
    "ru": "января/февраля/марта/апреля/мая/июня/июля/августа/сентября/октября/ноября/декабря",
    "ar": "يناير/فبراير/مارس/أبريل/مايو/يونيو/يوليو/أغسطس/سبتمبر/أكتوبر/نوفمبر/ديسمبر",
    "he": "בינואר/בפברואר/במרץ/באפריל/במאי/ביוני/ביולי/באוגוסט/בספטמבר/באוקטובר/בנובמבר/בדצמבר",
    "hi": "जनवरी/फ़रवरी/मार्च/अप्रैल/मई/जून/जुलाई/अगस्त/सितंबर/अक्टूबर/नवंबर/दिसंबर",
    "th": "มกราคม/กุมภาพันธ์/มีนาคม/เมษายน/พฤษภาคม/มิถุนายน/กรกฎาคม/สิงหาคม/กันยายน/ตุลาคม/พฤศจิกายน/ธันวาคม",
}
DATES = {
    "es": "{day} de {name} de {year}",
    "pt": "{day} de {name} de {year}",
    "de": "{day}. {name} {year}",
    "ru": "{day} {name} {year} года",
    "vi": "{day} tháng {month} năm {year}",
    "th": "{day} {name} ค.ศ. {year}",
    "ja": "{year}年{month}月{day}日",
    "ko": "{year}년 {month}월 {day}일",
    "zh": "{year}年{month}月{day}日",
}


_EVERYWHERE = frozenset({"ru", "vi"})
"""Languages in which every region writes dates in one way."""


def day(iso: str, language: str) -> str:
    """A date in words; by the CLDR for the ways of a region or where no months are given here, else as it stands."""
    primary, *others = language.lower().split("-")
    is_regional = any(len(part) == 2 for part in others) and primary not in _EVERYWHERE
    year, month, number = map(int, iso.split("-"))
    if is_regional or (primary not in MONTHS and primary not in DATES):
        return _by_cldr(date(year, month, number), iso, language)
    name = MONTHS[primary].split("/")[month - 1] if primary in MONTHS else ""
    form = DATES.get(primary, "{day} {name} {year}")
    return form.format(day=number, month=month, name=name, year=year)


def _by_cldr(when: date, iso: str, language: str) -> str:
    try:
        return str(format_date(when, "long", locale=Locale.parse(language, sep="-")))
    except (UnknownLocaleError, ValueError):
        return iso
