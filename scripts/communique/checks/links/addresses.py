"""Addresses that lead out of a file: whole, well formed, and of a kind that does nothing but lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from communique.checks.file_by_file import Remark

# The characters of an address (RFC 3986, appendix A), and those beyond ASCII (RFC 3987, 2.2).
_CHARACTERS = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|[^\x00-\x7f\s])+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/?#\[\]@%]+)(:[0-9]{1,5})?")
_MAIL = re.compile(r"[^\s@]+@[^\s@,]+(,[^\s@]+@[^\s@,]+)*")


def scheme(address: str) -> str:
    """The scheme of an address in small letters, "" if it is relative. A tab or line break hides none."""
    match = _SCHEME.match(re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33)))))
    return match[0].lower() if match else ""


def remarks(address: str, location: str) -> Iterator[Remark]:
    """What is wrong with an address that leads out of a file."""
    kind = scheme(address)
    if kind not in {"http", "https", "mailto", "tel"}:
        wrong = f"{kind}: is no address that a reader may be led to" if kind else "leads out of the file to no address"
        yield Remark("forbidden-scheme" if kind else "relative-link", f"“{address[:200]}”: {wrong}", location)
    elif not _CHARACTERS.fullmatch(address):
        yield Remark("malformed-address", f"“{address[:200]}” has characters that no address has", location)
    elif fault := _fault(kind, address):
        yield Remark("malformed-address", f"“{address[:200]}” {fault}", location)


def _fault(kind: str, address: str) -> str:
    """What is wrong with the form of an address whose characters are right, "" if nothing is."""
    rest = address.partition(":")[2]
    if kind == "mailto":
        return "" if _MAIL.fullmatch(rest.partition("?")[0]) else "names no mailbox"
    if kind == "tel":
        return "" if re.fullmatch(r"\+?[0-9().-]+(;.*)?", rest) else "names no number"
    if not rest.startswith("//"):
        return "has no // behind its scheme"
    try:
        host = urlsplit(address).netloc.rpartition("@")[2]
    except ValueError as error:
        return f"is malformed: {error}"
    return "" if _HOST.fullmatch(host) else "names no host"
