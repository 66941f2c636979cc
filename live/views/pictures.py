"""The pictures and films of a room as views and pages show them."""

from collections.abc import Iterable

from msgspec.structs import replace

from live.activities import KINDS
from live.i18n.catalogs import N_, translator
from live.room import Room
from live.views.view import View
from live.workshop import Activity, Option
from live.workshop.films import TYPES, is_link, name_in
from live.workshop.pictures import Gallery, PictureRef, read_name

LOGO_ON_PHONES = 160, 40  # pixels at most

READ_ALL = N_("Read all that is said in the film")
ELSEWHERE = N_("This film is elsewhere. Nothing is loaded from there, so it is not played here.")
MISSING = N_("The file of the film is not here. Whoever leads the meeting has to put it in.")


def gallery(room: Room, *, small: bool = False) -> Gallery:
    """*small*: in the size for phones."""
    return Gallery(f"/{room.code}/pictures/", tuple(sorted(room.pictures.items())), small)


def shown(room: Room, ref: PictureRef | None, *, small: bool = False) -> View | None:
    """`src alt width height` of a picture beside a question or an option; None where it is not there."""
    if ref is None or (picture := room.pictures.get(ref.name)) is None:
        return None
    src = Gallery(f"/{room.code}/pictures/", small=small).src(picture)
    return {"src": src, "alt": ref.alt, "width": picture.width, "height": picture.height}


def of_activity(room: Room, written: Activity, *, small: bool) -> View:
    """`pictures`: of the question under an empty name, and of options under their ids. Nothing where there are none."""
    refs = {"": written.picture, **{option.id: option.picture for option in written.options}}
    found = {id: picture for id, ref in refs.items() if (picture := shown(room, ref, small=small))}
    return {"pictures": found} if found else {}


def without_names(options: Iterable[Option]) -> tuple[Option, ...]:
    """The options without the names of files, which say nothing to a page."""
    return tuple(replace(option, picture=None) if option.picture else option for option in options)


def logo(room: Room, *, within: tuple[int, int] | None = None) -> View | None:
    """
    The logo of the organisation, as the front matter names it. *within*: the small file, with the width and height that
    it has in a box of so many pixels.
    """
    meta = room.workshop.meta
    ref = PictureRef(read_name(meta.get("logo", "")), meta.get("organisation", ""))
    view = shown(room, ref, small=within is not None)
    if view and within:
        scale = min(side / view[name] for side, name in zip(within, ("width", "height"), strict=True))
        view |= {name: max(1, round(view[name] * scale)) for name in ("width", "height")}
    return view


def film_of(room: Room, written: Activity, *, small: bool) -> View:
    """
    `film`: for phones (*small*) its captions as text, for screens and consoles what is played. `says` is a sentence
    about a film that is not played. Nothing for an activity without a film.
    """
    kind = KINDS.get(written.kind)
    if kind is None or not kind.plays:
        return {}
    name = name_in(written.attrs, "src")
    say = translator(room.workshop.language)
    film, captions = room.films.get(name), room.films.get(name_in(written.attrs, "captions"))
    linked = is_link(name)
    view: View = {"link": name if linked else "", "says": say(ELSEWHERE) if linked else "" if film else say(MISSING)}
    base = f"/{room.code}/films/"
    if small:
        view |= {"text": captions.words if captions else "", "more": say(READ_ALL) if captions else ""}
        view["words"] = f"{base}{captions.file}/words" if captions else ""
        return {"film": view}
    playback = room.activities[written.id].playback
    view |= {
        "src": base + film.file if film else "",
        "type": TYPES[film.ending] if film else "",
        "captions": base + captions.file if captions else "",
        "width": film.width if film else 0,
        "height": film.height if film else 0,
        "duration_ms": film.duration_ms if film else 0,
        "position_ms": playback.position_ms if playback else 0,
        "since": playback.since if playback else None,
    }
    return {"film": view}
