"""The documentation: it builds with no dead link, each rule has its place, what packs hold is text in it, README's links lead somewhere."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.detectors.described import every
from cleaner.packs.load import knowledge
from tests.test_cli import run

ROOT = Path(__file__).parents[1]


def build(root: Path, into: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(root / "mkdocs.yml")]
    return subprocess.run([*command, "--site-dir", str(into)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("docs") / "site"
    done = build(ROOT, into)
    assert done.returncode == 0, done.stderr
    return into


def test_every_rule_has_an_anchor_on_the_page_of_its_pack(site: Path) -> None:
    names = {rule["id"] for rule in knowledge().rules} | {rule.id for rule in every()}
    pages = {path.stem: path.read_text("utf-8") for path in (site / "rules").glob("*.html")}
    for name in names:
        pack, rule = name.split("/")
        assert f'id="{rule}"' in pages[pack], name


def test_what_a_page_says_of_a_rule_is_the_text_of_its_pack(site: Path) -> None:
    """Signs of Markdown and HTML in an example come out as they are."""
    packs: dict[str, str] = {}
    for rule in knowledge().rules:
        if rule["pack"] not in packs:
            page = (site / "rules" / f"{rule['pack']}.html").read_text("utf-8")
            body = page.split('role="main"')[1].replace("<br>", "\n")
            packs[rule["pack"]] = html.unescape(re.sub(r"<[^>]*>", "", body))
        for keep in rule["keeps"]:
            assert f"stays: {keep.strip()}" in packs[rule["pack"]], (rule["id"], keep)


def test_the_page_of_a_detector_says_when_and_how_sure(site: Path) -> None:
    page = (site / "rules" / "dates.html").read_text("utf-8")
    assert "unsafe: The office closes at <del>16 o&#x27;clock</del><ins>16:00</ins>." in page
    assert "safe, translated from Chinese: The office closes at" in page
    assert "manual: The meeting was set for <mark>June 31</mark>." in page


def test_a_dead_link_or_anchor_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for path in [ROOT / "mkdocs.yml", *(ROOT / "docs").glob("*.*")]:
        (tmp_path / path.relative_to(ROOT)).write_bytes(path.read_bytes())
    dead = ["nowhere.md", "rules/dates.md#nothing", "../README.md"]
    with (tmp_path / "docs" / "hook.md").open("a", encoding="utf-8") as out:
        out.writelines(f"\n[x]({link})\n" for link in dead)
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode != 0
    assert [link for link in dead if f"'{link}'" not in done.stderr] == []


def test_the_readme_links_to_files_that_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)", (ROOT / "README.md").read_text("utf-8"))
    assert "docs/facts.md" in links
    for link in links:
        assert link.startswith("https://") or (ROOT / link).exists(), link


def blocks(path: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / path).read_text("utf-8"), re.M | re.S)


def test_the_rules_that_the_documentation_shows_load_and_hold(tmp_path: Path) -> None:
    shown = [block for block in blocks("docs/rules.md", "yaml") if "examples:" in block or "terms:" in block]
    shown = [block for block in shown if "finds:" not in block]  # those of detectors are in the code's own
    assert len(shown) == 2
    (row,) = blocks("README.md", "yaml")
    folder = tmp_path / "mine"
    folder.mkdir()
    table = "- id: row\n  kind: term\n  why: A test.\n  terms:\n" + row + row.replace("pulse star", "pulse sun")
    (folder / "rules.yaml").write_text("\n".join([*shown, table]), "utf-8")
    code, out, err = run("test", folder)
    assert (code, err) == (0, "")
    assert out.endswith(" 0 failed\n")


def test_the_fact_that_the_documentation_shows_is_one(tmp_path: Path) -> None:
    (fact,) = blocks("docs/facts.md", "yaml")
    new = fact.replace("Roscosmos", "Arnhaven Space").replace("Russian ", "Arnhaven ").replace("Yury", "Yvo")
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "mine.yaml").write_text(new, "utf-8")
    (tmp_path / "a.txt").write_text("Arnhaven National Space Group signed the plan.\n", "utf-8")
    code, out, err = run("check", "a.txt", "--extend", tmp_path, cwd=tmp_path)
    assert (code, err) == (1, "")
    assert "+ Arnhaven Space signed the plan." in out


def test_the_python_that_the_documentation_shows_runs() -> None:
    for path in ("README.md", "docs/index.md"):
        (code,) = blocks(path, "python")
        space: dict[str, object] = {}
        exec(code, space)
        assert f"result.after  # {space['result'].after!r}" in code.replace('"', "'")  # type: ignore[attr-defined]
