"""Items for DSpace: whatever its importer would stop at, leave out or misread is found, and every byte that changes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

import package_samples
from communique.checks.packages import saf
from communique.checks.packages.files import tree
from communique.packages import saf as packager
from package_samples import gathered
from saf_samples import FILES, item

FOLDER = "SimpleArchiveFormat/sample-v2"
MANIFEST = "manifest-sha256.txt"
Change = Callable[[bytes], bytes]


def whole() -> dict[str, bytes]:
    """A good package by the names of its files."""
    return {f"{FOLDER}/{name}": content for name, content in item().items()}


def lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the files of a package."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def rules(folder: Path, files: Mapping[str, bytes]) -> set[str]:
    """The rules that a package breaks."""
    lay_out(folder, files)
    return {remark.rule for remark in saf.remarks(tree(folder))}


def listed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Some files of an item with a manifest that agrees with them."""
    names = sorted(files.keys() - {MANIFEST})
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names)
    return {**files, MANIFEST: "".join(lines).encode("utf-8", "surrogateescape")}


def changed(name: str, change: Change) -> dict[str, bytes]:
    """An item in which one file was changed, and the manifest knows of it."""
    files = item()
    return listed({**files, name: change(files[name])})


def _to(content: bytes) -> Change:
    return lambda _: content


