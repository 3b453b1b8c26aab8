"""Whether a JSON value has the shape that one of the schemas beside this module asks for (JSON Schema 2020-12)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from communique.checks.file_by_file import Remark


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of a schema, "manifest" or "schema-org"; dates are checked as dates."""
    schema = json.loads((Path(__file__).parent / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def remarks(value: Any, name: str) -> Iterator[Remark]:
    """Every fault of a value by a schema of this folder."""
    return faults(validator(name), value)


def faults(rules: Validator, value: Any) -> Iterator[Remark]:
    """Every fault of a value, with its place as a JSON path; the rule is the keyword of the schema that it breaks."""
    for error in sorted(rules.iter_errors(value), key=lambda error: error.json_path):
        yield Remark(f"json-schema-{error.validator}", error.message, error.json_path)
