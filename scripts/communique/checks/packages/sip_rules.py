"""What the E-ARK CSIP and SIP 2.2.0 ask of a METS document: a table of requirements, each an XPath that must be true.

The names are those of the requirements. `$name` is what the document must be called, `$time` the form of a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.checks.file_by_file import Remark
from communique.checks.opening import Element
from communique.checks.verdict import Severity

PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml"
NAMESPACES = {
    "m": "http://www.loc.gov/METS/",
    "x": "http://www.w3.org/1999/xlink",
    "csip": "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
    "re": "http://exslt.org/regular-expressions",
}
_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"
_SOFTWARE = "m:metsHdr/m:agent[@ROLE='CREATOR'][@TYPE='OTHER'][@OTHERTYPE='SOFTWARE']"
_PERSON = "m:metsHdr/m:agent[@TYPE='ORGANIZATION' or @TYPE='INDIVIDUAL']"
_STATUS = "@STATUS='CURRENT' or @STATUS='SUPERSEDED'"
_HISTORY, _GROUP, _FILE = "m:amdSec/m:digiprovMD", "m:fileSec/m:fileGrp", "m:fileSec//m:file"
_MAP = "m:structMap[@LABEL='CSIP']"
_PART = f"{_MAP}/m:div/m:div"
_CONTENT = f"{_GROUP}[starts-with(@USE, 'Representations/')]"
_OWN_PART, _OWN_GROUP = (f"{each}=concat('Representations/', $name)]" for each in (f"{_PART}[@LABEL", f"{_GROUP}[@USE"))
_OWN_METS = "concat('representations/', $name, '/METS.xml')"


@dataclass(frozen=True)
class Rule:
    """A requirement: its name, the XPath, and what is wrong where that is not true; of a SHOULD it is a warning."""

    name: str
    asks: str
    fault: str
    severity: Severity = Severity.ERROR


def broken(root: Element, name: str, rules: Iterable[Rule], location: str) -> Iterator[Remark]:
    """The requirements that a document does not meet; `name` is what it is of."""
    for rule in rules:
        if not root.xpath(f"boolean({rule.asks})", namespaces=NAMESPACES, name=name, time=_TIME):
            yield Remark(rule.name, f"{location}: {rule.fault}", "", rule.severity)


def _should(name: str, asks: str, fault: str) -> Rule:
    return Rule(name, asks, fault, Severity.WARNING)


def _each(elements: str, asks: str) -> str:
    """An XPath that is true if something holds of all elements."""
    return f"not({elements}[not({asks})])"


def _named_in(attribute: str) -> str:
    """An XPath that is true of a section that the division of the metadata names."""
    listed = f"//m:div[@LABEL='Metadata']/{attribute}"
    return f"contains(concat(' ', normalize-space({listed}), ' '), concat(' ', @ID, ' '))"


def _mapped(use: str) -> str:
    return f"not({_GROUP}[@USE='{use}']) or {_PART}[@LABEL='{use}']"


def _leads(use: str) -> str:
    return f"not({_PART}[@LABEL='{use}']) or {_PART}[@LABEL='{use}']/m:fptr/@FILEID = {_GROUP}[@USE='{use}']/@ID"


def _references(elements: str, what: str, first: int) -> Iterator[Rule]:
    """What is asked of every reference to a file of metadata, in the order of the requirements."""
    asked = (
        ("@LOCTYPE='URL'", "a LOCTYPE of URL"),
        ("@x:type='simple'", "an xlink:type of simple"),
        ("string(@x:href)", "an address"),
        ("string(@MDTYPE)", "a type of metadata"),
        *_FIXITY,
    )
    for number, (asks, part) in enumerate(asked, first):
        yield Rule(f"CSIP{number}", _each(f"{elements}/m:mdRef", asks), f"a reference to {what} is without {part}")


_FIXITY = (
    ("re:test(@MIMETYPE, '^[a-z]+/[^ ]+$')", "a media type"),
    ("re:test(@SIZE, '^[0-9]+$')", "a size"),
    ("re:test(@CREATED, $time)", "a time of creation"),
    ("re:test(@CHECKSUM, '^[0-9a-f]{64}$')", "a SHA-256 in 64 lower-case digits"),
    ("@CHECKSUMTYPE='SHA-256'", "a CHECKSUMTYPE of SHA-256"),
)

_BOTH = (
    Rule("CSIP2", "string(@TYPE)", "the category of the content (TYPE) is missing"),
    Rule("CSIP3", "not(@TYPE='OTHER') or string(@csip:OTHERTYPE)", "TYPE is OTHER, and nothing says which"),
    Rule("CSIP4", "string(@csip:CONTENTINFORMATIONTYPE)", "the type of the content information is missing"),
    Rule(
        "CSIP5",
        "not(@csip:CONTENTINFORMATIONTYPE='OTHER') or string(@csip:OTHERCONTENTINFORMATIONTYPE)",
        "the type of the content information is OTHER, and nothing says which",
    ),
    Rule("SIP2", f"@PROFILE = '{PROFILE}'", "PROFILE is not that of an E-ARK SIP 2.2.0"),
    Rule("CSIP117", "count(m:metsHdr) = 1", "the header is missing"),
    Rule("CSIP7", "re:test(m:metsHdr/@CREATEDATE, $time)", "the header has no time of creation"),
    _should("CSIP8", "re:test(m:metsHdr/@LASTMODDATE, $time)", "the header has no time of the last change"),
    Rule("SIP4", "m:metsHdr/@csip:OAISPACKAGETYPE = 'SIP'", "the header does not say that this is a SIP"),
    Rule("CSIP10", _SOFTWARE, "no agent is the software that made this"),
    Rule("CSIP14", f"string({_SOFTWARE}/m:name)", "the software has no name"),
    Rule("CSIP15", f"string({_SOFTWARE}/m:note)", "the software has no version"),
    Rule("CSIP16", f"{_SOFTWARE}/m:note/@csip:NOTETYPE = 'SOFTWARE VERSION'", "the note is not marked as a version"),
    _should("CSIP31", "count(m:amdSec) = 1", "the section of administrative metadata is missing"),
    _should("CSIP32", f"{_HISTORY}/m:mdRef[@MDTYPE='PREMIS']", "the history (PREMIS) is missing"),
    Rule("CSIP33", _each(_HISTORY, "string(@ID)"), "a section of history has no identifier"),
    _should("CSIP34", _each(_HISTORY, _STATUS), "a section of history has no status"),
    _should("CSIP35", _each(_HISTORY, "m:mdRef"), "a section of history refers to no file"),
    *_references(_HISTORY, "history", 36),
    _should("CSIP58", "count(m:fileSec) = 1", "the section of files is missing"),
    Rule("CSIP59", _each("m:fileSec", "string(@ID)"), "the section of files has no identifier"),
    Rule("CSIP64", _each(_GROUP, "string(@USE)"), "a group of files has no use"),
    Rule("CSIP65", _each(_GROUP, "string(@ID)"), "a group of files has no identifier"),
    Rule("CSIP66", _each(_GROUP, "m:file"), "a group of files is empty"),
    Rule("CSIP67", _each(_FILE, "string(@ID)"), "a file has no identifier"),
    *(
        Rule(f"CSIP{number}", _each(_FILE, asks), f"a file is without {part}")
        for number, (asks, part) in enumerate(_FIXITY, 68)
    ),
    Rule("CSIP76", _each(_FILE, "count(m:FLocat) = 1"), "a file has no place, or several"),
    Rule("CSIP77", _each(f"{_FILE}/m:FLocat", "@LOCTYPE='URL'"), "a place has no LOCTYPE of URL"),
    Rule("CSIP78", _each(f"{_FILE}/m:FLocat", "@x:type='simple'"), "a place has no xlink:type of simple"),
    Rule("CSIP79", _each(f"{_FILE}/m:FLocat", "string(@x:href)"), "a place has no address"),
    Rule("CSIP80", f"count({_MAP}) = 1", "there is no structural map of the CSIP, or several"),
    Rule("CSIP81", _each(_MAP, "@TYPE='PHYSICAL'"), "the structural map is not PHYSICAL"),
    Rule("CSIP83", _each(_MAP, "string(@ID)"), "the structural map has no identifier"),
    Rule("CSIP84", _each(_MAP, "count(m:div) = 1"), "the structural map has not one division at its top"),
    Rule("CSIP85", _each(f"{_MAP}/m:div", "string(@ID)"), "the division at the top has no identifier"),
    Rule("CSIP88", f"count({_PART}[@LABEL='Metadata']) = 1", "the division of the metadata is missing"),
    _should("CSIP91", _each(_HISTORY, _named_in("@ADMID")), "the division of the metadata leaves out history"),
    Rule("CSIP106", _each(_PART, "string(@ID)"), "a division has no identifier"),
)
_OF_PACKAGES = (
    _should("SIP1", "string(@LABEL)", "the package has no title"),
    Rule("SIP3", _each("m:metsHdr/@RECORDSTATUS", ".='NEW' or .='VERSION' or .='TEST'"), "the status is unknown"),
    Rule("SIP15", f"string({_PERSON}[@ROLE='CREATOR']/m:name)", "nobody hands the package in"),
    Rule(
        "SIP20", _each(f"{_PERSON}/m:note", "@csip:NOTETYPE='IDENTIFICATIONCODE'"), "a code of somebody is not marked"
    ),
    _should("CSIP17", "m:dmdSec", "the description is missing"),
    Rule("CSIP18", _each("m:dmdSec", "string(@ID)"), "a section of description has no identifier"),
    Rule("CSIP19", _each("m:dmdSec", "re:test(@CREATED, $time)"), "a section of description has no time"),
    _should("CSIP20", _each("m:dmdSec", _STATUS), "a section of description has no status"),
    _should("CSIP21", _each("m:dmdSec", "m:mdRef"), "a section of description refers to no file"),
    *_references("m:dmdSec", "description", 22),
    _should("CSIP60", f"{_GROUP}[@USE='Documentation']", "the documentation is missing"),
    _should("CSIP113", f"{_GROUP}[@USE='Schemas']", "the schemas are missing"),
    Rule("CSIP114", _CONTENT, "there is no representation"),
    _should("CSIP62", _each(_CONTENT, "string(@csip:CONTENTINFORMATIONTYPE)"), "a representation has no type"),
    _should("CSIP92", _each("m:dmdSec", _named_in("@DMDID")), "the division of the metadata leaves out description"),
    _should("CSIP93", _mapped("Documentation"), "the division of the documentation is missing"),
    _should("CSIP97", _mapped("Schemas"), "the division of the schemas is missing"),
    Rule("CSIP116", _leads("Documentation"), "the division of the documentation does not lead to its files"),
    Rule("CSIP118", _leads("Schemas"), "the division of the schemas does not lead to its files"),
)
PACKAGE = (*_BOTH, *_OF_PACKAGES)
"""What is asked of METS.xml of a package."""
POINTERS = (
    Rule(
        "CSIP114", f"{_OWN_GROUP}/m:file/m:FLocat/@x:href = {_OWN_METS}", "METS.xml of a representation is not listed"
    ),
    _should("CSIP105", _OWN_PART, "the division of a representation is missing"),
    Rule("CSIP108", f"{_OWN_PART}/m:mptr/@x:title = {_OWN_GROUP}/@ID", "a division does not name its group of files"),
    Rule("CSIP109", f"count({_OWN_PART}/m:mptr) = 1", "a division does not lead to METS.xml of its representation"),
    Rule("CSIP110", f"{_OWN_PART}/m:mptr/@x:href = {_OWN_METS}", "a division leads to another place"),
    Rule("CSIP111", f"{_OWN_PART}/m:mptr/@x:type = 'simple'", "a link to a representation is not simple"),
    Rule("CSIP112", f"{_OWN_PART}/m:mptr/@LOCTYPE = 'URL'", "a link to a representation has no LOCTYPE of URL"),
)
"""What is asked of METS.xml of a package about each representation."""
REPRESENTATION = (
    *_BOTH,
    Rule("CSIP1", "@OBJID = $name", "OBJID is not the name of the folder of the representation"),
)
"""What is asked of METS.xml of a representation."""
