#!/usr/bin/env python3
"""Makes docs/review.png: the review page of the founding page in Chromium, a few changes decided.

.venv/bin/python docs/screenshot.py [OUTPUT]      needs Debian's chromium and chromium-driver
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "seeds" / "000_0ded87caa741994a.txt"


def main(argv: list[str]) -> int:
    """Write the picture; 2 where there is no browser."""
    from cleaner.engine import Engine
    from cleaner.report.html import page
    from cleaner.text.formats import parse

    out = Path(argv[0]) if argv else ROOT / "docs" / "review.png"
    engine = Engine()
    result = engine.fix(parse(SEED.read_text("utf-8"), "plain", "article.txt"))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "review.html"
        report.write_text(page([result], engine.known), "utf-8")
        driver = browser()
        if driver is None:
            print(
                "screenshot.py: no chromium with its chromedriver (apt-get install chromium chromium-driver)",
                file=sys.stderr,
            )
            return 2
        try:
            driver.get(report.as_uri())
            for key in "aarann":
                driver.switch_to.active_element.send_keys(key)
            driver.execute_script("scrollTo(0, 0)")
            driver.save_screenshot(str(out))
        finally:
            driver.quit()
    return 0


def browser() -> Any:
    """Return a driver of headless Chromium with a window of 1280 × 800; None where there is none."""
    from selenium import webdriver

    chromium, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if not chromium or not driver:
        return None
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    made = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    size = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    made.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