def placed(files: Mapping[str, bytes], folder: str = FOLDER) -> dict[str, bytes]:
    """An item in its folder."""
    return {f"{folder}/{name}" if folder else name: content for name, content in files.items()}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a package is laid out."""
    return tmp_path / "package"


def test_a_whole_item_has_nothing_against_it(place: Path) -> None:
    assert rules(place, whole()) == set()
    assert saf.recognises(tree(place))


def test_files_are_found_by_the_paths_that_they_had(place: Path) -> None:
    lay_out(place, whole())
    found = {path: (place / name).read_bytes() for path, name in saf.places(tree(place)).items()}
    assert found == FILES


# Fixity: whatever is done to any file is found.


@pytest.mark.parametrize("name", sorted(item()))
def test_every_byte_that_changes_is_found(name: str, place: Path) -> None:
    lay_out(place, whole())
    content = item()[name]
    path = place / FOLDER / name
    for position in thirds(len(content)):
        for flipped in (content[position] ^ 0x20, content[position] ^ 0x01):
            path.write_bytes(content[:position] + bytes([flipped]) + content[position + 1 :])
            assert list(saf.remarks(tree(place))), (name, position, flipped)


def thirds(length: int) -> Sequence[int]:
    """Positions at both ends and within each third of so many bytes."""
    return sorted({0, length // 6, length // 2, 5 * length // 6, length - 1}) if length else ()


@pytest.mark.parametrize("bit", [0x20, 0x01])
def test_every_byte_of_a_manifest_counts(bit: int, place: Path) -> None:
    small = {name: content for name, content in item().items() if name in ("dublin_core.xml", "inventory.csv")}
    files = listed({**small, "inventory.csv": b"name,path\n", "contents": b"inventory.csv\n" + MANIFEST.encode()})
    lay_out(place, placed(files))
    content = files[MANIFEST]
    found = {remark.rule for remark in saf.remarks(tree(place))}
    for position in range(len(content)):
        flipped = content[:position] + bytes([content[position] ^ bit]) + content[position + 1 :]
        (place / FOLDER / MANIFEST).write_bytes(flipped)
        assert {remark.rule for remark in saf.remarks(tree(place))} - found, position


@pytest.mark.parametrize("name", sorted(item()))
def test_every_file_that_is_missing_is_found(name: str, place: Path) -> None:
    files = {path: content for path, content in whole().items() if path != f"{FOLDER}/{name}"}
    assert "missing" in rules(place, files)
    assert saf.recognises(tree(place))


@pytest.mark.parametrize("name", ["dublin_core.xml", "contents", "inventory.csv", MANIFEST])
def test_what_every_item_needs_is_missed_even_where_no_list_has_it(name: str, place: Path) -> None:
    files = {other: content for other, content in item().items() if other != name}
    lines = files.get("contents", b"").splitlines(keepends=True)
    kept = b"".join(line for line in lines if not line.startswith(name.encode()))
    files |= {"contents": kept} if lines else {}
    files = files if name == MANIFEST else listed(files)
    lay_out(place, placed(files))
    said = [remark.message for remark in saf.remarks(tree(place)) if remark.rule == "missing"]
    assert f"{name} is not there" in [message.partition(":")[0] for message in said]


@pytest.mark.parametrize("name", sorted(item()))
def test_every_file_that_is_emptied_or_cut_is_found(name: str, place: Path) -> None:
    content = item()[name]
    if content:
        assert rules(place, {**whole(), f"{FOLDER}/{name}": b""})
        assert rules(place, {**whole(), f"{FOLDER}/{name}": content[:-1]})
    assert rules(place, {**whole(), f"{FOLDER}/{name}": content + b"\n"})


@pytest.mark.parametrize(
    "name",
    ["extra.txt", "metadata_local.xml", "collections", "handle", "relationships", "manifest-md5.txt", ".hidden"],
)
def test_every_file_too_many_is_found(name: str, place: Path) -> None:
    assert "not-listed" in rules(place, {**whole(), f"{FOLDER}/{name}": b"<dublin_core schema='local'/>"})


@pytest.mark.parametrize("name", [MANIFEST, "contents", "inventory.csv"])
def test_every_doubled_line_is_found(name: str, place: Path) -> None:
    content = item()[name]
    lines = content.splitlines(keepends=True)
    for number, line in enumerate(lines[1:] if name == "inventory.csv" else lines):
        doubled = content + line
        if line.count(b'"') % 2:  # A name with a line break is two lines; half of it makes the file unreadable.
            continue
        files = {**item(), name: doubled} if name == MANIFEST else changed(name, _to(doubled))
        assert "listed-twice" in rules(place, placed(files)), number


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("manifest-unreadable", lambda lines: lines + b"no digest\n"),
        ("manifest-unreadable", lambda lines: lines + b"\n"),
        ("manifest-unreadable", lambda lines: lines.replace(b"  ", b" *", 1)),
        ("manifest-unreadable", lambda lines: lines.replace(lines[:64], lines[:64].upper())),
        ("manifest-unreadable", lambda lines: lines[1:]),
        ("manifest-order", lambda lines: b"".join(reversed(lines.splitlines(keepends=True)))),
        ("missing", lambda lines: lines + b"0" * 64 + b"  zzz.txt\n"),
        ("not-listed", lambda lines: b"".join(lines.splitlines(keepends=True)[1:])),
        ("wrong-digest", lambda lines: b"0" * 64 + lines[64:]),
        ("line-ends", lambda lines: lines.replace(b"\n", b"\r\n")),
        ("byte-order-mark", lambda lines: b"\xef\xbb\xbf" + lines),
        ("torn", lambda lines: lines[:-1]),
        ("not-ascii", lambda lines: lines + "ü\n".encode()),
    ],
)
def test_a_manifest_is_read_strictly(rule: str, change: Change, place: Path) -> None:
    assert rule in rules(place, placed({**item(), MANIFEST: change(item()[MANIFEST])}))


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("inventory-unreadable", lambda rows: rows.removeprefix(b"name,path\n")),
        ("inventory-unreadable", lambda rows: rows + b"a.txt,content/sample/a.txt,more\n"),
        ("inventory-unreadable", lambda rows: rows + b'"torn\n'),
        ("inventory-unreadable", lambda rows: rows.replace(b"build/sample/manifest.json", b"/etc/manifest.json")),
        ("inventory-unreadable", lambda rows: rows.replace(b"build/sample/manifest.json", b"build/../manifest.json")),
        ("inventory-unreadable", lambda rows: rows.replace(b"build/sample/manifest.json", b"manifest.json")),
        ("listed-twice", lambda rows: rows + b"other.txt,build/sample/manifest.json\n"),
        ("missing", lambda rows: rows + b"other.txt,build/sample/other.txt\n"),
        ("missing", lambda rows: rows + b"license.txt,build/sample/license.txt\n"),
        ("not-listed", lambda rows: rows.replace(b"manifest.json,build/sample/manifest.json\n", b"")),
    ],
)
def test_an_inventory_is_read_strictly(rule: str, change: Change, place: Path) -> None:
    assert rule in rules(place, placed(changed("inventory.csv", change)))


def test_a_path_that_leads_elsewhere_is_no_place(place: Path) -> None:
    for path in (b"/etc/passwd", b"../x", b"build/../../x", b"content/sample/../x", b"content//x", b"content/a\\b/c"):
        lay_out(place, placed(changed("inventory.csv", _to(b"name,path\nmanifest.json," + path))))
        assert saf.places(tree(place)) == {}


def test_every_byte_of_the_real_statement_counts(built: Path, tmp_path: Path) -> None:
    entries = list(packager.pack(gathered(built, "joint-statement-dprk-human-rights", tmp_path / "place")))
    folder = package_samples.lay_out(entries, tmp_path / "package")
    assert list(saf.remarks(tree(folder))) == []
    for entry in entries:
        path = folder / entry.name
        content = path.read_bytes()
        for position in thirds(len(content))[1:-1]:
            path.write_bytes(content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :])
            assert list(saf.remarks(tree(folder))), (entry.name, position)
        path.write_bytes(content)


# Where files lie.


def _layouts() -> Iterator[tuple[str, str, dict[str, bytes]]]:
    files = item()
    yield "no wrapper", "no-wrapper", placed(files, "sample-v2")
    yield "no folder at all", "no-wrapper", placed(files, "")
    yield "one folder more", "too-deep", placed(files, f"outer/{FOLDER}")
    yield "a folder in the item", "too-deep", {**whole(), f"{FOLDER}/media/flag.png": b""}
    yield "a file beside the wrapper", "outside-the-item", {**whole(), "README.txt": b""}
    yield "a file beside the item", "outside-the-item", {**whole(), "SimpleArchiveFormat/README.txt": b""}
    yield "a folder beside the item", "outside-the-item", {**whole(), "SimpleArchiveFormat/more/a.txt": b""}
    yield "two wrappers", "several-wrappers", {**whole(), "Other/more/a.txt": b""}
    yield "two items", "several-items", {**whole(), **placed(files, "SimpleArchiveFormat/more")}
    yield "a space in the item's name", "item-name", placed(files, "SimpleArchiveFormat/sample v2")
    for name in (".DS_Store", "._manifest.json", "Thumbs.db", "desktop.ini"):
        yield f"{name} in the item", "hidden", {**whole(), f"{FOLDER}/{name}": b""}
    yield "__MACOSX", "hidden", {**whole(), f"__MACOSX/{FOLDER}/._contents": b""}
    yield "a hidden folder", "hidden", {**whole(), "SimpleArchiveFormat/.git/config": b""}
    for name in ("Überschrift.txt", "a\tb.txt", "a\\b.txt", "a\n.txt"):
        yield ascii(name), "name-not-ascii", placed(listed({**files, name: b""}))
    yield "a space at the end", "name-spaces", placed(listed({**files, "a.txt ": b""}))
    yield "capitals", "name-twins", placed(listed({**files, "Manifest.json": b""}))
    yield "accents", "name-twins", placed(listed({**files, "\u00e9.txt": b"", "e\u0301.txt": b""}))


@pytest.mark.parametrize(("rule", "files"), [pytest.param(*rest, id=name) for name, *rest in _layouts()])
def test_files_lie_where_the_importer_looks(rule: str, files: dict[str, bytes], place: Path) -> None:
    assert rule in rules(place, files)


def test_an_empty_folder_is_an_item_that_stops_the_import(place: Path) -> None:
    lay_out(place, whole())
    (place / "SimpleArchiveFormat" / "more").mkdir()
    assert {remark.rule for remark in saf.remarks(tree(place))} == {"empty-folder"}


def test_a_link_is_no_file(place: Path) -> None:
    lay_out(place, whole())
    (place / FOLDER / "link").symlink_to(place)
    assert {remark.rule for remark in saf.remarks(tree(place))} == {"no-file"}


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"bagit.txt": b""},
        {MANIFEST: b""},
        {"contents": b""},
        {"data/content/sample/source/dublin_core.xml": b""},
        {"content/sample/dublin_core.xml": b""},
    ],
)
def test_what_has_no_item_is_no_package_for_dspace(files: dict[str, bytes], place: Path) -> None:
    place.mkdir()
    lay_out(place, {**files, "other": b""})
    assert not saf.recognises(tree(place))
    assert saf.places(tree(place)) == {}


# The list of what is to be kept.

PDF = b"sample.fr.pdf\tbundle:ORIGINAL"


def _swap(old: bytes, new: bytes) -> Change:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


LINES: dict[str, tuple[str, Change]] = {
    "a literal tab": ("literal-tab", _swap(PDF, b"sample.fr.pdf\\tbundle:ORIGINAL")),
    "spaces for a tab": ("no-tab", _swap(PDF, b"sample.fr.pdf    bundle:ORIGINAL")),
    "spaces before the name": ("name-spaces", _swap(PDF, b" " + PDF)),
    "an empty line": ("empty-line", lambda lines: lines + b"\n"),
    "line ends of Windows": ("line-ends", lambda lines: lines.replace(b"\n", b"\r\n")),
    "line ends of an old Mac": ("line-ends", lambda lines: lines.replace(b"\n", b"\r")),
    "a byte order mark": ("byte-order-mark", lambda lines: b"\xef\xbb\xbf" + lines),
    "no line end": ("torn", lambda lines: lines[:-1]),
    "letters beyond ASCII": ("not-ascii", _swap(b"PDF, fr", "PDF, français".encode())),
    "not even UTF-8": ("not-ascii", _swap(b"PDF, fr", b"PDF, \xff")),
    "an unknown key": ("unknown-key", _swap(PDF, PDF + b"\tembargo:2030-01-01")),
    "a key misspelt": ("unknown-key", _swap(PDF, b"sample.fr.pdf\tBundle:ORIGINAL")),
    "a word without a colon": ("unknown-key", _swap(PDF, PDF + b"\tprimary")),
    "two tabs": ("unknown-key", _swap(PDF, b"sample.fr.pdf\t\tbundle:ORIGINAL")),
    "a tab at the end": ("unknown-key", _swap(b"PDF, fr\n", b"PDF, fr\t\n")),
    "a key twice": ("key-twice", _swap(PDF, PDF + b"\tbundle:MASTER")),
    "no bundle": ("empty-value", _swap(PDF, b"sample.fr.pdf\tbundle:")),
    "no description": ("empty-value", _swap(b"description:PDF, fr", b"description: ")),
    "a space after a value": ("value-spaces", _swap(PDF, PDF + b" ")),
    "a bundle in small letters": ("bundle-name", _swap(PDF, b"sample.fr.pdf\tbundle:original")),
    "a path as a bundle": ("bundle-name", _swap(PDF, b"sample.fr.pdf\tbundle:A/B")),
    "not primary": ("primary-value", _swap(PDF, PDF + b"\tprimary:false")),
    "primary and more": ("primary-value", _swap(b"\tprimary:true", b"\tprimary:trueish")),
    "two primary files": ("primary-twice", _swap(PDF, PDF + b"\tprimary:true")),
    "no primary file": ("no-primary", _swap(b"\tprimary:true", b"")),
    "permissions without a flag": ("permissions", _swap(PDF, PDF + b"\tpermissions:'Staff'")),
    "permissions without quotes": ("permissions", _swap(PDF, PDF + b"\tpermissions:-r Staff")),
    "a file of the machine": ("registered", lambda lines: lines + b"-r -s 0 -f /etc/passwd\tbundle:ORIGINAL\n"),
    "a path": ("outside-the-item", lambda lines: lines + b"../../etc/passwd\tbundle:ORIGINAL\n"),
    "a path of Windows": ("outside-the-item", lambda lines: lines + b"..\\passwd\tbundle:ORIGINAL\n"),
    "a file that is not there": ("missing", lambda lines: lines + b"gone.pdf\tbundle:ORIGINAL\n"),
    "a file without a line": ("not-listed", lambda lines: b"".join(lines.splitlines(keepends=True)[1:])),
    "a line twice": ("listed-twice", lambda lines: lines + PDF + b"\n"),
    "its own fields": ("control-listed", lambda lines: lines + b"dublin_core.xml\tbundle:METADATA\n"),
    "itself": ("control-listed", lambda lines: lines + b"contents\tbundle:METADATA\n"),
    "a licence elsewhere": ("license-bundle", _swap(b"bundle:LICENSE", b"bundle:METADATA")),
}


@pytest.mark.parametrize("name", LINES)
def test_the_list_is_one_that_the_importer_understands(name: str, place: Path) -> None:
    rule, change = LINES[name]
    assert rule in rules(place, placed(changed("contents", change)))


@pytest.mark.parametrize(
    "words",
    [b"\tpermissions:-r 'Staff of 2024'", b"\tpermissions:-w 'Staff'", b"\tiiif-label:Page 1\tiiif-width:200"],
)
def test_the_list_may_say_all_that_the_importer_knows(words: bytes, place: Path) -> None:
    assert rules(place, placed(changed("contents", _swap(PDF, PDF + words)))) == set()


def test_a_licence_needs_no_bundle(place: Path) -> None:
    assert rules(place, placed(changed("contents", _swap(b"license.txt\tbundle:LICENSE", b"license.txt")))) == set()


# The fields.

TITLE = b'<dcvalue element="title" qualifier="none" language="en">'
DATE = b'<dcvalue element="date" qualifier="issued">2024-05-01</dcvalue>'
END = b"</dublin_core>"


def _with(value: bytes) -> Change:
    return _swap(END, value + END)


def _day(text: bytes) -> Change:
    return _swap(DATE, DATE.replace(b"2024-05-01", text))


FIELDS: dict[str, tuple[str, Change]] = {
    "torn": ("not-well-formed", lambda content: content[:-5]),
    "no XML": ("not-well-formed", lambda _: b"title: A\n"),
    "an entity": ("not-well-formed", _swap(b"<dublin_core", b'<!DOCTYPE a [<!ENTITY b "c">]><dublin_core')),
    "a document type": ("doctype", _swap(b"<dublin_core", b"<!DOCTYPE dublin_core><dublin_core")),
    "a byte order mark": ("byte-order-mark", lambda content: b"\xef\xbb\xbf" + content),
    "another encoding": (
        "encoding", lambda content: content.decode().replace("'utf-8'", "'utf-16'", 1).encode("utf-16"),
    ),
    "another root": ("root", lambda content: content.replace(b"dublin_core", b"qualifieddc")),
    "a root of a namespace": ("root", _swap(b"<dublin_core", b'<dublin_core xmlns="http://purl.org/dc/terms/"')),
    "another schema": ("schema", _swap(b'schema="dc"', b'schema="dcterms"')),
    "an unknown schema": ("unknown-schema", _swap(b'schema="dc"', b'schema="local"')),
    "an attribute of the root": ("schema", _swap(b'schema="dc"', b'schema="dc" version="1"')),
    "another element": ("stray", _with(b'<value element="type">A</value>')),
    "text beside values": ("stray", _with(b"text")),
    "an element within a value": ("value-cut", _with(b'<dcvalue element="subject">A <b>B</b></dcvalue>')),
    "a comment within a value": ("value-cut", _with(b'<dcvalue element="subject">A<!-- B -->C</dcvalue>')),
    "CDATA": ("value-cut", _with(b'<dcvalue element="subject"><![CDATA[A]]></dcvalue>')),
    "an attribute too many": ("attribute", _with(b'<dcvalue element="subject" lang="en">A</dcvalue>')),
    "an unknown element": ("unknown-field", _with(b'<dcvalue element="symbol">A</dcvalue>')),
    "no element": ("unknown-field", _with(b"<dcvalue>A</dcvalue>")),
    "an unknown qualifier": ("unknown-field", _with(b'<dcvalue element="title" qualifier="short">A</dcvalue>')),
    "a field of the system": (
        "system-field", _with(b'<dcvalue element="date" qualifier="available">2024</dcvalue>'),
    ),
    "an empty value": ("empty-value", _with(b'<dcvalue element="subject"> </dcvalue>')),
    "a value twice": ("value-twice", _with(b'<dcvalue element="publisher">A</dcvalue>' * 2)),
    "no language": ("language", _swap(b'language="fr"', b'language="french"')),
    "an undetermined language": ("language", _swap(b'language="fr"', b'language="und"')),
    "a language of no text": ("language", _swap(b'qualifier="iso">fr<', b'qualifier="iso">other<')),
    "no title": ("no-title", _swap(b'"title" qualifier="none"', b'"title" qualifier="alternative"')),
    "two titles": ("title-twice", _with(b'<dcvalue element="title">A</dcvalue>')),
    "no date": ("no-date", _swap(DATE, b"")),
    "two dates": ("date-twice", _with(b'<dcvalue element="date" qualifier="issued">2024</dcvalue>')),
    "a date in words": ("date", _day(b"1 May 2024")),
    "a date with strokes": ("date", _day(b"2024/05/01")),
    "a day that never was": ("date", _day(b"2023-02-29")),
    "a month that never was": ("date", _day(b"2023-13")),
    "a date with a time": ("date", _day(b"2024-05-01T00:00:00Z")),
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_the_fields_are_those_that_every_dspace_has(name: str, place: Path) -> None:
    rule, change = FIELDS[name]
    assert rule in rules(place, placed(changed("dublin_core.xml", change)))


@pytest.mark.parametrize("day", [b"2024", b"2024-05", b"2024-02-29"])
def test_a_date_may_be_a_year_a_month_or_a_day(day: bytes, place: Path) -> None:
    assert rules(place, placed(changed("dublin_core.xml", _day(day)))) == set()


def test_a_language_may_be_written_as_dspace_does(place: Path) -> None:
    change = _swap(b'language="fr"', b'language="fr_CA"')
    assert rules(place, placed(changed("dublin_core.xml", change))) == set()


@pytest.mark.parametrize(
    ("name", "rule"),
    [("metadata_local.xml", "unknown-schema"), ("metadata_dc.xml", "schema"), ("metadata_datacite.xml", "root")],
)
def test_a_file_that_the_importer_takes_for_fields_is_judged_as_such(name: str, rule: str, place: Path) -> None:
    """It takes every "metadata_*.xml", be it meant for it or not."""
    root = b"<resource/>" if rule == "root" else b'<dublin_core schema="local"/>'
    assert rule in rules(place, placed(listed({**item(), name: root})))


def test_terms_of_another_schema_are_known_by_its_registry(place: Path) -> None:
    change = _with(b'<dcvalue element="isVersionof">A</dcvalue>')
    assert rules(place, placed(changed("metadata_dcterms.xml", change))) == {"unknown-field"}
