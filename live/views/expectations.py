"""What participants may expect: who takes their answers further, when they hear back, and how much they decide."""

from live.i18n import dates
from live.i18n.catalogs import N_, translator
from live.workshop import Workshop

WANTED = ("purpose", "owner", "report-by", "ladder", "contact")
"""Keys that the front matter should have before the meeting."""

# The steps of the ladder of co-creation. A workshop may also describe its step in its own words.
LADDER = {
    "styrt": N_("Whoever invites, decides. Your answers are advice."),
    "ansvarliggjørende": N_("Whoever invites, sets the frame. You take on a part of the work."),
    "likeverdig": N_("You and whoever invites find the solution together, and decide together."),
    "fasiliterende": N_("You decide what is to be done. Whoever invites, helps."),
}
_NYNORSK = {"ansvarleggjerande": "ansvarliggjørende", "fasiliterande": "fasiliterende"}


def step(written: str, language: str) -> str:
    """What a step of the ladder means for participants. A workshop's own words are returned as a sentence."""
    word = written.casefold()
    sentence = LADDER.get(_NYNORSK.get(word, word))
    if sentence:
        return translator(language)(sentence)
    return written if not written or written.endswith((".", "!", "?")) else f"{written}."


def sentences(workshop: Workshop) -> str:
    """In the language of the workshop: what happens with the answers, and on a second line the step of the ladder."""
    _, meta = translator(workshop.language), workshop.meta
    owner, day = meta.get("owner", ""), dates.localized(meta.get("report-by", ""), workshop.language)
    reply_line = ""
    if owner and day:
        reply_line = _("{owner} takes the answers further. You hear back by {date}.").format(owner=owner, date=day)
    elif owner:
        reply_line = _("{owner} takes the answers further.").format(owner=owner)
    elif day:
        reply_line = _("You hear back by {date}.").format(date=day)
    return "\n".join(filter(None, [reply_line, step(meta.get("ladder", ""), workshop.language)]))


def missing(workshop: Workshop) -> list[str]:
    """The warnings, of: no-purpose, no-owner, no-report-by, no-ladder, no-contact."""
    return [f"no-{key}" for key in WANTED if not workshop.meta.get(key)]
