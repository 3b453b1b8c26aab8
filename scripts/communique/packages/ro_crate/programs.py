"""The programs that made or judged the files, with their versions and addresses."""

from __future__ import annotations

from urllib.parse import quote

from communique.packages.ro_crate.graph import Entity, Graph, local

_HOMES = {
    "ace": "https://daisy.github.io/ace/",
    "axe-core": "https://github.com/dequelabs/axe-core",
    "babel": "https://babel.pocoo.org/",
    "epubcheck": "https://www.w3.org/publishing/epubcheck/",
    "libreoffice": "https://www.libreoffice.org/",
    "lxml": "https://lxml.de/",
    "nu html checker": "https://validator.github.io/validator/",
    "pandoc": "https://pandoc.org/",
    "pillow": "https://python-pillow.github.io/",
    "pydyf": "https://doc.courtbouillon.org/pydyf/",
    "qpdf": "https://qpdf.org/",
    "resvg_py": "https://github.com/baseplate-admin/resvg-py",
    "verapdf": "https://verapdf.org/",
    "weasyprint": "https://weasyprint.org/",
}
_UNTOLD = "not told"


def program(graph: Graph, name: str, version: str, needed: object = None) -> Entity:
    """A program, described the first time it is spoken of: name, address and version are required of each.

    One without an address that is known here has a package URL (ECMA-427), which names it and leads nowhere.
    """
    home = _HOMES.get(name.casefold()) or f"pkg:generic/{quote(name, safe='')}{f'@{quote(version)}' if version else ''}"
    return graph.once(
        local("software", name),
        "SoftwareApplication",
        name=name,
        version=version or _UNTOLD,
        url=home,
        softwareRequirements=needed,
    )
