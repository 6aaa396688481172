"""Datums of every shape that packing must get right, made from seeded noise."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import numpy as np
from PIL import Image

VOCAB = 300
SIZES = {"wide": (128, 64), "tall": (64, 160), "square": (96, 96)}


def png(name: str) -> bytes:
    """A noisy picture; its sides are multiples of 32, so an image token is 32 x 32 pixels."""
    width, height = SIZES[name]
    noise = np.random.default_rng(len(name)).integers(0, 256, (height, width, 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "PNG")
    return out.getvalue()


PNGS = {hashlib.sha256(png(name)).hexdigest(): png(name) for name in SIZES}
SHA = dict(zip(SIZES, PNGS, strict=True))


def images(sha: str) -> bytes:
    return PNGS[sha]


class Maker:
    """Draws tokens; `shown` expands a picture to its markers and pads."""

    def __init__(self, config: Any, seed: int = 0) -> None:
        self.rng = np.random.default_rng(seed)
        self.config = config

    def text(self, length: int) -> list[int]:
        return self.rng.integers(0, VOCAB, length).tolist()

    def shown(self, name: str) -> list[int]:
        width, height = SIZES[name]
        pads = [self.config.image_token_id] * (width * height // 1024)
        return [self.config.vision_start_token_id, *pads, self.config.vision_end_token_id]

    def datum(
        self, prompt: list[int], completion: list[int], *names: str, group: str = "g", **more: Any
    ) -> dict[str, Any]:
        return {
            "prompt_ids": prompt,
            "completion_ids": completion,
            "images": [SHA[n] for n in names],
            "group": group,
            "advantage": float(self.rng.normal()),
            "weight": float(self.rng.uniform(0.5, 1)),
            "logprobs": (-3 - self.rng.random(len(completion))).tolist(),
            **more,
        }


def cases(config: Any) -> dict[str, list[dict[str, Any]]]:
    m = Maker(config)
    prompt = [*m.text(9), *m.shown("wide"), *m.text(5)]
    two = [*m.text(4), *m.shown("tall"), *m.text(3), *m.shown("wide"), *m.text(6)]
    found = {
        "text": [m.datum(p, m.text(5)) for p in [m.text(12)] * 4],
        "one": [m.datum(prompt, m.text(6), "wide")],
        "image": [m.datum(prompt, m.text(6), "wide") for _ in range(4)],
        "two images": [m.datum(two, m.text(6), "tall", "wide") for _ in range(3)],
        "unequal lengths": [m.datum(prompt, m.text(n), "wide") for n in (1, 3, 9)],
        "two groups": [m.datum(prompt, m.text(4), "wide") for _ in range(2)]
        + [m.datum(two, m.text(5), "tall", "wide", group="h") for _ in range(3)],
    }
    # Chosen among a few; all start alike and one ends early, so some tokens had no other.
    trie = {(7, 20, 30): [[7], [20, 21], [30]], (7, 21, 31): [[7], [20, 21], [31, 32, 33]]}
    found["candidates"] = [
        m.datum(prompt, list(c), "wide", among=trie[c]) for c in [(7, 20, 30), (7, 21, 31), (7, 21, 31)]
    ]
    found["candidates beside free answers"] = [*found["candidates"], m.datum(prompt, m.text(4), "wide")]
    same, head = m.text(5), m.text(3)
    found["duplicates and shared heads"] = [
        m.datum(prompt, c, "wide") for c in (same, same, [*same[:3], *m.text(3)], head, [*head, *m.text(2)])
    ]
    # Two steps further down, some branches; the prompts grow by action and new text.
    first, second = m.text(3), m.text(3)
    deeper = [*prompt, *first, *m.text(4)]
    deepest = [*deeper, *second, *m.text(2)]
    found["depth three"] = [
        m.datum(prompt, first, "wide"),
        m.datum(prompt, m.text(4), "wide"),
        m.datum(deeper, second, "wide"),
        m.datum(deeper, m.text(2), "wide"),
        m.datum(deepest, m.text(3), "wide"),
        m.datum(deepest, m.text(4), "wide"),
    ]
    # Each branch ends in another picture: one in common, then one of two.
    left = [*prompt, *first, *m.text(2), *m.shown("tall"), *m.text(2)]
    right = [*prompt, *first, *m.text(2), *m.shown("square"), *m.text(2)]
    found["image inside a branch"] = [
        m.datum(prompt, first, "wide"),
        m.datum(left, m.text(3), "wide", "tall"),
        m.datum(left, m.text(5), "wide", "tall"),
        m.datum(right, m.text(4), "wide", "square"),
    ]
    # Equal ids, other pixels: nothing after the picture may be shared.
    other = [*m.text(3), *m.shown("square"), *m.text(4)]
    swapped = other[:]
    found["same ids, other pixels"] = [m.datum(other, same, "square"), m.datum(swapped, same, "square")]
    return found


def over_http(d: dict[str, Any], config: Any, version: int = 0) -> dict[str, Any]:
    """A datum with one screenshot as the routes take it."""
    ids, start = [*d["prompt_ids"], *d["completion_ids"]], len(d["prompt_ids"]) - 1
    at, tokens = d["prompt_ids"].index(config.image_token_id), d["prompt_ids"].count(config.image_token_id)
    zeros, count = [0.0] * start, len(d["completion_ids"])
    return {
        "model_input": {
            "chunks": [
                {"type": "encoded_text", "tokens": ids[:at]},
                {
                    "type": "image_asset_pointer",
                    "location": f"sha256:{d['images'][0]}",
                    "format": "png",
                    "expected_tokens": tokens,
                },
                {"type": "encoded_text", "tokens": ids[at + tokens : -1]},
            ]
        },
        "loss_fn_inputs": {
            "target_tokens": {"data": ids[1:]},
            "weights": {"data": zeros + [d["weight"]] * count},
            "advantages": {"data": zeros + [d["advantage"]] * count},
            "logprobs": {"data": zeros + d["logprobs"]},
        },
        "x_halo": {"group": d["group"], "policy_version": version},
    }
