"""What came of a task, as the class's teacher sees it: at a glance, on the text, claim by claim, written."""

from collections.abc import Iterator

from tests.browser.walker import Legs, Walker

LEGS = Legs("teacher")
WORST = ("sentence", "shares", "key", "talk")


def _task(walker: Walker, exercise: str) -> str:
    return f"task={walker.stage.given[exercise]}"


@LEGS.through("results", "results-unfolded", "results-lesson", "results-out", "results-none")
def results(walker: Walker) -> Iterator[str]:
    """At a glance."""
    walker.sign_in()
    walker.room(f"/results?{_task(walker, 'alleged-support/b')}")
    yield "results"
    for summary in ("Who hasn’t finished", "Another task of this class"):
        walker.unfold(summary)
    yield "results-unfolded"
    walker.room(f"/results?{_task(walker, 'alleged-support/lesson-1')}")
    yield "results-lesson"
    walker.room(f"/heat?{_task(walker, 'alleged-support/lesson-2')}")
    walker.unfold("All answers")
    walker.button("Don’t count it")
    walker.page.wait_for_load_state()
    walker.room(f"/results?{_task(walker, 'alleged-support/lesson-2')}")
    yield "results-out"
    walker.room(f"/results?task={walker.stage.test}")
    yield "results-none"


@LEGS.through("heat", "heat-unfolded", "heat-grid", "heat-choice", "heat-named")
def heat(walker: Walker) -> Iterator[str]:
    """On the text."""
    walker.sign_in()
    here = f"/heat?{_task(walker, 'alleged-support/b')}"
    walker.room(here)
    yield "heat"
    for summary in walker.page.locator("#main summary", has_text="All answers").all()[:3]:
        summary.click()
    yield "heat-unfolded"
    walker.room(f"/heat?{_task(walker, 'alleged-support/lesson-1')}&item=C1")
    yield "heat-grid"
    walker.room(f"{here}&item=B3")
    yield "heat-choice"
    walker.room(f"{here}&names=yes")
    yield "heat-named"


@LEGS.through(*(f"worst-{one}" for one in WORST), "worst-pair", "worst-hands", "worst-hands-up", "worst-over")
def worst(walker: Walker) -> Iterator[str]:
    """Claim by claim on the board."""
    walker.sign_in()
    here = f"/worst?{_task(walker, 'alleged-support/b')}"
    for shown in WORST:
        walker.room(f"{here}&show={shown}")
        yield f"worst-{shown}"
    walker.room(f"/worst?{_task(walker, 'bank/form-x')}&show=talk&place=5")
    yield "worst-pair"
    walker.room(f"{here}&hands=yes")
    yield "worst-hands"
    walker.room(f"{here}&hands=yes&show=shares")
    yield "worst-hands-up"
    walker.room(f"{here}&place=999")
    yield "worst-over"


@LEGS.through("growth", "texts", "texts-named", "texts-refused", "texts-marked", "texts-none")
def written(walker: Walker) -> Iterator[str]:
    """Before and after; the written answers."""
    walker.sign_in()
    walker.room("/growth")
    yield "growth"
    here = f"/texts?{_task(walker, 'alleged-support/lesson-3')}"
    walker.room(here)
    yield "texts"
    walker.link("Show the name")
    yield "texts-named"
    walker.page.eval_on_selector("#comment", "one => { one.value = 'x'.repeat(9000); }")
    walker.button("Keep, and the next one")
    walker.page.wait_for_selector("#main [role=alert]")
    yield "texts-refused"
    walker.room(here)
    for group in walker.page.locator("#main form fieldset").all():
        group.locator("input[type=radio]").first.check(force=True)
    walker.page.fill("#comment", "Both halves of the reply, please.")
    walker.page.check("[name=flagged]", force=True)
    walker.button("Keep, and the next one")
    walker.page.get_by_role("button", name="Show 1 mark").wait_for()
    yield "texts-marked"
    walker.room(f"/texts?{_task(walker, 'alleged-support/b')}")
    yield "texts-none"


@LEGS.through("print-results", "print-results-named")
def on_paper(walker: Walker) -> Iterator[str]:
    """Results to print."""
    walker.sign_in()
    here = f"/print?{_task(walker, 'alleged-support/b')}"
    walker.room(here)
    yield "print-results"
    walker.room(f"{here}&names=yes")
    yield "print-results-named"
