"""cleaner: finds and repairs what machine translation and scraping leave behind in English text.

>>> import cleaner
>>> cleaner.fix("The probe landed on the back of the moon, said the lunar mission.").after
'The probe landed on the far side of the moon, said the lunar mission.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.version import VERSION as __version__

if TYPE_CHECKING:
    from cleaner.engine import Options
    from cleaner.results import Result


__all__ = ["__version__", "check", "fix"]


def fix(text: str, options: Options | None = None, *, format: str = "plain") -> Result:
    """Return what becomes of a text: findings, the edit script, and the corrected text in `after`.

    `format` is plain, markdown or html. Offsets are code points of `text`. Raises cleaner.packs.yaml.PackError for a
    broken pack among the options. A notebook shows the result as the review page.
    """
    from cleaner.engine import engine
    from cleaner.notebook import Shown
    from cleaner.text.formats import parse

    return Shown.of(engine(options).fix(parse(text, format)))


def check(text: str, options: Options | None = None, *, format: str = "plain") -> Result:
    """Return the findings of a text, with the edits that `fix` would make, in the same shape."""
    return fix(text, options, format=format)
