"""The files of a command: read, decoded and corrected in their order, by one process or several; a line of progress."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from cleaner.config import Configured, Settings
    from cleaner.decisions import Decision
    from cleaner.engine import Engine
    from cleaner.results import Result
    from cleaner.text.document import Document
    from cleaner.text.files import Source

MANY = 200  # files from which several processes pay
PART = 16  # files handed to a process at once
SLOW = 2.0  # seconds before progress is shown


class Read(NamedTuple):
    """A file with its result. `path` is None for standard input."""

    result: Result
    path: Path | None
    data: bytes
    source: Source


def documents(
    paths: Sequence[Path], complain: Callable[[object], None]
) -> Iterator[tuple[Document, Path, bytes, Source]]:
    """Yield each file that can be read, with its bytes; tell `complain` of the others."""
    for path in paths:
        found = _document(path)
        if isinstance(found, str):
            complain(found)
        else:
            yield found


def _document(path: Path) -> tuple[Document, Path, bytes, Source] | str:
    """Return a file read, or why it cannot be."""
    from cleaner.text.files import InputError, decode
    from cleaner.text.formats import format_of, parse

    try:
        data = path.read_bytes()
        source = decode(data, str(path))
    except OSError as error:
        return f"{path}: {error.strerror or error}"
    except InputError as error:
        return str(error)
    return parse(source.text, format_of(path.name) or "plain", str(path)), path, data, source


def _read(engine: Engine, path: Path) -> Read | str:
    found = _document(path)
    return found if isinstance(found, str) else read(engine, *found)


def read(engine: Engine, document: Document, path: Path | None, data: bytes, source: Source) -> Read:
    """Return a document with its result, which knows the encoding of the file."""
    result = engine.fix(document)
    result.encoding, result.marked = source.encoding, bool(source.mark)
    return Read(result, path, data, source)


def results(
    engine: Configured, paths: Sequence[Path], complain: Callable[[object], None], jobs: int | None
) -> Iterator[Read]:
    """Yield the files with their results, in their order, whatever the number of processes (None: as fits)."""
    count = (processors() if len(paths) >= MANY else 1) if jobs is None else jobs
    several = count > 1 and len(paths) > 1
    found = _several(engine, paths, count) if several else (_read(engine, path) for path in paths)
    for one in progress(found, len(paths)):
        if isinstance(one, str):
            complain(one)
        else:
            yield one


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# ---- several processes ----

_engine: Engine | None = None  # of a worker


def _start(settings: Settings, decisions: tuple[Decision, ...], languagetool: str) -> None:
    import signal

    from cleaner.config import Configured

    global _engine
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and ends its workers
    _engine = Configured(settings, decisions)
    if languagetool:
        from cleaner.grammar.server import use

        use(languagetool)


def _work(path: Path) -> Read | str:
    assert _engine is not None
    return _read(_engine, path)


def _several(engine: Configured, paths: Sequence[Path], count: int) -> Iterator[Read | str]:
    from concurrent.futures import ProcessPoolExecutor

    part = max(1, min(PART, len(paths) // count))
    workers = min(count, -(-len(paths) // part))
    given = engine.settings, engine.options.decisions, _languagetool(engine.settings, paths)
    with ProcessPoolExecutor(workers, initializer=_start, initargs=given) as pool:
        try:
            yield from pool.map(_work, paths, chunksize=part)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _languagetool(settings: Settings, paths: Sequence[Path]) -> str:
    """Return the address of the one LanguageTool that all processes ask, started here; "" where no file needs it."""
    from cleaner.config import place

    options = (settings.options(place(path)) for path in paths)
    if not any(one.grammar and not one.languagetool_url for one in options):
        return ""
    from cleaner.grammar.server import running

    return running()


def progress(items: Iterator[Any], total: int) -> Iterator[Any]:
    """Yield the items; on a terminal, after a while, say how far they are."""
    if not sys.stderr.isatty():
        yield from items
        return
    begin = last = time.monotonic()
    shown = False
    for number, item in enumerate(items):
        now = time.monotonic()
        if now - begin > SLOW and now - last > 0.1:
            sys.stderr.write(f"\rcleaner: {number} of {total} files")
            sys.stderr.flush()
            last, shown = now, True
        yield item
    if shown:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
