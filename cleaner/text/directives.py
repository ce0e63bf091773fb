"""Directives: what a text says to cleaner in its comments: `cleaner: ignore[rule] reason`, `off`, `on`, `ignore-file`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from cleaner.text.lazy import lazy

WORD = "cleaner:"  # a text without it has no directives
VERBS = ("ignore", "ignore-file", "off", "on")
MARKS = (("<!--", "-->"), ("{/*", "*/}"), ("{{!--", "--}}"), ("{{/*", "*/}}"), ("{#", "#}"), ("..", ""))
CALL = lazy(
    r"cleaner:[ \t]*(?P<verb>[A-Za-z][\w-]*)(?:[ \t]*\[(?P<names>[^\]\r\n]*)\])?(?P<rest>(?:[ \t\r\n].*)?)", re.S
)
# In plain text a directive is a line of its own; a reason needs the [..] before it, lest a sentence be taken for one.
LINE = lazy(r"cleaner: (?:(?:ignore|ignore-file|off)(?:\[[^\]\r\n]*\](?:[ \t].*)?)?|on)|<!--[ \t]*cleaner:.*-->")


class Directive(NamedTuple):
    """One directive at `[start, end)` of the text. Empty `names` are all rules; a `wrong` one has no effect, and says why."""

    start: int
    end: int
    verb: str
    names: tuple[str, ...] = ()
    wrong: str = ""


def read(text: str, comments: Iterable[tuple[int, int]]) -> list[Directive]:
    """Return the directives among the comments of a text, in order."""
    found = (_directive(text, start, end) for start, end in sorted(set(comments)))
    return [directive for directive in found if directive is not None]


def _directive(text: str, start: int, end: int) -> Directive | None:
    content = text[start:end].strip()
    for opening, closing in MARKS:
        if content.startswith(opening) and content.endswith(closing):
            content = content[len(opening) : len(content) - len(closing)].strip()
            break
    match = CALL.fullmatch(content)
    if match is None:
        return None
    verb, names = match["verb"], match["names"]
    if verb not in VERBS:
        import difflib

        near = difflib.get_close_matches(verb, VERBS, 1)
        return Directive(start, end, verb, (), f"no '{verb}' here" + (f"; did you mean '{near[0]}'?" if near else ""))
    parts = tuple(name.strip() for name in names.split(",") if name.strip()) if names is not None else ()
    if names is not None and not parts:
        return Directive(start, end, verb, (), "nothing stands between its brackets")
    return Directive(start, end, verb, parts)
