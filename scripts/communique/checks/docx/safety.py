"""Nothing that shuts readers out, nothing left over from the making, nothing that runs or comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.checks.docx.package import CONTENT, W, on, own
from communique.checks.docx.text import Reading
from communique.checks.file_by_file import Remark

_CHANGES = (
    *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange"),
    *("sectPrChange", "cellIns", "cellDel", "numberingChange"),
)
_ACTIVE = re.compile(
    r"\s*\\?\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|LINK|IMPORT|DATABASE|RD)\b", re.IGNORECASE
)
_RUNNING = re.compile(r"vbaProject|vbaData|activeX|/embeddings/|customUI|oleObject", re.IGNORECASE)
_NOTES = (("footnote", "footnotes"), ("endnote", "endnotes"))


def access(reading: Reading) -> Iterator[Remark]:
    """Everyone may read and copy: no protection (Word: “Document access is not restricted”)."""
    settings = reading.word.settings
    if settings is None:
        yield Remark("settings-missing", "the document has no settings")
        return
    protection = settings.find(f"{W}documentProtection")
    if protection is not None and protection.get(f"{W}enforcement", "0") in {"1", "true", "on"}:
        yield Remark("protected", "the document is protected against changes and copying", "word/settings.xml")
    if settings.find(f"{W}writeProtection") is not None:
        yield Remark("protected", "the document is protected against writing", "word/settings.xml")
    if on(settings.find(f"{W}trackRevisions")):
        yield Remark("changes-tracked", "Word is told to track changes", "word/settings.xml")


def leftovers(reading: Reading) -> Iterator[Remark]:
    """No tracked changes and no comments; every note has its reference and every reference its note."""
    for story in reading.word.stories:
        for name in _CHANGES:
            for found in own(story.root, name):
                words = " ".join("".join(map(str, found.itertext())).split())[:50]
                yield Remark("change-left", f"a tracked change is left ({name}): “{words}”", story.part)
        for _ in own(story.root, "commentReference"):
            yield Remark("comment-left", "a comment is left in the text", story.part)
    comments = reading.word.beside("comments")
    for _ in own(comments, "comment") if comments is not None else ():
        yield Remark("comment-left", "a comment is left in the file")
    for name, kind in _NOTES:
        yield from _notes(reading, name, kind)


def _notes(reading: Reading, name: str, kind: str) -> Iterator[Remark]:
    stories = [story for story in reading.word.stories if story.kind == kind]
    numbers = [
        note.get(f"{W}id") for story in stories for note in own(story.root, name) if note.get(f"{W}type") is None
    ]
    called = [mark.get(f"{W}id") for mark in own(reading.word.stories[0].root, f"{name}Reference")]
    for number in sorted({str(each) for each in called} - {str(each) for each in numbers}):
        yield Remark("note-missing", f"the text refers to {name} {number}, which is not there")
    for number in sorted({str(each) for each in numbers} - {str(each) for each in called}):
        yield Remark("note-without-reference", f"no mark in the text leads to {name} {number}")


def foreign(reading: Reading) -> Iterator[Remark]:
    """No macros, no embedded programs, nothing that is fetched from outside, no field that runs."""
    for name in sorted(reading.word.names):
        if _RUNNING.search(name):
            yield Remark("active-content", f"the file holds {name}, which can run or hides a program", name)
    types = reading.word.package.xml("[Content_Types].xml")
    if any("macroEnabled" in each.get("ContentType", "") for each in types.iter(f"{CONTENT}Override")):
        yield Remark("active-content", "the file says that it has macros", "[Content_Types].xml")
    for relation in reading.word.every_relation:
        if relation.external and relation.kind != "hyperlink":
            message = f"{relation.source or 'the file'} fetches {relation.target} from outside ({relation.kind})"
            yield Remark("external-content", message, relation.source)
    for story in reading.word.stories:
        texts = [each.text or "" for each in own(story.root, "instrText")]
        texts += [each.get(f"{W}instr", "") for each in own(story.root, "fldSimple")]
        for text in filter(_ACTIVE.match, texts):
            yield Remark("active-field", f"a field fetches or runs something: {text.strip()[:60]}", story.part)
