"""Clean text into what a recogniser makes of speech: casing and marks lost, numbers as words, fillers, false starts,
words split, merged, dropped and mistaken for words that sound alike.

These are guesses at errors; heard.py has real ones. Every change keeps the tags true.
"""
import lzma
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from labels import NAMES, Example
from names import fold
from saying import ONES, TENS, cardinal, ordinal

FILLERS = ("uh", "um", "er", "erm", "hmm", "you know", "like", "i mean", "well", "so")
CORRECTIONS = ("no sorry", "sorry", "i mean", "no wait", "actually", "make that", "scratch that")
MARKS = re.compile(r"[.,;:!?\"“”()\[\]…]")


def sound_key(word):
    """A word's consonants by sound, the first vowel kept as one: words that recognisers mistake share it."""
    w = re.sub(r"[^a-z]", "", fold(word))
    for old, new in (("ph", "f"), ("ght", "t"), ("gh", ""), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("wr", "r"), ("kn", "n"), ("qu", "k"), ("x", "ks"), ("ts", "s"), ("tz", "s"), ("j", "s"), ("dge", "s")):
        w = w.replace(old, new)
    w = re.sub(r"(?<=.)w", "", re.sub(r"c(?=[eiy])", "s", w)).translate(str.maketrans("cqzvdbgw", "kksftpkv"))
    first = "a" if w[:1] in tuple("aeiouyh") else ""
    return first + re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyh]", "", w))


