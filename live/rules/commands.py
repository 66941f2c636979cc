"""
The commands: what a phone, a facilitator or a script can ask of a room.

An action is what consoles and scripts send as JSON (contract §4). Its tag is the action's name, `do`. A field that may
be left out there has a default here, and its rule refuses what is missing, in words that fit.
"""

from collections.abc import Callable
from typing import get_args

from msgspec import Struct

from live.events import Value
from live.workshop import Workshop
from live.workshop.films import MediaFile
from live.workshop.pictures import Picture


class EditWorkshop(Struct, frozen=True):
    """
    A new workshop text for a room; `written` is the result of `workshop.parse`.

    `based_on` is the version of the text that was edited; None: replace any version.
    """

    text: str
    written: Workshop
    based_on: str | None = None
    translate: Callable[[str], str] = str


class AddFiles(Struct, frozen=True):
    """
    Pictures and films whose files are stored already, by name. Where there are too many, those that `text` (None: the
    workshop as it is) does not name leave the room.
    """

    pictures: dict[str, Picture]
    text: str | None = None
    films: dict[str, MediaFile] = {}


class KeepHands(Struct, frozen=True):
    """Of these `phones` the server knows that they are still there, with the cards that they were dealt."""

    activity: str
    phones: list[str]


class CloseDue(Struct, frozen=True):
    """Close the activity on show if its time has run out. Asked for by the room's own timer."""


# -- from phones --------------------------------------------------------------------------------------------


class PhoneCommand(Struct, frozen=True):
    """Base of the commands of phones."""

    phone: str


class SendAnswer(PhoneCommand, frozen=True, gc=False):
    """A phone sends an answer, or changes one of its own with a higher `rev`."""

    id: str
    activity: str
    text: str | None = None
    value: Value = None
    rev: int = 1
    heads: int | None = None
    again: bool = False
    """The phone had its ack before, and then the store came back without the answer."""
    since: int | None = None
    """When the phone got its identity, milliseconds; None for a pretend participant, who is of no group."""
    version: int = 0
    """Which version of its words the phone showed (`Activity.versions`); 0: it does not say."""


class DealCards(PhoneCommand, frozen=True):
    """A phone asks for answers to weigh in `activity`."""

    activity: str


class WithdrawAnswer(PhoneCommand, frozen=True):
    """A phone withdraws an answer of its own; possible as long as the meeting is kept."""

    id: str
    rev: int


class VoteQuestion(PhoneCommand, frozen=True):
    """A phone wants a question of somebody else's to be answered, or no longer."""

    id: str
    on: bool


class SortAnswer(PhoneCommand, frozen=True):
    """A phone puts an answer of its own into a theme, or into several where the workshop allows it."""

    id: str
    themes: list[str]


class KeepRecoveryPhrase(PhoneCommand, frozen=True):
    """Keep a recovery phrase: the words whose keyed hash is `id` find the answers of `phone` from now on."""

    id: str


class SetHeads(PhoneCommand, frozen=True):
    """A phone says how many people share it, 1 to 4."""

    heads: int


class GiveName(PhoneCommand, frozen=True):
    """A phone says the name of whoever holds it, where the workshop asks for it; empty: none."""

    name: str
    since: int | None = None


# -- from consoles and scripts ------------------------------------------------------------------------------


class Action(Struct, frozen=True, kw_only=True, tag_field="do"):
    """Base of the actions. With `if_step` it is refused when the room is at another step."""

    if_step: int | None = None


class AboutActivity(Action, frozen=True, kw_only=True):
    """Base of the actions about an activity; None: the one on show."""

    activity: str | None = None


class AboutAnswer(Action, frozen=True):
    """Base of the actions about one answer."""

    id: str | None = None


class Next(Action, frozen=True, tag="next"):
    """One step on, along the whole route of stops."""


class Back(Action, frozen=True, tag="back"):
    """One step back."""


class GoTo(Action, frozen=True, tag="goto"):
    """Show a slide, given by its number or its id."""

    slide: int | str | None = None


class Start(Action, frozen=True, tag="start"):
    activity: str | None = None


class Pause(Action, frozen=True, tag="pause"):
    """Stop the clock, or the film on show."""


class Resume(Action, frozen=True, tag="resume"):
    """Let the clock run on, or the film on show; one that is at its end begins anew."""


class Skip(Action, frozen=True, tag="skip"):
    """Move the film on show by so many seconds; below 0 is back."""

    seconds: int | None = None


class AddTime(Action, frozen=True, tag="add_time"):
    seconds: int | None = None


class Close(Action, frozen=True, tag="close"):
    """Close the activity on show for answers, or end a talk."""


class CloseIn(Action, frozen=True, tag="close_in"):
    seconds: int | None = None


class Reopen(Action, frozen=True, tag="reopen"):
    """Take answers again; while the activity is closing, stop it from closing."""


class Reveal(Action, frozen=True, tag="reveal"):
    """Show the results."""


