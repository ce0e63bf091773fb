"""The ledger: replaying a JSON report's edits on the files it names, forwards and backwards."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.cli.common import Trouble
from cleaner.report.json import digest
from cleaner.text.edits import ScriptEdit, apply
from cleaner.text.files import InputError, decode, write


class Step(NamedTuple):
    """What is to be written where, all checks passed."""

    path: Path
    old: bytes
    new: bytes


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options that apply and undo share."""
    parser.add_argument("report", type=Path, metavar="REPORT", help="a JSON report of `cleaner fix` or `check`")


def replay(report: Path, *, back: bool) -> int:
    """Apply (or take back) a report's edits and return the exit code; nothing is written unless every file fits."""
    trouble = Trouble()
    steps: list[Step] = []
    for file in _files(report):
        try:
            step = _step(report, file, back=back)
        except InputError as error:
            trouble(error)
            continue
        if step.new != step.old:
            steps.append(step)
    if trouble.count:
        return 2
    for step in steps:
        try:
            write(step.path, step.new, expect=step.old)
            print(f"{step.path}: {'restored' if back else 'corrected'}")
        except InputError as error:
            trouble(error)
    return 2 if trouble.count else int(bool(steps))


def _files(report: Path) -> list[dict[str, Any]]:
    """Return the files of a report. Raises InputError where it is none of ours."""
    try:
        values = json.loads(report.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{report}: {getattr(error, 'strerror', None) or error}") from None
    except json.JSONDecodeError as error:
        raise InputError(f"{report}:{error.lineno}: not JSON: {error.msg}") from None
    if not isinstance(values, dict) or not isinstance(values.get("files"), list):
        raise InputError(f"{report}: not a report of cleaner")
    if values.get("version") != 1:
        raise InputError(f"{report}: version {values.get('version')}; this cleaner reads version 1")
    return list(values["files"])


def _step(report: Path, file: dict[str, Any], *, back: bool) -> Step:
    try:
        path = Path(file["path"])
        edits = [ScriptEdit(e["start"], e["end"], e["text"], tuple(e["rules"])) for e in file["edits"]]
        olds = [e["old"] for e in file["edits"]]
        sums = file["sha256"]
        want = sums["after" if back else "before"]
        becomes = sums["before" if back else "after"]
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{report}: a file entry without {error}") from None
    data = path.read_bytes() if path.is_file() else None
    if data is None:
        raise InputError(f"{path}: no such file")
    source = decode(data, str(path))
    if digest(source.text) != want:
        raise InputError(f"{path}: not the text that {report.name} speaks of; nothing written")
    after = _moved(source.text, edits, olds, back=back)
    if digest(after) != becomes:
        raise InputError(f"{path}: {report.name} does not give the text it says it gives; nothing written")
    try:
        return Step(path, data, source.encode(after))
    except UnicodeEncodeError as error:
        raise InputError(f"{path}: the text does not fit its encoding {error.encoding}; nothing written") from None


def _moved(text: str, edits: Sequence[ScriptEdit], olds: Sequence[str], *, back: bool) -> str:
    try:
        if not back:
            return apply(text, edits)
        # Where the edits stand in the corrected text, and what they replaced there.
        shift = 0
        script = []
        for edit, old in zip(edits, olds, strict=True):
            start = edit.start + shift
            script.append(ScriptEdit(start, start + len(edit.text), old))
            shift += len(edit.text) - len(old)
        return apply(text, script)
    except ValueError:
        return ""
