"""What each role gets at each address. Written by hand after design §4, and read with `sharedlives/permissions.py`.

A row: the address, what it names in the world (`=…` is a word of the address itself), and the answer to each role in
the order of `OWN`. 200 it opens · 302 it leads on · 403 not their job · 404 not theirs · 405 it is only sent to.
"""

OWN = [
    "care_manager", "reviewing_officer", "team_manager", "scheme_worker", "scheme_manager", "commissioner",
    "data_officer", "administrator",
]  # fmt: skip

# Everybody signed in, or everybody at all: why, and what somebody who is not signed in gets.
OPEN_TO_ALL = {
    "healthz": ("tells only that the process answers", "200"),
    "readyz": ("tells operators which jobs are late; names nobody", "200 503"),  # as the jobs stand
    "account_login": ("where one signs in", "200"),
    "account_logout": ("signs out whoever asks", "302"),
    "account_reauthenticate": ("the own password again", "302"),
    "account_change_password": ("the own password", "302"),
    "account_reset_password": (
        "asks for a mail, and answers the same for an address that is not known",
        "200",
    ),
    "account_reset_password_done": ("says that a mail may have gone out", "200"),
    "account_reset_password_from_key": ("opens with the key out of that mail", "200"),
    "account_reset_password_from_key_done": ("says that the new password holds", "200"),
    "mfa_index": ("the own second factor", "302"),
    "mfa_authenticate": ("the second half of signing in", "302"),
    "mfa_reauthenticate": ("the own second factor again", "302"),
    "mfa_activate_totp": ("the own second factor", "302"),
    "mfa_deactivate_totp": ("the own second factor", "302"),
    "mfa_view_recovery_codes": ("the own codes", "302"),
    "mfa_generate_recovery_codes": ("the own codes", "302"),
    "mfa_download_recovery_codes": ("the own codes", "302"),
}

