"""A build that is killed at any moment leaves the files of one build, the last or the new one, and no rubbish for long.

SIGKILL cannot be caught: what is tested is the order of the steps on the disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

from communique.checks.reading import docx, epub, markup, pdf
from conftest import ROOT
from test_build import TEXT

MOMENTS = 6
LATE = range(72, 0, -8)
"""How many events before its end a build is killed besides: then it writes."""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}


def master(content: Path, number: int) -> None:
    """A master whose words tell the number of its version."""
    folder = content / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "statement.md").write_text(TEXT.replace("Words.", f"Version {number}."), encoding="utf-8")


# Python reports each import, each file opened, each program started: a build kills itself at one of these events.
COUNTS = """
import os, signal, sys

step, seen = int(sys.argv[1]), 0

def watch(event, arguments):
    global seen
    seen += 1
    if seen == step:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
"""
BUILDS = f"""{COUNTS}
from communique import cli
code = cli.main(["build"])
print(seen)
raise SystemExit(code)
"""


def build(place: Path, step: int = 0) -> tuple[int, str]:
    """Exit code and output of a build of all formats that is killed at a step, or at none."""
    command = [sys.executable, "-c", BUILDS, str(step)]
    done = subprocess.run(command, cwd=place, env=ENVIRONMENT, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    return done.returncode, done.stdout


def version(folder: Path) -> int:
    """The number of the build that all files of a folder come from."""
    listing = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert held == {"manifest.json", *(entry["name"] for entry in listing["files"])}
    for entry in listing["files"]:
        assert hashlib.sha256((folder / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]
    contents = {suffix: (folder / f"sample.{suffix}").read_bytes() for suffix in ("html", "epub", "docx", "pdf")}
    readings = [
        markup.html_file(contents["html"]),
        epub.epub(contents["epub"]),
        docx.docx(contents["docx"]),
        pdf.pdf(contents["pdf"]),
    ]
    (number,) = {reading.words[reading.words.index("Version") + 1] for reading in readings}
    return int(number.rstrip("."))


def test_a_build_killed_at_any_moment_leaves_the_files_of_one_build(tmp_path: Path) -> None:
    output = tmp_path / "build"
    master(tmp_path / "content", 0)
    assert build(tmp_path)[0] == 0
    code, printed = build(tmp_path)
    assert code == 0
    steps, last, killed = int(printed.split()[-1]), 0, 0
    moments = [steps * number // MOMENTS for number in range(1, MOMENTS)] + [steps - left for left in LATE]
    for number, moment in enumerate(moments, 1):
        master(tmp_path / "content", number)
        code, _ = build(tmp_path, moment)
        assert code in (-signal.SIGKILL, 0)
        killed += code != 0
        assert version(output / "sample") in (last, number)
        last = version(output / "sample")
    assert killed > MOMENTS
    assert build(tmp_path)[0] == 0
    assert version(output / "sample") == len(moments)
    assert sorted(path.name for path in output.iterdir()) == [".lock", "sample"]


# A program that publishes a folder and kills itself at one of its steps on the disk, which Python reports as they come.
PUBLISHES = """
import os, signal, sys
from pathlib import Path
from communique import storage

output, step, word = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3].encode()
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.listdir", "os.scandir",
         "tempfile.mkdtemp", "shutil.rmtree", "fcntl.flock", "ctypes.dlopen", "ctypes.dlsym"}
taken = 0

def watch(event, arguments):
    global taken
    if event in STEPS:
        taken += 1
        if taken == step:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
with storage.locked(output):
    storage.publish(output / "sample", {"a": word, "b/c": word, "b/d": word})
"""


def published(output: Path, step: int, word: str) -> int:
    """The exit code of a publication that is killed at a step, or at none."""
    command = [sys.executable, "-c", PUBLISHES, str(output), str(step), word]
    return subprocess.run(command, env=ENVIRONMENT, check=False).returncode


def test_a_folder_is_whole_at_every_step_of_its_publication(tmp_path: Path) -> None:
    folder, killed = tmp_path / "sample", 0
    assert published(tmp_path, 0, "version 0") == 0
    last = b"version 0"
    for step in count(1):
        word = f"version {step}".encode()
        code = published(tmp_path, step, word.decode())
        held = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        assert set(held) == {"a", "b/c", "b/d"}
        assert set(held.values()) in ({last}, {word})
        last = held["a"]
        if code == 0:
            break
        assert code == -signal.SIGKILL
        killed += 1
    assert killed > 15
    assert last == word
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "sample"]
