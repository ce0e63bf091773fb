"""`cleaner rules`: list the rules of all packs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = "List the rules of all packs: id, kind, how many terms, what they mend."
    parser.add_argument("--extend", action="append", default=[], type=Path, metavar="DIR", help="a pack of your own")


def run(args: argparse.Namespace) -> int:
    """Print the list."""
    from cleaner.packs.load import knowledge

    seen: dict[str, list[dict[str, Any]]] = {}
    for rule in knowledge(tuple(args.extend)).rules:
        seen.setdefault(rule["id"], []).append(rule)
    for name, parts in sorted(seen.items()):
        size = f" ({len(parts)} terms)" if parts[0]["forms"] else ""
        print(f"{name}  {parts[0]['kind']}{size}  {parts[0]['why']}")
    return 0
