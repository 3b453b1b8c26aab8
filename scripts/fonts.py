"""Makes what is made from fonts: the web fonts, the digests of all, what the page engine is told of fetched ones.

Run by hand when a font or templates/fonts/scripts.yaml changes: `python scripts/fonts.py` (needs fontTools and Brotli,
which WeasyPrint brings).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from fontTools.ttLib import TTFont

from communique.typefaces import Typeface, typefaces
from communique.writers.webfonts import VENDORED

SCRIPTS = Path(__file__).resolve().parent
FONTS = SCRIPTS.parent / "templates" / "fonts"
CONFIGURATION = SCRIPTS / "communique" / "writers" / "pdf" / "fonts.conf"
MARK = "  <!-- made by scripts/fonts.py: what each fetched font leaves to the Latin ones -->\n"


def main() -> None:
    """Writes templates/fonts/web/*.woff2, templates/fonts/SHA256SUMS and the end of fonts.conf."""
    (FONTS / "web").mkdir(exist_ok=True)
    for *_, name in VENDORED:
        font = TTFont(FONTS / f"{name}.ttf", recalcTimestamp=False)
        font.flavor = "woff2"
        font.save(FONTS / "web" / f"{Path(name).name}.woff2")
    files = sorted(path for path in FONTS.glob("*/*") if path.suffix in (".ttf", ".woff2"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(FONTS)}\n" for path in files]
    (FONTS / "SHA256SUMS").write_text("".join(lines), encoding="ascii")
    CONFIGURATION.write_text(configuration(CONFIGURATION.read_text(encoding="utf-8")), encoding="utf-8")


def configuration(before: str) -> str:
    """The font configuration of the page engine with its last part made anew."""
    own = before.partition(MARK)[0].removesuffix("</fontconfig>\n")
    return own + MARK + "".join(map(_leaving, typefaces().values())) + "</fontconfig>\n"


def _leaving(typeface: Typeface) -> str:
    """The rule that takes out of a font's characters those of the Latin ones; fontconfig heeds it as it adds a font."""
    ranges = "".join(f"<range><int>{first}</int><int>{last}</int></range>" for first, last in typeface.leaves)
    return (
        f'  <match target="scan"><test name="family"><string>{typeface.family}</string></test>'
        f'<edit name="charset" mode="assign"><minus><name>charset</name><charset>{ranges}</charset></minus></edit>'
        "</match>\n"
    )


if __name__ == "__main__":
    main()
