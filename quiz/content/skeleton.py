"""Commented skeletons for authors: a new article, a new item. They pass the schema as they are."""

from pathlib import Path

HERE = Path(__file__).parent / "skeletons"
FORMATS = sorted(path.stem for path in (HERE / "items").glob("*.toml"))


class AlreadyThere(Exception):
    """The file exists; nothing was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already: nothing was written.")


class NoArticle(Exception):
    """The item's article has no folder."""

    def __init__(self, article: str) -> None:
        super().__init__(f"There is no article {article}: run `quiz new article {article}` first.")


def article(root: Path, id: str) -> Path:
    """Write the skeleton of an article below `root`; gives its file. Raises AlreadyThere."""
    path = root / id / "article.toml"
    written = _write(path, (HERE / "article.toml").read_text(encoding="utf-8").replace("@ID@", id))
    (path.parent / "items").mkdir(exist_ok=True)
    return written


def item(root: Path, article: str, id: str, format: str) -> Path:
    """Write the skeleton of an item of an article; gives its file. Raises AlreadyThere, NoArticle."""
    if not (root / article / "article.toml").exists():
        raise NoArticle(article)
    text = (HERE / "items" / f"{format}.toml").read_text(encoding="utf-8")
    section = id[0].lower()
    return _write(
        root / article / "items" / f"{id}.toml", text.replace("@ID@", id).replace("@SECTION@", section)
    )


def _write(path: Path, text: str) -> Path:
    if path.exists():
        raise AlreadyThere(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
