"""Requests out of shape: what a browser would never send, and what somebody might."""

import re
import sys
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from urllib.parse import quote_from_bytes, urlencode
from zipfile import ZipFile

from flask_wtf import FlaskForm
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from itsdangerous import TimestampSigner
from werkzeug.routing import Rule
from wtforms.fields.core import UnboundField

from quiz.app import ROOT
from tests.fuzz.world import Person, World

URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "fence"
HUGE = [b"x" * 300 * 1024, b"9" * 5000, b"x" * 70_000, b"&a=1" * 2000]
ODD = [
    b"",
    b"\x00",
    b"a\x00b",
    b"\r\nSet-Cookie: a=b",
    b"\xed\xa0\x80",  # half a character
    b"\xff\xfe\x00",
    b"\xc0\xaf",
    "\u202eevil\u2066".encode(),
    "\ufffe\ufdd0".encode(),
    "ı̇ß٣²½".encode(),
    "İ".encode() * 40,
    b"-1",
    b"0",
    b"1e400",
    b"NaN",
    b"99999999999999999999",
    "²".encode(),
    b"=cmd|' /C calc'!A0",
    b"<script>alert(1)</script>",
    b"'; drop table response; --",
    b"{{7*7}}${7*7}%s%n",
    b"../../../../etc/passwd",
    b"//evil.example/",
    b"2027-13-41T99:99",
    b"9999-12-31T23:59",
    b"0001-01-01T00:00",
    b"2027-03-28T01:30",
]
MEANT = {
    "answer": ["statement", "hint", "yes"],
    "closes": ["2027-03-01T08:15", ""],
    "code": ["7K3M-Q2RD-9TVA-C4XE"],
    "confidence": ["sure", "high"],
    "digits": ["000000"],
    "exercise": ["alleged-support/b", "bank/form-x", "alleged-support/c"],
    "form": ["bank/form-x", "x"],
    "id": ["00000000-0000-4000-8000-000000000001"],
    "item": ["B1"],
    "mark": ["s1", "s4"],
    "minutes": ["15"],
    "mode": ["practice", "test"],
    "name": ["Ada", "9b", "7a", "Amber Otter"],
    "naming": ["chosen", "roster"],
    "old": ["heron canal bread"],
    "opens": ["", "2026-03-01T08:15"],
    "password": ["heron canal bread", "some other bread"],
    "rule": ["1"],
    "scope": ["alleged-support", "alleged-support/B1"],
    "seat": [""],
    "submit_key": ["k1"],
    "text": ["some words of a text " * 12, "Ada"],
    "to": ["open", "out", "closed", "back"],
    "tries": ["1", "3"],
    "unit": ["c7", "s1"],
    "zone": ["Europe/Lisbon"],
}
"""What fields hold when they are meant; others are ticked."""
HOSTS = [
    "",
    "evil.example",
    "localhost:99999",
    "a b",
    "[::1",
    "localhost\t",
    "ex\u00e4mple",
    "x" * 3000,
    "a." * 1500,
    "@",
    "a,b",
]
ODD_HEADERS = {
    "Host": HOSTS,
    "X-Forwarded-Host": HOSTS,
    "X-Forwarded-Proto": ["javascript", "http", "", "https,http", "\x01"],
    "X-Forwarded-For": ["", "not an address", "::1", "1.2.3.4, " * 300, "<b>"],
    "X-Forwarded-Prefix": ["/evil", "//evil.example"],
    "X-Request-ID": ["", "x" * 9000, "<script>", "a\tb"],
    "Referer": ["http://[", "//evil.example", "http://localhost/guide", "javascript:1", "\xff", "x" * 5000],
    "Origin": ["null", "https://evil.example"],
    "Accept": ["", "application/json", "*/*;q=nonsense", "\xff" * 20],
    "Accept-Language": ["xx-YY", "*;q=9", "a" * 4000, ",,,;", "en-\x01"],
    "Accept-Encoding": ["br;q=x", "gzip, , deflate;q=", "*;q=0", "zstd"],
    "If-None-Match": ["*", '"', 'W/"', "x" * 3000],
    "If-Modified-Since": ["never", "Thu, 99 Foo 9999 99:99:99 GMT"],
    "Range": ["bytes=-1", "bytes=9-1", "lines=1"],
    "Content-Length": ["-1", "x", "99999999999999999999", "3"],
    "Content-Encoding": ["gzip"],
    "Transfer-Encoding": ["chunked"],
    "Expect": ["100-continue"],
    "X-HTTP-Method-Override": ["DELETE"],
    "HX-Request": ["true"],
}
KINDS = [
    URLENCODED,
    f"{URLENCODED}; charset=utf-7",
    f"{URLENCODED}; charset=nothing",
    "application/json",
    "text/plain",
    "application/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 300,
    f"multipart/form-data; boundary={BOUNDARY}; charset=utf-16",
    "multipart/mixed; boundary=fence",
    "",
    "\xff/\xff",
    "image/png",
]
OTHER_COOKIES = st.lists(
    st.tuples(
        st.sampled_from(["roster", "code", "link", "digits", "face", "sure"]),
        st.sampled_from(
            ["", "calm", "off", "1t.2e.xx", "9" * 5000 + "t", "x" * 3000, "<b>", "\xe9\xff", "-1t.²t"]
        ),
    ),
    max_size=3,
)
BODIES = [
    b"",
    b"null",
    b"[1]",
    b'{"a": {"b": []}}',
    b'{"a":' * 5000,
    b"<a/>",
    b"\xff\xfe\x00",
    b"a" * 300 * 1024,
]


