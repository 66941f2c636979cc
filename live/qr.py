"""The QR code of a room's address, as one SVG path and as text for a terminal."""

from html import escape
from urllib.parse import urlsplit

QUIET = 4  # modules of empty border (the quiet zone), which readers need


def matrix(url: str) -> list[list[bool]]:
    """
    Rows of modules, True where dark, quiet zone included.

    Scheme and host are written in capitals: together with digits they then fit QR's denser alphabet, which takes 25
    modules instead of 29. The path is not, because upper and lower case differ there.
    """
    address = urlsplit(url)
    base = f"{address.scheme}://{address.netloc}"
    return _matrix(base.upper() + url[len(base) :])


def _matrix(text: str) -> list[list[bool]]:
    import qrcode  # with Pillow, which takes a tenth of a start and is needed by few commands
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def path(url: str) -> tuple[str, int]:
    """An SVG path to be drawn with `stroke-width` 1, and the width of the picture in modules."""
    return _path(matrix(url))


def path_of_text(text: str) -> tuple[str, int]:
    """The same of a text that is no address, and is left as it is."""
    return _path(_matrix(text))


def _path(rows: list[list[bool]]) -> tuple[str, int]:
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                runs.append(f"M{x} {y}.5h{end - x}")
            x = max(end, x + 1)
    return "".join(runs), len(rows)


def svg(url: str) -> str:
    drawn, size = path(url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size * 8}" height="{size * 8}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path stroke="#000" shape-rendering="crispEdges" d="{drawn}"/></svg>'
    )


def terminal(url: str) -> str:
    """Two rows of modules in each line of text; dark on light in any colours of the terminal."""
    rows = matrix(url)
    rows += [[False] * len(rows[0])] * (len(rows) % 2)
    signs = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    pairs = (zip(upper, lower, strict=True) for upper, lower in zip(rows[::2], rows[1::2], strict=True))
    lines = ("".join(signs[pair] for pair in line) for line in pairs)
    return "\n".join(f"\x1b[30;47m{line}\x1b[0m" for line in lines)


def slide(url: str, host: str, code: str, note: str) -> str:
    """A slide of 1920×1080 with the QR code of *url*, and beside it what can be typed instead."""
    drawn, size = path(url)
    side, left = 860, 1040
    large = min(84, 800 / max(len(host), 1) / 0.62)  # a letter is at most some 0.62 of its height wide
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080" width="1920" height="1080"'
        " font-family=\"Inter, 'Noto Sans', 'Segoe UI', Arial, sans-serif\" fill=\"#14191b\">"
        '<path fill="#fff" d="M0 0h1920v1080H0z"/>'
        f'<g transform="translate(100 110) scale({side / size})">'
        f'<path stroke="#000" shape-rendering="crispEdges" d="{drawn}"/></g>'
        f'<text x="{left}" y="440" font-size="{large:.0f}">{escape(host)}</text>'
        f'<text x="{left}" y="610" font-size="128" font-weight="700">{escape(code)}</text>'
        f'<text x="{left}" y="720" font-size="40" fill="#444a4b">{escape(note)}</text></svg>'
    )
