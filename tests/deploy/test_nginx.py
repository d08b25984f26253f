"""The app behind a real nginx with the shipped file: TLS, names, addresses, sizes, ids."""

import json
import re
import shutil
import ssl
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from quiz.app import LARGEST_BODY
from tests.deploy.proxy import NAME, NGINX, OPENSSL, Answer, Proxy, proxy
from tests.faults.served import Server, serving
from tests.tools import missing

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """`quiz run` as behind a proxy; one worker, since each counts wrong guesses for itself."""
    if not (NGINX and OPENSSL):
        missing("NO PROXY: nginx or openssl was not found, so the app behind a proxy can’t be tested")
    path = tmp_path_factory.mktemp("behind-nginx") / "test.sqlite"
    shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
    settings = {"PUBLIC_URL": f"https://{NAME}", "TRUSTED_PROXIES": "1", "WEB_CONCURRENCY": "1"}
    with serving(f"sqlite:///{path}", **settings) as server:
        yield server


@pytest.fixture(scope="module")
def nginx(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx in front of it."""
    with proxy(server.port, tmp_path_factory.mktemp("nginx")) as running:
        yield running


def test_without_tls_one_is_led_to_tls(nginx: Proxy) -> None:
    answer = nginx.ask("/learn?x=1", by_tls=False)
    assert answer.status == 308
    assert answer.headers["Location"] == f"https://{NAME}/learn?x=1"


def test_pages_and_static_files_tell_browsers_to_stay_with_tls_and_cookies_are_secure(nginx: Proxy) -> None:
    page = nginx.ask("/join")
    assert page.status == 200
    assert "max-age=" in page.headers["Strict-Transport-Security"]
    (cookie,) = page.cookies
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    style = re.search(r'href="(/static/[^"]+\.css)"', page.text)
    assert style
    packed = nginx.ask(style[1])
    assert packed.status == 200 and "immutable" in packed.headers["Cache-Control"]
    assert "max-age=" in packed.headers["Strict-Transport-Security"]


def test_other_names_are_refused(nginx: Proxy) -> None:
    with pytest.raises(ssl.SSLError):
        nginx.ask("/", name="other.example")
    assert nginx.ask("/", headers={"Host": "other.example"}).status == 421
    assert nginx.ask("/", headers={"X-Forwarded-Host": "other.example"}).status == 200


def test_the_app_is_told_that_it_is_reached_by_tls(nginx: Proxy) -> None:
    """A code is shown once, by a cookie that is Secure where its request came by TLS."""

    def press(path: str, page: Answer) -> Answer:
        fields = urlencode({"csrf_token": page.token}).encode()
        return nginx.ask(path, body=fields, headers={**FORM, "Cookie": session})

    start = "/learn/alleged-support/a"
    page = nginx.ask(start)
    session = page.cookies[0]
    session = press(start, page).cookies[0]
    made = press("/me/code", nginx.ask("/me", headers={"Cookie": session}))
    assert made.status == 303
    assert all("Secure" in one.split("; ") for one in made.cookies) and len(made.cookies) > 0


def test_guesses_count_for_the_address_that_nginx_saw_whatever_the_browser_says(nginx: Proxy) -> None:
    def guess(source: str, number: int) -> int:
        spoofed = {"X-Forwarded-For": f"10.0.0.{number}", "Forwarded": f"for=10.0.0.{number}"}
        return nginx.ask("/join/222222", source=source, headers=spoofed).status

    assert {guess("127.0.0.2", number) for number in range(300)} == {404}
    assert guess("127.0.0.2", 30) == 429
    assert guess("127.0.0.3", 31) == 404


def test_what_is_too_large_gets_the_apps_own_page_and_far_larger_things_do_not_reach_it(nginx: Proxy) -> None:
    too_large = nginx.ask("/join", body=b"code=" + b"x" * LARGEST_BODY, headers=FORM)
    assert too_large.status == 413 and "That is too much at once" in too_large.text
    far_larger = nginx.ask("/join", body=b"code=" + b"x" * LARGEST_BODY * 5, headers=FORM)
    assert far_larger.status == 413 and "too much at once" not in far_larger.text


def test_a_request_has_one_id_in_front_and_behind(nginx: Proxy, server: Server) -> None:
    name = nginx.ask("/healthz", headers={"X-Request-ID": "0" * 32}).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", name) and name != "0" * 32
    lines = [json.loads(line) for line in server.said().splitlines() if line.startswith("{")]
    assert name in [line["request_id"] for line in lines]
