"""Patterns that are compiled when first used: a start that needs a few of them does not pay for all."""

from __future__ import annotations

import re
from typing import Any, cast

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Pattern:
    def __init__(self, source: str, flags: int) -> None:
        self._made = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._made)
        for method in METHODS:  # from now on they are found without coming here
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern of the standard library's `re`. A mistake in it shows at the first use."""
    return cast("re.Pattern[str]", _Pattern(source, flags))
