"""The metadata fields that every DSpace has from the day it is installed, in 7.6 and later: any other stops an import.

From the registries dublin-core-types.xml, sword-metadata.xml and dcterms-types.xml; that of "local" is empty.
"""

from __future__ import annotations

_DC = """
    contributor contributor.advisor contributor.author contributor.editor contributor.illustrator contributor.other
    coverage.spatial coverage.temporal creator
    date date.accessioned date.available date.copyright date.created date.issued date.submitted date.updated
    identifier identifier.citation identifier.doi identifier.govdoc identifier.isbn identifier.ismn identifier.issn
    identifier.other identifier.sici identifier.slug identifier.uri
    description description.abstract description.provenance description.sponsorship
    description.statementofresponsibility description.tableofcontents description.uri description.version
    format format.extent format.medium format.mimetype language language.iso language.rfc3066 publisher
    relation relation.haspart relation.hasversion relation.isbasedon relation.isformatof relation.ispartof
    relation.ispartofseries relation.isreferencedby relation.isreplacedby relation.isversionof relation.replaces
    relation.requires relation.uri
    rights rights.holder rights.uri source source.uri
    subject subject.classification subject.ddc subject.lcc subject.lcsh subject.mesh subject.other
    title title.alternative type
"""
_DCTERMS = """
    abstract accessRights accrualMethod accrualPeriodicity accrualPolicy alternative audience available
    bibliographicCitation conformsTo contributor coverage created creator date dateAccepted dateCopyrighted
    dateSubmitted description educationLevel extent format hasFormat hasPart hasVersion identifier instructionalMethod
    isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy issued isVersionOf language license mediator medium
    modified provenance publisher references relation replaces requires rights rightsHolder source spatial subject
    tableOfContents temporal title type valid
"""
SCHEMAS = {"dc": frozenset(_DC.split()), "dcterms": frozenset(_DCTERMS.split())}
"""The fields of each schema: "title", "title.alternative"."""
OF_THE_SYSTEM = frozenset({"dc.date.accessioned", "dc.date.available"})
"""Fields that DSpace fills in itself as it takes an item in: with ours there would be two."""
