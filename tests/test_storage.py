"""A folder of outputs appears whole or not at all, and a failure leaves what was there."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from communique import storage
from communique.errors import ToolFailed
from conftest import ROOT

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
OLD = {"a.html": b"old a", "metadata/b.xml": b"old b", "gone.pdf": b"old c"}
NEW = {"a.html": b"new a", "metadata/b.xml": b"new b", "metadata/c.xml": b"new d"}


def held(folder: Path) -> dict[str, bytes]:
    """What a folder holds, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> list[str]:
    """The names of what lies right in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_made(tmp_path: Path) -> None:
    storage.publish(tmp_path / "x", NEW)
    assert held(tmp_path / "x") == NEW
    assert names(tmp_path) == ["x"]


def test_a_folder_is_replaced_with_all_it_held(tmp_path: Path) -> None:
    storage.publish(tmp_path / "x", OLD)
    storage.publish(tmp_path / "x", NEW)
    assert held(tmp_path / "x") == NEW
    assert names(tmp_path) == ["x"]


def test_a_file_can_come_in_pieces(tmp_path: Path) -> None:
    storage.publish(tmp_path / "slug", {"a.zip": iter((b"one ", b"", b"two")), "b.txt": b"three"})
    assert (tmp_path / "slug" / "a.zip").read_bytes() == b"one two"
    assert (tmp_path / "slug" / "b.txt").read_bytes() == b"three"


def test_a_file_that_lies_there_is_linked_and_not_read(tmp_path: Path) -> None:
    storage.publish(tmp_path / "x", OLD)
    before = (tmp_path / "x" / "a.html").stat()
    storage.publish(tmp_path / "x", {"metadata/other.html": tmp_path / "x" / "a.html", "b.txt": b"new"})
    after = (tmp_path / "x" / "metadata" / "other.html").stat()
    assert held(tmp_path / "x") == {"metadata/other.html": b"old a", "b.txt": b"new"}
    assert (after.st_ino, after.st_nlink) == (before.st_ino, 1)


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP])
def test_where_a_file_cannot_be_linked_it_is_copied(code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    storage.publish(tmp_path / "x", OLD)
    monkeypatch.setattr(os, "link", refuse)
    storage.publish(tmp_path / "y", {"a.html": tmp_path / "x" / "a.html"})
    assert held(tmp_path / "y") == {"a.html": b"old a"}


def test_a_file_that_is_gone_leaves_the_old_folder(tmp_path: Path) -> None:
    storage.publish(tmp_path / "x", OLD)
    with failing(tmp_path / "x", os.strerror(errno.ENOENT)):
        storage.publish(tmp_path / "x", {"a.html": b"new", "b.html": tmp_path / "x" / "missing"})


def test_pieces_that_break_off_leave_the_old_folder(tmp_path: Path) -> None:
    def torn() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError

    storage.publish(tmp_path / "slug", {"a.zip": b"old"})
    with pytest.raises(RuntimeError):
        storage.publish(tmp_path / "slug", {"a.zip": torn()})
    assert {path.name for path in tmp_path.iterdir()} == {"slug"}
    assert (tmp_path / "slug" / "a.zip").read_bytes() == b"old"


def test_replacing_is_one_step_for_whoever_looks(tmp_path: Path) -> None:
    """The folder is always there, and who holds it open sees the files of one build, until they are deleted."""
    folder = tmp_path / "x"
    versions = [{name: bytes([number]) * 50 for name in "ab"} for number in range(2)]
    storage.publish(folder, versions[0])
    seen: list[dict[str, bytes]] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.append(looked_at(folder))

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(60):
        storage.publish(folder, versions[turn % 2])
    done.set()
    reader.join()
    whole = [version for version in seen if version]
    assert len(whole) > 10
    assert [version for version in whole if version not in versions] == []


def looked_at(folder: Path) -> dict[str, bytes]:
    """The two files of a folder that is held open; nothing if they are deleted meanwhile."""
    place = os.open(folder, os.O_RDONLY)
    opened = []
    try:
        opened += [os.open(name, os.O_RDONLY, dir_fd=place) for name in "a"]
        opened += [os.open(name, os.O_RDONLY, dir_fd=place) for name in "b"]
        return {name: os.read(file, 100) for name, file in zip("ab", opened, strict=True)}
    except FileNotFoundError:
        return {}
    finally:
        for file in (place, *opened):
            os.close(file)


def test_where_folders_cannot_be_exchanged_they_are_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_exchange", lambda *_: False)
    storage.publish(tmp_path / "x", OLD)
    storage.publish(tmp_path / "x", NEW)
    assert held(tmp_path / "x") == NEW
    assert names(tmp_path) == ["x"]


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_permissions_follow_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        storage.publish(tmp_path / "x", NEW)
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "x", *(tmp_path / "x").rglob("*")]}
    assert {path: mode for path, mode in modes.items() if mode != (0o666 if path.is_file() else 0o777) & ~mask} == {}


# What a killed build leaves.


def test_unfinished_folders_are_cleared(tmp_path: Path) -> None:
    storage.publish(tmp_path / "x", OLD)
    for name in (".new-1", ".new-2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half").write_bytes(b"half")
    with storage.locked(tmp_path):
        pass
    assert names(tmp_path) == [".lock", "x"]
    assert held(tmp_path / "x") == OLD


def test_a_folder_that_was_moved_aside_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kill came between the two moves that stand for an exchange."""
    monkeypatch.setattr(storage, "_exchange", lambda *_: False)
    storage.publish(tmp_path / "x", OLD)
    monkeypatch.setattr(storage, "_exchange", _killed_between_the_moves)
    with pytest.raises(_Killed):
        storage.publish(tmp_path / "x", NEW)
    monkeypatch.undo()
    with storage.locked(tmp_path):
        pass
    assert held(tmp_path / "x") == OLD
    assert names(tmp_path) == [".lock", "x"]


