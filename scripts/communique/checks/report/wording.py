"""Words and numbers as the reports print them; whatever a judge said is made safe to print."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 2000
"""Characters of a message that are kept."""
# What would move the cursor, colour a terminal, end a line, turn the direction of reading or make an XML file unsound.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000e0000-\U000e0fff\U0010fffe\U0010ffff]"
)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def clean(text: str) -> str:
    """A text on one line, with every character that could do harm spelled out, such as \\u001b; long ones are cut."""
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        line = f"{line[:_LONGEST]} … ({len(line) - _LONGEST} more characters)"
    return _UNSAFE.sub(lambda match: spelled(match[0]), line)


def spelled(character: str) -> str:
    """A character as its number, as JSON and Python write it."""
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def count(number: int, one: str, many: str = "") -> str:
    """A number and what it counts: "1 file", "2 files"."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def spelled_count(number: int, one: str, many: str = "") -> str:
    """The same at the start of a sentence, small numbers in words: "Two files"."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word[:1].upper()}{word[1:]} {one if number == 1 else many or f'{one}s'}"


def size(octets: int) -> str:
    """A size in kilobytes of 1000 bytes, rounded up, for a reader: "14 kB"."""
    return f"{-(-octets // 1000)} kB"


def right_to_left(text: str) -> bool:
    """Whether the first letter of a text belongs to a script that is read from right to left."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"
