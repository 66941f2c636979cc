"""The room that an address names."""

from starlette.requests import Request

from live.room import Room


async def find_room(request: Request) -> Room:
    """RoomNotFound, and Refused for whoever guesses."""
    room: Room = await request.app.state.guesses.look(request, request.path_params["code"])
    return room
