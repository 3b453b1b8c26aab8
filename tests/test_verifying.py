"""`communique verify`: from a package alone, whatever was changed in it and however well it was forged."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html

from bag_samples import MANIFEST, REPORT, SLUG, flips, forge, names, renew, renew_manifests
from communique import storage, verifying
from communique.checks.file_by_file import Remark
from communique.checks.judges import axe, nu
from communique.checks.packages import kinds, opened
from communique.checks.packages.files import Tree, tree
from communique.checks.packages.kinds import Kind
from communique.checks.publication import Publication
from communique.checks.report import verified
from communique.checks.report.verified import Verified
from communique.checks.verdict import Verdict
from communique.doctor import places
from communique.errors import ToolFailed, UsageError
from test_cli import run

DATA = f"data/build/{SLUG}"
WEB = f"{DATA}/{SLUG}.html"
TABLE = "data/metadata/metadata.csv"


def verify(package: Path) -> Verified:
    """What is said of a package."""
    return verifying.verify(package, places(), lambda _: None)


def objections(found: Verified) -> set[tuple[str, str, str]]:
    """Check, file and rule of each finding; "unchecked" for what has no verdict."""
    report = found.report
    said = {(result.check, result.path, each.rule) for result in report.results for each in result.findings}
    return said | {(result.check, result.path, "unchecked") for result in report.unchecked}


@pytest.fixture
def copy(bag: Path, tmp_path: Path) -> Path:
    """A bag of one's own, to be changed."""
    return Path(shutil.copytree(bag, tmp_path / "elsewhere" / bag.name))


def zipped(folder: Path, top: str) -> Path:
    """A folder as a ZIP file, below a folder of its own if `top` names one."""
    path = folder.parent / f"{folder.name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names(folder):
            archive.write(folder / name, f"{top}{name}")
    return path


def test_a_whole_bag_passes_anywhere(bag: Path) -> None:
    found = verify(bag)
    assert objections(found) == set()
    assert found.report.verdict is Verdict.PASSED
    assert {claim.check for claim in found.report.claims} == {
        *("package", "contents", "package-records", "stored-report"),
        *("words", "metadata", "schemas", "language", "links", "epub-metadata", "page-list", "fixity"),
    }
    assert found.report.idle == ("source",)
    assert (found.kind, found.files) == ("BagIt 1.0", len(names(bag)))
    assert found.size == sum((bag / name).stat().st_size for name in names(bag))


def test_it_says_which_statement_it_is(bag: Path) -> None:
    (statement,) = verify(bag).statements
    assert statement.slug == SLUG
    assert [each.title for each in statement.editions] == ["A Joint Statement on the Harbour of the North"]
    assert (statement.version, statement.date, statement.publisher) == ("1", "2024-02-29", "Press Office")
    assert statement.report == "passed"


@pytest.mark.parametrize("top", ["", "small-v1-bag/", "another name/"])
def test_a_zip_of_it_passes_too(top: str, copy: Path) -> None:
    path, number = zipped(copy, top), len(names(copy))
    shutil.rmtree(copy)
    found = verify(path)
    assert objections(found) == set()
    assert found.files == number


