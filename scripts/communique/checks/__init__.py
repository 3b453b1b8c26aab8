"""The judges of what lies in the output folder: a table of checks. They share no code with the writers they judge."""

from __future__ import annotations

from communique.checks.check import Check

_ALL: tuple[Check, ...] = ()

CHECKS = {check.name: check for check in _ALL}
"""Every check by its name, the slowest first, since two run at a time."""
