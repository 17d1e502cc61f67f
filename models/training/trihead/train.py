"""Train the tri-head encoder against the frozen original.

    python train.py --name a --steps 800 --minutes 5        run again to go on where it stopped

The student hears a spoilt, unpadded segment and must give the states that Whisper gives for the clean
recording padded to 30 s (loss `states`), from which the frozen decoder must predict the transcript as
it does from the teacher's (`words`, the decoder's Kullback-Leibler divergence under the transcript:
cross-entropy with the teacher's soft targets, which leaves Whisper's casing and punctuation alone).
`transcript` is the decoder's cross-entropy on what was said: the teacher errs too, and in an accent often.
`noise` teaches the estimate of noise per state, `gate` the noise group's weight from the known
signal-to-noise ratio.
"""
import argparse
import copy
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from data import Batches, log_mel, prompt_and_end, written
from fusion import FUSIONS
from model import TriHeadEncoder, attention_distances, encode

from checkpoint import read_checkpoint  # ../convert, on the path through model.py
from whisper import from_checkpoint


def load_whisper(folder):
    """The original from the CTranslate2 file, frozen."""
    heads = json.load(open(folder / "config.json"))["alignment_heads"]
    return from_checkpoint(read_checkpoint(folder / "model.bin"), [tuple(h) for h in heads])


def new_student(whisper, speech, fusion):
    """A student equal to the teacher, its heads sorted by the distances measured on five stretches of speech."""
    starts = np.linspace(0, len(speech.samples) * 0.9, 5).astype(int)
    mels = [log_mel(torch.from_numpy(speech.read(s, 10 * 16000))[None]) for s in starts]
    distances = attention_distances(whisper.encoder, mels)
    return TriHeadEncoder(copy.deepcopy(whisper.encoder), distances.argsort(-1), fusion), distances


def load_student(whisper, path):
    """The trained encoder, for use, and where its training stood."""
    saved = torch.load(path, map_location="cpu", weights_only=False)
    heads = whisper.dimensions.heads
    order = torch.arange(heads).expand(len(whisper.encoder.layers), heads)  # the saved heads are already sorted
    student = TriHeadEncoder(copy.deepcopy(whisper.encoder), order, saved["options"].get("fusion", "sum"))
    if saved.get("kept"):
        student.keep(saved["kept"])
    weights = saved.get("average", saved["student"])
    student.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in weights.items()})
    return student.eval().requires_grad_(False), saved


def wanted_noise_weight(snr):
    """0.10 on clean speech, 0.23 at 8 dB, 0.31 at 0 dB."""
    return 0.10 + 0.25 * torch.sigmoid((8 - snr) / 5)


def word_distributions(whisper, tokens, prompt, states, vocabulary):
    """What the decoder expects after every token of `tokens` (B, S) given encoder states (B, T, D).

    -> log-probabilities over the tokens `vocabulary` (V), from the last of the `prompt` tokens on: (B, S - prompt, V)
    """
    bias = torch.zeros(1, 1, 1, states.shape[1])
    position, past = torch.zeros(1, dtype=torch.long), whisper.empty_past(len(tokens))
    hidden = whisper.decoder.hidden(tokens, position, past, whisper.memory(states), bias)[0]
    return (hidden[:, prompt - 1 : -1] @ whisper.decoder.embedding.weight[vocabulary].T).float().log_softmax(-1)


@dataclass
class Vocabulary:
    """The tokens whose probabilities are compared: the merges learned first (hence most frequent), and all in the transcripts.

    Over the whole vocabulary the products and softmaxes of `words` take a tenth more of a step.
    """

    tokens: torch.Tensor  # (V) ids, ascending
    place: torch.Tensor  # (all ids) the index of each in `tokens`, or -1
    free: torch.Tensor  # indices in `tokens` of what may stand anywhere: marks, figures


def kept_vocabulary(batches, size, frequent=12000):
    texts = batches.tokenizer.encode_batch([" " + written(u.text) for u in batches.speech.utterances], add_special_tokens=False)
    tokens = torch.tensor(sorted({*range(min(size, frequent)), prompt_and_end(batches.tokenizer)[1], *(i for t in texts for i in t.ids)}))
    place = torch.full((size,), -1)
    place[tokens] = torch.arange(len(tokens))
    free = place[torch.tensor([i for i in batches.spellings.without_letters() if i < size], dtype=torch.long)]
    return Vocabulary(tokens, place, free[free >= 0])


def transcript_loss(words, spellings, free):
    """Minus the logarithm of what the decoder gives to the words that were said, in whatever casing and punctuation.

    words (B, S, V) log-probabilities; spellings (B, S, K) indices into V, -1 is padding; free (F) indices of the tokens
    that may stand anywhere, which are left out -> (B, S), zero where no token is known
    """
    given = words.gather(-1, spellings.clamp_min(0)).masked_fill(spellings < 0, -1e4).logsumexp(-1)
    elsewhere = words[..., free].exp().sum(-1).clamp_max(0.98)
    return ((1 - elsewhere).log() - given).clamp(0, 12) * (spellings >= 0).any(-1)


