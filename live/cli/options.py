"""What the commands share: the options that name the store, and reading settings and codes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from live import codes
from live.cli import data_folder
from live.errors import LiveError
from live.settings import Settings, read


def store_options(command: Callable[..., None]) -> Callable[..., None]:
    command = click.option("--redis", help="Address of the Redis or Valkey that holds the meetings.")(command)
    return click.option(
        "--data", type=click.Path(path_type=Path, readable=False), help="Folder that holds everything stored."
    )(command)


def read_settings(**given: Any) -> Settings:
    """The settings, with a data folder that can be used or is not there yet. Raises ClickException."""
    try:
        settings = read(os.environ, **given)
    except LiveError as error:
        raise click.ClickException(str(error)) from None
    data_folder.require(settings.data)
    return settings


def code_of(typed: str) -> str:
    code = codes.find(typed)
    if code is None:
        raise click.ClickException(f"{typed} is not a meeting code. It has eight digits, such as 2505 4015.")
    return code


def base_of(settings: Settings) -> str:
    return settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
