"""Whole folders: what is read, what is refused, and in which words."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import tracemalloc
from pathlib import Path

import pytest

from communique import master
from communique.errors import MasterError, Problem
from communique.master.elements import label
from communique.statement import Certifier, Issuer, Statement

ROOT = Path(__file__).parents[1]
INVALID = ROOT / "tests" / "masters" / "invalid"
KITCHEN_SINK = ROOT / "tests" / "masters" / "valid" / "kitchen-sink"
REAL = ROOT / "content" / "joint-statement-dprk-human-rights"
HEAD = """---
title: Statement
type: statement
date: 2023-12-15
language: en
issuers:
  - name: Japan
publisher:
  name: Press Office
rights:
  statement: Copyright Not Evaluated
---
"""


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    """A statement's folder; `statement_fr` stands for statement.fr.md."""
    place = tmp_path / "a-statement"
    place.mkdir()
    for name, content in files.items():
        path = place / f"{name.replace('_', '.')}.md"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


def problems(place: Path) -> tuple[str, ...]:
    with pytest.raises(MasterError) as caught:
        master.read(place)
    return tuple(line.replace(f"{place}/", "") for line in caught.value.lines())


@pytest.mark.parametrize("rule", sorted(path.name for path in INVALID.iterdir()))
def test_each_fault_is_reported_in_these_words(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INVALID)
    with pytest.raises(MasterError) as caught:
        master.read(Path(rule))
    report = "".join(f"{line}\n" for line in caught.value.lines())
    golden = INVALID / rule / "expected.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(report, encoding="utf-8")
    assert report == golden.read_text(encoding="utf-8")
    is_of_a_file_as_a_whole = rule.startswith(("edition-", "Folder_", "statement-missing"))
    assert is_of_a_file_as_a_whole or all(map(_has_a_line, caught.value.problems))


def test_fixtures_have_nothing_but_masters_and_reports() -> None:
    names = {path.name for rule in INVALID.iterdir() for path in rule.iterdir() if path.suffix not in (".md", ".txt")}
    assert names <= {"media", "source"}
    assert all((rule / "expected.txt").is_file() for rule in INVALID.iterdir())


def _has_a_line(problem: Problem) -> bool:
    """Whether the problem names a line of its file, or the one below the last."""
    path = Path(problem.path)
    return path.is_file() and 1 <= problem.line <= len(path.read_bytes().splitlines()) + 1


def test_the_real_statement() -> None:
    (statement,) = master.read(REAL)
    assert statement.slug == "joint-statement-dprk-human-rights"
    assert statement.name == statement.slug
    assert statement.path.endswith("joint-statement-dprk-human-rights/statement.md")
    assert [issuer.code for issuer in statement.issuers] == ["AL", "JP", "KR", "US"]
    assert statement.revisions[0].version == "1"
    assert statement.date == "2023-12-15"
    assert len(statement.blocks) == 5
    assert statement.editions == ("en",)
    text = (REAL / "statement.md").read_text(encoding="utf-8")
    assert text.endswith(statement.body)
    assert text.split("\n")[statement.body_line - 2] == "---"


def test_the_kitchen_sink_in_two_languages() -> None:
    english, french = master.read(KITCHEN_SINK)
    assert english.editions == french.editions == ("en", "fr")
    assert french.name == "kitchen-sink.fr"
    assert french.date == english.date
    assert english.issuers[0] == Issuer("Norway", "NO", "https://www.regjeringen.no/")
    assert isinstance(english.accessibility.certifier, Certifier)
    assert english.media
    assert all((KITCHEN_SINK / path).read_bytes() == content for path, content in english.media.items())


