"""`cleaner rules`: list the rules of all packs and detectors."""

from __future__ import annotations

import argparse
from typing import Any

from cleaner.cli import common


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = "List the rules of all packs and detectors: id, kind, how many terms, what they mend."
    common.add_packs(parser)


def run(args: argparse.Namespace) -> int:
    """Print the list."""
    from cleaner.detectors.described import every
    from cleaner.packs.load import knowledge

    seen: dict[str, list[dict[str, Any]]] = {}
    for rule in knowledge(common.packs(args)).rules:
        seen.setdefault(rule["id"], []).append(rule)
    lines = {rule.id: f"{rule.kind}  {rule.why}" for rule in every()}
    for name, parts in seen.items():
        size = f" ({len(parts)} terms)" if parts[0]["forms"] else ""
        lines[name] = f"{parts[0]['kind']}{size}  {parts[0]['why']}"
    for name, line in sorted(lines.items()):
        print(f"{name}  {line}")
    return 0