def test_nothing_is_left_behind_and_the_package_is_not_touched(
    bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = {name: (bag / name).stat() for name in names(bag)}
    verify(bag)
    after = {name: (bag / name).stat() for name in names(bag)}
    assert list(tmp_path.iterdir()) == []
    assert {name: (each.st_mtime_ns, each.st_size, each.st_nlink) for name, each in before.items()} == {
        name: (each.st_mtime_ns, each.st_size, each.st_nlink) for name, each in after.items()
    }


def renamed(tag: bytes) -> Callable[[bytes], bytes]:
    """The change of a name in an XML file, which stays well formed."""
    return lambda content: content.replace(tag, tag + b"X")


FORGED: dict[str, tuple[str, Callable[[bytes], bytes], set[str]]] = {
    "a word in the page": (WEB, lambda page: page.replace(b"every ship", b"any ship", 1), {"words"}),
    "a title in a record": (
        f"{DATA}/metadata/dublin-core.xml",
        lambda record: record.replace(b"Harbour of the North</dc:title>", b"Harbour of the South</dc:title>"),
        {"metadata"},
    ),
    "a title in the master": (
        f"data/content/{SLUG}/statement.md",
        lambda text: text.replace(b"Harbour of the North\nshort", b"Harbour of the South\nshort"),
        {"contents", "words", "metadata"},
    ),
    "an element of a record": (f"{DATA}/metadata/datacite.xml", renamed(b"publicationYear"), {"schemas", "metadata"}),
    "an element of PREMIS": ("data/premis.xml", renamed(b"agentName"), {"package-records"}),
    "PREMIS is torn": ("data/premis.xml", lambda record: record[:-20], {"contents", "package-records"}),
    "PREMIS is empty": ("data/premis.xml", lambda _: b"", {"contents", "package-records"}),
    "a size in PREMIS": ("data/premis.xml", lambda record: record.replace(b"<size>", b"<size>1", 1), {"contents"}),
    "a title in bag-info": ("bag-info.txt", lambda text: text.replace(b"of the North", b"of the South"), {"contents"}),
    "a publisher in bag-info": ("bag-info.txt", lambda text: text.replace(b": Press", b": Other"), {"contents"}),
    "a day in bag-info": ("bag-info.txt", lambda text: text.replace(b"Date: 2024", b"Date: 2023"), {"contents"}),
    "an identifier in bag-info": (
        "bag-info.txt",
        lambda text: text.replace(b"urn:uuid:", b"urn:uuid:0", 1),
        {"contents"},
    ),
    "an issuer for Archivematica": (TABLE, lambda table: table.replace(b"Iceland", b"Ireland", 1), {"contents"}),
    "a file for Archivematica": (TABLE, lambda table: table.replace(b"small.epub", b"other.epub", 1), {"contents"}),
    "a line for Archivematica": (TABLE, lambda table: table.rpartition(b"\ndata/")[0] + b"\n", {"contents"}),
    "a link": (WEB, lambda page: page.replace(b"example.org/record", b"example.org/other", 1), {"words"}),
    "the language": (WEB, lambda page: page.replace(b'lang="fr"', b'lang="es"'), {"words", "language"}),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forger_who_makes_all_digests_anew_is_found_by_words_and_metadata(case: str, copy: Path) -> None:
    name, change, checks = FORGED[case]
    forge(copy, name, change)
    found = verify(copy)
    assert {check for check, _, _ in objections(found)} == checks
    assert found.report.verdict is not Verdict.PASSED


def test_a_finding_names_the_file_as_it_lies_in_the_package(copy: Path) -> None:
    forge(copy, WEB, lambda page: page.replace(b"every ship", b"any ship", 1))
    found = verify(copy)
    assert objections(found) == {("words", WEB, "word-changed")}
    assert f"{copy.name}/{WEB}: p2: " in verified.text(found)


@pytest.mark.parametrize(
    "name", ["bagit.txt", "tagmanifest-sha512.txt", f"data/content/{SLUG}/media/flag.png", MANIFEST]
)
def test_a_bit_that_turned_is_found(name: str, copy: Path) -> None:
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(next(flips(content)))
    assert "package" in {check for check, _, _ in objections(verify(copy))}


def report_of(bag: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Changes the report inside, and the manifests of the bag with it."""
    report = json.loads((bag / REPORT).read_bytes())
    change(report)
    (bag / REPORT).write_text(json.dumps(report), encoding="utf-8")
    renew_manifests(bag)


REPORTS: dict[str, tuple[Callable[[dict[str, object]], object], str]] = {
    "another manifest": (lambda report: report.update(manifest={"sha256": "0" * 64}), "another-manifest"),
    "a file less": (lambda report: report["files"].pop(), "not-judged"),  # type: ignore[attr-defined]
    "a file more": (lambda report: report["files"].append({"name": "x", "sha256": "0"}), "missing"),  # type: ignore[attr-defined]
    "another file": (lambda report: report["files"][0].update(sha256="0"), "another-file"),  # type: ignore[index]
    "failed": (lambda report: report.update(verdict="failed"), "report-not-passed"),
    "unchecked": (lambda report: report.update(verdict="unchecked"), "report-not-passed"),
    "no files": (lambda report: report.update(files=None), "unreadable"),
    "no verdict": (lambda report: report.pop("verdict"), "unreadable"),
}


@pytest.mark.parametrize("case", REPORTS)
def test_a_report_that_is_about_other_files_is_found(case: str, copy: Path) -> None:
    change, rule = REPORTS[case]
    report_of(copy, change)
    assert objections(verify(copy)) == {("stored-report", REPORT, rule)}


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'"passed"', b"[" * 100_000])
def test_a_report_that_is_none_is_found(content: bytes, copy: Path) -> None:
    (copy / REPORT).write_bytes(content)
    renew_manifests(copy)
    found = verify(copy)
    assert objections(found) == {("stored-report", REPORT, "unreadable")}
    assert found.statements[0].report == ""


def test_a_package_without_the_master_proves_nothing(copy: Path) -> None:
    (copy / f"data/content/{SLUG}/statement.md").unlink()
    renew_manifests(copy)
    found = verify(copy)
    assert ("contents", "", "missing") in objections(found)
    assert "words" in {result.check for result in found.report.unchecked}
    assert found.statements[0].editions[0].title == "A Joint Statement on the Harbour of the North"
    assert found.statements[0].version == ""


def test_a_package_without_a_statement_is_no_pass(copy: Path) -> None:
    shutil.rmtree(copy / "data" / "content")
    shutil.rmtree(copy / "data" / "build")
    renew_manifests(copy)
    found = verify(copy)
    assert objections(found) == {("contents", "", "nothing-inside"), ("contents", "", "premis-object")}
    verified.write(found)


def ruined(bag: Path) -> Iterator[str]:
    """Ways to ruin every file of a bag at once, each with manifests that know of it."""
    kept = {name: (bag / name).read_bytes() for name in names(bag) if name.startswith("data/")}
    for way, content in {
        "empty": b"",
        "rubbish": b"\x00\xff\xfe rubbish" * 50,
        "ZIP": b"PK\x03\x04",
        "YAML": b"---\n- [\n---\n",
    }.items():
        for name in kept:
            (bag / name).write_bytes(content)
        renew_manifests(bag)
        yield way
    for name, content in kept.items():
        (bag / name).write_bytes(content[: len(content) // 2])
    renew_manifests(bag)
    yield "cut in half"


def test_no_ruin_stops_a_verification(copy: Path) -> None:
    for way in ruined(copy):
        found = verify(copy)
        assert found.report.verdict is not Verdict.PASSED, way
        said = " ".join(result.unchecked for result in found.report.unchecked)
        assert "a bug" not in said, (way, said)
        assert verified.text(found)
        html.document_fromstring(verified.write(found))


@pytest.mark.parametrize(
    "name", ["bagit.txt", "data", WEB, MANIFEST, REPORT, f"data/content/{SLUG}/statement.md", "data/premis.xml"]
)
def test_a_folder_or_a_link_in_the_place_of_a_file_is_found(name: str, copy: Path) -> None:
    path = copy / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to("/etc/hostname")
    assert verify(copy).report.verdict is not Verdict.PASSED
    path.unlink()
    path.mkdir()
    assert verify(copy).report.verdict is not Verdict.PASSED


def test_names_that_no_terminal_should_print_are_spelled_out(copy: Path) -> None:
    (copy / "data" / "\x1b[31mred\u202e").write_bytes(b"")
    (copy / os.fsdecode(b"data/\xff")).write_bytes(b"")
    found = verify(copy)
    text = verified.text(found)
    assert r"\u001b[31mred\u202e" in text
    assert text.isprintable() or all(line.isprintable() for line in text.splitlines())
    assert b"\x1b" not in verified.write(found)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda _: None, "no such package"),
        (lambda path: path.write_text("Dear Sir"), "is no package"),
        (lambda path: path.mkdir(), "is no package of a kind that is known here (BagIt 1.0"),
        (os.mkfifo, "is no package"),
        (lambda path: path.symlink_to("nowhere"), "no such package"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "is no package of a kind"),
    ],
)
def test_what_is_no_package_is_refused_in_one_line(make: Callable[[Path], object], reason: str, tmp_path: Path) -> None:
    make(tmp_path / "it")
    with pytest.raises(UsageError) as caught:
        verify(tmp_path / "it")
    assert caught.value.exit_code == 2
    assert len(caught.value.lines()) == 1
    assert reason in str(caught.value)


@pytest.mark.parametrize("left", [0, 1, 100, -1, -1000])
def test_a_torn_zip_is_a_finding(left: int, copy: Path) -> None:
    path = zipped(copy, "")
    path.write_bytes(path.read_bytes()[:left])
    assert ("package", "", "unreadable") in objections(verify(path))


def test_a_damaged_entry_of_a_zip_is_a_finding_and_the_rest_is_still_judged(copy: Path) -> None:
    path = zipped(copy, "it/")
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo(f"it/{WEB}").header_offset + 200
    content = bytearray(path.read_bytes())
    content[place] ^= 0x10
    path.write_bytes(bytes(content))
    found = objections(verify(path))
    assert {rule for check, _, rule in found if check == "package"} >= {"entry-torn"}
    assert not [each for each in found if each[0] == "words" and each[1] != WEB]


def test_a_zip_that_leads_out_or_holds_more_than_the_package_is_found(copy: Path, tmp_path: Path) -> None:
    path = zipped(copy, "it/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../outside", "x")
        archive.writestr("beside.txt", "x")
    assert objections(verify(path)) == {("package", "", "outside-the-package"), ("package", "", "beside-the-package")}
    assert not list(tmp_path.rglob("outside"))


def test_a_full_disk_is_no_verdict(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise ToolFailed("/tmp/x: cannot be written: No space left on device")

    monkeypatch.setattr(storage, "lay_out", full)
    assert objections(verify(copy)) == {("contents", "", "unchecked")}


def hostile(names_in_it: dict[str, str]) -> Kind:
    """A kind of package that says where its files lie."""
    return Kind("Trap", lambda folder: "trap" in folder.names, lambda _: iter(()), lambda _: names_in_it)


@pytest.mark.parametrize(
    "path",
    ["content/../../x/y", "build/one/../../../x", "/etc/x/y", "content//x", "other/one/x", "content/one", "build/o/\0"],
)
def test_a_package_that_points_out_of_itself_is_found(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trap").write_bytes(b"")
    monkeypatch.setattr(opened, "KINDS", (hostile({path: "trap", "build/one/x": "gone"}),))
    found = verify(tmp_path)
    assert {("contents", "", "outside-the-package"), ("contents", "", "nothing-inside")} <= objections(found)


def _breaks(_: Tree) -> Iterator[Remark]:
    raise KeyError("nobody foresaw it")


def test_a_judge_that_breaks_is_no_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").write_bytes(b"")
    broken = Kind("Broken", lambda _: True, _breaks, _breaks)  # type: ignore[arg-type]
    blind = Kind("Blind", lambda folder: bool(list(_breaks(folder))), _breaks, lambda _: {})
    monkeypatch.setattr(opened, "KINDS", (blind, broken))
    assert objections(verify(tmp_path)) == {("package", "", "unchecked"), ("contents", "", "unchecked")}


def test_every_kind_is_told_apart_from_a_folder_of_anything(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"")
    assert [kind.name for kind in kinds.KINDS if kind.recognises(tree(tmp_path))] == []


def test_the_page_can_be_filed(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    found = verify(bag)
    page = verified.write(found)
    tree_of_it = html.document_fromstring(page)
    text = " ".join(tree_of_it.text_content().split())
    for fact in (
        "A Joint Statement on the Harbour of the North",
        "Every check passed",
        "2024-02-29",
        "Press Office",
        "BagIt 1.0",
        f"{found.files}, together {found.size} bytes",
        *found.seals.values(),
        *(claim.text for claim in found.report.claims),
        *(claim.version for claim in found.report.claims),
    ):
        assert fact in text
    assert tree_of_it.xpath("//script|//link|//img|//*[starts-with(@href, 'http')]") == []
    assert page == verified.write(verify(bag))
    assert "DateNone." in text


def test_the_page_has_a_day_only_if_it_is_told_one(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1714953600")
    assert verify(bag).report.date == "2024-05-06"


def test_a_digest_stands_for_the_whole(bag: Path, copy: Path) -> None:
    before = verify(bag).seals
    assert set(before) == {"tagmanifest-sha256.txt", "list of all files, as sha256sum prints it"}
    assert before == verify(copy).seals
    forge(copy, WEB, lambda page: page + b"\n")
    after = verify(copy).seals
    assert all(before[name] != after[name] for name in before)
    assert "small-v1-bag.zip itself" in verify(zipped(copy, "")).seals


@pytest.mark.judge
def test_the_page_is_sound_and_accessible_whatever_it_says(bag: Path, copy: Path, tmp_path: Path) -> None:
    forge(copy, WEB, lambda page: page.replace(b"every ship", b"any ship", 1))
    report_of(copy, lambda report: report.update(verdict="failed"))
    (copy / "data" / "content" / SLUG / "media" / "flag.png").unlink()
    subjects = []
    for name, package in {"passed": bag, "failed": copy}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.html").write_bytes(verified.write(verify(package)))
        subjects.append((Publication(name, tmp_path / name, None), f"{name}.html"))
    results = [result for check in (nu.CHECK, axe.CHECK) for result in check.run(subjects, places())]
    assert len(results) == 4
    assert [result for result in results if result.findings or result.unchecked] == []


def test_the_command_says_so_in_plain_lines_and_writes_the_page(copy: Path, tmp_path: Path) -> None:
    done = run("verify", copy.name, "--report", "../page.html", cwd=copy.parent)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    assert first.startswith("small-v1-bag: BagIt 1.0, ")
    assert last == "../page.html: the page to file"
    assert (tmp_path / "page.html").read_bytes() == verified.write(verify(copy))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "page.html"]


def test_the_command_tells_by_its_number(copy: Path) -> None:
    forge(copy, WEB, lambda page: page.replace(b"every ship", b"any ship", 1))
    found = run("verify", str(copy), cwd=copy.parent)
    assert (found.returncode, found.stderr) == (1, "")
    assert "One finding" in found.stdout.splitlines()[-1]
    assert run("verify", "nowhere", cwd=copy.parent).returncode == 2


@pytest.mark.parametrize(
    "place", ["small-v1-bag/page.html", "small-v1-bag", "small-v1-bag/data/new.html", "nowhere/page.html"]
)
def test_a_page_that_cannot_be_written_there_is_told_in_one_line(place: str, copy: Path) -> None:
    before = names(copy)
    done = run("verify", str(copy), "--report", place, cwd=copy.parent)
    assert done.returncode in (2, 5)
    assert len(done.stderr.splitlines()) == 1
    assert names(copy) == before


def test_files_are_laid_out_as_second_names_or_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").write_bytes(b"1")
    storage.lay_out(tmp_path / "linked", {"a/b/c": tmp_path / "one"})
    assert (tmp_path / "linked/a/b/c").samefile(tmp_path / "one")

    def elsewhere(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", elsewhere)
    storage.lay_out(tmp_path / "copied", {"a/b/c": tmp_path / "one"})
    assert (tmp_path / "copied/a/b/c").read_bytes() == b"1"
    assert not (tmp_path / "copied/a/b/c").samefile(tmp_path / "one")
    with pytest.raises(ToolFailed):
        storage.lay_out(tmp_path / "both", {"a": tmp_path / "one", "a/b": tmp_path / "one"})


def test_digests_made_anew_are_those_of_the_files(copy: Path) -> None:
    """The forger of these tests leaves a bag as it was if nothing was changed."""
    before = {name: (copy / name).read_bytes() for name in names(copy)}
    renew(copy)
    assert {name: (copy / name).read_bytes() for name in names(copy)} == before
