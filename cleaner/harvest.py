"""The harvest: decisions made into examples for the rules they are about, so that a person's no becomes a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cleaner.decisions import Decision, abouts, bind, span, standing
from cleaner.detectors.sentences import sentence
from cleaner.engine import Engine
from cleaner.examples import run
from cleaner.findings import Finding
from cleaner.kept import Kept
from cleaner.packs import match
from cleaner.packs.expand import EXAMPLE
from cleaner.text.document import Document
from cleaner.text.edits import Edit, word_edits

ALONE = "by itself the rule says nothing here: it needs more of the page"


class Harvest:
    """Gathers examples from documents; `packs` gives them as YAML, a text a pack."""

    def __init__(self, engine: Engine, kept: Kept) -> None:
        self.engine = engine
        self.kept = kept
        self.every = kept.load()
        self.used: set[int] = set()
        self.why_not: Counter[str] = Counter()
        self.rows: dict[tuple[str, int], dict[str, list[str]]] = {}  # by rule id and number, -1 for a detector

    @property
    def count(self) -> int:
        """How many examples there are."""
        return sum(len(texts) for row in self.rows.values() for texts in row.values())

    @property
    def left_out(self) -> str:
        """What became of the other decisions."""
        counts = Counter(self.why_not)
        counts["fit nothing any more"] = len(self.every) - len(self.used) - counts.total()
        return ", ".join(f"{n} {why}" for why, n in counts.items() if n) or "none left out"

    def gather(self, document: Document) -> None:
        """Take the examples of one document."""
        named = self.kept.named(self.every)
        decisions = [decision for _, decision in named]
        findings, estimate = self.engine.check(document)
        language = self.engine.options.language or estimate.translated
        bound = bind(abouts(document.text, findings), decisions, document.path)
        for number, place in bound.items():
            finding = findings[place]
            edits = finding.fixes[0].edits if finding.fixes else ()
            row = self._row(document, finding, language)
            self._take(named[number][0], decisions[number], document, span(finding), list(edits), row)
        # What was accepted and written stands in the text as the example's right side.
        done = [replace(d, verdict="edit" if d.verdict == "accept" else "", text=d.after) for d in decisions]
        for number, (start, end) in standing(document.text, done, document.path).items():
            if number not in bound and named[number][0] not in self.used:
                self._take(named[number][0], decisions[number], document, (start, end), None, None)

    def _take(
        self,
        number: int,
        decision: Decision,
        document: Document,
        place: tuple[int, int],
        edits: list[Edit] | None,
        row: int | None,
    ) -> None:
        """Make an example of a decision about a place; without `edits` its new text stands there already."""
        if decision.verdict == "edit":
            self.why_not["were edited (no rule writes that)"] += 1
            return
        start, end = (_prose(document, offset) for offset in place)
        index = document.block_at(start)
        if index < 0 or end > document.blocks[index].end + 1:
            self.why_not["reach over a paragraph's end"] += 1
            return
        block = document.blocks[index]
        first, last = sentence(document, start)[0], sentence(document, max(start, min(end, block.end) - 1))[1]
        texts = []
        for begin, stop in ((first, last), (block.start, block.end)):
            if decision.verdict == "reject":
                text = document.prose[begin:stop]
                if EXAMPLE.search(text):
                    continue
            elif edits is None:
                text = document.prose[begin:start] + _marked(decision) + document.prose[end:stop]
            else:
                text = _example(document, edits, begin, stop)
            texts.append(" ".join(text.split()))
        sure = [t for t in texts if decision.verdict == "reject" or _well_formed(t)]
        if not sure:
            self.why_not["hold brackets of their own"] += 1
            return
        self.used.add(number)
        self._add(decision, sure, row)

    def _add(self, decision: Decision, texts: list[str], row: int | None) -> None:
        """Add the shortest of the texts in which the rule by itself says something."""
        rules = self.engine.known.rules
        rows = [n for n, rule in enumerate(rules) if rule["id"] == decision.rule] if row is None else [row]
        best = next(((n, t) for t in texts for n in rows if n >= 0 and self._speaks(n, t)), None)
        number, text = best or (rows[0] if rows else -1, texts[0])
        kind = "keep" if decision.verdict == "reject" else "yes"
        if kind == "yes" and best is None and number >= 0:
            kind = "alone"
        held = self.rows.setdefault((decision.rule, number), {}).setdefault(kind, [])
        if text not in held:
            held.append(text)

    def _speaks(self, number: int, text: str) -> bool:
        got, found = run(self.engine.scanner, number, self.engine.known.rules[number], EXAMPLE.sub(r"\1", text))
        want = EXAMPLE.sub(r"\2", text)
        return bool(found) and (got == want or not EXAMPLE.search(text))

    def _row(self, document: Document, finding: Finding, language: str | None) -> int:
        """Return the number of the rule that makes a finding; -1 for a detector's."""
        hits = self.engine.scanner.scan(document)
        for number, rule in enumerate(self.engine.known.rules):
            if rule["id"] == finding.rule and number in hits.rules:
                found = match.find(rule, hits.rules[number], document, language)
                if any((f.start, f.end) == (finding.start, finding.end) for f in found):
                    return number
        return -1

    def packs(self) -> dict[str, str]:
        """Return the YAML of each pack, by its name."""
        out: dict[str, list[str]] = {}
        for (rule, number), row in sorted(self.rows.items()):
            out.setdefault(rule.split("/")[0], []).extend(self._yaml(rule, number, row))
        return {pack: "\n".join(lines) + "\n" for pack, lines in out.items()}

    def _yaml(self, name: str, number: int, row: dict[str, list[str]]) -> Iterator[str]:
        yes, keep = row.get("yes", []), row.get("keep", [])
        rule: dict[str, Any] = self.engine.known.rules[number] if number >= 0 else {}
        if rule:
            yield f"# {_short(rule['path'])}:{rule['at']}"
        else:
            yield "# no rule of a pack: for the tests of the detector"
        yield f"- id: {name.split('/')[-1]}"
        if rule.get("forms"):
            for key, texts in (("yes", yes), ("keep", keep)):
                if texts:
                    yield f"  {key}:"
                    yield from (f"  - {_scalar(text)}" for text in texts)
        elif yes or keep:
            yield "  examples:"
            yield from (f"  - {_scalar(text)}" for text in yes)
            yield from (f"  - keep: {_scalar(text)}" for text in keep)
        for text in row.get("alone", []):
            yield f"  # {ALONE}:"
            yield f"  # - {_scalar(text)}"


