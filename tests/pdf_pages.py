"""Pages for the tests of the PDF writer: every construct a statement can hold, and the smallest page there is."""

from __future__ import annotations

import struct
import zlib
from functools import cache

from communique.checks.reading.pdf_structure import Reading, read
from communique.writers import pdf
from communique.writers.pdf import Facts

FACTS = Facts(
    title="Joint Statement on the Matter of “Words” – a Test",
    language="en",
    date="2023-12-15",
    authors=("Albania", "Japan", "Republic of Korea"),
    description="A page with everything & more <in> it.",
    keywords=("Human rights", "Non-refoulement"),
    publisher="Permanent Mission of Japan to the United Nations",
    rights="Copyright Not Evaluated",
    rights_uri="http://rightsstatements.org/vocab/CNE/1.0/",
    identifier="https://example.org/statements/words",
    source="https://example.org/received.html",
)

CSS = """
@page { size: A5; margin: 18mm 16mm 20mm;
  @top-left { content: string(title); font: 8pt "Source Sans 3" }
  @bottom-center { content: counter(page) " of " counter(pages); font: 8pt "Source Sans 3" } }
@page :first { @top-left { content: none } }
html { font: 10pt/1.4 "Source Serif 4", "Noto Serif", "Noto Sans Symbols 2"; hyphens: manual; text-align: left }
h1 { string-set: title content(); font: 600 17pt/1.2 "Source Sans 3"; border-bottom: 1pt solid #036; color: #036 }
h2, h3, h4, h5, h6 { font-family: "Source Sans 3"; font-weight: 600; break-after: avoid }
blockquote { border-left: 2pt solid #999; padding-left: 8pt; margin-left: 8pt; background: #eee }
table { border-collapse: collapse; width: 100% } th, td { border: .5pt solid #333; padding: 2pt; vertical-align: top }
code { font-family: "Source Code Pro", "Noto Sans Symbols 2" }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f4f4 }
a { color: #036; overflow-wrap: anywhere }
.issuers { list-style: none; padding: 0 }
img { max-width: 100% } figure { break-inside: avoid }
"""

ROWS = "".join(
    f'<tr><th scope="row">State {n}</th><td>signed</td><td>The {n}th entry of a long table.</td></tr>'
    for n in range(40)
)
LONG = " ".join(f"Sentence {n} of the long paragraph follows the rules-based order." for n in range(70))

