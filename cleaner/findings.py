"""Findings: what a rule or a detector says about a place, why, and how it could be mended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from cleaner.text.edits import Edit


class Safety(IntEnum):
    """How far a fix may go by itself: shown only, applied with --unsafe-fixes, or applied by default."""

    manual = 0
    unsafe = 1
    safe = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What makes a finding certain: a span of the document (`start` is None for a fact from outside it)."""

    says: str
    start: int | None = None
    end: int | None = None
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together, all or none; `markup` where they mean to change the document's markup."""

    edits: tuple[Edit, ...]
    safety: Safety
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of the document's text, the rule that found it, and zero or more fixes, the best first."""

    rule: str
    kind: str
    start: int
    end: int
    message: str
    fixes: tuple[Fix, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def safety(self) -> Safety:
        """The safety of the best fix; manual where there is none."""
        return self.fixes[0].safety if self.fixes else Safety.manual

    def capped(self, limit: Safety) -> Finding:
        """Return the finding with no fix safer than `limit`."""
        fixes = tuple(replace(f, safety=min(f.safety, limit)) for f in self.fixes)
        return replace(self, fixes=fixes)
