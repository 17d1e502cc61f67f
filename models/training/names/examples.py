"""Labelled words for the name model, from ../shared/ner, ../shared/text and templates; one JSON line an example.

    python models/training/names/examples.py train faker_names.tsv > train.jsonl
    python models/training/names/examples.py dev > dev.jsonl

Every example is given as written and, for most, in lower case without punctuation, as a recogniser may write it.
Held out for dev, never trained on: wnut17 dev, btc h, every fifth of wikigold, silver_person ethereum, slurp devel.
"""

import json
import lzma
import pathlib
import random
import re
import sys

from templates import TEMPLATES, NameSource

SHARED = pathlib.Path(__file__).resolve().parents[4] / "shared"
LABELS = {
    "PER": "PER", "person": "PER", "artist_name": "PER", "audiobook_author": "PER", "PERSON": "PER",
    "LOC": "LOC", "location": "LOC", "place_name": "LOC", "city": "LOC", "origin_city": "LOC", "destination_city": "LOC",
    "city_of_event": "LOC", "destination": "LOC", "pickup_city": "LOC", "origin": "LOC",
    "ORG": "ORG", "corporation": "ORG", "group": "ORG", "business_name": "ORG", "restaurant_name": "ORG",
    "artist": "PER", "directed_by": "PER",
}  # fmt: skip
Example = tuple[list[str], list[str]]


def lines(path: str) -> list[str]:
    with lzma.open(SHARED / path) as file:
        return file.read().decode().splitlines()


def from_tokens(tokens: list[str], spans: list[dict]) -> Example:
    """Joins the punctuation that these corpora split off to the word it stands at, as running text has it."""
    tags = ["O"] * len(tokens)
    for span in spans:
        label = LABELS.get(span["label"])
        if label is None:
            continue
        for i in range(span["start"], span["end"]):
            tags[i] = ("B-" if i == span["start"] else "I-") + label
    words: list[str] = []
    labels: list[str] = []
    glue = False
    for token, tag in zip(tokens, tags):
        if words and (glue or re.fullmatch(r"[.,;:!?%)\]}…]+|'s|'S|’s|n't|'(?:m|re|ve|ll|d)", token)):
            words[-1] += token
            glue = False
        elif token in "([{\"@#" and token != "":
            words.append(token)
            labels.append("O" if token in "@#" else tag)
            glue = True
        else:
            words.append(token)
            labels.append(tag)
            glue = False
            continue
        if glue is False and labels[-1] == "O" and tag != "O" and words[-1][0] not in "@#":
            labels[-1] = tag
    return words, labels


def from_text(text: str, spans: list[dict]) -> Example:
    words, labels = [], []
    for match in re.finditer(r"\S+", text):
        label = "O"
        for span in spans:
            name = LABELS.get(span["label"])
            if name and span["start"] < match.end() and match.start() < span["end"]:
                label = ("B-" if match.start() <= span["start"] else "I-") + name
        words.append(match.group())
        labels.append(label)
    return words, labels


def ner(path: str, tokens: bool) -> list[Example]:
    found = []
    for line in lines(f"ner/{path}.jsonl.xz"):
        item = json.loads(line)
        if item.get("in_slurp_dev_test"):
            continue
        found.append(from_tokens(item["tokens"], item["spans"]) if tokens else from_text(item["text"], item["spans"]))
    return [example for example in found if example[0]]


def capitalised_inside(words: list[str], labels: list[str]) -> bool:
    """Whether a capitalised word that is no first word and not I is unlabelled: it might be a name of any kind."""
    for i, word in enumerate(words):
        core = re.sub(r"^\W+|\W+$", "", word)
        first = i == 0 or re.search(r"[.?!:…\"]$", words[i - 1])
        if labels[i] == "O" and core[:1].isupper() and not first and not re.fullmatch(r"I(?:['’]\w+)?", core):
            return True
    return False


