"""What a MARC 21 record says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.checks.metadata import coded
from communique.checks.metadata.facts import Facts, Row, first
from communique.checks.metadata.files import Files
from communique.checks.opening import Element

_CLAIM, _BY = "The EPUB conforms to ", ", as certified by "
_HAZARDS = "Accessibility hazards of the EPUB: "


def rows(root: Element, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    """Everything that it says of the statement."""
    yield Row("identifiers", "001", _control(root, "001"), [names[1]])
    days = ["-".join((text[:4], text[4:6], text[6:8])) for text in _control(root, "005")]
    yield Row("revised", "005", days, known.made(days))
    yield Row(
        "revised", "008", [f"20{text[:2]}-{text[2:4]}-{text[4:6]}" for text in _control(root, "008")], known.made(days)
    )
    yield Row("date", "008", [text[7:15] for text in _control(root, "008")], [known.date.replace("-", "")])
    version = f"Version {known.version}" if known.version else ""
    for key, place, wanted in (
        ("title", "245 a", [known.title]),
        ("short-title", "246 a", [known.short_title]),
        ("version", "250 a", [version]),
        ("publisher", "264 b", [known.publisher]),
        ("publisher", "040 a", [known.publisher]),
        ("publisher", "040 c", [known.publisher]),
        ("revised", "046 j", [known.modified.replace("-", "") if known.modified != known.date else ""]),
        ("date", "264 c", [known.date]),
        ("description", "520 a", [known.description]),
        ("rights", "540 a", [known.rights]),
        ("rights-uri", "540 u", [known.rights_uri]),
        ("holder", "542 d", [known.holder]),
        ("source", "541 a", [known.source]),
        ("places", "651 a", first(known.places)),
        ("places", "651 1", [row[2] for row in known.places]),
        ("places", "043 c", [row[1].lower() for row in known.places]),
        ("subjects", "650 a", [row[0] for row in known.subjects if row[1]]),
        ("subjects", "650 0", [row[1] for row in known.subjects]),
        ("subjects", "653 a", [row[0] for row in known.subjects if not row[1]]),
    ):
        yield Row(key, place, _subfields(root, *place.split()), wanted)
    issuers = [[*_subfields(root, "110", code), *_subfields(root, "710", code)] for code in "a1"]
    yield Row("issuers", "110 a, 710 a", issuers[0], first(known.issuers))
    yield Row("issuers", "110 1, 710 1", issuers[1], [row[2] for row in known.issuers])
    if known.kind:
        yield Row("kind", "655 a", [*map(coded.kind, _subfields(root, "655", "a"))], [known.kind])
    yield from _language(root, known)
    yield from _identifiers(root, known)
    yield from _related(root, known)


def files(root: Element, known: Files) -> Iterator[Row]:
    """What it says of the files and of the accessibility of the EPUB."""
    found = [" ".join(each) for each in zip(*(_subfields(root, "856", code) for code in "fqs"), strict=False)]
    listed = [f"{name} {row.get('mediaType')} {row.get('size')} bytes" for name, row in known.listed.items()]
    yield Row("files", "856", sorted(found), sorted(listed))
    yield Row("files", "856 f", sorted(_subfields(root, "856", "f")), sorted(known.listed))
    yield Row("accessibility", "341 a", _subfields(root, "341", "a"), _modes(known))
    features = sorted(known.claim("schema:accessibilityFeature"))
    yield Row("accessibility", "341 b", sorted(_subfields(root, "341", "b")), features)
    summary = [text for each in _fields(root, "532") if each.get("ind1") == "1" for text in _texts(each, "a")]
    yield Row("accessibility", "532 a", summary, known.claim("schema:accessibilitySummary"))
    said = [text for each in _fields(root, "532") if each.get("ind1") != "1" for text in _texts(each, "a")]
    wanted = [f"{_HAZARDS}{', '.join(known.claim('schema:accessibilityHazard'))}"] if known.claims else []
    wanted += [f"{_CLAIM}{each}{_BY}{known.certified[0]}" for each in known.claim("dcterms:conformsTo")]
    yield Row("accessibility", "532 a", said, wanted)


def _modes(known: Files) -> Sequence[str]:
    """How the EPUB is taken in: first of all, and by sight besides."""
    first, *others = known.claim("schema:accessMode") or ("",)
    return [first, *(each for each in others if each == "visual")]


def _language(root: Element, known: Facts) -> Iterator[Row]:
    tags = [text for each in _fields(root, "041") if each.get("ind2") == "7" for text in _texts(each, "a")]
    yield Row("language", "041 a", tags, [known.language])
    if code := coded.bibliographic(known.language):
        codes = [text for each in _fields(root, "041") if each.get("ind2") != "7" for text in _texts(each, "a")]
        fixed = [text[35:38] for text in _control(root, "008")]
        yield Row("language", "008, 041 a", [*fixed, *codes], [code] * 2)
    yield Row("language", "040 b", _subfields(root, "040", "b"), ["eng"])
    original = [row[2] for row in (known.background.editions if known.background else ()) if row[0] == "original"]
    if known.background and all(map(coded.bibliographic, original)):
        wanted = [coded.bibliographic(each) for each in original]
        yield Row("editions", "041 h", _subfields(root, "041", "h"), wanted)


def _identifiers(root: Element, known: Facts) -> Iterator[Row]:
    for scheme in ("doi", "urn"):
        found = [text for each in _fields(root, "024") if _texts(each, "2") == [scheme] for text in _texts(each, "a")]
        wanted = [*known.identifier(scheme), *([known.lineage[0]] if scheme == "urn" else [])]
        yield Row("identifiers", f"024 {scheme}", found, wanted)
    found = [text for each in _fields(root, "024") if each.get("ind1") == "8" for text in _texts(each, "a")]
    yield Row("identifiers", "024 local", found, known.identifier("local"))
    yield Row("identifiers", "191 a", _subfields(root, "191", "a"), known.identifier("symbol"))
    yield Row("identifiers", "856 u", _subfields(root, "856", "u"), known.identifier("url"))


def _related(root: Element, known: Facts) -> Iterator[Row]:
    """The other works and editions that it names."""
    cited = [each for each in _fields(root, "787") if _texts(each, "i") == ["References:"]]
    yield Row("references", "787 t", [text for each in cited for text in _texts(each, "t")], first(known.references))
    found = [text for each in cited for text in _texts(each, "o")]
    yield Row("references", "787 o", found, [row[1] for row in known.references])
    others = [text for each in _fields(root, "787") if each not in cited for text in _texts(each, "o")]
    yield Row("lineage", "787 o", others, [known.lineage[1]])
    yield Row("lineage", "780 o", _subfields(root, "780", "o"), [known.lineage[2]])
    if (behind := known.background) is None:
        return
    found = [text for each in cited for text in _texts(each, "r")]
    yield Row("references", "787 r", found, behind.symbols)
    yield Row("source", "541 d", _subfields(root, "541", "d"), [behind.received.replace("-", "")])
    yield Row("notes", "500 a", _subfields(root, "500", "a"), behind.notes)
    history = [f"Version {version} ({day}): {note}" for version, day, note in behind.revisions]
    yield Row("revisions", "562 c", _subfields(root, "562", "c"), history)
    for tag, relation in (("765", "original"), ("767", "translation"), ("775", "sibling")):
        yield Row("editions", f"{tag} o", _subfields(root, tag, "o"), behind.named(relation))


def _control(root: Element, tag: str) -> list[str]:
    return [each.text or "" for each in root.iter("{*}controlfield") if each.get("tag") == tag]


def _fields(root: Element, tag: str) -> list[Element]:
    return [each for each in root.iter("{*}datafield") if each.get("tag") == tag]


def _subfields(root: Element, tag: str, code: str) -> list[str]:
    return [text for field in _fields(root, tag) for text in _texts(field, code)]


def _texts(field: Element, code: str) -> list[str]:
    return [each.text or "" for each in field.iter("{*}subfield") if each.get("code") == code]
