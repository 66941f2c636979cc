"""What all requests share: made once for each app, and never exchanged."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

if TYPE_CHECKING:  # these modules ask for the services themselves
    import jinja2
    import markupsafe

    from live.runtime import Registry
    from live.settings import Settings
    from live.transport.load import Load
    from live.web.access.guess_limits import GuessLimits, PhraseLimits
    from live.web.access.pairing import Pairings
    from live.web.access.token_bucket import TokenBuckets
    from live.web.access.waiting_line import WaitingLine
    from live.web.api.theme_board import SimilarityCache
    from live.web.api.workshop_pictures import PictureCache
    from live.web.assets import Assets
    from live.web.pages.review import DryRuns


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    url: str
    """The address at which people reach us, without a slash at the end."""
    proxies: list[ipaddress.IPv4Network | ipaddress.IPv6Network]
    create_key: str
    secret: bytes
    """Signs the tokens of phones, and what they have seen."""
    rooms: Registry
    load: Load
    assets: Assets
    templates: jinja2.Environment
    accessibility: dict[str, markupsafe.Markup]
    """The operator's own text for /accessibility, by language."""
    waiting_line: WaitingLine
    token_buckets: TokenBuckets
    guess_limits: GuessLimits
    phrase_limits: PhraseLimits
    pairings: Pairings
    similarity: SimilarityCache
    pictures: PictureCache
    dry_runs: DryRuns


def services(connection: HTTPConnection) -> Services:
    """The services of the app that a request or WebSocket came to."""
    found: Services = connection.app.state.services
    return found
