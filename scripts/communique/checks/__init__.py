"""The judges of what lies in the output folder: a table of checks. They share no code with the writers they judge."""

from __future__ import annotations

from communique.checks import (
    browser,
    docx_rules,
    epub_metadata,
    fixity,
    language,
    links,
    metadata,
    page_list,
    pdf_rules,
    pictures,
    press,
    schemas,
    source,
    words,
)
from communique.checks.check import Check
from communique.checks.judges import ace, axe, epubcheck, libreoffice, nu, ooxml, qpdf, verapdf

_ALL: tuple[Check, ...] = (
    words.CHECK,
    browser.CHECK,
    ace.CHECK,
    axe.CHECK,
    epubcheck.CHECK,
    verapdf.CHECK,
    libreoffice.CHECK,
    nu.CHECK,
    ooxml.CHECK,
    *press.CHECKS,
    pictures.CHECK,
    pdf_rules.CHECK,
    page_list.CHECK,
    language.CHECK,
    links.CHECK,
    metadata.CHECK,
    docx_rules.CHECK,
    epub_metadata.CHECK,
    schemas.CHECK,
    qpdf.CHECK,
    source.CHECK,
    fixity.CHECK,
)

CHECKS = {check.name: check for check in _ALL}
"""Every check by its name, the slowest first, since only as many run at a time as there are cores."""
