"""Writes a small random Qwen3-VL directory that transformers loads and vLLM serves.

    python -m halo_lora.tiny DIR [--seed 0 --layers 2 --hidden 64 ...] [--text FILE ...]

The same arguments give byte-identical weights. Head sizes are ones that vLLM's CPU attention knows
(text 32). The tokenizer is a byte-level BPE with Qwen's special tokens and one token per digit,
trained on the lines of a `computer_use` tool call and on the texts given by the caller, so that
their prompts stay short.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SPECIAL_TOKENS = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
# Whole tokens that decoding keeps, as in Qwen3-VL's own vocabulary.
CALL_TOKENS = ("<tool_call>", "</tool_call>")

# Qwen's pre-tokenizer: words, single digits, runs of punctuation, white space.
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

CHAT_TEMPLATE = """\
{%- for message in messages %}
{{- '<|im_start|>' + message.role + '\\n' }}
{%- if message.content is string %}
{{- message.content }}
{%- else %}
{%- for part in message.content %}
{%- if part.type in ('image', 'image_url') or 'image' in part or 'image_url' in part %}
{{- '<|vision_start|><|image_pad|><|vision_end|>' }}
{%- elif 'text' in part %}
{{- part.text }}
{%- endif %}
{%- endfor %}
{%- endif %}
{{- '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""

_ACTIONS = (
    '{"action": "left_click", "coordinate": [250, 750]}',
    '{"action": "double_click", "coordinate": [134, 906]}',
    '{"action": "left_click_drag", "start_coordinate": [20, 30], "coordinate": [478, 569]}',
    '{"action": "mouse_move", "coordinate": [500, 500]}',
    '{"action": "type", "text": "hello", "submit": true}',
    '{"action": "key", "keys": ["ctrl", "a"]}',
    '{"action": "scroll", "pixels": -300, "coordinate": [500, 500]}',
    '{"action": "wait", "time": 1}',
    '{"action": "terminate", "status": "success"}',
    '{"action": "answer", "text": "done"}',
)


def training_lines(extra_texts: Sequence[str] = ()) -> list[str]:
    """Text that the tokenizer learns its merges from."""
    call = '<tool_call>\n{"name": "computer_use", "arguments": %s}\n</tool_call>'
    lines = [call % action for action in _ACTIONS]
    lines += ["system\nYou are a helpful assistant.", "user\n", "assistant\n"]
    # Twice, so that every word of a caller's prompt can become one token.
    return lines * 8 + list(extra_texts) * 2


def train_tokenizer(vocab: int, extra_texts: Sequence[str] = ()) -> Any:
    """A `tokenizers.Tokenizer` of at most `vocab` entries with every byte in its alphabet."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    added = len(SPECIAL_TOKENS) + len(CALL_TOKENS)
    trainer = trainers.BpeTrainer(
        vocab_size=max(vocab - added, 256),
        min_frequency=2,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    lines = []
    for line in training_lines(extra_texts):
        for token in SPECIAL_TOKENS + CALL_TOKENS:
            line = line.replace(token, " ")
        lines.append(line)
    tokenizer.train_from_iterator(lines, trainer)
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in SPECIAL_TOKENS])
    tokenizer.add_tokens([AddedToken(t, special=False, normalized=False) for t in CALL_TOKENS])
    return tokenizer


def make_config(
    tokenizer: Any,
    *,
    layers: int,
    hidden: int,
    ffn: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    vision_depth: int,
    vision_hidden: int,
    vision_heads: int,
    tied: bool,
) -> Any:
    """`Qwen3VLConfig` of these sizes with the ids of this tokenizer."""
    from transformers import Qwen3VLConfig

    ids = {token: tokenizer.token_to_id(token) for token in SPECIAL_TOKENS}
    half = head_dim // 2
    side = half // 3
    rope = {
        "rope_type": "default",
        "rope_theta": 5_000_000.0,
        "mrope_section": [half - 2 * side, side, side],
        "mrope_interleaved": True,
    }
    return Qwen3VLConfig(
        architectures=["Qwen3VLForConditionalGeneration"],
        dtype="float32",
        image_token_id=ids["<|image_pad|>"],
        video_token_id=ids["<|video_pad|>"],
        vision_start_token_id=ids["<|vision_start|>"],
        vision_end_token_id=ids["<|vision_end|>"],
        tie_word_embeddings=tied,
        text_config={
            "vocab_size": tokenizer.get_vocab_size(),
            "hidden_size": hidden,
            "intermediate_size": ffn,
            "num_hidden_layers": layers,
            "num_attention_heads": heads,
            "num_key_value_heads": kv_heads,
            "head_dim": head_dim,
            "max_position_embeddings": 32768,
            "rms_norm_eps": 1e-6,
            "rope_parameters": rope,
            "tie_word_embeddings": tied,
            "bos_token_id": ids["<|endoftext|>"],
            "eos_token_id": ids["<|im_end|>"],
            "pad_token_id": ids["<|endoftext|>"],
            "dtype": "float32",
        },
        vision_config={
            "depth": vision_depth,
            "hidden_size": vision_hidden,
            "intermediate_size": 2 * vision_hidden,
            "num_heads": vision_heads,
            "patch_size": 16,
            "spatial_merge_size": 2,
            "temporal_patch_size": 2,
            "out_hidden_size": hidden,
            "num_position_embeddings": 256,
            "deepstack_visual_indexes": list(range(min(vision_depth, layers, 2))),
            "dtype": "float32",
        },
    )


def randomise(model: Any, seed: int, position_std: float = 0.5) -> None:
    """Draws every parameter in name order: matrices by 1/sqrt(fan-in), norms and biases visibly."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    for name, parameter in sorted(model.named_parameters()):
        noise = torch.randn(parameter.shape, generator=generator)
        if name.endswith("bias"):
            value = 0.05 * noise
        elif parameter.ndim == 1:
            value = 1 + 0.1 * noise
        elif "pos_embed" in name:
            value = position_std * noise
        elif "embed_tokens" in name:
            value = 0.5 * noise
        else:
            value = noise / parameter[0].numel() ** 0.5
        with torch.no_grad():
            parameter.copy_(value)


def write_tiny(
    directory: str | Path,
    *,
    seed: int = 0,
    layers: int = 2,
    hidden: int = 64,
    ffn: int = 128,
    heads: int = 4,
    kv_heads: int = 2,
    head_dim: int = 32,
    vision_depth: int = 2,
    vision_hidden: int = 64,
    vision_heads: int = 2,
    vocab: int = 512,
    tied: bool = False,
    min_pixels: int = 1024,
    position_std: float = 0.5,
    extra_texts: Sequence[str] = (),
) -> Path:
    """Writes the directory and returns it.

    `vocab` bounds the tokenizer (it may end smaller: the model has exactly its entries).
    `min_pixels` is the image area below which the processor scales up: small by default, so that a
    screenshot whose sides are multiples of 32 reaches the model as it is.
    """
    from transformers import Qwen3VLForConditionalGeneration

    if len(range(min(vision_depth, layers, 2))) == 0:
        raise ValueError(f"expected at least one layer each, got {layers=} {vision_depth=}")
    out = Path(directory)
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = train_tokenizer(vocab, extra_texts)
    config = make_config(
        tokenizer,
        layers=layers,
        hidden=hidden,
        ffn=ffn,
        heads=heads,
        kv_heads=kv_heads,
        head_dim=head_dim,
        vision_depth=vision_depth,
        vision_hidden=vision_hidden,
        vision_heads=vision_heads,
        tied=tied,
    )
    model = Qwen3VLForConditionalGeneration(config).float()
    randomise(model, seed, position_std)
    model.tie_weights()
    model.save_pretrained(out)
    for file in out.glob("*.safetensors"):
        file.chmod(0o644)
    tokenizer.save(str(out / "tokenizer.json"))
    (out / "chat_template.jinja").write_text(CHAT_TEMPLATE)
    _write_json(
        out / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "eos_token": "<|im_end|>",
            "pad_token": "<|endoftext|>",
            "additional_special_tokens": list(SPECIAL_TOKENS),
            "clean_up_tokenization_spaces": False,
            "model_max_length": 32768,
        },
    )
    eos = tokenizer.token_to_id("<|im_end|>")
    _write_json(
        out / "generation_config.json",
        {
            "do_sample": True,
            "temperature": 1.0,
            "eos_token_id": [eos, tokenizer.token_to_id("<|endoftext|>")],
            "pad_token_id": tokenizer.token_to_id("<|endoftext|>"),
        },
    )
    image = {
        "patch_size": 16,
        "temporal_patch_size": 2,
        "merge_size": 2,
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
        "processor_class": "Qwen3VLProcessor",
    }
    _write_json(
        out / "preprocessor_config.json",
        image
        | {
            "size": {"shortest_edge": min_pixels, "longest_edge": 16777216},
            "image_processor_type": "Qwen2VLImageProcessorFast",
        },
    )
    _write_json(
        out / "video_preprocessor_config.json",
        image
        | {"size": {"shortest_edge": 4096, "longest_edge": 25165824}, "video_processor_type": "Qwen3VLVideoProcessor"},
    )
    return out


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m halo_lora.tiny", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("directory")
    for name, value in (
        ("seed", 0),
        ("layers", 2),
        ("hidden", 64),
        ("ffn", 128),
        ("heads", 4),
        ("kv-heads", 2),
        ("head-dim", 32),
        ("vision-depth", 2),
        ("vision-hidden", 64),
        ("vision-heads", 2),
        ("vocab", 512),
        ("min-pixels", 1024),
    ):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--position-std", type=float, default=0.5)
    parser.add_argument("--tied", action="store_true", help="lm_head shares the embedding")
    parser.add_argument(
        "--text",
        action="append",
        default=[],
        metavar="FILE",
        help="file whose text the tokenizer should keep short; may be repeated",
    )
    options = vars(parser.parse_args(argv))
    texts = [Path(file).read_text() for file in options.pop("text")]
    out = write_tiny(options.pop("directory"), extra_texts=texts, **options)
    size = sum(file.stat().st_size for file in out.iterdir())
    print(f"{out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
