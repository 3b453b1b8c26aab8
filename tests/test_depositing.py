"""Deposits on a server of InvenioRDM: what is sent, and that no accident makes a second record or a torn one."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from communique.cli import main
from communique.depositing import connection
from communique.statement import Statement
from invenio_deposits import in_haste, run, state
from invenio_samples import FILES, FIRST, SECOND, THIRD, package, stored
from invenio_server import Kept, Server, Stored, running


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    in_haste(monkeypatch)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with nothing on it."""
    with running() as kept:
        yield kept


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The second version of the sample as a package."""
    return package(tmp_path)


def contents(kept: Kept) -> dict[str, bytes | None]:
    """The files of a record on the server."""
    assert all(file.is_complete for file in kept.files.values())
    return {key: file.content for key, file in kept.files.items()}


def assert_published_once(server: Server, *folders: Path) -> None:
    """One record for each package, whole, and no draft."""
    assert [contents(kept) for kept in server.published()] == [stored(folder) for folder in folders]
    assert server.drafts() == []


# What is sent.


def test_a_package_becomes_a_published_record_with_its_files_and_metadata(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, server, "--publish") == 0
    assert_published_once(server, folder)
    (record,) = server.published()
    given = json.loads((folder / "record.json").read_bytes())
    assert record.value == {**given, "files": {"enabled": True, "default_preview": "sample.pdf"}}
    assert capsys.readouterr().out == f"{server.address}/records/r0: published\n"


def test_without_publish_a_draft_stays_and_can_be_published_later(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, server) == 0
    (draft,) = server.drafts()
    assert contents(draft) == stored(folder)
    assert capsys.readouterr().out == f"{server.address}/uploads/r0: a draft\n"
    sent = sum(path.endswith("/content") for _, path in server.asked)
    assert run(folder, server, "--publish") == 0
    assert_published_once(server, folder)
    assert sum(path.endswith("/content") for _, path in server.asked) == sent == len(stored(folder))


def test_a_dry_run_lists_everything_and_asks_nobody_for_anything(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMMUNIQUE_TOKEN")
    before = sorted(folder.parent.rglob("*"))
    assert main(["deposit", str(folder), "--server", server.address, "--publish"]) == 0
    said = capsys.readouterr().out
    assert server.asked == []
    assert sorted(folder.parent.rglob("*")) == before
    for name, content in stored(folder).items():
        assert f"  file    {name}  {len(content)} bytes  md5 " in said
    assert server.address in said
    assert SECOND.version_urn in said
    assert "cannot be undone" in said
    assert said.endswith("nothing was sent (--send does it)\n")
    assert main(["deposit", str(folder), "--server", server.address]) == 0
    assert "cannot be undone" not in capsys.readouterr().out


class Watched(io.BufferedReader):
    """A file that knows how much was read of it at once."""

    sizes: ClassVar[list[int | None]] = []

    def read(self, size: int | None = -1, /) -> bytes:
        self.sizes.append(size)
        return super().read(size)


def test_a_file_is_sent_piece_by_piece(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**FILES, "content/sample/source/large.bin": b"0123456789abcdef" * 200_000}
    folder = package(tmp_path, SECOND, files)
    plain = Path.open

    def watched(path: Path, *mode: Any, **more: Any) -> Any:
        return Watched(io.FileIO(path)) if path.suffix == ".bin" else plain(path, *mode, **more)

    monkeypatch.setattr(Path, "open", watched)
    assert run(folder, server, "--publish") == 0
    monkeypatch.setattr(Path, "open", plain)
    assert_published_once(server, folder)
    assert all(size is not None and 0 < size <= 1 << 20 for size in Watched.sizes)


# What is there already.


def test_what_is_published_is_left_alone(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, server, "--publish") == 0
    for with_state in (True, False):
        asked = len(server.asked)
        if not with_state:
            state(folder).unlink()
        capsys.readouterr()
        assert run(folder, server, "--publish") == 0
        assert {method for method, _ in server.asked[asked:]} == {"GET"}
        assert capsys.readouterr().out == f"{server.address}/records/r0: published before\n"
    assert_published_once(server, folder)


def test_other_files_under_a_published_number_are_refused(
    folder: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, server, "--publish") == 0
    other = package(tmp_path / "other", files={**FILES, "build/sample/sample.html": b"other words"})
    assert run(other, server, "--publish") == 2
    assert_published_once(server, folder)
    assert "version 2 is published there with other files" in capsys.readouterr().err


def test_a_draft_gets_the_files_of_the_package_and_no_others(folder: Path, server: Server, tmp_path: Path) -> None:
    first = package(
        tmp_path / "first", files={**FILES, "build/sample/sample.html": b"older", "build/sample/x.pdf": b"x"}
    )
    assert run(first, server) == 0
    server.records["r0"].files["pending"] = Stored()
    server.records["r0"].files["sample.pdf"] = Stored()
    assert run(folder, server, "--publish") == 0
    assert_published_once(server, folder)


def test_a_draft_deleted_there_is_made_anew(folder: Path, server: Server) -> None:
    assert run(folder, server) == 0
    server.records["r0"].value["metadata"]["related_identifiers"] = []
    kept = server.records.pop("r0")
    server.records["gone"] = kept
    kept.id, kept.is_published = "gone", False
    assert run(folder, server, "--publish") == 0
    assert [contents(each) for each in server.published()] == [stored(folder)]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"x": 1}', "null"])
def test_a_memory_that_is_lost_or_torn_makes_no_second_record(text: str, tmp_path: Path, server: Server) -> None:
    folder = package(tmp_path, FIRST)
    assert run(folder, server) == 0
    state(folder).write_text(text, encoding="utf-8")
    server.hidden = 2
    assert run(folder, server, "--publish") == 0
    assert_published_once(server, folder)


def test_a_draft_that_the_server_does_not_find_is_remembered(folder: Path, server: Server) -> None:
    assert run(folder, server) == 0
    server.hidden = 99
    assert run(folder, server, "--publish") == 0
    assert_published_once(server, folder)


def test_what_is_remembered_of_another_version_is_forgotten(server: Server, tmp_path: Path) -> None:
    first, second = package(tmp_path, FIRST), package(tmp_path, SECOND)
    assert run(first, server) == 0
    shutil.copy(state(first), state(second))
    assert run(second, server, "--publish") == 2
    assert contents(server.records["r0"]) == stored(first)
    assert run(first, server, "--publish") == 0
    shutil.copy(state(first), state(second))
    assert run(second, server, "--publish") == 0
    assert_published_once(server, first, second)


def test_each_server_is_remembered_by_itself(folder: Path, server: Server) -> None:
    with running() as other:
        for each in (server, other, server, other):
            assert run(folder, each, "--publish") == 0
        for each in (server, other):
            assert_published_once(each, folder)
        assert set(json.loads(state(folder).read_bytes())) == {server.address, other.address}


# Versions.


def test_a_new_version_is_linked_with_the_one_before(server: Server, tmp_path: Path) -> None:
    folders = [package(tmp_path, version) for version in (FIRST, SECOND, THIRD)]
    for folder in folders:
        assert run(folder, server, "--publish") == 0
    assert_published_once(server, *folders)
    assert [(kept.parent, kept.index) for kept in server.published()] == [("p0", 1), ("p0", 2), ("p0", 3)]
    versions = [kept.value["metadata"]["version"] for kept in server.published()]
    assert versions == ["1", "2", "3"]
    for folder in folders:  # and again, from any of them
        assert run(folder, server, "--publish") == 0
    assert_published_once(server, *folders)


def test_the_version_before_is_waited_for_while_the_server_does_not_find_it(server: Server, tmp_path: Path) -> None:
    first, second = package(tmp_path, FIRST), package(tmp_path, SECOND)
    assert run(first, server, "--publish") == 0
    server.hidden = 3
    assert run(second, server, "--publish") == 0
    assert [kept.parent for kept in server.published()] == ["p0", "p0"]


SAME_DAY = dataclasses.replace(
    SECOND, revisions=tuple(dataclasses.replace(each, date="2024-05-01") for each in SECOND.revisions)
)


@pytest.mark.parametrize("later", [SECOND, SAME_DAY, THIRD], ids=["the next", "of the same day", "after the next"])
def test_an_older_version_does_not_follow_a_newer_one(
    later: Statement, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, newer = package(tmp_path, FIRST), package(tmp_path, later)
    assert run(newer, server, "--publish") == 0
    assert run(first, server, "--publish") == 2
    assert "a later version than 1 is published there already" in capsys.readouterr().err
    assert_published_once(server, newer)


def test_a_version_does_not_overtake_a_draft_of_another(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = package(tmp_path, FIRST), package(tmp_path, SECOND)
    assert run(first, server) == 0
    assert run(second, server, "--publish") == 2
    assert f"{server.address}/uploads/r0: another version is still a draft there" in capsys.readouterr().err
    assert run(first, server, "--publish") == 0
    assert run(second, server, "--publish") == 0
    assert [kept.parent for kept in server.published()] == ["p0", "p0"]


def test_two_drafts_of_one_version_are_named(server: Server, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, server) == 0
    kept = server.records["r0"]
    server.records["r1"] = Kept("r1", "p1", 1, kept.value)
    state(folder).unlink()
    assert run(folder, server, "--publish") == 2
    assert "/uploads/r0 and " in capsys.readouterr().err
    assert server.published() == []


# Accidents.

MOST = 60
FEW = {path: FILES[path] for path in ("build/sample/sample.html", "content/sample/statement.md")}


def _until_done(folder: Path, server: Server) -> None:
    """Runs as often as a person would; after one accident three times is enough."""
    for _ in range(3):
        code = run(folder, server, "--publish")
        assert code in (0, 5)
        if code == 0:
            return
    raise AssertionError("never done")


@pytest.mark.parametrize(
    ("kind", "case"),
    [
        *((kind, case) for kind in ("before", "after") for case in ("", "memory lost", "first version, memory lost")),
        *((kind, "every second") for kind in ("during", "cut", "garbled", 500, 503)),
    ],
)
def test_whichever_request_goes_wrong_one_whole_record_is_published(
    kind: str | int, case: str, server: Server, tmp_path: Path
) -> None:
    first, second = package(tmp_path, FIRST, FEW), package(tmp_path, SECOND, FEW)
    before = () if "first version" in case else (first,)
    for each in before:
        assert run(each, server, "--publish") == 0
    start = copy.deepcopy(server.records)
    for number in range(0, MOST, 2 if "every second" in case else 1):
        server.records = copy.deepcopy(start)
        state(second).unlink(missing_ok=True)
        server.break_at(number, kind)
        assert run(second, server, "--publish") in (0, 5)
        if not server.faults:  # else the whole flow is shorter than that
            if "memory lost" in case:
                state(second).unlink(missing_ok=True)
            _until_done(second, server)
        assert_published_once(server, *before, second)
        assert {kept.parent for kept in server.published()} == {"p0"}
        if server.faults:
            break
    assert 2 * len(stored(second)) + 5 < number < MOST - 1


@pytest.mark.parametrize("kind", ["before", "during", "after"])
def test_a_line_that_breaks_again_and_again_is_taken_up_in_one_run_where_that_is_safe(
    kind: str, folder: Path, server: Server
) -> None:
    assert run(folder, server) == 0
    server.records["r0"].files.clear()
    for number in range(3, 40, 7):
        server.break_at(number, kind)
    assert run(folder, server, "--publish") in (0, 5)
    _until_done(folder, server)
    assert_published_once(server, folder)


@pytest.mark.parametrize("kind", ["before", "after", "cut", "garbled", 500, 502, 503, 504])
def test_what_makes_a_record_is_asked_for_once_in_a_run(kind: str | int, server: Server, tmp_path: Path) -> None:
    first = package(tmp_path, dataclasses.replace(FIRST, revisions=()))
    server.break_at(1, kind, Retry_After="0")
    assert run(first, server, "--publish") == 5
    assert [path for method, path in server.asked if method == "POST"] == ["/api/records"]
    server.hidden = 3
    assert run(first, server, "--publish") == 0
    assert_published_once(server, first)


@pytest.mark.parametrize("number", range(12))
def test_a_server_that_asks_for_patience_gets_it_whatever_it_was_asked(
    number: int, folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", waited.append)
    server.break_at(number, 429, Retry_After="7")
    server.break_at(number + 1, 429, Retry_After="9999")
    assert run(folder, server, "--publish") == 0
    assert [each for each in waited if each] == [7, connection.LONGEST_PAUSE]
    assert_published_once(server, folder)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_that_stays_busy_is_left_alone_in_the_end(
    status: int, folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(100):
        server.break_at(number, status)
    assert run(folder, server, "--publish") == 5
    assert 2 <= len(server.asked) <= 10
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{server.address}: is out of order ({status}): ")
    assert "run it again" in line


def test_a_content_that_arrives_wrong_is_sent_again(folder: Path, server: Server) -> None:
    server.spoil = {"sample.pdf", "record.json"}
    assert run(folder, server, "--publish") == 0
    assert_published_once(server, folder)
    sent = [path for method, path in server.asked if path.endswith("/sample.pdf/content")]
    assert len(sent) == 2


def test_a_content_that_never_arrives_right_is_not_published(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "content", _spoiled(Server.content))
    assert run(folder, server, "--publish") == 5
    assert server.published() == []
    assert "sample.pdf has 14 bytes with MD5 " in capsys.readouterr().err
    monkeypatch.undo()
    in_haste(monkeypatch)
    assert run(folder, server, "--publish") == 0
    assert_published_once(server, folder)


def _spoiled(content: Callable[..., Any]) -> Callable[..., Any]:
    """A server on which one file is always wrong."""

    def spoil(self: Server, name: str, key: str, **rest: Any) -> Any:
        self.spoil |= {key} & {"sample.pdf"}
        return content(self, name, key, **rest)

    return spoil


def test_a_draft_that_loses_a_file_is_not_published(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = Server.commit

    def lose(self: Server, name: str, key: str, **rest: Any) -> Any:
        done = commit(self, name, key, **rest)
        if key == "sample.pdf":
            del self.records[name].files["sample.html"]
        return done

    monkeypatch.setattr(Server, "commit", lose)
    assert run(folder, server, "--publish") == 0  # the next round has sent it again
    assert_published_once(server, folder)
    monkeypatch.setattr(Server, "list_draft", lambda *_, **__: (200, {"entries": []}))
    server.records.clear()
    state(folder).unlink()
    assert run(folder, server, "--publish") == 5
    assert server.published() == []
    assert capsys.readouterr().err.startswith(f"{server.address}: ")


def test_an_answer_that_comes_slowly_is_waited_for(folder: Path, server: Server) -> None:
    for number in range(30):
        server.break_at(number, "slow")
    assert run(folder, server, "--publish") == 0
    assert_published_once(server, folder)


@pytest.mark.parametrize("value", [[], {}, "x", 1, {"hits": []}, {"hits": {"hits": [{}]}}, {"id": 1, "metadata": []}])
def test_answers_of_another_form_are_named_in_one_line(
    value: Any, folder: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "answer", lambda *_: (200, value))
    assert run(folder, server, "--publish") == 5
    (line,) = capsys.readouterr().err.splitlines()
    assert "is --server the address of an InvenioRDM?" in line


def test_a_record_that_the_server_would_not_publish_stays_a_draft_and_says_why(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = {"field": "metadata.rights", "messages": ["Not a\nvalid URL.", "Second."]}
    monkeypatch.setattr(Kept, "faults", lambda _: [fault])
    assert run(folder, server, "--publish") == 5
    assert server.published() == []
    said = capsys.readouterr().err
    assert said == f"{server.address}/uploads/r0: could not be published: metadata.rights: Not a valid URL. Second.\n"


def test_what_the_server_says_on_refusing_is_repeated(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.most_files = 2
    assert run(folder, server, "--publish") == 5
    assert "refuses (400): Uploading selected files will result in 8 files" in capsys.readouterr().err


def test_what_is_published_with_other_files_than_were_sent_is_told(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = Server.publish

    def lose(self: Server, name: str, **rest: Any) -> Any:
        done = publish(self, name, **rest)
        self.records[name].files.popitem()
        return done

    monkeypatch.setattr(Server, "publish", lose)
    assert run(folder, server, "--publish") == 5
    assert "is published, but not with the files that were sent" in capsys.readouterr().err