@cache
def sound_alikes(lexicon):
    """sound_key -> words of the pronouncing dictionary"""
    found = defaultdict(list)
    with lzma.open(Path(lexicon) / "cmudict.xz", "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            word = line.split(" ", 1)[0].lower()
            if word.isalpha() and len(word) > 1:
                found[sound_key(word)].append(word)
    return dict(found)


def distance(a, b):
    """Levenshtein's."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row, before = [i], row
        for j, y in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y)))
    return row[-1]


def mistaken(word, lexicon, random):
    """A word of the dictionary that sounds like `word`, or the word itself where there is none."""
    bare = fold(MARKS.sub("", word))
    near = [w for w in sound_alikes(lexicon).get(sound_key(bare), ()) if w != bare]
    if not near or len(bare) < 3:
        return word
    found = min(random.sample(near, min(6, len(near))), key=lambda w: distance(w, bare) + random.random())
    mark = word[len(word.rstrip(".,?!;:")) :]
    return (found.capitalize() if word[:1].isupper() else found) + mark


def worded(word, random):
    """Figures as words, where they are plain numbers: "42" -> "forty two", "23rd" -> "twenty third"."""
    if match := re.fullmatch(r"\$?(\d{1,6})([.,?!]?)", word):
        return cardinal(int(match[1])) + match[2]
    if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)([.,?!]?)", word):
        return ordinal(int(match[1])) + match[2]
    if match := re.fullmatch(r"(\d{1,6})%([.,?!]?)", word):
        return f"{cardinal(int(match[1]))} percent{match[2]}"
    return word


class Rewriter:
    """Collects words with the tags and turns of the words that they came from."""

    def __init__(self, example):
        self.source = example
        self.words, self.tags, self.turns, self.origins = [], [], [], {}

    def put(self, text, at, first=True, tag=None):
        """The words of `text` in place of word `at`; only the first of a B- word's pieces stays B."""
        tag = self.source.tags[at] if tag is None else tag
        for i, word in enumerate(text.split()):
            if first and i == 0 and at in self.source.origins:
                self.origins[len(self.words)] = self.source.origins[at]
            self.words.append(word)
            self.tags.append(tag if first and i == 0 else inside(tag))
            self.turns.append(self.source.turns[at])

    def example(self):
        return Example(self.words, self.tags, self.source.known, self.turns, self.origins, self.source.source)


def inside(tag):
    return "|".join(sorted({"I" + p[1:] if p.startswith("B-") else p for p in tag.split("|")}))


def within(tags, i):
    """Whether a span goes on from word i - 1 to word i."""
    return 0 < i < len(tags) and tags[i].startswith("I-") and "|" not in tags[i]


def disfluent(example, random, rate):
    """Fillers, repetitions and false starts between words; corrections inside numbers, which belong to the number."""
    out = Rewriter(example)
    for i, word in enumerate(example.words):
        inner = within(example.tags, i)
        if random.random() < rate:
            out.put(random.choice(FILLERS), i, first=not inner, tag=inside(example.tags[i]) if inner else "?" if example.tags[i] == "?" else "O")
        draw = random.random()
        if draw < rate * 0.5 and word.isalpha() and example.tags[i] in ("O", "?"):
            out.put(random.choice((word, word[: random.randint(1, len(word))] + "-")), i)
        if inner and draw < rate and MARKS.sub("", word).lower() in DIGITS:
            out.put(f"{random.choice(DIGITS)} {random.choice(CORRECTIONS)}", i, first=False)
        out.put(word, i)
    return out.example()


DIGITS = "zero oh one two three four five six seven eight nine".split()
NUMBER_WORDS = {*ONES, *TENS, "oh", "double", "triple", "hundred", "thousand"}


def misheard(example, random, lexicon, rate):
    """Words mistaken, split, merged and dropped: names most often, numbers least."""
    out = Rewriter(example)
    merged = False
    for i, word in enumerate(example.words):
        named = any(part[2:] in NAMES for part in example.tags[i].split("|"))
        likely = rate * (4 if named and word.isalpha() else 0.3 if MARKS.sub("", word).lower() in NUMBER_WORDS else 1)
        if merged:
            merged = False
            continue
        draw = random.random()
        if draw < likely:
            word = mistaken(word, lexicon, random)
        elif draw < likely * 1.25 and len(word) > 6 and word.isalpha():
            at = random.randint(2, len(word) - 2)
            word = f"{word[:at]} {word[at:]}"
        elif draw < likely * 1.45 and i + 1 < len(example.words) and example.turns[i] == example.turns[i + 1] and word.isalpha():
            follows = example.words[i + 1]
            if within(example.tags, i + 1) or (example.tags[i] == example.tags[i + 1] == "O" and len(follows) < 4):
                word, merged = word + follows.lower(), True
        elif draw > 1 - rate * 0.2 and example.tags[i] == "O":
            continue
        out.put(word, i)
    return out.example()


def lowered(example, marks=False):
    """In lower case and, unless `marks`, without punctuation; a dash or a dot inside a word stays."""
    out = Rewriter(example)
    for i, word in enumerate(example.words):
        bare = word.lower() if marks else MARKS.sub("", word.lower()) if not re.search(r"\w[.:@]\w", word) else word.lower().strip(".,;:!?\"“”()[]…")
        bare = bare.strip("'‘’") if not marks else bare
        if bare:
            out.put(bare, i)
    return out.example()


def numbered(example, random):
    out = Rewriter(example)
    for i, word in enumerate(example.words):
        out.put(worded(word, random), i)
    return out.example()


FORMS = ("written", "lower", "lower with marks", "upper")
SHARES = (0.36, 0.52, 0.08, 0.04)


def recogniser_form(example, random, lexicon):
    """One of the ways in which transcripts come; about half of them with disfluencies, a third with mistakes."""
    if random.random() < 0.45:
        example = disfluent(example, random, random.choice((0.02, 0.05, 0.1)))
    if random.random() < 0.35:
        example = misheard(example, random, lexicon, random.choice((0.02, 0.05, 0.1)))
    form = random.choices(FORMS, SHARES)[0]
    if form == "lower" and random.random() < 0.6:
        example = numbered(example, random)
    if form.startswith("lower"):
        return lowered(example, marks=form != "lower")
    if form == "upper":
        out = Rewriter(example)
        for i, word in enumerate(example.words):
            out.put(word.upper(), i)
        return out.example()
    return example
