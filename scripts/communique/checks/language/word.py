"""The languages of a Word file: of its styles, its settings and each of its runs (ISO/IEC 29500-1, 17.3.2.20)."""

from __future__ import annotations

from collections.abc import Iterator

from communique.checks.file_by_file import Remark
from communique.checks.language import tags
from communique.checks.language.runs import Run
from communique.checks.opening import Element, Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STORIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_OFF = frozenset({"0", "false", "off"})
_EAST_ASIAN = frozenset({"Jpan", "Kore", "Hans", "Hant", "Hani"})


class Word:
    """The parts of a Word file that speak of languages."""

    def __init__(self, archive: Package) -> None:
        self.styles = archive.xml("word/styles.xml")
        self.settings = archive.xml("word/settings.xml")
        self.stories = {name: archive.xml(name) for name in _STORIES if name in archive.names}
        self._by_id = {str(each.get(f"{_W}styleId")): each for each in self.styles.iter(f"{_W}style")}
        default = self.styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
        self.default = {} if default is None else _slots(default)
        theme = self.settings.find(f"{_W}themeFontLang")
        self.theme = {} if theme is None else _slots(theme)

    def whole(self, language: str) -> Iterator[Remark]:
        """What is wrong with the languages that hold where nothing else is said."""
        slot = _slot(language)
        for place, found in (("word/styles.xml", self.default), ("word/settings.xml", self.theme)):
            for name in dict.fromkeys(("val", slot)):
                if not found.get(name):
                    yield Remark("missing-language", f"no language is set where it should be {language}", place)
                elif not tags.same(found[name], language):
                    yield Remark("wrong-language", f"the language is {found[name]}, not {language}", place)

    def marked(self) -> Iterator[tuple[str, str]]:
        """Every tag of the file with the part that it stands in."""
        for place, root in (
            ("word/styles.xml", self.styles),
            ("word/settings.xml", self.settings),
            *self.stories.items(),
        ):
            for element in root.iter(f"{_W}lang", f"{_W}themeFontLang"):
                yield from ((tag, place) for tag in _slots(element).values())

    def runs(self) -> Iterator[Run]:
        """The runs of the text and of the notes."""
        for name, root in self.stories.items():
            for paragraph in root.iter(f"{_W}p"):
                yield from self._paragraph(paragraph, name)

    def _paragraph(self, paragraph: Element, place: str) -> Iterator[Run]:
        around = self._style(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        pieces: list[str] = []
        opened = ("", "")
        for run in paragraph.iter(f"{_W}r"):
            text = "".join(each.text or "" for each in run.iter(f"{_W}t", f"{_W}delText"))
            own = run.find(f"{_W}rPr/{_W}lang")
            slots = {**self.default, **around, **self._style(run.find(f"{_W}rPr/{_W}rStyle"))}
            slots |= {} if own is None else _slots(own)
            here = (_language_of(text, slots), "rtl" if _is_on(run.find(f"{_W}rPr/{_W}rtl")) else "ltr")
            if pieces and text.strip() and here != opened:
                yield Run(opened[0], "".join(pieces), place, opened[1])
                pieces = []
            if text:
                opened = here if not pieces else opened
                pieces.append(text)
        if pieces:
            yield Run(opened[0], "".join(pieces), place, opened[1])

    def _style(self, named: Element | None) -> dict[str, str]:
        """The languages that a style sets, with what it is based on."""
        chain: list[Element] = []
        name = "" if named is None else str(named.get(f"{_W}val"))
        while name in self._by_id and self._by_id[name] not in chain:
            chain.append(self._by_id[name])
            based = chain[-1].find(f"{_W}basedOn")
            name = "" if based is None else str(based.get(f"{_W}val"))
        found: dict[str, str] = {}
        for style in reversed(chain):
            language = style.find(f"{_W}rPr/{_W}lang")
            found |= {} if language is None else _slots(language)
        return found

    def directions(self, language: str) -> Iterator[Remark]:
        """Paragraphs and sections that run the wrong way."""
        backward = tags.runs_right_to_left(language)
        for name, root in self.stories.items():
            for paragraph in root.iter(f"{_W}p"):
                text = "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))
                is_set = _is_on(paragraph.find(f"{_W}pPr/{_W}bidi"))
                if not is_set and (tags.is_right_to_left(text) if backward else _is_turned(paragraph, text)):
                    message = f"the paragraph “{text[:60]}” runs from right to left and is not so set (w:bidi)"
                    yield Remark("wrong-direction", message, name)
        for section in self.stories.get("word/document.xml", self.settings).iter(f"{_W}sectPr"):
            if backward != _is_on(section.find(f"{_W}bidi")):
                runs = "right to left" if backward else "left to right"
                yield Remark("wrong-direction", f"a section does not run from {runs} (w:bidi)", "word/document.xml")


def _slots(element: Element) -> dict[str, str]:
    """The languages of an element by their slot: val, eastAsia and bidi."""
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def _slot(language: str) -> str:
    if tags.script(language) in _EAST_ASIAN:
        return "eastAsia"
    return "bidi" if tags.runs_right_to_left(language) else "val"


def _language_of(text: str, slots: dict[str, str]) -> str:
    """The language of a run: that of the slot which Word takes for its letters, else the general one."""
    for name in ("eastAsia", "bidi"):
        tag = slots.get(name, "")
        if tag and any(True for _ in tags.strange(f"{text}{text}", "en")) and not any(tags.strange(text, tag)):
            return tag
    return slots.get("val", "")


def _is_turned(paragraph: Element, text: str) -> bool:
    """Whether all letters of a paragraph run from right to left, and not all its runs are marked so (w:rtl)."""
    runs = [run for run in paragraph.iter(f"{_W}r") if any((each.text or "").strip() for each in run.iter(f"{_W}t"))]
    return tags.all_right_to_left(text) and not all(_is_on(run.find(f"{_W}rPr/{_W}rtl")) for run in runs)


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(f"{_W}val") not in _OFF
