"""What a learner sees around the tasks: results, their own pages, practice, a class, a test, calmer type."""

from collections.abc import Iterator

from tests.browser.walker import Legs, Walker, amiss
from tests.web.ways import right

LEGS = Legs("learner")

POSTED = """async () => {
  const fields = new FormData(document.querySelector("[data-answer]"));
  fields.set("submit_key", "f".repeat(32));
  const said = await fetch(location.href, { method: "POST", body: new URLSearchParams(fields) });
  return said.ok;
}"""
"""Sends the answer on the page as another window would that stands at the same task."""


@LEGS.through(
    "result-unfinished",
    "result",
    "me",
    "me-code",
    "me-leave",
    "me-delete",
    "code",
    "whose-work",
    "delete-not-meant",
    "deleted",
)
def short(walker: Walker) -> Iterator[str]:
    """The short path to its result, and what is kept of it."""
    walker.begin("alleged-support/short")
    walker.answer()
    walker.go_on()
    walker.answer(amiss(walker.item()))
    attempt = walker.page.url.rpartition("/")[0]
    walker.page.goto(attempt)
    yield "result-unfinished"
    walker.link("Go on")
    number = 0
    going = True
    while going:
        number += 1
        walker.answer(amiss(walker.item()) if number % 3 == 0 else None)
        going = walker.go_on()
    yield "result"
    walker.go("/me")
    yield "me"
    walker.page.evaluate("location.hash = 'code'")
    yield "me-code"
    walker.unfold("Leave without a code")
    yield "me-leave"
    walker.unfold("Delete my work")
    yield "me-delete"
    yield from _with_a_code(walker)
    walker.go("/me")
    walker.unfold("Delete my work")
    walker.button("Delete it now")
    walker.page.wait_for_selector("[role=alert]")
    yield "delete-not-meant"
    walker.page.check("[name=sure]")
    walker.button("Delete it now")
    walker.page.wait_for_url("**/me/deleted")
    yield "deleted"


def _with_a_code(walker: Walker) -> Iterator[str]:
    """A code is made, and typed where somebody else has worked."""
    walker.button("Make my code")
    walker.page.wait_for_url("**/me/code")
    yield "code"
    code = walker.page.inner_text("#the-code")
    walker.anew()
    walker.go(f"/join/{walker.stage.rooms['generated'].code}")
    walker.button("Join as")
    walker.page.wait_for_url("**/me")
    walker.go("/resume")
    walker.page.fill("#code", code)
    walker.button("Open my work")
    walker.page.wait_for_selector("button[name=mine]")
    yield "whose-work"
    walker.page.click("button[name=mine][value=no]")
    walker.page.wait_for_url("**/me")


@LEGS.through("kept-already", "start-again")
def answered_before(walker: Walker) -> Iterator[str]:
    """An answer to a task that was answered in another window."""
    walker.begin("alleged-support/c", 3)
    item = walker.item()
    walker.fill(right(item))
    assert walker.page.evaluate(POSTED)
    walker.fill(amiss(item))
    walker.send()
    walker.page.wait_for_selector("a.next")
    yield "kept-already"
    walker.go("/learn/alleged-support/c")
    yield "start-again"


@LEGS.through("practice-step", "practice-wrong", "practice-result", "practice-later")
def practice(walker: Walker) -> Iterator[str]:
    """A session of practice with a slip."""
    walker.go("/practice")
    walker.button("Practise")
    walker.page.wait_for_url("**/learn/attempts/**")
    yield "practice-step"
    walker.answer(amiss(walker.item()))
    yield "practice-wrong"
    while walker.go_on():
        walker.answer()
    yield "practice-result"
    walker.go("/practice")
    yield "practice-later"


@LEGS.through("own-test-step", "own-test-kept", "own-test-result")
def own_test(walker: Walker) -> Iterator[str]:
    """A form taken alone."""
    walker.begin("alleged-support/short")
    walker.go("/me")
    walker.button("Take form X")
    walker.page.wait_for_url("**/learn/attempts/**")
    yield "own-test-step"
    walker.answer()
    yield "own-test-kept"
    while walker.go_on():
        walker.answer()
    yield "own-test-result"


@LEGS.through(
    "joined",
    "joined-room",
    "assignment-to-do",
    "assignment-closed",
    "class-step",
    "class-told",
    "class-read-otherwise",
    "class-votes",
    "class-result",
    "test-to-do",
    "test-step",
    "test-kept",
    "test-result",
)
def in_class(walker: Walker) -> Iterator[str]:
    """A seat in a class: what is to do, an answer beside the class’s, a test that tells nothing yet."""
    stage = walker.stage
    walker.go(f"/join/{stage.demo.code}")
    walker.button("Join as")
    walker.page.wait_for_url("**/me")
    yield "joined"
    walker.go(f"/join/{stage.demo.code}")
    yield "joined-room"
    walker.go(f"/learn/assignments/{stage.given['alleged-support/b']}")
    yield "assignment-to-do"
    walker.go(f"/learn/assignments/{stage.given['bank/form-x']}")
    yield "assignment-closed"
    walker.go(f"/learn/assignments/{stage.given['alleged-support/b']}")
    yield from _beside_the_class(walker)
    walker.go(f"/learn/assignments/{stage.test}")
    yield "test-to-do"
    walker.button("Start")
    walker.page.wait_for_url("**/learn/attempts/**")
    yield "test-step"
    walker.answer(amiss(walker.item()))
    yield "test-kept"
    while walker.go_on():
        walker.answer()
    yield "test-result"


def _beside_the_class(walker: Walker) -> Iterator[str]:
    walker.button("Start")
    walker.page.wait_for_url("**/learn/attempts/**")
    yield "class-step"
    walker.answer(amiss(walker.item()))
    yield "class-told"
    walker.unfold("I read it differently")
    walker.page.locator("[name^=reason-]:visible").first.fill("The office stands behind the words.")
    yield "class-read-otherwise"
    walker.link("How the class answered")
    walker.page.wait_for_selector("h1:has-text('How the class answered')")
    yield "class-votes"
    walker.link("Back to your answer")
    walker.page.goto(walker.page.url.rpartition("/")[0])
    yield "class-result"


@LEGS.through("calm-front", "calm-guide", "calm-spot", "calm-spot-wrong", "calm-classify")
def calmer(walker: Walker) -> Iterator[str]:
    """The calmer type."""
    walker.go("/")
    walker.button("Calmer type")
    walker.page.get_by_role("button", name="Usual type").wait_for()
    yield "calm-front"
    walker.go("/guide")
    yield "calm-guide"
    walker.begin("alleged-support/a", 3)
    yield "calm-spot"
    walker.answer(amiss(walker.item()))
    yield "calm-spot-wrong"
    walker.to_step(1)
    yield "calm-classify"
