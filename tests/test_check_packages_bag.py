"""Bags: every byte that changes, every file too many or too few and every line doubled is found."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from communique.checks.packages import bag
from communique.checks.packages.files import digests, tree

PAYLOAD = {
    "data/content/one/statement.md": b"---\ntitle: One\n---\nText.\n",
    "data/content/one/source/letter of May.txt": "Überschrift\n".encode(),
    "data/build/one/100%25 sure\n.html": b"<p>Text.",
}
INFO = (
    "Source-Organization: Press Office\nBagging-Date: 2024-05-06\nPayload-Oxum: {oxum}\nExternal-Identifier: one\n"
    "External-Description: A long description that\n  goes on here\n"
    "BagIt-Profile-Identifier: https://example.org/profile.json\n"
)
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def listing(files: Mapping[str, bytes], algorithm: str) -> bytes:
    """A manifest as RFC 8493 has it."""
    rows = (
        f"{hashlib.new(algorithm, content).hexdigest()}  "
        f"{name.replace('%', '%25').replace(chr(10), '%0A').replace(chr(13), '%0D')}\n"
        for name, content in sorted(files.items())
    )
    return "".join(rows).encode()


def whole() -> dict[str, bytes]:
    """A good bag by the names of its files."""
    oxum = f"{sum(map(len, PAYLOAD.values()))}.{len(PAYLOAD)}"
    tags = {"bagit.txt": DECLARATION, "bag-info.txt": INFO.format(oxum=oxum).encode()}
    tags |= {f"manifest-{each}.txt": listing(PAYLOAD, each) for each in bag.ALGORITHMS}
    return {**PAYLOAD, **tags, **{f"tagmanifest-{each}.txt": listing(tags, each) for each in bag.ALGORITHMS}}


def rules(folder: Path, files: Mapping[str, bytes]) -> set[str]:
    """The rules that a bag breaks."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return {remark.rule for remark in bag.remarks(tree(folder))}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a bag is laid out."""
    return tmp_path / "bag"


def test_a_whole_bag_has_nothing_against_it(place: Path) -> None:
    assert rules(place, whole()) == set()


@pytest.mark.parametrize("name", sorted(whole()))
def test_every_byte_that_changes_is_found(name: str, place: Path) -> None:
    rules(place, whole())
    content = whole()[name]
    for position in range(len(content)):
        for changed in (content[position] ^ 0x20, content[position] ^ 0x01):
            (place / name).write_bytes(content[:position] + bytes([changed]) + content[position + 1 :])
            assert list(bag.remarks(tree(place))), (name, position, changed)


@pytest.mark.parametrize("name", sorted(whole()))
def test_every_file_that_is_missing_is_found(name: str, place: Path) -> None:
    assert "missing" in rules(place, {other: content for other, content in whole().items() if other != name})


@pytest.mark.parametrize("name", sorted(whole()))
def test_every_file_that_is_emptied_or_cut_is_found(name: str, place: Path) -> None:
    assert rules(place, {**whole(), name: b""})
    assert rules(place, {**whole(), name: whole()[name][:-1]})


@pytest.mark.parametrize(
    "name",
    ["extra.txt", "data/extra.txt", "data/content/one/.hidden", "manifest-md5.txt", "tagmanifest-md5.txt", "fetch.txt"],
)
def test_every_file_too_many_is_found(name: str, place: Path) -> None:
    assert rules(place, {**whole(), name: b""}) & {"not-listed", "manifest-unknown"}


def test_a_tag_file_that_the_profile_does_not_know_is_found_though_it_is_listed(place: Path) -> None:
    files = {**whole(), "extra.txt": b""}
    tags = {name: content for name, content in files.items() if not name.startswith(("data/", "tagmanifest-"))}
    files |= {f"tagmanifest-{each}.txt": listing(tags, each) for each in bag.ALGORITHMS}
    assert rules(place, files) == {"tag-file-unknown"}


def test_a_bag_is_known_without_its_declaration_and_gives_back_the_files_as_they_lay(place: Path) -> None:
    rules(place, {name: content for name, content in whole().items() if name != "bagit.txt"})
    assert bag.recognises(tree(place))
    assert dict(bag.places(tree(place))) == {name.removeprefix("data/"): name for name in PAYLOAD}
    rules(place, {"statement.md": b""})
    assert not bag.recognises(tree(place))


