"""The files that faces load, under an address that changes with any of them; made smaller when first asked for."""

import asyncio
import gzip
import mimetypes
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live.web import minify
from live.web.bundle import join_apart, join_flat

TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
PACKED = ("text/", "image/svg", "application/json")  # the others are packed already
TREES = ("static", "presenter")
# Scripts that pages load by themselves. Each is sent as one file with all that it imports.
FOR_PHONES = ("static/phone/", "static/activities/")
FOR_PRESENTERS = (
    "presenter/console/console.js", "presenter/new/new.js", "presenter/report/report_edit.js",
    "presenter/review/review.js", "presenter/screen/pairing.js", "presenter/screen/screen.js",
    "presenter/styleguide/styleguide.js",
)  # fmt: skip
# What phones load later, perhaps after a deploy: an older mark gets what there is now, and keeps none of it.
LATER = ("static/activities/", "static/phone/results.js", "static/phone/parts/")
FOREVER = "public, max-age=31536000, immutable"


def folder(name: str) -> Traversable:
    """The folder static, templates, presenter or examples: inside the package in a wheel, at the top of a checkout."""
    packaged = files("live") / name
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / name


class File(Struct, frozen=True):
    body: bytes
    packed: bytes | None
    kind: str


class Assets:
    """
    Every file of the trees, by its path from the top: `static/phone/phone.js`.

    They share one version mark. It comes before the tree in the address, so that relative imports lead to the same
    version, also from presenter/ into static/shared/.
    """

    def __init__(self) -> None:
        self.sources: dict[str, bytes] = {}
        for tree in TREES:
            self.sources |= _read(folder(tree), f"{tree}/")
        self._files: dict[str, File] = {}
        digest = sha256()
        for path, source in sorted(self.sources.items()):
            digest.update(path.encode() + b"\0" + source)
        self.mark = digest.hexdigest()[:10]

    def url(self, path: str) -> str:
        """The address of *path* in this version; KeyError when there is no such file."""
        if path not in self.sources:
            raise KeyError(path)
        return f"/assets/{self.mark}/{path}"

    def file(self, path: str) -> File:
        """*path* as it is sent. The first time it takes up to 0.4 s of processor, for a script; KeyError as `url`."""
        if path not in self._files:
            self._files[path] = _file(path, self.sources)
        return self._files[path]

    def routes(self) -> list[Route]:
        return [Route("/assets/{mark}/{path:path}", self.serve)]

    async def serve(self, request: Request) -> Response:
        """A file, kept by browsers for a year; 404 under the mark of another version, but for LATER."""
        path = request.path_params["path"]
        ours = request.path_params["mark"] == self.mark
        if path not in self.sources or not (ours or path.startswith(LATER)):
            return Response("Not found\n", 404, media_type="text/plain")
        kept = FOREVER if ours else "no-store"
        headers = {"Cache-Control": kept, "ETag": f'"{self.mark}"', "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        file = self._files.get(path)
        if file is None:
            file = await asyncio.to_thread(self.file, path)
        if file.packed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(file.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=file.kind)
        return Response(file.body, headers=headers, media_type=file.kind)


@cache
def ours() -> Assets:
    """Those that every app of this process sends."""
    return Assets()


def _read(at: Traversable, prefix: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in at.iterdir():
        path = prefix + entry.name
        if entry.is_dir():
            found |= _read(entry, f"{path}/")
        elif not entry.name.startswith(".") and not entry.name.endswith(".d.ts"):  # types are for the checker alone
            found[path] = entry.read_bytes()
    return found


def _file(path: str, sources: Mapping[str, bytes]) -> File:
    ending = Path(path).suffix
    kind = TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    body = _as_sent(path, ending, sources)
    return File(body, gzip.compress(body, 9, mtime=0) if kind.startswith(PACKED) else None, kind)


def _as_sent(path: str, ending: str, sources: Mapping[str, bytes]) -> bytes:
    """In few bytes, without the comments, in which the types of scripts stand (docs/decisions/0025)."""
    if ending == ".js":
        return minify.script(joined(path, sources))
    return minify.style(sources[path]) if ending == ".css" else sources[path]


def joined(path: str, sources: Mapping[str, bytes]) -> bytes:
    """The script *path* with all that it imports, or alone where no page loads it by itself."""
    if path.startswith(FOR_PHONES):
        return join_flat(path, sources.__getitem__)
    return join_apart(path, sources.__getitem__) if path in FOR_PRESENTERS else sources[path]
