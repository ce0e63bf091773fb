"""Walking: the text files that the paths on a command line name; .gitignore and .cleanerignore hold in folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from cleaner.text.files import InputError
from cleaner.text.formats import format_of

IGNORE_FILES = (".gitignore", ".cleanerignore")


class Scope(Protocol):
    """What a configuration says of files: those it leaves out, and those of a folder that it takes (None: by suffix)."""

    force_exclude: bool

    def excluded(self, path: Path, *, is_folder: bool = False) -> bool: ...

    def included(self, path: Path) -> bool | None: ...


def files(paths: Sequence[Path], complain: Callable[[str], None], scope: Scope | None = None) -> Iterator[Path]:
    """Yield the files that `paths` name, each once: a file as it is, of a folder all files with a text suffix, sorted. What `scope` leaves out is left out
    where a folder is walked; of the files that are named only where it says so (`force_exclude`).

    Calls `complain` with one line for what is missing, and for a folder without text files.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            count = 0
            for file in _folder(path, scope):
                count += 1
                if file not in seen:
                    seen.add(file)
                    yield file
            if not count:
                complain(f"{path}: no text files in this folder")
        elif path.exists():
            if path not in seen and not (scope is not None and scope.force_exclude and _left_out(path, scope)):
                seen.add(path)
                yield path
        else:
            complain(str(InputError(f"{path}: no such file or folder")))


def _left_out(path: Path, scope: Scope) -> bool:
    """Return True where a file that was named is left out: by a pattern, or by a .cleanerignore above it."""
    if scope.excluded(path):
        return True
    folder = path.absolute().parent
    specs = [*_inherited(folder, IGNORE_FILES[1:]), *_specs(folder, IGNORE_FILES[1:])]
    return any(_ignored(part, specs) for part in (path.absolute(), *path.absolute().parents))


def _folder(top: Path, scope: Scope | None) -> Iterator[Path]:
    """Yield the text files below a folder; links to folders are not followed."""
    yield from _below(top, [*_inherited(top), *_specs(top)], scope, top.resolve())


def _inherited(top: Path, names: Sequence[str] = IGNORE_FILES) -> list[tuple[Path, Any]]:
    """Return the ignore patterns of the folders above, up to the repository's top."""
    out: list[tuple[Path, Any]] = []
    above = top.resolve()
    if (above / ".git").exists():
        return out
    for parent in above.parents:
        out = _specs(parent, names) + out
        if (parent / ".git").exists():
            return out
    return []


def _specs(folder: Path, names: Sequence[str] = IGNORE_FILES) -> list[tuple[Path, Any]]:
    out: list[tuple[Path, Any]] = []
    for name in names:
        try:
            lines = (folder / name).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        from pathspec import GitIgnoreSpec

        out.append((folder.resolve(), GitIgnoreSpec.from_lines(lines)))
    return out


def _below(folder: Path, specs: list[tuple[Path, Any]], scope: Scope | None, top: Path) -> Iterator[Path]:
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror or error}") from None
    for child in children:
        if child.name == ".git" or _ignored(child, specs):
            continue
        if child.is_dir():
            if not child.is_symlink() and not (scope is not None and scope.excluded(child, is_folder=True)):
                yield from _below(child, specs + _specs(child), scope, top)
        elif child.is_file() and _taken(child, scope) and not (child.is_symlink() and _leads_away(child, top)):
            yield child


def _taken(file: Path, scope: Scope | None) -> bool:
    """Return True where a file of a folder is one to read: as the patterns say, or by its suffix."""
    if scope is None:
        return format_of(file.name) is not None
    taken = scope.included(file)
    return (format_of(file.name) is not None if taken is None else taken) and not scope.excluded(file)


def _leads_away(link: Path, top: Path) -> bool:
    """Return True for a link out of the tree, and for one to a text in it, which is read at its own place."""
    target = link.resolve()
    return not target.is_relative_to(top) or format_of(target.name) is not None


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
