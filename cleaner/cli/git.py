"""What git says has changed: which lines of a file stand there only since a revision."""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path

from cleaner.text.files import InputError

HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


class Changed:
    """The changes of working trees since a revision; each repository is asked once, each changed file once more."""

    def __init__(self, revision: str) -> None:
        self.revision = revision
        self._tops: dict[Path, Path] = {}
        self._names: dict[Path, dict[bytes, bytes | None]] = {}

    def within(self, path: str, text: str) -> Callable[[int, int], bool]:
        """Return what tells whether a span of a file's text touches a changed line. Raises InputError."""
        lines = self.lines(Path(path))
        if lines is None:
            return lambda start, end: True
        # Lines as git counts them, by \n alone.
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        numbers = sorted(lines)

        def inside(start: int, end: int) -> bool:
            first = bisect_right(starts, start)
            last = max(first, bisect_right(starts, end - 1))
            at = bisect_right(numbers, first - 1)
            return at < len(numbers) and numbers[at] <= last

        return inside

    def lines(self, path: Path) -> set[int] | None:
        """Return the numbers of the changed lines of a file; None where all of it is new."""
        real = path.parent.resolve() / path.name
        top = self._top(real.parent)
        names = self._changed(top)
        name = os.fsencode(real.relative_to(top).as_posix())
        if name not in names:
            return set() if _git(top, "ls-files", "--error-unmatch", "--", real, may_fail=True) is not None else None
        old = names[name]
        if old is None:
            return None
        pair = [b":(top,literal)" + each for each in {old: 0, name: 0}]
        out = _git(top, "diff", "--unified=0", "-M", *PLAIN, self.revision, "--", *pair) or b""
        if b"\nBinary files " in out:
            return None
        lines: set[int] = set()
        for match in HUNK.finditer(out):
            first = int(match[1])
            lines.update(range(first, first + int(match[2] or 1)))
        return lines

    def _top(self, folder: Path) -> Path:
        if folder not in self._tops:
            out = _git(folder, "rev-parse", "--show-toplevel", may_fail=True)
            if out is None:
                raise InputError(f"--changed-since: {folder} is not in a git repository")
            self._tops[folder] = Path(os.fsdecode(out.removesuffix(b"\n"))).resolve()
        return self._tops[folder]

    def _changed(self, top: Path) -> dict[bytes, bytes | None]:
        """Return the changed files of a repository with the name that each had; None for a new one."""
        if top in self._names:
            return self._names[top]
        asked = f"{self.revision}^{{commit}}"
        if _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", asked, may_fail=True) is None:
            raise InputError(f"--changed-since: {top} has no revision '{self.revision}'")
        out = _git(top, "diff", "--name-status", "-z", "-M", *PLAIN, self.revision, "--") or b""
        fields = iter(out.split(b"\0")[:-1])
        names: dict[bytes, bytes | None] = {}
        for status in fields:
            old = next(fields)
            if status[:1] in b"RC":
                names[next(fields)] = old
            else:
                names[old] = None if status == b"A" else old
        self._names[top] = names
        return names


PLAIN = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-relative")


def _git(folder: Path, *args: str | bytes | Path, may_fail: bool = False) -> bytes | None:
    """Return what a git command prints; None where it failed and may. Raises InputError."""
    command = ["git", "-C", folder, *args]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise InputError(f"--changed-since: cannot run git: {error.strerror}") from None
    if done.returncode == 0:
        return done.stdout
    if may_fail:
        return None
    says = done.stderr.decode("utf-8", "replace").strip().splitlines()
    raise InputError(f"--changed-since: git: {says[0] if says else done.returncode}")
