"""What plans, risks, agreements and reviews of the demo say. Plain sentences, nobody's."""

PLAN = {
    "own_words": (
        "I want to choose what I do each day and to be asked, not told. A good day starts slowly and ends with company.",
        "I want my own key, my own money and somebody to talk to in the evening.",
        "I like to be busy. I want to keep my friends and to see my family when I say so.",
        "I want to feel safe and not to be moved again without being asked.",
    ),
    "needs": (
        "Help with planning the week, with money and letters; a prompt for washing and for medicines; somebody near at night.",
        "Help with cooking, shopping and travel to new places; support when plans change at short notice.",
        "Help with dressing and bathing, a steady arm outdoors, and company against loneliness.",
        "Support to keep well: regular sleep, regular meals, somebody who notices early signs.",
    ),
    "eligibility": (
        "The needs arise from a disability, affect more than two outcomes, and bear much on wellbeing: eligible.",
        "Eligible: nutrition, home safely, relationships and community cannot be achieved without support.",
    ),
    "how_met": (
        "The Shared Lives carer gives daily support at home; day opportunities two days a week; family at weekends.",
        "Shared Lives as agreed; a job coach once a week; the community nurse every month.",
        "Shared Lives as agreed; breaks with another carer six weeks a year; GP health check every year.",
    ),
    "wellbeing": (
        "Control over daily life, relationships, and being part of the neighbourhood.",
        "Dignity, health, and a home that feels like one’s own.",
    ),
    "budget_words": (
        "The budget pays for the support in the home and for day times; rent and food are paid as the agreement says.",
        "The budget pays for breaks and day times. It does not pay for holidays.",
    ),
    "advice": (
        "Yearly health check, dentist, falls advice; a benefits check with the money adviser each spring.",
        "Travel training, a bus pass, and a volunteer befriender to lean on.",
    ),
    "week": (
        "Monday and Wednesday day opportunities; Tuesday at home with the carer; Thursday job coach; Friday free; family at weekends.",
        "At home with the carer morning and evening; out by day with others; one evening at the club.",
    ),
    "took_part": (
        "The person, a family member and the Shared Lives carer sat together at home; the scheme worker joined.",
        "The person with the named person; the carer sent notes; pictures were used throughout.",
    ),
}
OUTCOMES = (
    "I travel to my friends by bus by myself.",
    "I cook a meal for everyone once a week.",
    "I see my family when I want to.",
    "I feel well and sleep through the night.",
    "I have a job or a voluntary job that I chose.",
    "I look after my own money for the week.",
    "I keep my faith and my customs.",
    "I stay steady on my feet and get out every day.",
    "I make one new friend.",
)
ASSESSMENT = (
    "Manages much alone with prompts. Needs support with money, travel, and to keep in touch with others.",
    "Needs daily support with personal care and meals, and company. Night support is near, seldom used.",
    "Keeps well with routine and early support. Does less when anxious; then needs a familiar face.",
)
RISKS = (
    ("May get lost on new routes", "activity", "Goes out without anyone, and is proud of it",
     "Practised route, charged telephone, card with the carer’s number", "Ring the carer, then the scheme’s number"),
    ("May fall on the stairs at night", "environment", "Has the bedroom with the view that was wished for",
     "Second handrail, night light, slippers with grip", "Call 999 if hurt; tell the carer; scheme the same day"),
    ("May be asked for money by strangers", "person", "Goes to the shops and knows the neighbours",
     "Small purse, practised answers, a trusted shop", "Tell the carer; police on 101; care manager decides what next"),
    ("May miss medicines", "person", "Looks after the medicines without help",
     "Weekly box from the pharmacy; carer looks on Sunday evening", "Ring 111 for advice; carer tells the GP"),
    ("May become very anxious when plans change", "person", "A full life with other people in it",
     "Told a day before, in pictures; a quiet room", "Stay near, say little; carer rings the scheme after an hour"),
    ("Dog in the home may trip or startle", "household", "Walks the dog, which is company",
     "Dog stays downstairs in the morning", "Carer puts the dog out; first aid"),
    ("May scald when cooking", "activity", "Cooks for everyone on Sundays",
     "Kettle tipper, carer in the kitchen", "Cold water for twenty minutes, then 111"),
)  # fmt: skip
AGREEMENT = {
    "plan_elements": "Daily support at home, company in the evening, help with money, medicines and travel, as the plan says.",
    "roles": "The carer supports day by day. The scheme visits every month and answers at all hours. The care manager reviews.",
    "contact_every": "Every three months, and whenever asked",
    "fees": "The council pays the support; the person pays rent and food as set out on the sheet for this year.",
    "breaks": "Six weeks a year, planned together in January.",
    "money_and_medicines": "The person keeps a purse and a bank card; medicines in the locked box; keys of their own.",
    "notice": "Four weeks on either side; at once where somebody is not safe. Nobody moves without a meeting.",
    "complaints": "To the scheme manager, the council, or the Local Government and Social Care Ombudsman.",
}
REQUIREMENTS = (
    ("A lock on the bedroom door, and nobody enters without knocking", "carer"),
    ("Time with the family every week", "carer"),
    ("The scheme visits every month", "scheme"),
    ("The care manager is told of every change of medicines", "scheme"),
    ("Help to travel to the club on Tuesdays", "carer"),
    ("Money is looked at together every month", "carer"),
)
REVIEW = {
    "persons_views": (
        "“I like it here. I want to go to town by myself.” Showed the photograph album when asked about home.",
        "“It is all right. I do not want to move. I want more days out.” Laughed when the carer told about the garden.",
        "“Nobody asked me about the club before. Now I want to go.”",
    ),
    "how_views_counted": (
        "The travel plan was made with those words as its aim.",
        "A second evening out was agreed, because it was asked for.",
        "The order of the week was changed as asked.",
    ),
    "carers_views": (
        "“We are a family. What we need is to know earlier when the day service closes.”",
        "“It goes well. The nights were hard in spring; since the new medicine it is better.”",
        "“More is possible than the plan says. Let us try.”",
    ),
    "s27_impact": ("More confident, better rested, more often out of the house.", "Steady. No hospital stay since the last review."),
    "s27_outcomes": ("Most are reached; travelling alone is nearly there.", "Two reached, one to be rewritten."),
    "s27_contribution": ("The carer’s patience and the regular week did most.", "The breaks have kept the arrangement strong."),
    "s27_needs": ("No change.", "Walking has become slower; an occupational therapist will look at the bathroom."),
    "options_explained": (
        "The sheet with pictures: stay as now, more by oneself here, other support, another home, an own home.",
        "Talked through one by one, with the named person there.",
    ),
    "decisions": ("The plan stays; the travel outcome is written anew.", "Two hours more by day; the budget goes to the team manager."),
    "next_due_why": ("Twelve months: all is steady.", "Twelve months, as the policy says; sooner if the bathroom is not done."),
}  # fmt: skip
ACTIONS = (
    "Ask the occupational therapist to look at the bathroom",
    "Find out when the club meets, and who could go along",
    "Practise the bus to town three times",
    "Bring the new picture cards",
    "Check the benefits with the money adviser",
)
CARD = {
    "call_first": "The scheme’s worker, 01632 960011",
    "out_of_hours": "The duty line of the scheme, 01632 960012",
    "who_decides": "The duty manager of the scheme, after asking the person",
    "where_to_stay": "With the support carer whom they know",
}
CHANGES = (
    ("mood", "Has been quiet at meals for two weeks, and goes to bed early."),
    ("skills", "Takes the bus alone now, and wants to travel further."),
    ("health", "Sleeps badly and is tired by noon; the GP is asked."),
)
INCIDENTS = (
    ("accident", "A fall on the garden step; a bruise.", "First aid, 111 advised rest; the step has a rail now."),
    ("illness", "A seizure in the evening; ambulance, home after a night.", "The nurse has changed the plan for seizures."),
    ("medicines", "A dose was missed on a weekend.", "The GP was rung; the box is now filled on Saturdays."),
    ("away", "Not home at the agreed hour; found at a friend’s.", "A telephone call home was agreed for late evenings."),
)  # fmt: skip
WISHES = (
    "A quiet home with a garden, near my sister.",
    "A family with a dog. I want to help with the walks.",
    "Somewhere I can stay when Mum is in hospital, with people I have met before.",
    "People who cook like at home, and a mosque near by.",
    "My own room and a bus stop. I want to keep my job.",
)
EMERGENCIES = (
    "The parent with whom the person lived was taken to hospital this morning.",
    "The tenancy ended by flood; nowhere to sleep tonight.",
)
CONDITIONS = ("", "", "", "Nobody who smokes.", "Not more than one person who needs help at night.")
SKILLS = (
    "Makaton, epilepsy, autism", "Dementia, moving and handling", "Mental health first aid", "Mealtime support, diabetes",
    "British Sign Language", "Positive behaviour support",
)  # fmt: skip
INTERESTS = (
    "gardening, cooking, football", "music, chapel, walking", "animals, allotment, quizzes", "sewing, films, swimming",
    "fishing, cricket, DIY", "cooking, gurdwara, cards", "trains, baking, the seaside",
)  # fmt: skip

