"""Files to paste: what the documentation shows is what is printed, and the programs they are for can read them."""

import asyncio
import configparser
import re
import shlex

import pytest

from tests.cli.test_cli import output_of
from tests.server_process import ROOT

HOST = "innspill.example.no"


@pytest.mark.parametrize("what", ["systemd", "caddy"])
def test_the_documentation_shows_what_is_printed(what):
    assert output_of("sample", what, "--host", HOST) in (ROOT / "docs" / "hosting.md").read_text("utf-8")


async def test_caddy_reads_it(tmp_path):
    file = tmp_path / "Caddyfile"
    file.write_text(output_of("sample", "caddy", "--host", HOST), "utf-8")
    process = await asyncio.create_subprocess_exec(
        "caddy", "adapt", "--config", str(file), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    adapted, trouble = await process.communicate()
    assert 0 == process.returncode, trouble
    assert HOST.encode() in adapted


def test_the_service_starts_a_command_and_settings_that_there_are():
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str
    unit.read_string(output_of("sample", "systemd", "--host", HOST))
    command = shlex.split(unit["Service"]["ExecStart"])
    assert "Serve the meetings" in output_of(*command[1:], "--help")
    for setting in shlex.split(unit["Service"]["Environment"]):
        name = setting.split("=")[0]
        assert name in (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")


def test_the_nightly_backup_is_commands_that_there_are():
    lines = [line for line in output_of("sample", "backup", "--host", HOST).splitlines() if line[0].isdigit()]
    assert 2 == len(lines)
    for line in lines:
        _, _, *arguments = shlex.split(line.split(maxsplit=5)[5])
        options = re.findall(r"--[a-z-]+", output_of(arguments[0], "--help"))
        assert {one for one in arguments if one.startswith("--")} <= set(options)


def test_nginx_passes_sockets_and_says_who_asks():
    text = output_of("sample", "nginx", "--host", HOST)
    for needed in (f"server_name {HOST};", "Upgrade $http_upgrade", "X-Forwarded-For", "access_log off"):
        assert needed in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("host", ["https://innspill.no", "a b", "", "x;rm", "-a"])
def test_a_name_that_is_none_is_refused(host):
    assert "is no name of a machine" in output_of("sample", "caddy", "--host", host, code=2)