@pytest.mark.parametrize("name", [name for name in sorted(whole()) if "manifest" in name])
def test_every_doubled_line_is_found(name: str, place: Path) -> None:
    lines = whole()[name].splitlines(keepends=True)
    for line in lines:
        assert "listed-twice" in rules(place, {**whole(), name: whole()[name] + line})


def _manifests(change: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """A bag in which a change was made in a manifest, and the tag manifests know of it."""
    files = whole()
    files["manifest-sha256.txt"] = change(files["manifest-sha256.txt"])
    tags = {name: content for name, content in files.items() if not name.startswith(("data/", "tagmanifest-"))}
    return {**files, **{f"tagmanifest-{each}.txt": listing(tags, each) for each in bag.ALGORITHMS}}


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("outside-the-bag", lambda lines: lines + b"0" * 64 + b"  ../secret\n"),
        ("outside-the-bag", lambda lines: lines + b"0" * 64 + b"  /etc/passwd\n"),
        ("manifest-unreadable", lambda lines: lines + b"no digest\n"),
        ("manifest-unreadable", lambda lines: lines + b"\n"),
        ("manifest-unreadable", lambda lines: lines.replace(b"  ", b" *", 1)),
        ("manifest-unreadable", lambda lines: b"\xff" + lines),
        ("missing", lambda lines: lines + b"0" * 64 + b"  data/gone.txt\n"),
        ("not-listed", lambda lines: b"".join(lines.splitlines(keepends=True)[1:])),
        ("wrong-digest", lambda lines: b"0" * 64 + lines[64:]),
        ("manifest-order", lambda lines: b"".join(reversed(lines.splitlines(keepends=True)))),
    ],
)
def test_a_manifest_that_lies_is_found_even_where_all_others_agree_with_it(
    rule: str, change: Callable[[bytes], bytes], place: Path
) -> None:
    assert rule in rules(place, _manifests(change))


def _information() -> Iterator[tuple[str, str, str]]:
    oxum = f"{sum(map(len, PAYLOAD.values()))}.{len(PAYLOAD)}"
    good = INFO.format(oxum=oxum)
    for label in ("Source-Organization", "Bagging-Date", "Payload-Oxum", "External-Identifier"):
        yield (
            f"without {label}",
            "bag-info",
            "".join(line for line in good.splitlines(keepends=True) if not line.startswith(label)),
        )
    yield "another size", "payload-oxum", good.replace(oxum, "1.3")
    yield "another number", "payload-oxum", good.replace(oxum, oxum[:-1] + "9")
    yield "no numbers", "payload-oxum", good.replace(oxum, "many")
    yield "no label", "bag-info", f"rubbish\n{good}"


@pytest.mark.parametrize(("rule", "text"), [pytest.param(*rest, id=name) for name, *rest in _information()])
def test_what_a_bag_says_of_itself_is_compared(rule: str, text: str, place: Path) -> None:
    files = {**whole(), "bag-info.txt": text.encode()}
    tags = {name: content for name, content in files.items() if not name.startswith(("data/", "tagmanifest-"))}
    files |= {f"tagmanifest-{each}.txt": listing(tags, each) for each in bag.ALGORITHMS}
    assert rules(place, files) == {rule}


def test_links_and_pipes_are_no_files(place: Path) -> None:
    rules(place, whole())
    (place / "data" / "link").symlink_to(place / "bagit.txt")
    os.mkfifo(place / "pipe")
    (place / "folder").symlink_to(place / "data")
    said = [remark.message for remark in bag.remarks(tree(place)) if remark.rule == "no-file"]
    assert said == [f"{name} is neither a file nor a folder" for name in ("data/link", "folder", "pipe")]


def test_a_file_of_many_pieces_has_the_digests_of_the_whole(tmp_path: Path) -> None:
    content = os.urandom(3_000_001)
    (tmp_path / "large").write_bytes(content)
    found = digests(tmp_path / "large", ("sha256", "sha512"))
    assert found == {name: hashlib.new(name, content).hexdigest() for name in ("sha256", "sha512")}
