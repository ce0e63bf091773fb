"""Loading packs: from the cache that makes a start fast, or built anew from their YAML files."""

from __future__ import annotations

import gc
import marshal
import os
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cleaner.packs.knowledge import Knowledge
from cleaner.packs.packed import Packed
from cleaner.packs.yaml import PackError
from cleaner.version import VERSION

FORMAT = 16  # of the cache; raise it when the shape of Knowledge changes
KEPT = 8  # caches: one for each set of packs lately used
PACKED = ("rules", "facts", "names")
ARRAYS = ("owners", "ends")
MADE = Path(__file__).parent / "packs.bin"  # in a wheel: the packs that come with cleaner, built with it
SHIPPED = f"shipped {FORMAT} {VERSION} {sys.byteorder}".encode()
CODE = ("build", "knowledge", "expand", "facts", "forms", "glossary", "literals", "load")


def rules_folder() -> Path:
    """Return the folder of the packs that come with cleaner: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent.parent
    return package / "rules" if (package / "rules").is_dir() else package.parent / "rules"


def pack_files(folder: Path) -> list[Path]:
    """Return the YAML files of a folder of packs, sorted; of a single file, itself. Raises PackError."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise PackError(f"{folder}: no such pack")
    return sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())


def knowledge(extend: Sequence[Path] = ()) -> Knowledge:
    """Return what the packs that come with cleaner and those of `extend` hold, from the cache where it is fresh.

    Raises PackError where a pack is broken.
    """
    if not extend and (shipped := _read_cache(MADE, SHIPPED)):
        return shipped
    folders = [rules_folder(), *extend]
    files = [(folder, file) for folder in folders for file in pack_files(folder)]
    stamp = _stamp(file for _, file in files)
    cache = _cache_file(stamp)
    found = _read_cache(cache, stamp)
    if found is None:
        from cleaner.packs.build import build

        found = build(files)
        _write_cache(cache, stamp, found)
    return found


def cache_folder() -> Path:
    """Return the folder of the cache: $CLEANER_CACHE_DIR, or the platform's own place for caches."""
    if named := os.environ.get("CLEANER_CACHE_DIR"):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "mt-cleaner"


def _stamp(files: Iterable[Path]) -> bytes:
    """Return what the cache depends on: these pack files, the code that reads them, our version and Python's."""
    code = Path(__file__).parent
    parts = [f"{FORMAT} {VERSION} {sys.version}"]
    for file in (*files, *(code / f"{name}.py" for name in CODE)):
        about = file.stat()
        parts.append(f"{file.absolute()} {about.st_size} {about.st_mtime_ns}")
    return "\n".join(parts).encode("utf-8", "surrogateescape")


def _cache_file(stamp: bytes) -> Path:
    """Return the cache file for a stamp."""
    try:
        return cache_folder() / f"packs-{zlib.crc32(stamp):08x}"
    except RuntimeError:  # no home folder
        return Path(os.devnull)


def made(root: Path) -> bytes:
    """Return what a wheel holds as `packs.bin`: the knowledge of the packs in the checkout `root`, ready to be read.

    The paths in it count from there. Raises PackError.
    """
    from cleaner.packs.build import build

    here = Path.cwd()
    os.chdir(root)
    try:
        rules = Path("rules")
        return _packed(SHIPPED, build((rules, file) for file in pack_files(rules)))
    finally:
        os.chdir(here)


def _read_cache(path: Path, stamp: bytes) -> Knowledge | None:
    """Return the cached knowledge; None where there is none, or another's, or garbage."""
    collects = gc.isenabled()
    gc.disable()  # hundreds of thousands of values come, and none goes
    try:
        data = memoryview(path.read_bytes())
        if int.from_bytes(data[:4], "big") != zlib.adler32(data[4:]):
            return None
        made_of, *values = marshal.loads(data[4:])
        found = Knowledge(*values)
    except (OSError, ValueError, EOFError, TypeError):
        return None
    finally:
        if collects:
            gc.enable()
    if made_of != stamp:
        return None
    for name in PACKED:
        setattr(found, name, Packed(getattr(found, name)))
    for name in ARRAYS:
        setattr(found, name, array("i", getattr(found, name)))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Packed):
        return value.blobs
    return value.tobytes() if isinstance(value, array) else value


def _packed(stamp: bytes, found: Knowledge) -> bytes:
    data = marshal.dumps((stamp, *(_plain(getattr(found, name)) for name in Knowledge.__slots__)), 4)
    return zlib.adler32(data).to_bytes(4, "big") + data


def _write_cache(path: Path, stamp: bytes, found: Knowledge) -> None:
    """Write the cache, whole or not at all; a cache that cannot be written only makes the next start slower."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(_packed(stamp, found))
        beside.replace(path)
        kept = sorted(path.parent.glob("packs-*"), key=lambda old: old.stat().st_mtime)
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        pass
