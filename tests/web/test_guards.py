"""Guards over the whole app: templates, addresses, vendored files. Each message tells the remedy."""

import re
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from quiz.app import ROOT

TEMPLATES = sorted(
    path.relative_to(ROOT / "templates").as_posix() for path in ROOT.glob("templates/**/*.html")
)
PAGES = [
    name
    for name in TEMPLATES
    if not name.startswith(("macros/", "formats/", "parts/", "base")) and not name.endswith("page.html")
]


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_template_compiles(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_a_title(name: str) -> None:
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")
    assert "{% block title %}" in text, f"{name}: give the page a title that starts with its h1"


def test_no_template_holds_inline_style_or_script() -> None:
    for name in TEMPLATES:
        text = (ROOT / "templates" / name).read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text), f"{name}: move it to static/"


def test_addresses_are_kebab_case_with_typed_ids(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        plain = re.sub(r"<[^>]+>", "", rule.rule)
        assert plain == plain.lower() and "_" not in plain, f"{rule.rule}: write it in kebab-case"
        assert "<attempt>" not in rule.rule and "<step>" not in rule.rule, f"{rule.rule}: type its ids"


def test_vendored_files_are_those_of_the_manifest() -> None:
    static = ROOT / "static"
    manifest = tomllib.loads((static / "vendor" / "manifest.toml").read_text(encoding="utf-8"))
    listed = {one["file"]: one for one in manifest["files"]}
    shipped = [
        path for path in [*static.glob("vendor/**/*.js"), *static.glob("fonts/*.woff2")] if path.is_file()
    ]
    assert {path.relative_to(static).as_posix() for path in shipped} == set(listed)
    for path in shipped:
        entry = listed[path.relative_to(static).as_posix()]
        assert sha256(path.read_bytes()).hexdigest() == entry["sha256"], f"{path.name}: renew its line"
        assert (static / entry["licence_file"]).is_file(), f"{path.name}: keep its licence beside it"


def test_files_and_functions_stay_small() -> None:
    for path in Path(ROOT / "quiz").rglob("*.py"):
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= 300, f"{path.name}: {lines} lines: split it by idea"
