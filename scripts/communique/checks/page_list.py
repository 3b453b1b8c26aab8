"""Whether a reader of the EPUB and a reader of the PDF can meet on a page: each page of the PDF is in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from communique.checks import opening
from communique.checks.file_by_file import Gap, Remark, check_by_file
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.reading import page_markers, page_starts
from communique.checks.reading.page_markers import Book, Marker
from communique.checks.reading.page_starts import Pages

NAME = "page-list"
FEATURES = ("pageBreakMarkers", "pageNavigation")
_AROUND = 30
"""How many letters before and behind a place tell it from others, where the texts are not the same."""

Said = Iterator[Remark | Gap]


def look(publication: Publication, name: str) -> Said:
    """What is wrong with the pages of one EPUB."""
    pdf = printed(publication, name)
    try:
        pages = page_starts.read(publication.path(pdf)) if pdf else None
        reason = f"there is no {name.removesuffix('.epub')}.pdf to compare with (build it too)"
    except Unreadable as error:
        pages, reason = None, f"{pdf} cannot be compared with: {error}"
    with opening.package(publication.path(name)) as archive:
        book = page_markers.read(archive, with_notes=pages is not None and not pages.notes_at_foot)
    yield from _markers(book)
    yield from _list(book)
    yield from _features(book)
    if pages is not None:
        yield from _source(book, pages, pdf)
        yield from _pages(book, pages)
    elif pdf or book.markers or book.lists or book.sources or book.features & {*FEATURES}:
        yield Gap(reason)


def printed(publication: Publication, name: str) -> str:
    """The name of the default PDF of the edition that an EPUB belongs to; "" if it is not there."""
    edition = next(output for output in publication.outputs if output.name == name)
    found = (
        output.name
        for output in publication.outputs
        if (output.language, output.format, output.profile) == (edition.language, "pdf", "")
    )
    return next(found, "")


def _markers(book: Book) -> Said:
    """Each marker has a label of its own, no words, and says what it is to everybody."""
    counted = Counter(marker.label for marker in book.markers)
    for label, count in counted.items():
        if count > 1:
            yield Remark("page-break-twice", f"{count} markers say that page {label!r} begins there, expected one")
    for marker in book.markers:
        if not marker.label:
            yield Remark("page-break-without-label", "a marker does not say which page begins", marker.place)
        if marker.words:
            yield Remark(
                "page-break-with-words",
                f"the marker of page {marker.label} holds the words “{marker.words}”, which are not in the text",
                marker.place,
            )
        if not marker.is_whole:
            missing = "a marker needs both role=doc-pagebreak and epub:type=pagebreak"
            yield Remark("page-break-not-marked", f"page {marker.label}: {missing}", marker.place)


def _list(book: Book) -> Said:
    """The page list leads to every marker, in order, by its label, and nowhere else."""
    if len(book.lists) > 1:
        yield Remark("page-list-twice", f"{len(book.lists)} page lists, expected one", book.navigation)
    if book.markers and not book.lists:
        yield Remark("page-list-missing", "pages are marked, but the navigation document has no list of them")
    if not book.lists:
        return
    markers = {(marker.file, marker.name): marker for marker in book.markers if marker.name}
    met: list[Marker] = []
    for entry in book.lists[0]:
        place = f"{book.navigation}:{entry.line}"
        marker = markers.get((entry.file, entry.name))
        if marker is None:
            target = f"{entry.file}#{entry.name}" if entry.name else entry.file
            yield Remark("page-list-target", f"page {entry.label}: {target} is no marker of a page", place)
            continue
        if entry.label != marker.label:
            found = f"the list calls page {marker.label!r} {entry.label!r}"
            yield Remark("page-list-label", f"{found}, expected the same label", place)
        met.append(marker)
    for marker in book.markers:
        if marker not in met:
            yield Remark("page-list-incomplete", f"page {marker.label} is not in the page list", book.navigation)
    if len(set(met)) < len(met) or met != sorted(met, key=book.markers.index):
        order = ", ".join(marker.label for marker in met)
        yield Remark("page-list-order", f"the page list has the order {order}", book.navigation)


def _features(book: Book) -> Said:
    """What the package claims is there, and what is there is claimed."""
    for feature, there in zip(FEATURES, (bool(book.markers), any(book.lists)), strict=True):
        if there and feature not in book.features:
            yield Remark("page-feature-not-claimed", f"accessibilityFeature does not name {feature}", book.package)
        if not there and feature in book.features:
            yield Remark("page-feature-untrue", f"accessibilityFeature names {feature}, which it has not", book.package)
    if book.sources and not book.markers and not any(book.lists):
        yield Remark("page-source-untrue", "pageBreakSource is given, but no page is marked", book.package)


def _source(book: Book, pages: Pages, pdf: str) -> Said:
    """The package names the very PDF that lies beside it."""
    if not book.markers and not book.sources:
        return
    if not pages.identifier:
        yield Gap(f"{pdf} has no xmpMM:InstanceID by which an EPUB could name it")
    elif len(book.sources) != 1:
        said = ", ".join(book.sources) or "none"
        message = f"pageBreakSource must be given once: expected {pages.identifier}, found {said}"
        yield Remark("page-source-missing" if not book.sources else "page-source-twice", message, book.package)
    elif book.sources[0] != pages.identifier:
        message = f"pageBreakSource is not {pdf}: expected {pages.identifier}, found {book.sources[0]}"
        yield Remark("page-source-wrong", message, book.package)


def _pages(book: Book, pages: Pages) -> Said:
    """Every page of the PDF is marked where its first word stands, and no other page is marked."""
    labels = [page.label for page in pages.pages]
    for marker in book.markers:
        if marker.label and marker.label not in labels:
            message = f"the marker of page {marker.label} is of no page of the PDF, which has {_few(labels)}"
            yield Remark("page-break-unknown", message, marker.place)
    order = [marker.label for marker in book.markers if marker.label in labels]
    if order != sorted(order, key=labels.index):
        yield Remark("page-break-order", f"the markers stand in the order {_few(order)}, the pages {_few(labels)}")
    first_of = {marker.label: marker for marker in reversed(book.markers)}
    for page, first in zip(pages.pages, _firsts(pages), strict=True):
        if (found := first_of.get(page.label)) is None:
            message = f"page {page.label} is not marked; it begins with {pages.text.quote(first)}"
            yield Remark("page-break-missing", message)
        else:
            yield from _placed(book, pages, found, first)


def _firsts(pages: Pages) -> list[int]:
    """The first letter of each page; of one without running text, that of the next."""
    firsts = []
    following = len(pages.text.letters)
    for page in reversed(pages.pages):
        following = page.first if page.first is not None else following
        firsts.append(following)
    return firsts[::-1]


def _placed(book: Book, pages: Pages, marker: Marker, first: int) -> Said:
    """Whether a marker stands before the first word of its page."""
    expected = _same_place(book.text.letters, pages.text.letters, first)
    if expected is not None and marker.before == book.text.word(expected):
        return
    found = f"the marker of page {marker.label} stands before {book.text.quote(marker.before)}"
    message = f"{found}, but the page begins with {pages.text.quote(first)}"
    yield Remark("page-break-misplaced", message, marker.place)


def _same_place(ours: str, theirs: str, number: int) -> int | None:
    """The number in one text of the letter that has a number in another; None if it cannot be told.

    The texts are the same unless words are wrong. Then what stands around the place must be the same, and the nearest
    place of which that is true is taken.
    """
    if ours == theirs:
        return number
    start = max(0, number - _AROUND)
    around = theirs[start : number + _AROUND]
    found = [at + number - start for at in range(len(ours)) if ours.startswith(around, at)]
    return min(found, key=lambda place: abs(place - number), default=None)


def _few(labels: Sequence[str]) -> str:
    """Labels as one reads them, the first and the last of many."""
    return ", ".join(labels) if len(labels) <= 8 else f"{', '.join(labels[:6])}, … {labels[-1]}"


CHECK = check_by_file(
    name=NAME,
    claim="Each page of the PDF is marked in the EPUB at its first word, and the list of pages leads there.",
    standards=("EPUB Accessibility 1.1, 3.4", "EPUB 3.3, 7.4.3"),
    applies=lambda publication: publication.named({"epub"}),
    begin=lambda _: look,
)
