"""Joins a script of the phone with those it imports, so that a phone asks for one file instead of for each."""

import posixpath
from collections.abc import Callable, Iterator

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

PARSER = Parser(Language(tree_sitter_javascript.language()))


def bundle(path: str, read: Callable[[str], bytes]) -> bytes:
    """
    The module *path* with all it imports before it. *read* gives the source of a path. Only the exports of *path*
    itself stay. Names at the top of the joined modules must differ, or no browser reads the whole; a test says so.

    ValueError where a module imports or exports in a way that can't be joined: renamed, as a whole, or as default.
    """
    return b"\n".join(_parts(path, read, set(), entry=True))


def _parts(path: str, read: Callable[[str], bytes], joined: set[str], *, entry: bool) -> Iterator[bytes]:
    joined.add(path)
    source = read(path)
    kept = []
    for statement in PARSER.parse(source).root_node.children:
        text = source[statement.start_byte : statement.end_byte]
        if statement.type in ("import_statement", "export_statement"):
            origin = statement.child_by_field_name("source")
            _require_plain(path, statement)
            if origin is not None:
                wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), _quoted(source, origin)))
                if wanted not in joined:
                    yield from _parts(wanted, read, joined, entry=False)
            if statement.type == "import_statement":
                continue
            declaration = statement.child_by_field_name("declaration")
            if not entry:
                text = b"" if declaration is None else source[declaration.start_byte : declaration.end_byte]
            elif origin is not None:
                text = text[: text.index(b"}") + 1]
        kept.append(text)
    yield b"\n".join(kept)


def _require_plain(path: str, statement: Node) -> None:
    """ValueError unless it has names in braces and nothing else, none of them renamed, or exports a declaration."""
    inside = [node for child in statement.children for node in (child, *child.children)]
    names = [name for node in inside if node.type in ("named_imports", "export_clause") for name in node.named_children]
    declared = statement.child_by_field_name("declaration")
    other = any(node.type in ("default", "namespace_import") for node in inside) or (
        not declared and any(node.type == "identifier" for node in inside)
    )
    if other or not (names or declared) or any(name.child_by_field_name("alias") for name in names):
        raise ValueError(f"{path}:{statement.start_point[0] + 1}: only named imports and exports can be joined")


def _quoted(source: bytes, node: Node) -> str:
    return source[node.start_byte + 1 : node.end_byte - 1].decode()
