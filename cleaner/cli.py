"""The command line: thin; reads paths and options, runs the engine, prints and writes."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cleaner.engine import Engine, Result

app = typer.Typer(
    name="cleaner",
    help="Find and repair what machine translation and scraping leave behind in English text.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class OutputFormat(StrEnum):
    """What goes to standard output."""

    text = "text"
    json = "json"


class Language(StrEnum):
    """Source languages that packs know."""

    zh = "zh"
    ja = "ja"
    ko = "ko"
    ru = "ru"
    de = "de"
    fr = "fr"
    es = "es"


Paths = Annotated[list[Path], typer.Argument(help="Files or folders; - for standard input.", show_default=False)]
Unsafe = Annotated[bool, typer.Option("--unsafe-fixes", help="Apply unsafe fixes too.")]
Select = Annotated[list[str] | None, typer.Option(help="Only these rules, packs or kinds.", show_default=False)]
Ignore = Annotated[list[str] | None, typer.Option(help="Not these rules, packs or kinds.", show_default=False)]
Extend = Annotated[list[Path] | None, typer.Option(help="A folder of rules of your own.", show_default=False)]
From = Annotated[Language | None, typer.Option("--from", help="The language the text was translated from.")]
Reports = Annotated[
    list[Path] | None, typer.Option("--report", help="Write a report: .json or .patch.", show_default=False)
]
Format = Annotated[OutputFormat, typer.Option("--output-format", help="What to print.")]


class Trouble:
    """Counts what could not be done, one line each on standard error."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, message: object) -> None:
        self.count += 1
        print(f"cleaner: {message}", file=sys.stderr)


@app.command()
def check(
    paths: Paths,
    output_format: Format = OutputFormat.text,
    report: Reports = None,
    unsafe_fixes: Unsafe = False,
    select: Select = None,
    ignore: Ignore = None,
    extend: Extend = None,
    source: From = None,
) -> None:
    """Report findings. Exit 0: none, 1: some, 2: something could not be checked."""
    trouble = Trouble()
    engine = _engine(unsafe_fixes, select, ignore, extend, source)
    results = [result for result, _, _ in _run(engine, paths, trouble)]
    _print(results, output_format, fixing=False, unsafe=unsafe_fixes)
    _reports(results, report or [], trouble)
    raise typer.Exit(2 if trouble.count else int(any(r.found for r in results)))


@app.command()
def fix(
    paths: Paths,
    output: Annotated[Path | None, typer.Option(help="Write corrected copies here, leave the originals.")] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Print the unified diff, write nothing.")] = False,
    output_format: Format = OutputFormat.text,
    report: Reports = None,
    unsafe_fixes: Unsafe = False,
    select: Select = None,
    ignore: Ignore = None,
    extend: Extend = None,
    source: From = None,
) -> None:
    """Correct files in place. Exit 0: nothing to change, 1: changed something, 2: something could not be done."""
    from cleaner.text.files import InputError, write

    trouble = Trouble()
    engine = _engine(unsafe_fixes, select, ignore, extend, source)
    results: list[Result] = []
    for result, path, data in _run(engine, paths, trouble):
        results.append(result)
        if path is None or diff:
            if path is None and not diff and output_format is OutputFormat.text:
                sys.stdout.write(result.after)
            continue
        try:
            if output is not None:
                _copy(result, data, output, path, paths)
            elif result.after != result.before:
                from cleaner.text.files import decode

                write(path, decode(data, str(path)).encode(result.after), expect=data)
        except UnicodeEncodeError as error:
            trouble(f"{path}: the corrected text does not fit its encoding {error.encoding}; nothing written")
        except InputError as error:
            trouble(error)
    if output_format is OutputFormat.text and diff:
        from cleaner.report.diff import patch

        sys.stdout.write(patch(results))
    elif output_format is OutputFormat.json or Path("-") not in paths:
        _print(results, output_format, fixing=True, unsafe=unsafe_fixes)
    _reports(results, report or [], trouble)
    raise typer.Exit(2 if trouble.count else int(any(r.after != r.before for r in results)))


@app.command()
def rules(extend: Extend = None) -> None:
    """List the rules of all packs: id, kind, how many terms, what they mend."""
    from cleaner.packs.load import knowledge

    seen: dict[str, list[dict[str, object]]] = {}
    for rule in knowledge(tuple(extend or ())).rules:
        seen.setdefault(str(rule["id"]), []).append(rule)
    for name, parts in sorted(seen.items()):
        size = f" ({len(parts)} terms)" if parts[0]["forms"] else ""
        print(f"{name}  {parts[0]['kind']}{size}  {parts[0]['why']}")


