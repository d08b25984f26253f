"""What every page must be: valid HTML, one h1 that the title holds, unique ids, labels, nothing inline."""

import re
from collections import Counter
from functools import cache

import html5lib
from lxml.html import HtmlElement, document_fromstring

LABELLED = {"checkbox", "radio", "text", "file", "password", "search", None}
FIELDS = {"input", "textarea", "select"}
VALUES = re.compile(r'="[^"]*"')
SAID = re.compile(r">([^<>&]*)<")


def check(text: str, path: str) -> None:
    """Raises AssertionError or ParseError with what is wrong with a page."""
    _expect_valid(_shape(text))
    elements = list(document_fromstring(text.encode()).iter("*"))
    headings = [_said(one) for one in elements if one.tag == "h1"]
    assert len(headings) == 1, f"{path}: {len(headings)} h1: write just one"
    title = next((_said(one) for one in elements if one.tag == "title"), "")
    assert title.startswith(headings[0]), f"{path}: the title “{title}” must start with “{headings[0]}”"
    ids = Counter(one.get("id") for one in elements if "id" in one.attrib)
    assert not [name for name, count in ids.items() if count > 1], f"{path}: ids twice: {ids.most_common(3)}"
    labels = {one.get("for") for one in elements if one.tag == "label"}
    for one in elements:
        _check_element(one, labels, path)


def _said(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _check_element(one: HtmlElement, labels: set[str | None], path: str) -> None:
    assert one.tag != "script" or one.get("src"), f"{path}: an inline script: move it to static/js"
    assert one.tag != "style" and "style" not in one.attrib, f"{path}: inline style: move it to static/css"
    handlers = [name for name in one.attrib if name.startswith("on")]
    assert not handlers, f"{path}: inline handlers {handlers}"
    address = str(one.get("src") or one.get("href") or "")
    assert not _leaves(address), f"{path}: leads to another host: {address}"
    if one.tag in FIELDS and not (one.tag == "input" and one.get("type") not in LABELLED):
        labelled = (
            one.get("aria-label") or one.get("aria-labelledby") or next(one.iterancestors("label"), None)
        )
        assert labelled is not None or one.get("id") in labels, f"{path}: no label for {one.attrib}"


def _shape(text: str) -> str:
    """A page without what it says: its tags with their attributes, and where there is text at all."""
    return SAID.sub(lambda said: f">{'x' if said[1].strip() else ' '}<", VALUES.sub('=""', text))


@cache
def _expect_valid(shape: str) -> None:
    """Raises ParseError where the HTML isn't valid. Pages of one shape are parsed once."""
    html5lib.HTMLParser(strict=True).parse(shape)


def _leaves(address: str) -> bool:
    return bool(re.match(r"[a-z]+:|//", address)) and not address.startswith(("data:", "mailto:"))
