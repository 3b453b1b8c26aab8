"""The kinds of packages that can be verified: each a row that says how to know, judge and read one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from communique.checks.file_by_file import Remark
from communique.checks.packages import bag, inveniordm, ocfl, ro_crate, saf, sip
from communique.checks.packages.files import Tree


@dataclass(frozen=True)
class Kind:
    """A kind of package: its name for people, and three functions of what lies in its folder.

    `recognises` knows it even if some of its files are gone. `remarks` are about structure and fixity: every byte,
    every file, every line. `places` says where in the package each file of `content/<slug>/` and `build/<slug>/` lies.
    `seal` is the file whose digest stands for all the others, "" if there is no such file.
    """

    name: str
    recognises: Callable[[Tree], bool]
    remarks: Callable[[Tree], Iterator[Remark]]
    places: Callable[[Tree], Mapping[str, str]]
    seal: str = ""


KINDS: tuple[Kind, ...] = (
    Kind("BagIt 1.0", bag.recognises, bag.remarks, bag.places, "tagmanifest-sha256.txt"),
    Kind("RO-Crate 1.2", ro_crate.recognises, ro_crate.remarks, ro_crate.places, "checksum.sha256"),
    Kind("OCFL 1.1", ocfl.recognises, ocfl.remarks, ocfl.places, "inventory.json"),
    Kind("DSpace Simple Archive Format", saf.recognises, saf.remarks, saf.places),
    Kind("InvenioRDM record", inveniordm.recognises, inveniordm.remarks, inveniordm.places, inveniordm.LISTING),
    Kind("E-ARK SIP 2.2.0", sip.recognises, sip.remarks, sip.places, sip.METS),
)
"""Every kind; a package is of the first that recognises it."""
