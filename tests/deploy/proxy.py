"""A real nginx with the shipped file, on ports and with a certificate of its own."""

import getpass
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from pathlib import Path

from quiz.app import ROOT

NAME = "words.school.example"
SBIN = f"{os.environ['PATH']}:/usr/sbin"
NGINX = shutil.which("nginx", path=SBIN)
OPENSSL = shutil.which("openssl")
LONGEST_START = 30

MAIN = """\
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A response that came through the proxy."""

    status: int
    headers: HTTPMessage
    text: str

    @property
    def token(self) -> str:
        """The token of the page's forms."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.text)
        assert found, "no form on this page"
        return found[1]

    @property
    def cookies(self) -> list[str]:
        """The cookies that came with it, each with what a browser is told of it."""
        return self.headers.get_all("Set-Cookie") or []


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """An nginx that runs."""

    plain_port: int
    tls_port: int
    certificate: Path

    def ask(
        self,
        path: str,
        *,
        by_tls: bool = True,
        name: str = NAME,
        source: str = "127.0.0.1",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One request to that name, from that address. Raises SSLError where the name isn't served."""
        port = self.tls_port if by_tls else self.plain_port
        wire = socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(source, 0))
        with wire, talking_over(self._tls(wire, name) if by_tls else wire) as connection:
            method = "GET" if body is None else "POST"
            connection.request(method, path, body, {"Host": NAME, **(headers or {})})
            return _read(connection.getresponse())

    def _tls(self, wire: socket.socket, name: str) -> socket.socket:
        context = ssl.create_default_context(cafile=str(self.certificate))
        return context.wrap_socket(wire, server_hostname=name)


@contextmanager
def talking_over(wire: socket.socket) -> Iterator[HTTPConnection]:
    """A connection that talks over a socket that is open."""
    connection = HTTPConnection(NAME)
    connection.sock = wire
    try:
        yield connection
    finally:
        connection.close()


def _read(response: HTTPResponse) -> Answer:
    text = response.read().decode()
    return Answer(status=response.status, headers=response.headers, text=text)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def proxy(app_port: int, folder: Path) -> Iterator[Proxy]:
    """An nginx with deploy/nginx.conf in front of the app, gone in the end."""
    assert NGINX and OPENSSL
    self = Proxy(plain_port=free_port(), tls_port=free_port(), certificate=folder / "cert.pem")
    _make_certificate(OPENSSL, folder)
    (folder / "site.conf").write_text(_site(self, app_port, folder), encoding="utf-8")
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(user=user, folder=folder), encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, self, folder)
            yield self
        finally:
            process.terminate()


def _make_certificate(openssl: str, folder: Path) -> None:
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    subprocess.run([*command, "-days", "2", *subject, *files], check=True, capture_output=True)


def _site(proxy: Proxy, app_port: int, folder: Path) -> str:
    """The shipped file, moved to where a test may listen, read and write."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r" *listen \[::\].*\n", "", text)
    for shipped, here, times in [
        ("listen 80;", f"listen 127.0.0.1:{proxy.plain_port};", 1),
        ("listen 443 ", f"listen 127.0.0.1:{proxy.tls_port} ", 2),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{app_port};", 1),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(folder / "cert.pem"), 1),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(folder / "key.pem"), 1),
        ("/var/log/nginx/whose-word.log", str(folder / "site.log"), 1),
    ]:
        assert text.count(shipped) == times, f"deploy/nginx.conf: “{shipped}” isn’t there {times} times"
        text = text.replace(shipped, here)
    return text


def _wait(process: subprocess.Popen[bytes], proxy: Proxy, folder: Path) -> None:
    give_up = time.monotonic() + LONGEST_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", proxy.tls_port), timeout=5).close()
        except OSError:
            assert process.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
            assert time.monotonic() < give_up, "nginx doesn’t answer"
            time.sleep(0.05)
        else:
            return
