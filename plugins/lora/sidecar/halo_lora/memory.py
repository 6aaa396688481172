"""What training needs on a GPU, worked out from the model's config; a plan for a card's size.

python -m halo_lora.memory --gpu 80 [--utilisation 0.45 --rank 16 --tokens 1700 --rows 2]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

GIB = 2**30


@dataclass(frozen=True)
class Sizes:
    """Of a model, from its config."""

    layers: int
    hidden: int
    ffn: int
    heads: int
    kv_heads: int
    head_dim: int
    vocab: int
    parameters: int
    deepstack: int


def sizes_of(config: Any, parameters: int | None = None) -> Sizes:
    """`parameters` is counted on the model; without it that of a Qwen3-VL is worked out."""
    t = config.get_text_config()
    return Sizes(
        t.num_hidden_layers,
        t.hidden_size,
        getattr(t, "intermediate_size", None) or 4 * t.hidden_size,
        t.num_attention_heads,
        getattr(t, "num_key_value_heads", None) or t.num_attention_heads,
        getattr(t, "head_dim", None) or t.hidden_size // t.num_attention_heads,
        t.vocab_size,
        parameters or _parameters(config),
        len(getattr(getattr(config, "vision_config", None), "deepstack_visual_indexes", ())),
    )


def _parameters(config: Any) -> int:
    """Of a Qwen3-VL."""
    t, v = config.text_config, config.vision_config
    inner, kv = t.num_attention_heads * t.head_dim, t.num_key_value_heads * t.head_dim
    layer = 2 * t.hidden_size * (inner + kv) + 3 * t.hidden_size * t.intermediate_size
    layer += 2 * t.hidden_size + 2 * t.head_dim
    heads = 1 if config.tie_word_embeddings else 2
    block = 4 * v.hidden_size**2 + 2 * v.hidden_size * v.intermediate_size
    block += 9 * v.hidden_size + v.intermediate_size
    merged = v.hidden_size * v.spatial_merge_size**2
    merger = merged**2 + merged * v.out_hidden_size + merged + v.out_hidden_size
    maps = len(v.deepstack_visual_indexes)
    patch = v.hidden_size * (v.in_channels * v.temporal_patch_size * v.patch_size**2 + 1)
    return (
        t.num_hidden_layers * layer
        + heads * t.vocab_size * t.hidden_size
        + t.hidden_size
        + v.depth * block
        + (1 + maps) * merger
        + 2 * v.hidden_size
        + maps * 2 * merged
        + patch
        + v.num_position_embeddings * v.hidden_size
    )


def lora_parameters(s: Sizes, rank: int) -> int:
    inner, kv = s.heads * s.head_dim, s.kv_heads * s.head_dim
    per_layer = 2 * (s.hidden + inner) + 2 * (s.hidden + kv) + 3 * (s.hidden + s.ffn)
    return s.layers * rank * per_layer


def saved_per_token(s: Sizes, rank: int, width: int) -> int:
    """Bytes a token that one uncompiled decoder layer keeps for the backward pass; `width` is the
    model's bytes a number. A test holds it equal to what autograd keeps.
    """
    inner, kv = s.heads * s.head_dim, s.kv_heads * s.head_dim
    # Two norms: the input as float32, and the output, which the projections take.
    norms = 2 * s.hidden * (4 + width)
    # Query, keys and values repeated for every head, and the output; q and k before their norms.
    attention = 4 * inner * width + (inner + kv) * 4
    # gate, up, the activation of gate, and the product.
    mlp = 4 * s.ffn * width
    # What stands between A and B; one float32 a head and norm.
    return norms + attention + mlp + 7 * rank * width + 4 * (2 * s.heads + s.kv_heads + 2)


def activation_bytes(s: Sizes, rank: int, *, tokens: int, row: int, width: int, checkpointing: bool) -> int:
    """Peak of one micro-batch of `tokens` packed tokens in rows of `row`, logits not counted."""
    layer = saved_per_token(s, rank, width) * tokens
    # The tree mask, once for all layers.
    mask = tokens * row * width
    hidden = s.hidden * width * tokens
    if not checkpointing:
        return s.layers * layer + mask + 4 * hidden
    return s.layers * hidden + 2 * layer + mask + 4 * hidden


def logits_bytes(s: Sizes, rows: int, chunk: int = 512) -> int:
    """float32 logits of one chunk, their probabilities, and a copy in the model's dtype."""
    return min(rows, chunk) * s.vocab * (4 + 4 + 4)


def vision_bytes(s: Sizes, tokens: int, width: int) -> int:
    """Cached features of one screenshot: the merged map and the deepstack maps."""
    return tokens * s.hidden * (1 + s.deepstack) * width


def attention_square(s: Sizes) -> float:
    """What attention between two tokens costs a layer, in tokens' worth of its linear maps."""
    inner, kv = s.heads * s.head_dim, s.kv_heads * s.head_dim
    return 2 * inner / (2 * s.hidden * (inner + kv) + 3 * s.hidden * s.ffn)


