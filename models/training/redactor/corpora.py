"""Labelled text from ../shared, each corpus with what it says and what it leaves open.

Held out for testing, as in ../names: wnut17 dev, btc h, every fifth of wikigold, silver_person ethereum, slurp
devel; besides, every fifth dialogue of sgd. For choosing thresholds: btc e, another fifth of wikigold, another
of sgd. ../shared/README.md names the sets that nobody may train on.
"""
import json
import lzma
import random
import re
import sys
import zlib
from functools import partial
from pathlib import Path

from labels import EVERY, NAMES, Example, tag_span
from saying import MONTHS, ONES, TENS

sys.path.append(str(Path(__file__).parents[1] / "names"))
from examples import COMMON, capitalised_inside  # noqa: E402

# What a corpus' label may be in ours; "O" among them: it may be no personal data as well.
MEANING = {
    "PER": "PERSON", "person": "PERSON", "PERSON": "PERSON", "artist_name": "PERSON", "audiobook_author": "PERSON", "directed_by": "PERSON",
    "recipient_account_name": "PERSON", "artist": "PERSON|ORG", "doctor_name": "PERSON|ORG", "dentist_name": "PERSON|ORG", "stylist_name": "PERSON|ORG",
    "LOC": "LOCATION", "location": "LOCATION", "place_name": "LOCATION", "city": "LOCATION", "origin_city": "LOCATION", "destination_city": "LOCATION",
    "city_of_event": "LOCATION", "destination": "LOCATION", "pickup_city": "LOCATION", "origin": "LOCATION", "from_location": "LOCATION", "to_location": "LOCATION",
    "area": "LOCATION", "where_to": "LOCATION", "event_location": "LOCATION|ORG", "venue": "LOCATION|ORG", "pickup_location": "LOCATION|ORG|ADDRESS",
    "origin_airport": "LOCATION|ORG", "destination_airport": "LOCATION|ORG", "from_station": "LOCATION|ORG", "to_station": "LOCATION|ORG",
    "origin_station_name": "LOCATION|ORG", "destination_station_name": "LOCATION|ORG", "attraction_name": "LOCATION|ORG|O", "theater_name": "ORG|LOCATION",
    "ORG": "ORG", "corporation": "ORG", "group": "ORG|O", "business_name": "ORG", "transport_agency": "ORG", "restaurant_name": "ORG", "hotel_name": "ORG|LOCATION",
    "property_name": "ORG|LOCATION|ADDRESS", "address": "ADDRESS|LOCATION", "street_address": "ADDRESS|LOCATION", "venue_address": "ADDRESS|LOCATION",
    "address_of_location": "ADDRESS|LOCATION", "phone_number": "PHONE", "email_address": "EMAIL", "MISC": "NRP|O", "cuisine": "NRP|O", "food_type": "NRP|O",
    "currency_name": "NRP|O",
}  # fmt: skip
OPEN = "?"  # titles, songs and events: made of names as often as not
NOTHING = "O"
TITLES = (
    "event_name movie_name title song_name album car_name creative-work product audiobook_name podcast_name radio_name playlist_name game_name app_name transport_name "
    "definition_word news_topic music_album movie_type radio_name"
).split()
CALENDAR = re.compile(rf"(?i)\b({'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|(19|20)\d\d)\b|\d(st|nd|rd|th)\b")


def meaning(label, text):
    if label in TITLES:
        return OPEN
    if label.endswith("date"):
        return "DATE" if CALENDAR.search(text) and "this month" not in text else "DATE|O"
    return MEANING.get(label, NOTHING)


def lines(path):
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return file.read().splitlines()


def from_characters(text, spans, known, source):
    """Words of a text whose spans count characters."""
    pieces = list(re.finditer(r"\S+", text))
    tags = ["O"] * len(pieces)
    for span in spans:
        inside = [i for i, p in enumerate(pieces) if span["start"] < p.end() and p.start() < span["end"]]
        if inside:
            mark(tags, inside[0], inside[-1] + 1, meaning(span["label"], text[span["start"] : span["end"]]))
    return Example([p.group() for p in pieces], tags, known, source=source)


def mark(tags, start, end, meant):
    labels = [m for m in meant.split("|") if m not in (OPEN, NOTHING)]
    if meant == OPEN:
        tags[start:end] = [OPEN] * (end - start)
    elif labels:
        tag_span(tags, start, end, *labels)
        if NOTHING in meant.split("|"):
            tags[start:end] = [f"{t}|O" for t in tags[start:end]]


def from_tokens(tokens, spans, known, source):
    """Words of a text whose spans count tokens: the punctuation that such corpora split off goes back to its word."""
    tags = ["O"] * len(tokens)
    for span in spans:
        mark(tags, span["start"], span["end"], meaning(span["label"], " ".join(tokens[span["start"] : span["end"]])))
    words, joined, glue = [], [], False
    for token, tag in zip(tokens, tags):
        back = re.fullmatch(r"[.,;:!?%)\]}…]+|'s|'S|’s|n't|'(?:m|re|ve|ll|d)", token)
        if words and (glue or back):
            words[-1] += token
            if glue and words[-1][0] in "@#":
                joined[-1] = "B-URL|B-PERSON|B-ORG" if tag != "O" else "B-URL|O"  # a handle, whoever's it is
            elif glue and joined[-1] == "O":
                joined[-1] = tag
        else:
            words.append(token)
            joined.append("B-URL" if re.match(r"https?://|www\.", token) else "B-URL|O" if token[0] in "@#" and len(token) > 1 else tag)
        glue = token in ("(", "[", "{", '"', "@", "#", "“")
    return Example(words, joined, known, source=source)


