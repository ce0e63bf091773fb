"""Kept decisions: the file of a folder, and which of the files at hand each of its decisions is about.

A decision names its file by the path from the folder that holds `.cleaner/`, with `/`. A page saved by the browser has
the path as the report showed it, from the working directory; both are understood.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from cleaner.decisions import FILE, Decision, append, find_file, load


class Kept:
    """A decisions file and the files at hand, which are known by their paths as the command line names them."""

    def __init__(self, path: Path, files: Iterable[Path] = ()) -> None:
        self.path = path
        folder = path.resolve().parent
        self.root = folder.parent if folder.name == FILE.parent.name else folder
        self._names: dict[Path, list[str]] = {}
        for file in files:
            self.know(file)

    def know(self, file: Path) -> None:
        """Add a file at hand."""
        names = self._names.setdefault(file.resolve(), [])
        if str(file) not in names:
            names.append(str(file))

    def load(self) -> list[Decision]:
        """Return the decisions as the file has them; none where there is no file yet. Raises InputError."""
        return load(self.path) if self.path.exists() else []

    def named(self, decisions: Sequence[Decision]) -> list[tuple[int, Decision]]:
        """Return decisions with the paths that the files at hand have, each with its number.

        A file with two names has its decisions twice; one that is not at hand leaves them with its full path.
        """
        out: list[tuple[int, Decision]] = []
        files: dict[str, Path] = {}  # a look at the disk for each file, not for each decision
        for number, decision in enumerate(decisions):
            if not decision.path:
                out.append((number, decision))
                continue
            file = files.get(decision.path) or files.setdefault(decision.path, self.file(decision))
            for name in self._names.get(file, [str(file)]):
                out.append((number, replace(decision, path=name)))
        return out

    def decisions(self) -> tuple[Decision, ...]:
        """Return the decisions of the file as the engine wants them. Raises InputError."""
        return tuple(decision for _, decision in self.named(self.load()))

    def file(self, decision: Decision) -> Path:
        """Return the file that a decision is about, whether it is there or not."""
        spelt = [decision.path, decision.path.replace("\\", "/")]
        ours = [(self.root / path).resolve() for path in spelt]
        # Only where nothing stands at the path from the folder can it have been meant from somewhere else.
        if self.path.parent.name == FILE.parent.name and any(path.exists() for path in ours):
            return next(path for path in ours if path.exists())
        every = [*ours, *(Path(path).resolve() for path in spelt)]
        return next((path for path in every if path in self._names), None) or next(
            (path for path in every if path.exists()), ours[-1]
        )

    def name(self, file: Path) -> str:
        """Return the path of a file as decisions have it; "" (any file) for a name that is not text."""
        try:
            name = Path(os.path.relpath(file.resolve(), self.root)).as_posix()
            return name if name.encode("utf-8") else ""
        except ValueError:  # another drive, or a name that is no UTF-8
            return ""

    def add(self, decisions: Iterable[Decision]) -> None:
        """Append decisions, whose paths are as the command line names the files. Raises InputError."""
        append(self.path, [replace(d, path=self.name(Path(d.path)) if d.path else "") for d in decisions])


def place() -> Path:
    """Return the decisions file for the working directory: the nearest, or where one is to be made.

    That is at the top of the repository, else in the working directory itself.
    """
    here = Path.cwd()
    found = find_file(here)
    if found is not None:
        return found
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return top / FILE
