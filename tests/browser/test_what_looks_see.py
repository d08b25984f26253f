"""The looks themselves: each sees what it is there to see, and lets a sound page be."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import looks
from tests.browser.tour import window

pytestmark = pytest.mark.browser

SOUND = """<!doctype html><html lang="en"><head><title>Sound</title>
<style>button { font: inherit }</style></head>
<body style="margin: 0; font: 1rem/1.5 sans-serif; color: #000; background: #fff">
<main style="padding: 1rem"><h1>Sound</h1>
<p>Words, with <a href="#there">a link in a line</a> of text that goes on.</p>
<p style="display: flex; gap: 1rem; flex-wrap: wrap">
<button style="min-width: 44px; min-height: 44px">Send</button>
<button style="min-width: 44px; min-height: 44px">Stop</button></p>
%s</main></body></html>"""
STEADY = "position: absolute; left: 10px; top: 300px"
BROKEN = {
    "too wide": '<p style="width: 1500px">A wide line</p>',
    "cut off at the side": '<p style="width: 40px; overflow: hidden; white-space: nowrap">Far too long</p>',
    "cut off below": '<p style="height: 12px; overflow: clip">Line<br>and line</p>',
    "words squeezed into": '<p style="width: 30px">Some words that go on for a while and a while</p>',
    "words lie over words": f'<p style="{STEADY}">Some words</p><p style="{STEADY}">Other words</p>',
    "controls overlap": f'<button style="{STEADY}; width: 50px; height: 50px"></button>'
    f'<a href="#x" style="{STEADY}; width: 60px; height: 60px"></a>',
    "a control lies over words": f'<p style="{STEADY}">Words</p>'
    f'<button style="{STEADY}; width: 90px; height: 50px"></button>',
    "letters that don’t grow": '<p style="font-size: 15px">Words</p>',
    "less than 44": '<button style="height: 30px; width: 90px">Low</button>',
    "less than 24": '<a href="#x" style="display: block; height: 20px; width: 90px">Low</a>',
}
"""What is said of a page, by what it holds."""
FINE = {
    "hidden words": '<p style="position: absolute; width: 1px; height: 1px; overflow: hidden">Heard</p>',
    "a box that scrolls": '<div tabindex="0" style="height: 40px; overflow: auto">'
    f"{'<p>Line after line</p>' * 9}</div><p>Words below it</p>",
    "a box in its label": '<label style="display: block; min-height: 44px"><input type="radio"> A</label>',
    "folded": "<details><summary style='min-height: 44px; min-width: 44px'>More</summary>"
    '<p style="position: absolute; top: 0">Folded</p></details>',
    "a bar over the page": '<div style="position: fixed; top: 0; left: 0"><b>Bar</b></div>',
}
"""What looks as if something were wrong with it, and isn't."""
CELLS = "<style>.cell {{ display: block; width: 20px; height: 20px }} {rules}</style>" + "".join(
    f'<span class="cell {kind}"></span>' for kind in ("source", "hint", "")
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with window(browser) as page:
        yield page


def test_a_sound_page_is_left_alone(page: Page) -> None:
    for body in ("", *FINE.values()):
        page.set_content(SOUND % body)
        assert [one for look in (looks.layout, looks.stillness) for one in look(page)] == []
    assert list(looks.access(page)) == []


@pytest.mark.parametrize("what", BROKEN)
def test_the_layout_is_seen(page: Page, what: str) -> None:
    page.set_content(SOUND % BROKEN[what])
    assert any(what in said for _view, said in looks.layout(page))


def test_letters_of_twice_the_size_are_tried(page: Page) -> None:
    page.set_content(SOUND % '<p style="height: 40px; overflow: hidden">Words</p>')
    assert {view for view, _said in looks.layout(page)} == {"1280 px, letters of 200 %"}


@pytest.mark.parametrize(
    ("rules", "alike"),
    [
        (".source { background: red } .hint { background: green }", {"forced colours", "print"}),
        (
            ".source { border: 2px solid } .hint { border: 2px dotted }",
            set(),
        ),
        (
            "@media screen { .source { border: 2px solid } .hint { border: 2px dotted } }",
            {"print"},
        ),
        (
            ".source { forced-color-adjust: none; background: #000 } .hint { border: 2px dotted }",
            {"print"},
        ),
    ],
    ids=["by colour", "by line", "by line on the screen", "by ink that no printer prints"],
)
def test_marks_are_told_apart_without_colour(page: Page, rules: str, alike: set[str]) -> None:
    page.set_content(SOUND % CELLS.format(rules=rules))
    assert {view for view, _said in looks.marks(page)} == alike


def test_access_is_seen_in_the_dark_too(page: Page) -> None:
    grey = "<style>@media (prefers-color-scheme: dark) { h1 { color: #bbb } }</style><p><img src='x.png'></p>"
    page.set_content(SOUND % grey)
    found = {(view, said.split(":")[0]) for view, said in looks.access(page)}
    assert ("390 px, dark", "axe color-contrast") in found
    assert ("1280 px, light", "axe image-alt") in found


def test_what_moves_is_seen(page: Page) -> None:
    page.set_content(
        SOUND % "<style>@keyframes go { to { opacity: 0.5 } } h1 { animation: go 9s infinite }</style>"
    )
    assert any("go on <h1" in said for _view, said in looks.stillness(page))


def test_a_defect_is_told_once_with_its_places() -> None:
    defects = [looks.Defect("320 px", "too wide", f"stop-{number}") for number in range(8)]
    told = looks.report([*defects, *defects])
    assert told.count("too wide") == 1 and "stop-0" in told and "and 2 more" in told
