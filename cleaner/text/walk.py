"""Walking: the text files that the paths on a command line name; .gitignore and .cleanerignore hold in folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cleaner.text.files import InputError
from cleaner.text.formats import format_of

IGNORE_FILES = (".gitignore", ".cleanerignore")


def files(paths: Sequence[Path], complain: Callable[[str], None]) -> Iterator[Path]:
    """Yield the files that `paths` name, each once: a file as it is, of a folder all files with a text suffix, sorted.

    Calls `complain` with one line for what is missing, and for a folder without text files.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            count = 0
            for file in _folder(path):
                count += 1
                if file not in seen:
                    seen.add(file)
                    yield file
            if not count:
                complain(f"{path}: no text files in this folder")
        elif path.exists():
            if path not in seen:
                seen.add(path)
                yield path
        else:
            complain(str(InputError(f"{path}: no such file or folder")))


def _folder(top: Path) -> Iterator[Path]:
    """Yield the text files below a folder; links to folders are not followed."""
    yield from _below(top, [*_inherited(top), *_specs(top)])


def _inherited(top: Path) -> list[tuple[Path, Any]]:
    """Return the ignore patterns of the folders above, up to the repository's top."""
    out: list[tuple[Path, Any]] = []
    above = top.resolve()
    if (above / ".git").exists():
        return out
    for parent in above.parents:
        out = _specs(parent) + out
        if (parent / ".git").exists():
            return out
    return []


def _specs(folder: Path) -> list[tuple[Path, Any]]:
    out: list[tuple[Path, Any]] = []
    for name in IGNORE_FILES:
        try:
            lines = (folder / name).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        from pathspec import GitIgnoreSpec

        out.append((folder.resolve(), GitIgnoreSpec.from_lines(lines)))
    return out


def _below(folder: Path, specs: list[tuple[Path, Any]]) -> Iterator[Path]:
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror or error}") from None
    for child in children:
        if child.name == ".git" or _ignored(child, specs):
            continue
        if child.is_dir():
            if not child.is_symlink():
                yield from _below(child, specs + _specs(child))
        elif format_of(child.name) and child.is_file():
            yield child


def _ignored(path: Path, specs: list[tuple[Path, Any]]) -> bool:
    if not specs:
        return False
    here = path.parent.resolve() / path.name
    slash = "/" if path.is_dir() else ""
    verdict = False
    for folder, spec in specs:
        try:
            relative = here.relative_to(folder).as_posix() + slash
        except ValueError:
            continue
        found = spec.check_file(relative).include
        verdict = verdict if found is None else found
    return verdict
