"""`cleaner completion SHELL`: the script that completes commands and options in a shell."""

from __future__ import annotations

import argparse

SHELLS = ("bash", "zsh", "fish")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = (
        "Print the script that completes commands and options in your shell. It needs the extra `completion`.\n"
        "  bash: cleaner completion bash > ~/.local/share/bash-completion/completions/cleaner\n"
        "  zsh:  cleaner completion zsh > a folder of $fpath, as _cleaner\n"
        "  fish: cleaner completion fish > ~/.config/fish/completions/cleaner.fish"
    )
    parser.add_argument("shell", choices=SHELLS, help="the shell")


def run(args: argparse.Namespace) -> int:
    """Print the script; 2 without the library that makes it."""
    from cleaner.cli.main import parser
    from cleaner.text.files import InputError

    try:
        import shtab
    except ImportError:
        raise InputError("completion needs `pip install 'mt-cleaner[completion]'`") from None
    if args.shell not in shtab.SUPPORTED_SHELLS:
        raise InputError(f"the shtab installed here knows {', '.join(shtab.SUPPORTED_SHELLS)}; upgrade it")
    print(shtab.complete(parser(), args.shell))
    return 0
