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


def init_app(app: Flask, folder: Path) -> None:
    """Serve the folder, and give templates `static(path)`, which fails for a file that isn't there."""
    prefix = f"/static/{tree_hash(folder)}/"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=prefix,
        immutable_file_test=lambda _path, _url: True,
    )

    @app.template_global()
    def static(path: str) -> str:
        if not (folder / path).is_file():
            raise FileNotFoundError(f"no static file {path}")
        return prefix + path
