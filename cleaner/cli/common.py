"""What the commands share: the options that say what runs, reading the files, printing and writing reports."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.cli.inputs import Read
    from cleaner.config import Configured, Settings
    from cleaner.decisions import Decision
    from cleaner.kept import Kept
    from cleaner.packs.knowledge import Knowledge
    from cleaner.results import Result
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


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what runs and how far it may go."""
    group = parser.add_argument_group("what runs")
    group.add_argument("--unsafe-fixes", action=argparse.BooleanOptionalAction, help="apply unsafe fixes too")
    group.add_argument("--select", action="append", default=[], metavar="NAME", help="only these rules, packs or kinds")
    group.add_argument("--ignore", action="append", default=[], metavar="NAME", help="not these rules, packs or kinds")
    group.add_argument(
        "--extend", action="append", default=[], type=Path, metavar="DIR", help="load a pack of your own too"
    )
    group.add_argument(
        "--from", dest="language", choices=LANGUAGES, help="the language the text was translated from, where known"
    )
    group.add_argument(
        "--grammar", action=argparse.BooleanOptionalAction, help="ask LanguageTool about grammar and spelling too"
    )
    group.add_argument(
        "--languagetool-url", metavar="URL", help="the LanguageTool that runs there, instead of one started for the run"
    )
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "--config", type=Path, metavar="FILE", help="this configuration, instead of the nearest above each file"
    )
    which.add_argument("--isolated", action="store_true", help="no configuration file")


def add_packs(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which packs there are, for commands that look at rules and at no text."""
    parser.add_argument("--extend", action="append", default=[], type=Path, metavar="DIR", help="a pack of your own")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--config", type=Path, metavar="FILE", help="this configuration, instead of the nearest")
    which.add_argument("--isolated", action="store_true", help="no configuration file")


def packs(args: argparse.Namespace) -> tuple[Path, ...]:
    """Return the packs that the configuration of the working folder and the options add. Raises InputError."""
    from cleaner.config import Settings, place

    given = {"extend": tuple(args.extend)} if args.extend else {}
    return Settings(given, file=args.config, isolated=args.isolated).options(place("-")).extend


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
    from cleaner.report.forms import NAMES, PRINTED

    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders; - for standard input")
    group = parser.add_argument_group("output")
    group.add_argument(
        "--report",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help=f"write a report: {NAMES}",
    )
    group.add_argument("--output-format", choices=PRINTED, default="text", help="what to print")


def add_scope(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which files are read, and by how many processes."""
    group = parser.add_argument_group("which files")
    group.add_argument(
        "--exclude", action="append", default=[], metavar="PATTERN", help="leave these out of folders, as in .gitignore"
    )
    group.add_argument(
        "--force-exclude", action="store_true", help="leave out excluded files even where they are named"
    )
    group.add_argument("--max-file-size", metavar="SIZE", help="skip larger files (default: 50MB)")
    group.add_argument("--jobs", type=int, metavar="N", help="processes (default: as fits the number of files)")


def settings(args: argparse.Namespace) -> Settings:
    """Return what the command line says, for the configuration to go after it. Raises InputError."""
    from cleaner.config import Settings, address, size
    from cleaner.text.files import InputError

    given: dict[str, Any] = {
        "select": args.select,
        "ignore": args.ignore,
        "extend": args.extend,
        "from": args.language,
        "exclude": getattr(args, "exclude", None),
    }
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items() if value}
    if args.unsafe_fixes is not None:
        given["unsafe-fixes"] = args.unsafe_fixes
    if args.languagetool_url is not None:
        if address(args.languagetool_url) is None:
            raise InputError(
                f"--languagetool-url: '{args.languagetool_url}' is no address such as http://localhost:8081"
            )
        given["languagetool-url"] = args.languagetool_url
        given["grammar"] = True
    if args.grammar is not None:
        given["grammar"] = args.grammar
    limit = getattr(args, "max_file_size", None)
    if limit is not None:
        given["max-file-size"] = size(limit)
        if given["max-file-size"] is None:
            raise InputError(f"--max-file-size: '{limit}' is no size such as 50MB")
    if (getattr(args, "jobs", None) or 1) < 1:
        raise InputError("--jobs must be 1 at least")
    return Settings(
        given, file=args.config, isolated=args.isolated, force_exclude=getattr(args, "force_exclude", False)
    )


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


def make_engine(args: argparse.Namespace, decisions: Sequence[Decision] | None = None) -> Configured:
    """Return the engine that the options and the configuration ask for, with these decisions or those that hold.

    Raises InputError.
    """
    from cleaner.config import Configured

    if decisions is None:
        kept = kept_decisions(args)
        decisions = kept.decisions() if kept else ()
    return Configured(settings(args), tuple(decisions))


def chosen(paths: Sequence[str], scope: Settings, trouble: Trouble) -> list[Path]:
    """Return the files that paths name, without those that the configuration leaves out and those that are too large."""
    from cleaner.text.walk import files

    out: list[Path] = []
    for path in files([Path(p) for p in paths if p != "-"], trouble, scope):
        limit = scope.limit(path)
        try:
            large = path.stat().st_size
        except OSError:
            large = 0  # reading it will say what is wrong
        if large > limit:
            complain(f"{path}: skipped, {large:,} bytes; max-file-size is {limit:,}")
        else:
            out.append(path)
    return out


def read_all(engine: Configured, paths: Sequence[str], trouble: Trouble, jobs: int | None = 1) -> Iterator[Read]:
    """Yield each file that can be read, with its result; tell `trouble` of the others."""
    from cleaner.cli.inputs import read, results
    from cleaner.text.files import InputError, decode
    from cleaner.text.formats import parse

    if "-" in paths:
        data = sys.stdin.buffer.read()
        try:
            source = decode(data, STDIN)
            yield read(engine, parse(source.text, "plain", STDIN), None, data, source)
        except InputError as error:
            trouble(error)
    yield from results(engine, chosen(paths, engine.settings, trouble), trouble, jobs)


def documents(
    engine: Configured, paths: Sequence[str], trouble: Trouble
) -> Iterator[tuple[Document, Path, bytes, Source]]:
    """Yield each file that can be read, with its bytes; tell `trouble` of the others."""
    from cleaner.cli import inputs

    return inputs.documents(chosen(paths, engine.settings, trouble), trouble)


def show(results: Sequence[Result], form: str, *, fixing: bool, unsafe: bool, known: Knowledge | None = None) -> None:
    """Print the findings to standard output."""
    if form != "text":
        from cleaner.report.forms import render

        sys.stdout.write(render(form, results, known))
        return
    from cleaner.report.terminal import lines, summary

    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for result in results:
        for line in lines(result, color=color, fixing=fixing):
            print(line)
    print(summary(results, fixing=fixing, unsafe=unsafe))


def write_reports(
    results: Sequence[Result], reports: Sequence[Path], trouble: Trouble, known: Knowledge | None = None
) -> None:
    """Write each report in the form that its suffix names."""
    from cleaner.report.forms import NAMES, encoded, form_of, render
    from cleaner.text.files import InputError, write

    for path in reports:
        form = form_of(path)
        if form is None:
            trouble(f"{path}: no report of this kind; the suffix must be {NAMES}")
            continue
        try:
            write(path, encoded(form, render(form, results, known)))
        except InputError as error:
            trouble(error)