class Hide(Action, frozen=True, tag="hide"):
    """Hide the results."""


class Blank(Action, frozen=True, tag="blank"):
    """Make the screen black."""


class Unblank(Action, frozen=True, tag="unblank"):
    """Show the screen again."""


class SetChime(Action, frozen=True, tag="set_chime"):
    """Whether screens sound a chime when the time of a talk is up."""

    on: bool | None = None


class SetPulse(Action, frozen=True, tag="set_pulse"):
    """Whether phones may give signs, such as applause, where the workshop has `pulse`."""

    on: bool | None = None


class End(Action, frozen=True, tag="end"):
    """End the meeting."""


class Ask(Action, frozen=True, tag="ask"):
    """Ask an ad hoc question. `id` is that of the new activity; the registry makes it."""

    kind: str | None = None
    question: str | None = None
    options: list[str] = []
    id: str | None = None


class SetPeople(Action, frozen=True, tag="set_people"):
    """How many are in the hall."""

    n: int | None = None


class ShowAs(Action, frozen=True, tag="show_as"):
    shape: str | None = None


class SetTime(Action, frozen=True, tag="set_time"):
    """How long an activity will take when it is started."""

    activity: str | None = None
    seconds: int | None = None


class TurnPage(Action, frozen=True, tag="page"):
    """Turn the screen to page `n` of the results."""

    n: int | None = None


class AddAnswer(AboutActivity, frozen=True, tag="add_answer"):
    """
    Add an answer for somebody without a phone: a `text`, or what they chose or rated. `id` is that of the answer; the
    registry makes it.
    """

    text: str | None = None
    value: Value = None
    heads: int = 1
    via: str = "facilitator"
    id: str | None = None


class HideAnswer(AboutAnswer, frozen=True, tag="hide_answer"):
    reason: str | None = None


class RestoreAnswer(AboutAnswer, frozen=True, tag="restore_answer"):
    """
    Show an answer again, let a held one through, or count a late one. Without `release` one that waited for its flags
    before it was hidden waits again.
    """

    release: bool = True


class ReleaseAnswers(Action, frozen=True, tag="release_answers"):
    """Let flagged answers be shown: `answers` is id -> rev, as they were listed to whoever read them."""

    answers: dict[str, int] = {}


class UndoRelease(Action, frozen=True, tag="undo_release"):
    """The reverse of `ReleaseAnswers`, while that is the newest action."""


class MaskAnswer(AboutAnswer, frozen=True, tag="mask_answer"):
    """Hide names and numbers in an answer. What was sent is kept as that of a withheld answer."""


class UnmaskAnswer(AboutAnswer, frozen=True, tag="unmask_answer"):
    """The reverse of `MaskAnswer`."""


class GiveReason(AboutAnswer, frozen=True, tag="give_reason"):
    """Say why an answer was hidden, after `HideAnswer`."""

    reason: str | None = None


class RedactAnswer(AboutAnswer, frozen=True, tag="redact_answer"):
    """Delete the text of an answer for good."""


class AnswerQuestion(AboutAnswer, frozen=True, tag="answer_question"):
    """The panel has answered a question, or not after all. `text`: its answer in words; None: as it was."""

    answered: bool = True
    text: str | None = None


class Spotlight(AboutAnswer, frozen=True, tag="spotlight"):
    """Show one answer large; without `id` none."""


class MutePhone(AboutAnswer, frozen=True, tag="mute_phone"):
    """Hold all that a phone sends. The phone is given by one of its answers: the console does not know phones' ids."""


class UnmutePhone(AboutAnswer, frozen=True, tag="unmute_phone"):
    """The reverse of `MutePhone`. With `undo`, right after it, the answers that it held are shown again."""

    undo: bool = False


class HideName(AboutAnswer, frozen=True, tag="hide_name"):
    """Show the name that a phone gave nowhere. The phone is given by one of its answers."""


class ShowName(AboutAnswer, frozen=True, tag="show_name"):
    """The reverse of `HideName`; also lets a name be shown that is flagged."""


class SetHold(AboutActivity, frozen=True, tag="set_hold"):
    """Whether answers are held until they are let through."""

    hold: bool | None = None


class MakeTheme(AboutActivity, frozen=True, tag="make_theme"):
    """Make a theme of some cards. `id` is that of the new theme; the registry makes it."""

    name: str | None = None
    ids: list[str] = []
    id: str | None = None


class RenameTheme(AboutActivity, frozen=True, tag="rename_theme"):
    theme: str | None = None
    name: str | None = None


class MergeThemes(AboutActivity, frozen=True, tag="merge_themes"):
    theme: str | None = None
    into: str | None = None


class SplitTheme(AboutActivity, frozen=True, tag="split"):
    """Make a new theme of some cards of a theme. `id` is that of the new one; the registry makes it."""

    theme: str | None = None
    name: str | None = None
    ids: list[str] = []
    id: str | None = None


