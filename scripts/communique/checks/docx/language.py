"""Languages: one of the whole document, stated the same everywhere, and one of each run that its letters can be in."""

from __future__ import annotations

from collections.abc import Iterator

from communique.checks.docx.package import W, own, value
from communique.checks.docx.text import Paragraph, Reading, Run
from communique.checks.file_by_file import Remark
from communique.checks.opening import Element
from communique.checks.spoken import is_valid, strange_script

_SLOTS = ("val", "eastAsia", "bidi")


def whole(reading: Reading, expected: str) -> Iterator[Remark]:
    """The language of the document: valid, and the same in styles, settings, properties and the name of the file."""
    default = reading.styles.default_property("rPr", "lang")
    settings = reading.word.settings
    theme = None if settings is None else settings.find(f"{W}themeFontLang")
    said = {
        "the styles": value(default),
        "the settings": value(theme),
        "the properties": reading.word.core_property("language"),
    }
    for where, tag in said.items():
        if not tag:
            yield Remark("language-missing", f"{where} do not say in which language the document is")
        elif not is_valid(tag):
            yield Remark("language-invalid", f"{where} say “{tag}”, which is no language (BCP 47)")
    stated = {tag for tag in said.values() if tag} | ({expected} if expected else set())
    if len({tag.lower() for tag in stated}) > 1:
        yield Remark("language-differs", f"the document is said to be in {', '.join(sorted(stated))}")


def of_runs(reading: Reading) -> Iterator[Remark]:
    """The language of each run is valid, and one that its letters are written in (WCAG 3.1.2)."""
    for story in reading.word.stories:
        for mark in own(story.root, "lang"):
            for tag in _tags(mark):
                if not is_valid(tag):
                    yield Remark("language-invalid", f"some words are said to be in “{tag}”, no language", story.part)
    for paragraph in reading.paragraphs:
        for words, languages, script in _strange(paragraph):
            message = f"“{words}” is marked as {' and '.join(languages) or 'no language'}, and its letters are {script}"
            yield Remark("language-of-run", message, paragraph.place)


def _tags(mark: Element) -> list[str]:
    return [tag for slot in _SLOTS if (tag := mark.get(f"{W}{slot}", ""))]


def _strange(paragraph: Paragraph) -> Iterator[tuple[str, list[str], str]]:
    """Runs in a script that none of their languages is written in."""
    for run in paragraph.runs:
        if not run.text.isascii() and (script := strange_script(run.text, languages := _languages(run))):
            yield run.text.strip()[:40], languages, script


def _languages(run: Run) -> list[str]:
    mark = run.says("lang")
    return [] if mark is None else list(dict.fromkeys(_tags(mark)))
