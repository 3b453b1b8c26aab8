"""The only module that knows pandoc: Markdown to its AST, and its AST to the formats it writes."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypandoc

from communique.errors import ToolFailed, ToolMissing
from communique.statement import Block

AST_VERSION = (1, 23, 1, 1)
"""The version of the AST (pandoc-types) that the pinned pandoc speaks; every JSON document must name it."""

# A statement's words are taken as they stand: nothing that rewrites punctuation, reads dollars as formulas,
# at-signs as citations, or swallows lines as metadata. Raw HTML is read so that it can be refused by name.
READER = (
    "markdown-smart-tex_math_dollars-raw_tex-latex_macros-citations-yaml_metadata_block"
    "-pandoc_title_block-native_divs-native_spans-markdown_in_html_blocks-example_lists"
)
# Markdown can be so written that pandoc would never end. Sound text takes it two seconds for a megabyte.
_SECONDS, _BYTES_A_SECOND = 10, 50_000
_NOT_FOUND = "pandoc: not found (run scripts/bootstrap, or pip install pypandoc_binary)"
# Wide scripts that put no space between words: a line break in the master is not a word break there.
_SPACELESS = ("ja", "zh", "th", "lo", "km", "my")


@dataclass(frozen=True)
class Complaint:
    """What pandoc complained of while reading; `line` counts from 1 in the text it was given, 0 if unknown."""

    message: str
    line: int


@dataclass(frozen=True)
class Reading:
    """The blocks of a text, and the complaints."""

    blocks: tuple[Block, ...]
    complaints: tuple[Complaint, ...]


class EndlessError(Exception):
    """pandoc did not come to an end with a text in the time it has."""


@cache
def version() -> str:
    """pandoc's version, such as "3.9"."""
    try:
        return str(pypandoc.get_pandoc_version())
    except OSError as error:
        raise ToolMissing(_NOT_FOUND) from error


def executable() -> str:
    """Where pandoc's own program is, for a check that asks it and not this module."""
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise ToolMissing(_NOT_FOUND) from error


def read(markdown: str, language: str) -> Reading:
    """The AST of a Markdown text in a language (BCP 47), with what pandoc warned of; EndlessError if it is stuck."""
    wide = "+east_asian_line_breaks" if language.split("-", maxsplit=1)[0].lower() in _SPACELESS else ""
    with tempfile.TemporaryDirectory(prefix="communique-") as folder:
        log = Path(folder, "log.json")
        answer = _read(markdown.encode(), [f"--from={READER}{wide}", f"--log={log}", "--quiet"])
        entries = json.loads(log.read_text(encoding="utf-8") or "[]") if log.exists() else []
    return Reading(tuple(json.loads(answer)["blocks"]), tuple(map(_complaint, entries)))


def _read(markdown: bytes, arguments: Sequence[str]) -> bytes:
    """pandoc's JSON for a text. Started here and not by pypandoc, which would wait for ever."""
    seconds = _SECONDS + len(markdown) / _BYTES_A_SECOND
    try:
        command = [pypandoc.get_pandoc_path(), "--to=json", "--sandbox", *arguments]
        done = subprocess.run(command, input=markdown, capture_output=True, timeout=seconds, check=True)
    except subprocess.TimeoutExpired as error:
        raise EndlessError from error
    except subprocess.CalledProcessError as error:
        reason = " ".join(error.stderr.decode("utf-8", "replace").split())
        raise ToolFailed(f"pandoc: reading the text failed: {reason}") from error
    except OSError as error:
        raise ToolMissing(_NOT_FOUND) from error
    return done.stdout


def write(blocks: Sequence[Block], to: str, arguments: Sequence[str] = ()) -> str:
    """The blocks written in a text format of pandoc's."""
    return str(_run(_ast(blocks), "json", to, arguments))


def write_docx(blocks: Sequence[Block], arguments: Sequence[str] = ()) -> bytes:
    """The blocks written as an Office Open XML document."""
    answer = _run(_ast(blocks), "json", "docx", arguments, output="-")
    assert isinstance(answer, bytes)
    return answer


def _ast(blocks: Sequence[Block]) -> str:
    return json.dumps({"pandoc-api-version": AST_VERSION, "meta": {}, "blocks": list(blocks)})


def _run(text: str, source: str, to: str, arguments: Sequence[str] = (), output: str | None = None) -> str | bytes:
    """pandoc in its sandbox: it opens no file that the arguments do not name, and no connection."""
    try:
        answer: str | bytes = pypandoc.convert_text(
            text, to, source, extra_args=list(arguments), outputfile=output, verify_format=False, sandbox=True
        )
    except OSError as error:
        raise ToolMissing(_NOT_FOUND) from error
    except RuntimeError as error:
        raise ToolFailed(f"pandoc: writing {to} failed: {' '.join(str(error).split())}") from error
    return answer


def _complaint(entry: dict[str, Any]) -> Complaint:
    """One entry of pandoc's JSON log as a complaint."""
    return Complaint(str(entry.get("pretty") or entry["type"]), int(entry.get("line") or 0))
