"""
What of uvicorn's insides we use is there. With a new uvicorn these fail first, and say which part of ours to mend.
"""

import ast
import inspect
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest
import uvicorn

from live.settings import PLAIN
from live.transport import http_protocol, uvicorn_server, websocket_protocol
from tests.reference import HOUSE

EXTEND = [
    http_protocol.RequestProtocol, websocket_protocol.FeedProtocol, uvicorn_server.IdleServer,
    uvicorn_server.DrainingServer,
]  # fmt: skip
# Methods of uvicorn's that ours replaces whole, so that no `super()` shows whose they are.
REPLACED = {
    websocket_protocol.FeedProtocol: {"receive"},
    uvicorn_server.IdleServer: {"main_loop"},
    uvicorn_server.DrainingServer: {"capture_signals"},
}


def uvicorns(ours: type) -> list[type]:
    return [one for one in ours.__mro__ if one.__module__.startswith("uvicorn.")]


@cache
def tree(of: type) -> ast.ClassDef:
    found = ast.parse(dedent(inspect.getsource(of))).body[0]
    assert isinstance(found, ast.ClassDef)
    return found


def attributes(of: type, *contexts: type) -> set[str]:
    """The names `self.…` that a class reads or sets."""
    return {
        node.attr
        for node in ast.walk(tree(of))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, contexts)
        and isinstance(node.value, ast.Name) and node.value.id == "self"
    }  # fmt: skip


def supers(of: type) -> set[str]:
    """The methods that a class calls by `super()`."""
    return {
        node.attr
        for node in ast.walk(tree(of))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name) and node.value.func.id == "super"
    }  # fmt: skip


def missing(ours: type, theirs: list[type]) -> set[str]:
    """What *ours* reads of itself or calls by `super()`, and nobody sets or defines."""
    there = {name for one in theirs for name in (*vars(one), *attributes(one, ast.Store))}
    for one in ours.__mro__:
        if one.__module__ in ("asyncio.protocols", "builtins"):
            there |= set(vars(one))
        elif one not in theirs:
            there |= (set(vars(one)) - set(getattr(one, "__slots__", ()))) | attributes(one, ast.Store)
    return attributes(ours, ast.Load) - there | (supers(ours) | REPLACED.get(ours, set())) - {
        name for one in ours.__mro__[1:] for name in vars(one)
    }


def says(ours: type, theirs: list[type], names: set[str]) -> str:
    """Tells whoever has just taken a new uvicorn what is wrong, and what helps meanwhile."""
    file = Path(inspect.getfile(ours)).relative_to(HOUSE)
    return (
        f"uvicorn {uvicorn.__version__} has changed: {ours.__name__} in {file} relies on {', '.join(sorted(names))}, "
        f"which {theirs[0].__module__}.{theirs[0].__name__} no longer has like that. Mend ours, or stay with the "
        f"version in pyproject.toml. INNSPILL_TRANSPORT={PLAIN} serves without protocols of ours."
    )


@pytest.mark.parametrize("ours", EXTEND, ids=lambda one: one.__name__)
def test_uvicorn_has_what_we_extend(ours):
    theirs = uvicorns(ours)
    assert not (gone := missing(ours, theirs)), says(ours, theirs, gone)


class Theirs:
    def __init__(self) -> None:
        self.renamed_queue: list[str] = []


class Ours(Theirs):
    def receive(self) -> str:
        self.flushed = True
        super().resume()
        return self.queue.pop() if self.flushed else ""


def test_what_is_gone_is_told_by_name():
    gone = missing(Ours, [Theirs])
    assert {"queue", "resume"} == gone
    said = says(Ours, [Theirs], gone)
    for word in (uvicorn.__version__, "Ours", "tests/transport/test_uvicorn.py", "queue, resume", "TRANSPORT=plain"):
        assert word in said


@pytest.mark.parametrize("ours", EXTEND, ids=lambda one: one.__name__)
def test_what_we_replace_takes_what_uvicorn_gives(ours):
    other = set()
    for name in supers(ours) | REPLACED.get(ours, set()):
        for base in uvicorns(ours):
            if name in vars(base) and name in vars(ours) and name != "__init__":
                given = list(inspect.signature(getattr(base, name)).parameters)
                if len(given) != len(inspect.signature(vars(ours)[name]).parameters):
                    other.add(name)
                break
    assert not other, says(ours, uvicorns(ours), other)


def test_every_slot_of_a_connection_is_uvicorns_or_ours():
    """
    Ours has uvicorn's attributes as slots. One that uvicorn no longer has takes memory of every phone for nothing.
    """
    ours = websocket_protocol.FeedProtocol
    known = {name for one in (ours, *uvicorns(ours)) for name in attributes(one, ast.Store)}
    assert not (unused := set(ours.__slots__) - known), says(ours, uvicorns(ours), unused)


def test_only_the_transport_knows_uvicorns_insides():
    """
    `live/transport/` alone extends its classes or imports its protocols; the server only sets it up.
    """
    amiss = []
    for path in (HOUSE / "live").glob("**/*.py"):
        name = path.relative_to(HOUSE / "live")
        if name.parts[0] == "transport":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("uvicorn"):
                amiss.append((str(name), node.module))
            if isinstance(node, ast.Import) and any(one.name.startswith("uvicorn.") for one in node.names):
                amiss.append((str(name), "uvicorn"))
            if isinstance(node, ast.ClassDef) and any("uvicorn" in ast.unparse(base) for base in node.bases):
                amiss.append((str(name), node.name))
            if isinstance(node, ast.Import) and any(one.name == "uvicorn" for one in node.names):
                assert "server/uvicorn_config.py" == str(name)
    assert [] == amiss


def test_the_plain_way_needs_none_of_it():
    """
    Whatever a new uvicorn does to its protocols, the server starts: it imports ours only where they are asked for.
    """
    extending = {"live.transport.http_protocol", "live.transport.websocket_protocol"}
    for path in (HOUSE / "live").glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in extending, path
