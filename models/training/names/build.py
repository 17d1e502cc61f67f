"""Builds the name, place and word lists that the redactor ships (core/redaction/names/*.ts) from ../shared.

    python models/training/names/build.py faker_names.tsv        # about two minutes; needs only the standard library

faker_names.tsv is what faker_names.mjs prints; it adds names of countries that ../shared/names knows few of.

Every list is a sorted text, front-coded (one line: shared prefix length in base 36, the rest, the value), deflated
and written as base64 in a TypeScript module, so that the program finds it wherever it is bundled.

forenames, surnames   value: frequency bucket 0 to 9, a step is a factor of about 3
places                value: c city, s state or region, n nation
words                 values: bucket of lower-case frequency 0 to 9, share of capitalised use mid-sentence 0 to 9
"""

import base64
import collections
import csv
import io
import lzma
import math
import pathlib
import re
import sys
import unicodedata
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
OUT = ROOT / "core" / "redaction" / "names"
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def read(path: str) -> str:
    with lzma.open(SHARED / path) as file:
        return file.read().decode("utf-8-sig")


def fold(text: str) -> str:
    """As core/redaction/tokens.ts folds a word."""
    text = unicodedata.normalize("NFD", text.lower())
    text = "".join(char for char in text if unicodedata.category(char) != "Mn")
    for old, new in (("ß", "ss"), ("ø", "o"), ("ł", "l"), ("æ", "ae"), ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("ʻ", "'"), ("`", "'"), ("´", "'")):
        text = text.replace(old, new)
    return text


def bucket(frequency: float, top: float) -> int:
    """9 at `top`, one less for every factor of about 3.16."""
    return max(0, min(9, 9 - round(2 * math.log10(top / frequency)))) if frequency > 0 else 0


def write(name: str, comment: str, entries: dict[str, str]) -> None:
    lines = []
    previous = ""
    for key in sorted(entries):
        shared = 0
        while shared < min(len(previous), len(key), 35) and previous[shared] == key[shared]:
            shared += 1
        lines.append(f"{BASE36[shared]}{key[shared:]}{entries[key]}")
        previous = key
    data = base64.b64encode(zlib.compress("\n".join(lines).encode(), 9)).decode()
    (OUT / f"{name}.ts").write_text(
        f"/** {comment} Written by models/training/names/build.py; {len(entries)} entries. */\nexport const {name} =\n  '{data}';\n"
    )
    print(f"{name}: {len(entries)} entries, {len(data)} bytes")


def name_parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s]+", fold(text)) if re.fullmatch(r"[a-z][a-z'-]+", part)]


def faker(kind: str) -> list[str]:
    lines = pathlib.Path(sys.argv[1]).read_text().splitlines()
    return [part for line in lines if line.startswith(f"{kind}\t") for part in name_parts(line[2:])]


def forenames() -> dict[str, str]:
    """Per cent of people in the census of 1990 and a like scale for births since 1880 and for other countries."""
    weight: dict[str, float] = collections.defaultdict(float)
    for sex in ("female", "male"):
        for line in read(f"names/us_census1990_dist.{sex}.first.xz").splitlines():
            name, percent, *_ = line.split()
            weight[fold(name)] += float(percent) / 2
    for row in csv.DictReader(io.StringIO(read("names/us_ssa_top1000_by_year_agg.tsv.xz")), delimiter="\t"):
        score = float(row["girl_rank_score"]) + float(row["boy_rank_score"])
        key = fold(row["name"])
        weight[key] = max(weight[key], score / 40)
    for row in csv.DictReader(io.StringIO(read("names/common-forenames-by-country.csv.xz"))):
        for part in name_parts(row["Romanized Name"]) + name_parts(row["Localized Name"]):
            weight[part] = max(weight[part], 0.03)
    for part in faker("f"):
        weight[part] = max(weight[part], 0.001)
    return {name: str(bucket(value, 3.0)) for name, value in weight.items() if len(name) > 1}


def surnames() -> dict[str, str]:
    weight: dict[str, float] = collections.defaultdict(float)
    for line in read("names/us_census1990_dist.all.last.xz").splitlines():
        name, percent, _, rank = line.split()
        # Below rank 19000 the percentages are rounded to zero; names keep thinning out with their rank.
        weight[fold(name)] = max(float(percent), 12 / float(rank) ** 1.1 if float(percent) < 0.002 else 0)
    for row in csv.DictReader(io.StringIO(read("names/common-surnames-by-country.csv.xz"))):
        for part in name_parts(row["Romanized Name"] or "") + name_parts(row["Localized Name"] or ""):
            weight[part] = max(weight[part], 0.01)
    for part in faker("s"):
        weight[part] = max(weight[part], 0.0005)
    return {name: str(bucket(value, 1.0)) for name, value in weight.items() if len(name) > 1}


def places() -> dict[str, str]:
    kind: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(read("names/world-cities.csv.xz"))):
        for column, letter in (("name", "c"), ("subcountry", "s"), ("country", "n")):
            key = re.sub(r"[^a-z' -]", "", fold(row[column] or "")).strip()
            if len(key) < 3:
                continue
            if "csn".index(letter) >= "csn".index(kind.get(key, "c")):
                kind[key] = letter
    return kind


def words() -> dict[str, str]:
    """How often a word is written in lower case and with a capital inside a sentence, in the running text of ../shared/text."""
    lower: collections.Counter[str] = collections.Counter()
    capital: collections.Counter[str] = collections.Counter()
    token = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
    limit = {"novels.tsv.xz": 30_000_000}
    for path in sorted((SHARED / "text").glob("*.xz")):
        if path.name.startswith("sgd"):
            continue
        text = read(f"text/{path.name}")[: limit.get(path.name, 60_000_000)]
        for line in text.splitlines():
            line = line.rsplit("\t", 1)[-1]
            end = None
            for match in token.finditer(line):
                between = line[end : match.start()] if end is not None else "."
                end = match.end()
                word = match.group()
                if word[0].islower():
                    lower[fold(word)] += 1
                elif not re.search(r"[.?!:;…\"“”()\[\]*-]", between) and not (len(word) > 1 and word.isupper()):
                    capital[fold(word)] += 1
    total = sum(lower.values())
    entries = {}
    for word in set(lower) | set(capital):
        count = lower[word] + capital[word]
        base = re.sub(r"'s$", "", word)
        if count < 15 or (base != word and base in lower) or not re.fullmatch(r"[a-z][a-z'-]*", word):
            continue
        share = capital[word] / count
        if lower[word] < 4 and share > 0.9:
            continue
        entries[word] = f"{bucket(max(lower[word], 0.5) / total, 0.03)}{min(9, int(share * 10))}"
    return entries


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    write("forenames", "Forenames with a frequency bucket.", forenames())
    write("surnames", "Surnames with a frequency bucket.", surnames())
    write("places", "Cities, regions and nations.", places())
    write("words", "Common words: lower-case frequency and share of capitalised use.", words())
