"""The review page: one self-contained HTML file in which a person takes or leaves each change (docs/review.md).

The page holds the texts as data and builds everything from them as text nodes, so nothing of a document ever runs; a
content security policy with the hash of our own script keeps it so.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from cleaner.changes import choices
from cleaner.decisions import VERSION as DECISIONS_VERSION
from cleaner.decisions import Decision, span
from cleaner.findings import Evidence, Finding
from cleaner.packs.knowledge import Knowledge
from cleaner.report.json import digest
from cleaner.report.places import Lines
from cleaner.report.rules import page as rule_page
from cleaner.results import Choice, Result
from cleaner.version import VERSION


def page(results: Sequence[Result], known: Knowledge | None = None) -> str:
    """Return the review page of some results; `known` lets it tell what each rule does."""
    style, script, frame = (_asset(name) for name in ("style.css", "app.js", "page.html"))
    shown = [result for result in results if result.found or result.choices] or list(results)
    data = {
        "tool": f"cleaner {VERSION}",
        "decisions": DECISIONS_VERSION,
        "files": [_file(result) for result in shown],
        "rules": _rules(shown, known) if known else {},
        "clean": len(results) - len(shown),
    }
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    parts = {"@style@": style, "@hash@": hashed, "@data@": embedded(data), "@script@": script}
    for mark, text in parts.items():
        frame = frame.replace(mark, text, 1)
    return frame


def _rules(results: Sequence[Result], known: Knowledge) -> dict[str, str]:
    """Return the pages of the rules that found something."""
    names = {finding.rule for result in results for choice in choices(result) for finding in choice.change.findings}
    pages = {name: rule_page(known, name) for name in sorted(names)}
    return {name: text for name, text in pages.items() if text}


def _asset(name: str) -> str:
    return (files("cleaner.report") / "review" / name).read_text("utf-8")


def embedded(data: Any) -> str:
    """Return JSON that can stand inside a script element: no character in it can end the element or start another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _file(result: Result) -> dict[str, Any]:
    lines = Lines(result.before)
    every = [_choice(choice, lines) for choice in choices(result)]
    # What a browser kept for another version of the text, or of the rules, is not for this page.
    same = json.dumps([(one["edits"], [f["span"] for f in one["findings"]]) for one in every])
    return {
        "path": result.path,
        "digest": digest(result.before + same),
        "language": result.score.translated,
        "odds": round(result.score.odds, 1),
        "text": result.before,
        "encoding": result.encoding,
        "marked": result.marked,
        "changes": every,
    }


def _choice(choice: Choice, lines: Lines) -> dict[str, Any]:
    change = choice.change
    line, column = lines.place(change.lead.start)
    out: dict[str, Any] = {
        "edits": [list(edit[:3]) for edit in change.edits],
        "applied": change.applied,
        "early": change.early,
        "line": line,
        "column": column,
        "findings": [_finding(*pair) for pair in zip(change.findings, change.keys, strict=True)],
    }
    if choice.verdict:
        out["verdict"] = choice.verdict
    if choice.text is not None:
        out["text"] = choice.text
    return out


def _finding(finding: Finding, key: Decision) -> dict[str, Any]:
    start, end = span(finding)
    return {
        "rule": finding.rule,
        "kind": finding.kind,
        "safety": finding.safety.name,
        "message": finding.message,
        "span": [start, end],
        "edits": [list(edit) for edit in finding.fixes[0].edits] if finding.fixes else [],
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "before": key.before,
        "after": key.after,
        "left": key.left,
        "right": key.right,
        "at": key.at,
        "nth": key.nth,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    out: dict[str, Any] = {"says": evidence.says}
    if evidence.start is not None:
        out["span"] = [evidence.start, evidence.end]
    if evidence.source.startswith(("https://", "http://")):
        out["source"] = evidence.source
    return out
