"""The packages Innspill is made of: on the page /about, and as a software bill of materials."""

import json
import re
import subprocess
import sys
import tomllib

from live.sbom import bill, components
from tests.server_process import ROOT
from tests.web.edge import serving


def test_every_package_it_asks_for_is_named_with_its_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {line for name, lines in project["optional-dependencies"].items() if name != "fast" for line in lines}
    wanted = {re.match(r"[A-Za-z0-9._-]+", line)[0].lower() for line in {*project["dependencies"], *extras}}
    found = {one.name.lower().replace("_", "-"): one for one in components()}
    assert set() == wanted - set(found) - {"hiredis", "simplemma"}  # an extra that `make test` need not install
    assert "MIT" == components()[0].licence
    assert {} == {name: one.licence for name, one in found.items() if one.licence == "?"}
    assert {"anyio", "markupsafe"} <= set(found)  # dependencies of dependencies
    assert not {"pytest", "playwright"} & set(found)


def test_the_font_is_the_one_that_is_bundled():
    inter = next(one for one in components() if one.name == "Inter")
    assert (ROOT / "static" / "fonts" / "LICENSE-inter.txt").is_file()
    assert ("OFL-1.1", False) == (inter.licence, inter.package)


def test_the_bill_is_made_by_a_command():
    made = subprocess.run([sys.executable, "-m", "live.sbom"], capture_output=True, check=True, cwd=ROOT)
    printed = json.loads(made.stdout)
    assert bill() == printed
    assert ("CycloneDX", "1.6", "pkg:pypi/innspill@0.1.0") == (
        printed["bomFormat"], printed["specVersion"], printed["metadata"]["component"]["purl"],
    )  # fmt: skip
    marks = [one["bom-ref"] for one in printed["components"]]
    assert len(marks) == len(set(marks)) == len(components())
    assert all(one["licenses"] for one in printed["components"])


async def test_the_page_names_them_and_no_version(tmp_path):
    async with serving(tmp_path) as edge:
        page = (await edge.get("/about?lang=nb")).text
    assert "Om Innspill" in page
    for one in components()[1:]:
        assert one.name in page
    assert not [one.name for one in components() if one.package and one.version in page]
