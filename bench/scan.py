"""A scanner from outside, wapiti, against the app with a class of 28 in it, signed in as their teacher.

python -m bench.scan WAPITI: the path of its program, which lives in a place of its own.
"""

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bench.served import SECRET, serving
from quiz.app import ROOT, create_app
from quiz.content.load import load
from quiz.services import demo
from quiz.settings import INSTANCE, Settings
from quiz.store import schema
from quiz.store.engine import WRITES, connect
from tests.web.client import Visitor

REPORT = INSTANCE / "scan.json"
CRAWL_SECONDS, ATTACK_SECONDS = 90, 20
MODULES = (
    "cookieflags crlf csp csrf exec file http_headers methods permanentxss redirect sql upload xss".split()
)
"""Those that ask no other host for anything."""
ENDS_IT = ("/teach/sign-out", "/teach/account/sign-out-everywhere", "/teach/account/password")
"""What would sign the scanner out."""
WITHOUT_TLS = {"Secure Flag cookie"}
"""Said of any app that is scanned on the loopback, without TLS."""


def fill(url: str) -> str:
    """Make the class, sign in as its teacher, and give the cookie."""
    engine = connect(url)
    schema.upgrade(engine)
    library = load(ROOT / "questions")
    with Session(engine.execution_options(**{WRITES: True})) as session, session.begin():
        demo.fill(session, library, seed=28, now=datetime.now(UTC))
    engine.dispose()
    app = create_app(Settings.from_environment({"DATABASE_URL": url, "SECRET_KEY": SECRET}), library)
    teacher = Visitor(app)
    teacher.get("/teach/sign-in")
    teacher.post("/teach/sign-in", {"name": demo.NAME, "password": demo.PASSWORD})
    cookie = teacher.client.get_cookie("session")
    app.extensions["quiz_engine"].dispose()
    return f"session={cookie.value}" if cookie else ""


def scan(wapiti: str, site: str, cookie: str, folder: str) -> None:
    """Let it crawl and attack for some minutes, and write its report."""
    skipped = [part for path in ENDS_IT for part in ("-x", site + path)]
    done = subprocess.run(
        [
            *(wapiti, "-u", f"{site}/", "-s", f"{site}/teach", "--scope", "folder", "-C", cookie, *skipped),
            *("-m", ",".join(MODULES), "-S", "normal", "-v", "0", "--no-bugreport", "--flush-session"),
            *("--max-scan-time", str(CRAWL_SECONDS), "--max-attack-time", str(ATTACK_SECONDS)),
            *("--store-session", folder, "--store-config", folder, "-f", "json", "-o", str(REPORT)),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)


def main(wapiti: str) -> int:
    """Scan, and say in a few lines what was found; 1 where anything was."""
    INSTANCE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'scan.sqlite'}"
        cookie = fill(url)
        with serving("wsgi:application", url, workers=2) as served:
            scan(wapiti, f"http://127.0.0.1:{served.port}", cookie, folder)
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    every = {**report["vulnerabilities"], **report["anomalies"]}
    found = {kind: ones for kind, ones in every.items() if ones and kind not in WITHOUT_TLS}
    print(f"{report['infos']['crawled_pages_nbr']} pages crawled, {len(MODULES)} kinds of attack")
    for kind, ones in found.items():
        print(f"{kind}: {len(ones)}, such as {ones[0]['method']} {ones[0]['path']}: {ones[0]['info']}")
    print(f"{sum(map(len, found.values()))} findings; all of it in {REPORT.relative_to(ROOT)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
