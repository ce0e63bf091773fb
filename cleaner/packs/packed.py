"""Packed lists: values kept as bytes until somebody asks for one, so that loading a thousand costs what loading ten does."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from typing import Any


class Packed:
    """A list of plain values, each unpacked at its first use and then kept."""

    __slots__ = ("_made", "blobs")

    def __init__(self, blobs: list[bytes]) -> None:
        self.blobs = blobs
        self._made: dict[int, Any] = {}

    @classmethod
    def of(cls, values: list[Any]) -> Packed:
        """Return the packed list of some plain values."""
        return cls([marshal.dumps(value, 4) for value in values])

    def __len__(self) -> int:
        return len(self.blobs)

    def __getitem__(self, number: int) -> Any:
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = marshal.loads(self.blobs[number])
        return made

    def __iter__(self) -> Iterator[Any]:
        return (self[number] for number in range(len(self.blobs)))
