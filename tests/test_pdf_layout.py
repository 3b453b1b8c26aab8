"""Laying out: only the given resources and the fonts of the templates, and no fault passed over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from communique import templates
from communique.errors import ToolFailed, ToolMissing
from communique.writers import pdf
from communique.writers.pdf import engine
from pdf_pages import CSS, FACTS, MEDIA, page, reading

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys
sys.path[:0] = ["scripts", "tests"]
from pdf_pages import CSS, FACTS, MEDIA, RICH
from communique.writers import pdf
sys.stdout.buffer.write(pdf.write(RICH, CSS, MEDIA, FACTS))
"""


def fails(body: str, css: str = "", match: str = "^PDF: ") -> None:
    """Assert that a page fails with one line that matches."""
    with pytest.raises(ToolFailed, match=match) as failure:
        pdf.write(page(body), CSS + css, MEDIA, FACTS)
    assert "\n" not in str(failure.value)


def test_a_character_without_glyph_is_named() -> None:
    fails("<p>a ཀ b ཁ c ཀ</p>", match=r"^PDF: no font .* U\+0F40 'ཀ', U\+0F41 'ཁ' \(")


@pytest.mark.parametrize(
    "source", ["media/other.png", "/etc/hostname", "file:///etc/hostname", "https://example.org/x.png"]
)
def test_nothing_but_the_resources_is_read(source: str) -> None:
    fails(f'<p><img src="{source}" alt="x"></p>', match="not among the resources")


def test_style_sheets_read_nothing_else_either() -> None:
    fails("<p>a</p>", '@font-face { font-family: x; src: url("file:///x.ttf") } p { font-family: x }', "Font-face")
    fails("<p>a</p>", "p { background: url(file:///etc/hostname) }", "not among the resources")


def test_a_broken_image_is_a_failure() -> None:
    with pytest.raises(ToolFailed, match="Failed to load image"):
        pdf.write(page('<p><img src="a.png" alt="x"></p>'), CSS, {"a.png": b"no image"}, FACTS)


def test_a_fault_in_the_style_sheet_is_a_failure() -> None:
    fails("<p>a</p>", "p { colour: red }", "colour.* unknown property")


def test_a_link_to_nowhere_is_a_failure() -> None:
    fails('<p><a href="#nowhere">a</a></p>', match="nowhere")
    fails('<p><a href="other.html">a</a></p>', match=r"'other\.html' leads nowhere")


def test_a_page_without_language_is_a_failure() -> None:
    with pytest.raises(ToolFailed, match="states no language"):
        pdf.write(page("<p>a</p>", language=""), CSS, MEDIA, FACTS)


def test_a_style_sheet_cannot_end_its_element() -> None:
    fails("<p>a</p>", "p::before { content: '</style>' }", "</style")


def test_the_log_is_left_as_it_was(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    fails("<p>a</p>", "p { colour: red }")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_presentational_hints_yield_to_the_style_sheet() -> None:
    labels = reading('<ol type="a"><li>x</li></ol>', "ol { list-style-type: upper-roman }").document.all("Lbl")
    assert [label.text().strip() for label in labels] == ["I."]


def test_all_fonts_of_the_templates_are_added() -> None:
    fonts = engine.font_files()
    assert len(fonts) > 8
    assert all(path.is_relative_to(templates.root() / "fonts") for path in fonts)


def test_fonts_are_added_in_the_same_order_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts, listed = engine.font_files(), Path.glob

    def other_way_round(folder: Path, pattern: str) -> list[Path]:
        return sorted(listed(folder, pattern), reverse=True)

    monkeypatch.setattr(Path, "glob", other_way_round)
    assert engine.font_files() == fonts


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/before")
    with engine.private_fontconfig():
        assert os.environ["FONTCONFIG_FILE"] == str(engine.FONTS_CONF)
    assert os.environ["FONTCONFIG_FILE"] == "/before"


def test_another_version_of_the_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "VERSION", "69.0")
    with pytest.raises(ToolMissing, match=r"only 69\.0 is known .*install weasyprint==69\.0"):
        engine.load.__wrapped__()


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(engine, "LIBRARIES", ("libpango-of-nobody.so.0",))
    with pytest.raises(ToolMissing, match=r"^libpango-of-nobody\.so\.0: the library is missing \("):
        engine.load.__wrapped__()
    assert capfd.readouterr().out == ""


def run(program: str, cwd: Path = ROOT, **environment: str) -> bytes:
    """What a fresh process prints; it must print nothing on the error stream."""
    clean = {"PATH": os.environ["PATH"], **environment}
    done = subprocess.run([sys.executable, "-c", program], cwd=cwd, env=clean, check=True, capture_output=True)
    assert done.stderr == b""
    return done.stdout


def test_other_processes_and_places_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("scripts", "tests", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    first = run(PROGRAM, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C", HOME=str(tmp_path))
    second = run(PROGRAM, tmp_path, PYTHONHASHSEED="2", TZ="America/New_York", LANG="C.UTF-8", HOME="/nonexistent")
    assert first == second
    assert first.startswith(b"%PDF-1.7")


def test_an_installation_elsewhere_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("scripts/communique", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    assert run(PROGRAM, tmp_path) == run(PROGRAM)


def test_no_cache_is_written(tmp_path: Path) -> None:
    assert run(PROGRAM, HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path / "cache")).startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == []


def test_no_folder_of_fonts_is_searched() -> None:
    assert "<dir" not in engine.FONTS_CONF.read_text(encoding="utf-8")
    assert "cachedir" not in engine.FONTS_CONF.read_text(encoding="utf-8")


def test_threads_take_turns() -> None:
    def write(number: int) -> bytes:
        return pdf.write(page(f"<p>{'words and words ' * 99}{number % 3}</p>"), CSS, MEDIA, FACTS)

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(write, range(9))) == [write(number % 3) for number in range(9)]


def test_parts_that_are_never_used_are_not_loaded() -> None:
    parts = {"fontTools.subset", "fontTools.varLib", "pikepdf"}
    program = f"""
import sys
sys.path[:0] = ["scripts"]
from communique.writers import pdf
pdf.write("<html lang=en><head></head><p>a", "", {{}}, pdf.Facts("T", "en"))
print(sorted({parts!r} & set(sys.modules)))
"""
    assert run(program) == b"[]\n"


def test_the_c_parser_runs_once() -> None:
    program = """
import sys
sys.path[:0] = ["scripts", "tests"]
from cffi.cparser import Parser
from communique.writers import pdf
from pdf_pages import CSS, MEDIA, RICH, FACTS
names, parse = [], Parser.parse_type
Parser.parse_type = lambda self, name: names.append(name) or parse(self, name)
pdf.write(RICH, CSS, MEDIA, FACTS)
print(len(names))
"""
    assert run(program) == b"1\n"


def test_no_program_is_started() -> None:
    program = PROGRAM.replace("import sys", "import os, subprocess, sys\nsubprocess.Popen = os.posix_spawn = None", 1)
    assert run(program).startswith(b"%PDF")