def silver(name: str, limit: int) -> list[Example]:
    """Sentences of the partly labelled transcripts in which every capitalised word inside is labelled."""
    found = []
    for line in lines(f"ner/silver_person/{name}.jsonl.xz"):
        item = json.loads(line)
        words, labels = from_text(item["text"], item["spans"])
        start = 0
        for i, word in enumerate(words):
            if re.search(r"[.?!]$", word) or i == len(words) - 1:
                part = words[start : i + 1], labels[start : i + 1]
                start = i + 1
                if any(label != "O" for label in part[1]) and not capitalised_inside(*part):
                    found.append(part)
    random.shuffle(found)
    return found[:limit]


def nameless(path: str, limit: int) -> list[Example]:
    """Sentences of well-cased transcripts without any capital inside: no names in them, whatever the lists say of "will"."""
    found = []
    texts = lines(f"text/{path}")
    random.shuffle(texts)
    for line in texts[: limit * 8]:
        text = line.rsplit("\t", 1)[-1]
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            words = sentence.split()
            if 3 <= len(words) <= 60 and words[0][0].isupper() and not capitalised_inside(words, ["O"] * len(words)):
                if re.sub(r"\W", "", words[0]).lower() in COMMON:
                    found.append((words, ["O"] * len(words)))
        if len(found) >= limit:
            break
    return found[:limit]


COMMON = set(
    "the a an and but so or if it i'm im i we you he she they that this there what when where how why who is are was were do does did can could "
    "will would should may not no yes yeah okay well right then now just also because in on at for to from with of by as all my your our "
    "their its one some most many let's it's that's we're you're i've i'll we'll don't didn't actually maybe sometimes after before".split()
)


def dialogues(limit: int) -> list[Example]:
    found = []
    for line in lines("text/sgd.jsonl.xz"):
        for turn in json.loads(line)["turns"]:
            if any(span["label"] in LABELS for span in turn["spans"]) or random.random() < 0.05:
                if not any(span["label"] in ("event_name", "venue", "theater_name", "movie_name", "album", "song_name", "title") for span in turn["spans"]):
                    found.append(from_text(turn["text"], turn["spans"]))
    random.shuffle(found)
    return found[:limit]


def lowered(example: Example) -> Example:
    words, labels = [], []
    for word, label in zip(*example):
        bare = re.sub(r"[.,;:!?\"“”()\[\]…]", "", word.lower())
        if bare:
            words.append(bare)
            labels.append(label)
    return words, labels


def shouted(example: Example) -> Example:
    return [word.upper() for word in example[0]], example[1]


def synthetic(count: int) -> list[Example]:
    source = NameSource(SHARED, pathlib.Path(sys.argv[2]).read_text().splitlines())
    return [source.fill(random.choice(TEMPLATES)) for _ in range(count)]


def train() -> list[Example]:
    base = ner("wnut17/train", True)
    for part in "abefg":
        base += ner(f"btc/{part}", True)
    base += [example for i, example in enumerate(ner("wikigold/all", True)) if i % 5 != 0]
    base += ner("nlu_eval/all", False)
    base += silver("changelog", 7000) + silver("bitcoin", 1500)
    base += dialogues(4000)
    base += synthetic(11000)
    for path, limit in (
        ("changelog.tsv.xz", 4000), ("qmsum.tsv.xz", 3500), ("rev16.tsv.xz", 2000), ("medical.tsv.xz", 3000), ("earnings22.tsv.xz", 3000),
        ("topical_chat.tsv.xz", 1500), ("novels.tsv.xz", 2000),
    ):  # fmt: skip
        base += nameless(path, limit)
    examples = []
    for example in base:
        draw = random.random()
        if draw < 0.72:
            examples.append(lowered(example))
        if draw > 0.32:
            examples.append(example)
        if draw > 0.97:
            examples.append(shouted(example))
    random.shuffle(examples)
    return [example for example in examples if example[0]]


def dev() -> list[Example]:
    base = ner("wnut17/dev", True) + ner("btc/h", True)
    base += [example for i, example in enumerate(ner("wikigold/all", True)) if i % 5 == 0]
    return base + [lowered(example) for example in base]


if __name__ == "__main__":
    random.seed(7)
    for words, labels in train() if sys.argv[1] == "train" else dev():
        print(json.dumps({"words": words, "labels": labels}))
