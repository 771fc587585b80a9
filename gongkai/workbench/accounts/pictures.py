"""A QR code as inline SVG: no file, no script, no address under which the secret could be fetched."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET_ZONE = 4  # modules of white around it, as ISO/IEC 18004 asks


def qr(text: str) -> SafeString:
    """The code of a text as an <svg> of whole modules; its label is given by the page."""
    code: QRCode = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows) + 2 * QUIET_ZONE
    dots = "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    # Only numbers go into the markup: the text itself is nowhere in it.
    return mark_safe(
        f'<svg class="qr" viewBox="0 0 {size} {size}" aria-hidden="true" focusable="false">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{dots}" fill="#000"/></svg>'
    )
