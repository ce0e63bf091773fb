"""`cleaner fix`: correct files in place, into copies, or as a diff."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cleaner.cli import common, limits
from cleaner.cli.inputs import Read


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = (
        "Correct files in place, and say what was changed. Standard input is corrected to standard output.\n"
        "Exit code 0: nothing to change, 1: changed something, 2: something could not be done."
    )
    common.add_paths(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--output", type=Path, metavar="DIR", help="write corrected copies here, leave the originals")
    where.add_argument("--diff", action="store_true", help="print the unified diff, write nothing")
    common.add_engine(parser)
    common.add_scope(parser)
    limits.add(parser)
    common.add_decisions(parser)


def run(args: argparse.Namespace) -> int:
    """Correct the files and return the exit code."""
    trouble = common.Trouble()
    engine = limits.limit(common.make_engine(args), args)
    results = []
    for read in common.read_all(engine, args.paths, trouble, args.jobs):
        results.append(read.result)
        if read.path is None:
            if not args.diff and args.output_format == "text":
                sys.stdout.write(read.result.after)
        elif not args.diff:
            write_corrected(read, args.output, args.paths, trouble)
    if args.diff and args.output_format == "text":
        from cleaner.report.diff import patch

        sys.stdout.write(patch(results))
    elif args.output_format != "text" or "-" not in args.paths:
        common.show(results, args.output_format, fixing=True, unsafe=engine.options.unsafe, known=engine.known)
    common.write_reports(results, args.report, trouble, engine.known)
    return 2 if trouble.count else int(any(result.after != result.before for result in results))


def write_corrected(read: Read, output: Path | None, paths: Sequence[str], trouble: common.Trouble) -> None:
    """Write one corrected file: over itself where it changed, or below the output folder."""
    from cleaner.text.files import InputError, write

    assert read.path is not None
    result = read.result
    try:
        data = read.data if result.after == result.before else read.source.encode(result.after)
        if output is not None:
            write(_target(output, read.path, paths), data)
        elif data != read.data:
            write(read.path, data, expect=read.data)
    except UnicodeEncodeError as error:
        trouble(f"{read.path}: the corrected text does not fit its encoding {error.encoding}; nothing written")
    except InputError as error:
        trouble(error)


def _target(output: Path, path: Path, paths: Sequence[str]) -> Path:
    """Return where the copy of `path` goes: at its place below the folder that named it."""
    from cleaner.text.files import InputError

    base = next((p for p in map(Path, paths) if p.is_dir() and path.is_relative_to(p)), path.parent)
    target = output / path.relative_to(base)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{target.parent}: {error.strerror or error}") from None
    return target
