"""Conversations made from the templates in sentences/: labelled, in written and in spoken form.

A line of sentences/*.txt is one exchange. `(a|b|)` chooses, `{slot}` is a value, ` // ` changes the turn. Two lines
in eight are kept from training (names.split_of); only names that are kept from it as well fill them. {spell_first} and
{spell_last} spell the name said last; {n}, {money}, {time} and {dow} are numbers and times that are no personal data.

    python generate.py --count 20       prints some
"""
import argparse
import random as randomness
import re
from pathlib import Path

import values
from labels import LABELS, Example
from names import Names, split_of
from saying import ONES, cardinal, spelled

SENTENCES = Path(__file__).parent / "sentences"
TITLES = "Mr,Mr.,Mrs,Mrs.,Ms,Ms.,Dr,Dr.,Doctor,Professor,Miss,Mister,Sir".split(",")
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SLOT = re.compile(r"^([^{]*)\{(\w+)\}(.*)$")


def templates(split, kind="*"):
    """The lines of this split ("train", "tune" or "test")."""
    lines = [line for path in sorted(SENTENCES.glob(f"{kind}.txt")) for line in path.read_text().splitlines()]
    return [line for line in lines if split_of(line) == split]


def expand(template, random):
    """Every (a|b|) by one of its choices, the innermost first."""
    while match := re.search(r"\(([^()]*)\)", template):
        template = template[: match.start()] + random.choice(match[1].split("|")) + template[match.end() :]
    return template


def spelling(name, random):
    """A name letter by letter, as people say it and as recognisers write it."""
    letters = [c for c in name if c.isalpha()]
    draw = random.random()
    if draw < 0.45:
        return spelled("".join(letters).lower(), random)
    if draw < 0.75:
        return "-".join(letters).upper()
    return (". ".join(letters) + ".").upper() if draw < 0.85 else ", ".join(letters).upper()


class Filler:
    """Fills one template; remembers what was said, since people repeat and spell it."""

    def __init__(self, names, random, spoken):
        self.names, self.random, self.spoken = names, random, spoken
        self.said = {}
        self.first = self.last = "Anna"
        self.origin = None

    def person(self, slot):
        self.origin = self.names.origin(self.random)
        if slot in ("first", "full"):
            self.first = self.names.forename(self.random, self.origin)
        if slot in ("last", "full"):
            self.last = self.names.surname(self.random, self.origin)
        if slot != "full":
            return self.first if slot == "first" else self.last
        draw = self.random.random()
        middle = f"{self.random.choice(values.LETTERS)}. " if draw < 0.05 else f"{self.names.forename(self.random, self.origin)} " if draw < 0.1 else ""
        if self.origin in ("Chinese", "Korean", "Hungarian, Romanian") and draw > 0.7:
            return f"{self.last} {self.first}"
        return f"{self.first} {middle}{self.last}"

    def value(self, slot):
        """-> (label or None, text)"""
        random, names = self.random, self.names
        if slot in ("first", "last", "full"):
            return "PERSON", self.person(slot)
        if slot.startswith("spell"):
            return "PERSON", spelling(self.first if slot == "spell_first" else self.last, random)
        if slot == "title":
            return None, random.choice(TITLES)
        if slot == "n":
            n = random.choice((random.randint(2, 12), random.randint(13, 99), random.randint(100, 999)))
            return None, cardinal(n) if self.spoken else str(n)
        if slot == "money":
            n = random.choice((5, 10, 20, 50, 80, 150, 200, 750)) * random.choice((1, 1, 10, 100))
            return None, f"{cardinal(n)} {random.choice(('dollars', 'pounds', 'euros', 'bucks'))}" if self.spoken else f"{random.choice('$£€')}{n:,}"
        if slot == "time":
            hour, minute = random.randint(1, 12), random.choice((0, 15, 30, 45))
            said = ONES[hour] + (f" {cardinal(minute)}" if minute else random.choice((" o'clock", "", " pm")))
            return None, said if self.spoken else f"{hour}:{minute:02} {random.choice(('am', 'pm', ''))}".strip()
        if slot == "dow":
            return None, random.choice(WEEKDAYS)
        label, draw = SLOTS[slot]
        if slot in REPEATED and slot in self.said and random.random() < 0.7:
            written, said = self.said[slot]
            if slot == "phone" and random.random() < 0.5:
                said = values.dictated(written, random)  # repeated in another rhythm
        else:
            written, said = draw(random, names)
        self.said[slot] = written, said
        return label, said if self.spoken else written

    def fill(self, template):
        words, tags, turns, origins = [], [], [], {}
        before = None  # the slot just before, when nothing stands between
        for turn, part in enumerate(expand(template, self.random).split(" // ")):
            for piece in re.sub(r"\s+([.,?!])", r"\1", part).split():
                slot = SLOT.match(piece)
                label, parts = None, [piece]
                if slot:
                    label, text = self.value(slot[2])
                    parts = text.split()
                    parts[0] = slot[1] + parts[0]
                    parts[-1] += slot[3]
                    if label == "PERSON" and not slot[2].startswith("spell"):
                        origins[len(words)] = self.origin
                same = slot and slot[2] == "last" and before == "first"  # "{first} {last}" is one name
                before = slot[2] if slot and not slot[3] else None
                tags += [f"{'I' if i or same else 'B'}-{label}" if label else "O" for i in range(len(parts))]
                words += parts
                turns += [turn] * len(parts)
        return Example(words, tags, turns=turns, origins=origins, source="generated")


