"""The contract with WeasyPrint's inside: when an upgrade breaks it, these tests say what moved."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from communique.writers.pdf import engine, seam
from communique.writers.pdf.boxes import Census
from communique.writers.pdf.tagging.roles import PDF_1_7
from pdf_pages import reading


def test_weasyprint_is_as_the_seam_knows_it() -> None:
    engine.load()
    assert seam.broken() == []


def test_a_change_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    engine.load()

    def add_tags(pdf: Any, document: Any) -> None:
        """Another signature."""

    monkeypatch.setattr(import_module("weasyprint.pdf"), "add_tags", add_tags)
    (sentence,) = seam.broken()
    assert sentence.startswith("weasyprint.pdf.add_tags takes ('pdf', 'document') arguments now, not (")


def test_the_engine_is_itself_again_afterwards() -> None:
    engine.load()
    places = [
        ("weasyprint.pdf", "Stream"),
        ("weasyprint.pdf", "add_tags"),
        ("weasyprint.layout.inline", "split_text_box"),
    ]
    before = [getattr(import_module(module), name) for module, name in places]
    text_box = import_module("weasyprint.formatting_structure.boxes").TextBox
    transform = text_box.process_text_transform
    reading("<p>again and again</p>")
    assert [getattr(import_module(module), name) for module, name in places] == before
    assert text_box.process_text_transform is transform


def test_the_engine_is_itself_again_after_a_failure() -> None:
    weasyprint = engine.load().weasyprint
    module: Any = import_module("weasyprint.pdf")
    stock = module.Stream
    document = weasyprint.HTML(string="<html lang=en><p>a").render(font_config=engine.load().fonts)
    with pytest.raises(ZeroDivisionError), seam.own_tagging(document, PDF_1_7):
        raise ZeroDivisionError
    assert module.Stream is stock


def test_the_census_knows_the_kinds_of_boxes() -> None:
    engine.load()
    kinds: Any = import_module("weasyprint.formatting_structure.boxes")
    for name in ("MarginBox", "LineBox", "TextBox", "TableRowGroupBox", "BlockLevelBox"):
        assert isinstance(getattr(kinds, name), type)
    assert Census().artifacts == {}
