"""SARIF 2.1.0, with fixes: what code scanning and editors read (docs/reports.md)."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cleaner.decisions import Decision, abouts
from cleaner.findings import Evidence, Fix, Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.report.places import Columns
from cleaner.report.rules import page, reason
from cleaner.results import Found, Result
from cleaner.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Safety.safe: "warning", Safety.unsafe: "note", Safety.manual: "note"}
RANKS = {Safety.safe: 90.0, Safety.unsafe: 50.0, Safety.manual: 20.0}


def document(results: Sequence[Result], known: Knowledge | None = None) -> dict[str, Any]:
    """Return the log as plain values. Columns are UTF-16 units, as the standard has them by default."""
    rules = _rules(results, known)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "cleaner", "version": VERSION, "semanticVersion": VERSION, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [{"location": {"uri": uri(result.path)}} for result in results],
        "results": [one for number, result in enumerate(results) for one in _results(result, number, index)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def dumps(results: Sequence[Result], known: Knowledge | None = None) -> str:
    """Return the log as JSON text."""
    return json.dumps(document(results, known), ensure_ascii=False, indent=1) + "\n"


def uri(path: str) -> str:
    """Return a path as the URI reference of an artifact, whatever bytes its name has."""
    if Path(path).is_absolute():
        return "file://" + quote(os.fsencode(path))
    # A colon in the first part would read as a scheme; quote() escapes it.
    return quote(os.fsencode(Path(path).as_posix() if os.sep != "/" else path.removeprefix("./")))


def _rules(results: Sequence[Result], known: Knowledge | None) -> list[dict[str, Any]]:
    """Return the rules that found something; what has no page (a rule of another version) is described by its message."""
    first: dict[str, Found] = {}
    for result in results:
        for found in result.found:
            held = first.setdefault(found.finding.rule, found)
            if found.finding.safety > held.finding.safety:
                first[found.finding.rule] = found
    out = []
    for name, found in sorted(first.items()):
        finding = found.finding
        short = (reason(known, name) if known else None) or finding.message
        text = (page(known, name) if known else None) or f"{name} ({finding.kind})\n\n{finding.message}"
        out.append(
            {
                "id": name,
                "shortDescription": {"text": short},
                "fullDescription": {"text": short},
                "help": {"text": text, "markdown": _fenced(text)},
                "defaultConfiguration": {"level": LEVELS[finding.safety]},
                "properties": {"tags": sorted({finding.kind, name.split("/")[0]})},
            }
        )
    return out


def _fenced(text: str) -> str:
    """Return a text as a Markdown code block with a fence that the text does not hold."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"


def _results(result: Result, number: int, index: dict[str, int]) -> list[dict[str, Any]]:
    lines = Columns(result.before, "utf-16")
    keys = abouts(result.before, [found.finding for found in result.found])
    return [_result(*pair, result, number, lines, index) for pair in zip(result.found, keys, strict=True)]


def _result(
    found: Found, here: Decision, result: Result, number: int, lines: Columns, index: dict[str, int]
) -> dict[str, Any]:
    finding = found.finding
    nth = (str(here.nth),) if here.nth else ()
    key = "\0".join((here.rule, here.before, here.after or "", here.left, here.right, *nth))
    out: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": LEVELS[finding.safety],
        "rank": RANKS[finding.safety],
        "message": {"text": _message(found)},
        "locations": [{"physicalLocation": _place(result, number, lines, finding.start, finding.end)}],
        "partialFingerprints": {"place/v1": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()},
        "properties": {"kind": finding.kind, "safety": finding.safety.name, "applied": found.applied},
    }
    proofs = [e for e in finding.evidence if e.start is not None]
    if proofs:
        out["relatedLocations"] = [_proof(e, n, result, number, lines) for n, e in enumerate(proofs, 1)]
    fixes = [_fix(fix, result, number, lines) for fix in finding.fixes if fix.edits]
    if fixes:
        out["fixes"] = fixes
    return out


def _message(found: Found) -> str:
    """Return the message with the evidence that lies outside the document: SARIF has places only for the other."""
    facts = [e.says for e in found.finding.evidence if e.start is None and e.says]
    return " ".join([found.finding.message, *(f"({fact})" for fact in facts)])


def _place(result: Result, number: int, lines: Columns, start: int, end: int) -> dict[str, Any]:
    region = _region(lines, start, end)
    region["snippet"] = {"text": result.before[start:end]}
    return {"artifactLocation": {"uri": uri(result.path), "index": number}, "region": region}


def _region(lines: Columns, start: int, end: int) -> dict[str, Any]:
    line, column = lines.place(start)
    last, stop = lines.place(end)
    return {"startLine": line, "startColumn": column, "endLine": last, "endColumn": stop}


def _proof(evidence: Evidence, number: int, result: Result, file: int, lines: Columns) -> dict[str, Any]:
    assert evidence.start is not None
    place = _place(result, file, lines, evidence.start, max(evidence.start, evidence.end or 0))
    return {"id": number, "physicalLocation": place, "message": {"text": evidence.says or evidence.text}}


def _fix(fix: Fix, result: Result, number: int, lines: Columns) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(lines, e.start, e.end), "insertedContent": {"text": e.text}} for e in fix.edits
    ]
    change = {"artifactLocation": {"uri": uri(result.path), "index": number}, "replacements": replacements}
    return {"description": {"text": f"{fix.safety.name} fix"}, "artifactChanges": [change]}