SEEN_WHERE = ("At home", "At the day service", "At the office, with tea", "In hospital, before coming home")
PERSON_PART = (
    "Chose pictures for a good day and a bad day, and explained each.",
    "Said what matters, with a friend beside them; needed time before each answer.",
    "Showed us round and pointed at what should stay as it is.",
)
PART = (
    "Would do well in a quiet home with a routine. Can do more in the kitchen than others expect.",
    "Likes company and a garden. Needs somebody who waits and does not finish sentences.",
)
DAY_SERVICES = (
    ("Brook day service", "Brook Trust"),
    ("Harbour allotment group", "Harbour Gardens"),
    ("Mill Street workshop", "Mill Street Makers"),
)
WISHES = (
    "I want to go to the football with my brother.",
    "I would like a key of my own.",
    "I want to learn to take the bus to town.",
    "I would like to see my old friends from college.",
)

# What carers say about their week: (says, weekdays as a mask, parts of the day, more about it).
AVAILABILITY = (
    ("cannot", 1 << 1, ["evening"], "Sings in a choir."),
    ("cannot", 1 << 5 | 1 << 6, ["night"], "Every other weekend with the grandchildren."),
    ("cannot", 1 << 3, ["morning", "afternoon"], "Works at the library."),
    ("can", 31, ["morning", "afternoon", "evening", "night"], "Monday to Friday; family at the weekend."),
)

