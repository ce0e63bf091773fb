"""Changes: what a person decides about. Findings of a result that touch the same text are one change, taken or left together.

The browser, the terminal screen and the engine carry decisions out on the same changes of the same result, the one that
the tool proposes by itself; so the same decisions give the same text everywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cleaner.decisions import Decision, abouts, bind, bind_exactly, span, standing
from cleaner.findings import Finding, Fix, Safety
from cleaner.results import Change, Choice, Found, Result
from cleaner.text.edits import Claims, Edit, ScriptEdit, apply, covering

NEAR = 60  # characters that a rule of a later round may have looked at on either side


def changes(result: Result) -> list[Change]:
    """Return the changes of a result in order of place: those applied, those that may be, and notes without a fix."""
    groups = _applied(result.script, [f for f in result.found if f.applied])
    for found in result.found:
        if not found.applied:
            finding = found.finding
            edits = finding.fixes[0].edits if finding.fixes else ()
            groups.append(([ScriptEdit(*edit, (finding.rule,)) for edit in edits], [found]))
    keys = iter(abouts(result.before, [found.finding for _, members in groups for found in members]))
    out = [
        Change(
            tuple(edits),
            tuple(found.finding for found in members),
            tuple(next(keys) for _ in members),
            members[0].applied,
            sum(not found.round for found in members),
        )
        for edits, members in groups
    ]
    return sorted(out, key=lambda c: (span(c.lead)[0], span(c.lead)[1], c.lead.rule))


def choices(result: Result) -> list[Choice]:
    """Return every change that the tool proposes for a text, with what was said of it, in order of place."""
    return [Choice(change) for change in changes(result)] if result.choices is None else result.choices


def _applied(script: Sequence[ScriptEdit], applied: Sequence[Found]) -> list[tuple[list[ScriptEdit], list[Found]]]:
    """Join the script's edits and the findings that made them to groups that share no text.

    A finding of a later round was made of what earlier rounds left: it goes with every edit in or near its span.
    """
    parent = list(range(len(script)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    starts, ends = [edit.start for edit in script], [edit.end for edit in script]
    owned: list[list[int]] = []
    for found in applied:
        finding = found.finding
        start, end = span(finding)
        whole = Edit(start - NEAR, end + NEAR, "")
        mine = [
            i
            for i in range(bisect_left(ends, whole.start), bisect_right(starts, whole.end))
            if (finding.rule in script[i].rules and any(_touch(script[i], e) for e in finding.fixes[0].edits))
            or (found.round and _touch(script[i], whole))
        ]
        owned.append(mine)
        for i in mine[1:]:
            parent[root(i)] = root(mine[0])
    groups: dict[int, tuple[list[ScriptEdit], list[Found]]] = {}
    for i, edit in enumerate(script):
        groups.setdefault(root(i), ([], []))[0].append(edit)
    for found, mine in zip(applied, owned, strict=True):
        if mine:
            groups[root(mine[0])][1].append(found)
    return [(edits, sorted(members, key=_leading)) for edits, members in groups.values() if members]


def _touch(a: ScriptEdit, b: Edit) -> bool:
    return a.start <= b.end and b.start <= a.end


def _leading(found: Found) -> tuple[int, int, int, str]:
    start, end = span(found.finding)
    return found.round, start - end, start, found.finding.rule


# ---- carrying choices out ----


def made(every: Sequence[Choice]) -> dict[int, tuple[ScriptEdit, ...]]:
    """Return the edits of each choice that is made, by its number.

    Where two of them collide, one that a person wrote goes first, else the first in order of place.
    """
    claims = Claims()
    out: dict[int, tuple[ScriptEdit, ...]] = {}
    for number in sorted(range(len(every)), key=lambda n: every[n].verdict != "edit"):
        edits = _edits(every[number]) if every[number].taken else ()
        if edits and claims.free(edits):
            claims.claim(edits)
            out[number] = edits
    return out


def _edits(choice: Choice) -> tuple[ScriptEdit, ...]:
    """Return the edits of a choice. What a person wrote stands at the leading finding; of the others the early ones stay."""
    change = choice.change
    if choice.verdict != "edit":
        return change.edits
    out = [ScriptEdit(*span(change.lead), choice.text or "", (change.lead.rule,))]
    claims = Claims()
    claims.claim(out)
    for finding in change.findings[1 : change.early]:
        if claims.free(finding.fixes[0].edits):
            claims.claim(finding.fixes[0].edits)
            out += (ScriptEdit(*edit, (finding.rule,)) for edit in finding.fixes[0].edits)
    return tuple(sorted(out))


def text_with(before: str, every: Sequence[Choice]) -> str:
    """Return the original with the choices carried out."""
    return apply(before, sorted(edit for edits in made(every).values() for edit in edits))


def decisions(change: Change, verdict: str, text: str | None = None, path: str = "") -> list[Decision]:
    """Return the decisions that a verdict on a change means: one for each of its findings.

    An edited change has the new text at its leading finding; what later rounds made of it goes.
    """
    out = []
    for number, key in enumerate(change.keys):
        mine = verdict if verdict != "edit" or not number else "accept" if number < change.early else "reject"
        out.append(replace(key, verdict=mine, text=text if mine == "edit" else None, path=path))
    return out


def obey(result: Result, said: Sequence[Decision]) -> Result:
    """Return a result as decisions want it: `result` is what the tool proposes by itself.

    Where the text already holds what a person wrote, nothing goes over it. A change of which one finding is rejected
    is rejected whole.
    """
    every = changes(result)
    sure = bind_exactly([key for change in every for key in change.keys], said, result.path)
    done = [replace(d, verdict="") if number in sure else d for number, d in enumerate(said)]
    there = standing(result.before, done, result.path)
    written = covering(there.values())
    every = [change for change in every if written.free(change.edits)]
    owners = [(number, at) for number, change in enumerate(every) for at in range(len(change.keys))]
    left = [replace(d, rule="") if number in there else d for number, d in enumerate(said)]
    bound = bind([key for change in every for key in change.keys], left, result.path)
    mine: dict[int, dict[int, Decision]] = {}
    for number, place in bound.items():
        owner, at = owners[place]
        mine.setdefault(owner, {})[at] = said[number]
    chosen = [_choice(change, mine.get(number, {})) for number, change in enumerate(every)]
    script_of = made(chosen)
    rounds = {id(each.finding): each.round for each in result.found}
    found: list[Found] = []
    rejected = 0
    for number, choice in enumerate(chosen):
        if choice.verdict == "reject":
            rejected += len(choice.change.findings)
        else:
            found += _found(choice, rounds, number in script_of)
    script = sorted(edit for edits in script_of.values() for edit in edits)
    found.sort(key=lambda item: (item.finding.start, item.finding.end, item.finding.rule, -item.finding.safety))
    return replace(
        result,
        after=apply(result.before, script),
        found=found,
        script=script,
        rejected=rejected,
        decisions=frozenset(bound) | frozenset(there),
        choices=chosen,
    )


def _choice(change: Change, mine: dict[int, Decision]) -> Choice:
    """Return what the decisions about the findings of a change say of it as a whole."""
    edit = next((at for at in sorted(mine) if mine[at].verdict == "edit"), None)
    if edit is not None:
        if edit:  # the findings were grouped otherwise when it was written
            order = (edit, *(at for at in range(len(change.findings)) if at != edit))
            change = replace(
                change,
                findings=tuple(change.findings[at] for at in order),
                keys=tuple(change.keys[at] for at in order),
                early=max(1, change.early),
            )
        return Choice(change, "edit", mine[edit].text or "")
    verdicts = {decision.verdict for decision in mine.values()}
    return Choice(change, "reject" if "reject" in verdicts else "accept" if verdicts else "")


def _found(choice: Choice, rounds: dict[int, int], applied: bool) -> Iterable[Found]:
    """Yield the findings of a choice that is not rejected, as they stand now."""
    change = choice.change
    if choice.verdict != "edit":
        for finding in change.findings:
            number = rounds[id(finding)]
            if choice.verdict == "accept" and finding.fixes:
                finding = _sure(finding, finding.fixes[0].edits)
            yield Found(finding, applied, number)
        return
    if applied:
        yield Found(_sure(change.lead, (Edit(*span(change.lead), choice.text or ""),)), True)
        kept = {edit[:3] for edit in _edits(choice)}
        for finding in change.findings[1 : change.early]:
            if all(edit in kept for edit in finding.fixes[0].edits):
                yield Found(finding, True)
    else:
        yield Found(change.lead, False)


def _sure(finding: Finding, edits: tuple[Edit, ...]) -> Finding:
    markup = bool(finding.fixes) and finding.fixes[0].markup
    return replace(finding, fixes=(Fix(edits, Safety.safe, markup), *finding.fixes[1:]))
