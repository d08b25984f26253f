"""What a teacher sees of their own: the first class, the account, what is printed."""

from collections.abc import Iterator

from tests.browser.stage import COLLEAGUE, PASSWORD, SECOND_INVITATION, TO_A_CLASS
from tests.browser.walker import Legs, Walker

LEGS = Legs("teacher")


@LEGS.through("classes-none", "class-refused", "board-empty", "class-empty", "no-results")
def first_class(walker: Walker) -> Iterator[str]:
    """Somebody new: the first class."""
    walker.go(f"/teach/invite/{SECOND_INVITATION}")
    walker.page.fill("#name", "Mr Okoro")
    walker.page.fill("#password", PASSWORD)
    walker.button("Come in")
    walker.page.wait_for_url("**/teach")
    yield "classes-none"
    walker.button("Make the class")
    walker.page.wait_for_selector("[aria-invalid=true]")
    yield "class-refused"
    walker.page.fill("#name", "9d")
    walker.button("Make the class")
    walker.page.wait_for_url("**/projector")
    yield "board-empty"
    walker.link("To the class")
    walker.page.wait_for_selector("#given")
    yield "class-empty"
    walker.page.goto(f"{walker.page.url}/results")
    yield "no-results"


@LEGS.through(
    "class-roster", "class-roster-told", "class-roster-refused", "class-closed", "board-closed", "teach-too"
)
def colleague(walker: Walker) -> Iterator[str]:
    """A colleague with a class from a list, and one that is closed."""
    rooms = walker.stage.rooms
    walker.sign_in(COLLEAGUE, PASSWORD)
    walker.go(rooms["roster"].path)
    yield "class-roster"
    walker.unfold("Add names from a list")
    walker.page.fill("#text", "Dan Petri\nAda Lunt\n???\nEva Holm")
    walker.button("Add the names")
    walker.page.wait_for_selector("ol li[value]")
    yield "class-roster-told"
    walker.page.fill("#text", "")
    walker.button("Add the names")
    walker.page.wait_for_selector("#seats [role=alert]")
    yield "class-roster-refused"
    walker.go(rooms["closed"].path)
    yield "class-closed"
    walker.go(f"{rooms['closed'].path}/projector")
    yield "board-closed"
    walker.go(f"/teach/invite/{TO_A_CLASS}")
    yield "teach-too"


@LEGS.through(
    "classes",
    "account",
    "account-refused",
    "starter",
    "article-notes",
    "print-sheet",
    "print-sheet-draws",
    "print-key",
    "source-strip",
)
def material(walker: Walker) -> Iterator[str]:
    """Classes, the account, and what is taken to the board or to paper."""
    walker.sign_in()
    yield "classes"
    walker.go("/teach/account")
    yield "account"
    walker.button("Change it")
    walker.page.wait_for_selector("[aria-invalid=true]")
    yield "account-refused"
    for path, name in [
        ("starter", "starter"),
        ("articles/alleged-support", "article-notes"),
        ("print/lendal-otters/mini", "print-sheet"),
        ("print/alleged-support/short", "print-sheet-draws"),
        ("print/alleged-support/b/key", "print-key"),
        ("source-strip", "source-strip"),
    ]:
        walker.go(f"/teach/{path}")
        yield name
