"""GitHub's workflow commands: one annotation a finding, in the log of a workflow."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.findings import Safety
from cleaner.packs.knowledge import Knowledge
from cleaner.report.brief import shown
from cleaner.report.places import Lines
from cleaner.results import Found, Result

COMMANDS = {Safety.safe: "warning", Safety.unsafe: "notice", Safety.manual: "notice"}


def dumps(results: Sequence[Result], known: Knowledge | None = None) -> str:
    """Return the commands, one a line. GitHub shows ten of a kind a step; the rest stays in the log."""
    out = []
    for result in results:
        lines = Lines(result.before)
        out += [_command(found, result, lines) for found in result.found]
    return "".join(out)


def _command(found: Found, result: Result, lines: Lines) -> str:
    finding = found.finding
    line, column = lines.place(finding.start)
    last, stop = lines.place(finding.end)
    where = {"file": result.path, "line": line, "endLine": last}
    if line == last:  # columns are refused for what spans lines
        where |= {"col": column, "endColumn": stop}
    where["title"] = f"{finding.rule} ({finding.safety.name})"
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in where.items())
    old, new = shown(result.before, finding)
    text = finding.message if new is None else f"{finding.message}\n{old} -> {new}"
    return f"::{COMMANDS[finding.safety]} {properties}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
