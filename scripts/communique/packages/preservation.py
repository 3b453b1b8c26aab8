"""What an archive must know of the files of a package: what each is, what was done to make it, who judged it."""

from __future__ import annotations

from communique.packages.contents import Contents
from communique.records import premis

PREMIS = "premis.xml"
"""The name of the record in every package that has one."""


def described(contents: Contents) -> bytes:
    """The PREMIS 3 record of one version of a statement, UTF-8."""
    return premis.serialize(contents.statements[0], (), contents.tools, contents.verdicts)
