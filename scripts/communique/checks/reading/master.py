"""Reads a master by itself: pandoc's own program, the front matter as plain text, no code of the builder."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique import pandoc
from communique.checks import front_matter
from communique.checks.reading import master_text
from communique.checks.reading.dates import day
from communique.checks.reading.edition import Edition, Fact, Part, Scribe, Where
from communique.checks.reading.labels import Labels, labels
from communique.checks.reading.text import address, plain
from communique.checks.verdict import NoVerdict

# The dialect in which masters are written (docs/master.md): words as they stand, no formulas, no citations.
DIALECT = (
    "markdown-smart-tex_math_dollars-raw_tex-latex_macros-citations-yaml_metadata_block"
    "-pandoc_title_block-native_divs-native_spans-markdown_in_html_blocks-example_lists"
)
# Between letters of these languages a line break is no space.
BREAKS_SAY_NOTHING = frozenset({"ja", "zh"})
SECONDS = 60
Keys = dict[str, Any]


def editions(folder: Path) -> list[str]:
    """The languages of a master's editions, the authoritative one first."""
    return list(front_matter.editions(folder))


def stem(folder: Path, language: str) -> str:
    """The stem of the files of an edition."""
    return folder.name if language == editions(folder)[0] else f"{folder.name}.{language}"


def metadata(folder: Path, language: str) -> Keys:
    """The keys of an edition, with what a translation takes over, every value as the text that stands there."""
    return dict(front_matter.keys(folder, language))


def read(folder: Path, language: str) -> Edition:
    """What an edition must say in every format. NoVerdict if the master cannot be read."""
    keys = metadata(folder, language)
    scribe = Scribe()
    _masthead(scribe, keys)
    notes = master_text.take(scribe, tree(front_matter.body(folder, language), language), keys)
    _colophon(scribe, keys)
    return Edition(tuple(scribe.blocks), notes, dict(scribe.anchors), facts=tuple(_facts(keys)))


def tree(markdown: str, language: str) -> Any:
    """pandoc's tree of a text."""
    breaks = "+east_asian_line_breaks" if language.partition("-")[0].lower() in BREAKS_SAY_NOTHING else ""
    return _parsed(markdown, f"{DIALECT}{breaks}")


def _parsed(text: str, dialect: str) -> Any:
    command = [pandoc.executable(), "--from", dialect, "--to", "json", "--sandbox"]
    try:
        said = subprocess.run(command, input=text.encode(), capture_output=True, timeout=SECONDS, check=True)
        return json.loads(said.stdout)["blocks"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
        raise NoVerdict(
            f"pandoc could not read the master: {type(error).__name__} (install communique again)"
        ) from error


def _masthead(scribe: Scribe, keys: Keys) -> None:
    own = labels(keys["language"])
    with scribe.block(Where(Part.KICKER, in_text=False)):
        _label(scribe, own, keys, own.words[keys["type"]])
    with scribe.block(Where(Part.TITLE, level=1, in_text=False)):
        scribe.say(keys["title"])
    for issuer in keys["issuers"]:
        with scribe.block(Where(Part.ISSUER, in_text=False)):
            scribe.say(issuer["name"])
    with scribe.block(Where(Part.DATE, in_text=False)):
        scribe.say(day(keys["date"], keys["language"]))


def _label(scribe: Scribe, own: Labels, keys: Keys, text: str) -> None:
    """A text of the program's, marked as English where the edition's own is not known."""
    if own.language == keys["language"]:
        scribe.say(text)
    else:
        with scribe.span("language", own.language):
            scribe.say(text)


def _colophon(scribe: Scribe, keys: Keys) -> None:
    own = labels(keys["language"])
    with scribe.block(Where(Part.HEADING, level=2, in_text=False)):
        _label(scribe, own, keys, own.words["about"])
    for label, paragraphs in _entries(keys, own):
        with scribe.block(Where(Part.TERM, in_text=False)):
            _label(scribe, own, keys, own.words[label])
        for before, text, target in paragraphs:
            with scribe.block(Where(in_text=False)):
                if before:
                    _label(scribe, own, keys, before.rstrip(" "))
                    scribe.say(" " * before.endswith(" "))
                if target:
                    with scribe.span("link", address(target)):
                        scribe.say(text)
                else:
                    scribe.say(text)


Paragraph = tuple[str, str, str]
"""A text of the program's before it, the words, the address that they lead to."""


def _entries(keys: Keys, own: Labels) -> Iterator[tuple[str, list[Paragraph]]]:
    """The entries of the last part, "About this text", in their order."""
    notes = [note[key] for note in keys.get("editorial_notes", []) for key in ("text", "reason") if note.get(key)]
    if notes:
        yield "editorial_note", [("", text, "") for text in notes]
    yield "publisher", [("", keys["publisher"]["name"], keys["publisher"].get("url", ""))]
    source = keys.get("source", {})
    if "url" in source:
        received = source.get("received", "")
        told = own.words["received"].format(date=day(received, own.language)) if received else ""
        yield "source", [("", source["url"], source["url"]), *([(told, "", "")] if told else [])]
    rights = keys["rights"]
    holder = [("", rights["holder"], "")] if rights.get("holder") else []
    yield "rights", [("", rights["statement"], rights.get("uri", "")), *holder]
    shown = [each["value"] for each in keys.get("identifiers", []) if each["scheme"] in ("doi", "urn", "symbol")]
    if shown:
        yield "identifier", [("", value, "") for value in shown]
    if keys.get("revisions"):
        yield "versions", [_revision(each, own) for each in keys["revisions"]]


def _revision(each: Keys, own: Labels) -> Paragraph:
    told = {"version": each["version"], "date": day(each["date"], own.language)}
    before, after = own.words["version"].format(**told, note="\0").split("\0")
    return before, each["note"] + after, ""


def colophon(keys: Keys) -> list[str]:
    """The texts of the last part, paragraph by paragraph."""
    scribe = Scribe()
    _colophon(scribe, keys)
    return [" ".join(block.words) for block in scribe.blocks]


def _facts(keys: Keys) -> Iterator[Fact]:
    yield Fact("title", "", plain(keys["title"]))
    yield Fact("date", "", keys["date"])
    yield Fact("issuers", "", "; ".join(plain(issuer["name"]) for issuer in keys["issuers"]))
    yield Fact("language", "", keys["language"])
