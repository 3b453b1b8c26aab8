"""Makes the picture of the README from build/: `python scripts/picture.py` (needs the judges' Chromium and poppler)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from zipfile import ZipFile

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[1]
SLUG = "joint-statement-dprk-human-rights"
HEIGHT = 760


def main() -> None:
    """Writes docs/outputs.png: a page of the PDF, the web page wide and narrow, the cover of the EPUB."""
    built = ROOT / "build" / SLUG
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paper = folder / "page"
        first = ["-r", "100", "-f", "1", "-l", "1", "-singlefile", "-png"]
        subprocess.run(["pdftoppm", *first, built / f"{SLUG}.pdf", paper], check=True)
        wide = photograph(built / f"{SLUG}.html", 900, 1180, folder / "wide.png")
        narrow = photograph(built / f"{SLUG}.html", 500, 1000, folder / "narrow.png")
        with ZipFile(built / f"{SLUG}.epub") as epub:
            (folder / "cover.png").write_bytes(epub.read("EPUB/cover.png"))
        pictures = [Image.open(each).convert("RGB") for each in (f"{paper}.png", wide, narrow, folder / "cover.png")]
        side_by_side(pictures).quantize(128).save(ROOT / "docs" / "outputs.png", optimize=True)


def photograph(page: Path, width: int, height: int, target: Path) -> Path:
    """A PNG of a page in headless Chromium."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += ["--disable-background-networking", f"--user-data-dir={profile}", f"--window-size={width},{height}"]
        subprocess.run([*command, f"--screenshot={target}", page.as_uri()], check=True, capture_output=True)
    return target


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """The pictures at one height, on the colour of the page's desk, each with a hairline around it."""
    scaled = [each.resize((each.width * HEIGHT // each.height, HEIGHT), Image.Resampling.LANCZOS) for each in pictures]
    gap = 28
    sheet = Image.new("RGB", (sum(each.width + gap for each in scaled) + gap, HEIGHT + 2 * gap), "#ebe8e0")
    left = gap
    for picture in scaled:
        sheet.paste(picture, (left, gap))
        ImageDraw.Draw(sheet).rectangle((left, gap, left + picture.width - 1, gap + HEIGHT - 1), outline="#b9b4a8")
        left += picture.width + gap
    return sheet


if __name__ == "__main__":
    main()
