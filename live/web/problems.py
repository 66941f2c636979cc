"""Errors as responses: a sentence in the reader's language that says what to do, and a stable code for scripts."""

import gettext
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from live.errors import (
    ArchiveRefused,
    Conflict,
    DeckRefused,
    EditedSince,
    ExtraMissing,
    ImportRefused,
    KeyMissing,
    KeyTooWeak,
    KeyWrong,
    LiveError,
    Refused,
    RoomNotFound,
    StorageFailed,
    TooLarge,
    WorkshopInvalid,
)
from live.i18n.catalogs import N_, translations
from live.web.language import choose_language

SENTENCES = {
    "closed": N_("We have closed for answers."),
    "limit": N_("You have sent as many answers as this question takes."),
    "too-long": N_("That is too long. Make it shorter and send it again."),
    "empty": N_("Write something first."),
    "twice": N_("Two places have the same option. Choose another for one of them, or leave it open."),
    "no-place": N_("Write two whole numbers from 0 to 100, one for each direction."),
    "outside": N_("That place is outside the picture. Choose one in it."),
    "no-objection": N_("Write what your objection is."),
    "no-number": N_("Write a number with digits, such as 12 or 12.5."),
    "range": N_("That number can't be answered here. Look at what is written below the field, and try again."),
    "too-many-points": N_("That is more points than you have. Take some away."),
    "not-dealt": N_("That was not given to this phone to answer. Load the page again."),
    "fixed": N_("Others may have answered that already. Delete it, and add another."),
    "too-many-options": N_("There is no room for more. Answer what is there."),
    "too-expensive": N_("That costs more than there is. Take something away."),
    "too-many-dots": N_("Those are more dots than you have, or too many on one. Take some away."),
    "points-step": N_("Points are given in steps here. Look at which, and try again."),
    "bad": N_("That could not be read. Load the page again and try once more."),
    "unknown-activity": N_("That question is not part of this meeting."),
    "unknown-answer": N_("That answer is not here any more."),
    "unknown-action": N_("That action does not exist."),
    "cleared": N_("The meeting has been cleared for another group. Load the page again to join it."),
    "not-ended": N_("The meeting is going on. End it before you clear it."),
    "nothing-to-clear": N_("Nobody has answered yet, so there is nothing to clear."),
    "is-archive": N_("This is an archive. Clear the meeting that it was made of."),
    "no-name": N_("Write your name first: load the page again."),
    "not-yours": N_("That answer was sent from another phone, and can only be changed there."),
    "rights": N_("Your link can't do that. Ask whoever gave it to you."),
    "busy": N_("Very many are sending right now. Your answer is kept; it is sent again by itself."),
    "storage": N_("The answer could not be stored just now. It is kept on the phone and sent again by itself."),
    "queue": N_("Many are joining now. You are in line."),
    "rate": N_("That went a little fast. Wait a few seconds and try again."),
    "no-screen": N_("No screen shows these digits. Look at the screen again: they change every two minutes."),
    "bad-wifi": N_(
        "A network has a name of at most 32 characters, and a password of 8 to 63 letters, digits and signs, or none."
    ),
    "one-worker": N_("This server runs as several, and can't show the network of the hall."),
    "wrong-codes": N_(
        "Many wrong codes have come from this network just now. "
        "Check the numbers on the screen, and try again in half a minute."
    ),
    "unsupported": N_("This kind of step can't be run yet. Go on to the next."),
    "ended": N_("The meeting is over."),
    "no-activity": N_("Nothing is running on this slide."),
    "no-timer": N_("No timer is running."),
    "no-film": N_("No film is on show."),
    "no-slide": N_("There is no such slide."),
    "nothing-to-reveal": N_("There are no answers to show here."),
    "redacted": N_("That answer has been deleted for good."),
    "withheld": N_("That answer is withheld. Show it again first."),
    "flagged-waiting": N_(
        "Answers that were flagged wait for you. Approve them, hold them back, or publish without them."
    ),
    "too-many-answers": N_("Those are too many answers for one press."),
    "not-withheld": N_("That answer is not held back."),
    "nothing-to-mask": N_("No name or number was found in that answer."),
    "not-from-phone": N_("That answer came by no phone."),
    "locked": N_("The meeting takes no more phones just now. Speak to whoever leads it."),
    "no-newcomers": N_("No phone has come to answer in that time."),
    "nothing-to-group": N_("There are no written answers to gather here."),
    "unknown-theme": N_("That theme is not here any more. Look at the themes, and try again."),
    "same-option": N_("Two of the options are the same. Change one of them or leave it out."),
    "theme-taken": N_("There is a theme of that name already. Merge the two, or find another name."),
    "too-many-themes": N_("There are as many themes as there can be. Merge some first."),
    "too-many-cards": N_("Those are too many cards to move at once."),
    "nothing-to-undo": N_("There is nothing more to undo."),
    "changed-since": N_("Somebody has changed the themes since. Look at what was done, and undo again."),
    "reply-since": N_("Somebody else has written here since you began. Read it, and save again if yours is to stand."),
    "no-reason": N_("Say why, in a sentence that everybody can read."),
    "bad-date": N_("Write the date as a day that exists."),
    "too-many-promises": N_("There are as many promises as there can be. Take one out first."),
    "no-words": N_("No words are counted here."),
    "unknown-word": N_("Nobody has said that word any more. Look at the words, and try again."),
    "word-alone": N_("That word stands by itself already."),
    "too-many-merges": N_("That is as much as can be changed by hand. Undo something first."),
    "no-themes": N_("No theme has an answer yet, and dots are set on those that have. Put answers into themes first."),
    "no-cards": N_("There are no answers to weigh yet. Let people write some first."),
    "rehearsing": N_("A rehearsal is going on already. Stop it first."),
    "rehearsal-size": N_("Between 1 and 200 can take part in a rehearsal."),
    "link-name": N_("Give the link a name of at most 60 characters."),
    "too-many-links": N_("There are as many links as there can be. Withdraw one first."),
    "too-many-comments": N_("There are as many comments here as there can be. Tell whoever gave you the link."),
    "unknown-comment": N_("That comment is dealt with already."),
    "unknown-link": N_("That link is withdrawn already."),
    "edited-since": N_("Somebody else has saved another text since you began. Yours is not saved. Compare the two."),
    "in-text": N_("This can't be changed in the form without losing something. Change it in the text."),
    "last-slide": N_("This is the only slide. Write it over instead."),
    "has-answers": N_("People have already answered what this text changes. Mend the lines that are named."),
    "conflict": N_("Somebody else has moved the meeting on. Look at where it stands, and try again."),
    "no-room": N_("We can't find that meeting. Check the numbers on the screen."),
    "no-page": N_("This page doesn't exist."),
    "key-missing": N_("This needs a key. Open the link you were given."),
    "key-wrong": N_("That key does not open this. Ask for a new link."),
    "too-large": N_("That is too much at once. Make it shorter."),
    "fault": N_("Something broke here. Answers that were acknowledged are safe. Load the page again."),
    "extra-missing": N_(
        "This server can't write that format yet. Whoever runs it can add it: pip install 'innspill[office,pdf]'"
    ),
    "pango-missing": N_(
        "PDF is not installed on this server: Pango is missing. "
        "Print the report instead, or ask whoever runs it to add Pango."
    ),
    "font-missing": N_(
        "PDF is not installed on this server: it has no font. "
        "Print the report instead, or ask whoever runs it to add one."
    ),
    "archive": N_("The file can't be taken. Nothing was changed."),
    "import": N_("The file can't be taken back as a meeting. Nothing was imported."),
    "deck": N_("The deck can't be read."),
    "converting": N_("Other files are being read just now. Try again in half a minute."),
    "workshop": N_("The workshop text has faults. Mend the lines that are named."),
}


