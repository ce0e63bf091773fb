"""Changes: what a person decides about. Findings of a result that touch the same text are one change, taken or left together.

The browser, the terminal screen and the engine work on the same changes, so that the same decisions give the same text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cleaner.decisions import Decision, about, span
from cleaner.engine import Found, Result
from cleaner.findings import Finding
from cleaner.text.edits import Edit, ScriptEdit, apply, collide

NEAR = 60  # characters that a rule of a later round may have looked at on either side


@dataclass(frozen=True, slots=True)
class Change:
    """Edits against the original text that stand or fall together, with the findings behind them, the leading one first.

    `early` findings, at the head of the list, were made of the original text, the others of what those left.
    `applied` tells whether the edits are part of the result as it is; without edits it is only for a person to read.
    """

    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    applied: bool
    early: int = 1

    @property
    def lead(self) -> Finding:
        """The finding that the change is shown under, and that an edited replacement belongs to."""
        return self.findings[0]


def changes(result: Result) -> list[Change]:
    """Return the changes of a result in order of place: those applied, those that may be, and notes without a fix."""
    out = [*_applied(result.script, [f for f in result.found if f.applied])]
    for found in result.found:
        if not found.applied:
            edits = found.finding.fixes[0].edits if found.finding.fixes else ()
            out.append(Change(tuple(edits), (found.finding,), False))
    return sorted(out, key=lambda c: (span(c.lead)[0], span(c.lead)[1], c.lead.rule))


def _applied(script: Sequence[ScriptEdit], applied: Sequence[Found]) -> list[Change]:
    """Join the script's edits and the findings that made them to groups that share no text.

    A finding of a later round was made of what earlier rounds left: it goes with every edit in or near its span.
    """
    parent = list(range(len(script)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    starts, ends = [edit.start for edit in script], [edit.end for edit in script]
    owned: list[list[int]] = []
    for found in applied:
        finding = found.finding
        start, end = span(finding)
        whole = Edit(start - NEAR, end + NEAR, "")
        mine = [
            i
            for i in range(bisect_left(ends, whole.start), bisect_right(starts, whole.end))
            if (finding.rule in script[i].rules and any(_touch(script[i], e) for e in finding.fixes[0].edits))
            or (found.round and _touch(script[i], whole))
        ]
        owned.append(mine)
        for i in mine[1:]:
            parent[root(i)] = root(mine[0])
    groups: dict[int, tuple[list[int], list[Found]]] = {}
    for i in range(len(script)):
        groups.setdefault(root(i), ([], []))[0].append(i)
    for found, mine in zip(applied, owned, strict=True):
        if mine:
            groups[root(mine[0])][1].append(found)
    return [
        Change(
            tuple(Edit(*script[i][:3]) for i in numbers),
            tuple(found.finding for found in sorted(members, key=_leading)),
            True,
            sum(not found.round for found in members),
        )
        for numbers, members in groups.values()
        if members
    ]


def _touch(a: ScriptEdit, b: Edit) -> bool:
    return a.start <= b.end and b.start <= a.end


def _leading(found: Found) -> tuple[int, int, int, str]:
    start, end = span(found.finding)
    return found.round, start - end, start, found.finding.rule


def text_with(before: str, every: Iterable[Change], edited: dict[int, str] | None = None) -> str:
    """Return the original with the given changes made; `edited` holds, by position in `every`, what is put instead.

    Where two of them collide, one that a person wrote goes first, else the first in order of place.
    """
    written = edited or {}
    script: list[Edit] = []
    for number, change in sorted(enumerate(every), key=lambda pair: pair[0] not in written):
        edits = edited_with(change, written[number]) if number in written else change.edits
        if not any(collide(a, b) for a in edits for b in script):
            script += edits
    return apply(before, sorted(script))


def edited_with(change: Change, text: str) -> tuple[Edit, ...]:
    """Return the edits of a change whose leading finding a person wrote anew: its other early findings stay as they are."""
    out = [Edit(*span(change.lead), text)]
    for finding in change.findings[1 : change.early]:
        if not any(collide(a, b) for a in finding.fixes[0].edits for b in out):
            out += finding.fixes[0].edits
    return tuple(sorted(out))


def decisions(before: str, change: Change, verdict: str, text: str | None = None, path: str = "") -> list[Decision]:
    """Return the decisions that a verdict on a change means: one for each of its findings.

    An edited change has the new text at its leading finding; what later rounds made of it goes.
    """
    out = []
    for number, finding in enumerate(change.findings):
        mine = verdict if verdict != "edit" or not number else "accept" if number < change.early else "reject"
        out.append(replace(about(before, finding), verdict=mine, text=text if mine == "edit" else None, path=path))
    return out
