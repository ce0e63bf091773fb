"""The review page in a real Chromium: used by keyboard and mouse; what it shows is what `cleaner fix` makes of it."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.changes import choices, decisions
from cleaner.decisions import append, load
from cleaner.engine import Engine, Options
from cleaner.findings import Finding, Fix, Safety
from cleaner.packs.load import knowledge
from cleaner.report.html import page
from cleaner.results import Result
from cleaner.text.edits import Edit
from cleaner.text.formats import parse

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
MISSING = (
    None
    if CHROMIUM and DRIVER
    else "no chromium with its chromedriver is installed (apt-get install chromium chromium-driver)"
)
pytestmark = pytest.mark.skipif(
    MISSING is not None and os.environ.get("CI") != "true", reason=MISSING or "chromium is there"
)

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_0ded87caa741994a.txt"
KNOWN = knowledge(())
MOON = "The \N{ROCKET} lander Chang’e-4 is resting on the back of the moon since 2019 .\n"
MARKDOWN = f"""\
# A page about **landers**

- {MOON}- The `back of the moon` is code, [the probe](https://example.org/back-of-the-moon) was on the back of the moon.

> Reported that the spacecraft landed on the front of the moon in December.

```
the back of the moon
```
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if MISSING:
        pytest.fail(MISSING)
    from selenium import webdriver

    downloads = tmp_path_factory.mktemp("downloads")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--window-size=1400,950",
    ):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.downloads = downloads  # type: ignore[attr-defined]
    yield driver
    driver.quit()