# What stood in the way of a referral that found nobody: code and words as the match list says them.
NEEDS_TRIED = (
    ("area", "Area"),
    ("interests", "Interests"),
    ("approval", "Approved"),
    ("room", "Place free on the day"),
)

# Introductions: kind, where, what the person made of it and how they showed it, what the carer made of it.
VISITS = (
    (
        "tea",
        "At the carer’s home",
        "“Nice cake. I like the dog.”",
        "said",
        "We laughed a lot, and looked at photos.",
    ),
    (
        "overnight",
        "At the carer’s home",
        "Went to bed when asked, and slept through.",
        "seen",
        "A quiet night. A night light helps.",
    ),
    (
        "weekend",
        "At the carer’s home",
        "Chose the picture of the house when asked where to go next.",
        "signs",
        "We went to the market together.",
    ),
)
REMARK = "The day service ended in May, not in June. And we said that the evenings alone go well."

PLANS_B = (
    "The sister of the carer comes for the evening; she has a key. The medicines are in the locked box in the kitchen. "
    "If nobody can come, ring the scheme’s number for nights.",
    "The other carer of the home stays in. If both are ill, everybody has agreed to go to a home they know; bags are in "
    "the hall cupboard.",
)

CARERS_SAY = (
    "It goes well. I would like two weekends to myself before the summer.",
    "We laugh a lot. The letters about benefits are hard work.",
    "The nights are short at the moment; I have told the doctor.",
)
SEEN_ON_VISITS = (
    "Showed the new curtains, and the photos of the last holiday. Wants to go swimming again.",
    "Cooked for all of us. Says that the bus driver is rude.",
    "Tired, but smiles when the dog comes in. The chair by the window is where the day begins.",
)

NOT_EXPLAINED = (
    "The assessment was about equipment at home; it did not come up.",
    "There was no time at this visit; to be explained at the next.",
)
CLUBS = (
    ("Evening pottery class", "Adult learning centre"),
    ("Drama club", "Riverside arts"),
    ("Swimming club", ""),
)
APART = (
    "They shouted at each other on every outing, and one of them stopped eating. Both asked to live apart.",
    "One is afraid of the other since the day service; an advocate wrote down what they said.",
)
