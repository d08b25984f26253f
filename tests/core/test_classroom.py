"""What a class is made of, as plain values: passwords, names, rosters, codes, times."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core import codes, names, opening, passwords, roster
from quiz.core.opening import GRACE, Mode, Opening

T0 = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("password", "say"),
    [
        ("short", "at least 10"),
        ("x" * 201, "at most 200"),
        ("Password123", "tried first"),
        ("aaaaaaaaaaaa", "tried first"),
        ("ms-vane-12", "repeats your sign-in name"),
        ("heron canal bread", ""),
    ],
)
def test_weak_passwords_are_refused_with_a_reason(password: str, say: str) -> None:
    weakness = str(passwords.weakness(password, "ms-vane") or "")
    assert say in weakness
    assert bool(weakness) == bool(say)


def test_every_common_password_is_long_enough_to_matter() -> None:
    assert all(len(one) >= passwords.SHORTEST for one in passwords.COMMON)
    assert len(passwords.COMMON) > 100


def test_there_are_thousands_of_generated_names_and_each_is_known_as_one() -> None:
    made = {names.two_words(Random(seed)) for seed in range(2000)}
    assert len(made) > 1200
    assert all(names.is_generated(one) and names.screened(one) == one for one in made)
    assert not names.is_generated("Amber") and not names.is_generated("Otter Amber")


@pytest.mark.parametrize(
    "name",
    [
        "Kim",
        "Zoë-Marie",
        "O’Neill",
        "Grace 2",
        "Scunthorpe",
        "Essex",
        "आदित्य",
        "தமிழ்",
        "བསྒྲུབས",
        "မျှော်",
        "לְבָבְךָ֖",
    ],
)
def test_names_that_people_have_pass(name: str) -> None:
    assert names.screened(f"  {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "a" * 25,
        "12",
        "<b>",
        "a\u202eb",
        "Sh1t",
        "the teacher",
        "b i t c h",
        "Ze" + "\u0335" * 9,
        "Ze" + ("\u0335" * 4 + "\u200d") * 4,
    ],
)
def test_names_that_a_class_should_not_read_are_refused(name: str) -> None:
    with pytest.raises(names.UnfitName):
        names.screened(name)


@given(st.text(max_size=300))
def test_a_roster_answers_every_line_and_takes_no_name_twice(text: str) -> None:
    rows = roster.read(text)
    taken = [names.key(row.name) for row in rows if row.name]
    assert len(set(taken)) == len(taken)
    assert all(bool(row.name) != bool(row.flaw) for row in rows)
    assert [row.number for row in rows] == sorted({row.number for row in rows})


@given(st.binary(max_size=300))
def test_a_file_is_read_or_refused_and_nothing_else(data: bytes) -> None:
    with suppress(roster.Unreadable):
        roster.read(roster.decode(data))


def test_a_roster_is_cut_at_its_most() -> None:
    rows = roster.read("\n".join(f"Pupil {number}" for number in range(roster.MOST + 5)))
    assert sum(1 for row in rows if row.name) == roster.MOST
    assert rows[-1].flaw is roster.Flaw.FULL


def test_a_quoted_name_may_hold_the_separator() -> None:
    assert [row.name for row in roster.read('"Lund, Ada",8c\n"Maas, Bo",8c')] == ["Lund, Ada", "Maas, Bo"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Smith, John\nLund, Ada", ["Smith, John", "Lund, Ada"]),
        ("Fox,9b\nOwl,9b", ["Fox", "Owl"]),
        ("Fox, 9b, x\nOwl, 9b, y", ["Fox", "Owl"]),
        ("Name, class\nLena, 9b", ["Lena"]),
        ("1. Lena Fox\n2) Bo Maas\n3 Owls", ["Lena Fox", "Bo Maas", "Owls"]),
        ("1. Lena Fox\nBo Maas\n3 Owls", ["Lena Fox", "Bo Maas", "3 Owls"]),
    ],
)
def test_a_list_is_read_as_offices_write_it(text: str, read: list[str]) -> None:
    assert [row.name for row in roster.read(text)] == read


def test_a_phone_that_leaves_accents_out_still_names_the_same_person() -> None:
    assert names.plain("Zoë Łuczak") == names.plain("zoe luczak") != names.plain("Zoa Luczak")


@pytest.mark.parametrize(
    ("listed", "typed"),
    [
        ("O'Brien Siobhán", "o’brien siobhan"),
        ("Siobhán O’Brien", "Siobhan O'Brien"),
        ("Jean-Luc Picard", "JEAN LUC PICARD"),
        ("Jean\u2011Luc", "jean-luc"),
        ("Smith, John", "John Smith"),
    ],
)
def test_a_name_is_found_however_a_phone_writes_it(listed: str, typed: str) -> None:
    assert names.plain(listed) == names.plain(typed)


def test_letters_that_a_name_is_made_of_are_never_left_out() -> None:
    assert names.plain("कमल") != names.plain("कमला") and names.plain("Anna B") != names.plain("Anna C")


@given(st.integers())
def test_a_class_code_is_read_back_however_it_is_typed(seed: int) -> None:
    code = codes.class_code(Random(seed))
    assert codes.read_class_code(f" {code[:3].lower()}-{code[3:]} ") == code
    assert codes.read_class_code("".join(chr(ord(one) + 0xFEE0) for one in code)) == code, "full-width"
    assert codes.read_class_code(code + "A") is None


def test_codes_hold_nothing_that_looks_alike_and_are_many() -> None:
    assert not set("01OIL") & set(codes.ALPHABET)
    assert len(codes.ALPHABET) ** codes.LENGTH > 800_000_000


def opened(mode: Mode = Mode.TEST, closes: datetime | None = T0 + HOUR, **more: object) -> Opening:
    return Opening(mode=mode, opens_at=T0, closes_at=closes, released_at=None, **more)  # type: ignore[arg-type]


def test_answers_are_taken_through_the_grace_and_the_extra_time_and_are_late() -> None:
    at = opened(longest_extra=5)
    end = T0 + HOUR
    assert at.takes(T0 - HOUR, extra=0), "who began did so while it was open: the clock was put back"
    assert at.takes(T0, extra=0) and not at.closed(T0)
    assert at.takes(end, extra=0) and at.closed(end)
    assert not at.takes(end + GRACE, extra=0)
    assert at.takes(end + GRACE, extra=5)
    assert not at.takes(end + GRACE + timedelta(minutes=5), extra=5)


def test_nothing_is_begun_after_closing() -> None:
    at = opened()
    assert not at.may_begin(T0 - timedelta(seconds=1))
    assert at.may_begin(T0)
    assert not at.may_begin(T0 + HOUR)


def test_a_test_tells_after_its_end_with_the_longest_grace_or_on_release() -> None:
    at = opened(longest_extra=30)
    end = T0 + HOUR + GRACE
    assert not at.tells(end) and at.tells(end + timedelta(minutes=30))
    released = Opening(
        mode=Mode.TEST, opens_at=T0, closes_at=None, released_at=T0 + timedelta(minutes=1), longest_extra=0
    )
    assert not released.tells(T0)
    assert released.tells(T0 + timedelta(minutes=1))
    assert not released.takes(T0 + timedelta(minutes=1), extra=0)
    assert opened(Mode.PRACTICE).tells(T0)


def test_an_end_that_was_noted_stays_whatever_a_teacher_changes_after() -> None:
    end = T0 + HOUR + GRACE
    moved = opened(longest_extra=600, ended_at=end)
    assert moved.tells(end) and not moved.takes(end, extra=600)


def test_what_is_held_tells_nothing_even_when_released() -> None:
    held = Opening(mode=Mode.TEST, opens_at=T0, closes_at=T0 + HOUR, released_at=T0, held=True)
    assert not held.tells(T0 + 100 * HOUR)


@given(st.integers(0, 200), st.integers(0, 120))
def test_feedback_is_never_open_while_an_answer_is_taken_in_a_test(minute: int, extra: int) -> None:
    at = opened(longest_extra=120)
    now = T0 + timedelta(minutes=minute)
    assert not (at.tells(now) and at.takes(now, extra=extra))


def test_local_times_that_do_not_exist_or_exist_twice_are_refused() -> None:
    with pytest.raises(opening.NoSuchTime, match="doesn’t exist"):
        opening.to_utc(datetime(2027, 3, 28, 2, 30), "Europe/Berlin", T0)
    with pytest.raises(opening.NoSuchTime, match="exists twice"):
        opening.to_utc(datetime(2026, 10, 25, 2, 30), "Europe/Berlin", T0)
    for year in (1, 2040, 9999):
        with pytest.raises(opening.NoSuchTime, match="too far away"):
            opening.to_utc(datetime(year, 1, 1), "Europe/Lisbon", T0)
    noon = opening.to_utc(datetime(2026, 11, 24, 12, 0), "Europe/Lisbon", T0)
    assert noon == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert opening.to_local(noon, "Asia/Tokyo") == datetime(2026, 11, 24, 21, 0)


def test_what_nobody_would_type_as_a_name_is_refused_however_its_signs_combine() -> None:
    long = "a" + "\u0300" * 40_000 + "\u0323" * 40_000
    with pytest.raises(names.UnfitName):
        names.tidied(long, longest=60)
    assert names.key(long) != names.key("a")
