"""Every page in a language whose words are long, and in one that is written from right to left."""

import pytest
from playwright.sync_api import Browser, Page

from quiz.core.library import Library
from tests.browser import looks, tour
from tests.browser.conftest import served
from tests.browser.stage import Stage
from tests.pseudo import LONG, RTL, Pseudo

pytestmark = pytest.mark.browser
WIDTHS = (320, 1280)


@pytest.mark.parametrize("who", ["visitor", "learner", "teacher"])
@pytest.mark.parametrize("language", [LONG, RTL], ids=["long", "rtl"])
def test_no_page_breaks_in_another_language(
    browser: Browser, stage: Stage, stage_url: str, library: Library, language: Pseudo, who: str
) -> None:
    """Each address of the tour, opened beside it in that language by the same person."""
    seen: set[str] = set()
    defects = []
    with served(stage_url, library, language, TEACHER_SIGNUP="open") as site:
        for stop in tour.walk(browser, stage, tour.legs_with(who=who)):
            if stop.page.url not in seen:
                seen.add(stop.page.url)
                defects += _told(stop, stop.page.url.replace(stage.site, site), language)
    assert len(seen) > 5
    report = looks.report(defects)
    assert not report, f"\n{report}"


def _told(stop: tour.Stop, address: str, language: Pseudo) -> list[looks.Defect]:
    page = stop.page.context.new_page()
    page.goto(address)
    assert page.get_attribute("html", "dir") == ("rtl" if language is RTL else "ltr")
    defects = [
        looks.Defect(f"{width} px", what, stop.name) for width in WIDTHS for what in _layout(page, width)
    ]
    page.close()
    return defects


def _layout(page: Page, width: int) -> list[str]:
    """What is cut off, overlaps, or makes the page too wide. How tall a thing is says nothing here."""
    page.set_viewport_size({"width": width, "height": 900})
    return [one for one in looks.arrangement(page, looks.LEAST) if "less than" not in one]
