"""The words the program itself adds, in the language of the edition or, failing that, marked as English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, parse_pattern

from communique import templates
from communique.language import is_spaced, script

# English dates as most of the world writes them: 15 December 2023.
_LOCALES = {"en": "en_001"}
# Where state documents write a date otherwise than CLDR's long form does; letters as in its patterns.
_PATTERNS = {"ru": "d MMMM y 'года'", "vi": "d 'tháng' M 'năm' y"}


@dataclass(frozen=True)
class Labels:
    """`language` (BCP 47) is that of the texts: the edition's, or "en" where it has none."""

    language: str
    texts: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def dated(self, iso: str) -> str:
        """An ISO 8601 date written out in the language of the labels."""
        return long_date(iso, self.language)

    def sentences(self, *keys: str) -> str:
        """Several labels that are sentences, one after another."""
        return (" " if is_spaced(self.language) else "").join(self.texts[key] for key in keys)


@cache
def labels(language: str) -> Labels:
    """The labels for a language: those of its primary tag in its script ("zh-TW": "zh-Hant"), or the English ones."""
    table = yaml.load(templates.read_text("labels.yaml"), _loader())  # noqa: S506 - a safe loader, the one in C
    fitting = (key for key in table if _primary(key) == _primary(language) and script(key) == script(language))
    key = next(fitting, "")
    return Labels(language, table[key]) if key else Labels("en", table["en"])


def long_date(iso: str, language: str) -> str:
    """An ISO 8601 date written out in a language; as it stands where the language has no known form.

    In every language the calendar is the Gregorian one and the digits are 0 to 9, as in the documents of the
    United Nations; Thai names the era (ค.ศ.), for a bare year would be taken for a Buddhist one.
    """
    try:
        locale = Locale.parse(_LOCALES.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return iso
    if script(str(locale).replace("_", "-")) != script(language):
        return iso
    day = date.fromisoformat(iso)
    pattern = _PATTERNS.get(_primary(language))
    return parse_pattern(pattern).apply(day, locale) if pattern else format_date(day, "long", locale=locale)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _loader() -> type[yaml.SafeLoader]:
    """The safe loader in C where PyYAML was built with it."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
