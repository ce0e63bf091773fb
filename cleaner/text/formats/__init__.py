"""Formats: how a text is cut into prose and blocks; one module a format."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath

from cleaner.text import directives
from cleaner.text.document import Document

SUFFIXES = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".po": "po",
    ".rst": "rst",
}
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))


def format_of(path: str) -> str | None:
    """Return the format that a path's suffix names; None for a suffix that is no text format."""
    return SUFFIXES.get(PurePath(path).suffix.lower())


def parse(text: str, format: str = "plain", path: str = "<text>") -> Document:
    """Return the document that `text` is in `format`."""
    document: Document = import_module(f"cleaner.text.formats.{format}").parse(text)
    document.path, document.format = path, format
    if directives.WORD in text:
        document.directives = directives.read(text, document.comments)
    return document
