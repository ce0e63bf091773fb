"""The entry point: which commands there are, and what happens to errors that no command expects."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from cleaner.version import VERSION

# argparse, not typer: typer alone costs 90 ms at every start of a hook, all the rest of this command 80.
COMMANDS = {
    "check": "report findings",
    "fix": "correct files, in place or as copies",
    "review": "go through the changes in the terminal: accept, reject, edit",
    "decisions": "list decisions that fit nothing any more, import decisions, make examples of them",
    "apply": "apply the edits of a JSON report",
    "undo": "take the edits of a JSON report back",
    "config": "show what holds for a file, and where each value comes from",
    "init": "write a configuration to start from",
    "rules": "list the rules of all packs",
    "rule": "show what one rule does, why, and its examples",
    "test": "run the examples of packs",
    "languagetool": "get LanguageTool, for --grammar",
    "completion": "print the script that completes commands and options in a shell",
}


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the whole command; with `only`, the options of that command alone are filled in."""
    top = argparse.ArgumentParser(
        prog="cleaner",
        description="Find and repair what machine translation and scraping leave behind in English text.",
        epilog="`cleaner COMMAND --help` tells more. Exit codes: 0 nothing to report, 1 found or changed something, "
        "2 something could not be done.",
    )
    top.add_argument("--version", action="version", version=f"cleaner {VERSION}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, about in COMMANDS.items():
        one = commands.add_parser(name, help=about, formatter_class=argparse.RawDescriptionHelpFormatter)
        if only is None or only == name:
            import_module(f"cleaner.cli.{name}").add(one)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code. A broken pack or configuration is one line and 2."""
    from cleaner.packs.yaml import PackError
    from cleaner.text.files import InputError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace"
            )  # a file name of odd bytes is a JSON escape then
    words = list(sys.argv[1:] if argv is None else argv)
    args = parser(words[0] if words and words[0] in COMMANDS else None).parse_args(words)
    try:
        code: int = import_module(f"cleaner.cli.{args.command}").run(args)
        sys.stdout.flush()
        return code
    except (PackError, InputError) as error:
        from cleaner.cli.common import complain

        complain(error)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader went away (`cleaner check . | head`): nobody is left to tell.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