# fmt: off
ROWS = [
    # What everybody starts from
    ("home",                          [],                     "200 200 200 200 200 302 200 302"),
    ("stay_signed_in",                [],                     "405 405 405 405 405 405 405 405"),
    ("parked",                        ["parked"],             "200 404 404 404 404 404 404 404"),
    ("worklist:list_of",              ["=today"],             "200 200 200 200 200 403 200 403"),
    ("worklist:list_of",              ["=waiting"],            "200 200 200 200 200 403 200 403"),
    ("worklist:team",                 [],                     "403 403 200 403 200 403 403 403"),
    ("worklist:team_list",            ["=late"],              "403 403 200 403 200 403 403 403"),
    ("worklist:team_list",            ["=soon"],              "403 403 200 403 200 403 403 403"),
    ("worklist:reminders",            [],                     "403 403 200 403 200 403 403 403"),

    # People. Anna lives with a carer of the scheme; Cara was referred to it; Eve is known to her team alone;
    # the record of Gus is invisible but to the team manager
    ("people:find",                   [],                     "200 200 200 200 200 403 403 403"),
    ("people:register",               [],                     "200 403 200 403 403 403 403 403"),
    ("people:be_away",                [],                     "200 200 200 200 200 200 200 200"),
    ("people:person",                 ["anna"],               "200 200 200 200 200 403 403 403"),
    ("people:person",                 ["cara"],               "200 404 200 200 200 403 403 403"),
    ("people:person",                 ["eve"],                "200 404 200 404 404 403 403 403"),
    ("people:person",                 ["gus"],                "404 404 200 404 404 403 403 403"),
    ("people:edit",                   ["anna"],               "200 403 200 403 403 403 403 403"),
    ("people:add_contact",            ["anna"],               "200 403 200 403 403 403 403 403"),
    ("people:add_communication_need", ["anna"],               "200 403 200 403 403 403 403 403"),
    ("people:change_worker",          ["anna"],               "200 403 200 403 403 403 403 403"),
    ("people:record_death",           ["anna"],               "200 403 200 403 403 403 403 403"),
    ("people:looked",                 ["anna"],               "403 403 200 403 403 403 403 403"),
    # A door for those outside: whoever may open the record already is told so
    ("people:emergency_access",       ["anna"],               "403 403 403 403 403 403 403 403"),
    ("people:emergency_access",       ["eve"],                "403 403 403 200 200 403 403 403"),
    ("people:emergency_access",       ["gus"],                "404 403 404 404 404 403 403 403"),

    # Carers and homes are the scheme's
    ("carers:households",             [],                     "403 403 403 200 200 403 403 403"),
    ("carers:register_household",     [],                     "403 403 403 200 200 403 403 403"),
    ("carers:household",              ["home"],               "403 403 403 200 200 403 403 403"),
    ("carers:edit_household",         ["home"],               "403 403 403 200 200 403 403 403"),
    ("carers:set_limit",              ["home"],               "403 403 403 200 200 403 403 403"),
    ("carers:close_places",           ["home"],               "403 403 403 200 200 403 403 403"),
    ("carers:reopen",                 ["closure"],            "403 403 403 200 200 403 403 403"),
    ("carers:add_member",             ["home"],               "403 403 403 200 200 403 403 403"),
    ("carers:share_household",        ["home"],               "403 403 403 200 200 403 403 403"),
    ("carers:register_carer",         ["home"],               "403 403 403 200 200 403 403 403"),
    ("carers:carers",                 [],                     "403 403 403 200 200 403 403 403"),
    ("carers:carer",                  ["carer"],              "403 403 403 200 200 403 403 403"),
    ("carers:edit_carer",             ["carer"],              "403 403 403 200 200 403 403 403"),
    ("carers:record_training",        ["carer"],              "403 403 403 200 200 403 403 403"),
    ("carers:approve",                ["carer"],              "403 403 403 403 200 403 403 403"),
    ("carers:end_carer",              ["carer"],              "403 403 403 403 200 403 403 403"),

    # Plans: the scheme reads what was shared with it, and acknowledges
    ("careplans:plans",               ["anna"],               "200 200 200 200 200 403 403 403"),
    ("careplans:plans",               ["cara"],               "200 404 200 200 200 403 403 403"),
    ("careplans:assess",              ["anna"],               "200 403 200 403 403 403 403 403"),
    ("careplans:assessment",          ["assessment"],         "200 200 200 404 404 403 403 403"),
    ("careplans:assessment",          ["draft_assessment"],   "200 200 200 404 404 403 403 403"),
    ("careplans:amend_assessment",    ["draft_assessment"],   "200 403 200 403 403 403 403 403"),
    ("careplans:plan",                ["plan"],               "200 200 200 200 200 403 403 403"),
    ("careplans:plan",                ["draft"],              "200 200 200 404 404 403 403 403"),
    ("careplans:differences",         ["plan"],               "200 200 200 200 200 403 403 403"),
    ("careplans:begin",               ["anna"],               "200 403 200 403 403 403 403 403"),
    ("careplans:draft",               ["draft"],              "200 403 200 403 403 403 403 403"),
    ("careplans:section",             ["draft", "=outcomes"], "200 403 200 403 403 403 403 403"),
    ("careplans:check",               ["draft"],              "200 403 200 403 403 403 403 403"),
    ("careplans:sign",                ["draft"],              "200 403 200 403 403 403 403 403"),
    ("careplans:withdraw",            ["draft"],              "200 403 200 403 403 403 403 403"),
    ("careplans:budget",              ["anna"],               "200 403 200 403 403 403 403 403"),
    ("careplans:share",               ["plan"],               "200 403 200 403 403 403 403 403"),
    ("careplans:enter_in_error",      ["plan"],               "200 403 200 403 403 403 403 403"),
    ("careplans:acknowledge",         ["share"],              "403 403 403 200 200 403 403 403"),

    # Risk
    ("risk:overview",                 ["anna"],               "200 200 200 200 200 403 403 403"),
    ("risk:overview",                 ["cara"],               "200 404 200 200 200 403 403 403"),
    ("risk:assessment",               ["risk"],               "200 200 200 200 200 403 403 403"),
    ("risk:assessment",               ["draft_risk"],         "200 200 200 404 404 403 403 403"),
    ("risk:begin",                    ["anna"],               "200 403 200 403 403 403 403 403"),
    ("risk:edit",                     ["draft_risk"],         "200 403 200 403 403 403 403 403"),
    ("risk:sign",                     ["draft_risk"],         "200 403 200 403 403 403 403 403"),
    ("risk:enter_in_error",           ["risk"],               "200 403 200 403 403 403 403 403"),
    ("risk:write_responsibilities",   ["anna"],               "200 403 200 403 403 403 403 403"),
    ("risk:responsibility",           ["duties"],             "200 403 200 200 200 403 403 403"),
    ("risk:incidents",                [],                     "200 200 200 200 200 403 403 403"),
    ("risk:incident",                 ["incident"],           "200 200 200 200 200 403 403 403"),
    ("risk:record_incident",          ["anna"],               "200 403 200 200 200 403 403 403"),
    ("risk:safeguarding",             ["incident"],           "200 403 200 403 403 403 403 403"),
    ("risk:read_incident",            ["incident_row"],       "200 403 200 403 403 403 403 403"),

    # Referral, match, placement. Ben's placement has not begun; Cara's match is proposed; Dora's referral is unanswered
    ("placements:referrals",          [],                     "200 200 200 200 200 403 403 403"),
    ("placements:referral",           ["referral"],           "200 404 200 404 404 403 403 403"),
    ("placements:referral",           ["referral_of_anna"],   "200 200 200 404 404 403 403 403"),
    ("placements:refer",              ["anna"],               "200 403 200 403 403 403 403 403"),
    ("placements:complete_information", ["referral"],         "200 403 200 403 403 403 403 403"),
    ("placements:send_to",            ["referral"],           "200 403 200 403 403 403 403 403"),
    ("placements:close_referral",     ["referral"],           "200 403 200 403 403 403 403 403"),
    ("placements:answered",           [],                     "403 403 403 200 200 403 403 403"),
    ("placements:sent",               ["unanswered"],         "403 403 403 200 200 403 403 403"),
    ("placements:answer_referral",    ["unanswered"],         "403 403 403 200 200 403 403 403"),
    ("placements:homes",              ["sent"],               "403 403 403 200 200 403 403 403"),
    ("placements:propose_match",      ["sent", "carer", "=live_in"], "403 403 403 200 200 403 403 403"),
    ("placements:match",              ["match"],              "200 404 200 200 200 403 403 403"),
    ("placements:match",              ["match_of_anna"],      "200 200 200 200 200 403 403 403"),
    ("placements:record_answers",     ["match"],              "403 403 403 200 200 403 403 403"),
    ("placements:agree_match",        ["match"],              "200 403 200 403 403 403 403 403"),
    ("placements:end_match",          ["match"],              "403 403 403 200 200 403 403 403"),
    ("placements:list",               [],                     "200 200 200 200 200 403 403 403"),
    ("placements:placement",          ["placement"],          "200 200 200 200 200 403 403 403"),
    ("placements:placement",          ["waiting"],            "200 404 200 200 200 403 403 403"),
    ("placements:placement",          ["out_of_rule"],        "200 404 200 200 200 403 403 403"),
    ("placements:gate",               ["waiting"],            "200 404 200 200 200 403 403 403"),
    ("placements:start",              ["waiting"],            "403 403 403 200 200 403 403 403"),
    ("placements:start_emergency",    ["anna"],               "403 403 403 200 200 403 403 403"),
    ("placements:record_existing",    ["anna"],               "403 403 403 200 200 403 403 403"),
    ("placements:end",                ["placement"],          "200 403 200 200 200 403 403 403"),
    ("placements:owed",               ["owed"],               "302 404 302 302 302 403 403 403"),
    ("placements:settle",             ["out_of_rule"],        "403 403 403 200 200 403 403 403"),
    ("placements:put_right",          ["out_of_rule"],        "403 403 403 200 200 403 403 403"),
    ("placements:agreement",          ["agreement"],          "200 200 200 200 200 403 403 403"),
    ("placements:agreement",          ["draft_agreement"],    "200 404 200 200 200 403 403 403"),
    ("placements:draft_agreement",    ["placement"],          "403 403 403 200 200 403 403 403"),
    ("placements:sign_agreement",     ["draft_agreement"],    "403 403 403 200 200 403 403 403"),
    ("placements:sign_for_team",      ["draft_agreement"],    "200 403 200 403 403 403 403 403"),

    # Reviews. The scheme was invited to the meeting, not to the one that was held
    ("reviews:list",                  [],                     "200 200 200 200 200 403 403 403"),
    ("reviews:due",                   ["due"],                "200 200 200 200 200 403 403 403"),
    ("reviews:schedule",              ["due"],                "200 200 200 403 403 403 403 403"),
    ("reviews:no_longer_owed",        ["due"],                "200 200 200 403 403 403 403 403"),
    ("reviews:new_service",           ["anna"],               "200 200 200 403 403 403 403 403"),
    ("reviews:review",                ["meeting"],            "200 200 200 200 200 403 403 403"),
    ("reviews:review",                ["held"],               "200 200 200 404 404 403 403 403"),
    ("reviews:guests",                ["meeting"],            "200 200 200 403 403 403 403 403"),
    ("reviews:add_guest",             ["meeting"],            "200 200 200 403 403 403 403 403"),
    ("reviews:assign",                ["meeting"],            "200 200 200 403 403 403 403 403"),
    ("reviews:cancel",                ["meeting"],            "200 200 200 403 403 403 403 403"),
    ("reviews:hold",                  ["meeting"],            "200 200 200 403 403 403 403 403"),
    ("reviews:hold",                  ["held"],               "404 404 404 403 403 403 403 403"),
    ("reviews:hold_section",          ["meeting", "=views"],  "200 200 200 403 403 403 403 403"),
    ("reviews:record_file",           ["held"],               "200 200 200 403 403 403 403 403"),
    ("reviews:send",                  ["held"],               "200 200 200 403 403 403 403 403"),
    ("reviews:copy",                  ["copy"],               "200 200 200 404 404 403 403 403"),
    ("reviews:record_owed",           ["owed_record"],        "302 302 302 404 404 403 403 403"),
    ("reviews:my_actions",            [],                     "200 200 200 200 200 403 403 403"),
    ("reviews:action",                ["promise"],            "200 200 200 404 404 403 403 403"),
    ("reviews:give_up",               ["promise"],            "200 200 200 404 404 403 403 403"),

    # To sort out: each organisation its own; the data officer the whole council's
    ("safetynet:flags",               [],                     "200 403 200 200 200 403 200 403"),
    ("safetynet:flag",                ["flag"],               "200 403 200 404 404 403 200 403"),
    ("safetynet:flag",                ["scheme_flag"],        "404 403 404 200 200 403 200 403"),
    ("safetynet:flag",                ["duplicate"],          "404 403 404 404 404 403 200 403"),
    ("safetynet:take",                ["flag"],               "200 403 200 404 404 403 200 403"),
    ("safetynet:assign",              ["flag"],               "403 403 200 404 404 403 200 403"),
    ("safetynet:not_yet",             ["flag"],               "200 403 200 404 404 403 200 403"),
    ("safetynet:close",               ["flag"],               "200 403 200 403 403 403 200 403"),
    ("safetynet:records",             ["duplicate"],          "403 403 403 403 403 403 200 403"),
    ("safetynet:rosters",             [],                     "403 403 403 200 200 403 200 403"),
    ("safetynet:upload",              [],                     "403 403 403 200 200 403 200 403"),
    ("safetynet:roster",              ["roster"],             "403 403 403 200 200 403 200 403"),
    ("safetynet:decide",              ["row"],                "403 403 403 403 403 403 200 403"),
    ("safetynet:undo",                ["linked"],             "403 403 403 403 403 403 200 403"),

    # Commissioning
    ("commissioning:availability",    [],                     "200 200 200 200 200 200 403 403"),
]
# fmt: on

# Lists that leave as a file, too.
EXPORTED = {
    "worklist:list_of", "worklist:team_list", "people:find", "people:looked", "carers:households", "carers:carers",
    "risk:incidents", "placements:list", "placements:referrals", "placements:answered", "reviews:list",
    "reviews:my_actions", "safetynet:flags", "safetynet:roster", "commissioning:availability",
}  # fmt: skip

# What outsiders open about a row that is not theirs: the door shows who holds the record, and asks why.
DOORS = [("people:emergency_access", ["anna"]), ("people:emergency_access", ["eve"])]
