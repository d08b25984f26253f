"""Every page and state of the app, looked at: access, layout, marks without colour, stillness.

LOOK_AT='item-spot*' looks at those stops alone.
"""

import os

import pytest
from playwright.sync_api import Browser

from tests.browser import looks, tour
from tests.browser.stage import Stage
from tests.browser.walker import Leg

pytestmark = pytest.mark.browser
ONLY = os.environ.get("LOOK_AT", "")


@pytest.mark.parametrize("leg", tour.legs_with(ONLY), ids=lambda leg: leg.stops[0])
def test_every_stop_bears_looking_at(browser: Browser, stage: Stage, leg: Leg) -> None:
    stops = tour.walk(browser, stage, [leg], only=ONLY)
    defects = [defect for stop in stops for defect in looks.look(stop)]
    report = looks.report(defects)
    assert not report, f"\n{report}"


def test_no_two_stops_have_one_name() -> None:
    assert len(set(tour.STOPS)) == len(tour.STOPS)
