"""Recovery codes: written as people copy them, read as people type them."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.recovery import ALPHABET, LENGTH, digest, read, write


@given(st.binary(min_size=10, max_size=10))
def test_what_is_written_is_read_however_it_is_typed(random_bytes: bytes) -> None:
    code = write(random_bytes)
    plain = code.replace("-", "")
    assert len(plain) == LENGTH and set(plain) <= set(ALPHABET)
    assert read(code) == read(f" {code.lower()} ") == read(plain.replace("0", "o").replace("1", "l")) == plain


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_codes_differ_as_their_bytes_do(one: bytes, other: bytes) -> None:
    assert (write(one) == write(other)) == (one == other)


@given(st.text(max_size=40))
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    code = read(typed)
    assert code is None or (len(code) == LENGTH and digest(code))