BODY = f"""
<header class="masthead" id="doc-head"><p class="kicker">Joint Statement</p>
<h1 id="doc-title">Joint Statement on the Matter of “Words” – a Test</h1>
<ul class="issuers"><li>Albania</li><li>Japan</li></ul>
<p class="dateline"><time datetime="2023-12-15">15 December 2023</time></p></header>
<main><article class="text" id="doc-text">
<p id="p1">We, the <strong>Ministers</strong> <em>of</em> <abbr title="European Union">EU</abbr> states, reaffirm the
rules-based order and <span lang="fr" class="foreign">non-refoulement</span>; see
<a class="reference" href="https://undocs.org/A/RES/217(III)" title="Universal Declaration of Human Rights,
A/RES/217(III)">Universal Declaration</a>
and <a href="#second">the second section</a>.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"
aria-label="Note 1"><sup>1</sup></a> Again.<a href="#fn2" class="footnote-ref" id="fnref2" role="doc-noteref"
><sup>2</sup></a></p>
<section id="first" class="level2"><h2>First section</h2>
<p id="p2">{LONG}</p>
<p id="p3">Greek <span lang="el">Κοινή δήλωση</span>, Ukrainian <span lang="uk">Спільна заява</span>, a hyphen - next
to a true one ‐, a no-break 15&nbsp;km, thin 10&#8239;000, an apostrophe’s, ʼokina; a line<br>break. A long address:
<a href="https://example.org/a/very/long/address/that/has/to/be/broken/somewhere/because/it/is/so/very/long"
>https://example.org/a/very/long/address/that/has/to/be/broken/somewhere/because/it/is/so/very/long</a>.</p>
<blockquote lang="sq"><p id="p4">Shqipëria është e përkushtuar.</p></blockquote>
<blockquote>Bare words in a quote, <em>emphatic</em>.<p>Then a paragraph.</p>And bare words again.</blockquote>
<h3>Lists</h3>
<ul><li>alpha<ul><li>nested <strong>one</strong></li><li>nested two<ol type="a"><li>deep</li></ol></li></ul></li>
<li>beta</li></ul>
<ol start="4" type="i"><li><p id="p5">loose one</p><p id="p6">with a second paragraph</p></li>
<li><p id="p7">loose two</p></li></ol>
<ul class="task-list"><li>☐ to do</li><li>☒ done</li></ul>
<dl><dt>Term</dt><dd>Definition</dd><dt>Other</dt><dt>Same</dt><dd><p>First.</p></dd><dd><p>Second.</p></dd></dl>
</section>
<section id="second" class="level2"><h2>Second section</h2><h3>Third level</h3>
<h4>Fourth</h4><h5>Fifth</h5><h6>Sixth</h6>
<table><caption>Signatories</caption>
<thead><tr><th scope="col">State</th><th scope="col" colspan="2">Deed</th></tr></thead>
<tbody>{ROWS}<tr><th scope="row" rowspan="2">Last</th><td colspan="2">spans two</td></tr><tr><td></td><td>end</td></tr>
</tbody></table>
<figure id="fig"><img src="media/flag.png" alt="A red disc on white">
<figcaption>Figure 1. The flag</figcaption></figure>
<p>An image <img src="media/flag.png" alt="small flag" style="height:8pt"> in a line and one for show
<img src="media/flag.png" alt="" class="decorative" style="height:8pt">, a linked one
<a href="https://example.org/"><img src="media/flag.png" alt="Home" style="height:8pt"></a>.</p>
<div class="line-block">One line<br>another line<br>the last</div>
<pre><code>if words:
    keep(words)  # always</code></pre>
<p>Inline <code>code()</code>, <del>struck</del> <u>underlined</u> H<sub>2</sub>O, <q>quoted</q>,
<span style="font-variant-caps: small-caps">Small Caps</span>.</p>
<hr>
<p>inter&shy;nation&shy;al {"inter&shy;nation&shy;al&shy;iza&shy;tion " * 12}</p>
<p><em>Many</em> <strong>short</strong> <em>words</em>
{"<em>in</em> <strong>their</strong> <code>own</code> " * 12}.</p>
</section></article>
<section class="footnotes" role="doc-endnotes" id="doc-notes"><h2>Notes</h2><ol>
<li id="fn1"><p>First note.</p><p>Its second paragraph, with <a href="https://example.org/n">a link</a>.<a
href="#fnref1" class="footnote-back" role="doc-backlink" aria-label="Back to text">↑</a></p></li>
<li id="fn2"><p>Second note.</p><ul><li>a list in it</li></ul><p><a href="#fnref2" class="footnote-back"
role="doc-backlink">↑</a></p></li>
</ol></section></main>
<footer class="colophon" id="doc-about"><h2>About this text</h2><dl><dt>Published by</dt><dd>Mission</dd></dl></footer>
"""


def page(body: str, language: str = "en", title: str = FACTS.title) -> str:
    """A whole HTML page around a body."""
    head = f'<meta charset="utf-8"><title>{title}</title><meta name="author" content="A">'
    return f'<!DOCTYPE html><html lang="{language}" dir="ltr"><head>{head}</head><body>{body}</body></html>'


def png(mode: str = "RGBA") -> bytes:
    """A PNG of 2 by 2 pixels, with an alpha channel if `mode` is RGBA."""
    kind, pixel = (6, b"\xcc\x00\x22\x80") if mode == "RGBA" else (2, b"\xcc\x00\x22")
    rows = (b"\0" + pixel * 2) * 2
    header = struct.pack(">IIBBBBB", 2, 2, 8, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


RICH = page(BODY)
MEDIA = {"media/flag.png": png()}


@cache
def written(body: str = BODY, css: str = "") -> bytes:
    """The PDF of a body with the style of these tests and more."""
    return pdf.write(page(body), CSS + css, MEDIA, FACTS)


@cache
def reading(body: str = BODY, css: str = "") -> Reading:
    """The same PDF, read."""
    return read(written(body, css))
