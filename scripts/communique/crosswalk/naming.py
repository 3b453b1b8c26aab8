"""The names of a statement in Akoma Ntoso: the IRIs of its work and expressions (AKN Naming Convention 1.0, 4).

Where the convention leaves a choice: the jurisdiction is that of the issuer if there is only one, else the United
Nations, before whom states speak together; the actors are the codes of the issuers; the number is the folder's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from urllib.parse import quote

from communique import codes
from communique.statement import Issuer, Place, Statement, Subject

Names = dict[str, str]
Making = Mapping[str, str | Callable[[], str]]
"""Names, and how to make those that are not made yet."""
_TOGETHER = "un"
_ONTOLOGY = "/akn/ontology"
PUBLISHER = "#doc-publisher"
"""The reference to who edits and publishes; identifiers that begin with doc- are the program's own."""


class Later(Mapping[str, str]):
    """A row some of whose values are made when a place asks for them, for the codes of languages are slow to load."""

    def __init__(self, *making: Making) -> None:
        rows = (each._making if isinstance(each, Later) else each for each in making)
        self._making: dict[str, str | Callable[[], str]] = {name: value for row in rows for name, value in row.items()}

    def __getitem__(self, name: str) -> str:
        value = self._making[name]
        return value if isinstance(value, str) else value()

    def __iter__(self) -> Iterator[str]:
        return iter(self._making)

    def __len__(self) -> int:
        return len(self._making)


def work(statement: Statement) -> str:
    """The statement as such, in every language and version."""
    actors = "-".join(_codes(statement))
    parts = ("akn", jurisdiction(statement), "statement", statement.type, actors, statement.date, statement.slug)
    return "/" + "/".join(filter(None, parts))


def expression(statement: Statement, language: str, version: int = -1) -> str:
    """One version in one language; versions of one day are told apart by their number among those of that day."""
    dates = [revision.date for revision in statement.revisions] or [statement.date]
    date, before = dates[version], dates[:version].count(dates[version])
    return f"{work(statement)}/{language_code(statement, language)}@{date}{f'_{before + 1}' if before else ''}"


def jurisdiction(statement: Statement) -> str:
    """The code of the issuer if there is one alone, else that of the United Nations."""
    found = set(_codes(statement))
    return found.pop() if len(found) == 1 and all(each.code for each in statement.issuers) else _TOGETHER


def language_code(statement: Statement, language: str) -> str:
    """ISO 639-2/T; the tag itself (BCP 47) where two editions would have the same code."""
    others = [codes.language(each).terminological for each in statement.editions if each != language]
    own = codes.language(language).terminological
    return language if own in others else own


def of_statement(statement: Statement) -> Making:
    """The names that any place may need."""
    return {
        "work": work(statement),
        "expression": partial(expression, statement, statement.language),
        "jurisdiction": jurisdiction(statement),
        "language_code": partial(language_code, statement, statement.language),
        "authoritative": str(statement.name == statement.slug).lower(),
    }


def of_issuer(issuer: Issuer, number: int) -> Names:
    """The entry of an issuer in the references; numbers count from 1."""
    return {"id": f"doc-issuer-{number}", "iri": issuer.uri or organization(issuer.code.lower() or issuer.name)}


def organization(name: str) -> str:
    """The IRI of a body in the ontology."""
    return f"{_ONTOLOGY}/organization/{quote(name, safe='')}"


def of_place(place: Place, number: int) -> Names:
    """The entry of a place in the references."""
    name = quote(place.code.lower() or place.name, safe="")
    return {"id": f"doc-place-{number}", "iri": place.uri or f"{_ONTOLOGY}/location/{name}"}


def of_subject(subject: Subject) -> Names:
    """The vocabulary of a topic as a reference; a topic from none is the publisher's own word."""
    return {"dictionary": quote(subject.scheme, safe=":/?#=&") or PUBLISHER}


def of_version(statement: Statement, number: int) -> Making:
    """The entry of a version in the references, and the event that made it; numbers count from 0."""
    which, event = ("later", "amendment") if number else ("original", "generation")
    identifier = f"doc-version-{number + 1}"
    return {
        "event": event,
        "source": f"#{identifier}",
        f"{which}_id": identifier,
        f"{which}_iri": partial(expression, statement, statement.language, number),
        f"{which}_label": f"Version {statement.revisions[number].version}",
    }


def of_edition(statement: Statement, language: str) -> Making:
    """Another edition: what this one is translated from, or one beside it."""
    iri, code = partial(expression, statement, language), partial(language_code, statement, language)
    if language == statement.editions[0]:
        return {"translated_iri": iri, "translated_code": code, "translator": PUBLISHER}
    return {"other_id": f"doc-edition-{language}", "other_iri": iri, "other_language": language}


def _codes(statement: Statement) -> list[str]:
    """The codes of the issuers, each once, in their order."""
    return list(dict.fromkeys(issuer.code.lower() for issuer in statement.issuers if issuer.code))
