"""Makes the tiny base model of the bench: it sees where the mark is and clicks at random.

    python warmup.py SPEC.json

The specification names a folder of real screenshots (`00000-2.png`: the mark is at place 2) and two
prompts with one answer per place. "see" asks where the mark is, the answer is its place; "act" is
the prompt of the bench, the answer is the call for a place drawn at random, so the rule of the
bench is in nothing that is learned here. Full parameters, AdamW. Prints one JSON line; exits with 1
when the model does not see or does not act after `limit_s` seconds of processor time.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from transformers import AutoProcessor, Qwen3VLForConditionalGeneration

from halo_lora.tiny import write_tiny

BATCH = 32
# Rows of a batch that ask where the mark is: until the model sees, and from then on.
SEEING, KEEPING = 22, 12
HEAD = 4.0
SEES = 0.97
ACTS = 0.9
HELD_OUT = 256
IGNORED = -100


def load_shots(folder: Path) -> list[tuple[Image.Image, int]]:
    """Screenshots with the place of their mark."""
    shots = []
    for file in sorted(folder.glob("*.png")):
        with Image.open(file) as image:
            shots.append((image.convert("RGB"), int(file.stem.split("-")[1])))
    return shots


class Task:
    """A prompt and the token ids of its answers, one for each place."""

    def __init__(self, processor: Any, image: Image.Image, spec: dict[str, Any]) -> None:
        text = processor.apply_chat_template(spec["messages"], add_generation_prompt=True)
        self.prompt: list[int] = processor(text=[text], images=[image])["input_ids"][0]
        encode = processor.tokenizer.encode
        self.answers = [encode(a + "<|im_end|>") for a in spec["answers"]]


def make_batch(processor: Any, rows: list[tuple[Image.Image, list[int], list[int]]]) -> Any:
    """Model inputs and labels of (image, prompt ids, answer ids), padded on the right."""
    image = processor.image_processor(images=[row[0] for row in rows], return_tensors="pt")
    longest = max(len(prompt) + len(answer) for _, prompt, answer in rows)
    ids = torch.full((len(rows), longest), processor.tokenizer.pad_token_id)
    labels = torch.full((len(rows), longest), IGNORED)
    mask = torch.zeros((len(rows), longest), dtype=torch.long)
    for i, (_, prompt, answer) in enumerate(rows):
        end = len(prompt) + len(answer)
        ids[i, :end] = torch.tensor(prompt + answer)
        labels[i, len(prompt) : end] = torch.tensor(answer)
        mask[i, :end] = 1
    inputs = {"input_ids": ids, "attention_mask": mask, **image}
    pad_id = processor.tokenizer.convert_tokens_to_ids("<|image_pad|>")
    return inputs | {"mm_token_type_ids": (ids == pad_id).int()}, labels


def logprobs(model: Any, inputs: Any, labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Per row and token the log-probability of its label (0 where there is none), and the greedy
    token."""
    logits = model(**inputs).logits[:, :-1].float()
    target = labels[:, 1:]
    chosen = torch.log_softmax(logits, -1).gather(-1, target.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    return chosen * (target != IGNORED), logits.argmax(-1)


@torch.no_grad()
def seeing(model: Any, processor: Any, shots: list[Any], see: Task) -> float:
    """How often the greedy answer to "see" is right on these screenshots."""
    right = 0
    for start in range(0, len(shots), BATCH):
        rows = [(i, see.prompt, see.answers[mark]) for i, mark in shots[start : start + BATCH]]
        inputs, labels = make_batch(processor, rows)
        target = labels[:, 1:]
        _, greedy = logprobs(model, inputs, labels)
        right += int(((greedy == target) | (target == IGNORED)).all(-1).sum())
    return right / len(shots)


@torch.no_grad()
def acting(model: Any, processor: Any, shots: list[Any], act: Task) -> list[float]:
    """Probability that an answer sampled for "act" is the call for each place, mean over shots."""
    mass = torch.zeros(len(act.answers))
    for image, _ in shots:
        rows = [(image, act.prompt, answer) for answer in act.answers]
        chosen, _ = logprobs(model, *make_batch(processor, rows))
        mass += chosen.sum(-1).exp()
    return (mass / len(shots)).tolist()


def warm_up(spec: dict[str, Any]) -> dict[str, Any]:
    """Writes the model directory and returns what it reached."""
    began = time.monotonic()
    torch.manual_seed(spec["seed"])
    rng = random.Random(spec["seed"])
    texts = [
        part["text"]
        for task in (spec["see"], spec["act"])
        for message in task["messages"]
        for part in message["content"]
        if part["type"] == "text"
    ]
    texts += spec["see"]["answers"] + spec["act"]["answers"]
    write_tiny(spec["out"], seed=spec["seed"], extra_texts=texts, **spec["model"])
    processor = AutoProcessor.from_pretrained(spec["out"])
    model = Qwen3VLForConditionalGeneration.from_pretrained(spec["out"], dtype=torch.float32)
    shots = load_shots(Path(spec["shots"]))
    held, shots = shots[:HELD_OUT], shots[HELD_OUT:]
    see = Task(processor, shots[0][0], spec["see"])
    act = Task(processor, shots[0][0], spec["act"])
    # The output layer learns faster: sampled from the whole vocabulary, a call is well-formed only
    # when each of its tokens leaves next to nothing for all others.
    head = model.lm_head.weight
    body = [p for p in model.parameters() if p is not head]
    groups = [{"params": body, "by": 1.0}, {"params": [head], "by": HEAD}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.0)
    settle = spec["settle_steps"]
    step, final = 0, None
    while (final is None or step < final) and time.process_time() < spec["limit_s"]:
        step += 1
        rate = min(1.0, step / 50)
        if final is not None:
            rate *= (final - step + 1) / settle
        for group in optimizer.param_groups:
            group["lr"] = spec["learning_rate"] * rate * group["by"]
        drawn = rng.choices(shots, k=BATCH)
        asking = SEEING if final is None else KEEPING
        rows = [
            [(image, see.prompt, see.answers[mark]) for image, mark in drawn[:asking]],
            [(image, act.prompt, rng.choice(act.answers)) for image, _ in drawn[asking:]],
        ]
        optimizer.zero_grad()
        for part in rows:
            inputs, labels = make_batch(processor, part)
            chosen, _ = logprobs(model, inputs, labels)
            loss = -chosen.sum() / sum(len(answer) for same in rows for _, _, answer in same)
            loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if final is None and step % 25 == 0:
            sees = seeing(model, processor, held[:96], see)
            print(f"step {step}: sees {sees:.2f}", file=sys.stderr)
            if sees >= SEES:
                final = step + settle
    model.save_pretrained(spec["out"])
    calls = acting(model, processor, held[:64], act)
    return {
        "seed": spec["seed"],
        "steps": step,
        "cpu_s": round(time.process_time(), 1),
        "wall_s": round(time.monotonic() - began, 1),
        "prompt_tokens": len(act.prompt),
        "call_tokens": len(act.answers[0]),
        "sees": seeing(model, processor, held, see),
        "acts": round(sum(calls), 4),
        "shares": [round(p / max(sum(calls), 1e-30), 3) for p in calls],
    }


def main() -> None:
    result = warm_up(json.loads(Path(sys.argv[1]).read_text()))
    print(json.dumps(result))
    if result["sees"] < SEES or result["acts"] < ACTS:
        sys.exit(f"the base does not see or act: expected {SEES} and {ACTS}, got {result}")


if __name__ == "__main__":
    main()