def test_a_translation_inherits_facts_and_no_wording(tmp_path: Path) -> None:
    extra = "short_title: Short\ndescription: What it says\neditorial_notes: [{text: Note}]\n"
    extra += "revisions: [{version: '1', date: 2023-12-15, note: First}]\nidentifiers: [{scheme: local, value: A 1}]\n"
    english = HEAD.replace("language: en\n", f"language: en\n{extra}") + "Words.\n"
    french = "---\ntitle: Déclaration\npublisher: {name: Bureau de presse}\ndate: 2023-12-15\n---\nMots.\n"
    german = "---\ntitle: Erklärung\n---\nWorte.\n"
    editions = master.read(folder(tmp_path, statement=english, statement_fr=french, statement_de=german))
    assert [edition.language for edition in editions] == ["en", "de", "fr"]
    authoritative, _, translation = editions
    assert translation.publisher.name == "Bureau de presse"
    assert translation.revisions == authoritative.revisions
    assert translation.identifiers == authoritative.identifiers
    assert (translation.short_title, translation.description, translation.editorial_notes) == ("", "", ())
    assert authoritative.short_title == "Short"


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"\n", b"\r\n"), (b"\n", b"\r"), (b"---\ntitle", b"\xef\xbb\xbf---\ntitle"), (b"---\n", b"--- \t\n")],
    ids=["CRLF", "CR", "BOM", "space after ---"],
)
def test_other_ways_to_save_a_file_are_read_with_the_same_words(before: bytes, after: bytes, tmp_path: Path) -> None:
    plain = (REAL / "statement.md").read_bytes()
    place = tmp_path / REAL.name
    (place / "source").mkdir(parents=True)
    received = "jointstatement121523.txt"
    (place / "source" / received).write_bytes((REAL / "source" / received).read_bytes())
    (place / "statement.md").write_bytes(plain.replace(before, after))
    (read,), (expected,) = master.read(place), master.read(REAL)
    assert (place / "statement.md").read_bytes() != plain
    assert (read.title, read.body, read.body_line) == (expected.title, expected.body, expected.body_line)
    assert read.blocks == expected.blocks


def test_values_are_text_as_written(tmp_path: Path) -> None:
    head = HEAD.replace("name: Japan", "name: NO\n    code: NO").replace("title: Statement", "title: 1.0")
    (statement,) = master.read(folder(tmp_path, statement=head + "Words.\n"))
    assert (statement.title, statement.issuers[0].name, statement.issuers[0].code) == ("1.0", "NO", "NO")


def test_nothing_is_normalised(tmp_path: Path) -> None:
    words = "Cafe\u0301 ﬁne “quotes” -- … 'x' soft\u00adhyphen\u00a0\u202f"
    (statement,) = master.read(folder(tmp_path, statement=f"{HEAD.replace('Press Office', words + '.')}\n{words}x\n"))
    assert statement.publisher.name == words + "."
    assert statement.body == f"\n{words}x\n"


def test_faults_of_all_editions_come_together(tmp_path: Path) -> None:
    place = folder(tmp_path, statement=HEAD + "<b>\n", statement_fr="---\ntitel: x\n---\n<i>\n", statement_xx_bad="")
    assert [line.split(" ")[0] for line in problems(place)] == [
        "statement.fr.md:2:",
        "statement.fr.md:2:",
        "statement.fr.md:4:",
        "statement.fr.md:4:",
        "statement.md:13:",
        "statement.md:13:",
        "statement.xx.bad.md:",
    ]


def test_a_syntax_error_of_the_front_matter_does_not_hide_the_faults_of_the_text(tmp_path: Path) -> None:
    lines = problems(folder(tmp_path, statement="---\ntitle: a: b\n---\nWords <b>.\n"))
    assert [line.split(" ")[0] for line in lines] == ["statement.md:2:", "statement.md:4:"]


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    assert problems(tmp_path / "none") == (
        "statement.md: does not exist (put the file there, or mend the name; capitals count)",
    )


@pytest.mark.parametrize("name", ["A", "a_b", "a--b", "-a", "é", "a b", "a."])
def test_names_of_folders(name: str, tmp_path: Path) -> None:
    place = tmp_path / name
    place.mkdir()
    (place / "statement.md").write_text(HEAD + "Words.\n")
    assert "is not a name for a statement's folder" in problems(place)[0]


def test_the_folder_may_be_given_as_a_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder(tmp_path, statement=HEAD + "Words.\n"))
    (statement,) = master.read(Path())
    assert (statement.slug, statement.path) == ("a-statement", "statement.md")


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(HEAD + "Words.\n")
    place = tmp_path / "a-statement"
    place.mkdir()
    (place / "statement.md").symlink_to(tmp_path / "secret.md")
    assert problems(place) == (
        "statement.md: leads out of the statement's folder (put the file itself into a-statement/, no link)",
    )


