"""Which words of LibriSpeech's train part are names: its transcripts are all in capitals, so by how ../shared/text writes them.

A word that is written with a capital inside sentences and hardly ever without is a name; one that is mostly written
small is none; of the rest nothing is known. Two lists correct this by hand, for the utterances that were heard.
"""
import lzma
import random as randomness
import re
from collections import Counter
from pathlib import Path

from names import table

MARKS = "\"'\u201c\u201d\u2018\u2019().,;:!?-_[]*"
MOST_WORDS = 3_000_000  # of each text
TITLES = frozenset("i mister missus miss mrs mr doctor dr o oh".split())
BOTH = frozenset("english god lord lady sir".split())
NAMES = frozenset((
    "abdalmalik alabama alexander alexandrovitch allen allington amabel amasine ambiorix american anna arentschild argyle armenians arnould artevelde "
    "bartholemy basingstoke bentham bernard bevil bibbs billy bingley blankenheim bobby brigham caesar campbells campeachy cappadocia carling carlini "
    "carlisle carrozza catherine cavell centerville cherson chiaja clarency clark cloudcrest coligny comstock corinthe cosette craggs crawley crimean "
    "cubans cucumetto danglars deasey dinah douglas dunstaffnage eames edward emmy euxine falk fayle franz frosinone fullerton garigliano gathercole "
    "georgy grover guasimas guenever hanoverians hellas heraclius herod herods hinshaw holati homer hurons ina indies isaac isabel jones josiana juperno "
    "justinian keseberg khazar khazars kimbolton knapp knollys knowl knowles locke longmans lopez lowder lycaonia manderson manfred marken marnix merida "
    "mexico milltown mississippi morcerf morgeson morland morlands naas northanger oxford pappus pastrini patricius pelagius petya philemon phronsie puya "
    "quillan rachel ralph rawlins raymond remsen rhone ritzner robarts roman romans ronicky rosville schoss shakespeare shopton skelton smith smithtown "
    "sobal somers sonnino spargo springfield stephanus steventon sturgis traynor uncas upton venice villefort wadman wharton woodhouse wyandotte lincoln "
    "english portuguez"
).split())
OPEN = frozenset((
    "abbey abbot admiral admiralty apollo april bishop bravo buccaneers christi circe dean december elm envoy envoys february friday holiness january "
    "jesus jove july june knight monday november october parliament pope psalmist raider raiders sabbath scripture september signor sunday thursday "
    "tuesday wednesday"
).split())
LABELS = ("PERSON", "LOCATION", "ORG", "NRP")
LONGEST, EACH_SPEAKER, EVERY_NAMELESS = 27, 10, 8


class Casing:
    """How often ../shared/text writes a word small, and with a capital inside a sentence."""

    def __init__(self, shared):
        self.small, self.capital = Counter(), Counter()
        self.forenames = {r["name"].lower() for r in table(Path(shared) / "names/us_ssa_top1000_by_year_agg.tsv.xz", delimiter="\t")}
        for path in sorted((Path(shared) / "text").glob("*.tsv.xz")):
            with lzma.open(path, "rt") as file:
                words = 0
                for line in file:
                    said = line.rstrip("\n").split("\t", 2)[-1].split()
                    self._count(said)
                    words += len(said)
                    if words > MOST_WORDS:
                        break

    def _count(self, said):
        begins = True
        for word in said:
            bare = re.sub(r"['\u2019]s$", "", word.strip(MARKS))
            if bare.isalpha():
                if bare[0].islower():
                    self.small[bare] += 1
                elif not begins and not bare.isupper():
                    self.capital[bare.lower()] += 1
            begins = word[-1:] in '.!?:;"\u201d'

    def kind(self, word):
        """N a name, O none, ? unknown"""
        bare = word.lower().removesuffix("'s")
        small, capital = self.small[bare], self.capital[bare]
        if bare in TITLES:
            return "O"
        if bare in BOTH:
            return "?"
        if capital >= 2 and small <= 0.08 * capital or not small and not capital and bare in self.forenames:
            return "N"
        contraction = re.search(r"'(ll|ve|re|m|d|in)$|n't$", bare)
        return "O" if small >= 3 and small > 4 * capital or contraction else "?"

    def tag(self, word):
        bare = word.lower().removesuffix("'s")
        return "?" if bare in OPEN else "N" if bare in NAMES else self.kind(word)

    def tags(self, words):
        """Neighbouring names are one, up to a possessive; which label they have stays open."""
        tags, inside = [], False
        for word in words:
            tag = self.tag(word)
            tags.append("|".join(f"{'I' if inside else 'B'}-{label}" for label in LABELS) if tag == "N" else tag)
            inside = tag == "N" and not word.lower().endswith("'s")
        return tags


def silver_rows(rows, casing):
    """Of ../shared/speech/train.jsonl: an hour of LibriSpeech as it comes, and utterances of it with names, few of each speaker."""
    nameless = [r for i, r in enumerate(rows) if r["set"] == "librispeech" and i % EVERY_NAMELESS == 0]
    named = [r for r in rows if r["set"] == "librispeech" and any(casing.kind(w) == "N" for w in r["text"].split())]
    randomness.Random(1).shuffle(named)
    taken, names, heard = Counter(), [], {(r["file"], r["start"]) for r in nameless}
    for r in named:
        if r["dur"] <= LONGEST and taken[r["spk"]] < EACH_SPEAKER and (r["file"], r["start"]) not in heard:
            taken[r["spk"]] += 1
            names.append(r)
    return nameless, names
