"""Arithmetic of ladders: which stage comes when. Pure: no database, no clock."""

from datetime import timedelta


def stage_on(stage, due_on):
    """The date on which a stage of a deadline comes."""
    return due_on + timedelta(days=stage.offset)


def first_stage_on(stages, due_on):
    """The date of the first stage, for a row just opened. None for an empty ladder."""
    return min((stage_on(stage, due_on) for stage in stages), default=None)


def come_by(stages, due_on, as_of):
    """The stages that have come by a day, oldest first."""
    ordered = sorted(stages, key=lambda stage: stage.offset)
    return [stage for stage in ordered if stage_on(stage, due_on) <= as_of]


def next_after(stages, due_on, as_of):
    """The date of the first stage after a day, or None when the ladder is exhausted."""
    later = [stage_on(stage, due_on) for stage in stages]
    return min((day for day in later if day > as_of), default=None)
