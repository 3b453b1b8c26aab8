"""The kinds of packages that can be verified: each a row that says how to know, judge and read one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from communique.checks.file_by_file import Remark
from communique.checks.packages import bag, bag_told, inveniordm, ocfl, preserved, ro_crate, saf, sip
from communique.checks.packages.files import Tree


@dataclass(frozen=True)
class Kind:
    """A kind of package: its name for people, and three functions of what lies in its folder.

    `recognises` knows it even if some of its files are gone. `remarks` are about structure and fixity: every byte,
    every file, every line. `places` says where in the package each file of `content/<slug>/` and `build/<slug>/` lies.
    `seal` is the file whose digest stands for all the others, "" if there is no such file. `told` are remarks about
    what the package itself says of the statement and its files, where it is not what the master and the files say.
    """

    name: str
    recognises: Callable[[Tree], bool]
    remarks: Callable[[Tree], Iterator[Remark]]
    places: Callable[[Tree], Mapping[str, str]]
    seal: str = ""
    told: Callable[[Tree], Iterator[Remark]] = lambda _: iter(())


def _history(places: Callable[[Tree], Mapping[str, str]]) -> Callable[[Tree], Iterator[Remark]]:
    """What is wrong with the PREMIS record of a whole package, which lies beside the files of the statement."""

    def look(package: Tree) -> Iterator[Remark]:
        files = places(package)
        records = [name for name in package.names if PurePosixPath(name).name == "premis.xml"]
        name = next((each for each in records if each not in files.values()), "premis.xml")
        yield from preserved.of_all(package, name, files)

    return look


KINDS: tuple[Kind, ...] = (
    Kind("BagIt 1.0", bag.recognises, bag.remarks, bag.places, "tagmanifest-sha256.txt", bag_told.remarks),
    Kind(
        "RO-Crate 1.2",
        ro_crate.recognises,
        ro_crate.remarks,
        ro_crate.places,
        "checksum.sha256",
        _history(ro_crate.places),
    ),
    Kind("OCFL 1.1", ocfl.recognises, ocfl.remarks, ocfl.places, "inventory.json"),
    Kind("DSpace Simple Archive Format", saf.recognises, saf.remarks, saf.places, told=_history(saf.places)),
    Kind("InvenioRDM record", inveniordm.recognises, inveniordm.remarks, inveniordm.places, inveniordm.LISTING),
    Kind("E-ARK SIP 2.2.0", sip.recognises, sip.remarks, sip.places, sip.METS),
)
"""Every kind; a package is of the first that recognises it."""
