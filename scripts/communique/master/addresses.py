"""Web addresses and other names in a master: what is wrong with one, and what to write."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

Verdict = tuple[str, str] | None
"""What was found and what to write, or None if all is well."""

# RFC 3986, section 2: the characters of a URI, without the brackets, which stand around numeric hosts alone.
_URI = re.compile(r"(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?)+")
_KEPT = "/:@!$&'()*+,;=~-._"
_EXAMPLE = "write the full address, as https://www.example.org/page"


def web(address: str) -> Verdict:
    """What is wrong with an address that must be an absolute http or https URI (RFC 3986)."""
    if not address.startswith(("http://", "https://")):
        if address.lower().startswith(("http://", "https://")):
            return "begins with capitals", f"write {address.partition(':')[0].lower()}:// in small letters"
        return "is not a web address", _EXAMPLE
    if not _URI.fullmatch(address):
        return "has characters that an address cannot have", f"write {_encoded(address)}"
    try:
        parts = urlsplit(address)
        is_named = bool(_HOST.fullmatch(parts.hostname or "")) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_named = False
    return None if is_named else ("is not a web address", _EXAMPLE)


def _encoded(address: str) -> str:
    """The address with what is not a URI character percent-encoded, and the host in its ASCII form (IDNA)."""
    try:
        parts = urlsplit(address.strip())
        host = parts.netloc.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return "https:// and only the letters, digits and signs of an address"
    tail = (re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part) for part in (parts.path, parts.query, parts.fragment))
    path, query, fragment = (quote(part, safe=_KEPT + "?%") for part in tail)
    return f"{parts.scheme}://{host}{path}" + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def link(target: str) -> Verdict:
    """What is wrong with the target of a link that leaves the text: http, https, mailto or tel."""
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", target)
    if not scheme:
        remedy = f"{_EXAMPLE}; a place in this text is #its-id" if target else _EXAMPLE
        return ("is not a web address" if target else "has no address"), remedy
    match scheme[1]:
        case kind if kind.lower() in ("http", "https"):
            return web(target)
        case "mailto":
            is_mail = re.fullmatch(r"mailto:[^\s@?]+@[A-Za-z0-9.-]+(\?\S*)?", target) and _URI.fullmatch(target)
            return None if is_mail else ("is not a mail address", "write mailto:press@example.org")
        case "tel":
            is_number = re.fullmatch(r"tel:\+?[0-9().-]*[0-9][0-9().-]*", target)
            return None if is_number else ("is not a telephone number", "write tel:+1-212-555-0100")
    return f"is a link of the kind {scheme[1]}:", "links may begin with https:, http:, mailto:, tel: or #"