class Page:
    """An open review page."""

    def __init__(self, browser: Any, path: Path, *results: Result) -> None:
        self.browser = browser
        path.write_text(page(results, KNOWN), "utf-8", errors="backslashreplace")
        browser.get(path.as_uri())
        browser.execute_script("localStorage.clear()")
        browser.get(path.as_uri())

    def js(self, code: str, *args: Any) -> Any:
        return self.browser.execute_script(code, *args)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.browser.switch_to.active_element.send_keys(key)

    def find(self, selector: str) -> Any:
        return self.browser.find_element("css selector", selector)

    def every(self, selector: str) -> list[Any]:
        return self.browser.find_elements("css selector", selector)  # type: ignore[no-any-return]

    def click(self, selector: str) -> None:
        self.find(selector).click()

    def pick(self, selector: str, value: str) -> None:
        from selenium.webdriver.support.ui import Select

        Select(self.find(selector)).select_by_value(value)
        self.js("document.activeElement.blur()")

    def corrected(self, number: int = 0) -> str:
        return self.js("return window.review.corrected(arguments[0])", number)  # type: ignore[no-any-return]

    def chosen(self) -> int:
        return int(self.js("return document.querySelector('#list [aria-current]').dataset.i"))

    def state(self, number: int) -> str:
        return self.js("return document.querySelector(`#list [data-i='${arguments[0]}'] .state`).textContent", number)  # type: ignore[no-any-return]

    def downloaded(self, name: str, button: str) -> bytes:
        from selenium.webdriver.support.ui import WebDriverWait

        path: Path = self.browser.downloads / name
        path.unlink(missing_ok=True)
        self.press("s") if button == "s" else self.click(button)
        WebDriverWait(self.browser, 20).until(lambda _: path.exists())
        return path.read_bytes()

    def calm(self) -> None:
        assert [entry for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def fixed(text: str, path: str, **options: Any) -> Result:
    return Engine(Options(language="zh", **options)).fix(
        parse(text, "markdown" if path.endswith(".md") else "plain", path)
    )


def agrees(shown: Page, before: str, path: str, tmp_path: Path, number: int = 0) -> None:
    """What the page shows is what it saves, and what the engine makes of the decisions it saves."""
    saved = tmp_path / "saved.jsonl"
    saved.write_bytes(shown.downloaded("decisions.jsonl", "s"))
    text = shown.corrected(number)
    assert fixed(before, path, decisions=tuple(load(saved))).after == text


# The text of an element as it is seen, without what is not displayed.
SEEN = """const seen = (n) => n.nodeType === 3 ? n.data : getComputedStyle(n).display === "none" ? "" : [...n.childNodes].map(seen).join("");
return seen(arguments[0]).split(/\\s+/).filter(Boolean).join(" ");"""


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_founding_page_by_keyboard(browser: Any, tmp_path: Path) -> None:
    before = SEED.read_text("utf-8")
    result = fixed(before, "page.txt")
    shown = Page(browser, tmp_path / "r.html", result)
    assert shown.corrected() == result.after
    assert "0 of" in shown.find("#progress").text
    assert shown.chosen() == 0
    shown.press("n", "j", "p")
    assert shown.chosen() == 1
    shown.press("r")
    assert shown.state(1) == "rejected"
    assert shown.chosen() == 2
    assert shown.corrected() != result.after
    shown.press("u")
    assert (shown.chosen(), shown.state(1), shown.corrected()) == (1, "proposed", result.after)
    shown.press("a", "r", "a", "n", "r")
    agrees(shown, before, "page.txt", tmp_path)
    # Edit: the box has the replacement as proposed, Escape leaves it, Control and Enter take it.
    from selenium.webdriver.common.keys import Keys

    at = shown.chosen()
    shown.press("e")
    assert shown.js("return document.activeElement.tagName") == "TEXTAREA"
    shown.press("a", Keys.ESCAPE)
    assert shown.state(at) == "proposed"
    shown.press("e")
    shown.js("document.activeElement.value = ''")
    shown.press("words of <b>my</b> own", Keys.CONTROL + Keys.ENTER)
    assert shown.state(at) == "edited"
    assert "words of <b>my</b> own" in shown.corrected()
    agrees(shown, before, "page.txt", tmp_path)
    # All of a rule.
    shown.click("#list button:last-of-type")
    terms = [
        n
        for n, row in enumerate(shown.every("#list li"))
        if row.find_element("class name", "name").text == "zh-en/space-terms"
    ]
    shown.every("#list button")[terms[-1]].click()
    shown.press("R")
    assert {shown.state(n) for n in terms} <= {"rejected", "accepted", "edited"}
    assert "back of the moon" in shown.corrected()
    agrees(shown, before, "page.txt", tmp_path)
    shown.press("u", "A")
    agrees(shown, before, "page.txt", tmp_path)
    # Views, the help, reload.
    for view in ("side", "clean", "inline"):
        shown.press("v")
        if view == "side":
            # Whatever is decided, the original is whole on its side and the corrected text on the other.
            sides = [shown.js(SEEN, shown.find(f"#text .{side}")) for side in ("old", "new")]
            assert sides == [squeezed(before), squeezed(shown.corrected())]
        assert shown.find("#text").get_attribute("class") == f"view-{view}"
    shown.press("?")
    assert shown.find("#help").is_displayed()
    shown.press(Keys.ESCAPE)
    text, progress = shown.corrected(), shown.find("#progress").text
    browser.refresh()
    assert (shown.corrected(), shown.find("#progress").text) == (text, progress)
    shown.calm()


def test_a_markdown_page_by_mouse(browser: Any, tmp_path: Path) -> None:
    result = fixed(MARKDOWN, "page.md")
    shown = Page(browser, tmp_path / "r.html", result)
    assert shown.corrected() == result.after != MARKDOWN
    assert shown.js("return document.querySelector('.sheet').textContent").replace("\r", "").startswith("# A page")
    shown.every("#text del")[1].click()
    first = shown.chosen()
    shown.click("#reject")
    assert shown.state(first) == "rejected"
    shown.every("#list button")[0].click()
    shown.click("#accept")
    assert shown.js("return document.activeElement.id") == "accept"
    shown.every("#list button")[-1].click()
    shown.click("#edit")
    shown.find("textarea").clear()
    shown.find("textarea").send_keys("It was said")
    shown.click("#take")
    agrees(shown, MARKDOWN, "page.md", tmp_path)
    assert shown.downloaded("page.md", "#save-text").decode("utf-8") == shown.corrected()
    shown.click("#undo")
    agrees(shown, MARKDOWN, "page.md", tmp_path)
    # A reason goes with the decision; what is decided can be opened again.
    shown.every("#list button")[first].click()
    shown.find("#why").send_keys("it is a name, a r e", "\ue007")
    assert shown.state(first) == "rejected"
    agrees(shown, MARKDOWN, "page.md", tmp_path)
    assert "it is a name, a r e" in {one.why for one in load(tmp_path / "saved.jsonl") if one.verdict == "reject"}
    shown.click("#reopen")
    assert shown.state(first) == "proposed"
    agrees(shown, MARKDOWN, "page.md", tmp_path)
    shown.every("#list button")[0].click()
    shown.click(".about summary")
    assert shown.find(".about pre").text
    shown.calm()


def test_filters_and_several_files(browser: Any, tmp_path: Path) -> None:
    results = [fixed(MOON * 3, "a.txt"), fixed("All is well.\n", "clean.txt"), fixed(MOON, "sub/b.txt")]
    shown = Page(browser, tmp_path / "r.html", *results)
    # The index comes first; it leads to a file, and there the keys go on.
    assert [row.text.replace("\n", " ") for row in shown.every("#index button")] == [
        "a.txt 6 of 6 changes left",
        "sub/b.txt 2 of 2 changes left",
    ]
    assert "Nothing was found in 1 other file" in shown.find("#files-total").text
    shown.click("#index [data-file='0']")
    assert [option.text for option in shown.every("#file option")] == ["a.txt (6 left)", "sub/b.txt (2 left)"]
    shown.pick("#by-kind", "term")
    assert len(shown.every("#list li")) == 3
    shown.press("r")
    shown.pick("#by-state", "reject")
    shown.pick("#by-kind", "")
    assert len(shown.every("#list li")) <= 1
    shown.pick("#by-rule", "zh-en/space-terms")
    shown.pick("#by-safety", "safe")
    shown.pick("#by-state", "")
    shown.pick("#file", "1")
    shown.pick("#by-rule", "")
    assert len(shown.every("#list li")) == 2
    shown.press("r", "r")
    assert shown.find("#file").text.count("done") == 1
    assert "a.txt" in shown.find("#onward").text
    shown.press("f")
    assert "done" in shown.find("#index [data-file='1']").text
    shown.press("\ue00c")
    shown.click("#onward")
    assert shown.find("#file").get_attribute("value") == "0"
    shown.pick("#file", "1")
    assert shown.corrected(1) == MOON
    assert shown.corrected(0) != results[0].after
    saved = [json.loads(line) for line in shown.downloaded("decisions.jsonl", "#save-decisions").splitlines()]
    assert {one["path"] for one in saved} == {"a.txt", "sub/b.txt"}


def test_a_page_made_with_decisions_shows_them_and_takes_them_back(browser: Any, tmp_path: Path) -> None:
    every = choices(fixed(MOON * 3, "a.txt"))
    said = [
        *decisions(every[0].change, "reject", path="a.txt"),
        *decisions(every[1].change, "accept", path="a.txt"),
        *decisions(every[2].change, "edit", "MINE", path="a.txt"),
    ]
    result = fixed(MOON * 3, "a.txt", decisions=tuple(said))
    shown = Page(browser, tmp_path / "r.html", result)
    assert [shown.state(n) for n in range(4)] == ["rejected", "accepted", "edited", "proposed"]
    assert shown.corrected() == result.after
    assert shown.chosen() == 3
    for n in range(3):
        shown.every("#list button")[n].click()
        shown.press("o")
    assert shown.corrected() == fixed(MOON * 3, "a.txt").after
    # What the page saves, behind what was said before, takes it back.
    file = tmp_path / "all.jsonl"
    append(file, said)
    file.write_bytes(file.read_bytes() + shown.downloaded("decisions.jsonl", "s"))
    assert load(file) == []


def test_the_saved_text_keeps_the_mark_of_the_file(browser: Any, tmp_path: Path) -> None:
    result = fixed(MOON, "a.txt")
    result.marked = True
    shown = Page(browser, tmp_path / "r.html", result)
    assert shown.downloaded("a.txt", "#save-text") == b"\xef\xbb\xbf" + result.after.encode()
    result.encoding = "gb18030"
    shown = Page(browser, tmp_path / "r.html", result)
    assert shown.find("#save-text").text == "Save text as UTF-8"


def test_evidence_is_scrolled_to_and_marked(browser: Any, tmp_path: Path) -> None:
    filler = "".join(f"Paragraph {n} tells of other things \N{ROCKET} entirely.\n\n" for n in range(60))
    title = "A headline of the page that stands \N{ROCKET} twice in it"
    text = f"{title}\n\n{filler}{MOON}"
    result = fixed(text, "a.txt")
    shown = Page(browser, tmp_path / "r.html", result)
    shown.pick("#by-kind", "term")
    shown.press("n")
    words = shown.find(".proofs button").text.strip("“”")
    for view in ("inline", "side", "clean"):
        shown.click(f"#view-{view}")
        shown.js("scrollTo(0, 0)")
        shown.click(".proofs button")
        assert "".join(mark.text for mark in shown.every(".proof")) == words
        assert shown.js(
            "const r = document.querySelector('.proof').getBoundingClientRect(); return r.top > 50 && r.bottom < innerHeight"
        )


def flood(count: int, words: str = "The lander stands on the back of the moon") -> Result:
    """Return a result with many findings, without the time that it takes to find them."""
    text = "".join(f"{words}, line {n}.\n" for n in range(count))
    found = []
    result = fixed("The lander stands on the back of the moon.\n", "many.txt")
    pattern = result.found[0]
    for match in re.finditer("back of", text):
        edit = Edit(match.start(), match.end(), "far side of")
        finding = Finding("zh-en/space-terms", "term", *match.span(), "A term.", (Fix((edit,), Safety.safe),))
        found.append(type(pattern)(finding, True))
    from cleaner.text.edits import ScriptEdit, apply

    result.before, result.found = text, found
    result.script = [ScriptEdit(*f.finding.fixes[0].edits[0], ("zh-en/space-terms",)) for f in found]
    result.after = apply(text, result.script)
    return result


def test_two_thousand_changes_without_lag(browser: Any, tmp_path: Path) -> None:
    result = flood(2000)
    shown = Page(browser, tmp_path / "r.html", result)
    assert len(shown.every("#list li")) == 2000
    times = shown.js(
        """const out = [];
        for (const key of ["a", "r", "n", "a", "p", "u", "r", "a"]) {
          const start = performance.now();
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          out.push([key, performance.now() - start]);
        }
        return out;"""
    )
    slow = {key: round(spent) for key, spent in times if spent > (100 if key != "u" else 500)}
    assert not slow, slow
    # r stands (a, r, n, a, p, u, r, a): one rejected at once, one after the undo.
    assert shown.corrected().count("back of") == len([1 for row in shown.every("#list .reject")]) == 2


HOSTILE = (
    '</script><script>window.owned = 1</script> <img src=x onerror="window.owned = 2"> <!-- <script> '
    "\u202eback to front\u202c \N{ROCKET}\N{ROCKET} {{7*7}} ]]> &lt;b&gt; \u2028 "
)


@pytest.mark.parametrize("path", ["a.txt", "<img src=x onerror='window.owned = 3'>.txt", "odd\udcff\u202e.txt"])
def test_hostile_documents_run_nothing(browser: Any, tmp_path: Path, path: str) -> None:
    text = HOSTILE + MOON + HOSTILE.replace("\u2028", "") + MOON + HOSTILE
    result = fixed(text, path)
    shown = Page(browser, tmp_path / "r.html", result)
    assert len(result.found) >= 2
    assert shown.corrected() == result.after
    shown.press("n", "r", "e")
    assert shown.js("return window.owned") is None
    assert shown.every("main img, main script") == []
    assert "U+202E" in shown.find("#text").text
    before = "".join(
        part for part in shown.js("return [...document.querySelectorAll('.sheet')].map((s) => s.textContent)")
    )
    assert "\u202e" not in before
    shown.calm()


def test_a_megabyte_on_one_line(browser: Any, tmp_path: Path) -> None:
    result = flood(1, "x" * 999_950 + " the back of the moon")
    shown = Page(browser, tmp_path / "r.html", result)
    shown.press("r")
    assert shown.corrected() == result.before
    assert len(shown.find("#list .what").text) < 200


# ---- for everyone ----


def test_controls_have_names_and_an_order(browser: Any, tmp_path: Path) -> None:
    shown = Page(browser, tmp_path / "r.html", fixed(MARKDOWN, "page.md"))
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles: dict[str, list[str]] = {}
    for node in nodes:
        if not node["ignored"]:
            roles.setdefault(node["role"]["value"], []).append(node.get("name", {}).get("value", ""))
    for role in ("button", "combobox", "group", "complementary", "region", "list"):
        assert roles.get(role), role
        if role in ("button", "combobox"):
            assert all(name.strip() for name in roles[role]), role
    assert {"Rule", "Kind", "Safety", "State", "File"} <= {name.strip() for name in roles["combobox"]}
    assert "main" in roles
    assert "banner" in roles
    from selenium.webdriver.common.keys import Keys

    order = []
    for _ in range(20):
        shown.press(Keys.TAB)
        order.append(shown.js("const e = document.activeElement; return e.id || e.className || e.tagName"))
        assert shown.js("return document.activeElement.matches(':focus-visible')")
    assert order[:8] == [
        "skip",
        "file",
        "view-inline",
        "view-side",
        "view-clean",
        "save-decisions",
        "save-text",
        "keys",
    ]
    assert order.index("accept") < order.index("reject") < order.index("edit") < order.index("by-rule")


STYLE = (ROOT / "cleaner" / "report" / "review" / "style.css").read_text("utf-8")
PAIRS = [  # what is written on what
    *(("ink", ground) for ground in ("paper", "panel", "proof")),
    *(("quiet", ground) for ground in ("paper", "panel", "note")),
    ("add-ink", "add"), ("cut-ink", "cut"), ("idea-ink", "idea"), ("note-ink", "note"), ("primary-ink", "primary"),
    ("add-ink", "paper"), ("cut-ink", "paper"), ("add-ink", "panel"), ("cut-ink", "panel"), ("focus", "panel"), ("ink", "note"),
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_can_be_told_apart(theme: str) -> None:
    light, dark = STYLE.split("@media (prefers-color-scheme: dark)", 1)
    colors = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", light))
    if theme == "dark":
        colors |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", dark.split("}", 1)[0]))
    weak = {pair: round(contrast(colors[pair[0]], colors[pair[1]]), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(c * 2 for c in color[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1400, 950)])
def test_the_chosen_change_is_seen(browser: Any, tmp_path: Path, width: int, height: int) -> None:
    shown = Page(browser, tmp_path / "r.html", flood(60))
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        for step in range(40):
            shown.press("n")
            if step % 13 == 0:
                assert shown.js(
                    """const r = document.querySelector('#text .chosen').getBoundingClientRect();
                    return document.elementFromPoint(r.left + 2, r.top + 2).closest('#text') !== null"""
                ), step
        assert shown.js("return document.documentElement.scrollWidth <= innerWidth")
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_browser_that_keeps_nothing_says_so(browser: Any, tmp_path: Path) -> None:
    code = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })"
    shown = Page(browser, tmp_path / "r.html", fixed(MOON, "a.txt"))
    assert not shown.find("#unkept").is_displayed()
    made = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": code})
    try:
        browser.refresh()
        assert shown.find("#unkept").is_displayed()
        shown.press("r")
        assert shown.state(0) == "rejected"
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": made["identifier"]})
