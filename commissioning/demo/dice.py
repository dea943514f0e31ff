"""Chance that repeats itself: every draw of the demo comes from here."""

import random
from datetime import timedelta

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # as references have them: none that is mistaken for a digit


class Dice(random.Random):
    """A stream of draws. Two streams of the same words are the same, whatever others draw meanwhile."""

    def __init__(self, *words):
        super().__init__(":".join(str(word) for word in words))
        self.prefix = ""

    def uuid(self):
        """A random UUID (version 4) as text. With a prefix of hexadecimal digits the ids lie together in an index."""
        digits = self.prefix + f"{self.getrandbits(128):032x}"[len(self.prefix) :]
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{'89ab'[int(digits[16], 16) % 4]}{digits[17:20]}-{digits[20:]}"

    def pick(self, options):
        return options[int(self.random() * len(options))]

    def some(self, options, count):
        """So many different ones, in the order in which they stand."""
        chosen = set(self.sample(range(len(options)), min(count, len(options))))
        return [option for number, option in enumerate(options) if number in chosen]

    def weighted(self, table):
        """One key of {key: weight}; the weights add up to about 1."""
        mark = self.random() * sum(table.values())
        for option, weight in table.items():
            mark -= weight
            if mark < 0:
                return option
        return option

    def chance(self, share):
        return self.random() < share

    def between(self, low, high):
        """A whole number, both ends included."""
        return low + int(self.random() * (high - low + 1))

    def day_between(self, first, last):
        """A day, both ends included."""
        return first + timedelta(days=self.between(0, (last - first).days))

    def days(self, low, high):
        return timedelta(days=self.between(low, high))


class References:
    """References such as P-7KQ2MX that never repeat: a walk over all of them in a scrambled order."""

    SIZE = len(LETTERS) ** 6
    STEP = 661_978_367  # odd, so that the walk meets every number once before it repeats

    def __init__(self, letter, dice):
        self.letter, self.at = letter, dice.getrandbits(30) % self.SIZE

    def new(self):
        self.at = (self.at + self.STEP) % self.SIZE
        rest, letters = self.at, []
        for _ in range(6):
            rest, digit = divmod(rest, len(LETTERS))
            letters.append(LETTERS[digit])
        return f"{self.letter}-{''.join(letters)}"


def nhs_number(dice):
    """Ten digits that begin with 999, a range that is never given out, and pass the check of modulus 11."""
    while True:
        digits = f"999{dice.between(0, 999_999):06d}"
        check = 11 - sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return f"{digits}{check % 11}"
