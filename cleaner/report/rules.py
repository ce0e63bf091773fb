"""The page of a rule: what it mends, why, when, and its examples."""

from __future__ import annotations

from typing import Any

from cleaner.packs.load import Knowledge


def page(known: Knowledge, name: str) -> str | None:
    """Return the page of rule `name` as text; None where there is no such rule."""
    parts = [rule for rule in known.rules if rule["id"] == name]
    if not parts:
        return None
    first = parts[0]
    out = [f"{name} ({first['kind']})", "", first["why"], f"{first['path']}:{first['at']}"]
    for rule in parts:
        out += ["", *_conditions(rule)]
        out += (f"  {example}" for example in rule["examples"])
        out += (f"  keep: {keep}" for keep in rule["keeps"])
    return "\n".join(out)


def _conditions(rule: dict[str, Any]) -> list[str]:
    out = []
    if rule["forms"]:
        source = f"{rule['from']}: " if rule["from"] else ""
        out.append(source + ", ".join(f"{wrong} -> {right or '(reported)'}" for wrong, right in rule["forms"].items()))
    else:
        out.append(f"matches {rule['pattern']}")
        out.append("reported only" if rule["replace"] is None else f"becomes {rule['replace'] or '(removed)'}")
    for key, says in (("near", "near"), ("unless", "not near")):
        if rule[key]:
            out.append(f"  {says}: {', '.join(rule[key])}")
    if rule["needs"]:
        out.append("  only in a text that was machine-translated")
    out.append(f"  at most {rule['safety']}")
    return out