def fits(s: Sizes, rank: int, *, tokens: int, row: int, width: int, free: int) -> bool:
    """Whether a micro-batch stays within nine tenths of `free` bytes without recomputation."""
    need = activation_bytes(s, rank, tokens=tokens, row=row, width=width, checkpointing=False)
    return need + logits_bytes(s, tokens) <= 0.9 * free


def longest_kept(s: Sizes, rank: int, *, width: int, free: int, most: int) -> int:
    """Tokens of the longest row, up to `most`, that fits without recomputation."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if fits(s, rank, tokens=middle, row=middle, width=width, free=free):
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True)
class Plan:
    lines: tuple[tuple[str, float], ...]
    """What, and how many GiB."""
    spare: float
    advice: str


def plan(s: Sizes, *, gpu: float, utilisation: float, rank: int, tokens: int, row: int, images: int) -> Plan:
    """A card sold as `gpu` GB, shared by vLLM (its own share, `utilisation`) and training in
    bfloat16. All figures in GiB."""
    # What drivers report of 24, 40 and 80 GB cards is 99 to 100 % of that many GiB.
    total, width = 0.99 * gpu, 2
    weights = s.parameters * width / GIB
    plain, again = (
        activation_bytes(s, rank, tokens=tokens, row=row, width=width, checkpointing=c) / GIB for c in (False, True)
    )
    fixed = (
        ("trainer: base weights", weights),
        ("trainer: adapter, masters, gradient, moments", lora_parameters(s, rank) * (2 * width + 5 * 4) / GIB),
        ("trainer: logits", logits_bytes(s, tokens) / GIB),
        ("trainer: vision cache", images * vision_bytes(s, 880, width) / GIB),
        ("trainer: CUDA context, allocator, workspaces", 2.0),
    )
    share, held = total * utilisation, sum(size for _, size in fixed)
    recomputed = share + held + plain > total
    activations = again if recomputed else plain
    # Weights, graphs and a few dozen contexts of KV cache.
    serving = 1.25 * weights
    lines = (
        ("vLLM share", share),
        *fixed,
        (f"trainer: activations{', layers recomputed' if recomputed else ''}", activations),
    )
    spare = total - share - held - activations
    if share >= serving and spare >= 0:
        advice = "both stay resident" + ("; layers are recomputed" if recomputed else "")
    elif serving + held + again <= total:
        low, high = serving / total, (total - held - again) / total
        advice = f"both stay resident at a --gpu-memory-utilization of {low:.2f} to {high:.2f}"
    elif max(serving, held + again) + 1 <= total:
        advice = (
            "the two do not fit together: let vLLM sleep (level 1) while the trainer works, or train a smaller Qwen3-VL"
        )
    else:
        advice = "too large for this card in bfloat16: use Qwen3-VL-2B or 4B"
    return Plan(lines, spare, advice)


def main(argv: Sequence[str] | None = None) -> None:
    from transformers import AutoConfig

    from .config_8b import config_8b

    parser = argparse.ArgumentParser(
        prog="python -m halo_lora.memory", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", help="directory with a config.json; default: Qwen3-VL-8B")
    parser.add_argument("--gpu", type=float, action="append", help="GB, may be repeated")
    parser.add_argument("--utilisation", type=float, default=0.45, help="vLLM's share of the card")
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument(
        "--tokens", type=int, default=1802, help="packed tokens a row: prompt + n · completion (1474 + 8 · 41)"
    )
    parser.add_argument("--rows", type=int, default=1, help="rows of a micro-batch")
    parser.add_argument("--images", type=int, default=64, help="screenshots cached")
    o = parser.parse_args(argv)
    sizes = sizes_of(AutoConfig.from_pretrained(o.model) if o.model else config_8b())
    print(
        f"{sizes.parameters / 1e9:.2f} G parameters, LoRA r{o.rank} "
        f"{lora_parameters(sizes, o.rank) / 1e6:.1f} M; micro-batch of {o.rows} × {o.tokens} "
        f"tokens; {saved_per_token(sizes, o.rank, 2) * sizes.layers / 1e6:.1f} MB of activations "
        "a token uncompiled"
    )
    for gpu in o.gpu or (80.0, 40.0, 24.0):
        found = plan(
            sizes,
            gpu=gpu,
            utilisation=o.utilisation,
            rank=o.rank,
            tokens=o.tokens * o.rows,
            row=o.tokens,
            images=o.images,
        )
        print(f"\n{gpu:g} GB, vLLM at {o.utilisation}")
        for name, size in found.lines:
            print(f"  {name:<46}{size:8.2f} GiB")
        print(f"  {'spare':<46}{found.spare:8.2f} GiB\n  → {found.advice}")


if __name__ == "__main__":
    main()
