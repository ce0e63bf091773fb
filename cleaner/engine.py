"""The engine: a document goes in, its findings, edits and corrected text come out. The whole flow on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from cleaner.decisions import Decision, span
from cleaner.findings import Evidence, Finding, Fix, Safety
from cleaner.packs import match
from cleaner.packs.knowledge import Knowledge
from cleaner.packs.load import knowledge
from cleaner.packs.scan import Hits, Scanner
from cleaner.packs.score import Score, score
from cleaner.results import Found, Result
from cleaner.text.document import Document
from cleaner.text.edits import Claims, Edit, ScriptEdit, apply, compose, origin
from cleaner.text.formats import parse

ROUNDS = 5
DETECTORS = (
    *("encoding", "debris", "duplicates", "doubled", "loops", "dates"),
    *("tense", "numbers", "names", "case", "blanks", "typography"),
)
# Silent in any other page.
FOR_TRANSLATED = (
    *("titles", "variants", "subjects", "pronouns", "splices", "untranslated"),
    *("lists", "fragments", "articles", "products", "kitchen"),
)
GRAMMAR = ("languagetool", "spelling")  # what only LanguageTool finds: its pack, and a kind
Detector = Callable[[Document, Knowledge, Hits, str | None], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Options:
    """What runs and how far it may go. `select` and `ignore` hold rule ids, packs or kinds; `language` states the source."""

    unsafe: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str | None = None
    extend: tuple[Path, ...] = ()
    decisions: tuple[Decision, ...] = ()
    safety: tuple[tuple[str, str], ...] = ()  # a rule, pack or kind, and how safe its best fix is taken to be
    grammar: bool = False  # ask LanguageTool, too
    languagetool_url: str = ""  # where it runs; without one, it is started


@dataclass(slots=True)
class Engine:
    """Loaded knowledge with its scanner, for any number of documents."""

    options: Options = field(default_factory=Options)
    # Given a path and its text, tells what spans of the text are looked at; None: all.
    within: Callable[[str, str], Callable[[int, int], bool]] | None = None
    known: Knowledge = field(init=False)
    scanner: Scanner = field(init=False)
    detectors: list[list[Detector] | None] = field(default_factory=lambda: [None, None])

    def __post_init__(self) -> None:
        self.known, self.scanner = _loaded(self.options.extend)

    def check(self, document: Document, language: str | None = None) -> tuple[list[Finding], Score]:
        """Return the findings of one document, by place, and its translation score; nothing is changed.

        `language` is what an earlier round knew it to be translated from: mended, it shows less of that.
        """
        hits = self.scanner.scan(document)
        language = self.options.language or language
        while True:
            found = self._rules(document, hits, language)
            for detector in self._detectors(language):
                found += detector(document, self.known, hits, language)
            estimate = score(self.known, hits, found, len(document.prose))
            if language is not None or estimate.translated is None:
                break
            # Known now to be translated: that is evidence of its own, and opens the rules that need it.
            language = estimate.translated
        if self.options.grammar:
            from cleaner.grammar.matches import find

            ours = [f for f in found if self._wanted(f)]
            found += find(document, self.known, ours, self.options.languagetool_url)
        found = self._left(document, found)
        return sorted({self._rated(f) for f in found if self._wanted(f)}, key=_order), estimate

    def fix(self, document: Document) -> Result:
        """Return what becomes of a document: what the tool proposes by itself, and of that what decisions leave."""
        result = self._proposed(document)
        if self.options.decisions:
            from cleaner.changes import obey

            return obey(result, self.options.decisions)
        return result

    def _proposed(self, document: Document) -> Result:
        """Return the result of rounds of findings and edits until nothing changes, composed to one script."""
        before = document.text
        inside = self.within(document.path, before) if self.within else None
        found, estimate = self.check(document)
        found = _inside(found, [], inside)
        reported: list[Found] = []
        unfit: set[tuple[str, int, int]] = set()  # findings whose fix would break the markup
        script: list[ScriptEdit] = []
        rounds = 0
        limit = Safety.unsafe if self.options.unsafe else Safety.safe
        while rounds < ROUNDS:
            chosen = plan([f for f in found if _place(f, script) not in unfit], limit)
            if not chosen:
                break
            chosen = [f for f in chosen if f.fixes[0].markup] or chosen  # what mends markup goes alone, and first
            made, step, after = sound(document, chosen)
            unfit.update(_place(finding, script) for finding in set(chosen).difference(made))
            if not made:
                continue
            reported += [Found(_moved(finding, script), True, rounds) for finding in made]
            script = compose(script, step, len(before))
            document = after
            found = _inside(self.check(document, estimate.translated)[0], script, inside)
            rounds += 1
        for finding in found:
            held = _place(finding, script) in unfit
            reported.append(Found(_held(_moved(finding, script)) if held else _moved(finding, script), False))
        reported.sort(key=lambda item: _order(item.finding))
        return Result(document.path, before, document.text, reported, script, estimate, rounds)

    def _detectors(self, language: str | None) -> list[Detector]:
        """Return the detectors that may have something to say, imported when first asked for."""
        which = language is not None
        if self.detectors[which] is None:
            names = (*DETECTORS, *FOR_TRANSLATED) if which else DETECTORS
            self.detectors[which] = [import_module(f"cleaner.detectors.{name}").find for name in names]
        return self.detectors[which] or []

    def _rules(self, document: Document, hits: Hits, language: str | None) -> list[Finding]:
        found: list[Finding] = []
        for number in sorted(hits.rules):
            rule = self.known.rules[number]
            if language is not None or rule["needs"] is None:
                found += match.find(rule, hits.rules[number], document, language)
        return found

    def _left(self, document: Document, found: list[Finding]) -> list[Finding]:
        """Return the findings that neither the house's glossary nor the text itself silences."""
        if self.known.keep or self.known.prefer:
            from cleaner.house import respect

            found = respect(document, self.known, found)
        if document.directives:
            from cleaner.ignores import heed

            found = heed(document, found, () if self.options.grammar else GRAMMAR)
        return found

    def _rated(self, finding: Finding) -> Finding:
        """Return a finding with the safety that the options give it; what names its rule goes before pack and kind."""
        if not self.options.safety or not finding.fixes:
            return finding
        said = dict(self.options.safety)
        for name in (finding.rule, finding.rule.split("/")[0], finding.kind):
            if name in said:
                level = Safety[said[name]]
                best, *rest = finding.capped(level).fixes
                return replace(finding, fixes=(replace(best, safety=level), *rest))
        return finding

    def _wanted(self, finding: Finding) -> bool:
        names = (finding.rule, finding.rule.split("/")[0], finding.kind)
        select, ignore = self.options.select, self.options.ignore
        return (not select or any(n in select for n in names)) and not any(n in ignore for n in names)


