"""Every page and state of the app, looked at: access, layout, marks without colour, stillness, languages.

LOOK_AT='item-spot*' looks at those stops alone.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from quiz.core.library import Library
from tests.browser import looks, tour
from tests.browser.conftest import served
from tests.browser.languages import Abroad
from tests.browser.stage import Stage
from tests.browser.walker import Leg
from tests.pseudo import LONG, RTL

pytestmark = pytest.mark.browser
ONLY = os.environ.get("LOOK_AT", "")


@pytest.fixture(scope="module")
def sites_abroad(stage_url: str, library: Library) -> Iterator[tuple[str, str]]:
    """The addresses of the stage’s app in two languages that nobody speaks."""
    with (
        served(stage_url, library, LONG, TEACHER_SIGNUP="open") as long,
        served(stage_url, library, RTL, TEACHER_SIGNUP="open") as turned,
    ):
        yield long, turned


@pytest.mark.parametrize("leg", tour.legs_with(ONLY), ids=lambda leg: leg.stops[0])
def test_every_stop_bears_looking_at(
    browser: Browser, stage: Stage, sites_abroad: tuple[str, str], leg: Leg
) -> None:
    abroad = Abroad(stage.site, sites_abroad)
    defects: list[looks.Defect] = []
    for stop in tour.walk(browser, stage, [leg], only=ONLY):
        defects += [*looks.look(stop), *abroad.look(stop)]
    report = looks.report(defects)
    assert not report, f"\n{report}"


def test_no_two_stops_have_one_name() -> None:
    assert len(set(tour.STOPS)) == len(tour.STOPS)
