"""How the runs of a Word file look where that says something: by their own properties and those of their style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.checks.opening import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_OWN = {"i": "emphasis", "b": "strong", "smallCaps": "smallcaps", "strike": "struck", "dstrike": "struck"}
_DRAWN = {"u": "underlined", "highlight": "marked"}
_VERBATIM = "VerbatimChar"


def looks(run: Element, styles: Mapping[str, Element], *, is_code: bool) -> Iterator[str]:
    """What the look of a run says; `is_code` if its paragraph is code. The line under a link says nothing."""
    own = run.find(f"{W}rPr")
    if own is None:
        return
    style = own.find(f"{W}rStyle")
    named = "" if style is None else str(style.get(f"{W}val"))
    chain = [own, *_properties(named, styles)]
    told = {look for name, look in _OWN.items() if _is_on(chain, name)}
    told |= {look for name, look in _DRAWN.items() if _is_on(chain[:1], name)}
    height = next((each.get(f"{W}val") for part in chain for each in part.iter(f"{W}vertAlign")), "")
    if height in ("superscript", "subscript") and run.find(f"{W}footnoteReference") is None:
        told.add("raised" if height == "superscript" else "lowered")
    yield from sorted(told | ({"code"} if named == _VERBATIM and not is_code else set()))


def _properties(name: str, styles: Mapping[str, Element]) -> Iterator[Element]:
    """The properties of a character style, then of those that it is based on."""
    seen = set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        own, based = (styles[name].find(f"{W}{each}") for each in ("rPr", "basedOn"))
        if own is not None:
            yield own
        name = "" if based is None else str(based.get(f"{W}val"))


def _is_on(chain: list[Element], name: str) -> bool:
    """Whether a property is on: the first that speaks of it decides."""
    for properties in chain:
        told = properties.find(f"{W}{name}")
        if told is not None:
            return str(told.get(f"{W}val")) not in _OFF
    return False
