"""The page of a rule: what it mends, why, when, and its examples."""

from __future__ import annotations

from typing import Any

from cleaner.detectors.described import Described, described
from cleaner.packs.knowledge import Knowledge


def page(known: Knowledge, name: str) -> str | None:
    """Return the page of rule `name`, of a pack or of a detector, as text; None where there is no such rule."""
    parts = [rule for rule in known.rules if rule["id"] == name]
    if name.startswith("languagetool/"):
        return f"{name}\n\n{LANGUAGETOOL}"
    if not parts:
        own = described(name)
        return None if own is None else _of_detector(own)
    first = parts[0]
    out = [f"{name} ({first['kind']})", "", first["why"], f"{first['path']}:{first['at']}"]
    for rule in parts:
        out += ["", *conditions(rule)]
        out += (f"  {example}" for example in rule["examples"])
        out += (f"  keep: {keep}" for keep in rule["keeps"])
    return "\n".join(out)


def reason(known: Knowledge, name: str) -> str | None:
    """Return why a rule is there, in a sentence; None where there is no such rule."""
    parts = (rule["why"] for rule in known.rules if rule["id"] == name)
    own = described(name)
    return next(parts, own.why if own else None)


def conditions(rule: dict[str, Any]) -> list[str]:
    """Return what a rule of a pack does and when, a line each."""
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
        out.append(f"  {TRANSLATED}")
    out.append(f"  at most {rule['safety']}")
    return out


LANGUAGETOOL = """A rule of LanguageTool, asked with --grammar (docs/grammar.md).
What it says stands in its message; rules/languagetool.yaml says how far its suggestions go.
Its own page: https://community.languagetool.org/rule/list?lang=en"""
TRANSLATED = "only in a text that was machine-translated"


def _of_detector(rule: Described) -> str:
    out = [f"{rule.id} ({rule.kind})", "", rule.why, f"{rule.path}:{rule.at}", "", rule.finds]
    if rule.needs:
        out.append(f"  {TRANSLATED}")
    out.append(f"  safety: {rule.safety}")
    for example in rule.examples:
        out += ["", *(f"  {line}".rstrip() for line in f"{example.says}: {example.text}".splitlines())]
    return "\n".join(out)
