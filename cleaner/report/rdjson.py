"""reviewdog's rdjson: diagnostics with suggestions; columns are bytes of UTF-8, as its specification has them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.report.places import Columns
from cleaner.results import Result
from cleaner.text.edits import Edit, apply

SEVERITY = {Safety.safe: "WARNING", Safety.unsafe: "INFO", Safety.manual: "INFO"}


def document(results: Sequence[Result]) -> dict[str, Any]:
    """Return the diagnostics as plain values."""
    out = []
    for result in results:
        lines = Columns(result.before, "utf-8")
        out += [_diagnostic(found.finding, result, lines) for found in result.found]
    return {"source": {"name": "cleaner"}, "severity": "WARNING", "diagnostics": out}


def dumps(results: Sequence[Result], known: Knowledge | None = None) -> str:
    """Return the diagnostics as JSON text."""
    return json.dumps(document(results), ensure_ascii=False, indent=1) + "\n"


def _diagnostic(finding: Finding, result: Result, lines: Columns) -> dict[str, Any]:
    out: dict[str, Any] = {
        "message": " ".join(
            [finding.message, *(f"({e.says})" for e in finding.evidence if e.start is None and e.says)]
        ),
        "location": {"path": result.path, "range": _range(lines, finding.start, finding.end)},
        "severity": SEVERITY[finding.safety],
        "code": {"value": finding.rule},
    }
    suggestions = [_suggestion(fix, result.before, lines) for fix in finding.fixes if fix.edits]
    if suggestions:
        out["suggestions"] = suggestions
    return out


def _suggestion(fix: Fix, text: str, lines: Columns) -> dict[str, Any]:
    """Return a fix as one replacement: reviewdog takes each suggestion for itself, and the edits of a fix go together."""
    start, end = fix.edits[0].start, fix.edits[-1].end
    new = apply(text[start:end], [Edit(e.start - start, e.end - start, e.text) for e in fix.edits])
    return {"range": _range(lines, start, end), "text": new}


def _range(lines: Columns, start: int, end: int) -> dict[str, Any]:
    (line, column), (last, stop) = lines.place(start), lines.place(end)
    return {"start": {"line": line, "column": column}, "end": {"line": last, "column": stop}}
