"""The server: one LanguageTool for the whole run, started when first asked for and stopped with the process."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from shutil import which
from typing import TYPE_CHECKING, Any

from cleaner.text.files import InputError

if TYPE_CHECKING:
    from language_tool_python.download_lt import LocalLanguageTool

LT_VERSION = "6.8"  # rules/languagetool.yaml was measured with it
FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # most runs are short: half of one is Java warming up
PATIENCE = 60.0  # seconds until a started server must answer
TRIES = 3  # another program may take the free port first

_url = ""


def running() -> str:
    """Return the address of this run's server; the first call starts it. Raises InputError."""
    global _url
    if not _url:
        _url = _start(command())
    return _url


def use(url: str) -> None:
    """Take the server of another process for this run's."""
    global _url
    _url = url


def local() -> LocalLanguageTool:
    """Return language-tool-python's idea of where LanguageTool is installed, or would be. Raises InputError."""
    try:
        from language_tool_python.download_lt import LocalLanguageTool
    except ImportError:
        raise InputError("--grammar needs `pip install 'mt-cleaner[grammar]'`") from None
    if which("java") is None:
        raise InputError("--grammar needs Java 17 or newer: there is no `java` on the PATH")
    return LocalLanguageTool.from_version_name(LT_VERSION)


def command() -> list[str]:
    """Return the command that starts the installed LanguageTool, but for its port. Raises InputError."""
    try:
        java, *rest = local().get_server_cmd()
        return [java, *FLAGS, *rest]
    except FileNotFoundError:
        raise InputError(
            f"LanguageTool {LT_VERSION} is not installed: `cleaner languagetool install` gets it"
        ) from None
    except OSError as error:
        raise InputError(f"{error.filename}: {error.strerror or error}") from None


def _start(words: list[str]) -> str:
    """Start a server and return its address, once it answers."""
    why = ""
    for _ in range(TRIES):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                [*words, "-p", str(port)], stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
            )
            _ends_with_us(process)
            url = f"http://127.0.0.1:{port}"
            if _answers(process, url):
                return url
            late = process.poll() is None
            _stop(process)
            said.seek(0)
            why = said.read().decode("utf-8", "replace").strip().partition("\n")[0]
        if late:
            why = f"no answer in {PATIENCE:.0f} seconds"
            break
    raise InputError(f"LanguageTool does not start: {why or 'Java says nothing'}")


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    """Wait until a server answers; False where it ends or takes too long."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), opener(url).open(f"{url}/v2/healthcheck", timeout=5) as answer:
            return bool(answer.status == 200)
        time.sleep(0.1)
    return False


def _ends_with_us(process: subprocess.Popen[bytes]) -> None:
    """See to it that the server stops when this process does, also by SIGTERM, which otherwise skips `atexit`."""
    owner = os.getpid()

    def end() -> None:
        if os.getpid() == owner:  # a forked worker ends alone
            _stop(process)

    atexit.register(end)
    main = threading.current_thread() is threading.main_thread()
    if main and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def opener(url: str) -> Any:
    """Return what opens an address: not by way of a proxy where it is on this machine."""
    host = urllib.parse.urlsplit(url).hostname or ""
    here = host in ("localhost", "::1") or host.startswith("127.")
    return urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if here else []))
