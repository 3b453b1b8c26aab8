"""What is known of an edition, as rows of text: the values that the places of the crosswalk are filled with."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from communique import codes
from communique.crosswalk import naming, trade
from communique.crosswalk.naming import Later
from communique.crosswalk.trade import EPUB
from communique.rendition import Rendition, media_types
from communique.statement import Identifier, Issuer, Publisher, Source, Statement

Row = Mapping[str, str]
Facts = Mapping[str, Sequence[Row]]
"""The rows of each group of fields; a value that is not known is "" or not there."""

KINDS = {
    "joint-statement": "Joint statement",
    "statement": "Statement",
    "communique": "Communiqué",
    "declaration": "Declaration",
    "press-release": "Press release",
}


_OF_PICTURES = ("alternativeText", "longDescription")
"""The features of schema.org that say pictures in words."""


@dataclass(frozen=True)
class Access:
    """What a file says of its own accessibility, in the vocabulary of schema.org. `date` is ISO 8601."""

    modes: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()
    summary: str = ""
    conforms_to: str = ""
    certifier: str = ""
    credential: str = ""
    report: str = ""
    date: str = ""
    sufficient: tuple[str, ...] = ()


def gather(statement: Statement, files: Sequence[Rendition] = (), access: Access | None = None) -> Facts:
    """The facts of one edition and its files; words that it took over stay in the language that they are in."""
    facts = _facts(statement, files, access)
    if not statement.inherited:
        return facts
    language = _Codes(statement.editions[0], "")
    theirs = {"language": language.language} | {name: partial(language.__getitem__, name) for name in _WRITTEN}
    return {
        group: [Later(row, theirs) for row in rows] if group in statement.inherited else rows
        for group, rows in facts.items()
    }


def _facts(statement: Statement, files: Sequence[Rendition], access: Access | None) -> Facts:
    """The facts as if all words were in the language of the edition."""
    source = statement.source
    return {
        "record": [Later(_record(statement), naming.of_statement(statement), trade.of_statement(statement))],
        "codes": [_Codes(statement.language, statement.editions[0] if statement.name != statement.slug else "")],
        "title": [{"value": statement.title}],
        "short_title": [{"value": statement.short_title}],
        "type": [{"value": statement.type, "label": KINDS[statement.type]}],
        "issuers": [
            {**_issuer(each, number), **naming.of_issuer(each, number + 1)}
            for number, each in enumerate(statement.issuers)
        ],
        "publisher": [_publisher(statement.publisher)],
        "date": [_day(statement.date)],
        "modified": [_modified(statement)],
        "version": [{"value": statement.revisions[-1].version if statement.revisions else ""}],
        "language": [{"value": statement.language}],
        "description": [{"value": statement.description, "html": html.escape(statement.description, quote=False)}],
        "subjects": [
            {**_subject(each.term, each.uri, each.scheme), **naming.of_subject(each), **code}
            for each, code in zip(statement.subjects, trade.of_subjects(statement.subjects), strict=True)
        ],
        "places": [
            {"name": each.name, "code": each.code, "small": each.code.lower(), "uri": each.uri}
            | naming.of_place(each, number)
            for number, each in enumerate(statement.places, 1)
        ],
        "identifiers": list(_identifiers(statement)),
        "lineage": [
            {"urn": statement.version_urn},
            {"of": statement.urn},
            {"replaces": statement.replaced_urn, "replaced_product": trade.replaced(statement)},
        ],
        "references": [
            {**_reference(each.title or each.text, each.symbol, each.uri), "id": f"doc-reference-{number}"}
            for number, each in enumerate(statement.references, 1)
        ],
        "source": [_source(source, statement.identifiers)] if source else [],
        "editorial_notes": [_note(each.text, each.reason) for each in statement.editorial_notes],
        "rights": [_rights(statement)],
        "accessibility": [_access(access)] if access else [],
        "revisions": [
            Later({"version": each.version, "date": each.date, "note": each.note}, naming.of_version(statement, number))
            for number, each in enumerate(statement.revisions)
        ],
        "editions": [
            Later(_edition(statement, each), naming.of_edition(statement, each))
            for each in statement.editions
            if each != statement.language
        ],
        "files": [_file(each, access if each.media_type == EPUB else None) for each in files],
        "media_types": [{"value": each} for each in media_types(files)],
    }


def modified(statement: Statement) -> str:
    """The day of the last revision, or of the statement itself (ISO 8601)."""
    return max([statement.date, *(revision.date for revision in statement.revisions)])


def recorded(*statements: Statement) -> str:
    """The first day on which a record of some editions can have been made (ISO 8601).

    That is the day of the last revision, or a later one on which the text was received or the accessibility certified.
    """
    received = (each.source.received for each in statements if each.source)
    certified = (each.accessibility.certifier.date for each in statements if each.accessibility.certifier)
    return max(*map(modified, statements), *received, *certified, "")


def identity(statement: Statement) -> Identifier | None:
    """The identifier that stands for the statement: the first DOI, else the first URL, else the first URN."""
    known = {each.scheme: each for each in reversed(statement.identifiers)}
    return next((known[scheme] for scheme in ("doi", "url", "urn") if scheme in known), None)


_WRITTEN = ("two", "bibliographic", "three")
"""The codes of the language that words are in."""


class _Codes(Mapping[str, str]):
    """The codes of the language of an edition, looked up when a place asks for them."""

    def __init__(self, language: str, original: str) -> None:
        self.language = language
        self.original = original

    def __getitem__(self, name: str) -> str:
        code = codes.language(self.language)
        match name:
            case "two":
                return code.two or "en"
            case "bibliographic":
                return code.bibliographic
            case "three":
                return code.three
            case "english":
                return codes.english(self.language)
            case "translated_from":
                return codes.language(self.original).bibliographic if self.original else ""
            case "translated_role":
                return "02" if self.original else ""
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter((*_WRITTEN, "english", "translated_from", "translated_role"))

    def __len__(self) -> int:
        return 6


def _record(statement: Statement) -> Row:
    """What any place may need: the name of the edition, and the codes of its language."""
    is_translation = statement.name != statement.slug
    latest, made = modified(statement), recorded(statement)
    return {
        "value": statement.name,
        "name": statement.name,
        "slug": statement.slug,
        "language": statement.language,
        "translated": "1" if is_translation else "0",
        "latest": latest,
        "latest_compact": latest.replace("-", ""),
        "recorded": made,
        "recorded_compact": made.replace("-", ""),
        "recorded_short": made.replace("-", "")[2:],
        "unnamed": "" if identity(statement) else statement.slug,
    }


def _day(day: str) -> Row:
    year, month, number = day.split("-")
    return {
        "value": day,
        "year": year,
        "month": str(int(month)),
        "day": str(int(number)),
        "compact": day.replace("-", ""),
    }


def _modified(statement: Statement) -> Row:
    """The day of the last revision if there are any, and once more if it is not that of the statement."""
    latest = modified(statement)
    return {
        "value": latest if statement.revisions else "",
        "changed": latest if latest != statement.date else "",
        "changed_compact": latest.replace("-", "") if latest != statement.date else "",
        "updated": "Updated" if latest != statement.date else "",
        "updated_small": "updated" if latest != statement.date else "",
    }


def _issuer(issuer: Issuer, number: int) -> Row:
    """An issuer; what begins with `first` is said of the first, with `other` of any other, as MARC 21 parts them."""
    which = "other" if number else "first"
    return {
        "name": issuer.name,
        "code": issuer.code,
        "uri": issuer.uri,
        "kind": "GovernmentOrganization" if issuer.code else "Organization",
        "number": str(number + 1),
        "entry": "1" if issuer.code and issuer.code not in ("EU", "UN") else "2",
        which: issuer.name,
        f"{which}_role": "isb",
        f"{which}_uri": issuer.uri,
    }


def _publisher(publisher: Publisher) -> Row:
    iri = publisher.url or naming.organization(publisher.name)
    return {"name": publisher.name, "url": publisher.url, "iri": iri}


def _subject(term: str, uri: str, scheme: str) -> Row:
    """A topic; `controlled` is one that has an address, `free` is a bare word."""
    return {"term": term, "uri": uri, "scheme": scheme, "controlled": term if uri else "", "free": "" if uri else term}


def _identifiers(statement: Statement) -> Iterator[Row]:
    """Each under its scheme; `main` is what stands for the statement, `other` is any other, `only` the first of its
    scheme."""
    chosen = identity(statement)
    main = chosen.value if chosen else statement.slug
    seen: set[str] = set()
    for each in statement.identifiers:
        is_other = each.value != main
        yield {
            each.scheme: each.value,
            "scheme": each.scheme,
            "value": each.value,
            "main": each.value if each is chosen else "",
            "external": "external" if each is chosen else "",
            "other": each.value if is_other else "",
            "other_scheme": each.scheme if is_other else "",
            "other_kind": each.scheme.upper() if is_other else "",
            "only": "" if each.scheme in seen else each.value,
            **trade.of_identifier(each.scheme, each.value),
        }
        seen.add(each.scheme)


def _reference(label: str, symbol: str, uri: str) -> Row:
    return {"label": label, "symbol": symbol, "uri": uri, "cited": ", ".join(part for part in (label, symbol) if part)}


def _source(source: Source, known_as: Sequence[Identifier]) -> Row:
    """The received text; `derived` is its address unless that is one of the statement: nothing is made from itself."""
    is_other = bool(source.url) and source.url not in {each.value for each in known_as}
    return {
        "url": source.url,
        "derived": source.url if is_other else "",
        "derived_type": "URL" if is_other else "",
        "derived_scheme": "url" if is_other else "",
        "derived_relation": "IsDerivedFrom" if is_other else "",
        "derived_small": "isderivedfrom" if is_other else "",
        "sha256": source.sha256,
        "received": source.received,
        "received_compact": source.received.replace("-", ""),
    }


def _note(text: str, reason: str) -> Row:
    whole = " ".join(part for part in (text, reason) if part)
    return {"text": text, "reason": reason, "whole": whole, "html": html.escape(whole, quote=False)}


def _rights(statement: Statement) -> Row:
    """`licence` is an address that grants something; those of rightsstatements.org only describe: `notice`."""
    rights = statement.rights
    describes = "rightsstatements.org" in rights.uri
    grants = bool(rights.uri) and not describes
    return {
        "statement": rights.statement,
        "uri": rights.uri,
        "holder": rights.holder,
        "licence": rights.uri if grants else "",
        "notice": rights.uri if describes else "",
        "granted": rights.statement if grants else "",
        "licence_type": "01" if grants else "",
    }


def _access(access: Access) -> Row:
    """Lists become one text with commas; a record that wants them one by one has them in `Access`."""
    credit = ", ".join(part for part in (access.certifier, access.credential, access.date, access.report) if part)
    return {
        "primary": access.modes[0] if access.modes else "",
        **_parted(access),
        "claim": f"The EPUB conforms to {access.conforms_to}, as certified by {credit}",
        "modes": ", ".join(access.modes),
        "features": ", ".join(access.features),
        "hazards": ", ".join(access.hazards),
        "summary": access.summary,
        "conforms_to": access.conforms_to,
        "certifier": access.certifier,
        "credential": access.credential,
        "report": access.report,
        "date": access.date,
        "date_compact": access.date.replace("-", ""),
        **trade.of_access(access.features, access.sufficient, access.hazards, access.conforms_to),
    }


def _parted(access: Access) -> Row:
    """What helps those who read, and apart from it what helps those who do not see the pictures besides."""
    has_pictures = "visual" in access.modes[1:]
    described = [each for each in access.features if has_pictures and each in _OF_PICTURES]
    return {
        "reading": ", ".join(each for each in access.features if each not in described),
        "pictured": "EPUB" if has_pictures else "",
        "pictures": "visual" if has_pictures else "",
        "described": ", ".join(described),
        "pictures_source": "sapdv" if has_pictures else "",
    }


def _file(file: Rendition, access: Access | None) -> Row:
    """A file; an EPUB with what it says of its own accessibility."""
    row = {"name": file.name, "media_type": file.media_type, "size": str(file.size), "sha256": file.sha256}
    return {**row, **trade.of_file(file), **(_access(access) if access else {})}


def _edition(statement: Statement, language: str) -> Row:
    """Another edition by its name: the `original` of this one, its `translation`, or a `sibling` of the same rank."""
    authentic = statement.editions[0]
    name = statement.slug if language == authentic else f"{statement.slug}.{language}"
    relation = "original" if language == authentic else "sibling"
    if statement.language == authentic:
        relation = "translation"
    label = {"original": "Original:", "translation": "Translation:", "sibling": "Other edition:"}[relation]
    named = {relation: name, f"{relation}_label": label, f"{relation}_kind": "Report", f"{relation}_language": language}
    product = trade.product(name, statement.version)
    return {"value": name, "edition_language": language, "product": product, **named}
