"""From HTML and CSS to a laid-out document, with nothing from the network and no file but the fonts."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from importlib import import_module
from importlib.resources import files
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from communique.errors import ToolFailed
from communique.writers.pdf import complaints, footing, seam, sheet
from communique.writers.pdf.engine import Engine
from communique.writers.pdf.source import Source

BASE = "https://statement.invalid/"
"""Where the page pretends to be: the same everywhere, for image names in the PDF are made from addresses."""

HEAD_END = "</head>"

COLOURS = "sRGB2014"
"""The colour space that all colours are in: the ICC's sRGB, which the engine brings along."""

HYPHEN = re.compile(r"-\s?(?=\S)")
VERBATIM = frozenset({"pre", "code", "style", "script", "title"})


def lay_out(engine: Engine, source: Source, variant: str, colours: str = COLOURS) -> Any:
    """The engine's document. `colours` is the output intent: sRGB, or a colour profile that the style sheet names."""
    with complaints.heard(), seam.whole_words(), seam.traced_words(), seam.kept_notes():
        page, shelf = _styled(source.page, source.css), _Shelf(source.resources)
        engine.learn(page)
        html = engine.weasyprint.HTML(string=page, base_url=BASE, url_fetcher=shelf)
        _keep_hyphens(html.etree_element)
        document = html.render(
            font_config=engine.fonts,
            presentational_hints=True,
            pdf_variant=variant,
            output_intent=colours,
            color_profiles=colour_profiles(engine) if colours == COLOURS else {},
        )
    if not document.metadata.lang:
        raise ToolFailed("PDF: the page states no language (mend the template: <html lang>)")
    _check_links(document)
    footing.check(document, html.etree_element)
    sheet.check(document)
    return document


def colour_profiles(engine: Engine) -> dict[str, Any]:
    """By its name, the output intent (ISO 19005-2, 6.2.3); made here because the engine leaves its file open."""
    profile = files("weasyprint.pdf") / f"{COLOURS}.icc"
    components = (["r"], ["g"], ["b"])
    make = engine.weasyprint.css.ColorProfile
    return {COLOURS: make(BytesIO(profile.read_bytes()), COLOURS, "relative-colorimetric", components)}


def _styled(page: str, css: str) -> str:
    """The page with its style sheet inside, where it outranks presentational hints such as <ol type>."""
    if HEAD_END not in page or "</style" in css.lower():
        raise ToolFailed("PDF: the page has no </head>, or the style sheet holds </style (mend the template)")
    return page.replace(HEAD_END, f"<style>{css}</style>{HEAD_END}", 1)


def _keep_hyphens(element: Any) -> None:
    """Break no line after a hyphen: common readers take it for one that the line break put there, and drop it.

    The word joiner that prevents it is never drawn, so never read.
    """
    if element.tag not in VERBATIM:
        element.text = _joined(element.text)
        for child in element:
            _keep_hyphens(child)
    element.tail = _joined(element.tail)


def _joined(text: str | None) -> str | None:
    return HYPHEN.sub(lambda found: f"{found[0]}\u2060", text) if text else text


def _check_links(document: Any) -> None:
    """Refuse links to places beside the page: in a PDF they lead nowhere."""
    for page in document.pages:
        for kind, target, *_ in page.links:
            if kind != "internal" and target.startswith(BASE):
                path = target.removeprefix(BASE)
                raise ToolFailed(f"PDF: the link to {path!r} leads nowhere (write a full address, https://…)")


class _Shelf:
    """Serves the given resources under the base address, and refuses everything else."""

    _fail_on_errors = False

    def __init__(self, resources: Mapping[str, bytes]) -> None:
        self._resources = {unquote(path): content for path, content in resources.items()}

    def __call__(self, url: str) -> Any:
        path = unquote(url.removeprefix(BASE))
        if not url.startswith(BASE) or path not in self._resources:
            raise ToolFailed(f"{path} is not among the resources of the statement")
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        response = import_module("weasyprint.urls").URLFetcherResponse
        return response(url, self._resources[path], {"Content-Type": kind})
