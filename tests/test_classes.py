"""The classes that belong to the program, and those that an author may give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

import samples
from communique import master, templates
from communique.document import annotate
from communique.master import body
from communique.master.attributes import CLASSES
from communique.writers import WRITERS, Choices

ROOT = Path(__file__).parents[1]
STYLES = sorted(path.name for path in (ROOT / "templates" / "css").iterdir())
# What docs/master.md offers, and what pandoc gives to addresses as it reads them.
FREE = {"decorative", "smallcaps", "underline", "mark", "unnumbered", "uri", "email"}


def selected(css: str) -> set[str]:
    """The classes that a style sheet selects."""
    selectors = re.findall(r"([^{};]*)\{", re.sub(r"(?s)/\*.*?\*/", "", css))
    return {name for selector in selectors for name in re.findall(r"\.([A-Za-z][\w-]*)", selector)}


def test_the_classes_of_selectors_are_read() -> None:
    css = (
        "/* .no { */ @media (min-width: 1.5em) { .a > p:is(.b, q) { margin: .5em } } @page { src: url(x.woff2); } .c{}"
    )
    assert selected(css) == {"a", "b", "c"}


@pytest.mark.parametrize("name", STYLES)
def test_every_class_of_a_style_sheet_is_the_programs_or_free(name: str) -> None:
    found = selected(templates.read_text(f"css/{name}"))
    assert found
    assert found - CLASSES - FREE == set()


def test_no_class_is_both() -> None:
    assert {name for name in CLASSES if not re.fullmatch(r"[a-z-]+", name)} == CLASSES & FREE == set()


def test_every_class_of_the_web_page_is_the_programs_or_free() -> None:
    (statement, _) = master.read(ROOT / "tests" / "masters" / "valid" / "kitchen-sink")
    (file,) = WRITERS["html"].write(annotate(statement), Choices())
    page = html.fromstring(file.content)
    found = {name for value in page.xpath("//@class") for name in str(value).split()}
    assert {"skip", "text", "footnotes", "foreign"} <= found
    assert found - CLASSES - FREE == set()


def test_free_classes_leave_the_words_where_they_are() -> None:
    text = " ".join(f"[{name} words]{{.{name}}}" for name in sorted(FREE))
    assert body.read(text, 1, "en", ROOT).faults == ()
    (file,) = WRITERS["html"].write(annotate(samples.statement(text)), Choices())
    page = html.fromstring(file.content)
    (paragraph,) = page.xpath("//p[@id='p1']")
    assert " ".join(str(paragraph.text_content()).split()) == " ".join(f"{name} words" for name in sorted(FREE))


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_the_programs_classes_are_refused_wherever_they_stand(name: str) -> None:
    places = (
        f"[x]{{.{name}}}",
        f"# x {{.{name}}}",
        f"::: {name}\nx\n:::",
        f"`x`{{.{name}}}",
        f"```{{.{name}}}\nx\n```",
        f"[x](https://a.example/){{.{name}}}",
    )
    for text in places:
        faults = [fault for fault in body.read(text, 1, "en", ROOT).faults if name in fault.found]
        assert [(fault.line, fault.found) for fault in faults] == [(1, f"the class .{name} belongs to the program")]