def losses(whisper, student, batch, vocabulary, device, guide=None):
    """The losses of a batch, by name. `guide`: (Whisper, linear map), a bigger model and what maps the student's states to its."""
    source = batch.source.to(device)
    tokens, length, snr = batch.tokens.to(device), batch.length.to(device), batch.snr.to(device)
    with torch.no_grad():
        teacher = encode(whisper.encoder, log_mel(batch.clean.to(device)))  # (U, 1500, D)
        wanted_words = word_distributions(whisper, tokens, batch.prompt, teacher, vocabulary.tokens)
    heads = student.group_mask(torch.stack((*torch.ones(2, len(snr)), 1 - batch.quiet.to(device)), 1))
    states, logits, weights = student(log_mel(batch.spoilt.to(device)), heads=heads)
    t = states.shape[1]
    wanted = teacher[:, :t].float()[source]
    words = word_distributions(whisper, tokens[source], batch.prompt, states, vocabulary.tokens)
    real = torch.arange(batch.prompt, tokens.shape[1]) < length[source][:, None]
    spellings = batch.spellings.to(device)
    spellings = vocabulary.place[spellings].where(spellings >= 0, -1)
    said = transcript_loss(words, spellings[source], vocabulary.free)
    divergence = F.kl_div(words, wanted_words[source], log_target=True, reduction="none").sum(-1)
    heard = batch.heard.to(device)
    guided = {}
    if guide:
        bigger, to_bigger = guide
        with torch.no_grad():
            clearer = encode(bigger.encoder, log_mel(batch.clean.to(device)))[:, :t].float()
        guided["guide"] = F.mse_loss(to_bigger(states).float(), clearer[source]) / clearer.var()
    per_state = F.binary_cross_entropy_with_logits(logits.float(), batch.share.to(device), reduction="none")
    noise_weight = weights[..., 2].float().mean(1)
    return {
        "states": F.mse_loss(states.float(), wanted) / wanted.var(),
        # The logarithm keeps the few views that nobody could understand from steering every step.
        "words": ((divergence * real).sum(1) / real.sum(1)).log1p().mean(),
        "transcript": ((said * real).sum(1) / real.sum(1)).log1p().mean(),
        "noise": (per_state * heard).sum() / heard.sum(),
        "gate": ((noise_weight - wanted_noise_weight(snr)) / 0.1).square().mean(),
        **guided,
    }


LOSS_WEIGHTS = {"states": 1.0, "words": 1.0, "transcript": 1.0, "noise": 0.1, "gate": 0.1, "guide": 0.5}


def schedule(step, steps, decay=0.5, warmup=40):
    """Linear warm-up, a plateau, and a linear way to zero over the last part `decay` of the steps.

    A plateau lets a run be made longer or shorter (`--steps`) as long as its decay has not begun.
    """
    return min(1, (step + 1) / warmup, (1 - step / steps) / decay)


