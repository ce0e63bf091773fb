"""`cleaner review`: go through the changes in the terminal; each decision is kept as it is made."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleaner.cli import common

if TYPE_CHECKING:
    from cleaner.config import Configured
    from cleaner.kept import Kept
    from cleaner.review.session import Session
    from cleaner.text.document import Document


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = (
        "Go through the changes one by one: accept, reject, edit. Every decision is written to the decisions file as it\n"
        "is made; what is decided is not asked again, so quit and go on whenever you like.\n"
        "Exit code 0: nothing left to decide, 1: something is, 2: something could not be done."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders")
    group = parser.add_argument_group("review")
    group.add_argument("--plain", action="store_true", help="ask line by line, as in a terminal that can do no more")
    group.add_argument("--apply", action="store_true", help="at the end write the corrected files without asking")
    group.add_argument("--who", default="", metavar="NAME", help="note with each decision who made it")
    common.add_engine(parser)
    common.add_decisions(parser, may_leave=False)


def run(args: argparse.Namespace) -> int:
    """Ask, and return the exit code."""
    from cleaner.kept import Kept, place
    from cleaner.review.session import Session
    from cleaner.text.files import InputError

    if "-" in args.paths:
        raise InputError("review needs files; standard input is where the answers come from")
    trouble = common.Trouble()
    kept = Kept(args.decisions or place())
    kept.load()  # a file with a mistake in it is said before anything is asked
    engine = common.make_engine(args, ())
    session = Session(engine, kept, _documents(engine, args, kept, trouble), args.who)
    end = _ask(session, args)
    _report(session, end)
    if end == "write":
        _write(args, session, trouble)
    return 2 if trouble.count else int(bool(session.left) or end == "quit")


def _documents(engine: Configured, args: argparse.Namespace, kept: Kept, trouble: common.Trouble) -> Iterator[Document]:
    for document, path, _, _ in common.documents(engine, args.paths, trouble):
        kept.know(path)
        yield document


def _ask(session: Session, args: argparse.Namespace) -> str:
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    term = os.environ.get("TERM", "dumb" if os.name == "posix" else "")
    if args.plain or term == "dumb" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from cleaner.review.prompt import ask

        return ask(session, sys.stdin.buffer, print, color=color and term != "dumb", offer=not args.apply)
    from cleaner.review.screen import Screen

    return Screen(session, color=color, offer=not args.apply).run()


def _report(session: Session, end: str) -> None:
    if not any(sheet.changes for sheet in session.sheets):
        print("Nothing to decide.")
        return
    from cleaner.report.terminal import clean

    kept = f" (kept in {clean(str(session.kept.path))})" if session.decided else ""
    more = " The same command goes on where you stopped." if end == "quit" or session.left else ""
    left = f"{session.left} left" + (" in the files seen" if end == "quit" else "")
    print(f"{session.decided} decided{kept}, {left}.{more}")


def _write(args: argparse.Namespace, session: Session, trouble: common.Trouble) -> None:
    """Write what `fix` writes with the decisions as they are now."""
    from cleaner.cli.fix import write_corrected
    from cleaner.report.terminal import clean

    paths = [sheet.document.path for sheet in session.sheets]
    engine = common.make_engine(args, session.kept.decisions())
    for read in common.read_all(engine, paths, trouble):
        before = trouble.count
        write_corrected(read, None, paths, trouble)
        if read.result.after != read.result.before and trouble.count == before:
            print(f"{clean(str(read.path))}: corrected")
