"""Places: line and column of an offset."""

from __future__ import annotations

from bisect import bisect_right


class Lines:
    """The lines of a text; breaks are \\n, \\r\\n and \\r."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        if len(self.starts) > 1 and not text.endswith(("\n", "\r")):
            self.starts.pop()

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column (both from 1, columns in code points) of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line by its number, from 1, without its break."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")
