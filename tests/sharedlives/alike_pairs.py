"""Pairs of made-up review records, each labelled: was the later one written anew, or copied from the earlier one?

`TOPICS`: of each topic how it was told last time, how somebody else might have told the very same, and two ways in which
things stand a year later. `pairs` puts records of seven topics together and carries on as people do: who copies changes a
date, a name, the order, a word here and there, or puts a line in front; who writes anew keeps at most a few passages.
"""

import re

TOPICS = {
    "morning": (
        "Mornings go well when nobody hurries her and the radio is on from the time she wakes.",
        "She needs an unhurried start to the day, and music while she gets dressed helps a great deal.",
        "Since the summer she gets up by herself at seven, because the new job begins at nine.",
        "Mornings have become harder: pain in her hip keeps her in bed until ten on most days.",
    ),
    "food": (
        "He cooks pasta once a week with Mary beside him and eats most of what is put before him.",
        "Once a week the two of them make a pasta dish together, and his appetite is good.",
        "He has begun a cookery course at the college and made a curry for all five of us.",
        "After the swallowing test his meals are mashed, and somebody sits with him while he eats.",
    ),
    "friends": (
        "Her friends from the old day centre visit on the first Sunday of each month.",
        "Every four weeks people whom she knows from the day centre come round on a Sunday.",
        "The visits ended when Joan moved away, and she told me that she is lonely at weekends.",
        "She has joined the knitting group at the library and goes there on the bus with Pat.",
    ),
    "family": (
        "His sister rings on Wednesdays and comes at Christmas, and he enjoys both very much.",
        "Contact with the sister is by telephone in the middle of the week, with a visit at Christmas.",
        "His sister has been ill since March and he wants to go and see her more often.",
        "He met his half brother for the first time in May, and they now write to each other.",
    ),
    "health": (
        "Her epilepsy is well controlled with the present tablets and there was no seizure this year.",
        "On the current medication no seizures have been seen during the last twelve months.",
        "There were two seizures in April, and the neurologist has raised the dose at night.",
        "She was in hospital for nine days with pneumonia, and is still short of breath on stairs.",
    ),
    "money": (
        "He looks after his pocket money himself and Mary keeps the receipts for anything above ten pounds.",
        "Small sums he manages alone; for bigger ones the carer holds on to the receipts.",
        "Eighty pounds were missing in June, and he now goes to the bank with his advocate.",
        "He has his own bank card since February and checks the balance on his telephone.",
    ),
    "work": (
        "She works at the garden centre on Tuesdays and Thursdays and would like to go on with that.",
        "Twice a week she has her job among the plants, and she wants to keep it.",
        "The garden centre closed in September; she is looking for something else with the job coach.",
        "She was made a paid member of the staff after Easter and wears her badge with pride.",
    ),
    "travel": (
        "He takes the bus to town by himself on the route that he learnt two years ago.",
        "The journey into town he can make alone, on the one bus line that he knows.",
        "After he was shouted at on the bus in the autumn he goes nowhere without somebody beside him.",
        "He has learnt the train to his mother and went there alone four times since Easter.",
    ),
    "room": (
        "Her room is at the back of the house, she chose the blue paint and she has her own key.",
        "She has a key to the blue back bedroom, whose colour she picked herself.",
        "She has moved to the big room at the front since the other lady left in July.",
        "The damp behind her wardrobe is back, and the landlord has promised to look at it by May.",
    ),
    "pets": (
        "The dog sleeps on his bed and he takes her round the block before breakfast.",
        "Before breakfast he walks the dog, who spends her nights at his feet.",
        "The old dog died in January, and for weeks he did not want to talk about it.",
        "There are three hens now, and he sells the eggs at the gate on Saturdays.",
    ),
    "speech": (
        "She uses short sentences and signs, and those who know her well understand nearly all of it.",
        "People close to her follow most of what she says in signs and a few words.",
        "With the new tablet she asks for things that nobody knew she wanted, such as mustard.",
        "Since the stroke her words come slowly, and she is angry when others end her sentences.",
    ),
    "faith": (
        "He goes to the mosque with Yusuf on Fridays and fasts for a part of Ramadan.",
        "On Fridays Yusuf takes him to prayers, and he keeps some days of the fast.",
        "He has stopped going to prayers because the stairs are too much, and he misses it.",
        "The imam now comes to the house once a month, and two of his friends come too.",
    ),
    "carer": (
        "Mary and John have had their breaks as agreed and say that the arrangement suits them.",
        "The carers tell me that they are content and that respite took place as planned.",
        "John hurt his back in March and cannot help her out of the bath any more.",
        "The carers have asked for a second weekend off each month from the autumn on.",
    ),
    "safety": (
        "He knows not to open the door to strangers and keeps the number of the house in his pocket.",
        "He carries the telephone number with him and does not let people in whom he does not know.",
        "A man whom he met online asked him for money twice, and we told the police.",
        "He was found on the ring road at night in June, and the door has a chime now.",
    ),
    "evening": (
        "In the evening they watch the quiz together and she goes to bed at ten.",
        "They end the day with the television quiz, and ten is her bedtime.",
        "She goes to the choir on Monday evenings and is home after her usual bedtime.",
        "She wakes at two most nights and walks about, which wears everybody in the house out.",
    ),
    "wish": (
        "What he would like most is to see the sea again and to eat chips on the pier.",
        "His greatest wish is a day at the seaside, with chips.",
        "He went to Blackpool in August, and now he would like to fly in an aeroplane.",
        "He says that he wants a flat of his own before he is forty, and means it.",
    ),
    "teeth": (
        "She sees the dentist every six months and brushes her teeth when she is reminded.",
        "Dental checks happen twice a year; for the brushing she needs a prompt.",
        "Four teeth were taken out in October, and she would like false ones for the wedding.",
        "She will not go to the dentist since the last visit, and has had toothache for weeks.",
    ),
    "reading": (
        "He reads the headlines of the local paper and asks Mary about the long words.",
        "With help for difficult words he manages the headlines in the newspaper.",
        "He passed his first reading test at the college and read the certificate out to us.",
        "His eyes are worse, and the large-print paper that we ordered in spring does not help.",
    ),
    "garden": (
        "She waters the tomatoes and knows which ones are ripe without being told.",
        "The tomato plants are hers to water, and she can tell when they are ready to pick.",
        "She has an allotment of her own behind the church since April, with a shed.",
        "The greenhouse blew down in the storm and she has not been in the garden since.",
    ),
    "music": (
        "He plays the drum at the Thursday club and the others there are glad of him.",
        "On Thursdays he drums at the club, where people like having him.",
        "The band played at the town hall in May, and he did a solo of two minutes.",
        "The club lost its hall in the new year, and his drum has stood in the loft since.",
    ),
}
NAMES = list(TOPICS)
AT_ONCE = 7  # topics in a record
OTHER_WORDS = {
    "well": "fine",
    "very much": "a lot",
    "would like": "wants",
    "visit": "call",
    "present": "current",
}


