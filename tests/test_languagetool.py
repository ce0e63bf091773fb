"""LanguageTool, the real one: its matches as findings, what is filtered out of them, its server, and what goes wrong."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from cleaner.engine import Engine, Found, Options, Result
from cleaner.findings import Finding, Safety
from cleaner.grammar.client import ask
from cleaner.grammar.install import write_jar
from cleaner.grammar.server import command, running
from cleaner.text.files import InputError
from cleaner.text.formats import parse

try:
    command()
    MISSING = ""
except InputError as error:
    MISSING = str(error)
needed = pytest.mark.skipif(bool(MISSING) and os.environ.get("CI") != "true", reason=MISSING or "it is there")
pytestmark = pytest.mark.xdist_group("languagetool")  # one server for all of them

SPLIT = "The robots build themselves by self - assembly in the lab.\n"
WHOLE = "The robots build themselves by self-assembly in the lab.\n"
JAVA = """#!/bin/sh
echo $$ >> {log}
exec {java} "$@"
"""


@pytest.fixture(scope="session")
def url() -> str:
    return running()


def fixed(text: str, url: str, form: str = "plain", **options: object) -> Result:
    return Engine(Options(grammar=True, languagetool_url=url, **options)).fix(parse(text, form))  # type: ignore[arg-type]


def said(text: str, url: str, form: str = "plain") -> list[Finding]:
    """Return LanguageTool's findings of a text."""
    found: list[Found] = fixed(text, url, form).found
    return [one.finding for one in found if one.finding.rule.startswith("languagetool/")]


def misspelt(text: str, url: str, form: str = "plain") -> list[str]:
    return [text[f.start : f.end] for f in said(text, url, form) if f.kind == "spelling"]


def run(*args: object, **env: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *map(str, args)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, **env},
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


# ---- matches as findings ----


@needed
def test_a_rule_that_was_measured_to_be_safe_is_applied(url: str) -> None:
    result = fixed(SPLIT, url)
    assert result.after == WHOLE
    finding = result.found[0].finding
    assert finding.rule == "languagetool/en-compounds-self-assembly"
    assert (finding.kind, finding.safety) == ("grammar", Safety.safe)
    assert "EN_COMPOUNDS_SELF_ASSEMBLY" in finding.evidence[0].says
    assert fixed(result.after, url).script == []


@needed
def test_grammar_and_spelling_are_for_a_person_to_decide(url: str) -> None:
    text = "I has no idea, and the answer was mispelled.\n"
    grammar, spelling = said(text, url)
    assert (grammar.kind, grammar.safety, grammar.fixes[0].edits[0].text) == ("grammar", Safety.manual, "have")
    assert grammar.evidence[0].source.startswith("https://")
    assert (spelling.kind, spelling.safety) == ("spelling", Safety.manual)
    assert spelling.rule == "languagetool/morfologik-rule-en-us"
    assert fixed(text, url, unsafe=True).after == text


@needed
def test_the_first_suggestion_of_some_rules_is_an_unsafe_fix(url: str) -> None:
    text = "He is an careful man.\n"
    assert fixed(text, url).after == text
    assert fixed(text, url, unsafe=True).after == "He is a careful man.\n"


@needed
@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("😀 Look 😀😀 at 𝒳 this mispelled word 😀.\n", "plain"),
        ("# 😀\n\nOne 😀.\n\n- Look *at* 😀 this **mispelled** word 😀.\n", "markdown"),
        ("<p>One 😀 &amp; two.</p><p>Look at 😀 this <b>mispelled</b> word.</p>\n", "html"),
    ],
)
def test_places_are_right_behind_characters_that_java_counts_twice(text: str, form: str, url: str) -> None:
    assert misspelt(text, url, form) == ["mispelled"]


@needed
def test_a_correction_keeps_the_markup_and_the_line_breaks(url: str) -> None:
    text = "They build *by self - assembly*\nin **three - dimensional** space.\n"
    assert fixed(text, url, "markdown").after == "They build *by self-assembly*\nin **three-dimensional** space.\n"
    assert fixed("<p>They build by <b>self</b> - <i>assembly</i> here.</p>", url, "html").after.count("<") == 6


@needed
def test_a_text_is_judged_by_itself_whatever_goes_with_it(url: str) -> None:
    texts = [SPLIT, "I has no idea.", "This is a heading", "The mispelled word", "😀 and a apple."]
    together = ask(url, texts, "level=default")
    assert [ask(url, [text], "level=default&x=1")[0] for text in texts] == together
    assert [len(matches) for matches in together] == [1, 1, 0, 1, 1]


# ---- what the document and the facts know better ----