FIFTHS = {0: "test", 1: "tune"}


def ner(shared, name, split="train", known=NAMES):
    for i, line in enumerate(lines(shared / f"ner/{name}.jsonl.xz")):
        item = json.loads(line)
        if item.get("in_slurp_dev_test") or name == "wikigold/all" and FIFTHS.get(i % 5, "train") != split:
            continue
        make, content = (from_tokens, item["tokens"]) if "tokens" in item else (from_characters, item["text"])
        example = make(content, item["spans"], known, name)
        if example.words:
            yield example


def silver(shared, name):
    """Turns of transcripts where only names that the speaker list holds are marked.

    Other capitalised words inside a sentence may be names of any kind (`?`); the rest are none.
    """
    for line in lines(shared / f"ner/silver_person/{name}.jsonl.xz"):
        item = json.loads(line)
        example = from_characters(item["text"], item["spans"], NAMES, f"silver_person/{name}")
        for i, word in enumerate(example.words):
            first = i == 0 or re.search(r"[.?!:…\"”]$", example.words[i - 1])
            bare = re.sub(r"^\W+|\W+$", "", word)
            capital = bare[:1].isupper() and not re.fullmatch(r"I(['’]\w+)?", bare)
            common = bare.lower() in COMMON
            if example.tags[i] == "O" and capital and not (first and common) or example.tags[i] != "O" and common:
                example.tags[i] = OPEN  # a few speaker lists hold words such as "The"
        yield example


def dialogues(shared, split):
    """sgd: the assistant's and the user's turns together."""
    for line in lines(shared / "text/sgd.jsonl.xz"):
        item = json.loads(line)
        if FIFTHS.get(zlib.crc32(item["id"].encode()) % 5, "train") != split:
            continue
        words, tags, turns = [], [], []
        for t, turn in enumerate(item["turns"]):
            e = from_characters(turn["text"], turn["spans"], EVERY - {"NRP", "URL"}, "sgd")
            words, tags, turns = words + e.words, tags + e.tags, turns + [t] * len(e.words)
        yield Example(words, tags, EVERY - {"NRP", "URL"}, turns, source="sgd")


NUMBERS = {*ONES, *TENS, "hundred", "thousand", "oh", *(m.lower() for m in MONTHS)}


def nameless(shared, name, most):
    """At most `most` sentences of well-cased transcripts with no capital inside and no number: nothing personal, but for
    nationalities, which are capitalised, and what a first word hides, which is why that must be a common one."""
    texts, found = lines(shared / f"text/{name}.tsv.xz"), 0
    random.Random(name).shuffle(texts)
    for line in texts:
        for sentence in re.split(r"(?<=[.?!])\s+", line.rsplit("\t", 1)[-1]):
            words = sentence.split()
            if not 3 <= len(words) <= 60 or re.search(r"[\d@/]", sentence) or not words[0][0].isupper():
                continue
            bare = [re.sub(r"\W", "", w).lower() for w in words]
            if bare[0] in COMMON and not capitalised_inside(words, ["O"] * len(words)) and len(NUMBERS.intersection(bare)) < 2:
                yield Example(words, ["O"] * len(words), source=f"text/{name}")
                found += 1
                if found == most:
                    return


def text_corpora(shared):
    """(name, how many to take of it in an epoch, a function that yields examples)"""
    corpora = [(name, take, partial(ner, shared, name)) for name, take in (("wnut17/train", 3394), ("wikigold/all", 1356), ("nlu_eval/all", 5000))]
    corpora += [(f"btc/{part}", 1500, partial(ner, shared, f"btc/{part}")) for part in "abfg"]
    corpora += [("silver/changelog", 8000, partial(silver, shared, "changelog")), ("silver/bitcoin", 1300, partial(silver, shared, "bitcoin"))]
    corpora += [("sgd", 1500, partial(dialogues, shared, "train"))]
    plain = (("changelog", 3000), ("qmsum", 3000), ("rev16", 1500), ("medical", 3000), ("earnings22", 3000), ("topical_chat", 1500), ("novels", 1500), ("spacelog", 1000))
    return corpora + [(f"text/{name}", take, partial(nameless, shared, name, 4 * take)) for name, take in plain]


if __name__ == "__main__":
    for name, take, make in text_corpora(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")):
        examples = list(make())
        tagged = sum(t.startswith("B-") for e in examples for t in e.tags)
        print(f"{name}: {len(examples)} examples ({take} an epoch), {sum(len(e.words) for e in examples)} words, {tagged} spans")
