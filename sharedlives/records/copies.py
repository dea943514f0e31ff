"""What every copy of records shares: names of others taken out, facts as they are printed, the file for machines.

`people` makes copies of what is kept about persons, `carers` of what is kept about carers and those they live with.
An entry is a record as it stood: `part`, `title`, `facts` ([label, words]).
"""

import json
import re

SHORT = 40  # letters: facts up to this length share a line
TAKEN_OUT = "[name of another person]"
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def text_of(entry):
    """All words of an entry, to look for names in."""
    return " ".join([entry.title, *(words for _label, words in entry.facts)])


def pattern_of(names, own):
    """Finds names: whole, however written, or one word of them as a name is written (*Rose*, not *rose*).

    `own` is the name of whom the copy is about: its words are never taken out. None where nothing is to be found.
    """
    mine = {word.casefold() for word in re.findall(r"\w+", own)}
    whole, single = set(), set()
    for name in names:
        words = [word for word in WORD.findall(name) if word.casefold() not in mine]
        single |= {word for word in words if len(word) > 2}
        if words:
            whole.add(name)
    if not whole:
        return None
    said = [rf"(?i:{re.escape(name)})" for name in longest_first(whole)]
    said += map(re.escape, longest_first(single))
    return re.compile(rf"\b(?:{'|'.join(said)})\b")


def longest_first(words):
    return sorted(words, key=lambda word: (-len(word), word))


def cleaner_of(names, own):
    """A function that takes names out of a text."""
    pattern = pattern_of(names, own)
    return (lambda text: pattern.sub(TAKEN_OUT, text)) if pattern else str


def grouped(entries, clean):
    """[(kind of record, [(title, text)])], in the order of the copy."""
    groups = []
    for entry in entries:
        if not groups or groups[-1][0] != entry.part:
            groups.append((entry.part, []))
        groups[-1][1].append(
            (clean(entry.title), text_of_facts((label, clean(words)) for label, words in entry.facts))
        )
    return groups


def text_of_facts(facts):
    """The facts of a record as they are printed: short ones side by side, each longer one on lines of its own.

    A line is what a PDF costs, in seconds and in paper.
    """
    lines, beside = [], False
    for label, words in facts:
        said, short = f"{label}: {words}", len(words) <= SHORT and "\n" not in words
        if short and beside:
            lines[-1] += f" · {said}"
        else:
            lines.append(said)
        beside = short
    return "\n".join(lines)


def as_json(reference, asked_on, entries, clean):
    """The file for machines: the bytes of one JSON object with every record that is given."""
    told = {
        "person": reference,
        "asked_on": asked_on.isoformat(),
        "records": [
            {"what": entry.part, "record": clean(entry.title), "says": {k: clean(v) for k, v in entry.facts}}
            for entry in entries
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
