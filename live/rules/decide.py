"""
Decides a command: finds its rule, which looks at the room and returns events, or refuses. No rule changes anything.

`now` is milliseconds since the epoch on the server's clock. An empty list means that there is nothing left to do.
"""

from typing import assert_never

from live.events import Event
from live.room import Room
from live.rules import (
    admission,
    answers,
    cloud,
    commands,
    followup,
    moderation,
    navigation,
    pictures,
    recovery_phrase,
    rehearsal,
    running,
    themes,
    word_groups,
    workshop_edit,
)
from live.rules.answers import Ahead
from live.rules.commands import AnyAction, Command


def decide(room: Room, command: Command, now: int, ahead: Ahead | None = None) -> list[Event]:
    """
    The events that carry out *command*; Refused when the rules refuse it.

    When several answers are decided before any of them is in the room, *ahead* counts them, and this updates it.
    """
    if isinstance(command, commands.PhoneCommand):
        rehearsal.check_running(room, command.phone, now)
    match command:
        case commands.SendAnswer():  # first, because nearly all commands are answers
            return answers.send_answer(room, command, now, ahead)
        case commands.WithdrawAnswer():
            return answers.withdraw(room, command, now, ahead)
        case commands.VoteQuestion():
            return answers.vote(room, command, now, ahead)
        case commands.SortAnswer():
            return themes.sort_own(room, command, now)
        case commands.DealCards():
            return answers.deal_cards(room, command, now)
        case commands.KeepHands():
            return answers.keep_hands(room, command, now)
        case commands.KeepRecoveryPhrase():
            return recovery_phrase.keep(room, command, now)
        case commands.SetHeads():
            return answers.set_heads(room, command, now)
        case commands.GiveName():
            return answers.give_name(room, command, now)
        case commands.EditWorkshop():
            return workshop_edit.edit(room, command, now)
        case commands.AddFiles():
            return pictures.add(room, command, now)
        case commands.CloseDue():
            return running.close_due(room, now)
        case _:
            return _act(room, command, now)


def _act(room: Room, action: AnyAction, now: int) -> list[Event]:
    """
    A table of actions and their rules. As a match it stays checked: each rule is given its own kind of action, and an
    action without a rule is an error of types.
    """
    match action:
        case commands.Next():
            return navigation.go_on(room, now)
        case commands.Back():
            return navigation.go_back(room, now)
        case commands.GoTo():
            return running.go_to(room, action, now)
        case commands.Start():
            return running.start(room, action, now)
        case commands.Pause():
            return running.pause(room, now)
        case commands.Resume():
            return running.resume(room, now)
        case commands.Skip():
            return running.skip(room, action, now)
        case commands.AddTime():
            return running.add_time(room, action, now)
        case commands.Close():
            return running.close(room, now)
        case commands.CloseIn():
            return running.close_in(room, action, now)
        case commands.Reopen():
            return running.reopen(room, now)
        case commands.Reveal():
            return running.reveal(room, now)
        case commands.Hide():
            return running.hide(room, now)
        case commands.Blank():
            return running.blank(room, now)
        case commands.Unblank():
            return running.unblank(room, now)
        case commands.SetChime():
            return running.set_chime(room, action, now)
        case commands.SetPulse():
            return running.set_pulse(room, action, now)
        case commands.End():
            return running.end(room, now)
        case commands.Ask():
            return running.ask(room, action, now)
        case commands.SetPeople():
            return running.set_people(room, action, now)
        case commands.ShowAs():
            return running.show_as(room, action, now)
        case commands.SetTime():
            return running.set_time(room, action, now)
        case commands.TurnPage():
            return running.turn_page(room, action, now)
        case commands.AddAnswer():
            return answers.add_answer(room, action, now)
        case commands.HideAnswer():
            return moderation.hide_answer(room, action, now)
        case commands.RestoreAnswer():
            return moderation.restore_answer(room, action, now)
        case commands.ReleaseAnswers():
            return moderation.release_answers(room, action, now)
        case commands.UndoRelease():
            return moderation.undo_release(room, now)
        case commands.MaskAnswer():
            return moderation.mask_answer(room, action, now)
        case commands.UnmaskAnswer():
            return moderation.unmask_answer(room, action, now)
        case commands.GiveReason():
            return moderation.give_reason(room, action, now)
        case commands.RedactAnswer():
            return moderation.redact_answer(room, action, now)
        case commands.AnswerQuestion():
            return moderation.answer_question(room, action, now)
        case commands.Spotlight():
            return moderation.spotlight(room, action, now)
        case commands.MutePhone():
            return moderation.mute_phone(room, action, now)
        case commands.UnmutePhone():
            return moderation.unmute_phone(room, action, now)
        case commands.HideName() | commands.ShowName():
            return moderation.moderate_name(room, action, now)
        case commands.SetHold():
            return moderation.set_hold(room, action, now)
        case commands.MakeTheme():
            return themes.make_theme(room, action, now)
        case commands.RenameTheme():
            return themes.rename_theme(room, action, now)
        case commands.MergeThemes():
            return themes.merge_themes(room, action, now)
        case commands.SplitTheme():
            return themes.split(room, action, now)
        case commands.RemoveTheme():
            return themes.remove_theme(room, action, now)
        case commands.PlaceCards():
            return themes.place(room, action, now)
        case commands.TakeOut():
            return themes.take_out(room, action, now)
        case commands.AcceptSuggestion():
            return themes.accept_suggestion(room, action, now)
        case commands.RefuseSuggestion():
            return themes.refuse_suggestion(room, action, now)
        case commands.UndoGrouping():
            return themes.undo_grouping(room, action, now)
        case commands.SplitWord():
            return word_groups.split_word(room, action, now)
        case commands.MergeWords():
            return word_groups.merge_words(room, action, now)
        case commands.UndoWords():
            return word_groups.undo_words(room, action, now)
        case commands.KeepCloud():
            return cloud.keep(room, action, now)
        case commands.Rehearse():
            return rehearsal.rehearse(room, action, now)
        case commands.StopRehearsal():
            return rehearsal.stop_rehearsal(room, now)
        case commands.ClearRehearsal():
            return rehearsal.clear_rehearsal(room, now)
        case commands.CloseDoor():
            return admission.close_door(room, now)
        case commands.OpenDoor():
            return admission.open_door(room, now)
        case commands.MuteNewcomers():
            return admission.mute_newcomers(room, action, now)
        case commands.AdmitNewcomers():
            return admission.admit_newcomers(room, now)
        case commands.Publish():
            return followup.publish(room, action, now)
        case commands.Unpublish():
            return followup.unpublish(room, now)
        case commands.SetReply():
            return followup.follow(room, action, now)
        case commands.MakePromise():
            return followup.promise(room, action, now)
        case _:
            assert_never(action)
