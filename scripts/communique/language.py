"""What a language tag (BCP 47) says of the script's direction."""

from __future__ import annotations

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
_RTL_SCRIPTS = {"arab", "hebr", "syrc", "thaa", "nkoo"}


def direction(language: str) -> str:
    """ "rtl" or "ltr", by the script subtag where there is one, else by the language."""
    subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()), "")
    is_rtl = script in _RTL_SCRIPTS if script else subtags[0] in _RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"
