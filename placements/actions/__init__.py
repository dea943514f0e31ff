"""Everything that can happen to referrals, matches, agreements and placements."""

from .agreements import amend_agreement, draft_agreement, enter_in_error, renew_agreement, sign_agreement
from .away import come_home, go_away
from .breaks import book_breaks, cancel_break
from .charges import look_at_charges
from .cover import cover
from .deaths import done_after_death, restore_after_death
from .endings import end, end_after_death
from .following import close_owed_of_carer, close_owed_of_person, follow_stays
from .introductions import amend_introduction, record_introduction
from .matches import agree_match, end_match, propose_match, record_answers
from .referrals import (
    answer_referral,
    close_referral,
    complete_information,
    follow_the_funding,
    refer,
    send_to,
)
from .starts import agree_long_term, put_right, record_existing, settle, start, start_emergency
from .stopping import carer_is_back, settle_after_leaving, settle_after_stopping, settle_where
from .visits import record_visit

__all__ = [
    "agree_long_term",
    "agree_match",
    "amend_agreement",
    "amend_introduction",
    "answer_referral",
    "book_breaks",
    "cancel_break",
    "close_referral",
    "close_owed_of_carer",
    "close_owed_of_person",
    "carer_is_back",
    "come_home",
    "complete_information",
    "cover",
    "done_after_death",
    "draft_agreement",
    "end",
    "enter_in_error",
    "end_after_death",
    "end_match",
    "follow_stays",
    "follow_the_funding",
    "go_away",
    "look_at_charges",
    "propose_match",
    "put_right",
    "record_answers",
    "record_existing",
    "record_introduction",
    "record_visit",
    "refer",
    "renew_agreement",
    "restore_after_death",
    "send_to",
    "settle",
    "settle_after_leaving",
    "settle_after_stopping",
    "settle_where",
    "sign_agreement",
    "start",
    "start_emergency",
]
