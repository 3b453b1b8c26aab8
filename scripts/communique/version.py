"""Which version of the program this is, and how it names itself in what it makes."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("communique")
except PackageNotFoundError:
    VERSION = "0"

GENERATOR = f"Communique {VERSION}"
