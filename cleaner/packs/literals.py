"""Literals: what a text must hold wherever a pattern matches, read off the parse of the pattern.

They are the anchors by which the one scan finds the few rules that can match in a text at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

LONG = 1 << 30
MIXED = "\x01"
LONGEST_LINE = 300  # characters: what a line rule that sets no bound may match
SIGNS = frozenset("[]<>|{}@#*+=~^_»«")
JOINED = 160  # alternatives that a set of anchors may have
# The words that any text is full of.
TOP = frozenset(
    "the of and to in a is that for it on was with as at by be this are from or have not an but they his he "  # noqa: SIM905
    "you we which their has were will been more can about who its had all would there one so said if other when out up no into than".split()
)


def required(pattern: str, common: frozenset[str] = frozenset()) -> list[list[str]]:
    """Return sets of literals, of each of which one must occur wherever `pattern` matches; the rarest first.

    A literal is as the pattern writes it, with MIXED in it where parts of it may stand in either case. `common` are words that any text holds; they make poor anchors.
    """
    tree = _parsed(pattern)
    if tree is None:
        return []
    found = {tuple(sorted(set(options))) for options in _required(list(tree)) if all(options)}
    return [list(options) for options in sorted(found, key=lambda options: (rate(options, common), options))]


def width(pattern: str) -> list[int]:
    """Return the fewest and the most characters that a pattern can match."""
    tree = _parsed(pattern)
    if tree is None:
        return [0, LONG]
    low, high = tree.getwidth()
    return [int(low), int(high) if high < LONG else LONGEST_LINE]


def _parsed(pattern: str) -> Any:
    """Return the parse that Python's own `re` makes; None for what only the regex module understands."""
    import re._parser as parser  # type: ignore[import-not-found]  # the stubs leave it out

    try:
        return parser.parse(re.sub(r"\\[pP]\{[^}]*\}", r"\\w", pattern))
    except (re.error, OverflowError):
        return None


def rate(options: Sequence[str], common: frozenset[str]) -> float:
    """Return about how often one of some literals stands in English text, per character."""
    total = 0.0
    for literal in options:
        rate = 1.0
        for word in re.findall(r"\w+|[^\w\s]", plain(literal)):
            if not word.isascii():
                rate *= 1e-7
            elif not word[0].isalnum():
                rate *= 1e-2 if word in ".,'\"-" else 1e-3 if word in ":;()?!" else 1e-5
            elif word in TOP:
                rate *= 2e-2
            else:
                rate *= 2e-3 if len(word) < 4 else 2e-4 if word in common or len(word) < 5 else 1e-5
        total += rate
    return total


def _required(tree: list[Any]) -> list[list[str]]:
    """Return every set of alternatives that a sequence of parsed pattern parts requires; MIXED in one: in either case.

    Parts that stand side by side and have few alternatives are taken together: "can makes", "could makes", "can shows" ...
    """
    found: list[list[str]] = []
    here = [""]  # what may stand at this place, as far back as it is known

    def close() -> None:
        nonlocal here
        options = [option.strip() for option in here]
        if all(len(o) >= 2 or (o and not o.isascii()) or o in SIGNS for o in options):
            found.append(options)
        here = [""]

    for op, value in tree:
        name = str(op)
        if name == "AT":
            continue
        exact = _exactly(op, value)
        if name in ("ASSERT", "ASSERT_NOT"):
            if name == "ASSERT":
                exact = _sequence(list(value[1]))
                ahead = value[0] > 0
                if exact and ahead and len(here) * len(exact) <= JOINED:
                    found.append([(a + b).strip() for a in here for b in exact])
                elif exact and not ahead and here == [""]:
                    here = exact
                else:
                    found += _required(list(value[1]))
            continue
        if exact is not None:
            if len(here) * len(exact) > JOINED:
                close()
            here = [a + b for a in here for b in exact]
            continue
        close()
        if name == "SUBPATTERN":
            inside = _required(list(value[-1]))
            found += [[MIXED + o for o in options] for options in inside] if value[1] & re.IGNORECASE else inside
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] >= 1:
            found += _required(list(value[2]))
        elif name == "BRANCH":
            found += _branch([_required(list(branch)) for branch in value[1]])
        elif name == "IN" and all(str(o) == "LITERAL" for o, _ in value) and len(value) <= 6:
            found.append([chr(v) for _, v in value])
    close()
    return [options for options in found if len(options) <= JOINED and all(options)]


def _exactly(op: Any, value: Any) -> list[str] | None:
    """Return all that one part of a pattern can match, where that is little; None where it is not known."""
    name = str(op)
    if name == "LITERAL":
        return [chr(value)] if len(chr(value).lower()) == 1 else None
    if name == "IN":
        if [(str(o), v) for o, v in value] == [("LITERAL", 32), ("LITERAL", 160)]:
            return [" "]
        if len(value) == 2 and _one_letter(value):
            return [MIXED + chr(value[0][1]).lower()]
        return None
    if name == "AT":
        return [""]
    if name == "SUBPATTERN":
        inside = _sequence(list(value[-1]))
        return [MIXED + o for o in inside] if inside and value[1] & re.IGNORECASE else inside
    if name == "BRANCH":
        branches = [_sequence(list(branch)) for branch in value[1]]
        out = [option for branch in branches for option in branch or ()]
        return out if all(branch is not None for branch in branches) and len(out) <= JOINED else None
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and tuple(value[:2]) == (0, 1):
        inside = _sequence(list(value[2]))
        return ["", *inside] if inside is not None else None
    return None


def _sequence(tree: list[Any]) -> list[str] | None:
    """Return all that a sequence of parts can match, where that is little."""
    out = [""]
    for op, value in tree:
        exact = _exactly(op, value)
        if exact is None or len(out) * len(exact) > JOINED:
            return None
        out = [a + b for a in out for b in exact]
    return out


def plain(literal: str) -> str:
    """Return a literal of `required` as the scan looks for it."""
    return literal.replace(MIXED, "").lower()


def _one_letter(value: list[tuple[Any, int]]) -> bool:
    """Return True for a class of one letter in both cases: [Ee]."""
    return all(str(op) == "LITERAL" for op, _ in value) and len({chr(v).lower() for _, v in value}) == 1


def _branch(branches: list[list[list[str]]]) -> list[list[str]]:
    """Return the set that alternatives require together: of each one its longest literals."""
    if not all(branches):
        return []
    best = [max(sets, key=lambda options: (min(map(len, options)), -len(options))) for sets in branches]
    return [[option for options in best for option in options]]
