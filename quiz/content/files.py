"""Reading TOML files into their schema, with every problem kept."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from quiz.content.problems import Problem

M = TypeVar("M", bound=BaseModel)


class Reader:
    """Reads files below one folder and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def name(self, path: Path) -> str:
        """The file as an author knows it, from the folder on."""
        return f"{self.root.name}/{path.relative_to(self.root).as_posix()}"

    def read(self, path: Path, model: type[M]) -> M | None:
        """Read one file; None where it can't be used, with the reasons among the problems."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.add(path, "", "the file is missing: write it")
        except (OSError, RecursionError):
            self.add(path, "", "is no file that can be read: mend or remove it")
        except UnicodeDecodeError:
            self.add(path, "", "is not UTF-8: save it as UTF-8")
        except tomllib.TOMLDecodeError as error:
            self.add(path, "", f"is not TOML: {error}")
        else:
            try:
                return model.model_validate(data)
            except ValidationError as error:
                self.add_all(path, "", error)
        return None

    def add(self, path: Path, field: str, say: str) -> None:
        """Keep one problem."""
        self.problems.append(Problem(file=self.name(path), field=field, say=say))

    def add_all(self, path: Path, prefix: str, error: ValidationError) -> None:
        """Keep every problem of a validation, with the field it is in."""
        for one in error.errors(include_url=False, include_context=False, include_input=False):
            field = ".".join([prefix, *map(str, one["loc"])] if prefix else map(str, one["loc"]))
            self.add(path, field, _say(one["type"], one["msg"]))


def _say(kind: str, message: str) -> str:
    match kind:
        case "missing" | "missing_argument" | "missing_keyword_only_argument":
            return "is missing: add it"
        case "extra_forbidden" | "unexpected_keyword_argument":
            return "is not a field here: take it out, or mend its name"
        case _:
            return message[:1].lower() + message[1:]
