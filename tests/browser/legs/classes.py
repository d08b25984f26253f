"""A class as its teacher keeps it: its page, the board, what is given, each seat."""

from collections.abc import Iterator

from tests.browser.walker import Legs, Walker

LEGS = Legs("teacher")


@LEGS.through("class", "class-new-code", "class-link", "class-delete-refused", "board")
def room(walker: Walker) -> Iterator[str]:
    """The class of 28."""
    walker.sign_in()
    walker.room()
    yield "class"
    walker.unfold("New code")
    yield "class-new-code"
    walker.page.locator("#teachers button").first.click()
    walker.page.wait_for_selector("#teachers code")
    yield "class-link"
    walker.room()
    walker.unfold("Delete")
    walker.page.locator('form[action$="/delete"] [name=name]').fill("another")
    walker.page.locator('form[action$="/delete"] button').click()
    walker.page.locator('form[action$="/delete"]').wait_for()
    yield "class-delete-refused"
    walker.room("/projector")
    yield "board"


@LEGS.through(
    "give", "give-refused", "given-practice", "given-test", "given-release", "given-closed", "given-change"
)
def giving(walker: Walker) -> Iterator[str]:
    """What the class has to do."""
    walker.sign_in()
    walker.room("/assignments/new")
    yield "give"
    walker.page.fill("#closes", "2020-01-01T10:00")
    walker.page.fill("#tries", "99")
    walker.button("Give it")
    walker.page.wait_for_selector("[aria-invalid=true]")
    yield "give-refused"
    walker.room(f"/assignments/{walker.stage.given['alleged-support/b']}")
    yield "given-practice"
    walker.room(f"/assignments/{walker.stage.test}")
    yield "given-test"
    walker.unfold("Release the results")
    walker.unfold("Close it")
    yield "given-release"
    walker.room(f"/assignments/{walker.stage.given['bank/form-x']}")
    yield "given-closed"
    walker.unfold("Another end")
    walker.unfold("Delete this task")
    yield "given-change"


@LEGS.through("seat", "seat-answers", "seat-digits", "seat-refused", "seat-merge")
def seat(walker: Walker) -> Iterator[str]:
    """A seat of the class."""
    walker.sign_in()
    walker.room()
    walker.page.locator("#seats li a").first.click()
    walker.page.wait_for_selector("#merge")
    here = walker.page.url
    yield "seat"
    for summary in walker.page.locator("#main section:first-of-type summary").all():
        summary.click()
    yield "seat-answers"
    walker.button("Make six digits")
    walker.page.wait_for_selector("#main output")
    yield "seat-digits"
    walker.page.fill("#minutes", "9999")
    walker.button("Set")
    walker.page.wait_for_selector("[aria-invalid=true]")
    yield "seat-refused"
    walker.page.goto(here)
    walker.page.select_option("#other", index=1)
    walker.button("Merge")
    walker.page.wait_for_selector("button[name=sure]")
    yield "seat-merge"
