"""How alike two descriptions of a human being are, in words. Search and linking both read these comparisons.

A relative or a twin must never be taken for the person: where first names differ, only a human decides
(docs/adr/0012-linking-without-a-library.md).
"""

from .candidates import candidates, candidates_of, ranked
from .facts import Facts, facts, facts_of, letters, split_name, words
from .levels import born_level, family_level, given_level, nhs_level, postcode_level
from .verdicts import Likeness, Verdict, compare, levels_of

__all__ = [
    "Facts",
    "Likeness",
    "Verdict",
    "born_level",
    "candidates",
    "candidates_of",
    "compare",
    "facts",
    "facts_of",
    "family_level",
    "given_level",
    "letters",
    "levels_of",
    "nhs_level",
    "postcode_level",
    "ranked",
    "split_name",
    "words",
]
