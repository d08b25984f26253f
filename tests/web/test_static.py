"""Static files: an address that changes with them, kept for ever, packed copies never stale."""

import os
from pathlib import Path

import pytest
from flask import Flask

from quiz.web.static import StalePacking, check_packed, init_app, tree_hash
from tests.web.client import Visitor


def test_static_files_are_served_at_their_hash_for_ever(visitor: Visitor) -> None:
    page = visitor.get("/")
    sheet = page.select_one("link[rel=stylesheet]")
    assert sheet is not None
    response = visitor.client.get(str(sheet["href"]))
    response.close()
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert visitor.client.get("/static/css/base.css").status_code == 404


def test_the_hash_follows_names_and_contents_but_not_packed_copies(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    first = tree_hash(tmp_path)
    (tmp_path / "a.css.br").write_bytes(b"packed")
    assert tree_hash(tmp_path) == first
    (tmp_path / "a.css").write_text("b{}")
    assert tree_hash(tmp_path) != first


def test_a_stale_packed_copy_stops_the_start(tmp_path: Path) -> None:
    source, packed = tmp_path / "a.css", tmp_path / "a.css.br"
    source.write_text("a{}")
    packed.write_bytes(b"packed")
    os.utime(packed, (source.stat().st_atime, source.stat().st_mtime + 1))
    check_packed(tmp_path)
    os.utime(packed, (source.stat().st_atime, source.stat().st_mtime - 1))
    with pytest.raises(StalePacking, match="make static"):
        init_app(Flask("site"), tmp_path)
