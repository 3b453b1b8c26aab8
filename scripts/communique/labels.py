"""The words the program itself adds, in the language of the edition or, failing that, marked as English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from communique import templates

# English dates as most of the world writes them: 15 December 2023.
_LOCALES = {"en": "en_001"}


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


@cache
def labels(language: str) -> Labels:
    """The labels for a language."""
    table = yaml.load(templates.read_text("labels.yaml"), _loader())  # noqa: S506 - a safe loader, the one in C
    primary = language.split("-", maxsplit=1)[0].lower()
    return Labels(language, table[primary]) if primary in table else Labels("en", table["en"])


def long_date(iso: str, language: str) -> str:
    """An ISO 8601 date written out in a language; as it stands where the language has no known form."""
    try:
        locale = Locale.parse(_LOCALES.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return iso
    return format_date(date.fromisoformat(iso), "long", locale=locale)


def _loader() -> type[yaml.SafeLoader]:
    """The safe loader in C where PyYAML was built with it."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
