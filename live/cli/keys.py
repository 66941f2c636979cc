"""The commands for create keys, which let somebody open meetings."""

import json
from typing import Any

import click

from live.cli import data_folder, local_client
from live.cli.options import base_of, read_settings, store_options
from live.clock import Clock
from live.errors import Refused
from live.journal import Journal
from live.rights import CREATE, Held
from live.rules import access_links
from live.runtime.registry import fresh_key
from live.server import create_key


@click.group(invoke_without_command=True)
@click.pass_context
@store_options
def key(context: click.Context, **given: Any) -> None:
    """Show the key that lets somebody open meetings from another machine, or make one that has a name."""
    if context.invoked_subcommand:
        return
    settings = read_settings(**given)
    data_folder.make(settings.data)

    async def offline(journal: Journal) -> str:
        return await create_key.create_key(settings, journal)

    if settings.redis and not settings.create_key:  # servers that share the store share the key
        click.echo(local_client.offline(settings, offline))
    else:
        click.echo(settings.create_key or create_key.file_key(settings.data))


@key.command("new")
@click.argument("name")
@store_options
def new_key(name: str, **given: Any) -> None:
    """Make a key of its own for NAME, who may open meetings with the link that is printed."""
    settings, stored_right = read_settings(**given), _create_key(name)
    reply = local_client.request(settings, "POST", "/api/keys", {"name": name})
    if reply:
        click.echo(json.loads(reply[0])["url"])
        return
    made, hashed = fresh_key()

    async def offline(journal: Journal) -> None:
        await journal.add_key(hashed, code="", right=stored_right, at=Clock().now())

    data_folder.make(settings.data)
    local_client.offline(settings, offline)
    click.echo(f"{base_of(settings)}/new#{made}")


@key.command("end")
@click.argument("name")
@store_options
def end_key(name: str, **given: Any) -> None:
    """End every key that was made for NAME. Meetings opened with them stay."""
    settings, stored_right = read_settings(**given), _create_key(name)
    if local_client.request(settings, "DELETE", "/api/keys", {"name": name}) is None:

        async def offline(journal: Journal) -> None:
            await journal.revoke_keys("", stored_right)

        local_client.offline(settings, offline)
    click.echo(f"Keys made for {access_links.checked_name(name)} open nothing any more.")


def _create_key(name: str) -> str:
    """The right that the store holds for a create key of *name*."""
    try:
        return Held(CREATE, access_links.checked_name(name)).stored
    except Refused:
        raise click.ClickException(f"The name has between 1 and {access_links.MOST_NAME} characters.") from None
