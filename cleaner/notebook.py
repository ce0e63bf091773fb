"""The result as a notebook shows it: the review page in a frame of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from html import escape

from cleaner.results import Result

# No same origin: what the page runs (its own script alone) has no hold on the notebook.
FRAME = (
    '<iframe sandbox="allow-scripts allow-downloads allow-popups" title="Review of changes" '
    'style="width: 100%; height: {height}px; border: 1px solid #8884" srcdoc="{page}"></iframe>'
)


@dataclass(slots=True)
class Shown(Result):
    """A result that a notebook shows as the review page."""

    @classmethod
    def of(cls, result: Result) -> Shown:
        """Return a result with a page."""
        return cls(**{field.name: getattr(result, field.name) for field in fields(result)})

    def _repr_html_(self) -> str:
        from cleaner.report.html import page

        return FRAME.format(height=640 if self.found else 240, page=escape(page([self])))
