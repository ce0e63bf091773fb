"""`cleaner rule ID`: what a rule does, why, when, and its examples."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = "Show what a rule does, why, when, and its examples."
    parser.add_argument("id", metavar="ID", help="a rule, as a finding names it: zh-en/space-terms")
    parser.add_argument("--extend", action="append", default=[], type=Path, metavar="DIR", help="a pack of your own")


def run(args: argparse.Namespace) -> int:
    """Print the page of the rule; 2 where there is none."""
    from cleaner.packs.load import knowledge
    from cleaner.report.rules import page

    known = knowledge(tuple(args.extend))
    text = page(known, args.id)
    if text is not None:
        print(text)
        return 0
    import difflib

    near = difflib.get_close_matches(args.id, {rule["id"] for rule in known.rules}, 1, 0.4)
    print(f"cleaner: no rule '{args.id}'" + (f"; did you mean '{near[0]}'?" if near else ""), file=sys.stderr)
    return 2
