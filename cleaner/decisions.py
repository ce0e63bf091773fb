"""Decisions: what a person said about a change, kept so that it holds when the text around the place moves.

A decision is known by its rule, the text before and after, and the words around the place. Line breaks, markup and
punctuation do not count among those words, so reflowing and most other edits leave a decision where it belongs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cleaner.findings import Finding, Fix, Safety
from cleaner.text.edits import Edit, apply, covering
from cleaner.text.files import InputError, write

VERSION = 1
FILE = Path(".cleaner") / "decisions.jsonl"
VERDICTS = ("accept", "reject", "edit")
REACH = 6  # words kept on either side
ENOUGH = 3  # of them that must agree, unless the text has fewer
PLACE = ("rule", "before", "after", "left", "right", "path", "at")  # two lines that agree here are about the same place
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `text` is what stands instead where the verdict is `edit`; `path` is "" for any file.

    `at` holds the signs that touch the place on either side: they tell places apart that have the same words around.
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


def about(text: str, finding: Finding) -> Decision:
    """Return the decision about a finding of `text` that is still to be taken: its verdict is ""."""
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


def bind(text: str, findings: Sequence[Finding], decisions: Sequence[Decision], path: str = "") -> dict[int, int]:
    """Return which finding (by index) each decision (by index) is about: the best fit first, one to one."""
    wanted: dict[tuple[str, str, str | None], list[int]] = {}
    for number, decision in enumerate(decisions):
        if not decision.path or not path or decision.path == path:
            wanted.setdefault((decision.rule, decision.before, decision.after), []).append(number)
    if not wanted:
        return {}
    places = [about(text, finding) for finding in findings]
    # Mostly all words around agree; only what is left then is compared with each other.
    exact: dict[tuple[str, ...], list[int]] = {}
    for place, here in enumerate(places):
        exact.setdefault(_exactly(here), []).append(place)
    bound: dict[int, int] = {}
    for number in sorted(n for numbers in wanted.values() for n in numbers):
        same = exact.get(_exactly(decisions[number]))
        if same:
            bound[number] = same.pop(0)
    taken = set(bound.values())
    pairs: list[tuple[int, bool, int, int]] = []
    for place, here in enumerate(places):
        if place in taken:
            continue
        for number in wanted.get((here.rule, here.before, here.after), ()):
            if number not in bound:
                fit = _fit(here, decisions[number])
                if fit is not None:
                    pairs.append((-fit, here.at != decisions[number].at, number, place))
    for _, _, number, place in sorted(pairs):
        if number not in bound and place not in taken:
            bound[number] = place
            taken.add(place)
    return bound


def _exactly(decision: Decision) -> tuple[str, ...]:
    words = decision.left, decision.right, decision.at
    return (decision.rule, decision.before, "\0" if decision.after is None else decision.after, *words)


def standing(text: str, decisions: Sequence[Decision], path: str = "") -> dict[int, tuple[int, int]]:
    """Return where the text already holds what a person wrote instead of a finding, by the number of the decision."""
    out: dict[int, tuple[int, int]] = {}
    for number, decision in enumerate(decisions):
        wanted = (decision.text or "").split()
        if decision.verdict != "edit" or not wanted or (decision.path and path and decision.path != path):
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
    """Return how many words around two places agree; None where too few do."""
    a, b = here.left.split()[::-1], there.left.split()[::-1]
    c, d = here.right.split(), there.right.split()
    same = _agree(a, b) + _agree(c, d)
    if same >= min(ENOUGH, len(b) + len(d)) and (same or not (a or c)):
        return same
    return None


def _agree(a: Sequence[str], b: Sequence[str]) -> int:
    for count, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return count
    return min(len(a), len(b))


def obeyed(
    findings: Sequence[Finding],
    originals: Sequence[Finding],
    verdicts: Mapping[int, Decision],
    shut: set[tuple[int, int]],
) -> tuple[list[Finding], list[Finding]]:
    """Return (findings as decided, those rejected); `verdicts` holds decisions by the number of the finding.

    An accepted fix becomes safe, an edited one is replaced by what the person wrote, a rejected finding goes. Where a
    person said no, nothing is changed without being asked for, in this round or a later one: other fixes there become manual. `originals` are the findings in offsets of the original text; `shut` collects the
    spans of that text that are closed.
    """
    for number in verdicts:
        if _verdict(verdicts, number) == "reject":
            shut.add(span(originals[number]))
    closed = covering(shut)
    kept: list[Finding] = []
    gone: list[Finding] = []
    for number, finding in enumerate(findings):
        verdict = _verdict(verdicts, number)
        if verdict == "reject":
            gone.append(finding)
            continue
        if verdict == "edit":
            written = verdicts[number].text or ""
            markup = bool(finding.fixes) and finding.fixes[0].markup
            finding = replace(finding, fixes=(Fix((Edit(*span(finding), written),), Safety.safe, markup),))
        elif verdict == "accept" and finding.fixes:
            finding = replace(finding, fixes=(replace(finding.fixes[0], safety=Safety.safe), *finding.fixes[1:]))
        elif originals[number].fixes and not closed.free(originals[number].fixes[0].edits):
            finding = finding.capped(Safety.manual)
        kept.append(finding)
    return kept, gone


def _verdict(verdicts: Mapping[int, Decision], number: int) -> str:
    return verdicts[number].verdict if number in verdicts else ""


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
        if not isinstance(value, str) and not (value is None and key in ("after", "text")):
            raise InputError(f"{place}: '{key}' must be text")
    if values["verdict"] == "edit" and values.get("text") is None:
        raise InputError(f"{place}: an edited change needs 'text'")
    values.setdefault("after", None)
    return Decision(**values)


def dump(decision: Decision) -> str:
    """Return one line of a decisions file; keys that say nothing are left out."""
    values = {
        k: v for k, v in asdict(decision).items() if v is not None and (v or k not in ("path", "who", "why", "at"))
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