def _prose(document: Document, offset: int) -> int:
    """Return where an offset of the text is in the prose: at the next place that a reader reads."""
    if not document.runs:
        return offset
    for run_ in document.runs:
        if offset < run_.source + run_.source_length:
            inside = max(0, offset - run_.source)
            return run_.prose + (inside if run_.length == run_.source_length else 0)
    return len(document.prose)


def _example(document: Document, edits: list[Edit], begin: int, stop: int) -> str:
    """Return the prose `[begin, stop)` with [wrong|right] at the edits."""
    out: list[str] = []
    at = begin
    for edit in edits:
        start = min(max(at, _prose(document, edit.start)), stop)
        end = min(max(start, _prose(document, edit.end)), stop)
        out.append(f"{document.prose[at:start]}[{document.prose[start:end]}|{edit.text}]")
        at = end
    return "".join(out) + document.prose[at:stop]


def _marked(decision: Decision) -> str:
    """Return the words of a decision with [wrong|right] where they differ."""
    out: list[str] = []
    at = 0
    for edit in word_edits(0, decision.before, decision.after or ""):
        out.append(f"{decision.before[at : edit.start]}[{decision.before[edit.start : edit.end]}|{edit.text}]")
        at = edit.end
    return "".join(out) + decision.before[at:]


def _well_formed(text: str) -> bool:
    """Return True where the brackets of an example are its own and none else."""
    rest = EXAMPLE.sub("", text)
    return bool(EXAMPLE.search(text)) and not any(sign in rest for sign in "[]|")


def _scalar(text: str) -> str:
    import yaml

    dumped: str = yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10**9)
    return dumped.strip()


def _short(path: str) -> str:
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
