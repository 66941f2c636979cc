"""
The diagram of the packages in docs/developing.md, made from the contracts in pyproject.toml and from what is imported.

`python -m tests.package_diagram` writes it; tests/test_house.py fails when it is older than the code.
"""

import ast
import re
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "developing.md"
START, END = "<!-- packages: made by `make reference` -->\n", "<!-- /packages -->"


def layers() -> list[list[str]]:
    """The packages of live/, lowest first; those of one inner list stand side by side."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    [order] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    return [re.split(r"\s*[:|]\s*", layer) for layer in reversed(order)]


def summary(name: str) -> str:
    """The first line of what the package or module says of itself."""
    package = ROOT / "live" / name / "__init__.py"
    file = package if package.is_file() else ROOT / "live" / f"{name}.py"
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").split("\n\n")[0].replace("\n", " ")


def imports() -> dict[str, set[str]]:
    """What each package imports of live/, where it does not come by another package that it imports."""
    graph = grimp.build_graph("live", cache_dir=None)
    names = [name for layer in layers() for name in layer]
    direct: dict[str, set[str]] = {name: set() for name in names}
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            one, other = (module.split(".")[1] if "." in module else "" for module in (importer, imported))
            if one in direct and other in direct and one != other:
                direct[one].add(other)
    reach: dict[str, set[str]] = {}
    for name in names:  # lowest first, so that what is below is known
        reach[name] = direct[name].union(*(reach.get(other, set()) for other in direct[name]))
    return {
        name: {other for other in direct[name] if not any(other in reach[third] for third in direct[name] - {other})}
        for name in names
    }


def diagram() -> str:
    """The table of packages, lowest first, and the arrows between them as Mermaid."""
    rows = ["| Package | Holds |", "|---|---|"]
    rows += [f"| `{name}` | {summary(name)} |" for layer in layers() for name in layer if summary(name)]
    lines = ["```mermaid", "flowchart TD"]
    lines += [f"    {name} --> {other}" for name, others in imports().items() for other in sorted(others)]
    return "\n".join([*rows, "", *lines, "```", ""])


def page() -> str:
    """docs/developing.md as it should be."""
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}{diagram()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
