"""`cleaner test`: run the examples of packs and detectors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cleaner.cli import common


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = "Run the examples of packs. Exit code 0: all hold, 1: some fail, 2: a pack is broken."
    parser.add_argument("packs", nargs="*", metavar="PACK", help="packs by name, or folders of your own (default: all)")
    common.add_packs(parser)


def run(args: argparse.Namespace) -> int:
    """Print each example that fails, then the count."""
    from cleaner.detectors.described import every
    from cleaner.examples import failures, failures_of_detectors
    from cleaner.packs.load import knowledge, rules_folder

    folders = [Path(p).resolve() for p in args.packs if Path(p).exists()]
    names = {p for p in args.packs if not Path(p).exists()}
    extend = common.packs(args)
    there = [rules_folder().resolve(), *(folder.resolve() for folder in extend)]
    more = [folder for folder in folders if not any(folder.is_relative_to(known) for known in there)]
    known = knowledge((*extend, *more))
    if missing := names - {rule["pack"] for rule in known.rules} - {rule.pack for rule in every()}:
        print(f"cleaner: no pack '{min(missing)}'", file=sys.stderr)
        return 2
    chosen = [
        rule
        for rule in known.rules
        if not args.packs
        or rule["pack"] in names
        or any(Path(rule["path"]).resolve().is_relative_to(f) for f in folders)
    ]
    ours = [rule for rule in every() if not args.packs or rule.pack in names]
    bad = [*failures(known, chosen), *failures_of_detectors(ours)]
    for line in bad:
        print(line)
    examples = sum(len(rule["examples"]) + len(rule["keeps"]) for rule in chosen)
    examples += sum(len(rule.examples) for rule in ours)
    print(f"{examples - len(bad)} passed, {len(bad)} failed")
    return 1 if bad else 0
