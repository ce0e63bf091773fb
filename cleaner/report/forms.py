"""The forms that a report can have: by the suffix of its file, and by the name on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.packs.knowledge import Knowledge
    from cleaner.results import Result

PRINTED = ("text", "json", "sarif", "github", "rdjson")
SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".sarif": "sarif",
    ".md": "summary",
    ".patch": "patch",
    ".diff": "patch",
}
NAMES = ".html, .json, .sarif, .md or .patch"


def form_of(path: Path) -> str | None:
    """Return the form that a report's suffix names; None for none."""
    return SUFFIXES.get(path.suffix.lower())


def render(form: str, results: Sequence[Result], known: Knowledge | None = None) -> str:
    """Return a report as text; `known` lets it say what the rules do."""
    if form == "patch":
        from cleaner.report.diff import patch

        return patch(results)
    if form == "html":
        from cleaner.report.html import page

        return page(results, known)
    if form == "json":
        from cleaner.report.json import dumps as as_json

        return as_json(results)
    if form == "sarif":
        from cleaner.report.sarif import dumps
    elif form == "github":
        from cleaner.report.github import dumps
    elif form == "rdjson":
        from cleaner.report.rdjson import dumps
    else:
        from cleaner.report.summary import dumps
    return dumps(results, known)


def encoded(form: str, text: str) -> bytes:
    """Return a report as bytes, whatever the names in it hold: a patch has their bytes, JSON its own escapes for them."""
    return text.encode("utf-8", "surrogateescape" if form == "patch" else "backslashreplace")
