"""The session: the changes still to be decided, file by file, and every decision written down as it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cleaner.changes import choices, decisions
from cleaner.decisions import Decision, span
from cleaner.engine import Engine
from cleaner.kept import Kept
from cleaner.results import Change
from cleaner.text.document import Document
from cleaner.text.edits import Edit, apply

SKIPPED = "skip"


@dataclass(slots=True)
class Sheet:
    """A file with the changes that were not decided before, and what is said about each: "" for nothing yet."""

    document: Document
    changes: list[Change]
    said: list[str]
    changed: bool  # whether the result as it stood when the file was opened differs from the text

    @property
    def text(self) -> str:
        """The text as it stands in the file."""
        return self.document.text


@dataclass(slots=True)
class Step:
    """What one key did, so that it can be taken back: in which sheet, to which changes, with which decisions."""

    sheet: int
    numbers: list[int]
    decisions: list[Decision]


@dataclass(slots=True)
class Session:
    """Walks through the changes of documents. `where` is the (sheet, change) to ask about; None when all are through."""

    engine: Engine
    kept: Kept
    documents: Iterator[Document]
    who: str = ""
    why: str = ""  # the reason for the decision to come, if one was given
    sheets: list[Sheet] = field(default_factory=list)
    where: tuple[int, int] | None = None
    decided: int = 0
    past: list[Step] = field(default_factory=list)

    @property
    def sheet(self) -> Sheet:
        """The file that is being asked about."""
        assert self.where is not None
        return self.sheets[self.where[0]]

    @property
    def change(self) -> Change:
        """The change that is being asked about."""
        assert self.where is not None
        return self.sheet.changes[self.where[1]]

    @property
    def left(self) -> int:
        """How many changes of the files seen so far are not decided."""
        return sum(said in ("", SKIPPED) for sheet in self.sheets for said in sheet.said)

    @property
    def changed(self) -> bool:
        """False where the corrected files can only be what the files are."""
        return bool(self.decided) or any(sheet.changed for sheet in self.sheets)

    def go_on(self) -> bool:
        """Move to the next change that is still open; False when there is none in any file."""
        at = self.where[0] if self.where else 0
        while True:
            if at < len(self.sheets):
                sheet = self.sheets[at]
                after = self.where[1] + 1 if self.where and self.where[0] == at else 0
                numbers = [*range(after, len(sheet.said)), *range(min(after, len(sheet.said)))]
                number = next((n for n in numbers if not sheet.said[n]), None)
                if number is not None:
                    self.where = at, number
                    return True
                at += 1
                continue
            document = next(self.documents, None)
            if document is None:
                self.where = None
                return False
            fresh, changed = self._open(document)
            self.sheets.append(Sheet(document, fresh, [""] * len(fresh), changed))

    def decide(self, verdict: str, text: str | None = None) -> None:
        """Write down what is said of the change in question."""
        assert self.where is not None
        self._say([self.where[1]], verdict, text)

    def decide_rule(self, verdict: str) -> int:
        """Write down the same of every open change of this rule in this file; return how many those were."""
        rule = self.change.lead.rule
        sheet = self.sheet
        numbers = [n for n, c in enumerate(sheet.changes) if c.lead.rule == rule and not sheet.said[n]]
        self._say(numbers, verdict, None)
        return len(numbers)

    def skip(self) -> None:
        """Leave the change in question for another time."""
        assert self.where is not None
        self.why = ""
        self.sheet.said[self.where[1]] = SKIPPED
        self.past.append(Step(self.where[0], [self.where[1]], []))

    def undo(self) -> bool:
        """Take the last key back, and ask about that change again; False where nothing is left to take back."""
        if not self.past:
            return False
        step = self.past.pop()
        if step.decisions:
            self.kept.add(replace(d, verdict="", text=None, who=self.who, why="") for d in step.decisions)
            self.decided -= len(step.numbers)
        for number in step.numbers:
            self.sheets[step.sheet].said[number] = ""
        self.where = step.sheet, step.numbers[0]
        return True

    def _say(self, numbers: list[int], verdict: str, text: str | None) -> None:
        assert self.where is not None
        sheet = self.sheet
        said = [
            replace(d, who=self.who, why=self.why)
            for n in numbers
            for d in decisions(sheet.changes[n], verdict, text, sheet.document.path)
        ]
        self.why = ""
        self.kept.add(said)  # first of all: what the screen shows as decided is on the disk
        for n in numbers:
            sheet.said[n] = verdict
        self.decided += len(numbers)
        self.past.append(Step(self.where[0], numbers, said))

    def _open(self, document: Document) -> tuple[list[Change], bool]:
        """Return the changes of a document that no decision speaks of, and whether it is changed at all."""
        self.engine.options = replace(self.engine.options, decisions=self.kept.decisions())
        result = self.engine.fix(document)
        return [c.change for c in choices(result) if not c.verdict], result.after != result.before


def proposed(text: str, change: Change) -> str:
    """Return what the leading finding of a change puts at its place: what a person begins to edit from."""
    start, end = span(change.lead)
    edits = change.lead.fixes[0].edits if change.lead.fixes else ()
    return apply(text[start:end], [Edit(e.start - start, e.end - start, e.text) for e in edits])
