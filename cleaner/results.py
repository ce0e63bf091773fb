"""Results: what came of one document, and the changes in it that a person decides about."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.decisions import Decision
from cleaner.findings import Finding
from cleaner.packs.score import Score
from cleaner.text.edits import ScriptEdit


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in offsets of the original text, and whether a fix of it was applied."""

    finding: Finding
    applied: bool
    round: int = 0  # in which it was applied; one of a later round rests on the edits of those before


@dataclass(frozen=True, slots=True)
class Change:
    """Edits against the original text that stand or fall together, with the findings behind them, the leading one first.

    `early` findings, at the head of the list, were made of the original text, the others of what those left; `keys` are
    the decisions about them that are still to be taken. `applied` tells whether the edits are part of the result as the
    tool proposes it; without edits the change is only for a person to read.
    """

    edits: tuple[ScriptEdit, ...]
    findings: tuple[Finding, ...]
    keys: tuple[Decision, ...]
    applied: bool
    early: int = 1

    @property
    def lead(self) -> Finding:
        """The finding that the change is shown under, and that an edited replacement belongs to."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class Choice:
    """A change and what a person said of it: "" nothing yet, accept, reject, or edit with the `text` to put instead."""

    change: Change
    verdict: str = ""
    text: str | None = None

    @property
    def taken(self) -> bool:
        """Whether the change is to be made."""
        return self.verdict != "reject" if self.verdict else self.change.applied


@dataclass(slots=True)
class Result:
    """What came of one document. `script` turns `before` into `after`; applying it gives the corrected copy exactly."""

    path: str
    before: str
    after: str
    found: list[Found]
    script: list[ScriptEdit]
    score: Score
    rounds: int = 0
    rejected: int = 0  # findings that a decision keeps from being proposed
    decisions: frozenset[int] = frozenset()  # numbers of the decisions that fitted
    encoding: str = "utf-8"  # of the file
    marked: bool = False  # whether the file begins with a byte order mark
    choices: list[Choice] | None = None  # every change with what was said of it; None where nothing was
