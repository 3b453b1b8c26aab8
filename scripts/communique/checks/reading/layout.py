"""What lies on the pages of a PDF, as an outside program sees it (Poppler's pdftotext)."""

from __future__ import annotations

import subprocess

from communique.checks.reading.pdf import is_marker
from communique.checks.reading.text import UNSEEN, Words, words

SECONDS = 120


class LayoutMissing(Exception):
    """pdftotext is missing, broke off or said something unreadable; the message is one line."""


def pages(content: bytes, program: str = "pdftotext") -> list[str]:
    """The text of each page in the order in which it is drawn."""
    said = _said(content, program, "-raw", "-enc", "UTF-8")
    found = said.split("\f")
    return found[:-1] if found and not found[-1].strip() else found


def _said(content: bytes, program: str, *options: str) -> str:
    try:
        done = subprocess.run(
            [program, *options, "-", "-"], input=content, capture_output=True, timeout=SECONDS, check=True
        )
        return done.stdout.decode("utf-8")
    except FileNotFoundError as error:
        raise LayoutMissing(f"{program} is not installed (install poppler-utils)") from error
    except subprocess.CalledProcessError as error:
        told = " ".join(error.stderr.decode("utf-8", "replace").split())[:200]
        raise LayoutMissing(f"{program} failed with exit code {error.returncode}: {told}") from error
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        raise LayoutMissing(f"{program} gave no text: {type(error).__name__} (check its installation)") from error


# The part of an A4 page between the margins that templates/css/pdf.css leaves, in points: left, top, width, height.
_BETWEEN_MARGINS = ("0", "73", "595", "678")


def as_copied(content: bytes, *order: str) -> Words:
    """The words between the margins of the pages, without markers of lists.

    In their order on the page, or with `-raw` as they were drawn. No-break spaces end words here, since Poppler
    takes some of them for spaces.
    """
    area = [part for pair in zip(("-x", "-y", "-W", "-H"), _BETWEEN_MARGINS, strict=True) for part in pair]
    said = _said(content, "pdftotext", *order, "-nopgbrk", *area)
    return without_markers(tuple(word for part in words(said.translate(UNSEEN)) for word in part.split()))


def without_markers(these: Words) -> Words:
    """The words without those that look like the marker of a list item."""
    return tuple(word for word in these if not is_marker(word))
