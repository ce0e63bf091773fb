"""`cleaner rule ID`: what a rule does, why, when, and its examples."""

from __future__ import annotations

import argparse
import sys

from cleaner.cli import common


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = "Show what a rule does, why, when, and its examples."
    parser.add_argument("id", metavar="ID", help="a rule, as a finding names it: zh-en/space-terms")
    common.add_packs(parser)


def run(args: argparse.Namespace) -> int:
    """Print the page of the rule; 2 where there is none."""
    from cleaner.packs.load import knowledge
    from cleaner.report.rules import page

    known = knowledge(common.packs(args))
    text = page(known, args.id)
    if text is not None:
        print(text)
        return 0
    import difflib

    from cleaner.detectors.described import every

    names = sorted({rule["id"] for rule in known.rules} | {rule.id for rule in every()})
    near = difflib.get_close_matches(args.id, names, 1, 0.4)
    print(f"cleaner: no rule '{args.id}'" + (f"; did you mean '{near[0]}'?" if near else ""), file=sys.stderr)
    return 2
