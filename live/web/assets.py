"""Files that faces load: read and compressed once, under an address that changes when any of them does."""

import gzip
import mimetypes
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live.web import lean

TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
PHONES = "static"
FOREVER = "public, max-age=31536000, immutable"


def folder(name: str) -> Traversable:
    """static, templates, presenter, examples: beside the code in a wheel, at the top of a checkout."""
    packaged = files("live") / name
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / name


class File(Struct, frozen=True):
    body: bytes
    packed: bytes | None
    kind: str


class Tree:
    """One folder of files. Its hash stands in the address, so relative imports inside it lead to the same version."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.files = dict(_read(folder(name), "", sent_lean=name == PHONES))
        mark = sha256()
        for path, file in sorted(self.files.items()):
            mark.update(path.encode() + b"\0" + file.body)
        self.mark = mark.hexdigest()[:10]

    def url(self, path: str) -> str:
        return f"/{self.name}/{self.mark}/{path}"


def _read(at: Traversable, prefix: str, *, sent_lean: bool) -> list[tuple[str, File]]:
    found = []
    for entry in at.iterdir():
        if entry.is_dir():
            found += _read(entry, f"{prefix}{entry.name}/", sent_lean=sent_lean)
        elif not entry.name.startswith("."):
            body = entry.read_bytes()
            ending = Path(entry.name).suffix
            kind = TYPES.get(ending) or mimetypes.guess_type(entry.name)[0] or "application/octet-stream"
            if sent_lean and ending == ".js":
                body = lean.script(body)
            packed = gzip.compress(body, 9, mtime=0) if kind.startswith(("text/", "image/svg")) else None
            found.append((prefix + entry.name, File(body, packed, kind)))
    return found


class Assets:
    def __init__(self) -> None:
        self.trees = [Tree(PHONES), Tree("presenter")]

    def url(self, path: str) -> str:
        """Where *path* is now; the phone's own files first."""
        for tree in self.trees:
            if path in tree.files:
                return tree.url(path)
        raise KeyError(path)

    def routes(self) -> list[Route]:
        return [Route(f"/{tree.name}/{{mark}}/{{path:path}}", _serve(tree)) for tree in self.trees]


def _serve(tree: Tree):  # type: ignore[no-untyped-def]
    async def serve(request: Request) -> Response:
        file = tree.files.get(request.path_params["path"])
        if file is None or request.path_params["mark"] != tree.mark:
            return Response("Not found\n", 404, media_type="text/plain")
        headers = {"Cache-Control": FOREVER, "ETag": f'"{tree.mark}"', "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        if file.packed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(file.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=file.kind)
        return Response(file.body, headers=headers, media_type=file.kind)

    return serve
