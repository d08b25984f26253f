"""The units of a mark as JSON, as they are kept with an answer. The names in it stand in data."""

from collections.abc import Iterable, Mapping
from typing import Any

from quiz.core.article import TwoWay
from quiz.core.mark import Judged, Verdict
from quiz.core.skills import Skill


def as_json(units: Iterable[Judged]) -> list[dict[str, Any]]:
    """Each unit as an object; what is empty or the rule is left out."""
    return [_as_json(unit) for unit in units]


def _as_json(unit: Judged) -> dict[str, Any]:
    fields = {
        "id": unit.unit,
        "given": unit.given,
        "key": unit.key,
        "verdict": unit.verdict.value,
        "side": unit.side.value if unit.side else "",
        "given_side": unit.given_side.value if unit.given_side else "",
        "misconception": unit.misconception,
        "could": list(unit.could),
        "skill": unit.skill.value if unit.skill else "",
        "option": not unit.decides,
        "sound": unit.sound,
    }
    return {name: value for name, value in fields.items() if value or name in {"given", "key"}}


def from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Judged, ...]:
    """The units of a kept answer."""
    return tuple(
        Judged(
            unit=one["id"],
            given=one["given"],
            key=one["key"],
            verdict=Verdict(one["verdict"]),
            side=TwoWay(one["side"]) if "side" in one else None,
            given_side=TwoWay(one["given_side"]) if "given_side" in one else None,
            misconception=one.get("misconception", ""),
            could=tuple(one.get("could", ())),
            skill=Skill(one["skill"]) if "skill" in one else None,
            decides=not one.get("option", False),
            sound=one.get("sound", False),
        )
        for one in kept
    )
