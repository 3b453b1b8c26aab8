"""The packages that libraries and archives take in: pure functions from the files of a statement to named entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from communique.packages import bagit, inveniordm, ro_crate, saf, sip
from communique.packages.contents import Contents
from communique.packages.entry import Entry

Pack = Callable[[Contents], Iterable[Entry]]


@dataclass(frozen=True)
class Packager:
    """A kind of package: what it is called on the command line, its standard, and the function that lists its files.

    A package is named `<slug>-v<version><suffix>`. It is a folder, or one ZIP file if the suffix ends in ".zip".
    """

    name: str
    standard: str
    suffix: str
    pack: Pack

    @property
    def is_zip(self) -> bool:
        """Whether the entries go into one ZIP file."""
        return self.suffix.endswith(".zip")


_ALL: tuple[Packager, ...] = (
    Packager("bag", "BagIt 1.0 (RFC 8493)", "-bag", bagit.pack),
    Packager("ro-crate", "RO-Crate 1.2", "-ro-crate", ro_crate.pack),
    Packager("saf", "DSpace Simple Archive Format", "-saf.zip", saf.pack),
    Packager("inveniordm", "InvenioRDM record", "-inveniordm", inveniordm.pack),
    Packager("sip", "E-ARK SIP 2.2.0", sip.SUFFIX, sip.pack),
)

PACKAGERS = {packager.name: packager for packager in _ALL}
"""Every kind of package by its name."""
