"""What SECURITY.md says is shown by tests that are there."""

import re

from quiz.app import ROOT


def test_each_test_that_the_threats_name_exists_and_each_threat_names_one() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    there = {
        name
        for path in ROOT.glob("tests/**/test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    threats = [line for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(threats) > 10
    for line in threats:
        named = set(re.findall(r"`(test_\w+)`", line.split("|")[4]))
        assert named, f"{line[:40]}: name a test"
        assert named <= there, f"no such test: {named - there}"
