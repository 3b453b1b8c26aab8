"""Akoma Ntoso 3.0: the whole text of an edition as a `statement`, with its metadata and the names of its paragraphs."""

from __future__ import annotations

from lxml import etree

from communique.crosswalk import trees
from communique.document import annotate
from communique.records.akoma_ntoso.elements import element, indent
from communique.records.akoma_ntoso.parts import parts
from communique.records.edition import Edition


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8. Its text is annotated anew, which takes a few milliseconds."""
    statement = edition.statement
    meta = etree.fromstring(trees.xml("akoma-ntoso", edition.facts))
    whole = element("statement", [meta, *parts(annotate(statement))], name="statement")
    whole.set("contains", "singleVersion" if len(statement.revisions) > 1 else "originalVersion")
    root = element("akomaNtoso", [whole])
    indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
