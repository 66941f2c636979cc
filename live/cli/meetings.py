"""The commands for meetings: list them, make and revoke links, rehearse, delete."""

import json
from typing import Any

import click
import msgspec

from live import codes
from live.cli import local_client, operations
from live.cli.options import base_of, code_of, read_settings, store_options
from live.clock import Clock
from live.errors import Conflict
from live.events import KeysRevoked
from live.journal import Journal
from live.media import Media
from live.public_page import store
from live.rights import FACILITATOR, SCREEN
from live.rules import rehearsal
from live.runtime import room_list
from live.runtime.deletions import Deletions
from live.runtime.registry import fresh_key


@click.command()
@store_options
def rooms(**given: Any) -> None:
    """List the meetings of a data folder, and the published reports of meetings whose answers are deleted."""
    settings = read_settings(**given)
    reply = local_client.request(settings, "GET", "/api/rooms")
    listed = json.loads(reply[0]) if reply else local_client.offline(settings, room_list.listed)
    for code, state, title in listed:
        click.echo(f"{codes.spaced(code)}  {state:8}  {title}")


@click.command()
@click.argument("code")
@click.argument("right", type=click.Choice(["console", "screen"]))
@store_options
def link(code: str, right: str, **given: Any) -> None:
    """Make a new link to the console or the screen of the meeting CODE."""
    code = code_of(code)
    settings = read_settings(**given)
    reply = local_client.request(settings, "POST", f"/api/rooms/{code}/links", {"right": right})
    if reply:
        click.echo(json.loads(reply[0])["url"])
        return

    async def offline(journal: Journal) -> str:
        if right == "screen" or await journal.report(code) is None:
            await journal.top(code)
        key, hashed = fresh_key()
        stored_right = FACILITATOR if right == "console" else SCREEN
        await journal.add_key(hashed, code=code, right=stored_right, at=Clock().now())
        return key

    key = local_client.offline(settings, offline)
    click.echo(f"{base_of(settings)}/{code}/{right}#{key}")


@click.command()
@click.argument("code")
@store_options
def revoke(code: str, **given: Any) -> None:
    """End every link and every open console and screen of the meeting CODE."""
    code = code_of(code)
    settings = read_settings(**given)
    if local_client.request(settings, "POST", f"/api/rooms/{code}/revoke", {}) is None:

        async def offline(journal: Journal) -> None:
            if await journal.report(code) is not None:
                return await journal.revoke_keys(code)
            top = await journal.top(code)
            await journal.revoke_keys(code)
            while True:  # other servers may have the room in memory, and may change its step
                try:
                    await journal.append(code, [KeysRevoked(at=Clock().now())], step=top.step)
                    return
                except Conflict as moved:
                    top = msgspec.structs.replace(top, step=moved.step)

        local_client.offline(settings, offline)
    click.echo(f"All links to {codes.spaced(code)} are ended. Make new ones with: innspill link {code} console")


@click.command()
@click.argument("code")
@click.option("--yes", is_flag=True, help="Do not ask.")
@store_options
def delete(code: str, yes: bool, **given: Any) -> None:
    """Delete the meeting CODE now, answers and all; or the report that is kept of one whose answers are deleted."""
    code = code_of(code)
    settings = read_settings(**given)
    if not yes:
        click.confirm(f"Delete {codes.spaced(code)}? It can't be brought back.", abort=True)

    async def offline(journal: Journal) -> None:
        await store.delete(journal, code, Deletions(settings.data).note)
        Media(settings.media_folder).drop_room(code)

    if local_client.request(settings, "DELETE", f"/api/rooms/{code}") is None:
        local_client.offline(settings, offline)
    click.echo(f"{codes.spaced(code)} is deleted.")


@click.command()
@click.argument("code", default="")
@click.option(
    "--phones",
    type=click.IntRange(1, rehearsal.MOST_PHONES),
    default=rehearsal.DEFAULT_PHONES,
    show_default=True,
    help="How many pretend participants.",
)
@click.option("--stop", "then", flag_value="stop", help="Let them leave; what they did stays to be looked at.")
@click.option("--clear", "then", flag_value="clear", help="Take out all they did, and go back to the lobby.")
@store_options
def rehearse(code: str, phones: int, then: str | None, **given: Any) -> None:
    """
    Let pretend participants into the meeting CODE on the running server, for five minutes at most.

    Without CODE they come by the address that people use to a meeting of their own, which is deleted after, and it is
    told how they fared: a trial of the server, the proxy before it and the disk.
    """
    settings = read_settings(**given)
    if not code:
        if then:
            raise click.UsageError(f"--{then} is said of a meeting: innspill rehearse CODE --{then}")
        return operations.run_smoke_test(settings, phones)
    code = code_of(code)
    act = {"do": f"{then}_rehearsal"} if then else {"do": "rehearse", "n": phones}
    if local_client.request(settings, "POST", f"/api/rooms/{code}/actions", act) is None:
        raise click.ClickException(local_client.NO_SERVER)
    name = codes.spaced(code)
    if then == "clear":
        click.echo(f"All that was rehearsed is gone from {name}.")
    elif then == "stop":
        click.echo(f"The rehearsal of {name} has ended. Take out all they did: innspill rehearse {code} --clear")
    else:
        click.echo(f"{phones} pretend participants come to {name} and answer as questions open.")
        click.echo(f"Take out all they did: innspill rehearse {code} --clear")
