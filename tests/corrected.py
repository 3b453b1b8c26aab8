"""A short statement in three languages that was corrected once: a first version, and a second with one word changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

SLUG = "harbour-of-the-north"
_FRONT = """type: joint-statement
date: 2024-02-29
language: en
issuers:
  - name: Norway
    code: "NO"
    uri: https://example.org/norway
  - name: Iceland
    code: IS
    uri: https://example.org/iceland
publisher:
  name: Press Office
  url: https://example.org/press
subjects:
  - term: Harbours
places:
  - name: Norway
    code: "NO"
rights:
  statement: Creative Commons Attribution 4.0
  uri: https://creativecommons.org/licenses/by/4.0/
  holder: Press Office
identifiers:
  - scheme: doi
    value: 10.1234/harbour
  - scheme: symbol
    value: A/TEST/2024/9
source:
  url: https://example.org/received
  file: source/received.txt
  sha256: {sha256}
  received: 2024-03-01
editorial_notes:
  - text: The sentence “We thank everybody.” is left out.
    reason: It was said from the floor.
revisions:
{revisions}"""
_FIRST = """  - version: "1"
    date: 2024-02-29
    note: First publication
"""
_SECOND = """  - version: "2"
    date: 2024-03-09
    note: One number corrected
"""
_TEXTS = {
    "en": (
        "Joint Statement on the Harbour of the North",
        """We, the Ministers of two states, keep the harbour open to every ship for {years} years.[^one]

# What we ask

- No ship is turned away.
- Every port says so *in public*.

| State   | Signed on   |
|---------|-------------|
| Norway  | 29 February |
| Iceland | 29 February |

: Signatures

[^one]: Counted from the day of signature.
""",
    ),
    "fr": (
        "Déclaration commune sur le port du Nord",
        """Nous, ministres de deux États, gardons le port ouvert à tout navire pendant {years} ans.[^un]

# Ce que nous demandons

- Aucun navire n’est renvoyé.
- Chaque port le dit *en public*.

| État    | Signé le   |
|---------|------------|
| Norvège | 29 février |
| Islande | 29 février |

: Signatures

[^un]: Comptés du jour de la signature.
""",
    ),
    "ru": (
        "Совместное заявление о северной гавани",
        """Мы, министры двух государств, держим гавань открытой для всех судов {years} лет.[^odin]

# Чего мы просим

- Ни одно судно не получает отказа.
- Каждый порт говорит об этом *открыто*.

| Государство | Подписано  |
|-------------|------------|
| Норвегия    | 29 февраля |
| Исландия    | 29 февраля |

: Подписи

[^odin]: Считая со дня подписания.
""",
    ),
}
_RECEIVED = """Joint Statement on the Harbour of the North

Norway

Iceland

We, the Ministers of two states, keep the harbour open to every ship for {years} years.

What we ask

No ship is turned away.

Every port says so in public.

Signatures

State

Signed on

Norway

29 February

Iceland

29 February

We thank everybody.

Counted from the day of signature.
"""


def write(folder: Path, version: int) -> Path:
    """Writes the master as it was in its first or in its second version; its folder."""
    place = folder / SLUG
    (place / "source").mkdir(parents=True, exist_ok=True)
    received = _RECEIVED.format(years=10 if version == 1 else 11).encode()
    (place / "source/received.txt").write_bytes(received)
    front = _FRONT.format(
        sha256=hashlib.sha256(received).hexdigest(), revisions=_FIRST + (_SECOND if version == 2 else "")
    )
    for language, (title, text) in _TEXTS.items():
        name = "statement.md" if language == "en" else f"statement.{language}.md"
        head = front if language == "en" else f"language: {language}\n"
        words = text.format(years=10 if version == 1 else 11)
        (place / name).write_text(f"---\ntitle: {title}\n{head}---\n{words}", encoding="utf-8")
    return place
