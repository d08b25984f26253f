"""What somebody sees who has kept nothing here: front page, guide, lists, doors, and pages of errors."""

from collections.abc import Iterator

from tests.browser.stage import INVITATION, TO_A_CLASS
from tests.browser.walker import Legs, Walker

LEGS = Legs("visitor")

TOO_LARGE = """form => {
  const field = document.createElement("textarea");
  field.name = "code";
  field.value = "x".repeat(3_000_000);
  form.append(field);
  form.submit();
}"""


@LEGS.through("front", "front-right", "front-wrong")
def front(walker: Walker) -> Iterator[str]:
    """The front page and its sentence to try."""
    walker.go("/")
    yield "front"
    for answer, name in (("sourced", "front-right"), ("hinted", "front-wrong")):
        walker.go("/")
        walker.press(f'button[name=answer][value="{answer}"]')
        walker.page.wait_for_selector("#told")
        yield name


@LEGS.through("guide", "guide-try", "guide-right", "guide-wrong")
def guide(walker: Walker) -> Iterator[str]:
    """The guide and a statement to try under a rule."""
    walker.go("/guide")
    yield "guide"
    walker.press("#try-3 summary")
    yield "guide-try"
    buttons = walker.page.locator("#try-3 button[name=answer]")
    for place, name in ((0, "guide-right"), (1, "guide-wrong")):
        buttons.nth(place).click()
        walker.page.wait_for_selector(f"#try-3 button:nth-of-type({place + 1})[aria-pressed=true]")
        yield name


@LEGS.through("bookmark", "privacy", "practice", "index", "article", "article-term", "start", "me-nothing")
def pages(walker: Walker) -> Iterator[str]:
    """Pages to read before anything is answered."""
    for path, name in [
        ("/guide/bookmark", "bookmark"),
        ("/privacy", "privacy"),
        ("/practice", "practice"),
        ("/learn", "index"),
        ("/learn/alleged-support", "article"),
    ]:
        walker.go(path)
        yield name
    walker.press("button[popovertarget]")
    walker.page.wait_for_selector("[popover]:popover-open")
    yield "article-term"
    walker.go("/learn/alleged-support/short")
    yield "start"
    walker.go("/me")
    yield "me-nothing"


@LEGS.through(
    "join",
    "join-wrong",
    "join-generated",
    "join-chosen",
    "join-unfit-name",
    "join-roster",
    "join-closed",
    "join-digits",
    "join-wrong-digits",
)
def join(walker: Walker) -> Iterator[str]:
    """The door of a class, with each way of naming."""
    rooms = walker.stage.rooms
    walker.go("/join")
    yield "join"
    walker.page.fill("#code", "ZZZZZZ")
    walker.button("Go in")
    walker.page.wait_for_selector("[role=alert]")
    yield "join-wrong"
    walker.go(f"/join/{rooms['generated'].code}")
    yield "join-generated"
    walker.go(f"/join/{rooms['chosen'].code}")
    yield "join-chosen"
    walker.button("Join")
    walker.page.wait_for_selector("[role=alert]")
    yield "join-unfit-name"
    for name in ("roster", "closed"):
        walker.go(f"/join/{rooms[name].code}")
        yield f"join-{name}"
    walker.unfold("I have a seat")
    yield "join-digits"
    walker.page.fill("#digits", "123456")
    walker.button("Open my seat")
    walker.page.wait_for_selector("[role=alert]")
    yield "join-wrong-digits"


@LEGS.through("resume", "resume-wrong")
def resume(walker: Walker) -> Iterator[str]:
    """Coming back with a code."""
    walker.go("/resume")
    yield "resume"
    walker.page.fill("#code", "ABCD-EFGH-JKMN-PQRS")
    walker.button("Open my work")
    walker.page.wait_for_selector("[role=alert]")
    yield "resume-wrong"


@LEGS.through(
    "sign-in",
    "sign-in-wrong",
    "sign-up",
    "sign-up-refused",
    "invited",
    "invited-to-a-class",
    "invitation-gone",
)
def doors(walker: Walker) -> Iterator[str]:
    """The doors of teachers."""
    walker.go("/teach/sign-in")
    yield "sign-in"
    walker.page.fill("#name", "nobody")
    walker.page.fill("#password", "no such password")
    walker.button("Sign in")
    walker.page.wait_for_selector("[role=alert]")
    yield "sign-in-wrong"
    walker.go("/teach/sign-up")
    yield "sign-up"
    walker.page.fill("#name", "Mr Gray")
    walker.page.fill("#password", "short")
    walker.page.press("#password", "Enter")
    walker.page.wait_for_selector("[aria-invalid=true]")
    yield "sign-up-refused"
    walker.go(f"/teach/invite/{INVITATION}")
    yield "invited"
    walker.go(f"/teach/invite/{TO_A_CLASS}")
    yield "invited-to-a-class"
    walker.go("/teach/invite/no-such-link")
    yield "invitation-gone"


@LEGS.through("error-404", "error-405", "error-413")
def errors(walker: Walker) -> Iterator[str]:
    """Pages that say what went wrong."""
    walker.go("/no-such-page")
    yield "error-404"
    walker.go("/me/leave")
    yield "error-405"
    walker.go("/join")
    walker.page.eval_on_selector("#main form", TOO_LARGE)
    walker.page.locator("#code").wait_for(state="detached")
    yield "error-413"
