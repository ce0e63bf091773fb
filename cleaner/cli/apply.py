"""`cleaner apply REPORT`: apply the edits of a report to the files it names, where they still have the text it was made from."""

from __future__ import annotations

import argparse

from cleaner.cli import ledger


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = (
        "Apply the edits of a report to the files it names, where they still have the text it was made from.\n"
        "Nothing is written unless every file fits. Exit code 0: nothing to do, 1: changed something, 2: refused."
    )
    ledger.add(parser)


def run(args: argparse.Namespace) -> int:
    """Replay the report and return the exit code."""
    return ledger.replay(args.report, back=False)
