"""Pictures: described or marked as decorative, in line with the text, and in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.checks.docx.package import WP, A, R, Story, V, W, own
from communique.checks.docx.text import Reading
from communique.checks.file_by_file import Remark
from communique.checks.opening import Element
from communique.checks.verdict import Severity

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_FILE = re.compile(r"(\S*[/\\])?\S+\.(png|jpe?g|gif|svg|tiff?|bmp|webp|emf|wmf|pdf|docx?)", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"(an? |the )?(image|picture|photo|photograph|graphic|figure|logo|icon|drawing|untitled|placeholder|img|dsc|alt"
    r"|alt text|description|screenshot|clip ?art|abbildung|foto|imagen|afbeelding|immagine|null|none|tbd|todo)"
    r"[\s_-]*\d*",
    re.IGNORECASE,
)


def pictures(reading: Reading) -> Iterator[Remark]:
    """What is wrong with the pictures and objects of all stories."""
    for story in reading.word.stories:
        for number, frame in enumerate(story.root.iter(f"{WP}inline", f"{WP}anchor"), 1):
            place = f"{story.part} picture {number}"
            yield from _described(frame, place)
            if frame.tag == f"{WP}anchor":
                yield Remark("picture-floating", "the picture is not in line with the text", place, Severity.WARNING)
            yield from _there(reading, story, frame, place)
        yield from _old(story)


def _described(frame: Element, place: str) -> Iterator[Remark]:
    """Words for a picture that says something, none for one that does not (WCAG 1.1.1)."""
    shown = frame.find(f"{WP}docPr")
    words = "" if shown is None else shown.get("descr", "").strip()
    mark = None if shown is None else next(shown.iter(_DECORATIVE), None)
    decorative = mark is not None and mark.get("val", "1") in {"1", "true"}
    if decorative and words:
        yield Remark("decorative-with-alt", f"the picture is marked as decorative and is described: “{words}”", place)
    elif not decorative and not words:
        yield Remark("alt-text-missing", "the picture has no alternative text and is not marked as decorative", place)
    elif words and _FILE.fullmatch(words):
        yield Remark("alt-text-file-name", f"the alternative text is the name of a file: “{words}”", place)
    elif words and (_SAYS_NOTHING.fullmatch(words) or not any(map(str.isalnum, words))):
        yield Remark("alt-text-says-nothing", f"the alternative text says nothing: “{words}”", place)


def _there(reading: Reading, story: Story, frame: Element, place: str) -> Iterator[Remark]:
    for blip in frame.iter(f"{A}blip"):
        relation = story.relations.get(blip.get(f"{R}embed", ""))
        if f"{R}link" in blip.attrib or (relation is not None and relation.external):
            yield Remark("picture-outside", "the picture is not in the file but somewhere else", place)
        elif relation is None or relation.target not in reading.word.names:
            yield Remark("picture-missing", "the picture is not in the file", place)


def _old(story: Story) -> Iterator[Remark]:
    """Drawings of old versions of Word, and what other programs have put into the text."""
    for name in ("pict", "object"):
        for found in own(story.root, name):
            shapes = [each for each in found.iter() if isinstance(each.tag, str) and each.tag.startswith(V)]
            if any(each.tag == f"{V}textpath" for each in shapes):
                yield Remark("watermark", "there is a watermark, which hides words and is not read", story.part)
                continue
            what = "an object of another program" if name == "object" else "a shape of an old version of Word"
            yield Remark("floating-object", f"there is {what}", story.part, Severity.WARNING)
            if not any(each.get("alt", "").strip() for each in shapes):
                yield Remark("alt-text-missing", f"{what} has no alternative text", story.part)
    if story.kind in {"header", "footer"} and any(True for _ in story.root.iter(f"{WP}anchor")):
        yield Remark("watermark", "there is a picture behind the text of every page", story.part)
    if any(True for _ in story.root.iter(f"{W}background")):
        yield Remark("page-background", "the page has a background", story.part, Severity.WARNING)
