"""`cleaner languagetool install`: get LanguageTool for `--grammar`."""

from __future__ import annotations

import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = (
        "install: get LanguageTool, which --grammar starts (250 MB). It needs the extra `grammar` and Java 17 or newer.\n"
        "Exit code 0: it is there, 2: it could not be had."
    )
    parser.add_argument("what", choices=("install",), help="what to do")


def run(args: argparse.Namespace) -> int:
    """Get it, and say where it is."""
    from cleaner.grammar.install import install

    print(f"LanguageTool is in {install(lambda line: print(line, flush=True))}")
    return 0
