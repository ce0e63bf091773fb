"""The JSON report, version 1 (docs/reports.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from cleaner.findings import Evidence
from cleaner.report.places import Lines
from cleaner.results import Found, Result
from cleaner.version import VERSION


def document(results: Sequence[Result]) -> dict[str, Any]:
    """Return the report as plain values. Offsets are code points of the decoded file, newlines as they stand in it."""
    return {
        "version": 1,
        "tool": {"name": "cleaner", "version": VERSION},
        "files": [_file(result) for result in results],
    }


def dumps(results: Sequence[Result]) -> str:
    """Return the report as JSON text."""
    return json.dumps(document(results), ensure_ascii=False, indent=1) + "\n"


def _file(result: Result) -> dict[str, Any]:
    lines = Lines(result.before)
    return {
        "path": result.path,
        "language": result.score.translated,
        "translation_score": round(result.score.odds, 2),
        "changed": result.before != result.after,
        "sha256": {"before": digest(result.before), "after": digest(result.after)},
        "findings": [_finding(found, lines) for found in result.found],
        "edits": [
            {
                "start": e.start,
                "end": e.end,
                "text": e.text,
                "old": result.before[e.start : e.end],
                "rules": list(e.rules),
            }
            for e in result.script
        ],
    }


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8: what `cleaner apply` and `undo` know a file's text by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _finding(found: Found, lines: Lines) -> dict[str, Any]:
    finding = found.finding
    line, column = lines.place(finding.start)
    return {
        "rule": finding.rule,
        "kind": finding.kind,
        "start": finding.start,
        "end": finding.end,
        "line": line,
        "column": column,
        "message": finding.message,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "fixes": [
            {"safety": fix.safety.name, "edits": [{"start": e.start, "end": e.end, "text": e.text} for e in fix.edits]}
            for fix in finding.fixes
        ],
        "applied": found.applied,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    out: dict[str, Any] = {"says": evidence.says}
    if evidence.start is not None:
        out |= {"start": evidence.start, "end": evidence.end, "text": evidence.text}
    if evidence.source:
        out["source"] = evidence.source
    return out