@dataclass(frozen=True)
class Shape:
    """A request, before it is sent."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    body: bytes = field(default=b"", repr=False)

    def __str__(self) -> str:
        return f"{self!r:.2000} body={self.body[:1000]!r}"


@cache
def field_names() -> list[str]:
    """Every field of every form in the templates."""
    found: set[str] = set()
    for path in ROOT.glob("templates/**/*.html"):
        found |= set(re.findall(r'name="([\w-]+)"', path.read_text(encoding="utf-8")))
    return sorted(found - {"csrf_token"})


def fields_of(world: World, rule: Rule) -> list[str]:
    """The fields of the forms that the module of a view knows, and of the tasks."""
    module = sys.modules[world.app.view_functions[rule.endpoint].__module__]
    forms = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, FlaskForm)]
    known = {name for form in forms for name in dir(form) if isinstance(getattr(form, name), UnboundField)}
    tasks = {"mark", "text", "hand_in", "unit", "reason-s1"}
    return sorted(known | (tasks if rule.endpoint.startswith("learn.") else set())) or field_names()


def values(world: World) -> SearchStrategy[bytes]:
    """What a field may hold."""
    named = [one.encode() for every in world.names.values() for one in every]
    return st.one_of(
        st.sampled_from(ODD),
        st.sampled_from([one.encode() for every in MEANT.values() for one in every]),
        st.sampled_from(named),
        st.binary(max_size=30),
        st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.sampled_from(HUGE),
    )


@st.composite
def shapes(draw: DrawFn, world: World, rule: Rule, method: str, person: Person, *, token: bool) -> Shape:
    """A request to an address of the rule; with the token of the person's page, if it shall have it."""
    name = world.app.config["SESSION_COOKIE_NAME"]
    asked = draw(st.sampled_from([method] * 24 + ["PUT", "PATCH", "DELETE", "TRACE", "ODD", "post"]))
    kind, body = draw(_bodies(world, rule, person.token if token else draw(_no_tokens(world, person))))
    return Shape(
        method=method if token else asked,
        path=draw(_paths(world, rule)),
        query=urlencode(draw(_fields(world, field_names(), most=3))),
        headers=tuple(draw(_headers())),
        cookies=(draw(_sessions(name, person)) if not token else (name, person.cookie), *draw(OTHER_COOKIES)),
        kind=kind if method == "POST" or draw(st.booleans()) else "",
        body=body if method == "POST" or draw(st.booleans()) else b"",
    )


@st.composite
def _paths(draw: DrawFn, world: World, rule: Rule) -> str:
    everything = [one for every in world.names.values() for one in every]

    def part(found: re.Match[str]) -> str:
        meant = st.sampled_from(world.names.get(found[1], everything)).map(str.encode)
        odd = st.one_of(
            st.sampled_from(ODD), st.binary(max_size=12), st.sampled_from([b"9" * 5000, b"x" * 5000])
        )
        chosen = draw(meant if draw(st.sampled_from([True] * 8 + [False])) else odd)
        return quote_from_bytes(chosen)

    return re.sub(r"<(?:[a-z]+:)?([a-z]+)>", part, rule.rule)


