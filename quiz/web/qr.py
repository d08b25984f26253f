"""A QR code as a picture in the page."""

import segno
from markupsafe import Markup


def qr(url: str) -> Markup:
    """The QR code of an address, as SVG that scales."""
    code = segno.make_qr(url, error="m")
    return Markup(code.svg_inline(scale=8, border=2, svgclass="qr", lineclass=None, omitsize=True))  # noqa: S704 - made here
