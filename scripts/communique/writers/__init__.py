"""The formats: a table of writers, each a module that turns a document into bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module

from communique.document import Document
from communique.rendition import Rendition
from communique.writers.attachment import Attachment
from communique.writers.pdf.profiles import DEFAULT

PDF = "application/pdf"


@dataclass(frozen=True)
class Choices:
    """What may be chosen for the formats on paper: profiles and sheet size by name.

    `carried` are the files that a profile may ask a PDF to carry.
    """

    profiles: tuple[str, ...] = (DEFAULT,)
    size: str = "A4"
    carried: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Writer:
    """A format: the suffix of its files, their media type, and the module with `write(document) -> bytes`.

    `on_request`: it is made only when it is asked for.
    Modules are loaded when they are needed, for the PDF's alone takes a third of a second.
    """

    suffix: str
    media_type: str
    module: str
    on_request: bool = False

    is_paper = False
    """Whether the page engine makes it, which does one thing at a time."""

    def warm_up(self) -> None:
        """Loads what the format needs, so that it is there when the document is."""
        module = import_module(self.module)
        getattr(module, "warm_up", lambda: None)()

    def write(self, document: Document, choices: Choices) -> list[Rendition]:  # noqa: ARG002
        """The renditions of a document in this format."""
        return [self._rendition(document, import_module(self.module).write(document))]

    def _rendition(self, document: Document, content: bytes, distinction: str = "") -> Rendition:
        kind, _, extension = self.suffix.rpartition(".")
        parts = (document.statement.name, kind, distinction, extension)
        return Rendition(".".join(filter(None, parts)), self.media_type, content)


@dataclass(frozen=True)
class PagedWriter(Writer):
    """A format without pages that says where those of the PDF begin; the module has `write(document, pages)`.

    The module named by `pages` has `page_list(document, profile, carried)`. It is asked by the writer, when that has
    come so far, so that the pages can be laid out in the meantime, and only once where the PDF is made as well.
    """

    pages: str = ""

    def warm_up(self) -> None:
        """Loads what lays out the pages, too."""
        super().warm_up()
        import_module(self.pages).warm_up()

    def write(self, document: Document, choices: Choices) -> list[Rendition]:
        """The rendition with the pages of the PDF in the first profile, which is the one with the plain name."""
        find = import_module(self.pages).page_list
        pages = partial(find, document, choices.profiles[0], choices.carried)
        return [self._rendition(document, import_module(self.module).write(document, pages))]


@dataclass(frozen=True)
class ProfiledWriter(Writer):
    """A format in one or more profiles; the module has `write_all(document, profiles, carried)`.

    The first profile's file has the plain name, the others have the profile in theirs.
    """

    is_paper = True

    def write(self, document: Document, choices: Choices) -> list[Rendition]:
        """One rendition for each profile."""
        contents = import_module(self.module).write_all(document, choices.profiles, choices.carried)
        first, *_ = choices.profiles
        return [
            self._rendition(document, content, "" if profile == first else profile)
            for profile, content in contents.items()
        ]


@dataclass(frozen=True)
class SizedWriter(Writer):
    """A format on a sheet that can be chosen; the module has `write(document, size)`."""

    is_paper = True

    def write(self, document: Document, choices: Choices) -> list[Rendition]:
        """The rendition on the sheet chosen."""
        return [self._rendition(document, import_module(self.module).write(document, choices.size))]


WRITERS: dict[str, Writer] = {
    "html": Writer("html", "text/html", "communique.writers.html"),
    "pdf": ProfiledWriter("pdf", PDF, "communique.writers.paper"),
    "large": ProfiledWriter("large.pdf", PDF, "communique.writers.large", on_request=True),
    "print": SizedWriter("print.pdf", PDF, "communique.writers.press", on_request=True),
    "epub": PagedWriter("epub", "application/epub+zip", "communique.writers.epub", pages="communique.writers.paper"),
    "docx": Writer(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "communique.writers.docx"
    ),
}