def train(o):
    o.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(o.seed)
    whisper = load_whisper(o.weights)
    tokenizer = Tokenizer.from_file(str(o.weights / "tokenizer.json"))
    batches = Batches(o.data, "train", tokenizer, o.steps, o.batch_seconds, o.seed)
    if o.start:
        student = load_student(whisper, o.start)[0]
    else:
        student, distances = new_student(whisper, batches.speech, o.fusion)
        print("mean attention distance (s) by layer and head\n", distances.numpy().round(2), flush=True)
    guide = None
    if o.guide:
        bigger = load_whisper(o.guide)
        guide = bigger.to(o.device), torch.nn.Linear(whisper.dimensions.state, bigger.dimensions.state).to(o.device)
    vocabulary = kept_vocabulary(batches, whisper.dimensions.vocabulary)
    vocabulary = Vocabulary(*(t.to(o.device) for t in (vocabulary.tokens, vocabulary.place, vocabulary.free)))
    if not o.float32:
        for module in whisper.modules():
            if isinstance(module, torch.nn.Linear):
                module.to(torch.bfloat16)  # else autocast does so anew in every step
    torch.set_default_device(o.device)
    whisper, student = whisper.to(o.device), student.to(o.device).requires_grad_(True)
    new, pretrained = student.parameter_groups()
    if guide:
        new = [*new, *guide[1].parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": new, "rate": o.new_rate}, {"params": pretrained, "rate": o.rate}], lr=0, betas=(0.9, 0.99), weight_decay=0.01, fused=True
    )
    # What is kept is the running mean of the weights: batches of a minute leave each step's weights noisy, and the mere
    # mean of two runs' weights made fewer errors in noise than either (README, "Runs").
    average = AveragedModel(student, multi_avg_fn=get_ema_multi_avg_fn(o.average))
    state = {"step": 0, "heard": 0.0, "seconds": 0.0}
    path, log = o.out / f"{o.name}.pt", open(o.out / f"{o.name}.jsonl", "a")
    if path.exists():
        saved = torch.load(path, map_location=o.device, weights_only=False)
        student.load_state_dict(saved["student"])
        average.module.load_state_dict(saved["average"])
        average.n_averaged.fill_(saved["state"]["step"])
        optimizer.load_state_dict(saved["optimizer"])
        for group, rate in zip(optimizer.param_groups, (o.new_rate, o.rate)):
            group["rate"] = rate  # as asked now, whatever it was before
        if guide:
            guide[1].load_state_dict(saved["to_guide"])
        state = saved["state"]

    def save():
        part = path.with_suffix(".part")
        whole = {"student": student.state_dict(), "average": average.module.state_dict(), "kept": student.kept, "optimizer": optimizer.state_dict(), "state": state, "options": vars(o)}
        torch.save(whole | ({"to_guide": guide[1].state_dict()} if guide else {}), part)
        part.rename(path)  # a run killed while it writes keeps the last whole checkpoint

    held_out = Batches(o.data, "dev", tokenizer, o.dev_batches, o.batch_seconds, seed=0)

    @torch.no_grad()
    def held_out_losses():
        """Mean losses of the averaged weights on the same few batches of dev speakers, noises and rooms each time."""
        with torch.autocast(o.device, torch.bfloat16, enabled=not o.float32):
            each = [losses(whisper, average.module, held_out[i], vocabulary, o.device, guide) for i in range(o.dev_batches)]
        return {k: (sum(e[k] for e in each) / len(each)).item() for k in each[0]}

    def show(kind, means):
        log.write(json.dumps({"kind": kind, **state, **means}) + "\n")
        log.flush()
        print(f"{kind} step {state['step']} " + " ".join(f"{k} {v:.3f}" for k, v in means.items()) + f" heard {state['heard']:.2f} h", flush=True)

    if state["step"] == 0:
        show("dev", held_out_losses())
    rest = torch.utils.data.Subset(batches, range(state["step"], o.steps))
    loader = torch.utils.data.DataLoader(rest, batch_size=None, num_workers=o.workers)
    began = saved_at = at = time.time()
    recent = []
    for step, batch in enumerate(loader, state["step"]):
        for g in optimizer.param_groups:
            g["lr"] = g["rate"] * schedule(step, o.steps, o.decay)
        with torch.autocast(o.device, torch.bfloat16, enabled=not o.float32):
            parts = losses(whisper, student, batch, vocabulary, o.device, guide)
        loss = sum(LOSS_WEIGHTS[k] * v for k, v in parts.items())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        if norm.isfinite():
            optimizer.step()
            average.update_parameters(student)
        state["step"] += 1
        state["heard"] += batch.seconds / 3600
        seconds, at = time.time() - at, time.time()
        state["seconds"] += seconds
        recent.append({k: v.item() for k, v in parts.items()})
        if state["step"] % 10 == 0:
            # A plain mean: batches differ several times over in difficulty, and a running mean shows its first for long.
            means = {k: sum(r[k] for r in recent) / len(recent) for k in recent[0]}
            recent = []
            show("train", {**means, "norm": norm.item()})
        if state["step"] % o.dev_every == 0:
            show("dev", held_out_losses())
            at = time.time()
        if time.time() - saved_at > 120:
            save()
            saved_at = time.time()
        if time.time() - began > o.minutes * 60:
            break
        while o.pause_while and o.pause_while.exists():
            time.sleep(2)
            at = time.time()
    save()
    print(f"step {state['step']} of {o.steps}, {state['heard']:.2f} h heard in {state['seconds'] / 60:.1f} minutes")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--name", required=True)
    options.add_argument("--weights", type=Path, default=Path(".work/trihead/weights"))
    options.add_argument("--data", type=Path, default=Path(".work/trihead/data"))
    options.add_argument("--out", type=Path, default=Path(".work/trihead/runs"))
    options.add_argument("--fusion", choices=FUSIONS, default="sum", help="how the groups are fused, see fusion.py")
    options.add_argument("--start", type=Path, help="a student to go on from (with prune.py's cut, for example), instead of Whisper")
    options.add_argument("--guide", type=Path, help="weights of a bigger Whisper whose clean states the student's must also lead to")
    options.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options.add_argument("--steps", type=int, default=800)
    options.add_argument("--minutes", type=float, default=1e9, help="stop after so long; run again to go on")
    options.add_argument("--pause-while", type=Path, help="rest while this file exists, for a machine that others measure on")
    options.add_argument("--dev-batches", type=int, default=6)
    options.add_argument("--dev-every", type=int, default=100, help="steps between measurements on the dev batches")
    options.add_argument("--workers", type=int, default=0, help="processes that make batches; on a GPU, all cores")
    options.add_argument("--batch-seconds", type=float, default=80)
    options.add_argument("--rate", type=float, default=2.5e-5, help="peak, pretrained weights")
    options.add_argument("--new-rate", type=float, default=1e-3, help="peak, gate and noise estimate")
    options.add_argument("--decay", type=float, default=0.5, help="the part of the steps over which the rates fall to zero")
    options.add_argument("--average", type=float, default=0.995, help="what the running mean of the weights keeps of itself a step")
    options.add_argument("--float32", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    train(options.parse_args())
