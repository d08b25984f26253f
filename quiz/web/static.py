"""Static files at an address that changes with them, so that browsers may keep them for ever."""

from hashlib import sha256
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

PACKED = frozenset({".gz", ".br"})


def tree_hash(folder: Path) -> str:
    """A hash of all names and contents below a folder, packed copies left out."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in PACKED):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


class StalePacking(Exception):
    """A packed copy is older than its file, and would be served in its place."""


def check_packed(folder: Path) -> None:
    """Refuse packed copies that are older than what they pack."""
    packed = (path for path in folder.rglob("*") if path.suffix in PACKED)
    stale = [path.name for path in packed if path.stat().st_mtime < path.with_suffix("").stat().st_mtime]
    if stale:
        raise StalePacking(f"{', '.join(sorted(stale))}: packed before the last change: run `make static`")


def init_app(app: Flask, folder: Path) -> None:
    """Serve the folder, and give templates `static(path)`, which fails for a file that isn't there."""
    check_packed(folder)
    prefix = f"/static/{tree_hash(folder)}/"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=prefix,
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
    )

    @app.template_global()
    def static(path: str) -> str:
        if not (folder / path).is_file():
            raise FileNotFoundError(f"no static file {path}")
        return prefix + path
