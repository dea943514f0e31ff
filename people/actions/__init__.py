"""Everything that can happen to persons, to who is involved with them, and to the teams that answer for them."""

from .clocks import follow_contact_policies, preview_contact_policy, set_contact_policy
from .communication import add_communication_need, ask_again_how_to_communicate, end_communication_need
from .conflicts import declare_conflict, end_conflict
from .contact import write_contact_note
from .handovers import accept_handover, ask_handover, decline_handover, withdraw_handover
from .in_error import (
    about_me_in_error,
    advocacy_in_error,
    legal_fact_in_error,
    note_in_error,
    sharing_in_error,
)
from .legal import (
    acknowledge_legal_fact,
    close_legal_fact,
    record_legal_fact,
    share_legal_fact,
)
from .objections import refuse_objected
from .own import choose_mails
from .persons import (
    add_contact,
    be_away,
    change_worker,
    check_person,
    correct,
    end_contact,
    end_involvement,
    involve,
    name_keys,
    new_reference,
    open_emergency_access,
    place_in_tree,
    plain,
    read_grant,
    record_death,
    register,
    restrict,
    set_place,
    transfer,
    undo_death,
)
from .recalls import note_recall, recall_copies
from .restriction import lift_restriction, put_restriction
from .subject_access import (
    add_name,
    ask_for_copy,
    close_access_request,
    decide_entry,
    decide_names,
    release_copy,
    work_off_copies,
)
from .teams import accept_change, ask_change, decline_change, may_undo, undo_change, withdraw_change
from .teams import preview as preview_change
from .voice import ask_about_advocate, decide_sharing, follow_advocacy, write_about_me

__all__ = [
    "ask_again_how_to_communicate",
    "follow_contact_policies",
    "preview_contact_policy",
    "set_contact_policy",
    "about_me_in_error",
    "advocacy_in_error",
    "sharing_in_error",
    "legal_fact_in_error",
    "note_in_error",
    "acknowledge_legal_fact",
    "close_legal_fact",
    "record_legal_fact",
    "refuse_objected",
    "share_legal_fact",
    "decide_sharing",
    "follow_advocacy",
    "ask_about_advocate",
    "write_about_me",
    "write_contact_note",
    "lift_restriction",
    "put_restriction",
    "accept_change",
    "accept_handover",
    "add_communication_need",
    "add_name",
    "ask_for_copy",
    "close_access_request",
    "decide_entry",
    "decide_names",
    "release_copy",
    "work_off_copies",
    "add_contact",
    "ask_change",
    "ask_handover",
    "be_away",
    "change_worker",
    "check_person",
    "choose_mails",
    "correct",
    "declare_conflict",
    "decline_change",
    "decline_handover",
    "end_communication_need",
    "end_conflict",
    "end_contact",
    "end_involvement",
    "involve",
    "may_undo",
    "name_keys",
    "new_reference",
    "open_emergency_access",
    "place_in_tree",
    "plain",
    "preview_change",
    "read_grant",
    "record_death",
    "register",
    "restrict",
    "set_place",
    "transfer",
    "note_recall",
    "recall_copies",
    "undo_death",
    "undo_change",
    "withdraw_change",
    "withdraw_handover",
]
