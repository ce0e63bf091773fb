"""`cleaner init`: write a configuration to start from."""

from __future__ import annotations

import argparse
from pathlib import Path

START = """\
# What `cleaner` does in this folder and below: `cleaner config` shows what holds, docs/configuration.md tells all.

# The language the texts were translated from, where it is the same for all: zh, ja, ko, ru, de, fr or es.
# from = "zh"

# Packs of rules and glossaries of your own. A glossary.yaml beside this file is found by itself.
# extend = ["my-rules/"]

# Only these rules, packs or kinds; or all but these. `cleaner rules` lists them.
# select = ["zh-en", "date"]
# ignore = ["typography"]

# Files and folders to leave alone, as in .gitignore.
# exclude = ["vendor/", "CHANGELOG.md"]

# Apply fixes too that are likely but not certain.
# unsafe-fixes = false

# Ask LanguageTool about grammar and spelling, too; docs/grammar.md. A url: one that runs there already.
# grammar = true
# languagetool-url = "http://localhost:8081"

# Larger files are named and skipped.
# max-file-size = "50MB"

# Names to ignore in some files.
# [per-file-ignores]
# "interviews/**" = ["duplicate"]

# How safe the fixes of a rule, pack or kind are taken to be: "safe" is applied, "unsafe" with --unsafe-fixes,
# "manual" is only shown.
# [safety]
# "case" = "manual"
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = "Write cleaner.toml, a configuration to start from, with everything in comments."
    parser.add_argument("folder", nargs="?", default=".", type=Path, metavar="FOLDER", help="default: this folder")


def run(args: argparse.Namespace) -> int:
    """Write the file; 2 where there is a configuration already."""
    from cleaner.config import NAMES, read
    from cleaner.text.files import InputError

    folder: Path = args.folder
    for name in NAMES:
        if (folder / name).exists() and (name == NAMES[0] or read((folder / name).absolute())):
            raise InputError(f"{folder / name}: there is a configuration already; nothing written")
    path = folder / NAMES[0]
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(START)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    print(f"{path}: written")
    return 0
