"""`cleaner test`: run the examples of packs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = "Run the examples of packs. Exit code 0: all hold, 1: some fail, 2: a pack is broken."
    parser.add_argument("packs", nargs="*", metavar="PACK", help="packs by name, or folders of your own (default: all)")


def run(args: argparse.Namespace) -> int:
    """Print each example that fails, then the count."""
    from cleaner.examples import failures
    from cleaner.packs.load import knowledge

    folders = tuple(Path(p) for p in args.packs if Path(p).exists())
    names = {p for p in args.packs if not Path(p).exists()}
    known = knowledge(folders)
    if missing := names - {rule["pack"] for rule in known.rules}:
        print(f"cleaner: no pack '{min(missing)}'", file=sys.stderr)
        return 2
    chosen = [
        rule
        for rule in known.rules
        if not args.packs or rule["pack"] in names or any(Path(rule["path"]).is_relative_to(f) for f in folders)
    ]
    bad = list(failures(known, chosen))
    for line in bad:
        print(line)
    examples = sum(len(rule["examples"]) + len(rule["keeps"]) for rule in chosen)
    print(f"{examples - len(bad)} passed, {len(bad)} failed")
    return 1 if bad else 0
