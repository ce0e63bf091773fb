"""Running the examples of packs: every `[wrong|right]` must be mended as written, every `keep` stay as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cleaner.engine import plan
from cleaner.findings import Safety
from cleaner.packs import match
from cleaner.packs.expand import EXAMPLE
from cleaner.packs.load import Knowledge
from cleaner.packs.scan import Scanner
from cleaner.packs.score import LANGUAGES
from cleaner.text.edits import apply
from cleaner.text.formats import parse


def failures(known: Knowledge, chosen: Sequence[dict[str, Any]] | None = None) -> Iterator[str]:
    """Yield one line, with file and line number, for each example of the chosen rules (all) that does not hold."""
    scanner = Scanner(known, bulk=0)
    wanted = None if chosen is None else {id(rule) for rule in chosen}
    for number, rule in enumerate(known.rules):
        if wanted is not None and id(rule) not in wanted:
            continue
        place = f"{rule['path']}:{rule['at']}: {rule['id']}"
        for example in rule["examples"]:
            text = EXAMPLE.sub(r"\1", example)
            got, found = run(scanner, number, rule, text)
            want = EXAMPLE.sub(r"\2", example)
            if not found:
                yield f"{place}: found nothing in: {text}"
            elif rule["replace"] is not None and got != want:
                yield f"{place}: made {got!r} of {text!r}, not {want!r}"
        for keep in rule["keeps"]:
            got, _ = run(scanner, number, rule, keep)
            if got != keep:
                yield f"{place}: must keep {keep!r}, made {got!r}"


def run(scanner: Scanner, number: int, rule: dict[str, Any], text: str) -> tuple[str, int]:
    """Return what one rule alone makes of a text, unsafe fixes and all, and how much it found.

    The text counts as translated from the language of the rule's pack.
    """
    language = rule["pack"].split("-")[0]
    if language not in LANGUAGES:
        language = "zh"
    document = parse(text)
    found = list(match.find(rule, scanner.scan(document).rules.get(number, ()), document, language))
    edits = sorted(edit for finding in plan(found, Safety.unsafe) for edit in finding.fixes[0].edits)
    return apply(text, edits), len(found)
