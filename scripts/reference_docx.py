"""Builds templates/reference.docx: the page, the typography and the named styles of the Word file.

`python scripts/reference_docx.py` rewrites the file, byte for byte the same each time. Lengths are in twips
(1/20 pt) unless a name says otherwise; ISO/IEC 29500-1 has the meaning of the elements.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from communique.writers import archive

TARGET = Path(__file__).resolve().parents[1] / "templates" / "reference.docx"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Contrast on white: accent 11.6:1, muted 7.1:1 (WCAG 2.2, 1.4.6 asks for 7:1). The rules carry no meaning.
ACCENT, MUTED, LINK, RULE, SHADE = "1F3A4D", "4A5B68", "1A4E7A", "A9B6BF", "F1F4F6"

# A4 with a measure of 154 mm: some 75 characters of the body face to the line.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM, MARGIN_EDGE = 1588, 1588, 1531, 794

SERIF = '<w:rFonts w:ascii="Source Serif 4" w:hAnsi="Source Serif 4" w:cs="Times New Roman"/>'
SANS = '<w:rFonts w:ascii="Source Sans 3" w:hAnsi="Source Sans 3" w:cs="Arial"/>'
MONO = '<w:rFonts w:ascii="Source Code Pro" w:hAnsi="Source Code Pro" w:cs="Courier New"/>'
BOLD, ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
LEFT_OUT_OF_CHECKS = "<w:noProof/>"
KEEP = "<w:keepNext/><w:keepLines/>"
INDENT = 480


@dataclass(frozen=True)
class Style:
    """One named style; `paragraph` and `run` are the contents of its w:pPr and w:rPr, in schema order."""

    identifier: str
    name: str
    based_on: str = "Normal"
    next: str = ""
    paragraph: str = ""
    run: str = ""
    kind: str = "paragraph"
    is_own: bool = True
    priority: int = 20


def size(points: float) -> str:
    """The size of the letters, also of complex scripts; OOXML counts half points."""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def colour(rgb: str) -> str:
    return f'<w:color w:val="{rgb}"/>'


def spacing(before: int, after: int, line: int = 0) -> str:
    """Space around a paragraph; `line` is in 240ths of a line."""
    leading = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{leading}/>'


def indent(left: int, right: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:right="{right}"/>'


def border(side: str, width: int = 4, gap: int = 6) -> str:
    """A rule on one side; `width` is in eighths of a point, `gap` in points."""
    return f'<w:pBdr><w:{side} w:val="single" w:sz="{width}" w:space="{gap}" w:color="{RULE}"/></w:pBdr>'


def shading(rgb: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{rgb}"/>'


def heading(level: int, points: float, before: int, extra: str = "") -> Style:
    """A built-in heading: real to the navigation pane, and never the last line of a page."""
    return Style(
        f"Heading{level}",
        f"heading {level}",
        next="BodyText",
        paragraph=f'{KEEP}{spacing(before, 80, 264)}<w:outlineLvl w:val="{level - 1}"/>',
        run=SERIF + (extra or BOLD) + colour(ACCENT) + size(points),
        is_own=False,
        priority=9,
    )


def list_continue(level: int) -> Style:
    """A further paragraph of a list item, at the depth of its text."""
    suffix = "" if level == 1 else str(level)
    return Style(
        f"ListContinue{suffix}",
        f"List Continue{' ' + suffix if suffix else ''}",
        based_on="BodyText",
        paragraph=spacing(0, 80) + indent(INDENT * level),
        is_own=False,
    )


MASTHEAD = (
    Style("Kicker", "Kicker", next="Title", paragraph=KEEP + spacing(0, 120), run=SANS + BOLD + colour(MUTED)
          + '<w:spacing w:val="12"/>' + size(11)),
    Style("Title", "Title", next="BodyText", is_own=False, priority=10, run=SERIF + BOLD + colour(ACCENT) + size(22),
          paragraph=f'{KEEP}{spacing(0, 240, 264)}<w:outlineLvl w:val="0"/>'),
    Style("Issuer", "Issuer", next="Issuer", paragraph="<w:keepLines/>" + spacing(0, 20, 276), run=SANS + size(11)),
    Style("Dateline", "Dateline", next="BodyText", run=SANS + colour(MUTED) + size(11),
          paragraph=border("bottom", 6, 12) + spacing(160, 400)),
)  # fmt: skip

BODY = (
    Style("BodyText", "Body Text", paragraph=spacing(0, 160), is_own=False, priority=1),
    Style("FirstParagraph", "First Paragraph", "BodyText", "BodyText", priority=1),
    Style("Compact", "Compact", "BodyText", paragraph=spacing(0, 60)),
    heading(1, 15, 360),
    heading(2, 13, 300),
    heading(3, 11.5, 260),
    heading(4, 11, 240, BOLD + ITALIC),
    heading(5, 11, 240, ITALIC),
    Style("BlockText", "Block Text", "BodyText", is_own=False,
          paragraph=spacing(0, 160) + indent(INDENT, INDENT)),
    Style("LineBlock", "Line Block", "BodyText", paragraph="<w:keepLines/>" + indent(INDENT)),
    Style("SourceCode", "Source Code", run=MONO + LEFT_OUT_OF_CHECKS + size(9),
          paragraph="<w:keepLines/>" + shading(SHADE) + spacing(60, 160, 264) + indent(INDENT)),
    Style("DefinitionTerm", "Definition Term", "BodyText", "Definition", KEEP + spacing(80, 20), BOLD),
    Style("Definition", "Definition", "BodyText", paragraph=spacing(0, 120) + indent(INDENT)),
    Style("HorizontalRule", "Horizontal Rule", next="BodyText", run=size(4),
          paragraph=border("bottom", 4, 1) + spacing(120, 280, 240) + indent(2400, 2400)),
)  # fmt: skip

LISTS = (
    Style("ListBullet", "List Bullet", "BodyText", paragraph=spacing(0, 80), is_own=False),
    Style("ListNumber", "List Number", "BodyText", paragraph=spacing(0, 80), is_own=False),
    *map(list_continue, range(1, 6)),
)

FIGURES = (
    Style("Figure", "Figure", next="Caption", paragraph=KEEP + spacing(160, 80, 240)),
    Style("CaptionedFigure", "Captioned Figure", "Figure", "Caption"),
    Style("Caption", "caption", next="BodyText", paragraph="<w:keepLines/>" + spacing(120, 160, 276),
          run=SANS + colour(MUTED) + size(10), is_own=False, priority=35),
    Style("TableText", "Table Text", paragraph=spacing(20, 20, 264), run=SANS + size(10)),
    Style("TableHeading", "Table Heading", "TableText", paragraph="<w:keepNext/>", run=BOLD + colour(ACCENT)),
)  # fmt: skip

MARGINALIA = (
    Style("FootnoteText", "footnote text", paragraph=spacing(0, 60, 264), run=size(9), is_own=False, priority=99),
    Style("FootnoteBlockText", "Footnote Block Text", "FootnoteText", paragraph=indent(INDENT, INDENT)),
    Style("Header", "header", is_own=False, priority=99, run=SANS + colour(MUTED) + size(9),
          paragraph=border("bottom", 4, 6) + spacing(0, 0, 240)),
    Style("Footer", "footer", is_own=False, priority=99, run=SANS + colour(MUTED) + size(9),
          paragraph=spacing(0, 0, 240) + '<w:jc w:val="center"/>'),
    Style("ColophonTerm", "Colophon Term", next="ColophonText", paragraph=KEEP + spacing(120, 0, 252),
          run=SANS + BOLD + colour(MUTED) + size(10)),
    Style("ColophonText", "Colophon Text", paragraph=spacing(0, 40, 252), run=SANS + size(10)),
)  # fmt: skip

CHARACTERS = (
    Style("FootnoteReference", "footnote reference", run='<w:vertAlign w:val="superscript"/>', is_own=False),
    Style("Hyperlink", "Hyperlink", run=colour(LINK) + '<w:u w:val="single"/>', is_own=False),
    Style("FollowedHyperlink", "FollowedHyperlink", run=colour("5B3A6E") + '<w:u w:val="single"/>', is_own=False),
    Style("VerbatimChar", "Verbatim Char", run=MONO + LEFT_OUT_OF_CHECKS + size(9)),
)

PARAGRAPHS = (*MASTHEAD, *BODY, *LISTS, *FIGURES, *MARGINALIA)


def styles() -> str:
    """word/styles.xml: the defaults, then every style."""
    run = SERIF + size(11) + '<w:lang w:val="en" w:eastAsia="en" w:bidi="ar"/>'
    paragraph = "<w:widowControl/>" + spacing(0, 160, 288)
    return root(
        "styles",
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>',
        *map(style, PARAGRAPHS),
        *(style(each, "character", "DefaultParagraphFont") for each in CHARACTERS),
        table_styles(),
    )


def style(each: Style, kind: str = "paragraph", based_on: str = "") -> str:
    """One w:style element."""
    own = ' w:customStyle="1"' if each.is_own else ""
    following = f'<w:next w:val="{each.next}"/>' if each.next else ""
    paragraph = f"<w:pPr>{each.paragraph}</w:pPr>" if each.paragraph else ""
    run = f"<w:rPr>{each.run}</w:rPr>" if each.run else ""
    return (
        f'<w:style w:type="{kind}"{own} w:styleId="{each.identifier}"><w:name w:val="{each.name}"/>'
        f'<w:basedOn w:val="{based_on or each.based_on}"/>{following}'
        f'<w:uiPriority w:val="{each.priority}"/><w:qFormat/>{paragraph}{run}</w:style>'
    )


def table_styles() -> str:
    """Word's plain table, and ours: rules above, below and between the rows, none between the columns."""
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in CELL_MARGINS)
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"'
    fine = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders><w:top {strong}/><w:bottom {strong}/><w:insideH {fine}/></w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        f'<w:tblStylePr w:type="lastRow"><w:tcPr><w:tcBorders><w:top {strong}/></w:tcBorders></w:tcPr></w:tblStylePr>'
        "</w:style>"
    )