def test_links_of_pictures_and_sources_are_not_followed(tmp_path: Path) -> None:
    digest = "0" * 64
    head = HEAD.replace("rights:", f"source: {{file: source/received.txt, sha256: {digest}}}\nrights:")
    place = folder(tmp_path, statement=head + "![A flag](media/flag.png)\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "flag.png").write_bytes((KITCHEN_SINK / "media/flag.png").read_bytes())
    (tmp_path / "elsewhere" / "received.txt").write_text("words")
    (place / "media").mkdir()
    (place / "media" / "flag.png").symlink_to(tmp_path / "elsewhere" / "flag.png")
    (place / "source").symlink_to(tmp_path / "elsewhere")
    lines = problems(place)
    assert len(lines) == 2
    assert all("leads out of the statement's folder" in line for line in lines)


def test_a_link_to_itself_and_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    place = folder(tmp_path, statement_fr=HEAD)
    (place / "statement.md").mkdir()
    (place / "statement.de.md").symlink_to("statement.de.md")
    (place / "statement.fr.md").unlink()
    os.mkfifo(place / "statement.fr.md")
    lines = problems(place)
    assert any(line.startswith("statement.de.md: cannot be read: ") for line in lines)
    assert "statement.md: is not a file (put a file there)" in lines
    assert "statement.fr.md: is not a file (put a file there)" in lines


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    place = folder(tmp_path, statement=HEAD)
    with (place / "statement.md").open("r+b") as file:
        file.truncate(10_000_001)
    assert problems(place) == ("statement.md: is 10.0 MB, more than 10 MB (make the file smaller)",)


def test_a_received_file_may_have_any_size_and_is_read_in_pieces(tmp_path: Path) -> None:
    head = HEAD.replace("---\n", f"---\nsource: {{file: source/a.mp4, sha256: {'0' * 64}}}\n", 1)
    place = folder(tmp_path, statement=head + "Words.\n")
    (place / "source").mkdir()
    with (place / "source" / "a.mp4").open("wb") as file:
        file.truncate(64_000_000)
    tracemalloc.start()
    (line,) = problems(place)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert f"is not the digest of source/a.mp4, which is {hashlib.sha256(bytes(64_000_000)).hexdigest()}" in line
    assert peak < 16_000_000


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    place = folder(tmp_path, statement=HEAD + "Words.\n")
    Path(os.fsdecode(os.fsencode(place) + b"/statement.\xff.md")).write_text(HEAD)
    assert problems(place)[0].encode("utf-8").startswith("statement.\ufffd.md: is not the name of an edition".encode())


def test_hidden_and_other_files_are_left_alone(tmp_path: Path) -> None:
    place = folder(tmp_path, statement=HEAD + "Words.\n")
    for name in (".draft.md", "notes.txt", "statement.md~"):
        (place / name).write_bytes(b"\xff")
    assert len(master.read(place)) == 1


def test_the_authoritative_edition_may_be_in_any_language(tmp_path: Path) -> None:
    japanese = HEAD.replace("language: en", "language: ja") + "人権\n状況\n"
    first, second = master.read(folder(tmp_path, statement=japanese, statement_en="---\ntitle: T\n---\nWords.\n"))
    assert (first.language, first.name, second.name) == ("ja", "a-statement", "a-statement.en")
    assert label(list(first.blocks)) == "人権状況"


def test_random_damage_never_gives_a_traceback(tmp_path: Path) -> None:
    """Only Statement or MasterError: 60 damaged copies of a master with every construct, always the same ones."""
    chance = random.Random(20231215)
    original = (KITCHEN_SINK / "statement.md").read_bytes()
    place = shutil.copytree(KITCHEN_SINK, tmp_path / "kitchen-sink")
    refused = read = 0
    for _ in range(60):
        (place / "statement.md").write_bytes(_damaged(original, chance))
        try:
            editions = master.read(place)
        except MasterError as error:
            refused += bool(error.problems)
        else:
            read += isinstance(editions[0], Statement)
    assert refused > read > 0
    assert refused + read == 60


def _damaged(content: bytes, chance: random.Random) -> bytes:
    signs = [
        b"---\n",
        b"[^",
        b"](",
        b"{",
        b"}",
        b"<",
        b"\n\n",
        b"> ",
        b"| ",
        b"`",
        b": ",
        b"\t",
        b"&",
        b"*",
        b"\x00",
        b"\xff",
    ]
    for _ in range(chance.randrange(1, 6)):
        start = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content = content[:start] + content[start + chance.randrange(1, 200) :]
            case 1:
                content = content[:start] + chance.choice(signs) * chance.choice((1, 1, 1, 50)) + content[start:]
            case 2:
                content = content[:start] + bytes([chance.randrange(256)]) + content[start + 1 :]
            case 3:
                end = start + chance.randrange(1, 300)
                content = content[:end] + content[start:end] + content[end:]
    return content
