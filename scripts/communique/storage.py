"""The only module that writes to disk: a folder of outputs appears whole, or not at all."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from communique.errors import ToolFailed

Content = bytes | Iterable[bytes] | Callable[[IO[bytes]], None] | Path
"""What a file holds: all at once, or in pieces or written by a function, so that it need not fit into memory.

A path is another file, which is linked and not read, where the file system can do so: nothing is ever written into it.
"""

_FRESH, _ASIDE = ".new-", ".old-"
_REMEDIES = {
    errno.ENOSPC: "free the space, or ",
    errno.EDQUOT: "free the space, or ",
    errno.EFBIG: "raise the limit, or ",
    errno.EACCES: "get the right to write there, or ",
    errno.EPERM: "get the right to write there, or ",
}
_CANNOT_LINK = {errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOSYS, errno.EOPNOTSUPP}
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Keeps other builds out of an output folder, and puts in order what a killed one left there."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = (output / ".lock").open("w")
    except OSError as error:
        raise _failure(output, error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        recover(output)
        yield


def recover(place: Path) -> None:
    """Puts in order what a killed run left right in a folder that is locked, or lies in one that is.

    Folders moved aside go back if nothing took their place; unfinished ones go.
    """
    for aside in place.glob(f"{_ASIDE}*"):
        folder = place / aside.name.removeprefix(_ASIDE)
        if not folder.exists():
            aside.rename(folder)
    for leftover in (*place.glob(f"{_FRESH}*"), *place.glob(f"{_ASIDE}*")):
        shutil.rmtree(leftover, ignore_errors=True)


def publish(folder: Path, files: Mapping[str, Content], staging: Path | None = None) -> None:
    """Makes `folder` hold exactly `files`, in one step: whoever looks sees the old ones or the new ones.

    Everything is on the disk before the step is taken, so that a crash cannot leave empty files behind it. Until then
    the files lie in `staging`, a locked folder of the same file system; without it in the one that `folder` is in.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=staging or folder.parent))
    try:
        fresh.chmod(0o777 & ~_umask())
        for name, content in files.items():
            _write(fresh / name, content)
        for place in {(fresh / name).parent for name in files}:
            _sync(place)
        _swap(fresh, folder)
    except OSError as error:
        raise _failure(folder, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def publish_file(path: Path, content: Content, staging: Path) -> None:
    """Makes a file hold `content`, in one step; until then it lies in `staging`, as in `publish`."""
    try:
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=staging))
    except OSError as error:
        raise _failure(path, error) from error
    try:
        _write(fresh / path.name, content)
        path.parent.mkdir(parents=True, exist_ok=True)
        (fresh / path.name).rename(path)
        _sync(path.parent)
    except OSError as error:
        raise _failure(path, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def lay_out(folder: Path, files: Mapping[str, Path]) -> None:
    """Gives files a second name below a folder; where the file system cannot do that, they are copied."""
    try:
        for name, path in files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, place, follow_symlinks=False)
            except OSError:
                shutil.copyfile(path, place, follow_symlinks=False)
    except OSError as error:
        raise _failure(folder, error) from error


def _write(path: Path, content: Content) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        if _link(content, path):
            return
        content = partial(_copy, content)
    with path.open("wb") as file:
        if callable(content):
            content(file)
        else:
            for piece in (content,) if isinstance(content, bytes) else content:
                file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _link(source: Path, path: Path) -> bool:
    """Gives a file a second name; False where the file system cannot."""
    try:
        os.link(source, path, follow_symlinks=False)
    except OSError as error:
        if error.errno in _CANNOT_LINK:
            return False
        raise
    return True


def _copy(source: Path, file: IO[bytes]) -> None:
    with source.open("rb") as opened:
        shutil.copyfileobj(opened, file, 1 << 20)


def _swap(fresh: Path, folder: Path) -> None:
    """Puts `fresh` in the place of `folder`; the old folder, if any, takes the name of the fresh one."""
    if not folder.exists():
        fresh.rename(folder)
    elif folder.is_symlink() or not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    elif not _exchange(fresh, folder):
        aside = folder.with_name(f"{_ASIDE}{folder.name}")
        folder.rename(aside)
        fresh.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)
    _sync(folder.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step (renameat2, Linux 3.15); False where the file system cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    """The umask of the process; reading it means setting it for an instant."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _failure(place: Path, error: OSError) -> ToolFailed:
    reason = error.strerror or str(error)
    first = _REMEDIES.get(error.errno or 0, "")
    return ToolFailed(f"{place}: cannot be written: {reason} ({first}choose another folder with --output)")
