"""Decisions: what a person said about a change, kept so that it holds when the text around the place moves.

A decision is known by its rule, the text before and after, and the words around the place. Line breaks, markup and
punctuation do not count among those words, so reflowing and most other edits leave a decision where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cleaner.findings import Finding
from cleaner.text.edits import Edit, apply
from cleaner.text.files import InputError, write
from cleaner.text.lazy import lazy

VERSION = 1
FILE = Path(".cleaner") / "decisions.jsonl"
VERDICTS = ("accept", "reject", "edit")
REACH = 6  # words kept on either side
ENOUGH = 3  # of them that must agree, unless the text has fewer
MOST = 0.6  # of all words on both sides
PLACE = (
    "rule",
    "before",
    "after",
    "left",
    "right",
    "path",
    "at",
    "nth",
)  # two lines that agree here are about the same place
WORD = lazy(r"\w+")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `text` is what stands instead where the verdict is `edit`; `path` is "" for any file.

    `at` holds the signs that touch the place on either side: they tell places apart that have the same words around.
    `nth` tells the places apart that agree in all the rest: how many of them stand before this one.
    """

    verdict: str
    rule: str
    before: str
    after: str | None
    left: str
    right: str
    path: str = ""
    text: str | None = None
    who: str = ""
    why: str = ""
    at: str = ""
    nth: int = 0


def abouts(text: str, findings: Sequence[Finding]) -> list[Decision]:
    """Return the decisions about findings of `text` that are still to be taken: their verdicts are ""."""
    keys = [_about(text, finding) for finding in findings]
    seen: dict[Decision, int] = {}
    for number in sorted(range(len(keys)), key=lambda n: span(findings[n])):
        key = keys[number]
        nth = seen[key] = seen.get(key, -1) + 1
        if nth:
            keys[number] = replace(key, nth=nth)
    return keys


def _about(text: str, finding: Finding) -> Decision:
    start, end = span(finding)
    after = None
    if finding.fixes:
        moved = [Edit(e.start - start, e.end - start, e.text) for e in finding.fixes[0].edits]
        after = squeeze(apply(text[start:end], moved))
    at = re.sub(r"[\w\s]+", "", f"{text[max(0, start - 2) : start]}\u2026{text[end : end + 2]}").strip("\u2026")
    return Decision("", finding.rule, squeeze(text[start:end]), after, *_around(text, start, end), at=at)


def span(finding: Finding) -> tuple[int, int]:
    """Return the span that a finding and its first fix cover together: what a person decides about."""
    edits = finding.fixes[0].edits if finding.fixes else ()
    return min([finding.start, *(e.start for e in edits)]), max([finding.end, *(e.end for e in edits)])


def squeeze(text: str) -> str:
    """Return a text with every run of blanks and line breaks as one blank."""
    return " ".join(text.split())


def bind(places: Sequence[Decision], decisions: Sequence[Decision], path: str = "") -> dict[int, int]:
    """Return which place (by index) each decision (by index) is about: the best fit first, one to one.

    `places` are the decisions still to be taken in a text, as `abouts` gives them.
    """
    bound = bind_exactly(places, decisions, path)
    taken = set(bound.values())
    wanted: dict[tuple[str, str, str | None], list[int]] = {}
    for number, decision in enumerate(decisions):
        if number not in bound and _may_be_in(path, decision):
            wanted.setdefault((decision.rule, decision.before, decision.after), []).append(number)
    pairs: list[tuple[int, bool, int, int, int]] = []
    for place, here in enumerate(places) if wanted else ():
        if place in taken:
            continue
        for number in wanted.get((here.rule, here.before, here.after), ()):
            there = decisions[number]
            fit = _fit(here, there)
            if fit is not None:
                pairs.append((-fit, here.at != there.at, abs(here.nth - there.nth), number, place))
    for *_, number, place in sorted(pairs):
        if number not in bound and place not in taken:
            bound[number] = place
            taken.add(place)
    return bound


def bind_exactly(places: Sequence[Decision], decisions: Sequence[Decision], path: str = "") -> dict[int, int]:
    """Return the same, but only for places that have all words around them as they were."""
    exact: dict[tuple[Any, ...], list[int]] = {}
    for place, here in enumerate(places):
        exact.setdefault(_exactly(here), []).append(place)
    bound: dict[int, int] = {}
    for number, decision in enumerate(decisions):
        same = exact.get(_exactly(decision)) if _may_be_in(path, decision) else None
        if same:
            bound[number] = same.pop(0)
    return bound


def _may_be_in(path: str, decision: Decision) -> bool:
    return not decision.path or not path or decision.path == path


def _exactly(decision: Decision) -> tuple[Any, ...]:
    words = decision.left, decision.right, decision.at, decision.nth
    return (decision.rule, decision.before, decision.after, *words)


