"""Makes the web fonts from the vendored ones and records the digests of all.

Run by hand when a font changes: `python scripts/fonts.py` (needs fontTools and Brotli, which WeasyPrint brings).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "templates" / "fonts"
WEB = (
    "source-serif-4/SourceSerif4_400Regular.ttf",
    "source-serif-4/SourceSerif4_400Regular_Italic.ttf",
    "source-serif-4/SourceSerif4_700Bold.ttf",
    "source-sans-3/SourceSans3_600SemiBold.ttf",
)


def main() -> None:
    """Writes templates/fonts/web/*.woff2 and templates/fonts/SHA256SUMS."""
    (FONTS / "web").mkdir(exist_ok=True)
    for name in WEB:
        font = TTFont(FONTS / name, recalcTimestamp=False)
        font.flavor = "woff2"
        font.save(FONTS / "web" / Path(name).with_suffix(".woff2").name)
    files = sorted(path for path in FONTS.rglob("*") if path.suffix in (".ttf", ".woff2"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(FONTS)}\n" for path in files]
    (FONTS / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