def _fields(world: World, known: list[str], most: int = 8) -> SearchStrategy[list[tuple[str, bytes]]]:
    """Fields that a form has or hasn't, some of them doubled."""
    odd = st.text(max_size=5).map(lambda name: name.encode("utf-8", "replace").decode())
    names = st.one_of(st.sampled_from(known), st.sampled_from(known), st.sampled_from(field_names()), odd)
    return st.lists(st.tuples(names, values(world)), max_size=most)


def _meant(world: World, name: str) -> SearchStrategy[bytes]:
    """What a field is meant to hold; a field for a seat has one of either class."""
    held = world.names["seat"] if name == "other" else MEANT.get(name, ["yes"])
    return st.sampled_from([one.encode() for one in held])


@st.composite
def _bodies(draw: DrawFn, world: World, rule: Rule, token: str | None) -> tuple[str, bytes]:
    known = fields_of(world, rule)
    fields = draw(_fields(world, known))
    if draw(st.sampled_from([True, True, False])):
        fields += [(name, draw(_meant(world, name))) for name in known]
    if token is not None:
        fields.append(("csrf_token", token.encode()))
    match draw(st.sampled_from(["plain", "plain", "plain", "parts", "parts", "odd"])):
        case "plain":
            return URLENCODED, urlencode(fields).encode()
        case "parts":
            parts = [_part(name, value) for name, value in fields] + draw(st.lists(_files(known), max_size=2))
            body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
            cut = draw(st.sampled_from([len(body)] * 3 + [len(body) // 2, max(0, len(body) - 5)]))
            return f"multipart/form-data; boundary={BOUNDARY}", body[:cut]
    return draw(st.sampled_from(KINDS)), draw(st.sampled_from([*BODIES, urlencode(fields).encode()]))


def _part(name: str, value: bytes, more: str = "", kind: str = "") -> bytes:
    shown = name.replace('"', "").replace("\r", "").replace("\n", "")
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{shown}"{more}\r\n{kind}\r\n'
    return head.encode() + value + b"\r\n"


@st.composite
def _files(draw: DrawFn, known: list[str]) -> bytes:
    """A file where a form takes one, or where it takes none."""
    name = draw(st.sampled_from(["file", *known, "csrf_token"]))
    called = draw(st.sampled_from(["r.csv", "", "../../x", "r.xlsx", "\u202efdp.exe", "x" * 500]))
    kind = draw(
        st.sampled_from(["", "Content-Type: text/csv\r\n", "Content-Type: text/x; charset=utf-7\r\n"])
    )
    return _part(name, draw(st.sampled_from([*_rosters(), *ODD])), f'; filename="{called}"', kind)


@cache
def _rosters() -> list[bytes]:
    """Lists of names as they come, and as they shouldn't."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<a/>")
    return [
        b"Name\nAda\nBo\n",
        b"=1+1\n@x\n",
        b'"open\nAda',
        b"\xff\xfeA\x00",
        b"\xfe\xff\xd8\x00",
        b"x" * 200_000,
        b"a\n" * 5000,
        b'"' + b"x" * 140_000,
        packed.getvalue(),
        "Ada\r\nBo\u2028Cy\n".encode("utf-16"),
        "Zoë;1\nÅsa;2\n".encode("cp1252"),
    ]


def _headers() -> SearchStrategy[list[tuple[str, str]]]:
    one = st.sampled_from(sorted(ODD_HEADERS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(ODD_HEADERS[name]))
    )
    return st.one_of(st.just([]), st.just([]), st.lists(one, max_size=2))


def _no_tokens(world: World, person: Person) -> SearchStrategy[str | None]:
    """No token, one that is nothing, or one of somebody else's page."""
    others = [one.token for one in world.people if one is not person]
    signed = TimestampSigner("another key" * 4).sign("a").decode()
    return st.sampled_from(
        [None, "", "stale", "\x00", person.token[:-1], person.token + "x", signed, *others]
    )


@st.composite
def _sessions(draw: DrawFn, name: str, person: Person) -> tuple[str, str]:
    """The person's own cookie, or one that is forged, broken or no cookie of this app."""
    forged = TimestampSigner("another key" * 4).sign(person.cookie.rsplit(".", 2)[0]).decode()
    broken = [forged, "", "x", "..", person.cookie[:-3], person.cookie.swapcase(), "." + "x" * 3000, "\xff"]
    return name, draw(st.sampled_from([person.cookie] * 8 + broken))