def standing(text: str, decisions: Sequence[Decision], path: str = "") -> dict[int, tuple[int, int]]:
    """Return where the text already holds what a person wrote instead of a finding, by the number of the decision."""
    out: dict[int, tuple[int, int]] = {}
    for number, decision in enumerate(decisions):
        wanted = (decision.text or "").split()
        if decision.verdict != "edit" or not wanted or not _may_be_in(path, decision):
            continue
        for match in re.finditer(r"\s+".join(map(re.escape, wanted)), text):
            left, right = _around(text, *match.span())
            here = replace(decision, left=left, right=right)
            if _fit(here, decision) is not None:
                out[number] = match.span()
                break
    return out


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and after a place."""
    left = WORD.findall(text, max(0, start - 40 * REACH), start)[-REACH:]
    right = WORD.findall(text, end, end + 40 * REACH)[:REACH]
    return " ".join(left), " ".join(right)


def _fit(here: Decision, there: Decision) -> int | None:
    """Return how many words around two places agree; None where too few do.

    Three that touch the place are enough; or of all the words, if some of them were corrected themselves, most in order.
    """
    left = here.left.lower().split()[::-1], there.left.lower().split()[::-1]
    right = here.right.lower().split(), there.right.lower().split()
    known = len(left[1]) + len(right[1])
    same = _agree(*left) + _agree(*right)
    if same >= min(ENOUGH, known) and (same or not (left[0] or right[0])):
        return same
    from difflib import SequenceMatcher

    kept = sum(
        m.size for a, b in (left, right) for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    )
    return same if kept >= max(ENOUGH, MOST * known) else None


def _agree(a: Sequence[str], b: Sequence[str]) -> int:
    for count, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return count
    return min(len(a), len(b))


# ---- the file ----


def find_file(start: Path) -> Path | None:
    """Return the nearest decisions file in `start` or a folder above it."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).is_file():
            return folder / FILE
    return None


def load(path: Path) -> list[Decision]:
    """Return the decisions of a file, the last about one place counting. Raises InputError with file and line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    out: dict[tuple[Any, ...], Decision] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            decision = _parse(line, f"{path}:{number}")
            place = tuple(getattr(decision, key) for key in PLACE)
            out.pop(place, None)
            if decision.verdict:
                out[place] = decision
    return list(out.values())


def _parse(line: str, place: str) -> Decision:
    import json

    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{place}: not a decision: {error.msg}") from None
    if not isinstance(values, dict):
        raise InputError(f"{place}: not a decision: must be an object")
    if values.pop("version", None) != VERSION:
        raise InputError(f"{place}: made by another version of cleaner; this one reads version {VERSION}")
    unknown = set(values) - set(Decision.__slots__)
    if unknown:
        raise InputError(f"{place}: unknown key '{min(unknown)}'")
    if values.get("verdict") not in (*VERDICTS, ""):
        raise InputError(f"{place}: 'verdict' must be one of {', '.join(VERDICTS)}")
    for key in ("rule", "before", "left", "right"):
        if not isinstance(values.get(key), str):
            raise InputError(f"{place}: '{key}' is missing")
    for key, value in values.items():
        if key == "nth":
            if type(value) is not int or value < 0:
                raise InputError(f"{place}: 'nth' must be a whole number")
        elif not isinstance(value, str) and not (value is None and key in ("after", "text")):
            raise InputError(f"{place}: '{key}' must be text")
    if values["verdict"] == "edit" and values.get("text") is None:
        raise InputError(f"{place}: an edited change needs 'text'")
    values.setdefault("after", None)
    return Decision(**values)


def dump(decision: Decision) -> str:
    """Return one line of a decisions file; keys that say nothing are left out."""
    import json

    values = {
        k: v
        for k, v in asdict(decision).items()
        if v is not None and (v or k not in ("path", "who", "why", "at", "nth"))
    }
    return json.dumps({"version": VERSION, **values}, ensure_ascii=False)


def append(path: Path, decisions: Iterable[Decision]) -> None:
    """Add decisions to a file, made with its folder where there is none; synced, so that nothing decided is lost.

    A verdict "" takes an earlier decision about the same place back. Raises InputError.
    """
    import os

    data = "".join(dump(decision) + "\n" for decision in decisions).encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b", buffering=0) as out:
            if out.seek(0, os.SEEK_END):
                out.seek(-1, os.SEEK_END)
                data = data if out.read(1) == b"\n" else b"\n" + data  # an editor left the last line open
            # One call for all of it: a process that dies here leaves no half of a line.
            out.write(data)
            os.fsync(out.fileno())
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def save(path: Path, decisions: Iterable[Decision]) -> None:
    """Write a decisions file anew, whole or not at all. Raises InputError."""
    write(path, "".join(dump(decision) + "\n" for decision in decisions).encode("utf-8"))
