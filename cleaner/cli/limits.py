"""What is left out of a run: findings that a baseline knows, and those on lines that git says have not changed.

A baseline is a decisions file in which every finding is rejected, so it finds its places again as decisions do.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.cli.inputs import Read
    from cleaner.config import Configured
    from cleaner.decisions import Decision


def add(parser: argparse.ArgumentParser, *, writes: bool = False) -> None:
    """Add the options; `writes`: that which makes a baseline too."""
    group = parser.add_argument_group("what is left out")
    group.add_argument("--baseline", type=Path, metavar="FILE", help="leave what this baseline knows as it is")
    if writes:
        group.add_argument(
            "--write-baseline", type=Path, metavar="FILE", help="write all that is found to a baseline, report nothing"
        )
    group.add_argument(
        "--changed-since", metavar="REV", help="only what stands on lines changed since this git revision"
    )


def limit(engine: Configured, args: argparse.Namespace) -> Configured:
    """Give an engine the limits that the options ask for, and return it. Raises InputError."""
    from cleaner.text.files import InputError

    if args.baseline:
        more = _known(args.baseline, args.paths)
        engine.options = replace(engine.options, decisions=(*engine.options.decisions, *more))
    if args.changed_since is not None:
        if "-" in args.paths:
            raise InputError("--changed-since: git knows nothing of standard input")
        from cleaner.cli.git import Changed

        engine.within = Changed(args.changed_since).within
        args.jobs = 1  # other processes would not know of it
    return engine


def write_baseline(reads: Iterable[Read], path: Path) -> int:
    """Write a baseline of all that is found and return how many findings it holds. Raises InputError."""
    from cleaner.decisions import abouts, save

    out: list[Decision] = []
    for read in reads:
        name = "" if read.path is None else _name(read.path, path.resolve().parent)
        keys = abouts(read.result.before, [each.finding for each in read.result.found])
        out += (replace(key, verdict="reject", path=name) for key in keys)
    save(path, out)
    return len(out)


def _known(path: Path, paths: Sequence[str]) -> list[Decision]:
    """Return the decisions of a baseline, with the paths as the command line names them."""
    from cleaner.decisions import load
    from cleaner.text.walk import files

    names: dict[Path, list[str]] = {}
    for file in files([Path(p) for p in paths if p != "-"], lambda _: None):
        names.setdefault(file.resolve(), []).append(str(file))
    root = path.resolve().parent
    out = []
    for decision in load(path):
        if not decision.path:
            out.append(decision)
        else:
            out += (replace(decision, path=name) for name in names.get((root / decision.path).resolve(), ()))
    return out


def _name(file: Path, root: Path) -> str:
    """Return the path of a file from the baseline's folder, with /; "" (any file) for one that cannot be told."""
    try:
        name = Path(os.path.relpath(file.resolve(), root)).as_posix()
        return name if name.encode("utf-8") else ""
    except ValueError:  # another drive, or bytes that are no UTF-8
        return ""
