"""The text of a master, as pandoc reads it: whatever a body may not contain, with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from communique import pandoc
from communique.master import anchors, brackets, characters, media, rules, words
from communique.master.elements import Element, elements
from communique.master.faults import Fault, quoted
from communique.master.files import UnreadableError
from communique.pandoc import Complaint
from communique.statement import Block


@dataclass(frozen=True)
class Body:
    """The blocks of a text, the pictures it shows by the path that the blocks name, and what is wrong with it."""

    blocks: tuple[Block, ...]
    media: Mapping[str, bytes]
    faults: tuple[Fault, ...]


def read(text: str, first_line: int, language: str, folder: Path) -> Body:
    """A Markdown text that begins on `first_line` of its file, in the folder of a statement."""
    if deep := tuple(brackets.too_deep(text, first_line)):
        return Body((), {}, deep)
    try:
        return _judged(pandoc.read(text, language), text, first_line, folder)
    except pandoc.EndlessError:
        return Body((), {}, (_endless(text, first_line),))
    except RecursionError:
        fault = Fault(first_line, "the text is nested too deeply", "use fewer lists and quotations within each other")
        return Body((), {}, (fault,))


def _judged(reading: pandoc.Reading, text: str, first_line: int, folder: Path) -> Body:
    """What pandoc read, with everything that is wrong with it."""
    blocks = anchors.legal(reading.blocks, text)
    found = elements(blocks, text)
    pictures, picture_faults = _pictures(found, folder)
    placed = [*rules.check(found, text), *picture_faults]
    faults = [Fault(_line(text, offset, first_line), *rest) for offset, *rest in placed]
    faults += characters.isolates(text, first_line)
    complaints = list(_complaints(reading.complaints, first_line))
    said = {line for fault in complaints for line in _paragraphs(text, fault.line - first_line)}
    # An unused footnote is lost too, but pandoc has said so already.
    lost = words.lost(text, reading.blocks, first_line)
    faults += [*complaints, *(fault for fault in lost if fault.line - first_line not in said)]
    return Body(blocks, pictures, tuple(faults))


def _endless(text: str, first_line: int) -> Fault:
    """A text too entangled for pandoc, on the line of the paragraph with the most signs of Markdown."""
    paragraphs = re.finditer(r"(?:.+\n?)+", text)
    worst = max(paragraphs, key=lambda paragraph: len(re.findall(r"[\[\](`<*_^~|]", paragraph[0])))
    remedy = "look for a long row of brackets or of other signs of Markdown; write each as \\[, \\` and so on"
    return Fault(_line(text, worst.start(), first_line), "the text takes pandoc too long to read", remedy)


def _line(text: str, offset: int, first_line: int) -> int:
    return first_line + text.count("\n", 0, offset)


def _paragraphs(text: str, line: int) -> Iterator[int]:
    """The lines from 0 of a definition that begins on a line, with the indented paragraphs that go on below it."""
    lines = text.split("\n")
    end = line + 1
    while end < len(lines) and (lines[end].startswith(" ") or not lines[end].strip() or lines[end - 1].strip()):
        end += 1
    return iter(range(line, end))


def _pictures(found: tuple[Element, ...], folder: Path) -> tuple[dict[str, bytes], list[rules.Placed]]:
    """The bytes of all pictures that can be read, and what is wrong with the others."""
    pictures: dict[str, bytes] = {}
    faults: list[rules.Placed] = []
    for image in found:
        if image.kind == "Image" and (path := image.content[2][0]) not in pictures:
            try:
                pictures[path] = media.load(folder, path)
            except UnreadableError as error:
                faults.append((image.offset, f"the image {quoted(unquote(path))} {error.found}", error.remedy))
    return pictures, faults


def _complaints(complaints: tuple[Complaint, ...], first_line: int) -> Iterator[Fault]:
    """What pandoc warned of, in the words of this program."""
    for complaint in complaints:
        if complaint.message.startswith("Duplicate identifier"):
            continue  # found by the rules, with a better line
        name = re.search(r"'(.*?)'", complaint.message)
        label = name[1] if name else ""
        place = re.search(r"at line (\d+)", complaint.message)
        line = (int(place[1]) if place else max(complaint.line, 1)) + first_line - 1
        yield Fault(line, *_in_plain_words(complaint.message, label))


def _in_plain_words(message: str, label: str) -> tuple[str, str]:
    """What was found and what to do, for one of pandoc's warnings."""
    if "defined at" in message and "not used" in message:
        return f"the footnote [^{label}] is never used: its words would be lost", f"put [^{label}] where it belongs"
    if message.startswith("Duplicate note reference"):
        return f"the footnote [^{label}] is defined twice: one would be lost", "give one of them another name"
    if message.startswith("Duplicate link reference"):
        return f"the link {label} is defined twice: one would be lost", "give one of them another name"
    if "unclosed" in message:
        return "a block that begins with ::: is never closed", "put a line ::: at its end"
    return f"pandoc warns: {message}", "write this place in a simpler way"
