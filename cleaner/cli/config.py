"""`cleaner config [PATH]`: what holds for a file or folder, and where each value comes from."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.cli import common

if TYPE_CHECKING:
    from cleaner.config import Config, Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.description = (
        "Show what holds for a file or folder, and where each value comes from: the command line, a configuration\n"
        "file with its line, or the default. Exit code 0; 2: the configuration is broken."
    )
    parser.add_argument("path", nargs="?", default=".", type=Path, metavar="PATH", help="default: this folder")
    common.add_engine(parser)
    common.add_scope(parser)


def run(args: argparse.Namespace) -> int:
    """Print the table."""
    from cleaner.config import KEYS, place
    from cleaner.packs.load import knowledge
    from cleaner.text.files import InputError

    settings = common.settings(args)
    path: Path = args.path
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    inside = place(path) / "-" if path.is_dir() else place(path)  # a folder: what holds for a file in it
    config = settings.config(inside)
    knowledge(tuple(settings.value("extend", config)))  # a broken pack is said here, too
    print(f"{path}: {config.path if config else 'no configuration file; see `cleaner init`'}")
    if not path.is_dir() and settings.excluded(path):
        print("excluded: not checked where a folder is walked, nor with --force-exclude")
    rows = [(name, _shown(settings.value(name, config)), _origin(name, settings, config)) for name in KEYS]
    rows += _per_file(settings, config, inside, path)
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, origin in rows:
        print(f"  {name:{wide[0]}}  {value:{min(wide[1], 60)}}  {origin}")
    return 0


def _per_file(settings: Settings, config: Config | None, inside: Path, path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the row of what is ignored in this very file, if anything more is."""
    ignored = settings.options(inside).ignore
    if not path.is_dir() and ignored != tuple(settings.value("ignore", config)):
        yield "ignore, here", _shown(ignored), _origin("per-file-ignores", settings, config)


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        value = [str(v) for v in value]
    return "-" if value in (None, [], {}) else json.dumps(value, ensure_ascii=False)


def _origin(name: str, settings: Settings, config: Config | None) -> str:
    """Return where a value comes from."""
    origins = []
    if config is not None and name in config.values:
        line = config.lines.get(name)
        origins.append(f"{config.path.name}:{line}" if line else _beside(name, config))
    if name in settings.given:
        origins.append(f"--{name}")
        if name not in ("extend", "exclude"):
            origins = origins[-1:]
    return ", ".join(origins) or "default"


def _beside(name: str, config: Config) -> str:
    return f"beside {config.path.name}" if name == "extend" else config.path.name