def told(topics, way):
    return [TOPICS[topic][way] for topic in topics]


def dated(texts):
    """The same with another month and another name: what a copier changes first."""
    for was, now in (
        ("March", "May"),
        ("Mary", "Mrs Okafor"),
        ("Christmas", "Easter"),
        ("two years", "three years"),
    ):
        texts = [text.replace(was, now) for text in texts]
    return [*texts[:-1], f"{texts[-1]} Reviewed again this year."]


def touched_up(texts):
    for was, now in OTHER_WORDS.items():
        texts = [re.sub(rf"\b{was}\b", now, text, count=1) for text in texts]
    return texts


def pairs():
    """[(label, how, the earlier record, the later one)]: for each of twenty records three copies and four written anew."""
    found = []
    for first in range(len(NAMES)):
        topics = [NAMES[(first + 3 * step) % len(NAMES)] for step in range(AT_ONCE)]
        was = told(topics, 0)
        front = "No changes since the last review."
        ways = {
            ("copied", "with another date and name"): dated(was),
            ("copied", "in another order, one passage left out"): [*reversed(was[1:])],
            ("copied", "with other words here and there, and a line in front"): [front, *touched_up(was)],
            ("anew", "everything has changed"): told(topics, 2 + first % 2),
            ("anew", "the same, told in other words"): told(topics, 1),
            ("anew", "two of seven stay"): [*was[:2], *told(topics[2:], 3 - first % 2)],
            ("anew", "four of seven stay"): [*was[:4], *told(topics[4:], 2 + first % 2)],
        }
        found += [(label, how, was, now) for (label, how), now in ways.items()]
    return found
