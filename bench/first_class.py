"""A teacher's first class, from the invitation link to the code on the board, done as a person does it.

Prints how many presses and key strokes it takes, and how long for somebody who reads every word at 200 words
a minute, types three characters a second and takes a second and a half for each press; then gives the class a
lesson. With a folder as argument, keeps the four pictures of the README there.

    .venv/bin/python -m bench.first_class [docs/teacher]
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from quiz.app import ROOT

WORDS_A_SECOND = 200 / 60
STROKES_A_SECOND = 3
SECONDS_A_PRESS = 1.5
WIDTH, HEIGHT = 1000, 760
PORT = "8765"
NAME = "words.school.example"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
]


@dataclass
class Hands:
    """A person at a page: what they press, type and read, and how long that takes them."""

    page: Page
    folder: Path | None
    presses: int = 0
    strokes: int = 0
    words: int = 0

    def read(self, picture: str) -> None:
        """Read the whole page; keep a picture of it."""
        self.words += len(self.page.inner_text("main").split())
        if self.folder:
            self.page.screenshot(path=self.folder / f"{picture}.png")

    def type(self, selector: str, text: str) -> None:
        """Press into a field and type."""
        self.presses += 1
        self.strokes += len(text)
        self.page.fill(selector, text)

    def press(self, selector: str, leads_to: str) -> None:
        """Press a button, and wait for where it leads."""
        self.presses += 1
        self.page.click(selector)
        self.page.wait_for_url(leads_to)

    @property
    def seconds(self) -> float:
        """How long it takes, the server's own time left out."""
        reading, typing = self.words / WORDS_A_SECOND, self.strokes / STROKES_A_SECOND
        return reading + typing + self.presses * SECONDS_A_PRESS


@contextmanager
def serving() -> Iterator[str]:
    """The app on a database of its own; gives an invitation link."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            "DATABASE_URL": f"sqlite:///{folder}/class.sqlite",
            "SECRET_KEY": "k" * 40,
            "PORT": PORT,
            "PUBLIC_URL": f"http://{NAME}:{PORT}",
        }
        quiz = str(ROOT / ".venv/bin/quiz")
        subprocess.run([quiz, "upgrade"], env=environ, check=True, capture_output=True)
        link = subprocess.run(
            [quiz, "invite"], env=environ, check=True, capture_output=True, text=True
        ).stdout
        server = subprocess.Popen([quiz, "run"], env=environ, stdout=subprocess.PIPE, text=True)
        try:
            if server.stdout:
                server.stdout.readline()
            yield link.strip()
        finally:
            server.terminate()
            server.wait()


def main(folder: Path | None) -> None:
    """Do it, and say what it took."""
    chromium = shutil.which("chromium") or sys.exit("no chromium on this machine")
    with serving() as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, timezone_id="Europe/Lisbon", reduced_motion="reduce"
        )
        page = context.new_page()
        hands = Hands(page=page, folder=folder)
        page.goto(link)
        page.wait_for_load_state("networkidle")
        hands.type("#name", "Ms Vane")
        hands.type("#password", "heron canal bread")
        hands.read("1-come-in")
        hands.press("main button[type=submit]", "**/teach")
        hands.type("#name", "9b")
        hands.read("2-new-class")
        hands.press("main button[type=submit]", "**/projector")
        hands.read("3-board")
        print(f"From the link to the code on the board: {hands.presses} presses, {hands.strokes} characters,")
        print(f"{hands.words} words to read; {hands.seconds:.0f} seconds for a person who reads them all.")
        hands.press("text=Give something to do", "**/assignments/new")
        page.select_option("#exercise", "alleged-support/lesson-1")
        hands.read("4-give")
        hands.press("main button[type=submit]", "**#given-*")
        print(f"With lesson 1 given: {hands.presses} presses, {hands.seconds:.0f} seconds.")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