class _Killed(BaseException):
    """Stands for the signal that no program can catch."""


def _killed_between_the_moves(_fresh: Path, folder: Path) -> bool:
    folder.rename(folder.with_name(f"{storage._ASIDE}{folder.name}"))
    raise _Killed


def test_other_files_in_the_output_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*\n")
    (tmp_path / "notes").mkdir()
    with storage.locked(tmp_path):
        storage.publish(tmp_path / "x", NEW)
    assert names(tmp_path) == [".gitignore", ".lock", "notes", "x"]


def test_one_build_waits_for_another(tmp_path: Path) -> None:
    waits = "from communique import storage; from pathlib import Path; import sys\n"
    waits += "with storage.locked(Path(sys.argv[1])): print('in', flush=True)"
    with storage.locked(tmp_path):
        other = subprocess.Popen([sys.executable, "-c", waits, str(tmp_path)], env=ENVIRONMENT, stdout=subprocess.PIPE)
        assert other.stdout is not None
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(timeout=0.5)
    assert other.communicate()[0] == b"in\n"


# Failures.


@contextmanager
def failing(folder: Path, reason: str) -> Iterator[None]:
    """A failure in one line that names the place and says why and what to do; the old outputs stay."""
    before = held(folder) if folder.is_dir() else {}
    with pytest.raises(ToolFailed) as failure:
        yield
    (line,) = failure.value.lines()
    assert line.startswith(str(folder))
    assert reason in line
    assert line.endswith(")")
    assert (held(folder) if folder.is_dir() else {}) == before
    assert not [name for name in names(folder.parent) if name.startswith(".new")]


@contextmanager
def room(size: int) -> Iterator[None]:
    """A disk on which no file may be longer."""
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_disk_without_room_leaves_the_old_outputs(tmp_path: Path) -> None:
    storage.publish(tmp_path / "x", OLD)
    with failing(tmp_path / "x", os.strerror(errno.EFBIG)), room(3):
        storage.publish(tmp_path / "x", NEW)


def test_a_disk_without_room_at_first_leaves_nothing(tmp_path: Path) -> None:
    with failing(tmp_path / "x", os.strerror(errno.EFBIG)), room(3):
        storage.publish(tmp_path / "x", NEW)
    assert names(tmp_path) == []


def test_a_file_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with failing(tmp_path / "x", os.strerror(errno.ENOTDIR)):
        storage.publish(tmp_path / "x", NEW)
    assert (tmp_path / "x").read_text() == "mine"


def test_a_link_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "x").symlink_to(tmp_path / "elsewhere")
    with failing(tmp_path / "x", os.strerror(errno.ENOTDIR)):
        storage.publish(tmp_path / "x", NEW)
    assert (tmp_path / "x").is_symlink()
    assert names(tmp_path / "elsewhere") == []


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("mine")
    with failing(tmp_path / "build", os.strerror(errno.EEXIST)), storage.locked(tmp_path / "build"):
        raise AssertionError("never reached")


def test_an_output_folder_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ToolFailed, match=os.strerror(errno.ENOTDIR)), storage.locked(tmp_path / "file" / "build"):
        raise AssertionError("never reached")


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """Asked of a process without root's rights, to which every folder is open."""
    storage.publish(tmp_path / "x", OLD)
    tmp_path.chmod(0o555)
    tries = "from communique import storage; from pathlib import Path; import os, sys\n"
    tries += "os.getuid() or os.setuid(65534)\n"
    tries += "storage.publish(Path(sys.argv[1]), {'a.html': b'new'})"
    try:
        for parent in tmp_path.parents:
            if parent.stat().st_uid == os.getuid() and parent != Path("/") and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)
        done = subprocess.run(
            [sys.executable, "-c", tries, str(tmp_path / "x")], capture_output=True, text=True, check=False
        )
    finally:
        tmp_path.chmod(0o755)
    assert done.returncode == 1
    assert os.strerror(errno.EACCES) in done.stderr
    assert held(tmp_path / "x") == OLD


def test_errors_of_the_work_under_the_lock_are_not_taken_for_those_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), storage.locked(tmp_path):
        (tmp_path / "missing").read_bytes()
