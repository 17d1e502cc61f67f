"""Train what a head that reads gains by listening: its reading stays as it is, bit by bit.

    python listen.py --from text --name listens                      writes runs/listens.pt
    python listen.py --from text --name sound --without manner       by the sound of the words alone
    python listen.py --from text --name manner --without sound       by confidence, pauses and durations alone

What the head reads of every heard word is computed once, so a pass over all takes seconds. Each word is judged twice,
with its sound and without: what counts is the difference (model.py, `Listening`), so what speech teaches of how such
transcripts read drops out. A fifth of the speakers and synthetic sentences says when to stop.
"""
import argparse
import zlib
from pathlib import Path

import torch
import torch.nn.functional as F

from data import Pieces, collate, cut, row_of, windows
from evaluate import load_head
from heard import Heard
from heldout import true_spans
from model import odds
from spans import THRESHOLD

SETS = {"spoken": ("spoken/train/manifest.jsonl", "heard/train"), "an4": ("real/train.jsonl", "heard/real-train"), "names": ("real/names.jsonl", "heard/names"), "nameless": ("real/nameless.jsonl", "heard/nameless")}
BATCH = 512  # words
FEW = 1e-3  # weight of the squares of what listening adds


@torch.no_grad()
def activations(head, pieces, heard):
    """What `Listening.judge` is given of every word that a set's windows decide, as tensors (words, ...), whether it is
    `personal`, and the number of its `group`, a speaker or a sentence. Words that nobody can label are left out."""
    found = {name: [] for name in ("x", "logits", "sound", "manner", "personal", "group")}
    for e, group in zip(heard.examples, heard.groups):
        silent = true_spans(e.tags)[1]
        personal = torch.tensor([tag != "O" for tag in e.tags])
        for first, end, at, to in windows(pieces, e.words, e.turns):
            row = collate([row_of(pieces, cut(e, first, end), heard.states_of(e))])
            x, logits, sizes = head.read(row["pieces"], row["word"], row["features"])
            sound, _ = head.listening.own_sound(row["states"], row["spans"])
            parts = {"x": x, "logits": logits, "sound": sound, "manner": head.listening.manner(row["features"], row["spans"], sizes)}
            kept = [i for i in range(at, to) if not silent[i]]
            for name, part in parts.items():
                found[name].append(part[0, [i - first for i in kept]])
            found["personal"].append(personal[kept])
            found["group"].append(torch.full((len(kept),), zlib.crc32(group.encode())))
    return {name: torch.cat(parts) for name, parts in found.items()}


def cached(o, head, pieces):
    """The words of all sets together; computed where o.out does not hold them yet."""
    parts = []
    for name, (manifest, folder) in SETS.items():
        path = o.out / f"{o.start}.{name}.words"
        if not path.exists():
            torch.save(activations(head, pieces, Heard(o.heard / manifest, o.heard / folder)), path)
        parts.append(torch.load(path, weights_only=True))
    return {name: torch.cat([part[name] for part in parts]) for name in parts[0]}


def loss_of(listening, words, at):
    """Of words number `at`: the cross-entropy with their sound and without, and how much is added."""
    x, logits, sound, manner = (words[k][at] for k in ("x", "logits", "sound", "manner"))
    heard, read, personal = torch.ones(len(at)), odds(logits), words["personal"][at].float()
    louder = listening.judge(x, logits, sound, manner, heard)
    quiet = listening.judge(x, logits, sound, manner, torch.zeros_like(heard))
    parts = [F.binary_cross_entropy_with_logits(read + added, personal) for added in (louder, quiet)]
    return sum(parts) + FEW * (louder.square().mean() + quiet.square().mean()), parts


def fit(listening, words, o):
    """Trains to the best of o.epochs on the held-out fifth; -> that fifth's cross-entropy (with sound, without) by epoch"""
    torch.manual_seed(o.seed)
    held_out = torch.nonzero(words["group"] % 5 == 0)[:, 0]
    rest = torch.nonzero(words["group"] % 5 > 0)[:, 0]
    optimizer = torch.optim.AdamW(listening.parameters(), lr=o.rate, weight_decay=0.05)
    steps = o.epochs * -(-len(rest) // BATCH)
    slower = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, 1.5 * (1 - step / steps)))
    course, best = [], None
    for _ in range(o.epochs):
        listening.train()
        for at in rest[torch.randperm(len(rest))].split(BATCH):
            loss, _ = loss_of(listening, words, at)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            slower.step()
        with torch.no_grad():
            course.append([part.item() for part in loss_of(listening.eval(), words, held_out)[1]])
        if course[-1][0] == min(with_sound for with_sound, _ in course):
            best = {name: value.clone() for name, value in listening.state_dict().items()}
    listening.load_state_dict(best)
    lean(listening, words, held_out)
    return course


@torch.no_grad()
def lean(listening, words, at, threshold=THRESHOLD):
    """Of speech alone listening learns to doubt: most words are no names. What it saves in false words is given back,
    so that of the words number `at` as many are masked for nothing as by reading alone, and more of the others."""
    none = at[~words["personal"][at]]
    x, logits, sound, manner = (words[k][none] for k in ("x", "logits", "sound", "manner"))
    read, heard = odds(logits), torch.ones(len(none))
    listening.lean.zero_()
    gain = listening.judge(x, logits, sound, manner, heard) - listening.judge(x, logits, sound, manner, 0 * heard)
    limit = torch.logit(torch.tensor(threshold))
    false = min(int((read >= limit).sum()), len(none) - 1)
    listening.lean.fill_(limit - (read + gain).sort(descending=True).values[false] - 1e-4)


def listen(o):
    torch.set_num_threads(o.threads)
    head, state = load_head(o.minilm, o.out / f"{o.start}.pt")
    words = cached(o, head, Pieces(o.minilm))
    if o.without:
        head.listening.deafen(o.without)
        words[o.without] = torch.zeros_like(words[o.without])
    course = fit(head.listening, words, o)
    for epoch, (with_sound, without) in enumerate(course, 1):
        print(f"epoch {epoch}: held-out cross-entropy {with_sound:.4f} with sound, {without:.4f} without")
    layers = len(head.text.layers)
    torch.save({"head": head.state_dict(), "state": state | {"heard": len(words["personal"])}, "layers": layers}, o.out / f"{o.name}.pt")
    print(f"leans by {head.listening.lean.item():+.3f}")
    print(f"{len(words['personal'])} words of {len(words['group'].unique())} speakers and sentences, {int(words['personal'].sum())} personal")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--from", dest="start", required=True, help="name of the run that reads")
    options.add_argument("--name", required=True)
    options.add_argument("--without", choices=("sound", "manner"), help="half of what is heard is left out")
    options.add_argument("--minilm", type=Path, default=Path(".work/redactor/minilm"))
    options.add_argument("--heard", type=Path, default=Path(".work/redactor"), help="folder of what speak.py, heard.py and hear.ts wrote")
    options.add_argument("--out", type=Path, default=Path(".work/redactor/runs"))
    options.add_argument("--epochs", type=int, default=12)
    options.add_argument("--rate", type=float, default=4e-3)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    listen(options.parse_args())
