"""Draw the picture of the page that the README shows: python tests/made_up/page_picture.py.

It is the page itself, in Chromium, of a study made from a template, run on simulated answers.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from served_page import served
from typology.app.shelf import OpenStudy
from typology.study import load_study
from typology.tools.new.files import make_study
from typology.tools.new.wished.wishes import Wishes
from typology.tools.run import run_study

PROJECT = Path(__file__).parents[2]
PICTURE = PROJECT / "quarto" / "images" / "app.png"
NAME = "mon_etude"
SIZE = (1080, 860)
COLOURS = 48
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def photographed(study: Path, part: str, size: tuple[int, int] = SIZE) -> bytes:
    """Return what the page shows of the results of a study, as PNG."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (*FLAGS, f"--window-size={size[0]},{size[1]}"):
        options.add_argument(flag)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), opened=(study,)) as page:
        (opened,) = page.site.shelf.studies()
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            driver.get(page.keys.address)
            driver.get(f"{page.top}/s/{opened.name}/read/{part}")
            # The folder of this machine is nobody's concern.
            driver.execute_script(
                f"document.querySelector('.where code').textContent = '~/typologie/{NAME}'"
            )
            return driver.get_screenshot_as_png()
        finally:
            driver.quit()


def main() -> None:
    """Make a study, run it with few replicates, and draw the picture."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / NAME
        make_study(made, Wishes(template="expectations-fears", languages=("fr",)), language="fr")
        study = OpenStudy(NAME, made / "study.yml")
        study.change(study.path, {"validity": {"resamples": 50, "null_replicates": 99}})
        run_study(load_study(study.path))
        picture = Image.open(io.BytesIO(photographed(study.path, "verdict"))).convert("RGB")
    picture.quantize(COLOURS).save(PICTURE, optimize=True)
    print(PICTURE.relative_to(PROJECT), PICTURE.stat().st_size)


if __name__ == "__main__":
    main()
