"""One GRPO update of LoRA on Qwen3-VL: this trainer against TRL's code on the same batch.

    python plugins/lora/sidecar/bench_trainer.py [--n 8,16 --repeats 10]

On a CUDA machine: a randomly initialised Qwen3-VL-8B in bfloat16, rank 16, a prompt of 1474 tokens
with one 1280x720 screenshot, completions of 64. Peers run TRL's own `_compute_loss` and log-prob
pass over padded rows of a stock peft model, with TRL's defaults (layers recomputed, a pass for the
old log-probs) and tuned: no old pass, recomputation on and off, every micro-batch size that fits,
Liger's kernels where installed. Where TRL is not installed its formulas are computed here, over
the same padded rows. Bars: ≤ 170 ms a group, ≥ 10 times the best peer, ≤ 34 GiB at n = 8, and a
gradient no further from float32 than 1.5 times the peer's.

Without CUDA: the same on the CPU with a small model in float32, one thread, the process's own time;
bars: ≥ 3 times the best peer at n = 8, gradients equal to 1e-4.

With --peer-trl TRL's own `GRPOTrainer.train()` instead, generation replaced, at one group and at eight, on the CPU, in
the environment of requirements-trl.txt; bars: ≥ 5 times its default and ≥ 5 times its best, gradients equal to 1e-4.

Else 1, 4 and 8 groups go in one call each, at prompts of the lengths that pages make, against one call a group: never
more tokens computed, gradients equal to 1e-6.

Ends with one line, `ok` or what it missed; exits with 1 then.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import sys
from pathlib import Path
from typing import Any

import torch

sys.path.insert(0, str(Path(__file__).parent))

from bench_peer import Peer, Variant, peers
from bench_setting import (
    ADAM,
    ALPHA,
    LENGTH,
    PNG,
    RANK,
    Result,
    Setting,
    free,
    gib,
    group,
    groups,
    once,
    small_config,
    start_weights,
    timed,
)
from halo_lora.base_model import random_model
from halo_lora.config_8b import config_8b
from halo_lora.engine import Engine, EngineOptions


def ours(s: Setting, n: int, options: EngineOptions) -> tuple[Result, dict[str, float]]:
    model = random_model(s.config(), s.dtype, s.device)
    engine = Engine(model, images=lambda _: PNG, options=options)
    engine.create_model("m", rank=RANK, alpha=ALPHA)
    adapter = engine._adapter("m")
    data = group(model.config, s, n)
    loss = {"kind": "dr_grpo", "max_completion_length": LENGTH}
    metrics: dict[str, float] = {}

    def reset() -> None:
        adapter.flat.copy_(start_weights(len(adapter.flat)))
        engine._resident = None

    def update() -> None:
        # The tower runs in every update, as it does in the peers'.
        engine._seen.clear()
        metrics.update(engine.forward_backward("m", data, loss)["metrics"])
        engine.optim_step("m", ADAM)

    reset()
    engine.forward_backward("m", data, loss)
    gradient = adapter.grad.float().cpu().clone()
    adapter.grad.zero_()
    seconds, peak = timed(s, update)
    vision, _ = timed(s, lambda: _nothing(model.see(PNG)))
    work = flops(engine, s, n)
    return Result("halo", seconds, peak, gradient), {"vision_s": vision, "flops": work, **metrics}


def _nothing(_: Any) -> None:
    return None


def flops(engine: Engine, s: Setting, n: int) -> float:
    """What the update has to compute, with the causal half of attention: linear layers forward and
    input gradient, attention forward and backward (2.5 times), head, vision tower once."""
    z, t = engine.sizes, s.prompt + n * s.completion
    linear = sum(m.base.weight.numel() for m in engine.slots.modules.values())
    inner = z.heads * z.head_dim
    attended = s.prompt**2 / 2 + n * s.completion * (s.prompt + s.completion / 2)
    v = engine.model.config.vision_config
    patches = 3520
    vision = patches * 2 * (4 * v.hidden_size**2 + 2 * v.hidden_size * v.intermediate_size)
    vision = v.depth * (vision + 4 * patches**2 * v.hidden_size)
    head = 2 * n * s.completion * z.vocab * z.hidden
    return 4 * t * linear + 3.5 * 4 * attended * inner * z.layers + 2 * head + vision


def ceiling(s: Setting) -> float:
    """Best matmul rate seen, FLOP/s."""
    size = 8192 if s.cuda else 1024
    a, b = (torch.randn(size, size, device=s.device, dtype=s.dtype) for _ in range(2))
    seconds, _ = timed(s, lambda: _nothing(a @ b))
    return 2 * size**3 / seconds


# ---- peers


def relative(a: torch.Tensor, b: torch.Tensor) -> float:
    return float((a - b).norm() / b.norm())


# ---- the whole


def compare(s: Setting, n: int, options: EngineOptions, rate: float, misses: list[str]) -> str:
    print(f"\nn = {n}: {s.prompt + n * s.completion} tokens packed, {n * (s.prompt + s.completion)} padded")
    mine, about = ours(s, n, options)
    free()
    mfu = about["flops"] / mine.seconds / rate
    print(
        f"  {'halo':<46}{1000 * mine.seconds:9.0f} ms{gib(mine.peak)}   "
        f"vision {1000 * about['vision_s']:.0f} ms of it, {about['flops'] / 1e12:.2f} TFLOP, "
        f"{mfu:.0%} of the matmul ceiling",
        flush=True,
    )
    others = peers(s, n)
    default, best = others[0], min(others[1:], key=lambda r: r.seconds)
    factor = best.seconds / mine.seconds
    apart = relative(mine.gradient, best.gradient)
    if s.cuda:
        exact = Peer(s, n, torch.float32)
        truth = exact.gradient(Variant(1, True, False))
        del exact
        free()
        errors = relative(mine.gradient, truth), relative(best.gradient, truth)
        agreement = f"gradient off float32 by {errors[0]:.1e}, peer's by {errors[1]:.1e}"
        if errors[0] > 1.5 * errors[1]:
            misses.append(f"n={n}: gradient error {errors[0]:.1e} > 1.5 · {errors[1]:.1e}")
        if mine.seconds > 0.170:
            misses.append(f"n={n}: {1000 * mine.seconds:.0f} ms a group > 170 ms")
        if factor < 10:
            misses.append(f"n={n}: {factor:.1f} times the best peer < 10")
        if n == 8 and mine.peak > 34:
            misses.append(f"n=8: peak {mine.peak:.1f} GiB > 34 GiB")
    else:
        agreement = f"gradients apart by {apart:.1e}"
        if apart > 1e-4:
            misses.append(f"n={n}: gradients apart by {apart:.1e} > 1e-4")
        if n == 8 and factor < 3:
            misses.append(f"n=8: {factor:.1f} times the best peer < 3")
    print(f"  {agreement}; {factor:.1f} times the best peer, {default.seconds / mine.seconds:.1f} times its default")
    return f"n={n} {1000 * mine.seconds:.0f} ms, {factor:.1f}x best, {default.seconds / mine.seconds:.1f}x default"


def compare_groups(s: Setting, counts: list[int], prompts: list[int], options: EngineOptions, misses: list[str]) -> str:
    """Several groups of eight in one call against the same groups one call each: tokens computed, time, gradients."""
    engine = Engine(random_model(s.config(), s.dtype, s.device), images=lambda _: PNG, options=options)
    engine.create_model("m", rank=RANK, alpha=ALPHA)
    adapter = engine._adapter("m")
    adapter.flat.copy_(start_weights(len(adapter.flat)))
    loss = {"kind": "dr_grpo", "max_completion_length": LENGTH}
    seen: list[int] = []
    decode = engine.model.decode

    def counting(packed: Any, *rest: Any) -> torch.Tensor:
        seen.append(packed.ids.numel())
        return decode(packed, *rest)

    engine.model.decode = counting

    def run(calls: list[Any]) -> tuple[float, int, torch.Tensor]:
        seen.clear()
        # Each call divides by its own number of completions.
        seconds, total = 0.0, torch.zeros(len(adapter.flat))
        for data in calls:
            adapter.grad.zero_()
            took, _ = once(s, lambda data=data: engine.forward_backward("m", data, loss))
            seconds += took
            total += adapter.grad.float().cpu() / len(calls)
        return seconds, sum(seen), total

    print("\ngroups of 8 in one call against one call a group: tokens computed, time, gradients apart")
    worst = [0.0, 0.0]
    for prompt in prompts:
        for count in counts:
            data = groups(engine.model.config, count, prompt, 8)
            run([data[:8]])  # warm
            whole = run([data])
            alone = run([data[at : at + 8] for at in range(0, len(data), 8)])
            tokens, time = whole[1] / alone[1], whole[0] / alone[0]
            apart = relative(whole[2], alone[2])
            print(
                f"  {prompt:5d} tokens, {count} groups: {tokens:.2f}x tokens, {time:.2f}x time, {apart:.1e}", flush=True
            )
            worst = [max(worst[0], tokens), max(worst[1], apart)]
            if tokens > 1:
                misses.append(f"{count} groups of {prompt}: {tokens:.3f} times the tokens > 1")
            if apart > (1e-6 if s.dtype == torch.float32 else 0.05):
                misses.append(f"{count} groups of {prompt}: gradients apart by {apart:.1e}")
    return f"{counts} groups: ≤ {worst[0]:.2f}x tokens of one row a group, gradients ≤ {worst[1]:.0e} apart"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", default="8,16", help="group sizes")
    parser.add_argument("--repeats", type=int, help="timed runs each; default 10, on the CPU 1")
    parser.add_argument("--prompt", type=int, default=1474)
    parser.add_argument("--completion", type=int, default=64)
    parser.add_argument("--groups", default="1,4,8", help="groups in one call")
    parser.add_argument("--group-prompts", default="1474,1800,2100,2400,3000,4000", help="tokens of their prompts")
    parser.add_argument("--no-compile", action="store_true")
    parser.add_argument("--peer-trl", nargs="?", const="1,8", metavar="GROUPS", help="against TRL's own trainer")
    o = parser.parse_args()
    misses: list[str] = []
    if o.peer_trl:
        from bench_trl import compare_with_trl

        told = compare_with_trl([int(x) for x in o.peer_trl.split(",")], 8, o.prompt, misses)
        return close(misses, f"--peer-trl, on the CPU: {told}")
    cuda = torch.cuda.is_available()
    if not cuda:
        torch.set_num_threads(1)
    s = Setting(
        device="cuda" if cuda else "cpu",
        dtype=torch.bfloat16 if cuda else torch.float32,
        config=config_8b if cuda else small_config,
        prompt=o.prompt,
        completion=o.completion,
        repeats=o.repeats or (10 if cuda else 1),
    )
    options = EngineOptions(compile=cuda and not o.no_compile)
    where = torch.cuda.get_device_name() if cuda else "no CUDA device: compared on the CPU, a small model"
    trl = (
        "TRL " + importlib.metadata.version("trl")
        if importlib.util.find_spec("trl")
        else ("padded rows by TRL's formulas (TRL is not installed)")
    )
    rate = ceiling(s)
    print(f"{where}; {s.dtype}; against {trl}; matmul ceiling {rate / 1e12:.2f} TFLOP/s; torch {torch.__version__}")
    parts = [compare(s, int(n), options, rate, misses) for n in o.n.split(",")]
    numbers = [[int(x) for x in text.split(",") if x] for text in (o.groups, o.group_prompts)]
    parts.append(compare_groups(s, *numbers, options, misses))
    return close(misses, f"{where}, against {trl}: {'; '.join(parts)}")


def close(misses: list[str], told: str) -> int:
    print(f"{'MISSED ' + '; '.join(misses) if misses else 'ok'} bench/trainer, {told}")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
