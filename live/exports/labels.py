"""The words that export files use for columns, statuses, reasons and kinds, marked for translation."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from live.activities import KINDS
from live.i18n.catalogs import N_

SHEETS = [N_("Answers"), N_("Summary"), N_("Activities"), N_("Data dictionary")]

# Column -> its heading and explanation.
COLUMNS = {
    "answer_id": (N_("Answer id"), N_("Made by the phone; unique in the meeting.")),
    "room": (N_("Meeting code"), N_("The eight digits people joined with.")),
    "workshop": (N_("Workshop"), N_("Title of the workshop.")),
    "activity_id": (N_("Activity id"), N_("Which activity was answered; see the sheet of activities.")),
    "question": (N_("Question"), N_("What people were asked.")),
    "sent_at_local": (N_("Sent (local time)"), N_("When the server had stored it, Norwegian time, to the minute.")),
    "sent_at_utc": (N_("Sent (UTC)"), N_("The same moment in UTC.")),
    "phone": (
        N_("Phone"),
        N_("P001 is the first phone that answered in this meeting. No number, name or address of it is stored here."),
    ),
    "heads": (N_("People behind the phone"), N_("How many said that they shared the phone.")),
    "via": (N_("Sent by"), N_("A phone, the facilitator on behalf of someone, a paper note, or a rehearsal.")),
    "text": (N_("Answer"), N_("As it was sent. Choices and ratings are written out.")),
    "shown_text": (N_("As shown"), N_("As it stood on the screen; empty when it was held back.")),
    "theme": (N_("Theme"), N_("The group it was sorted into; empty when nobody has sorted.")),
    "withheld": (N_("Held back"), N_("Yes: shown to nobody but the facilitator.")),
    "withheld_reason": (N_("Reason"), N_("Why it was held back.")),
    "rev": (N_("Version"), N_("1 as first sent; higher when the phone changed it.")),
    "name": (
        N_("Name"),
        N_("What somebody gave as their name, where the workshop asks; empty when it was held back."),
    ),
    "votes": (N_("Votes"), N_("Of a question to a panel: how many phones voted for it.")),
    "answered": (N_("Answered"), N_("Of a question to a panel: whether the panel has answered it.")),
    "reply": (N_("The panel's answer"), N_("As it was written down; empty where it was only spoken.")),
}
VIA = {
    "phone": N_("phone"),
    "facilitator": N_("facilitator"),
    "paper": N_("paper"),
    "rehearsal": N_("rehearsal"),
}
STATUSES = {
    "received": N_("Received"),
    "considered": N_("Being considered"),
    "doing": N_("Will be done"),
    "not": N_("Will not be done"),
}
REASONS = {
    "few": N_("so few answered this that it would point at them"),
    "late": N_("came after closing"),
    "flagged": N_("waits for somebody to read it"),
    "held": N_("not yet read by the facilitator"),
    "redacted": N_("deleted by the facilitator"),
}


def reason(written: str, translate: Callable[[str], str]) -> str:
    """Why an answer was withheld: our own reasons are translated, the facilitator's stay as written."""
    return translate(REASONS[written]) if written in REASONS else written


def typed(forms: Sequence[Mapping[str, Any]]) -> str:
    """The forms counted as one word, with how often each was typed: skole 8, skolen 3."""
    return ", ".join(f"{form['text']} {form['uses']}" for form in forms)


def kind(name: str, translate: Callable[[str], str]) -> str:
    """What a kind is called in exports; its own name where it is not known here."""
    known = KINDS.get(name)
    return translate(known.words.in_report or known.words.name) if known else name
