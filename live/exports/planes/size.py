"""How large a plane is drawn, in a unit of its own."""

import io

from live.report_blocks import Plane

SIDE = 640  # of a square, and the longer side of a picture
EDGE = 48  # around a square, for the names of its ends
MARK = 18  # radius of a mark with a letter


def size_of(plane: Plane) -> tuple[int, int]:
    """Width and height."""
    if plane.picture is None:
        return SIDE, SIDE
    from PIL import Image

    with Image.open(io.BytesIO(plane.picture.body), formats=["WEBP"]) as image:
        scale = SIDE / max(image.size)
        return round(image.width * scale), round(image.height * scale)
