"""The rules of detectors as data: why, what they find, how safe it is, and examples that run as tests.

They stand in rules/PACK.yaml beside this file, a description for each rule id that the code gives its findings. Only the
commands that tell of rules, the reports and the site read them; checking a text never does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cleaner.findings import Safety
from cleaner.packs.expand import EXAMPLE, KINDS
from cleaner.packs.score import LANGUAGES
from cleaner.packs.yaml import Mapping, load

FOLDER = Path(__file__).parent / "rules"
KEYS = ("id", "kind", "why", "finds", "safety", "needs", "from", "format", "examples")
KEEP = "keep"
SAYS = (*Safety.__members__, KEEP)


@dataclass(frozen=True, slots=True)
class Example:
    """A text: with `[wrong|right]` and how safe that fix is (of a manual one only `wrong` counts), or one to keep."""

    says: str  # safe, unsafe, manual or keep
    text: str
    language: str | None  # that it counts as translated from


@dataclass(frozen=True, slots=True)
class Described:
    """A rule of a detector."""

    id: str
    kind: str
    why: str
    finds: str
    safety: str
    needs: str | None
    format: str
    examples: tuple[Example, ...]
    path: str
    at: int

    @property
    def pack(self) -> str:
        """The part of the id before the slash: what `--select` and `--ignore` take for all its rules."""
        return self.id.split("/")[0]


def every() -> list[Described]:
    """Return all of them, by pack. Raises PackError where a description is broken."""
    return [one for path in sorted(FOLDER.glob("*.yaml")) for one in _read(path)]


def described(name: str) -> Described | None:
    """Return the description of one rule; None where no detector has such a rule."""
    pack = name.split("/")[0]
    path = FOLDER / f"{pack}.yaml"
    if not re.fullmatch(r"[a-z-]+", pack) or not path.is_file():
        return None
    return next((one for one in _read(path) if one.id == name), None)


@cache
def _read(path: Path) -> tuple[Described, ...]:
    return tuple(_rule(path, item) for item in load(path))


def _rule(path: Path, item: Mapping) -> Described:
    for key in item:
        if key not in KEYS:
            raise item.fail(f"unknown key '{key}'", key)
    for key in ("id", "kind", "why", "finds", "safety"):
        if not isinstance(item.get(key), str):
            raise item.fail(f"'{key}' is missing", key)
    if item["kind"] not in (*KINDS, "ignore"):
        raise item.fail(f"'kind' must be one of {', '.join(KINDS)}", "kind")
    if item.get("needs") not in (None, "translated"):
        raise item.fail("'needs' must be translated", "needs")
    return Described(
        id=f"{path.stem}/{item['id']}",
        kind=item["kind"],
        why=item["why"],
        finds=item["finds"],
        safety=item["safety"],
        needs=item.get("needs"),
        format=item.get("format", "plain"),
        examples=tuple(_example(item, one) for one in item.get("examples", [])),
        path=str(path),
        at=item.line,
    )


def _example(item: Mapping, one: Mapping) -> Example:
    says = [key for key in one if key != "from"] if isinstance(one, Mapping) else []
    if len(says) != 1 or says[0] not in SAYS:
        raise item.fail(f"an example is {{{'|'.join(SAYS)}: text}}, and `from` if need be", "examples")
    text, language = str(one[says[0]]), one.get("from", item.get("from"))
    if bool(EXAMPLE.search(text)) == (says[0] == KEEP):
        raise one.fail("what is found is marked [wrong|right]; a text to keep has no marks", says[0])
    if language not in (None, *LANGUAGES):
        raise one.fail(f"'from' must be one of {', '.join(LANGUAGES)}", "from")
    return Example(says[0], text, language)
