"""Small random models of many families, as folders that transformers loads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import transformers as t
from cases import VOCAB

from halo_lora.base_model import class_of
from halo_lora.tiny import randomise

IMAGE, VIDEO, START, END = VOCAB, VOCAB + 1, VOCAB + 2, VOCAB + 3
SIZES = {
    "vocab_size": VOCAB + 20,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 512,
    "pad_token_id": 0,
    "bos_token_id": 0,
    "eos_token_id": 0,
}
HEAD = SIZES | {"head_dim": 16}
WINDOWED = ["sliding_attention", "full_attention", "sliding_attention"]
MULTIPLIERS = {"embedding_multiplier": 2.0, "residual_multiplier": 0.7, "logits_scaling": 3.0}
# A window far shorter than a row.
WINDOW = 7
MROPE = {"rope_type": "default", "rope_theta": 1e4, "mrope_section": [2, 3, 3]}
LINEAR = {
    "linear_num_value_heads": 4,
    "linear_num_key_heads": 2,
    "linear_key_head_dim": 16,
    "linear_value_head_dim": 16,
}
MAMBA = {"mamba_n_heads": 4, "mamba_d_head": 32, "mamba_d_state": 16, "mamba_chunk_size": 16}
MIXED = ["linear_attention", "full_attention", "linear_attention"]

TEXT: dict[str, Callable[[], Any]] = {
    "llama": lambda: t.LlamaConfig(**SIZES),
    "qwen2": lambda: t.Qwen2Config(**SIZES),
    "qwen3": lambda: t.Qwen3Config(**HEAD),
    "smollm3": lambda: t.SmolLM3Config(**SIZES, no_rope_layers=[1, 0, 1]),
    "granite": lambda: t.GraniteConfig(**SIZES, **MULTIPLIERS),
    "phi": lambda: t.PhiConfig(**SIZES),
    "phi3": lambda: t.Phi3Config(**SIZES),
    "mistral": lambda: t.MistralConfig(**SIZES, sliding_window=WINDOW),
    "gemma3_text": lambda: t.Gemma3TextConfig(**HEAD, sliding_window=WINDOW, layer_types=WINDOWED),
    "olmo2": lambda: t.Olmo2Config(**SIZES),
    "cohere": lambda: t.CohereConfig(**SIZES, logit_scale=0.25),
    "gpt_neox": lambda: t.GPTNeoXConfig(**{k: v for k, v in SIZES.items() if k != "num_key_value_heads"}),
}
STATEFUL: dict[str, Callable[[], Any]] = {
    "qwen3_5_text": lambda: t.Qwen3_5TextConfig(**HEAD, **LINEAR, layer_types=MIXED),
    "lfm2": lambda: t.Lfm2Config(**SIZES, layer_types=["conv", "full_attention", "conv"]),
    "bamba": lambda: t.BambaConfig(**SIZES, **MAMBA, attn_layer_indices=[1]),
}
REFUSED: dict[str, Callable[[], Any]] = {
    "gpt2": lambda: t.GPT2Config(vocab_size=VOCAB, n_embd=64, n_layer=2, n_head=4),
    "mamba": lambda: t.MambaConfig(vocab_size=VOCAB, hidden_size=64, num_hidden_layers=2),
    "gemma2": lambda: t.Gemma2Config(**HEAD, final_logit_softcapping=3.0),
}


def qwen2_5_vl() -> tuple[Any, Any]:
    vision = {"depth": 2, "hidden_size": 64, "intermediate_size": 96, "num_heads": 2, "out_hidden_size": 64}
    config = t.Qwen2_5_VLConfig(
        text_config=SIZES | {"rope_parameters": MROPE},
        vision_config=vision | {"window_size": 56, "fullatt_block_indexes": [1]},
        **_tokens(),
    )
    return config, t.Qwen2VLImageProcessor(size={"shortest_edge": 784, "longest_edge": 16777216})


def qwen2_vl() -> tuple[Any, Any]:
    vision = {"depth": 2, "embed_dim": 64, "hidden_size": 64, "num_heads": 2, "mlp_ratio": 2}
    config = t.Qwen2VLConfig(text_config=SIZES | {"rope_parameters": MROPE}, vision_config=vision, **_tokens())
    return config, t.Qwen2VLImageProcessor(size={"shortest_edge": 784, "longest_edge": 16777216})


def qwen3_5() -> tuple[Any, Any]:
    vision = {"depth": 2, "hidden_size": 64, "intermediate_size": 96, "num_heads": 2, "out_hidden_size": 64}
    rope = MROPE | {"mrope_interleaved": True, "partial_rotary_factor": 1.0}
    config = t.Qwen3_5Config(
        text_config=HEAD | LINEAR | {"layer_types": MIXED, "rope_parameters": rope},
        vision_config=vision | {"num_position_embeddings": 64},
        **_tokens(),
    )
    return config, t.Qwen2VLImageProcessor(patch_size=16, size={"shortest_edge": 1024, "longest_edge": 16777216})


def gemma3() -> tuple[Any, Any]:
    vision = {"hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = t.Gemma3Config(
        text_config=HEAD | {"sliding_window": WINDOW, "layer_types": WINDOWED},
        vision_config=vision | {"image_size": 64, "patch_size": 16},
        mm_tokens_per_image=4,
        image_token_index=IMAGE,
        boi_token_index=START,
        eoi_token_index=END,
    )
    return config, t.Gemma3ImageProcessor(size={"height": 64, "width": 64})


def tiled(make_config: Callable[..., Any], make_processor: Callable[..., Any]) -> tuple[Any, Any]:
    """A model that cuts pictures into tiles: 128 × 64 is two, and the whole."""
    vision = {"hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = make_config(
        text_config=SIZES | {"model_type": "llama"},
        vision_config=vision | {"image_size": 64, "patch_size": 16},
        image_token_id=IMAGE,
        scale_factor=2,
        pad_token_id=0,
    )
    edges = {"size": {"longest_edge": 128}, "max_image_size": {"longest_edge": 64}}
    return config, make_processor(**edges, do_image_splitting=True)


SEEING: dict[str, Callable[[], tuple[Any, Any]]] = {
    "qwen2_vl": qwen2_vl,
    "qwen2_5_vl": qwen2_5_vl,
    "qwen3_5": qwen3_5,
    "gemma3": gemma3,
    "smolvlm": lambda: tiled(t.SmolVLMConfig, t.SmolVLMImageProcessor),
    "idefics3": lambda: tiled(t.Idefics3Config, t.Idefics3ImageProcessor),
}


def _tokens() -> dict[str, int]:
    names = ("image", "video", "vision_start", "vision_end")
    return {f"{name}_token_id": VOCAB + at for at, name in enumerate(names)}


def write(folder: Path, config: Any, processor: Any = None, seed: int = 0) -> str:
    """Writes a random model of this config with its processor; returns the folder."""
    model = class_of(config)(config).float()
    randomise(model, seed)
    with torch.no_grad():
        # Scores of a few units: larger ones round more than the comparison allows.
        model.get_input_embeddings().weight.mul_(0.2)
    model.tie_weights()
    model.save_pretrained(folder)
    if processor is not None:
        processor.save_pretrained(folder)
    return str(folder)