class RemoveTheme(AboutActivity, frozen=True, tag="remove_theme"):
    theme: str | None = None


class PlaceCards(AboutActivity, frozen=True, tag="place"):
    """Put cards into a theme; without a theme they are taken out of all."""

    theme: str | None = None
    ids: list[str] = []


class TakeOut(AboutActivity, frozen=True, tag="take_out"):
    """Take cards out of one theme."""

    theme: str | None = None
    ids: list[str] = []


class AcceptSuggestion(AboutActivity, frozen=True, tag="accept_suggestion"):
    """Put suggested cards into `theme`, or into a new one with this name. `id` is that of a new one, as above."""

    theme: str | None = None
    name: str | None = None
    ids: list[str] = []
    id: str | None = None


class RefuseSuggestion(AboutActivity, frozen=True, tag="refuse_suggestion"):
    ids: list[str] = []


class UndoGrouping(AboutActivity, frozen=True, tag="undo_grouping"):
    """Undo the newest change to themes; with `n` only if it still is that one."""

    n: int | None = None


class SplitWord(AboutActivity, frozen=True, tag="split_word"):
    word: str | None = None


class MergeWords(AboutActivity, frozen=True, tag="merge_words"):
    words: list[str] = []


class KeepCloud(AboutActivity, frozen=True, tag="keep_cloud"):
    """
    Where a screen drew the words of a cloud: each with its middle, size and loudness, in ten thousandths of the width
    (`events.CloudDrawn`).
    """

    high: int = 0
    figure: int = 0
    places: dict[str, tuple[int, int, int, int]] = {}


class UndoWords(AboutActivity, frozen=True, tag="undo_words"):
    """Undo the newest merge or split of words; with `n` only if it still is that one."""

    n: int | None = None


class Rehearse(Action, frozen=True, tag="rehearse"):
    """Let `n` pretend participants in."""

    n: int | None = None


class StopRehearsal(Action, frozen=True, tag="stop_rehearsal"):
    """The pretend participants leave; what they did stays."""


class ClearRehearsal(Action, frozen=True, tag="clear_rehearsal"):
    """Remove what pretend participants did."""


class CloseDoor(Action, frozen=True, tag="close_door"):
    """Let in no phones that are new."""


class OpenDoor(Action, frozen=True, tag="open_door"):
    """The reverse of `CloseDoor`."""


class MuteNewcomers(Action, frozen=True, tag="mute_newcomers"):
    """Mute every phone whose first answer came in the last `seconds`."""

    seconds: int | None = None


class AdmitNewcomers(Action, frozen=True, tag="admit_newcomers"):
    """The reverse of the newest `MuteNewcomers`."""


class Publish(Action, frozen=True, tag="publish"):
    """
    Let everybody read the public page. Refused while flagged answers wait, unless `without` says to leave these out.
    """

    without: bool = False


class Unpublish(Action, frozen=True, tag="unpublish"):
    """The reverse of `Publish`."""


class SetReply(Action, frozen=True, tag="follow"):
    """The whole reply to a theme. `activity` may be left out where `theme` is given."""

    theme: str | None = None
    status: str | None = None
    reason: str | None = None
    unit: str | None = None
    date: str | None = None
    activity: str | None = None


class MakePromise(Action, frozen=True, tag="promise"):
    """Write down a promise, or replace number `n`."""

    text: str | None = None
    who: str | None = None
    n: int | None = None


AnyAction = (
    Next | Back | GoTo | Start | Pause | Resume | Skip | AddTime | Close | CloseIn | Reopen | Reveal | Hide | Blank
    | Unblank | SetChime | SetPulse | End | Ask | SetPeople | ShowAs | SetTime | TurnPage | AddAnswer
    | HideAnswer | RestoreAnswer | ReleaseAnswers | UndoRelease | MaskAnswer | UnmaskAnswer | GiveReason | RedactAnswer
    | AnswerQuestion | Spotlight | MutePhone | UnmutePhone | HideName | ShowName | SetHold
    | MakeTheme | RenameTheme | MergeThemes | SplitTheme | RemoveTheme | PlaceCards | TakeOut
    | AcceptSuggestion | RefuseSuggestion | UndoGrouping
    | SplitWord | MergeWords | UndoWords | KeepCloud | Rehearse | StopRehearsal | ClearRehearsal
    | CloseDoor | OpenDoor | MuteNewcomers | AdmitNewcomers | Publish | Unpublish | SetReply | MakePromise
)  # fmt: skip
AnyPhoneCommand = (
    SendAnswer | WithdrawAnswer | VoteQuestion | SortAnswer | DealCards | KeepRecoveryPhrase | SetHeads | GiveName
)
Command = AnyPhoneCommand | AnyAction | EditWorkshop | AddFiles | KeepHands | CloseDue

ACTIONS: dict[str, type[Action]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyAction)}
"""By name, in the order of the reference."""
