"""What those who come may expect: who takes their answers further, when they hear back, and how far they decide."""

from live.i18n import dates
from live.i18n.catalogs import N_, translator
from live.workshop import Workshop

WANTED = ("purpose", "owner", "report-by", "ladder", "contact")
"""What the front matter should say before anybody comes."""

# The ladder of co-creation. A workshop may also name its step in words of its own.
LADDER = {
    "styrt": N_("Whoever invites, decides. Your answers are advice."),
    "ansvarliggjørende": N_("Whoever invites, sets the frame. You take on a part of the work."),
    "likeverdig": N_("You and whoever invites find the solution together, and decide together."),
    "fasiliterende": N_("You decide what is to be done. Whoever invites, helps."),
}
_NYNORSK = {"ansvarleggjerande": "ansvarliggjørende", "fasiliterande": "fasiliterende"}


def step(written: str, language: str) -> str:
    """What the step means for those who are there; words of its own as they stand, as a sentence."""
    word = written.casefold()
    known = LADDER.get(_NYNORSK.get(word, word))
    if known:
        return translator(language)(known)
    return written if not written or written.endswith((".", "!", "?")) else f"{written}."


def told(workshop: Workshop) -> str:
    """All of it but the purpose, in the language of the workshop: what happens next, and the step on its own line."""
    _, meta = translator(workshop.language), workshop.meta
    owner, day = meta.get("owner", ""), dates.localized(meta.get("report-by", ""), workshop.language)
    heard = ""
    if owner and day:
        heard = _("{owner} takes the answers further. You hear back by {date}.").format(owner=owner, date=day)
    elif owner:
        heard = _("{owner} takes the answers further.").format(owner=owner)
    elif day:
        heard = _("You hear back by {date}.").format(date=day)
    return "\n".join(filter(None, [heard, step(meta.get("ladder", ""), workshop.language)]))


def missing(workshop: Workshop) -> list[str]:
    """As warnings: no-purpose, no-owner, no-report-by, no-ladder, no-contact."""
    return [f"no-{key}" for key in WANTED if not workshop.meta.get(key)]
