"""questions/key-revisions.tsv: the key of every item ever shipped, so that none changes unnoticed.

Answers are kept with the key that they were marked with. An item whose key changes loses none of them,
but they no longer go by its key: whoever changes it has to mean it. Exercises and misconceptions stand in
the file too, without a key, since kept answers name them.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from quiz.content.problems import ContentError, Problem
from quiz.core.item import Item
from quiz.core.library import Library

NAME = "key-revisions.tsv"
NO_KEY = "-"
RENEW = "quiz check --renew-keys"


def problems(library: Library, root: Path) -> list[Problem]:
    """Every item whose key isn't the one in the file, and whatever is gone."""
    file = f"{root.name}/{NAME}"
    listed = _read(root)
    if listed is None:
        return [Problem(file=file, field="", say=f"the file is missing: run `{RENEW}`")]
    keys = _keys(library)
    found = [*_gone(keys, listed), *_changed(library, listed), *_new(keys, listed)]
    return [Problem(file=file, field=field, say=say) for field, say in found]


def renew(library: Library, root: Path) -> None:
    """Write the file anew. Raises ContentError where something that was shipped is gone."""
    keys = _keys(library)
    if gone := list(_gone(keys, _read(root) or {})):
        raise ContentError([Problem(file=f"{root.name}/{NAME}", field=field, say=say) for field, say in gone])
    with (root / NAME).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(["item", "key_revision"])
        writer.writerows(sorted(keys.items()))


def _read(root: Path) -> dict[str, str] | None:
    try:
        with (root / NAME).open(encoding="utf-8", newline="") as stream:
            return {row["item"]: row["key_revision"] for row in csv.DictReader(stream, delimiter="\t")}
    except (FileNotFoundError, KeyError):
        return None


def _all(library: Library) -> dict[str, Item]:
    return {**library.items, **library.bank}


def _keys(library: Library) -> dict[str, str]:
    """What stands in the file: items with their keys, and exercises and misconceptions, which have none."""
    return (
        {item.id: item.key_revision for item in _all(library).values()}
        | {f"exercises/{key}": NO_KEY for key in library.exercises}
        | {f"misconceptions/{id}": NO_KEY for id in library.misconceptions}
    )


def _gone(keys: Mapping[str, str], listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for id in sorted(listed.keys() - keys.keys()):
        how = "" if id.startswith("misconceptions/") else ", with retired = true"
        yield id, f"was shipped, so kept answers may name it: bring it back{how}"


def _new(keys: Mapping[str, str], listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for id in sorted(keys.keys() - listed.keys()):
        yield id, f"is new: run `{RENEW}`"


def _changed(library: Library, listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Items with another key; where all of one format have one, the format has changed, and is named."""
    there = _all(library).values()
    changed = [one for one in there if listed.get(one.id, one.key_revision) != one.key_revision]
    for scheme in sorted({one.format.scheme for one in changed}):
        those = [one for one in changed if one.format.scheme == scheme]
        if 1 < len(those) == sum(1 for one in there if one.format.scheme == scheme):
            yield (
                scheme,
                f"the keys of all {len(those)} items of this kind have changed. All answers to them stay with"
                f" the marks they have, by the keys of before. If that is meant: `{RENEW}`",
            )
        else:
            yield from ((one.id, _kept_with_the_old_key(one)) for one in those)


def _kept_with_the_old_key(item: Item) -> str:
    return (
        "its key has changed. Everybody’s answers to it stay with the marks they have, by the key of before,"
        f" until `quiz remark {item.id} --apply`. If that is meant: `{RENEW}`"
    )