CELL_MARGINS = (("top", 40), ("left", 100), ("bottom", 40), ("right", 100))


def document() -> str:
    """word/document.xml: an empty page; pandoc takes its section, with header and footers, from here."""
    return root(
        "document",
        "<w:body><w:p/><w:sectPr>"
        '<w:headerReference w:type="default" r:id="rId5"/><w:headerReference w:type="first" r:id="rId6"/>'
        '<w:footerReference w:type="default" r:id="rId7"/><w:footerReference w:type="first" r:id="rId8"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{MARGIN_TOP}" w:right="{MARGIN_SIDE}" w:bottom="{MARGIN_BOTTOM}" w:left="{MARGIN_SIDE}"'
        f' w:header="{MARGIN_EDGE}" w:footer="{MARGIN_EDGE}" w:gutter="0"/><w:titlePg/>'
        "</w:sectPr></w:body>",
    )


def field(instruction: str, shown: str) -> str:
    """A field with the text it shows until it is computed again."""
    text = f"<w:r><w:t>{shown}</w:t></w:r>"
    return f'<w:fldSimple w:instr=" {instruction} ">{text}</w:fldSimple>'


def running_header() -> str:
    """The short title, from the document's own properties, so that a change there shows here."""
    return root("hdr", f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{field(SHORT_TITLE, "Short title")}</w:p>')


SHORT_TITLE = "DOCPROPERTY &quot;Short title&quot;"


def first_header() -> str:
    """Nothing: the first page has the masthead."""
    return root("hdr", '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p>')


def footer() -> str:
    """The page number, without words that would need a translation."""
    return root("ftr", f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{field("PAGE", "1")}</w:p>')


def footnotes() -> str:
    """The two separators that every footnotes part has (17.11.23)."""
    return root(
        "footnotes",
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote>",
    )


def settings() -> str:
    """word/settings.xml: Word 2013 and later without compatibility mode, and text set flush left."""
    mode = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    return root(
        "settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="480"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f'<w:compat><w:compatSetting {mode}/></w:compat><w:themeFontLang w:val="en"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    )


def font_table() -> str:
    """word/fontTable.xml: what to take where a face is not installed."""
    return root("fonts", *(font(*each) for each in FONTS))


FONTS = (
    ("Source Serif 4", "Georgia", "roman", "variable"),
    ("Source Sans 3", "Calibri", "swiss", "variable"),
    ("Source Code Pro", "Consolas", "modern", "fixed"),
)


def font(name: str, otherwise: str, family: str, pitch: str) -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{otherwise}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
    )


def root(name: str, *content: str) -> str:
    """A part of the package: an XML document whose root is w:name."""
    return f'{DECLARATION}<w:{name} xmlns:w="{W}" xmlns:r="{R}">{"".join(content)}</w:{name}>'


def relationships(kinds: tuple[tuple[str, str], ...]) -> str:
    """A relationships part: rId1, rId2 … in the given order."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


PARTS = (
    ("styles", "styles.xml", "styles"),
    ("settings", "settings.xml", "settings"),
    ("fontTable", "fontTable.xml", "fontTable"),
    ("footnotes", "footnotes.xml", "footnotes"),
    ("header", "header1.xml", "header"),
    ("header", "header2.xml", "header"),
    ("footer", "footer1.xml", "footer"),
    ("footer", "footer2.xml", "footer"),
)


def content_types() -> str:
    """[Content_Types].xml (ISO/IEC 29500-2, 10.1.2)."""
    named = [("document.xml", "document.main"), *((target, kind) for _, target, kind in PARTS)]
    rows = "".join(f'<Override PartName="/word/{name}" ContentType="{WORD_TYPE}.{kind}+xml"/>' for name, kind in named)
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def build() -> bytes:
    """The whole of templates/reference.docx."""
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships((("officeDocument", "word/document.xml"),)),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relationships(tuple((kind, target) for kind, target, _ in PARTS)),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        "word/footnotes.xml": footnotes(),
        "word/header1.xml": running_header(),
        "word/header2.xml": first_header(),
        "word/footer1.xml": footer(),
        "word/footer2.xml": footer(),
    }
    # Not compressed, so that no version of zlib can make a difference.
    return archive.pack([(name, text.encode()) for name, text in parts.items()], stored=frozenset(parts))


if __name__ == "__main__":
    TARGET.write_bytes(build())
