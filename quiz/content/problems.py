"""What is wrong with the content: gathered, so that an author sees all of it at once."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """One thing to mend: the file and field where it stands, and what to do."""

    file: str
    field: str
    say: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.say}" if self.field else f"{self.file}: {self.say}"


class ContentError(Exception):
    """The content can't be served. `problems` lists every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
