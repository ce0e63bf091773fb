"""Places: line and column of an offset, the column in code points, UTF-16 units or UTF-8 bytes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

BREAK = re.compile(r"\r\n|\n|\r")
WIDER = {"utf-16": re.compile(r"[\U00010000-\U0010ffff]"), "utf-8": re.compile(r"[^\x00-\x7f]")}


class Lines:
    """The lines of a text; breaks are \\n, \\r\\n and \\r."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in BREAK.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column (both from 1, columns in code points) of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line by its number, from 1, without its break."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")


class Columns(Lines):
    """Lines whose columns count the units of an encoding, `utf-16` or `utf-8`."""

    def __init__(self, text: str, encoding: str) -> None:
        super().__init__(text)
        # Only the characters of more than one unit are kept: a megabyte on one line costs what they cost.
        wide = list(WIDER[encoding].finditer(text))
        self._at = [match.start() for match in wide]
        self._more = [0, *accumulate(_units(match[0], encoding) - 1 for match in wide)]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column (both from 1) of an offset."""
        line, column = super().place(offset)
        return line, column + self._extra(offset) - self._extra(self.starts[line - 1])

    def _extra(self, offset: int) -> int:
        return self._more[bisect_left(self._at, offset)]


def _units(character: str, encoding: str) -> int:
    if encoding == "utf-16":
        return 2
    return len(character.encode("utf-8", "surrogatepass"))
