"""Asks roc-validator about RO-Crates, without a connection: it finds the context of RO-Crate 1.2 in its own cache.

Usage: crate.py CONTEXT CRATE… - prints one line of JSON for each crate: {"crate", "issues": [{"check", "severity",
"message", "entity"}]}. CONTEXT is the file of the JSON-LD context; nothing else may be asked of the network.
"""

from __future__ import annotations

import json
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from requests import Request
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from urllib3 import HTTPResponse

ADDRESS = "https://w3id.org/ro/crate/1.2/context"


def main(context: Path, crates: list[Path]) -> None:
    """Prints what the validator has against each crate, from requirements to recommendations."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder, "cache")
        _remember(cache, context.read_bytes())
        for crate in crates:
            settings = ValidationSettings(
                rocrate_uri=str(crate),
                profile_identifier="ro-crate-1.2",
                requirement_severity=Severity.RECOMMENDED,
                offline=True,
                cache_path=cache,
                skip_availability_check=True,
            )
            issues = [
                {
                    "check": each.check.identifier,
                    "severity": each.severity.name,
                    "message": each.message,
                    "entity": str(each.violatingEntity or ""),
                }
                for each in services.validate(settings).get_issues(Severity.RECOMMENDED)
            ]
            print(json.dumps({"crate": str(crate), "issues": issues}), flush=True)


def _remember(cache: Path, content: bytes) -> None:
    """Puts the context into the cache of the validator, as if it had been fetched."""
    answer = HTTPResponse(BytesIO(content), {"Content-Type": "application/ld+json"}, status=200, preload_content=False)
    fetched = HTTPAdapter().build_response(Request("GET", ADDRESS).prepare(), answer)
    with CachedSession(cache_name=str(cache), backend="sqlite", expire_after=-1) as session:
        session.cache.save_response(fetched)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
