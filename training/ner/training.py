"""The training loop: one step after another, kept in a checkpoint, so that a stopped run goes on where it was."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.ner.corpora import Sentence, vary
from training.ner.evaluation import predict
from training.ner.labels import f1_scores
from training.ner.model import Tagger, load, save
from training.ner.pieces import UNKNOWN, Encoded, WordPieces, batches, collate, encode
from training.ner.threads import ThreadChoice


@dataclass(frozen=True)
class Settings:
    """The learning rate rises for `warm_up` of the steps, stays, and falls to nothing over the last `decay`.

    `late` sentences join from the epoch `late_from` on. The result is the mean of what is saved, every `save_every`
    steps, in the last `average` of the steps, when the rate is low.
    """

    epochs: float = 3.0
    rate: float = 1.5e-4
    label_rate: float = 1e-3
    warm_up: float = 0.04
    decay: float = 0.5
    budget: int = 900
    unknown: float = 0.02
    weight_decay: float = 0.01
    seed: int = 1
    threads: int = 0
    save_every: int = 200
    late_from: int = 0
    average: float = 0.05

    def factor(self, progress: float) -> float:
        """Share of the learning rate when `progress`, 0 to 1, of the steps are done."""
        return max(0.0, min(1.0, progress / self.warm_up, (1 - progress) / self.decay))


Loss = Callable[[Tagger, Tensor, Tensor, Tensor, Sequence[Encoded]], Tensor]
"""From the network, ids, pooling and labels of a batch (see ``collate``), and the batch itself."""


def label_loss(tagger: Tagger, ids: Tensor, pooling: Tensor, labels: Tensor, batch: Sequence[Encoded]) -> Tensor:  # noqa: ARG001
    """Cross-entropy of the labels of words."""
    return nn.functional.cross_entropy(tagger(ids, pooling).flatten(0, 1), labels.flatten())


def optimizer(tagger: Tagger, settings: Settings) -> torch.optim.AdamW:
    """AdamW; vectors do not decay, the layer of labels learns faster."""
    trained = {name: weight for name, weight in tagger.named_parameters() if weight.requires_grad}
    body = [weight for name, weight in trained.items() if not name.startswith("labels.")]
    groups = [
        {"params": [w for w in body if w.ndim > 1], "rate": settings.rate, "weight_decay": settings.weight_decay},
        {"params": [w for w in body if w.ndim == 1], "rate": settings.rate, "weight_decay": 0.0},
        {"params": list(tagger.labels.parameters()), "rate": settings.label_rate, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, 0.98), fused=True)


class Trainer:
    """Trains `tagger` on `sentences`, later on `late` ones too; with `output` in place already, goes on from there."""

    def __init__(
        self,
        tagger: Tagger,
        pieces: WordPieces,
        sentences: Sequence[Sentence],
        settings: Settings,
        output: Path,
        loss: Loss = label_loss,
        late: Sequence[Sentence] = (),
    ) -> None:
        self.pieces, self.sentences, self.settings, self.output, self.loss = pieces, sentences, settings, output, loss
        self.late = late
        self.step, self.summed, self.sum = 0, 0, {}
        saved = None
        if output.exists():
            tagger, saved = load(output)
            self.step, self.summed, self.sum = saved["step"], saved["summed"], saved["sum"]
        self.tagger = tagger
        self.optimizer = optimizer(tagger, settings)
        if saved is not None:
            self.optimizer.load_state_dict(saved["optimizer"])
        self.weights = [weight for weight in tagger.parameters() if weight.requires_grad]

    def epoch(self, number: int) -> list[list[Encoded]]:
        """The batches of an epoch: always the same for the same seed."""
        rng = random.Random(f"{self.settings.seed} {number}")
        late = self.late if number >= self.settings.late_from else ()
        varied = [vary(sentence, rng) for sentence in (*self.sentences, *late)]
        return batches(encode(varied, self.pieces), self.settings.budget, rng)

    def steps(self) -> int:
        """Steps of all epochs."""
        whole = int(self.settings.epochs)
        part = self.settings.epochs - whole
        return sum(len(self.epoch(number)) for number in range(whole)) + int(part * len(self.epoch(whole)))

    def run(self, development: Sequence[Sentence]) -> None:
        """All steps that are left; F1 on `development` after each epoch."""
        torch.set_flush_denormal(True)
        threads = ThreadChoice(self.settings.threads)
        number, done = 0, 0
        current = self.epoch(0)
        total = self.steps()
        print(f"{len(self.sentences)} sentences, {total} steps, from {self.step}", flush=True)
        began, pieces, losses = time.time(), 0, []
        self.tagger.train()
        while self.step < total:
            if self.step - done >= len(current):
                done += len(current)
                number += 1
                current = self.epoch(number)
                continue
            batch = current[self.step - done]
            losses.append(self.train_on(batch, self.step / total))
            pieces += sum(len(item.ids) for item in batch)
            self.step += 1
            threads.choose()
            if self.step % 50 == 0:
                rate = pieces / (time.time() - began)
                print(f"step {self.step}/{total} loss {np.mean(losses):.4f} {rate:.0f} pieces/s", threads, flush=True)
                began, pieces, losses = time.time(), 0, []
            if self.step % self.settings.save_every == 0 or self.step == total:
                if self.step >= total * (1 - self.settings.average):
                    self._add_to_mean()
                if self.step == total:
                    self._take_mean()
                self._save()
            if self.step - done == len(current) or self.step == total:
                gold = [sentence.tags for sentence in development]
                scores = f1_scores(gold, predict(self.tagger, self.pieces, development))
                print(f"epoch {number + 1}: " + " ".join(f"{k} {v:.4f}" for k, v in scores.items()), flush=True)
                self.tagger.train()

    def _save(self) -> None:
        state = {"optimizer": self.optimizer.state_dict(), "summed": self.summed, "sum": self.sum}
        save(self.output, self.tagger, step=self.step, **state)

    def _add_to_mean(self) -> None:
        self.summed += 1
        for name, weight in self.tagger.named_parameters():
            if weight.requires_grad:
                self.sum[name] = self.sum.get(name, 0) + weight.detach()

    @torch.no_grad()
    def _take_mean(self) -> None:
        for name, weight in self.tagger.named_parameters():
            if name in self.sum:
                weight.copy_(self.sum[name] / self.summed)

    def train_on(self, batch: Sequence[Encoded], progress: float) -> float:
        """One step; the loss."""
        torch.manual_seed(self.settings.seed * 1_000_003 + self.step)
        ids, pooling, labels = map(torch.from_numpy, collate(batch, mean=self.tagger.shape.pools))
        lost = (torch.rand(ids.shape) < self.settings.unknown) & (ids > UNKNOWN)
        loss = self.loss(self.tagger, ids.masked_fill(lost, UNKNOWN), pooling, labels, batch)
        factor = self.settings.factor(progress)
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * factor
        loss.backward()
        nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        return float(loss.detach())
