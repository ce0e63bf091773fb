"""`cleaner decisions`: decisions that fit nothing any more, decisions from elsewhere, and examples made of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli import common

if TYPE_CHECKING:
    from cleaner.decisions import Decision
    from cleaner.engine import Engine
    from cleaner.kept import Kept

IMPORT, EXPORT = "import", "export-examples"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.usage = (
        "cleaner decisions [PATH ...]\n"
        "       cleaner decisions import FILE\n"
        "       cleaner decisions export-examples [PATH ...] [--output DIR]"
    )
    parser.description = (
        "List the decisions that no longer fit anything in PATHs (default: the files that they name).\n"
        "import: take over the decisions of a file that the review page saved.\n"
        "export-examples: write accepted and rejected places as examples for their rules, as YAML.\n"
        "Exit code of the list 0: all fit, 1: some do not, 2: something could not be done."
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; or one of the two words above")
    parser.add_argument("--output", type=Path, metavar="DIR", help="write the examples here, one file a pack")
    common.add_engine(parser)
    common.add_decisions(parser, may_leave=False)


def run(args: argparse.Namespace) -> int:
    """Do what the first word says and return the exit code."""
    from cleaner.text.files import InputError

    word = args.paths[0] if args.paths and args.paths[0] in (IMPORT, EXPORT) else ""
    if args.output is not None and word != EXPORT:
        raise InputError("--output belongs to `cleaner decisions export-examples`")
    if word:
        args.paths = args.paths[1:]
    if word == IMPORT:
        if len(args.paths) != 1:
            raise InputError("`cleaner decisions import` takes one file")
        return _import(Path(args.paths[0]), args)
    trouble = common.Trouble()
    kept = common.kept_decisions(args)
    if kept is None:
        raise InputError("no .cleaner/decisions.jsonl here or above; name one with --decisions")
    return _export(args, kept, trouble) if word else _list(args, kept, trouble)


def _files(args: argparse.Namespace, kept: Kept, trouble: common.Trouble) -> list[str]:
    """Return the paths to look at: those given, or the files that the decisions name and that are there."""
    if args.paths:
        return list(args.paths)
    found = dict.fromkeys(_short(kept.file(d)) for d in kept.load() if d.path)
    files = [file for file in found if file.is_file()]
    for file in files:
        kept.know(file)
    return [str(file) for file in files]


def _short(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


# ---- the list ----


def _list(args: argparse.Namespace, kept: Kept, trouble: common.Trouble) -> int:
    """Print each decision that fits nothing."""
    every = kept.load()
    paths = _files(args, kept, trouble)
    named = kept.named(every)
    engine = common.make_engine(args, [decision for _, decision in named])
    fitted: set[int] = set()
    seen: set[Path] = set()
    for document, path, _, _ in common.documents(engine, paths, trouble):
        seen.add(path.resolve())
        fitted |= {named[number][0] for number in engine.fix(document).decisions}
        fitted |= {named[number][0] for number in _carried_out(document.text, document.path, engine)}
    stale = [
        decision
        for number, decision in enumerate(every)
        if number not in fitted and _ours(kept, decision, seen, [Path(p).resolve() for p in args.paths])
    ]
    for decision in stale:
        print(_told(kept, decision))
    nowhere = sum(not d.path for d in every) if not paths else 0
    rest = f"; {nowhere} name no file: give PATHs to look in" if nowhere else ""
    print(f"{len(stale)} of {len(every)} decisions fit nothing any more{rest}.")
    return 2 if trouble.count else int(bool(stale))


def _carried_out(text: str, path: str, engine: Engine) -> Iterable[int]:
    """Return the accepted decisions whose new text stands at the place already."""
    from cleaner.decisions import ENOUGH, WORD, standing

    decisions = engine.options.decisions
    done = [
        replace(d, verdict="edit", text=d.after) if d.verdict == "accept" else replace(d, verdict="") for d in decisions
    ]
    yield from standing(text, done, path)
    words = f" {' '.join(WORD.findall(text))} "
    for number, d in enumerate(decisions):
        put = d.after if d.verdict == "accept" else d.text if d.verdict == "edit" else None
        if put is not None and not WORD.search(put) and d.path in ("", path):  # taken out: its neighbours have met
            near = [*d.left.split()[-ENOUGH:], *d.right.split()[:ENOUGH]]
            if near and f" {' '.join(near)} " in words:
                yield number


def _ours(kept: Kept, decision: Decision, seen: set[Path], given: list[Path]) -> bool:
    """Return True for a decision that the files looked at should hold: of one of them, of none, or of one that is gone."""
    if not decision.path:
        return bool(seen)
    file = kept.file(decision)
    return file in seen or (not file.exists() and (not given or any(file.is_relative_to(path) for path in given)))


def _told(kept: Kept, decision: Decision) -> str:
    from cleaner.report.terminal import clean

    gone = " (no such file)" if decision.path and not kept.file(decision).exists() else ""
    put = decision.text if decision.verdict == "edit" else decision.after
    change = f"“{decision.before}”" + ("" if put is None else f" -> “{put}”")
    place = f"… {decision.left} [{change}] {decision.right} …"
    return clean(f"{decision.path or '(any file)'}{gone}: {decision.verdict} {decision.rule}: {place}")


# ---- import ----


def _import(source: Path, args: argparse.Namespace) -> int:
    """Append the decisions of another file that say something new; those about a place decided before replace it."""
    from cleaner.decisions import load
    from cleaner.kept import Kept, place
    from cleaner.report.terminal import clean

    kept = Kept(args.decisions or place())
    ours = kept.load()
    news = [replace(d, path=kept.name(_meant(d, source, kept)) if d.path else "") for d in load(source)]
    fresh = [decision for decision in news if decision not in ours]
    kept.add(replace(d, path=str(kept.root / d.path) if d.path else "") for d in fresh)
    replaced = len(ours) + len(fresh) - len(kept.load())
    print(
        f"{len(fresh)} decisions taken over into {clean(str(_short(kept.path)))}"
        f" ({replaced} replace earlier ones), {len(news) - len(fresh)} were there already."
    )
    return 0


def _meant(decision: Decision, source: Path, kept: Kept) -> Path:
    """Return the file that a decision from elsewhere is about: its path counts from here, else from the repository's top."""
    from cleaner.decisions import FILE
    from cleaner.kept import Kept

    if source.resolve().parent.name == FILE.parent.name:
        return Kept(source).file(decision)
    here = Path(decision.path.replace("\\", "/") if not Path(decision.path).exists() else decision.path)
    return here.resolve() if here.exists() or not kept.file(decision).exists() else kept.file(decision)


# ---- examples ----


def _export(args: argparse.Namespace, kept: Kept, trouble: common.Trouble) -> int:
    """Write the examples, to standard output or one file a pack."""
    from cleaner.harvest import Harvest
    from cleaner.text.files import InputError, write

    paths = _files(args, kept, trouble)
    engine = common.make_engine(args, ())
    harvest = Harvest(engine, kept)
    for document, _, _, _ in common.documents(engine, paths, trouble):
        harvest.gather(document)
    packs = harvest.packs()
    if args.output is None:
        sys.stdout.write("\n".join(packs.values()))
    else:
        try:
            args.output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{args.output}: {error.strerror or error}") from None
        for pack, text in packs.items():
            write(args.output / f"{pack}.yaml", text.encode("utf-8"))
    said = f"{harvest.count} examples of {len(harvest.used)} decisions"
    print(f"cleaner: {said}; {harvest.left_out}", file=sys.stderr)
    return 2 if trouble.count else 0
