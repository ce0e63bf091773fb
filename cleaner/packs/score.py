"""The translation score: the log-odds that a document was machine-translated, and from which language.

Summed from the weights of the markers that occur and of the rules that found something. The weights are estimated from
system output against human references by benchmarks/markers.py and stand in rules/markers/.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log2
from typing import NamedTuple

from cleaner.findings import Finding
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.scan import Hits

PRIOR = -3.0  # a text of unknown origin: about 1 in 20
RULE_WEIGHT = 2.0  # of a term or name of a language's pack, once a rule
PAGE = 20_000  # characters of a long page
LANGUAGES = ("zh", "ja", "ko", "ru", "de", "fr", "es")


class Score(NamedTuple):
    """The language with the highest log-odds, and those odds; translated where they are above 0."""

    language: str | None
    odds: float

    @property
    def translated(self) -> str | None:
        """The language, where the document is more likely translated than not."""
        return self.language if self.odds > 0 else None


def score(knowledge: Knowledge, hits: Hits, findings: Iterable[Finding], length: int = 0) -> Score:
    """Return the best language's log-odds for a text of `length` characters.

    What occurs by chance occurs more often the longer a text is: beyond a page, each doubling costs one point.
    """
    odds: dict[str, float] = {}
    prior = PRIOR - log2(max(1.0, length / PAGE))
    for number, count in hits.markers.items():
        for language, weight in knowledge.markers[number][1].items():
            odds[language] = odds.get(language, 0.0) + weight * (1 + 0.25 * min(count - 1, 4))
    seen: set[tuple[str, str]] = set()
    for finding in findings:
        key = (finding.rule, finding.message)
        if key in seen:
            continue
        seen.add(key)
        weights = knowledge.weights.get(finding.rule)
        if weights is None:
            language = finding.rule.split("-", 1)[0]
            weights = {language: RULE_WEIGHT} if language in LANGUAGES and "-en/" in finding.rule else {}
        for language, weight in weights.items():
            odds[language] = odds.get(language, 0.0) + weight
    general = odds.pop("any", 0.0)
    if not odds:
        return Score(None, prior + general)
    best = max(sorted(odds), key=lambda language: odds[language])
    return Score(best, prior + general + odds[best])
