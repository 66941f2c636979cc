"""Finds the room that the address of a request names."""

from starlette.requests import Request

from live.room import Room
from live.web.services import services


async def find_room(request: Request) -> Room:
    """Raises RoomNotFound, AnswersDeleted, and Refused `wrong-codes` for whoever guesses codes."""
    room = await services(request).guess_limits.find_room(request, request.path_params["code"])
    return room