@needed
@pytest.mark.parametrize(
    "text",
    [
        "Rogozin went home.\n",  # of the facts
        "Kowalenskow went home.\n\nKowalenskow stayed there.\n",  # twice in the page
        "Then the old man Kowalenskow went home.\n",  # a capital in mid-sentence
        "# Kowalenskow\n",
        "The colour of the theatre was analysed by travellers.\n",
        "He said “Ich habe davon keine Ahnung” and left the room.\n",
        "She called it «raspberdia», which nobody understood.\n",
        "Mi dispiace tanto, non lo sapevo. We went home.\n",
        "Install `libfoobaz` in the folder libfoobaz/barbaz of libfoo_baz and libFooBaz with libfoobaz2.\n",
    ],
)
def test_what_is_no_misspelling(text: str, url: str) -> None:
    assert misspelt(text, url, "markdown") == []


@needed
def test_the_words_of_the_house_are_no_misspellings(tmp_path: Path, url: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text("We call it flurbing, and nobody else does so.\n", "utf-8")
    assert run("check", "--languagetool-url", url, page)[0] == 1
    (tmp_path / "glossary.yaml").write_text("keep: [flurbing]\n", "utf-8")
    (tmp_path / "cleaner.toml").write_text(f'grammar = true\nlanguagetool-url = "{url}"\n', "utf-8")
    assert run("check", page) == (0, "Nothing found in 1 file.\n", "")


@needed
def test_code_and_addresses_are_left_alone(url: str) -> None:
    text = "Type `self - assembly` or see https://example.org/mispelled and a `apple` here, or `x` self - assembly.\n"
    assert said(text, url, "markdown") == []


@needed
def test_our_own_findings_go_before(url: str) -> None:
    rules = [one.finding.rule for one in fixed("He went to the the house.\n", url).found]
    assert rules == ["duplicates/word"]


@needed
def test_an_ignore_and_an_option_silence_it(url: str) -> None:
    text = "cleaner: ignore[languagetool] he says so\n\n" + SPLIT
    assert fixed(text, url).after == text
    assert fixed(SPLIT, url, ignore=("languagetool",)).after == SPLIT
    assert Engine().fix(parse(text, "plain")).found == []  # not asked, so not unused


# ---- the server ----


@pytest.fixture
def java(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """Return an environment in which each start of Java is noted in a file, by its process id."""
    log, folder = tmp_path / "started", tmp_path / "bin"
    folder.mkdir()
    (folder / "java").write_text(JAVA.format(log=log, java=shutil.which("java")), "utf-8")
    (folder / "java").chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}, log


def ended(log: Path) -> bool:
    """Return True once none of the processes noted runs any more."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in log.read_text("utf-8").split()):
            return True
        time.sleep(0.1)
    return False


@needed
def test_two_processes_share_one_server_and_it_stops_with_them(
    tmp_path: Path, java: tuple[dict[str, str], Path]
) -> None:
    env, log = java
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(6):
        (pages / f"{number}.txt").write_text(SPLIT, "utf-8")
    code, _, err = run("fix", "--grammar", "--jobs", 2, pages, **env)
    assert (code, err) == (1, "")
    assert {page.read_text("utf-8") for page in pages.iterdir()} == {WHOLE}
    assert len(log.read_text("utf-8").split()) == 1
    assert ended(log)


@needed
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_server_stops_when_the_run_is_stopped(
    tmp_path: Path, java: tuple[dict[str, str], Path], sign: signal.Signals, code: int
) -> None:
    env, log = java
    page = tmp_path / "page.txt"
    page.write_text(SPLIT * 2000, "utf-8")
    words = [sys.executable, "-m", "cleaner", "fix", "--grammar", str(page)]
    # A CI that runs in the background hands down an ignored SIGINT.
    start: dict[str, Any] = {}
    if os.name == "posix":
        start["preexec_fn"] = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, env={**os.environ, **env}, **pipes, **start) as process:
        end = time.monotonic() + 60
        while not log.exists() and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(1)
        process.send_signal(sign)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (code, b"", b"")
    assert page.read_text("utf-8") == SPLIT * 2000
    assert ended(log)


def test_without_grammar_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(SPLIT, "utf-8")
    script = f"""
import sys
from cleaner.cli.main import main
assert main(["check", {str(page)!r}]) == 0
print([name for name in sys.modules if "grammar" in name or name.startswith("language_tool") or name == "urllib.request"])
"""
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.endswith("\n[]\n")


# ---- what goes wrong ----


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(SPLIT, "utf-8")
    return path


def test_without_java(page: Path, tmp_path: Path) -> None:
    says = "cleaner: --grammar needs Java 17 or newer: there is no `java` on the PATH\n"
    assert run("fix", "--grammar", page, PATH=str(tmp_path)) == (2, "", says)
    assert run("languagetool", "install", PATH=str(tmp_path)) == (2, "", says)


def test_without_the_package(page: Path) -> None:
    script = (
        "import sys; sys.modules['language_tool_python'] = None; from cleaner.cli.main import main; sys.exit(main())"
    )
    words = [sys.executable, "-c", script, "fix", "--grammar", str(page)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "cleaner: --grammar needs `pip install 'mt-cleaner[grammar]'`\n"


@pytest.mark.skipif(shutil.which("java") is None, reason="no java on the PATH")
def test_without_languagetool(page: Path, tmp_path: Path) -> None:
    code, out, err = run("fix", "--grammar", page, LTP_PATH=str(tmp_path))
    assert (code, out) == (2, "")
    assert err == "cleaner: LanguageTool 6.8 is not installed: `cleaner languagetool install` gets it\n"
    assert page.read_text("utf-8") == SPLIT


@pytest.mark.skipif(shutil.which("java") is None, reason="no java on the PATH")
def test_where_languagetool_cannot_be_put(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    code, _, err = run("languagetool", "install", LTP_PATH=str(tmp_path / "file"))
    assert (code, err.count("\n")) == (2, 1)
    assert "cannot be put there" in err


@needed
def test_a_java_that_does_not_run_it(page: Path, tmp_path: Path) -> None:
    (tmp_path / "java").write_text("#!/bin/sh\necho Java is ill\nexit 1\n", "utf-8")
    (tmp_path / "java").chmod(0o755)
    code, out, err = run("fix", "--grammar", page, PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert (code, out, err) == (2, "", "cleaner: LanguageTool does not start: Java is ill\n")


def test_nobody_answers(page: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    code, out, err = run("fix", "--languagetool-url", url, page)
    assert (code, out, err) == (2, "", f"cleaner: LanguageTool at {url} does not answer: Connection refused\n")
    assert page.read_text("utf-8") == SPLIT
    code, _, err = run("fix", "--languagetool-url", "localhost", page)
    assert (code, err) == (
        2,
        "cleaner: --languagetool-url: 'localhost' is no address such as http://localhost:8081\n",
    )


@pytest.mark.parametrize("value", ["5", '"localhost:8081"', '"file:///etc/passwd"', '"http://"', '"http://a:b"'])
def test_an_address_in_the_configuration_that_is_none(value: str, page: Path) -> None:
    config = page.parent / "cleaner.toml"
    config.write_text(f"grammar = true\nlanguagetool-url = {value}\n", "utf-8")
    says = f"cleaner: {config}:2: 'languagetool-url' must be an address such as http://localhost:8081\n"
    assert run("check", page) == (2, "", says)


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[int, bytes]]]]:
    """Return the address of a server and the list of what it answers, one after the other; then it is gone."""
    answers: list[tuple[int, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if not answers:
                self.close_connection = True
                return
            code, body = answers.pop(0)
            self.send_response(code)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as one:
        threading.Thread(target=one.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{one.server_address[1]}", answers
        one.shutdown()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((200, b"<html>"), "what answers at URL is not LanguageTool"),
        ((200, b'{"matches": [{}]}'), "what answers at URL is not LanguageTool"),
        ((413, b"Error: Your text exceeds the limit\nof many"), "URL refuses: 413 Error: Your text exceeds the limit"),
    ],
)
def test_what_answers_is_not_as_it_should_be(
    answer: tuple[int, bytes], says: str, server: tuple[str, list[tuple[int, bytes]]], page: Path
) -> None:
    url, answers = server
    answers.append(answer)
    code, out, err = run("fix", "--languagetool-url", url, page)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert says.replace("URL", url) in err
    assert page.read_text("utf-8") == SPLIT


def test_a_server_that_dies_leaves_whole_files(tmp_path: Path, server: tuple[str, list[tuple[int, bytes]]]) -> None:
    url, answers = server
    answers.append((200, b'{"matches": []}'))
    answers.append((200, b'{"matches": []}'))
    pages = [tmp_path / name for name in ("1.txt", "2.txt", "3.txt")]
    wrong = "The lander of the mission stands on the back of the moon.\n"
    for number, one in enumerate(pages):
        one.write_text(f"{number + 1} of them. {wrong}", "utf-8")
    code, _, err = run("fix", "--languagetool-url", url, "--jobs", 1, tmp_path)
    assert code == 2
    assert err.startswith(f"cleaner: LanguageTool at {url} does not answer: ")
    assert err.count("\n") == 1
    assert ["back of" in one.read_text("utf-8") for one in pages] == [False, True, True]


# ---- getting it ----


def test_the_jar_that_calls_the_others(tmp_path: Path) -> None:
    names = [f"a-long-name-of-a-library-{number}.jar" for number in range(30)]
    write_jar(tmp_path / "one.jar", names)
    with zipfile.ZipFile(tmp_path / "one.jar") as jar:
        manifest = jar.read("META-INF/MANIFEST.MF")
    assert all(len(line) <= 72 for line in manifest.split(b"\r\n"))
    unfolded = manifest.replace(b"\r\n ", b"").decode().split("\r\n")
    assert f"Class-Path: {' '.join(names)}" in unfolded


@needed
def test_install_says_where_it_is() -> None:
    code, out, err = run("languagetool", "install")
    assert (code, err) == (0, "")
    assert Path(out.removeprefix("LanguageTool is in ").rstrip("\n"), "languagetool-server.jar").is_file()
