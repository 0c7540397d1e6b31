"""The sentence for what makes no sense right now: it depends on how the workshop stands and on what was asked."""

from __future__ import annotations

from locales import Words
from workshop.model import Status


def not_now(say: Words, status: str, command: str) -> str:
    """Why a command (by the name of its class) is not possible in a status; either may be empty."""
    match status:
        case Status.LOBBY:
            return say("The workshop has not started yet: this can be done once a facilitator has pressed Start.")
        case Status.FINISHED:
            return _ended(say, command, say("The workshop is finished."))
        case Status.CANCELLED:
            return _ended(say, command, say("The workshop was cancelled."))
        case Status.CLOSED:
            return _while_closed(say, command)
        case Status.PAUSED:
            return _while_paused(say, command)
        case Status.OPEN:
            return _while_open(say, command)
        case _:
            return say("This cannot be done right now.")


def _ended(say: Words, command: str, what: str) -> str:
    if command == "SubmitAnswers":
        return say("{what} It takes no more answers.", what=what)
    if command == "Join":
        return say("{what} Nobody can join any more.", what=what)
    return say("{what} Nothing about its course can be changed any more.", what=what)


def _while_closed(say: Words, command: str) -> str:
    match command:
        case "Start":
            return say("The workshop has started already. Press Next to go on.")
        case "Close":
            return say("The step is closed already.")
        case _:
            return say("The step is closed. Reopen it first, or press Next to go on.")


def _while_paused(say: Words, command: str) -> str:
    match command:
        case "Start":
            return say("The workshop has started already; it is paused. Press Resume to go on.")
        case "Pause":
            return say("The workshop is paused already.")
        case "PickItems":
            return say("Close the step first; then you can pick what the next one is about.")
        case _:
            return say("The workshop is paused. Press Resume first.")


def _while_open(say: Words, command: str) -> str:
    match command:
        case "Start":
            return say("The workshop has started already. Press Next to go on.")
        case "Resume":
            return say("The workshop is not paused.")
        case "Reopen":
            return say("The step is open already.")
        case "PickItems":
            return say("Close the step first; then you can pick what the next one is about.")
        case _:
            return say("This cannot be done while a step is open. Close it first.")
