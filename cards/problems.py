"""What is wrong with one field of an answer form, in one sentence."""

from __future__ import annotations

from typing import assert_never

from locales import Words
from workshop.refusals import Problem, Wrong


def problem(problem: Problem, say: Words) -> str:
    """What is wrong with one field and what would be right. It holds nothing that a person typed."""
    given, limit = problem.given, say.number(problem.limit)
    match problem.wrong:
        case Wrong.REQUIRED:
            return say("Please fill this in.")
        case Wrong.NOT_AN_OPTION:
            return say("This is not one of the options. Please choose from the list.")
        case Wrong.NOT_A_NUMBER:
            return say("Please give a whole number here, 0 or more.")
        case Wrong.NOT_ON_SCALE if problem.limit:
            least = say.number(problem.least)
            return say("Please give a whole number from {least} to {limit}.", least=least, limit=limit)
        case Wrong.NOT_ON_SCALE:
            return say("Please give a whole number on the scale.")
        case Wrong.HALF_A_POINT:
            return say("Please give both numbers, or leave both open.")
        case Wrong.NOT_A_DATE:
            return say("Please choose a day from the calendar, between the years 2000 and 2100.")
        case Wrong.PLACE_TAKEN | Wrong.PLACE_LEFT_OUT | Wrong.TOO_FEW | Wrong.WRONG_SUM | Wrong.OPTION_AND_OWN:
            return _of_items(problem, say)
        case _ if not (given and problem.limit):
            return _without_numbers(problem.wrong, say)
        case Wrong.TOO_LONG:
            return say.plural(
                "This has {n} character; at most {limit} fit.",
                "This has {n} characters; at most {limit} fit.",
                given,
                limit=limit,
            )
        case Wrong.TOO_MANY if problem.limit == 1:
            return say("Please give one only.")
        case Wrong.TOO_MANY:
            return say.plural(
                "This is {n} entry; at most {limit} are taken.",
                "These are {n} entries; at most {limit} are taken.",
                given,
                limit=limit,
            )
        case Wrong.TOO_MANY_DOTS:
            return say.plural(
                "You gave {n} dot; all together you have {limit}.",
                "You gave {n} dots; all together you have {limit}.",
                given,
                limit=limit,
            )
        case Wrong.TOO_MANY_DOTS_ON_ONE:
            return say.plural(
                "You gave this {n} dot; one item takes at most {limit}.",
                "You gave this {n} dots; one item takes at most {limit}.",
                given,
                limit=limit,
            )
        case _:
            assert_never(problem.wrong)


def _without_numbers(wrong: Wrong, say: Words) -> str:
    """What needs no figures, or has none."""
    match wrong:
        case Wrong.TOO_MANY:
            return say("These are too many entries.")
        case Wrong.TOO_MANY_DOTS:
            return say("You gave more dots than you have.")
        case Wrong.TOO_MANY_DOTS_ON_ONE:
            return say("You gave this more dots than one item takes.")
        case _:
            return say("This is too long.")


def _of_items(problem: Problem, say: Words) -> str:
    """What is wrong with an order, with points that were spread, or with an option."""
    given, limit = say.number(problem.given), say.number(problem.limit)
    match problem.wrong:
        case Wrong.PLACE_TAKEN:
            return say("Place {place} is given twice. Each place is for one item only.", place=given)
        case Wrong.PLACE_LEFT_OUT if problem.limit > 1:
            before = say.number(problem.limit - 1)
            return say("After {before} comes {limit}: nothing is on place {limit}.", before=before, limit=limit)
        case Wrong.PLACE_LEFT_OUT:
            return say("Nothing is on place 1. Please begin there.")
        case Wrong.WRONG_SUM:
            return _wrong_sum(problem, say)
        case Wrong.OPTION_AND_OWN:
            return say(
                "You chose an option and wrote something else too. To give your own words, choose “Something else”; to "
                "give the option, empty this field."
            )
        case _:
            return say.plural(
                "Please give a place to at least {n} item.",
                "Please give a place to at least {n} items.",
                problem.limit,
            )


def _wrong_sum(problem: Problem, say: Words) -> str:
    """By how much the points do not add up."""
    left, limit = problem.limit - problem.given, say.number(problem.limit)
    if left > 0:
        return say.plural(
            "All {limit} points have to be given: {n} is left.",
            "All {limit} points have to be given: {n} are left.",
            left,
            limit=limit,
        )
    return say.plural(
        "There are {limit} points to give: this is {n} too many.",
        "There are {limit} points to give: this is {n} too many.",
        -left,
        limit=limit,
    )