def describe(error: LiveError) -> tuple[int, str, dict[str, Any]]:
    """-> (HTTP status, code, further facts). Raises *error* itself when it is none of these."""
    match error:
        case Refused(code="locked" as code):
            return 403, code, {}
        case Refused(code="rate" | "wrong-codes" | "busy" | "queue" | "converting" as code):
            return (429 if code in ("rate", "wrong-codes") else 503), code, error.facts
        case Refused():
            return 422, error.code, error.facts
        case Conflict():
            return 409, "conflict", {"step": error.step}
        case EditedSince():
            return 412, "edited-since", {"text": error.text, "version": error.version}
        case RoomNotFound():
            return 404, "no-room", {}
        case KeyTooWeak():
            return 403, "rights", {}
        case KeyMissing():
            return 401, "key-missing", {}
        case KeyWrong():
            return 403, "key-wrong", {}
        case TooLarge():
            return 413, "too-large", {"most_bytes": error.args[0]}
        case WorkshopInvalid():
            return 422, "workshop", {"errors": error.problems}
        case ExtraMissing(args=("pango" | "font" as extra,)):
            return 501, f"{extra}-missing", {"extra": extra}
        case ExtraMissing():
            return 501, "extra-missing", {"extra": error.args[0]}
        case ArchiveRefused():
            return 422, "archive", {}
        case ImportRefused():
            return 422, "import", {"why": error.args[0]}
        case DeckRefused():
            return 422, "deck", {"why": error.args[0]}
        case StorageFailed():
            return 503, "storage", {}
        case _:
            raise error


def sentence(code: str, language: gettext.NullTranslations) -> str:
    return language.gettext(SENTENCES.get(code, SENTENCES["bad"]))


def retry_after(facts: dict[str, Any]) -> dict[str, str]:
    return {"Retry-After": str(-(-facts["retry_in"] // 1000))} if "retry_in" in facts else {}


async def show_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, LiveError)
    status, code, facts = describe(error)
    language = translations(choose_language(request))
    title = sentence(code, language)
    if isinstance(error, ArchiveRefused):  # which file it is, and what to do
        title = language.gettext(error.sentence).format(**error.facts)
    body = {"code": code, "title": title, "status": status, **facts}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else retry_after(facts)
    return Response(msgspec.json.encode(body), status, headers, "application/problem+json")
