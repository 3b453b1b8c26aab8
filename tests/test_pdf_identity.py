"""XMP packet, Info dictionary, identifiers: what a PDF says of itself, twice, the same."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from lxml import etree

from communique.checks.reading.pdf_structure import info, packet
from communique.errors import ToolFailed
from communique.writers import pdf
from communique.writers.pdf import Facts, identity
from pdf_pages import CSS, FACTS, MEDIA, page, png, written

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def small(facts: Facts = FACTS, body: str = "<p>words</p>") -> bytes:
    """A PDF of one page."""
    return pdf.write(page(body), CSS, MEDIA, facts)


def values(content: bytes, name: str) -> list[str]:
    """The values of one XMP property."""
    elements = packet(content).findall(f".//{name}", NAMES)
    return [text for element in elements for text in element.itertext() if text.strip()]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dc:title", [FACTS.title, FACTS.title]),
        ("dc:creator", ["Albania", "Japan", "Republic of Korea"]),
        ("dc:description", [FACTS.description] * 2),
        ("dc:subject", ["Human rights", "Non-refoulement"]),
        ("dc:publisher", [FACTS.publisher]),
        ("dc:rights", [FACTS.rights] * 2),
        ("dc:identifier", [FACTS.identifier]),
        ("dc:source", [FACTS.source]),
        ("dc:date", ["2023-12-15"]),
        ("dc:language", ["en"]),
        ("dc:type", ["Text"]),
        ("dc:format", ["application/pdf"]),
        ("xmp:CreateDate", ["2023-12-15"]),
        ("xmp:ModifyDate", ["2023-12-15"]),
        ("xmp:MetadataDate", ["2023-12-15"]),
        ("xmp:CreatorTool", ["Communique"]),
        ("pdf:Producer", ["WeasyPrint 70.0"]),
        ("pdf:Keywords", ["Human rights, Non-refoulement"]),
        ("xmpRights:WebStatement", [FACTS.rights_uri]),
        ("pdfaid:part", ["2"]),
        ("pdfaid:conformance", ["A"]),
        ("pdfuaid:part", ["1"]),
        ("pdfaProperty:name", ["part"]),
    ],
)
def test_the_packet_holds_every_fact(name: str, expected: list[str]) -> None:
    assert values(written(), name) == expected


def test_titles_are_given_by_default_and_by_language() -> None:
    items = packet(written()).findall(".//dc:title/rdf:Alt/rdf:li", NAMES)
    assert [item.get("{http://www.w3.org/XML/1998/namespace}lang") for item in items] == ["x-default", "en"]


def test_the_packet_can_be_found_without_reading_the_pdf() -> None:
    assert b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>' in written()
    assert written().count(b"<?xpacket end") == 1


def test_info_and_packet_agree() -> None:
    assert info(written()) == {
        "/Title": FACTS.title,
        "/Author": "Albania; Japan; Republic of Korea",
        "/Subject": FACTS.description,
        "/Keywords": "Human rights, Non-refoulement",
        "/Creator": "Communique",
        "/Producer": "WeasyPrint 70.0",
        "/CreationDate": "D:20231215",
        "/ModDate": "D:20231215",
    }


def test_unknown_facts_are_left_out() -> None:
    content = small(Facts("Title", "en"))
    assert set(info(content)) == {"/Title", "/Creator", "/Producer"}
    names = {etree.QName(element).localname for element in packet(content).iter() if isinstance(element.tag, str)}
    assert not names & {"creator", "date", "publisher", "rights", "identifier", "source", "CreateDate", "Keywords"}


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2023-12-15T08:30:00Z", "D:20231215083000Z"),
        ("2023-12-15T08:30:00+09:00", "D:20231215083000+09'00'"),
        ("2023-12", "D:202312"),
    ],
)
def test_dates_with_a_time_are_kept(iso: str, expected: str) -> None:
    content = small(replace(FACTS, modified=iso))
    assert info(content)["/ModDate"] == expected
    assert values(content, "xmp:ModifyDate") == [iso]


def test_identifiers_follow_from_the_statement_and_its_content() -> None:
    first, again, changed = small(), small(), small(body="<p>other words</p>")
    other = small(replace(FACTS, identifier="urn:x"))
    assert values(first, "xmpMM:DocumentID") == values(changed, "xmpMM:DocumentID") != values(other, "xmpMM:DocumentID")
    assert values(first, "xmpMM:InstanceID") == values(again, "xmpMM:InstanceID") != values(changed, "xmpMM:InstanceID")
    french = replace(FACTS, language="fr")
    assert identity.document_uuid(FACTS) != identity.document_uuid(french)


def trailer_ids(content: bytes) -> list[bytes]:
    """Both halves of the trailer's ID."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return [bytes(half) for half in opened.trailer.ID]


def test_the_trailer_names_the_document_and_its_content() -> None:
    first, changed = trailer_ids(small()), trailer_ids(small(body="<p>other words</p>"))
    assert first[0] == changed[0] == identity.document_uuid(FACTS).hex.encode()
    assert first[1] != changed[1]


def test_the_catalog_asks_viewers_for_title_language_and_reading_order() -> None:
    with pikepdf.open(io.BytesIO(written())) as opened:
        assert opened.pdf_version == "1.7"
        assert str(opened.Root.Lang) == "en"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(opened.Root.MarkInfo.Marked)
        assert {str(entry.Tabs) for entry in opened.pages} == {"/S"}
        assert "/AF" not in opened.Root


def test_images_are_not_interpolated() -> None:
    css = "body { background: url(media/flag.png) } p { background: url(media/flag.png) no-repeat }"
    content = pdf.write(
        page('<p>a <img src="media/flag.png" alt="b"></p>'), CSS + css, {"media/flag.png": png("RGB")}, FACTS
    )
    with pikepdf.open(io.BytesIO(content)) as opened:
        images = [
            entry for entry in opened.objects if isinstance(entry, pikepdf.Stream) and entry.get("/Subtype") == "/Image"
        ]
        assert [bool(image.Interpolate) for image in images] == [False] * len(images)
        assert images


def test_cmyk_images_are_refused() -> None:
    image = pytest.importorskip("PIL.Image").new("CMYK", (2, 2))
    content = io.BytesIO()
    image.save(content, "JPEG")
    with pytest.raises(ToolFailed, match="CMYK"):
        pdf.write(page('<p><img src="a.jpg" alt="b"></p>'), CSS, {"a.jpg": content.getvalue()}, FACTS)


def test_parent_tree_and_id_tree_lead_back_to_the_elements() -> None:
    with pikepdf.open(io.BytesIO(written())) as opened:
        root = opened.Root.StructTreeRoot
        numbers = pikepdf.NumberTree(root.ParentTree)
        assert sorted(numbers.keys()) == list(range(int(root.ParentTreeNextKey)))
        for index, entry in enumerate(opened.pages):
            assert int(entry.StructParents) == index
            assert all(str(owner.Type) == "/StructElem" for owner in numbers[index])
            for annotation in entry.get("/Annots", []):
                assert numbers[int(annotation.StructParent)].S == "/Link"
        assert [str(pikepdf.NameTree(root.IDTree)[name].S) for name in ("fn1", "fn2")] == ["/Note", "/Note"]
