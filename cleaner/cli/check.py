"""`cleaner check`: report findings, change nothing."""

from __future__ import annotations

import argparse

from cleaner.cli import common


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = "Report findings. Exit code 0: none, 1: some, 2: something could not be checked."
    common.add_paths(parser)
    common.add_engine(parser)
    common.add_decisions(parser)


def run(args: argparse.Namespace) -> int:
    """Check the files and return the exit code."""
    trouble = common.Trouble()
    engine = common.make_engine(args)
    results = [read.result for read in common.read_all(engine, args.paths, trouble)]
    common.show(results, args.output_format, fixing=False, unsafe=args.unsafe_fixes)
    common.write_reports(results, args.report, trouble)
    return 2 if trouble.count else int(any(result.found for result in results))
