"""Language: every file, and every run of words in it, says in which language it is, as the master does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from communique import templates
from communique.checks import front_matter, opening
from communique.checks.file_by_file import Gap, Look, Remark, check_by_file
from communique.checks.language import files, foreign, tags
from communique.checks.language.files import Heard
from communique.checks.language.foreign import Wanted
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.reading import master
from communique.checks.reading.text import letters
from communique.checks.verdict import NoVerdict
from communique.doctor import Places

_READERS: dict[str, Callable[[Path, str], Heard]] = {
    "html": files.web_page,
    "epub": files.epub,
    "docx": files.docx,
    "pdf": files.pdf,
    "large": files.pdf,
    "print": files.press,
}


def _applies(publication: Publication) -> Iterator[str]:
    return (output.name for output in publication.outputs)


def _begin(_: Places) -> Look:
    masters = _Masters()
    return lambda publication, name: _look(masters, publication, name)


class _Masters:
    """What the masters say, each edition read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, str], Wanted | str] = {}

    def edition(self, publication: Publication, language: str) -> Wanted | str:
        """What an edition must be, or the reason why that is not known."""
        key = (publication.folder, language)
        if key not in self._known:
            try:
                self._known[key] = _wanted(publication, language)
            except (Unreadable, OSError, NoVerdict, KeyError, TypeError, ValueError) as error:
                self._known[key] = f"the master cannot be read: {error}"
        return self._known[key]


def _wanted(publication: Publication, language: str) -> Wanted | str:
    if publication.master is None:
        return "there is no master to say which words are in another language"
    keys = front_matter.keys(publication.master, language)
    own = str(keys["language"])
    texts = [text for key, value in keys.items() if key != "terms" for text in _texts(value)]
    returns = (
        re.search(rf"\blang=[\"']?{re.escape(own)}\b", front_matter.body(publication.master, language)) is not None
    )
    return Wanted(own, master.read(publication.master, own), "\n".join(map(letters, texts)), _labels(), returns)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value of the front matter."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    else:
        yield str(value)


@cache
def _labels() -> dict[str, str]:
    """The letters of the words that the program adds, by language: an edition without its own has English ones."""
    table = yaml.load(templates.read_text("labels.yaml"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    return {language.lower(): "\n".join(map(letters, words.values())) for language, words in table.items()}


def _look(masters: _Masters, publication: Publication, name: str) -> Iterator[Remark | Gap]:
    output = next(each for each in publication.outputs if each.name == name)
    wanted = masters.edition(publication, output.language)
    language = wanted.language if isinstance(wanted, Wanted) else output.language or _recorded(publication)
    if isinstance(wanted, str):
        yield Gap(wanted)
    if not language:
        yield Gap("nothing says in which language it should be")
        return
    heard = _READERS[output.format](publication.path(name), language)
    yield from heard.remarks
    for tag, place in dict.fromkeys(heard.tags):
        if not tags.is_valid(tag):
            yield Remark("invalid-language", f"“{tag}” is no language (BCP 47)", place)
    yield from foreign.directions(heard.runs, wanted.turned if isinstance(wanted, Wanted) else {})
    yield from foreign.scripts(heard.runs, wanted.front if isinstance(wanted, Wanted) else "")
    if isinstance(wanted, Wanted) and heard.is_read:
        yield from foreign.remarks(heard.runs, wanted)


def _recorded(publication: Publication) -> str:
    """The language of the authoritative edition by its schema.org record, "" if that says nothing."""
    try:
        record = opening.json_text(opening.whole(publication.path("metadata/schema-org.jsonld")))
    except (Unreadable, OSError):
        return ""
    return str(record.get("inLanguage", "")) if isinstance(record, dict) else ""


CHECK = check_by_file(
    name="language",
    claim="Every file says in which language it is, and every passage in another language is marked with it, so that "
    "a screen reader speaks it with the right voice.",
    standards=("WCAG 2.2, 3.1.1 and 3.1.2", "BCP 47"),
    applies=_applies,
    begin=_begin,
)
