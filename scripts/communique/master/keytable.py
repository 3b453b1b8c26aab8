"""The keys of the front matter as the tables of docs/master.md, written from the schema."""

from __future__ import annotations

from collections.abc import Iterator

from communique.master import schema
from communique.master.schema import Rule

BEGIN = "<!-- The tables are written from templates/schema/statement.schema.json by communique.master.keytable. -->"
END = "<!-- End of the tables. -->"
_TRANSLATION = {
    "own": "gives its own",
    "inherited": "taken over if not given",
    "equal": "taken over; the same if given",
}


def tables() -> str:
    """Markdown: one table of the top-level keys, then one for each group of keys."""
    keys = schema.keys()
    required = schema.schema()["required"]
    head = ["| Key | Required | What it says | Example | In a translation |", "|---|---|---|---|---|"]
    rows = [f"{_row(key, rule, key in required)} {_TRANSLATION[rule['x-translation']]} |" for key, rule in keys.items()]
    groups = (part for key, rule in keys.items() for part in _groups(key, rule))
    return "\n".join([*head, *rows, "", *groups])


def renewed(page: str) -> str:
    """The page with the tables between its two marks written anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def _groups(key: str, rule: Rule) -> Iterator[str]:
    """The table of the keys below a key, if it has such, and of the groups below these."""
    is_list = rule["type"] == "array"
    group = schema.resolved(rule["items"] if is_list else rule)
    if group["type"] != "object":
        return
    required = group.get("required", ())
    yield f"`{key}` – {'a list; each entry has' if is_list else 'a group of'} these keys:\n"
    yield "| Key | Required | What it says | Example |\n|---|---|---|---|"
    below = {name: schema.resolved(each) for name, each in group["properties"].items()}
    yield from (_row(name, each, name in required) for name, each in below.items())
    yield ""
    for name, each in below.items():
        yield from _groups(f"{key}.{name}", each)


def _row(key: str, rule: Rule, is_required: bool) -> str:
    words = rule["description"]
    if "enum" in rule:
        words += f" One of: {', '.join(rule['enum'])}."
    example = f"`{rule['examples'][0]}`" if "examples" in rule else "see below"
    return f"| `{key}` | {'yes' if is_required else 'no'} | {words} | {example} |"
