"""What the book trade calls the things of a statement: the codes of EDItEUR's lists, as ONIX for Books has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from communique.rendition import Rendition
from communique.statement import Statement, Subject

Codes = dict[str, str]
EPUB = "application/epub+zip"
_FORMS = {
    "application/pdf": "E107",
    "text/html": "E105",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "E104",
}
"""List 175, the formats of digital products, by media type."""
FEATURES: Mapping[str, str] = {
    "tableOfContents": "11",
    "index": "12",
    "readingOrder": "13",
    "alternativeText": "14",
    "longDescription": "15",
    "MathML": "17",
    "pageBreakMarkers": "19",
    "printPageNumbers": "19",
    "ttsMarkup": "21",
    "highContrastDisplay": "26",
    "structuralNavigation": "29",
    "ARIA": "30",
    "displayTransformability": "36",
    "pageNavigation": "41",
    "describedMath": "53",
}
"""List 196, the accessibility of e-publications, by the features of schema.org."""
_CONFORMANCE = {
    "EPUB Accessibility 1.1": "04",
    "WCAG 2.0": "80",
    "WCAG 2.1": "81",
    "WCAG 2.2": "82",
    "Level A": "84",
    "Level AA": "85",
    "Level AAA": "86",
}
_HAZARDS = {
    "none": "00",
    "flashing": "13",
    "noFlashingHazard": "14",
    "sound": "15",
    "noSoundHazard": "16",
    "motionSimulation": "17",
    "noMotionSimulationHazard": "18",
    "unknownFlashingHazard": "24",
    "unknownSoundHazard": "25",
    "unknownMotionSimulationHazard": "26",
}
"""List 143, hazards."""
_ANOTHER_FORMAT = {"related": "06", "digital": "ED", "file_type": "01", "file_scheme": "File name"}
_IN_BYTES = {"extent": "22", "extent_unit": "17"}
_SIGHTLESS = "52"


def product(name: str, version: str) -> str:
    """One version of one edition as a product of its own."""
    return f"{name}-v{version}"


def of_statement(statement: Statement) -> Codes:
    """The product that the EPUB of an edition is."""
    return {"product": product(statement.name, statement.version)}


def replaced(statement: Statement) -> str:
    """The product that this one takes the place of, "" if there is none."""
    return product(statement.name, statement.revisions[-2].version) if statement.replaced_urn else ""


def of_subjects(subjects: Sequence[Subject]) -> Iterator[Codes]:
    """Each topic: one of a vocabulary by its scheme; all bare words together are keywords (list 27, 20 and 24)."""
    keywords = "20"
    for each in subjects:
        if each.uri or each.scheme:
            yield {"subject_scheme": each.scheme or "Address", "subject_type": "24", "heading": each.term}
        else:
            yield {"keyword": each.term, "keywords": keywords}
            keywords = ""


def of_identifier(scheme: str, value: str) -> Codes:
    """An ISBN of 13 digits names a product (list 5, 15); any other URN names the statement, as a DOI does (list 16)."""
    isbn = re.fullmatch(r"urn:isbn:(97[89]\d{10})", value.replace("-", ""), re.IGNORECASE)
    other = value if scheme == "urn" and not isbn else ""
    return {
        "trade_type": "15" if isbn else "",
        "trade_value": isbn[1] if isbn else "",
        "work_type": "01" if other else "",
        "work_scheme": "URN" if other else "",
        "work_value": other,
    }


def of_file(file: Rendition) -> Codes:
    """A file as another format of the product, or as the product itself."""
    form = _FORMS.get(file.media_type, "")
    return {
        **({"form": form, "form_name": file.name, **_ANOTHER_FORMAT} if form else {}),
        **({"epub_size": str(file.size), **_IN_BYTES} if file.media_type == EPUB else {}),
    }


def of_access(features: Sequence[str], sufficient: Sequence[str], hazards: Sequence[str], standard: str) -> Codes:
    """What the EPUB claims: comma-separated codes, each with the number of its list in a row of the same length."""
    claims = {
        "feature": [FEATURES[each] for each in features if each in FEATURES],
        "sight": [_SIGHTLESS] if "textual" in sufficient else [],
        "hazard": [_HAZARDS[each] for each in hazards if each in _HAZARDS],
        "conformance": [code for name, code in _CONFORMANCE.items() if re.search(rf"{name}(?![.\w])", standard)],
    }
    codes = {f"{name}_codes": ", ".join(dict.fromkeys(found)) for name, found in claims.items()}
    kinds = {f"{name}_kinds": ", ".join(_kind(name) for _ in dict.fromkeys(found)) for name, found in claims.items()}
    return codes | kinds


def _kind(claim: str) -> str:
    """List 79: hazards, or details of accessibility."""
    return "12" if claim == "hazard" else "09"
