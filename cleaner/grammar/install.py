"""Getting LanguageTool: by language-tool-python's own download, or, where that is not to be had, from Maven."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.grammar.server import LT_VERSION, local
from cleaner.text.files import InputError

if TYPE_CHECKING:
    from language_tool_python.download_lt import LocalLanguageTool

JAR = "languagetool-server.jar"
ARTIFACTS = ("languagetool-server", "language-en")
WIDTH = 72  # bytes of a line in a manifest
POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>cleaner</groupId><artifactId>languagetool</artifactId><version>1</version>
  <dependencies>{dependencies}</dependencies>
</project>
"""
DEPENDENCY = """
    <dependency><groupId>org.languagetool</groupId><artifactId>{name}</artifactId><version>{version}</version></dependency>"""


def install(say: Callable[[str], None]) -> Path:
    """Get LanguageTool where it is not there yet, and return its folder. Raises InputError."""
    try:
        return _install(local(), say)
    except OSError as error:
        raise InputError(f"LanguageTool cannot be put there: {error.filename}: {error.strerror or error}") from None


def _install(tool: LocalLanguageTool, say: Callable[[str], None]) -> Path:
    try:
        return tool.get_jar_path().parent
    except FileNotFoundError:
        say(f"Downloading LanguageTool {LT_VERSION} ...")
    try:
        tool.download()
        return tool.get_jar_path().parent
    except SystemError as error:  # Java is too old
        raise InputError(str(error)) from None
    except Exception as error:  # whatever a network can do
        reason = type(error).__name__
    maven = shutil.which("mvn")
    if maven is None:
        raise InputError(
            f"LanguageTool cannot be downloaded ({reason}), and there is no `mvn` to get it from Maven with"
        )
    say(f"Not to be had there ({reason}); getting it from Maven ...")
    from language_tool_python.utils import get_language_tool_download_path

    return _from_maven(maven, get_language_tool_download_path() / f"LanguageTool-{LT_VERSION}")


def _from_maven(maven: str, target: Path) -> Path:
    """Get LanguageTool and all it needs from Maven into `target`, whole or not at all."""
    dependencies = "".join(DEPENDENCY.format(name=name, version=LT_VERSION) for name in ARTIFACTS)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="languagetool-") as work:
        pom, jars = Path(work, "pom.xml"), Path(work, "jars")
        pom.write_text(POM.format(dependencies=dependencies), "utf-8")
        words = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
        run = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if run.returncode:
            lines = (line for line in (run.stdout + run.stderr).splitlines() if "ERROR" in line)
            raise InputError(f"Maven cannot get LanguageTool: {next(lines, f'exit {run.returncode}')}")
        write_jar(jars / JAR, sorted(jar.name for jar in jars.glob("*.jar")))
        if target.exists():
            shutil.rmtree(target)  # one without its jar
        jars.rename(target)
    return target


def write_jar(path: Path, names: Iterable[str]) -> None:
    """Write a jar that holds nothing, but calls the jars of these names beside it."""
    line = f"Class-Path: {' '.join(names)}"
    parts = [line[:WIDTH]]
    parts += (" " + line[at : at + WIDTH - 1] for at in range(WIDTH, len(line), WIDTH - 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as jar:
        jar.writestr("META-INF/MANIFEST.MF", "\r\n".join(["Manifest-Version: 1.0", *parts, "", ""]))
