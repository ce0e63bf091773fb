"""Files: bytes to text and back, with encoding, byte order mark and line breaks as found; safe writing."""

from __future__ import annotations

import codecs
import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What pages were written in before UTF-8; a guess outside these is garbage that happens to decode.
LEGACY = [
    *(f"cp{n}" for n in (932, 949, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)),
    *("gb18030", "big5", "euc_jp", "euc_kr", "koi8_r", "koi8_u", "latin_1", "iso8859_2", "iso8859_5", "iso8859_15"),
]


class InputError(Exception):
    """A file that cannot be used; the message is one line that names it and says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded file. `text` keeps its line breaks; `mark` is the byte order mark, b"" for none."""

    text: str
    encoding: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Return `text` in this file's encoding and with its mark. Raises UnicodeEncodeError where it cannot hold it."""
        return self.mark + text.encode(self.encoding)


def decode(data: bytes, name: str) -> Source:
    """Decode a file's bytes: by its mark, as UTF-8, or as the legacy encoding charset-normalizer is sure of.

    Raises InputError for binary data and where no encoding gives back the same bytes.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return Source(data[len(mark) :].decode(encoding), encoding, mark)
            except UnicodeDecodeError as error:
                raise InputError(f"{name}: not valid {encoding} at byte {error.start + len(mark)}") from None
    if b"\0" in data:
        raise InputError(f"{name}: a binary file (NUL byte at {data.index(0)})")
    try:
        return Source(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        place = error.start
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=LEGACY).best()
    if best is not None:
        try:
            text = data.decode(best.encoding)
            if text.encode(best.encoding) == data and not any(ord(c) < 32 and c not in "\t\n\r\f" for c in text):
                return Source(text, best.encoding)
        except UnicodeError:
            pass
    raise InputError(f"{name}: no encoding fits (not UTF-8 at byte {place})")


def read(path: Path) -> Source:
    """Read and decode a file. Raises InputError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    return decode(data, str(path))


def write(path: Path, data: bytes, *, expect: bytes | None = None) -> None:
    """Write a file whole or not at all: beside it, synced, then renamed over it; mode and owner stay.

    With `expect`, refuse where the file no longer holds those bytes. A symbolic link is written through.
    Raises InputError.
    """
    target = path.resolve()
    try:
        if expect is not None and target.read_bytes() != expect:
            raise InputError(f"{path}: changed while it was being read; nothing written")
        before = target.stat() if target.exists() else None
        import tempfile

        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            if before is not None:
                Path(name).chmod(stat.S_IMODE(before.st_mode))
                if hasattr(os, "chown"):
                    with contextlib.suppress(PermissionError):  # only root may give a file away
                        os.chown(name, before.st_uid, before.st_gid)
            else:
                mask = os.umask(0)
                os.umask(mask)
                Path(name).chmod(0o666 & ~mask)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
