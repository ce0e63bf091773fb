"""What the commands share: the options that say what runs, reading the files, printing and writing reports."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cleaner.decisions import Decision
    from cleaner.engine import Engine, Result
    from cleaner.kept import Kept
    from cleaner.text.document import Document
    from cleaner.text.files import Source

LANGUAGES = ("zh", "ja", "ko", "ru", "de", "fr", "es")
STDIN = "<stdin>"


class Trouble:
    """Counts what could not be done, one line each on standard error."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, message: object) -> None:
        self.count += 1
        complain(message)


def complain(message: object) -> None:
    """Print one line on standard error; a file's name may hold anything, and steers nothing."""
    from cleaner.report.terminal import clean

    print(f"cleaner: {clean(str(message))}", file=sys.stderr)


class Read(NamedTuple):
    """A file with its result. `path` is None for standard input."""

    result: Result
    path: Path | None
    data: bytes
    source: Source


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what runs and how far it may go."""
    group = parser.add_argument_group("what runs")
    group.add_argument("--unsafe-fixes", action="store_true", help="apply unsafe fixes too")
    group.add_argument("--select", action="append", default=[], metavar="NAME", help="only these rules, packs or kinds")
    group.add_argument("--ignore", action="append", default=[], metavar="NAME", help="not these rules, packs or kinds")
    group.add_argument(
        "--extend", action="append", default=[], type=Path, metavar="DIR", help="load a pack of your own too"
    )
    group.add_argument(
        "--from", dest="language", choices=LANGUAGES, help="the language the text was translated from, where known"
    )


def add_decisions(parser: argparse.ArgumentParser, *, may_leave: bool = True) -> None:
    """Add the options that say which decisions hold."""
    group = parser.add_argument_group("decisions").add_mutually_exclusive_group()
    group.add_argument(
        "--decisions",
        type=Path,
        metavar="FILE",
        help="what a person decided about changes (default: the nearest .cleaner/decisions.jsonl, here or above)",
    )
    if may_leave:
        group.add_argument("--no-decisions", action="store_true", help="leave the decisions aside")


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add the paths, and what is printed and written about them."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders; - for standard input")
    group = parser.add_argument_group("output")
    group.add_argument(
        "--report",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="write a report: .html, .json or .patch",
    )
    group.add_argument("--output-format", choices=("text", "json"), default="text", help="what to print")


def kept_decisions(args: argparse.Namespace) -> Kept | None:
    """Return the decisions that hold for the paths of a command; None where there are none. Raises InputError."""
    from cleaner.decisions import find_file
    from cleaner.kept import Kept
    from cleaner.text.files import InputError
    from cleaner.text.walk import files

    if getattr(args, "no_decisions", False):
        return None
    path: Path | None = args.decisions or find_file(Path.cwd())
    if path is None:
        return None
    if not path.is_file():
        raise InputError(f"{path}: no such decisions file")
    return Kept(path, files([Path(p) for p in args.paths if p != "-"], lambda _: None))


def make_engine(args: argparse.Namespace, decisions: Sequence[Decision] | None = None) -> Engine:
    """Return the engine that the options ask for, with these decisions or those that hold. Raises InputError."""
    from cleaner.engine import Engine, Options

    if decisions is None:
        kept = kept_decisions(args)
        decisions = kept.decisions() if kept else ()
    return Engine(
        Options(
            unsafe=args.unsafe_fixes,
            select=tuple(args.select),
            ignore=tuple(args.ignore),
            language=args.language,
            extend=tuple(args.extend),
            decisions=tuple(decisions),
        )
    )


def read_all(engine: Engine, paths: Sequence[str], trouble: Trouble) -> Iterator[Read]:
    """Yield each file that can be read, with its result; tell `trouble` of the others."""
    from cleaner.text.files import InputError, decode
    from cleaner.text.formats import parse

    if "-" in paths:
        data = sys.stdin.buffer.read()
        try:
            source = decode(data, STDIN)
            yield Read(engine.fix(parse(source.text, "plain", STDIN)), None, data, source)
        except InputError as error:
            trouble(error)
    for document, path, data, source in documents(paths, trouble):
        yield Read(engine.fix(document), path, data, source)


def documents(paths: Sequence[str], trouble: Trouble) -> Iterator[tuple[Document, Path, bytes, Source]]:
    """Yield each file that can be read, with its bytes; tell `trouble` of the others."""
    from cleaner.text.files import InputError, decode
    from cleaner.text.formats import format_of, parse
    from cleaner.text.walk import files

    for path in files([Path(p) for p in paths if p != "-"], trouble):
        try:
            data = path.read_bytes()
            source = decode(data, str(path))
        except OSError as error:
            trouble(f"{path}: {error.strerror or error}")
            continue
        except InputError as error:
            trouble(error)
            continue
        yield parse(source.text, format_of(path.name) or "plain", str(path)), path, data, source


def show(results: Sequence[Result], form: str, *, fixing: bool, unsafe: bool) -> None:
    """Print the findings to standard output."""
    if form == "json":
        from cleaner.report.json import dumps

        sys.stdout.write(dumps(results))
        return
    from cleaner.report.terminal import lines, summary

    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for result in results:
        for line in lines(result, color=color, fixing=fixing):
            print(line)
    print(summary(results, fixing=fixing, unsafe=unsafe))


def write_reports(results: Sequence[Result], reports: Sequence[Path], trouble: Trouble) -> None:
    """Write each report in the form that its suffix names."""
    from cleaner.text.files import InputError, write

    for path in reports:
        if path.suffix == ".json":
            from cleaner.report.json import dumps as render
        elif path.suffix in (".patch", ".diff"):
            from cleaner.report.diff import patch as render
        elif path.suffix in (".html", ".htm"):
            from cleaner.report.html import page as render
        else:
            trouble(f"{path}: no report of this kind; the suffix must be .html, .json or .patch")
            continue
        try:
            write(path, render(results).encode("utf-8"))
        except InputError as error:
            trouble(error)
