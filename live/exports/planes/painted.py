"""A plane as a picture, for office programs."""

import io

from live.exports.planes.size import EDGE, MARK, size_of
from live.report_blocks import Picture, Plane

TWICE = 2  # as large as it is drawn elsewhere, so that it can be printed
INK, VOICE, LINE, GROUND = "#14191b", "#0b4f47", "#cdc4b3", "#ffffff"


def painted(plane: Plane) -> Picture:
    """As WebP, with the names of the ends in `told`: letters of any script are the program's, not ours."""
    from PIL import Image, ImageDraw, ImageFont

    wide, high = (TWICE * side for side in size_of(plane))
    edge = 0 if plane.picture else TWICE * EDGE // 2
    image = Image.new("RGB", (wide + 2 * edge, high + 2 * edge), GROUND)
    draw = ImageDraw.Draw(image)
    if plane.picture:
        with Image.open(io.BytesIO(plane.picture.body), formats=["WEBP"]) as below:
            image.paste(below.convert("RGB").resize((wide, high)))
    else:
        middle = edge + wide // 2
        draw.rectangle((edge, edge, edge + wide, edge + high), outline=INK, width=3)
        draw.line((middle, edge, middle, edge + high), fill=LINE, width=3)
        draw.line((edge, middle, edge + wide, middle), fill=LINE, width=3)
    for mark in plane.marks:
        x, y = edge + mark.x * wide, edge + mark.y * high
        radius = TWICE * MARK // (1 if mark.letter else 2)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=VOICE, outline=GROUND, width=3)
        if mark.letter:
            draw.text((x, y), mark.letter, fill=GROUND, anchor="mm", font=ImageFont.load_default(TWICE * MARK))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=88)
    told = f"{plane.left} – {plane.right} · {plane.low} – {plane.high}" if plane.left else ""
    return Picture(out.getvalue(), plane.alt, told)