@lru_cache(maxsize=8)
def _loaded(extend: tuple[Path, ...]) -> tuple[Knowledge, Scanner]:
    """Return the knowledge of some packs and its scanner, which engines share."""
    known = knowledge(extend)
    return known, Scanner(known)


@lru_cache(maxsize=8)
def engine(options: Options | None = None) -> Engine:
    """Return an engine for some options, the same one for the same options."""
    return Engine(options or Options())


def _order(finding: Finding) -> tuple[int, int, str, int]:
    return finding.start, finding.end, finding.rule, -finding.safety


def plan(found: Sequence[Finding], limit: Safety) -> list[Finding]:
    """Return the findings whose best fix is at least as safe as `limit` and that do not collide.

    The safer fix goes first, then the one that covers more, then the one that stands first; the rest wait for the next round.
    """
    able = [f for f in found if f.fixes and f.fixes[0].safety >= limit and f.fixes[0].edits]

    def rank(finding: Finding) -> tuple[int, int, int, str]:
        edits = finding.fixes[0].edits
        # What was found counts as well as what is edited: "new crown epidemic" goes before "the new crown".
        size = max(edits[-1].end - edits[0].start, finding.end - finding.start)
        return -finding.fixes[0].safety, -size, edits[0].start, finding.rule

    claims = Claims()
    chosen: list[Finding] = []
    for finding in sorted(able, key=rank):
        edits = finding.fixes[0].edits
        if claims.free(edits):
            claims.claim(edits)
            chosen.append(finding)
    return chosen


def sound(document: Document, chosen: list[Finding]) -> tuple[list[Finding], list[ScriptEdit], Document]:
    """Return those of `chosen` whose fixes leave the markup as it is, their script, and the document they yield."""
    step = _script(chosen)
    if document.format == "plain" or all(finding.fixes[0].markup for finding in chosen):
        return chosen, step, parse(apply(document.text, step), document.format, document.path)
    from cleaner.text.formats.structure import same_structure, tidy

    step = tidy(document, step)
    after = parse(apply(document.text, step), document.format, document.path)
    if not chosen or same_structure(document, after, step):
        return chosen, step, after
    # Halves first, for mostly one fix is to blame; then what each half keeps, as far as it goes together.
    half = len(chosen) // 2
    kept = sound(document, chosen[:half])[0] + sound(document, chosen[half:])[0] if half else []
    while len(kept) == len(chosen) and kept:
        kept = sound(document, kept[:-1])[0]
    return sound(document, kept)


def _place(finding: Finding, script: Sequence[ScriptEdit]) -> tuple[str, int, int]:
    return finding.rule, origin(script, finding.start), origin(script, finding.end, end=True)


def _inside(
    found: list[Finding], script: Sequence[ScriptEdit], inside: Callable[[int, int], bool] | None
) -> list[Finding]:
    return found if inside is None else [f for f in found if inside(*span(_moved(f, script)))]


def _held(finding: Finding) -> Finding:
    says = Evidence("left as it is: the correction would change the markup")
    return replace(finding.capped(Safety.manual), evidence=(*finding.evidence, says))


def _script(chosen: Iterable[Finding]) -> list[ScriptEdit]:
    edits = [ScriptEdit(*edit, (finding.rule,)) for finding in chosen for edit in finding.fixes[0].edits]
    return sorted(edits, key=lambda edit: (edit.start, edit.end))


def _moved(finding: Finding, script: Sequence[ScriptEdit]) -> Finding:
    """Return a finding of a later round in offsets of the original text."""
    if not script:
        return finding

    def back(start: int, end: int) -> tuple[int, int]:
        begin = origin(script, start)
        return begin, max(begin, origin(script, end, end=True))

    def moved(evidence: Evidence) -> Evidence:
        if evidence.start is None or evidence.end is None:
            return evidence
        begin, stop = back(evidence.start, evidence.end)
        return replace(evidence, start=begin, end=stop)

    start, end = back(finding.start, finding.end)
    fixes = tuple(
        Fix(tuple(Edit(*back(e.start, e.end), e.text) for e in fix.edits), fix.safety) for fix in finding.fixes
    )
    return replace(finding, start=start, end=end, fixes=fixes, evidence=tuple(map(moved, finding.evidence)))
