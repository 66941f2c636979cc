"""Reads the pictures of a JSON export: are they those that were exported, and pictures that this version makes?"""

from hashlib import sha256

import msgspec

from live.errors import ArchiveRefused, ImportRefused
from live.exports.json_import.sections import File, Top
from live.pictures import read_size
from live.workshop.pictures import MOST_BYTES, check_limits


def read_pictures(top: Top, file: File) -> dict[str, bytes]:
    """The files by name. Raises ImportRefused."""
    pictures = file.workshop.pictures
    try:
        check_limits(pictures)
        if memoryview(top.pictures).nbytes > MOST_BYTES * 3 // 2:
            raise ImportRefused("`pictures` holds too much.")
        every = msgspec.json.decode(top.pictures, type=dict[str, bytes])
        found: dict[str, bytes] = {}
        for name, picture in pictures.items():
            bodies = [every[one] for one in (picture.files[0], picture.files[-1])]
            sizes = [read_size(body) for body in bodies]
            if (
                sha256(b"".join(bodies)).hexdigest()[:32] != picture.hash
                or sizes != [(picture.width, picture.height), (picture.small, sizes[-1][1])]
                or sum(len(every[one]) for one in picture.files) != picture.bytes
            ):
                raise ImportRefused(f"The picture {name[:60]} is not as it was exported.")
            found |= {one: every[one] for one in picture.files}
    except ArchiveRefused as refused:
        raise ImportRefused(f"{refused}.") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, ValueError):
        raise ImportRefused("A picture of the meeting is not in the file as it was exported.") from None
    return found