def zip_code(random, names):
    written = values.number(random, random.choice(("90000", "AA9 9AA", "AA90 9AA", "A9A 9A9", "9000", "000000", "90000-0000")))
    return written, values.dictated(written, random)


def short(shape):
    return lambda random, names: (lambda written: (written, values.dictated(written, random)))(values.number(random, random.choice(shape)))


def place(random, names):
    value = names.place(random)
    return value, value


REPEATED = ("phone", "email", "dob", "id", "card", "address")  # read back by whoever writes them down
SLOTS = {
    "place": ("LOCATION", place),
    "org": ("ORG", values.organisation),
    "address": ("ADDRESS", values.address),
    "zip": ("ADDRESS", zip_code),
    "email": ("EMAIL", values.email),
    "phone": ("PHONE", lambda random, names: values.phone(random)),
    "url": ("URL", values.url),
    "dob": ("DATE_OF_BIRTH", lambda random, names: values.birth(random)),
    "date": ("DATE", lambda random, names: values.date(random)),
    "age": ("AGE", lambda random, names: values.age(random)),
    "id": ("ID_NUMBER", lambda random, names: values.identity(random)),
    "card": ("CARD", lambda random, names: values.card(random)),
    "last4": ("CARD", short(("0000",))),
    "bank": ("BANK", lambda random, names: values.bank(random)),
    "cred": ("CREDENTIAL", lambda random, names: values.credential(random)),
    "cred3": ("CREDENTIAL", short(("000", "000", "0000"))),
    "nrp": ("NRP", lambda random, names: values.belief(random)),
}


class Generator:
    """Endless labelled exchanges of one split."""

    def __init__(self, shared, split, names=None):
        self.names = names or Names(shared, split)
        self.personal = [t for t in templates(split) if t not in set(templates(split, "plain"))]
        self.plain = templates(split, "plain")

    def example(self, random, spoken=None):
        template = random.choice(self.plain if random.random() < 0.22 else self.personal)
        spoken = random.random() < 0.55 if spoken is None else spoken
        return Filler(self.names, random, spoken).fill(template)

    def conversation(self, random, most=6):
        """A few exchanges one after the other, turns counted on."""
        parts = [self.example(random) for _ in range(random.randint(1, most))]
        words, tags, turns, origins = [], [], [], {}
        for part in parts:
            first = turns[-1] + 1 if turns else 0
            origins.update({i + len(words): o for i, o in part.origins.items()})
            words, tags, turns = words + part.words, tags + part.tags, turns + [t + first for t in part.turns]
        return Example(words, tags, turns=turns, origins=origins, source="generated")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--split", default="train")
    options.add_argument("--count", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    o = options.parse_args()
    random = randomness.Random(o.seed)
    generator = Generator(o.shared, o.split)
    print(f"{len(generator.personal)} templates with values, {len(generator.plain)} without; labels {', '.join(LABELS)}")
    for _ in range(o.count):
        e = generator.example(random)
        print(" ".join(f"{w}[{t}]" if t != "O" else w for w, t in zip(e.words, e.tags)))