@app.command()
def rule(name: Annotated[str, typer.Argument(metavar="ID")], extend: Extend = None) -> None:
    """Show what a rule does, why, when, and its examples."""
    from cleaner.packs.load import knowledge
    from cleaner.report.rules import page

    known = knowledge(tuple(extend or ()))
    text = page(known, name)
    if text is None:
        import difflib

        near = difflib.get_close_matches(name, {str(r["id"]) for r in known.rules}, 1, 0.4)
        print(f"cleaner: no rule '{name}'" + (f"; did you mean '{near[0]}'?" if near else ""), file=sys.stderr)
        raise typer.Exit(2)
    print(text)


@app.command()
def test(  # noqa: PT028
    packs: Annotated[list[str] | None, typer.Argument(help="Packs by name, or folders of your own.")] = None,
) -> None:
    """Run the examples of packs. Exit 0: all hold, 1: some fail, 2: a pack is broken."""
    from cleaner.examples import failures
    from cleaner.packs.load import knowledge

    folders = tuple(Path(p) for p in packs or () if Path(p).exists())
    known = knowledge(folders)
    names = {p for p in packs or () if not Path(p).exists()}
    if missing := names - {str(r["pack"]) for r in known.rules}:
        print(f"cleaner: no pack '{min(missing)}'", file=sys.stderr)
        raise typer.Exit(2)
    chosen = [
        r
        for r in known.rules
        if not packs or r["pack"] in names or any(Path(str(r["path"])).is_relative_to(f) for f in folders)
    ]
    bad = list(failures(known, chosen))
    for line in bad:
        print(line)
    examples = sum(len(r["examples"]) + len(r["keeps"]) for r in chosen)
    print(f"{examples - len(bad)} passed, {len(bad)} failed")
    raise typer.Exit(1 if bad else 0)


def _engine(
    unsafe: bool, select: list[str] | None, ignore: list[str] | None, extend: list[Path] | None, source: Language | None
) -> Engine:
    from cleaner.engine import Engine, Options

    return Engine(
        Options(
            unsafe=unsafe,
            select=tuple(select or ()),
            ignore=tuple(ignore or ()),
            language=source.value if source else None,
            extend=tuple(extend or ()),
        )
    )


def _run(engine: Engine, paths: list[Path], trouble: Trouble):  # type: ignore[no-untyped-def]
    """Yield (result, path or None for standard input, bytes) for each file that can be read."""
    from cleaner.text.files import InputError, decode
    from cleaner.text.formats import format_of, parse
    from cleaner.text.walk import files

    named = [p for p in paths if str(p) != "-"]
    if len(named) < len(paths):
        data = sys.stdin.buffer.read()
        try:
            yield engine.fix(parse(decode(data, "<stdin>").text, "plain", "<stdin>")), None, data
        except InputError as error:
            trouble(error)
    for path in files(named, trouble):
        try:
            data = path.read_bytes()
            source = decode(data, str(path))
        except OSError as error:
            trouble(f"{path}: {error.strerror or error}")
            continue
        except InputError as error:
            trouble(error)
            continue
        yield engine.fix(parse(source.text, format_of(path.name) or "plain", str(path))), path, data


def _copy(result: Result, data: bytes, output: Path, path: Path, paths: list[Path]) -> None:
    """Write the corrected copy of one file below the output folder, at its place below the path that named it."""
    from cleaner.text.files import InputError, decode, write

    base = next((p for p in paths if p.is_dir() and path.is_relative_to(p)), path.parent)
    target = output / path.relative_to(base)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{target.parent}: {error.strerror or error}") from None
    same = result.after == result.before
    write(target, data if same else decode(data, str(path)).encode(result.after))


def _print(results: list[Result], form: OutputFormat, *, fixing: bool, unsafe: bool) -> None:
    if form is OutputFormat.json:
        from cleaner.report.json import dumps

        sys.stdout.write(dumps(results))
        return
    from cleaner.report.terminal import lines, summary

    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for result in results:
        for line in lines(result, color=color, fixing=fixing):
            print(line)
    print(summary(results, fixing=fixing, unsafe=unsafe))


def _reports(results: list[Result], reports: list[Path], trouble: Trouble) -> None:
    from cleaner.text.files import InputError, write

    for path in reports:
        if path.suffix == ".json":
            from cleaner.report.json import dumps

            text = dumps(results)
        elif path.suffix in (".patch", ".diff"):
            from cleaner.report.diff import patch

            text = patch(results)
        else:
            trouble(f"{path}: no report of this kind; the suffix must be .json or .patch")
            continue
        try:
            write(path, text.encode("utf-8"))
        except InputError as error:
            trouble(error)


def main() -> None:
    """Run the command; a broken pack is one line and exit code 2."""
    from cleaner.packs.yaml import PackError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except PackError as error:
        print(f"cleaner: {error}", file=sys.stderr)
        sys.exit(2)
