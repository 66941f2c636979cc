"""Joins a script with those it imports, so that a browser asks for one file instead of for each."""

import posixpath
from collections.abc import Callable, Iterator

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

PARSER = Parser(Language(tree_sitter_javascript.language()))
Read = Callable[[str], bytes]  # the source of a path; KeyError when there is no such file


def join_flat(path: str, read: Read) -> bytes:
    """
    The module *path* with all it imports before it, in the fewest bytes: for phones. Only the exports of *path* itself
    stay. Names at the top of the joined modules must differ, or no browser reads the whole; a test says so.

    ValueError where a module imports or exports in a way that can't be joined: renamed, as a whole, or as default.
    """
    return b"\n".join(_flat(path, read, set(), entry=True))


def join_apart(path: str, read: Read) -> bytes:
    """
    The module *path* with all it imports before it, each of those in a function of its own, which returns its exports:
    for faces of many modules, where two may have the same name for different things.

    What a module exports must not change later, because the others get a copy. ValueError for `export let`, for modules
    that import each other in a circle, and for exports that are not named in braces, declared or the default.
    """
    return b"\n".join(_apart(path, read, {}, ()))


def _flat(path: str, read: Read, joined: set[str], *, entry: bool) -> Iterator[bytes]:
    joined.add(path)
    source = read(path)
    kept = []
    for statement in PARSER.parse(source).root_node.children:
        text = source[statement.start_byte : statement.end_byte]
        if statement.type in ("import_statement", "export_statement"):
            _require_plain(path, statement)
            if (wanted := _origin(path, statement)) and wanted not in joined:
                yield from _flat(wanted, read, joined, entry=False)
            if statement.type == "import_statement":
                continue
            declaration = statement.child_by_field_name("declaration")
            if not entry:
                text = b"" if declaration is None else source[declaration.start_byte : declaration.end_byte]
            elif wanted:
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
        raise _not_joined(path, statement, "only named imports and exports can be joined")


def _apart(path: str, read: Read, joined: dict[str, str], importing: tuple[str, ...]) -> Iterator[bytes]:
    """*joined*: the name of what each module returns, by its path; *importing*: those that wait for this one."""
    source = read(path)
    body, exported = [], []
    for statement in PARSER.parse(source).root_node.children:
        text = source[statement.start_byte : statement.end_byte]
        if statement.type not in ("import_statement", "export_statement"):
            body.append(text)
            continue
        module = ""
        if wanted := _origin(path, statement):
            if wanted in (path, *importing):
                raise _not_joined(path, statement, "modules that import each other can't be joined")
            if wanted not in joined:
                yield from _apart(wanted, read, joined, (*importing, path))
            module = joined[wanted]
        if statement.type == "import_statement":
            body += _imported(statement, module)
        else:
            kept, names = _exported(path, statement, module)
            body.append(kept)
            exported += names
    if not importing:
        yield b"\n".join(body)
        return
    joined[path] = f"module{len(joined)}"
    returned = f"return {{ {', '.join(exported)} }}".encode()
    yield b"\n".join([f"const {joined[path]} = (() => {{".encode(), *body, returned, b"})()"])


def _imported(statement: Node, module: str) -> Iterator[bytes]:
    """The declarations that stand for an import of *module*."""
    for clause in (part for child in statement.children if child.type == "import_clause" for part in child.children):
        match clause.type:
            case "identifier":
                yield f"const {{ default: {_text(clause)} }} = {module}".encode()
            case "namespace_import":
                yield f"const {_text(clause.named_children[0])} = {module}".encode()
            case "named_imports":
                names = ", ".join(": ".join(_names(each)) for each in clause.named_children if each.type != "comment")
                yield f"const {{ {names} }} = {module}".encode()


def _exported(path: str, statement: Node, module: str) -> tuple[bytes, list[str]]:
    """What stays of an export, and the properties in which the module returns what it gives."""
    if clause := next((child for child in statement.children if child.type == "export_clause"), None):
        pairs = [_names(each) for each in clause.named_children if each.type == "export_specifier"]
        source = f"{module}." if module else ""
        return b"", [f"{names[-1]}: {source}{names[0]}" for names in pairs]
    if any(child.type == "default" for child in statement.children) and (
        value := statement.child_by_field_name("value")
    ):
        return f"const exported = {_text(value)}".encode(), ["default: exported"]
    declaration = statement.child_by_field_name("declaration")
    if declaration is None or any(child.type in ("default", "let") for child in declaration.children):
        raise _not_joined(path, statement, "this way to export can't be joined")
    named = [declaration]
    if declaration.type == "lexical_declaration":
        named = [each for each in declaration.named_children if each.type == "variable_declarator"]
    names = [name for each in named if (name := each.child_by_field_name("name"))]
    if any(name.type != "identifier" for name in names):
        raise _not_joined(path, statement, "this way to export can't be joined")
    return _text(declaration).encode(), [_text(name) for name in names]


def _names(specifier: Node) -> list[str]:
    """The name on the other side and, where it has another one here, that."""
    return [_text(node) for field in ("name", "alias") if (node := specifier.child_by_field_name(field))]


def _origin(path: str, statement: Node) -> str:
    """The path of the module that an import or export is from; "" where it is from none."""
    origin = statement.child_by_field_name("source")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), _text(origin)[1:-1])) if origin else ""


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _not_joined(path: str, statement: Node, why: str) -> ValueError:
    return ValueError(f"{path}:{statement.start_point[0] + 1}: {why}")
