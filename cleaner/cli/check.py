"""`cleaner check`: report findings, change nothing."""

from __future__ import annotations

import argparse

from cleaner.cli import common, limits


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = "Report findings. Exit code 0: none, 1: some, 2: something could not be checked."
    common.add_paths(parser)
    common.add_engine(parser)
    common.add_scope(parser)
    limits.add(parser, writes=True)
    common.add_decisions(parser)


def run(args: argparse.Namespace) -> int:
    """Check the files and return the exit code."""
    trouble = common.Trouble()
    engine = limits.limit(common.make_engine(args), args)
    if args.write_baseline:
        count = limits.write_baseline(common.read_all(engine, args.paths, trouble, args.jobs), args.write_baseline)
        print(f"Wrote {args.write_baseline}: {count} known findings.")
        return 2 if trouble.count else 0
    results = [read.result for read in common.read_all(engine, args.paths, trouble, args.jobs)]
    common.show(results, args.output_format, fixing=False, unsafe=engine.options.unsafe, known=engine.known)
    common.write_reports(results, args.report, trouble, engine.known)
    return 2 if trouble.count else int(any(result.found for result in results))
