"""Each accessibility feature that a book may claim (Schema.org Accessibility Properties vocabulary), and its proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.checks.epub_metadata.content import Book


@dataclass(frozen=True)
class Feature:
    """`proof` says why a book does not have a feature, "" if it has it.

    `is_expected` if a book that has the feature should say so.
    """

    proof: Callable[[Book], str]
    is_expected: bool = False


def _alternative_text(book: Book) -> str:
    if not book.shown:
        return "there is no picture but the cover, or all are decoration"
    undescribed = [each for each in book.undescribed if not each.is_cover]
    return f"{undescribed[0].source} on {undescribed[0].page} has none" if undescribed else ""


def _structural_navigation(book: Book) -> str:
    """Headings that go down one level at a time (WCAG 2.2, 1.3.1 and 2.4.6)."""
    if not book.levels:
        return "there are no headings"
    for before, after in zip([0, *book.levels], book.levels, strict=False):
        if after > before + 1:
            return f"a heading of level {after} follows {f'one of level {before}' if before else 'none'}"
    return ""


def _reading_order(book: Book) -> str:
    if not book.pages:
        return "the spine has no page"
    is_fixed = "the layout of the pages is fixed" if book.is_fixed else ""
    return is_fixed or next((f'tabindex="{order}" sets another order' for order in _tab_orders(book)), "")


def _tab_orders(book: Book) -> list[str]:
    orders = [str(each.get("tabindex", "")).strip() for page in book.pages.values() for each in page.iter("*")]
    return [order for order in orders if order.isdigit() and int(order) > 0]


def _display(book: Book) -> str:
    return "the layout of the pages is fixed" if book.is_fixed else ""


def _page_breaks(book: Book) -> str:
    return "" if book.has_role("pagebreak") else "no page break is marked"


def _element(*names: str) -> Callable[[Book], str]:
    def proof(book: Book) -> str:
        return "" if next(book.elements(*names), None) is not None else f"there is no <{names[0]}>"

    return proof


def _list(kind: str, words: str) -> Callable[[Book], str]:
    return lambda book: "" if book.has_list(kind) else f"the navigation has no {words} with entries"


def _attribute(*names: str) -> Callable[[Book], str]:
    def proof(book: Book) -> str:
        found = any(each.get(name) for page in book.pages.values() for each in page.iter("*") for name in names)
        return "" if found else f"nothing has {names[0]}"

    return proof


def _aria(book: Book) -> str:
    elements = (each for page in book.pages.values() for each in page.iter("*"))
    found = any(each.get("role") or any(str(key).startswith("aria-") for key in each.attrib) for each in elements)
    return "" if found else "nothing has a role"


def _synchronized(book: Book) -> str:
    return "" if "application/smil+xml" in book.types.values() else "there is no media overlay"


def _unlocked(book: Book) -> str:
    return "something in the book is encrypted" if book.is_locked else ""


def _video(what: str) -> Callable[[Book], str]:
    return lambda book: "" if book.has_sound else f"there is neither sound nor video that could have {what}"


def _never(reason: str) -> Callable[[Book], str]:
    return lambda book: reason  # noqa: ARG005


FEATURES: dict[str, Feature] = {
    "alternativeText": Feature(_alternative_text, is_expected=True),
    "tableOfContents": Feature(_list("toc", "table of contents"), is_expected=True),
    "structuralNavigation": Feature(_structural_navigation, is_expected=True),
    "readingOrder": Feature(_reading_order, is_expected=True),
    "displayTransformability": Feature(_display, is_expected=True),
    "pageBreakMarkers": Feature(_page_breaks, is_expected=True),
    "printPageNumbers": Feature(_page_breaks),
    "pageNavigation": Feature(_list("page-list", "list of pages"), is_expected=True),
    "index": Feature(lambda book: "" if book.has_role("index") else "there is no index", is_expected=True),
    "MathML": Feature(_element("math"), is_expected=True),
    "describedMath": Feature(_attribute("alttext")),
    "ARIA": Feature(_aria),
    "longDescription": Feature(_attribute("aria-details", "longdesc", "aria-describedby")),
    "longDescriptions": Feature(_attribute("aria-details", "longdesc", "aria-describedby")),
    "rubyAnnotations": Feature(_element("ruby"), is_expected=True),
    "fullRubyAnnotations": Feature(_element("ruby")),
    "ttsMarkup": Feature(_attribute("{http://www.w3.org/2001/10/synthesis}ph"), is_expected=True),
    "synchronizedAudioText": Feature(_synchronized, is_expected=True),
    "unlocked": Feature(_unlocked),
    "closedCaptions": Feature(_element("track")),
    "captions": Feature(_element("track")),
    "openCaptions": Feature(_video("captions")),
    "audioDescription": Feature(_video("a description")),
    "signLanguage": Feature(_video("sign language")),
    "transcript": Feature(_video("a transcript")),
    "highContrastAudio": Feature(_video("contrast")),
    "timingControl": Feature(lambda book: "" if book.movement else "nothing in the book has a time limit"),
    "annotations": Feature(lambda book: "" if book.has_role("annotation") else "there are no annotations"),
    "bookmarks": Feature(_list("toc", "table of contents")),
    "taggedPDF": Feature(_never("an EPUB is no PDF")),
    "braille": Feature(_never("there is no braille in it")),
    "tactileGraphic": Feature(_never("nothing in it can be touched")),
    "tactileObject": Feature(_never("nothing in it can be touched")),
    "ChemML": Feature(_element("cml", "molecule", "reaction")),
    "latex": Feature(_never("there is no LaTeX in it")),
    "latex-chemistry": Feature(_never("there is no LaTeX in it")),
    "MathML-chemistry": Feature(_element("math")),
}
"""The features that can be proved or refuted."""

HUMAN = frozenset(
    {
        *("highContrastDisplay", "largePrint", "horizontalWriting", "verticalWriting"),
        *("withAdditionalWordSegmentation", "withoutAdditionalWordSegmentation"),
    }
)
"""The features that exist and that only a human can confirm."""

NOTHING = frozenset({"none", "unknown"})
"""What stands alone where no feature is claimed."""
