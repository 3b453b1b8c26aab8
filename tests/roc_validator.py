"""roc-validator, the validator of RO-Crates by its own community; it runs in an environment of its own, offline."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from communique.doctor import places
from conftest import ROOT

CONTEXT_FILE = ROOT / "scripts/communique/checks/packages/ro_crate/context.jsonld"

# What roc-validator recommends and a crate does not have, by the beginning of its message, and why.
KNOWN = {
    "Encoding format entities SHOULD include WebPage and/or Standard types": "They are of both types. The validator "
    "itself gives each a third one, and then asks that every type be one of the two.",
    "The Root Data Entity SHOULD have a `conformsTo` property if the RO-Crate conforms to profiles": "The profiles are "
    "those of file formats, as the specification types them; the crate itself follows none.",
    "An Organization entity SHOULD have a ROR identifier as its @id": "A mission of a state has none.",
    "The organization SHOULD have a URL": "A master need not name an address for each issuer.",
    "An Organization's contactPoint SHOULD reference a ContactPoint contextual entity": "A master names none.",
    "At least one author or publisher Person/Organization SHOULD have a contactPoint property": "A master names none.",
}


def outside(*crates: Path) -> dict[str, list[dict[str, str]]]:
    """What roc-validator has against crates, by the name of the folder; it runs in the environment of its own."""
    command = [places().crates, ROOT / "scripts/judges/crate.py", CONTEXT_FILE, *crates]
    run = subprocess.run([str(each) for each in command], capture_output=True, text=True, env={}, check=False)
    assert run.returncode == 0, run.stderr
    told = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(told) == len(crates)
    return {Path(each["crate"]).name: each["issues"] for each in told}


def unknown(*crates: Path) -> list[str]:
    """What is against crates, without the recommendations that are known."""
    told = [(name, each) for name, issues in outside(*crates).items() for each in issues]
    return [
        f"{name}: {each['severity']}: {each['message']}"
        for name, each in told
        if each["severity"] != "RECOMMENDED" or not each["message"].startswith(tuple(KNOWN))
    ]
