"""Running the examples of packs: every `[wrong|right]` must be mended as written, every `keep` stay as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cleaner.detectors.described import KEEP, Described, Example
from cleaner.engine import Options, engine, plan
from cleaner.findings import Finding, Safety
from cleaner.packs import match
from cleaner.packs.expand import EXAMPLE
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Scanner
from cleaner.packs.score import LANGUAGES
from cleaner.results import Result
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


def failures_of_detectors(rules: Iterable[Described]) -> Iterator[str]:
    """Yield one line for each example of the rules of detectors that does not hold, run through the whole engine."""
    for rule in rules:
        for example in rule.examples:
            wrong = _why_not(rule, example)
            if wrong:
                yield f"{rule.path}:{rule.at}: {rule.id}: {wrong}"


def _why_not(rule: Described, example: Example) -> str | None:
    text = EXAMPLE.sub(r"\1", example.text)
    got = _alone(rule, example.language, text)
    found = [one.finding for one in got.found]
    if example.says == KEEP:
        return f"must keep {text!r}, found {found[0].message!r}, made {got.after!r}" if found else None
    if not found:
        return f"found nothing in: {text}"
    if (level := min(f.safety for f in found).name) != example.says:
        return f"is {level}, not {example.says}, in: {text}"
    if {finding.kind for finding in found} != {rule.kind}:
        return f"is of kind {found[0].kind}, not {rule.kind}"
    want = text if example.says == "manual" else EXAMPLE.sub(r"\2", example.text)
    if got.after != want:
        return f"made {got.after!r} of {text!r}, not {want!r}"
    if not any(_meets(example.text, finding) for finding in found):
        return f"found something else in: {text}"
    if rule.needs and example.language:
        human = _alone(rule, None, text)
        if human.found and not human.score.translated:
            return f"needs a translated text, but found something without one in: {text}"
    return None


def _alone(rule: Described, language: str | None, text: str) -> Result:
    """Return what one rule alone makes of a text, unsafe fixes and all."""
    options = Options(unsafe=True, select=(rule.id,), language=language)
    return engine(options).fix(parse(text, rule.format, "<example>"))


def _meets(marked: str, finding: Finding) -> bool:
    """Return True where a finding touches what an example marks."""
    shift = 0
    for marks in EXAMPLE.finditer(marked):
        start = marks.start() - shift
        if finding.start <= start + len(marks[1]) and start <= finding.end:
            return True
        shift += len(marks[0]) - len(marks[1])
    return False
