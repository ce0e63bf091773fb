"""The unified diff: what `git apply` and `patch` take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from cleaner.results import Result

LINE = re.compile(r"[^\n]*\n|[^\n]+")
CONTEXT = 3


def patch(results: Sequence[Result]) -> str:
    """Return one patch over all changed files, paths below a/ and b/."""
    return "".join(unified(result.before, result.after, result.path) for result in results)


def unified(before: str, after: str, path: str) -> str:
    """Return the unified diff of one file; "" where nothing changed.

    Lines end at \\n alone, as git sees them; a last line without one gets git's note.
    """
    if before == after:
        return ""
    old, new = LINE.findall(before), LINE.findall(after)
    name = path.removeprefix("./").lstrip("/")
    out = [f"--- {_quoted('a/' + name)}\n", f"+++ {_quoted('b/' + name)}\n"]
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT):
        first, last = group[0], group[-1]
        out.append(f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                out += (_line(" ", line) for line in old[i1:i2])
            else:
                out += (_line("-", line) for line in old[i1:i2])
                out += (_line("+", line) for line in new[j1:j2])
    return "".join(out)


def _line(mark: str, line: str) -> str:
    return mark + line if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"


def _range(start: int, stop: int) -> str:
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _quoted(name: str) -> str:
    """Return a path as git writes it in a patch header: quoted, C-style, where it holds odd characters."""
    if re.fullmatch(r"[^\x00-\x1f\"\\\x7f]+", name):
        # A tab ends the name for patch(1) where blanks stand in it.
        return name + ("\t" if " " in name else "")
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'
