"""checks/judges/claims and veraPDF: a PDF is judged by what it claims, and must claim what its name stands for."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from communique.checks.judges import verapdf
from communique.checks.judges.claims import STANDARDS, claims, promised
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.verdict import Severity
from communique.doctor import places

BROKEN = Path(__file__).parent / "broken" / "7.1-11.pdf"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DECLARED = 'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'


def written(target: Path, elements: str = "", attributes: str = "", packet: str | None = None) -> Path:
    """A PDF whose XMP has some properties."""
    body = f'<rdf:Description rdf:about="" {DECLARED} {attributes}>{elements}</rdf:Description>'
    whole = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">{body}</rdf:RDF></x:xmpmeta>'
    with pikepdf.open(BROKEN) as pdf:
        stream = pdf.make_stream((whole if packet is None else packet).encode())
        stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = stream
        pdf.save(target, fix_metadata_version=False)  # else it mends the packet
    return target


def archive(part: str, level: str = "") -> str:
    """A claim of PDF/A."""
    conformance = f"<pdfaid:conformance>{level}</pdfaid:conformance>" if level else ""
    return f"<pdfaid:part>{part}</pdfaid:part>{conformance}"


def access(part: str) -> str:
    """A claim of PDF/UA."""
    return f"<pdfuaid:part>{part}</pdfuaid:part>"


@pytest.mark.parametrize(
    ("elements", "attributes", "expected"),
    [
        (access("1") + archive("2", "A"), "", {"ua1", "2a"}),
        (access("2") + archive("4", "F"), "", {"ua2", "4f"}),
        ("", 'pdfuaid:part="1" pdfaid:part="3" pdfaid:conformance="A"', {"ua1", "3a"}),
        (archive("4"), "", {"4"}),
        (access(" 1\n"), "", {"ua1"}),
        (access("1") + access("2"), "", {"ua1", "ua2"}),
        (archive("2", "A") + archive("3", "B"), "", {"2a", "2b", "3a", "3b"}),
        ("", "", set()),
    ],
)
def test_claims_are_read_in_each_form_of_rdf(
    elements: str, attributes: str, expected: set[str], tmp_path: Path
) -> None:
    assert claims(written(tmp_path / "one.pdf", elements, attributes)) == expected


def test_what_cannot_be_read_makes_no_claim(tmp_path: Path) -> None:
    assert claims(BROKEN) == frozenset()
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    for number, packet in enumerate(("", "no XML", "<open>", bomb)):
        with pytest.raises(Unreadable, match="XMP"):
            claims(written(tmp_path / f"{number}.pdf", packet=packet))
    with pytest.raises(Unreadable, match="is no PDF"):
        claims(Path(__file__))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one.pdf", {"ua1", "2a"}),
        ("one.large.pdf", {"ua1", "2a"}),
        ("one.fr.ua1+a3a.pdf", {"ua1", "3a"}),
        ("one.large.ua2+a4f.pdf", {"ua2", "4f"}),
        ("one.print.pdf", set()),
        ("print.pdf", {"ua1", "2a"}),
    ],
)
def test_a_name_promises_a_profile(name: str, expected: set[str]) -> None:
    assert promised(Path(name)) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ({"ua2", "4f"}, {"ua2", "4f"}),
        ({"ua1", "3a"}, {"ua1", "3a"}),
        ({"ua1", "4f"}, {"ua1", "2a"}),
        ({"ua1"}, {"ua1", "2a"}),
    ],
)
def test_a_plain_name_stands_for_any_profile_that_is_claimed_whole(made: set[str], expected: set[str]) -> None:
    assert promised(Path("one.pdf"), frozenset(made)) == expected
    assert promised(Path("one.ua1+a3a.pdf"), frozenset(made)) == {"ua1", "3a"}


def test_only_a_press_edition_that_claims_something_is_asked_about(tmp_path: Path) -> None:
    for name in ("one.pdf", "one.large.ua2+a4f.pdf", "one.print.pdf", "one.fr.print.pdf"):
        written(tmp_path / name)
    written(tmp_path / "one.de.print.pdf", access("1"))
    applies = verapdf.CHECK.applies(Publication("one", tmp_path, None))
    assert set(applies) == {"one.pdf", "one.large.ua2+a4f.pdf", "one.de.print.pdf"}


@pytest.mark.judge
def test_every_false_claim_is_found(tmp_path: Path) -> None:
    made = {
        "none.pdf": ("", {"no-claim"}),
        "half.pdf": (access("1"), {"other-claim", "7.1-11"}),
        "archive.pdf": (archive("2", "A"), {"other-claim", "6.7.3.3-1"}),
        "both.pdf": (access("1") + archive("2", "A"), {"7.1-11", "6.7.3.3-1"}),
        "more.ua1+a3a.pdf": (access("1") + archive("2", "A"), {"other-claim", "7.1-11", "6.7.3.3-1"}),
        "most.ua2+a4f.pdf": (access("9") + archive("9", "Z"), {"unknown-claim", "other-claim"}),
        "some.pdf": (access("1") + archive("2", "X"), {"unknown-claim", "other-claim", "7.1-11"}),
        "press.print.pdf": (access("1"), {"7.1-11"}),
    }
    files = [written(tmp_path / name, elements) for name, (elements, _) in made.items()]
    broken = written(tmp_path / "broken.pdf", packet="no XML")
    judged = {each.file.name: each for each in verapdf.JUDGE.judge([*files, broken], places())}
    assert {name: each.unchecked for name, each in judged.items() if each.unchecked} == {}
    for name, (_, rules) in made.items():
        assert {each.rule for each in judged[name].findings} >= rules, name
    assert {each.rule for each in judged["both.pdf"].findings}.isdisjoint({"other-claim", "no-claim", "unknown-claim"})
    assert [each.rule for each in judged["broken.pdf"].findings] == ["no-claim"]
    assert set(judged["both.pdf"].standards) == {"PDF/UA-1 (ISO 14289-1)", "PDF/A-2a (ISO 19005-2)"}
    assert judged["press.print.pdf"].standards == ("PDF/UA-1 (ISO 14289-1)",)
    assert {each.severity for one in judged.values() for each in one.findings} == {Severity.ERROR}


@pytest.mark.judge
def test_verapdf_knows_every_profile_that_can_be_claimed(tmp_path: Path) -> None:
    """Each claim is judged under its own profile: none is taken for another, and none is without a verdict."""
    files = {}
    for profile in STANDARDS:
        made = access(profile[2:]) if profile.startswith("ua") else archive(profile[0], profile[1:].upper())
        if profile[0] == "4":
            made += "<pdfaid:rev>2020</pdfaid:rev>"
        files[written(tmp_path / f"{profile}.pdf", made)] = profile
    judged = list(verapdf.JUDGE.judge(files, places()))
    assert {files[each.file]: each.standards for each in judged} == {
        profile: (name,) for profile, name in STANDARDS.items()
    }
    assert [each.unchecked for each in judged if each.unchecked] == []
