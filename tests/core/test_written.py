"""What people write is kept as they wrote it, but for what no eye sees and no page can show."""

import pytest

from quiz.core.written import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two words \n", "two words"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\u00a0b\u202fc\u3000d", "a b c d"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🏫 said", "👩\u200d🏫 said"),
        ("bell\a and null\0", "bell and null"),
        ("half \ud800 gone", "half  gone"),
        ("tab\tkept", "tab\tkept"),
    ],
)
def test_a_text_is_made_fit_to_keep(typed: str, kept: str) -> None:
    assert clean(typed) == kept
