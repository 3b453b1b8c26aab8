"""The statement in the schema.org vocabulary, as far as it is known before any rendition exists."""

from __future__ import annotations

from typing import Any

from communique.statement import Identifier, Issuer, Statement


def describe(statement: Statement) -> dict[str, Any]:
    """A schema.org Report as JSON-LD; keys without a value are left out."""
    described = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": statement.title,
        "alternateName": statement.short_title,
        "description": statement.description,
        "inLanguage": statement.language,
        "datePublished": statement.date,
        "dateModified": modified(statement) if statement.revisions else "",
        "version": statement.revisions[-1].version if statement.revisions else "",
        "author": [_organization(issuer) for issuer in statement.issuers],
        "publisher": _present(
            {"@type": "Organization", "name": statement.publisher.name, "url": statement.publisher.url}
        ),
        "about": [
            _present({"@type": "DefinedTerm", "name": each.term, "url": each.uri, "inDefinedTermSet": each.scheme})
            for each in statement.subjects
        ],
        "spatialCoverage": [
            _present({"@type": "Place", "name": each.name, "identifier": each.code, "sameAs": each.uri})
            for each in statement.places
        ],
        "license": statement.rights.uri,
        "copyrightNotice": statement.rights.statement,
        "identifier": [_property(each) for each in statement.identifiers],
        "url": next((each.value for each in statement.identifiers if each.scheme == "url"), ""),
        "isBasedOn": statement.source.url if statement.source else "",
        "citation": [
            _present({"@type": "CreativeWork", "name": each.title or each.text, "url": each.uri})
            for each in statement.references
        ],
    }
    return _present(described)


def modified(statement: Statement) -> str:
    """The day of the last revision, or of the statement itself (ISO 8601)."""
    return max([statement.date, *(revision.date for revision in statement.revisions)])


def _organization(issuer: Issuer) -> dict[str, Any]:
    kind = "GovernmentOrganization" if issuer.code else "Organization"
    return _present({"@type": kind, "name": issuer.name, "identifier": issuer.code, "sameAs": issuer.uri})


def _property(identifier: Identifier) -> dict[str, Any]:
    return {"@type": "PropertyValue", "propertyID": identifier.scheme, "value": identifier.value}


def _present(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value}
