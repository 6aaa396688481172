"""The engine: exact LoRA updates over shared prefixes.

    engine = Engine(model_path, dtype, device, images=read_png)
    engine.create_model("m", rank=16, alpha=32)
    engine.forward_backward("m", datums, {"kind": "dr_grpo", "max_completion_length": 128})
    engine.optim_step("m", {"learning_rate": 2e-5})
    engine.publish("m", folder, version=1)

One call at a time: the caller serialises. Gradients add up until `optim_step`. The log-probs of
the forward pass that trains are those of the policy before the step, so there is no separate pass
for them. With several processes each has an engine and gets the same calls: the two passes do a
share of the datums, the rest is done alike (`ranks`). Over 400 lines because adapter, caches and
micro-batches of a step are one state.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import torch
from torch import Tensor

from . import losses, memory
from .adapter import Adapter, LoraSpec, Slots, json_bytes, parse_adam, read_state, sha256_files, write_folder
from .base_model import BaseModel, load
from .datum import Datum, atoms, parse_datums
from .errors import EngineError
from .family import Picture
from .logprobs import completion_logprobs
from .loss_metrics import Outcome, by_datum, report
from .loud import write_loud
from .ranks import Ranks, Solo
from .trie import Budget, Packed, micro_batches, pack
from .work import Work, work_of

MANIFEST_SCHEMA = "halo.adapter/1"
# What could be computed while the operations of one micro-batch are started: about 14 ms of a GPU, 3 ms of a core.
START_FLOP = {"cuda": 6e12, "cpu": 1.5e8}
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float64": torch.float64}


@dataclass(frozen=True)
class EngineOptions:
    """How work is cut and placed; none of it changes a result beyond rounding."""

    compile: bool = False
    """Compile decoder layers and vision blocks; CUDA only pays."""
    checkpointing: str = "auto"
    """`auto`: recompute layers where the memory estimate says so; `on`; `off`."""
    max_tokens_per_micro_batch: int = 8192
    """Longest row of several sequences; on a GPU rows are cut where they fit without recomputation."""
    pad_to: int | None = None
    """Rows are multiples of this many tokens; None: 64 on a GPU, 1 on the CPU."""
    vision_cache_bytes: int = 2 << 30
    cpu_threads: int = 1
    """On the CPU: how many; sums, and so bits, depend on it, and small models gain from one."""


class Engine:
    def __init__(
        self,
        model: str | BaseModel,
        dtype: str = "float32",
        device: str = "cpu",
        *,
        images: Callable[[str], bytes] | None = None,
        options: EngineOptions | None = None,
        ranks: Ranks | Solo | None = None,
    ) -> None:
        o = options or EngineOptions()
        if o.checkpointing not in ("auto", "on", "off"):
            raise EngineError("bad_option", f"checkpointing: expected auto, on or off, got {o.checkpointing!r}")
        if dtype not in DTYPES:
            raise EngineError("bad_option", f"dtype: expected {', '.join(DTYPES)}, got {dtype!r}")
        self.options = o
        if device == "cpu":
            torch.set_num_threads(o.cpu_threads)
        if isinstance(model, str):
            model = load(model, DTYPES[dtype], device)
        self.model = model
        self.slots = Slots(model)
        self.sizes = memory.sizes_of(model.config, sum(p.numel() for p in model.model.parameters()))
        self.ranks = ranks or Solo()
        self._images = images
        self._seen: OrderedDict[str, Picture] = OrderedDict()
        self._seen_bytes = 0
        self._adapters: dict[str, Adapter] = {}
        self._resident: str | None = None
        self._loud: dict[LoraSpec, list[dict[str, Any]]] = {}
        if o.compile:
            model.compile_layers()

    # ---- models

    def create_model(
        self, model_id: str, rank: int = 16, alpha: float = 32.0, rslora: bool = False, seed: int = 0
    ) -> None:
        if model_id in self._adapters:
            raise EngineError("model_exists", f"model {model_id!r} exists already")
        self._adapters[model_id] = Adapter(
            LoraSpec(rank, float(alpha), rslora, seed),
            self.slots.shapes,
            dtype=self.model.dtype,
            device=self.model.device,
        )

    def unload(self, model_id: str) -> None:
        self._adapter(model_id)
        del self._adapters[model_id]
        if self._resident == model_id:
            self._resident = None

    def _adapter(self, model_id: str) -> Adapter:
        found = self._adapters.get(model_id)
        if found is None:
            known = ", ".join(sorted(self._adapters)) or "none"
            raise EngineError(
                "unknown_model", f"no model {model_id!r}; loaded: {known}", "create it, or load its state"
            )
        return found

    def _use(self, model_id: str) -> Adapter:
        adapter = self._adapter(model_id)
        if self._resident != model_id:
            self.slots.fill(adapter)
            self._resident = model_id
        self.slots.enable(True)
        return adapter

    # ---- passes

    def forward(
        self, model_id: str | None, datums: Sequence[Datum | Mapping[str, Any]], temperature: float = 1.0
    ) -> list[list[float]]:
        """Log-probs of every completion token; `model_id` None is the base without an adapter."""
        parsed = parse_datums(datums)
        done = self.ranks.share(parsed, lambda mine: self._score(model_id, parsed, mine, temperature))
        return by_datum(done, len(parsed))

    def _score(
        self, model_id: str | None, datums: Sequence[Datum], mine: Sequence[int], temperature: float
    ) -> list[Outcome]:
        if model_id is not None:
            self._use(model_id)
        self.slots.enable(model_id is not None)
        try:
            with torch.no_grad():
                return self._cut(datums, mine, lambda part, work: self._measure(part, work, temperature))
        finally:
            self.slots.enable(True)

    def forward_backward(
        self,
        model_id: str,
        datums: Sequence[Datum | Mapping[str, Any]],
        loss: Mapping[str, Any],
        temperature: float = 1.0,
    ) -> dict[str, Any]:
        """Adds the gradient of this loss to the model's sum. All or nothing: when any micro-batch
        fails for good, the sum is as it was before the call. What divides the loss is counted over
        all datums, so that shares add up."""
        adapter = self._use(model_id)
        spec = losses.parse_loss(loss)
        parsed = parse_datums(datums)
        losses.check(parsed, spec)
        scales = losses.token_scales(parsed, spec, losses.normalisers(parsed, spec))

        def learn(part: Sequence[int], work: Work) -> Outcome:
            outcome = self._learn(part, work, parsed, scales, spec, temperature)
            adapter.accumulate(self.slots)
            return outcome

        with self._all_or_nothing(adapter):
            done = self.ranks.share(parsed, lambda mine: self._cut(parsed, mine, learn))
        adapter.accumulated += 1
        return report(done, parsed, spec)

    @contextmanager
    def _all_or_nothing(self, adapter: Adapter) -> Iterator[None]:
        before = adapter.grad.clone() if adapter.accumulated else None
        try:
            yield
        except BaseException:
            self.slots.drop_gradients()
            if before is None:
                adapter.grad.zero_()
            else:
                adapter.grad.copy_(before)
            raise

    def optim_step(self, model_id: str, adam: Mapping[str, Any] | None = None) -> dict[str, float]:
        """One AdamW step on the gradient summed over calls and processes, which it clears."""
        adapter = self._adapter(model_id)
        if adapter.accumulated == 0:
            raise EngineError(
                "no_gradients", f"model {model_id!r} has no gradient to step on", "send forward_backward first"
            )
        spec = parse_adam(adam or {})
        self.ranks.sum(adapter.grad)
        try:
            metrics = adapter.optim_step(spec)
        finally:
            if self._resident == model_id:
                self._resident = None
        self.ranks.agree(metrics)
        if self.model.device.type == "cuda":
            # A vLLM that starts again beside this process finds what it needs.
            torch.cuda.empty_cache()
        return metrics

    # ---- cutting work

    def _cut(
        self, datums: Sequence[Datum], mine: Sequence[int], run: Callable[[Sequence[int], Work], Outcome]
    ) -> list[Outcome]:
        """Runs these datums in micro-batches, the cheapest cut; one that does not fit the memory is halved."""
        work = work_of(self.model, datums, mine, self._features)
        budget = self._budget()
        found = micro_batches(
            [work.paths[i] for i in mine],
            atoms([datums[i] for i in mine]),
            budget,
            share=self.model.family.shares_prefix,
        )
        todo = [[[mine[at] for at in atom] for atom in batch] for batch in reversed(found)]
        done: list[Outcome] = []
        while todo:
            batch = todo.pop()
            part = [i for atom in batch for i in atom]
            try:
                done.append(run(part, work))
                continue
            except torch.OutOfMemoryError as cause:
                self.slots.drop_gradients()
                failure = str(cause).split("\n")[0]
            # Outside the handler, whose traceback keeps the failed graph alive.
            if self.model.device.type == "cuda":
                torch.cuda.empty_cache()
            if len(batch) == 1:
                tokens = sum(len(work.paths[i].ids) for i in part)
                raise EngineError(
                    "out_of_memory",
                    f"one example of {tokens} tokens does not fit: {failure}",
                    "shorten the context, set checkpointing: on, or give vLLM a smaller share of the GPU",
                )
            half = len(batch) // 2
            todo += [batch[half:], batch[:half]]
        return done

    def _budget(self) -> Budget:
        on_gpu, most = self.model.device.type == "cuda", self.options.max_tokens_per_micro_batch
        kept = None
        if on_gpu and self.options.checkpointing == "auto":
            width = self.model.head.element_size()
            kept = memory.longest_kept(self.sizes, self.slots.rank, width=width, free=self._free(), most=most)
        start = START_FLOP["cuda" if on_gpu else "cpu"] / (4 * self.sizes.parameters)
        return Budget(most, kept, memory.attention_square(self.sizes), int(start))

    def _free(self) -> int:
        """Bytes of the GPU that nobody uses, those that the allocator holds included."""
        unused, _ = torch.cuda.mem_get_info(self.model.device)
        return unused + torch.cuda.memory_reserved(self.model.device) - torch.cuda.memory_allocated(self.model.device)

    def _features(self, sha: str) -> Picture:
        """Vision features of a screenshot, from the cache or made now."""
        if sha in self._seen:
            self._seen.move_to_end(sha)
            return self._seen[sha]
        if self._images is None:
            raise EngineError("missing_image", f"no screenshots are at hand, {sha} was asked for")
        try:
            png = self._images(sha)
        except (KeyError, FileNotFoundError) as cause:
            raise EngineError(
                "missing_image", f"screenshot {sha} was never uploaded", "PUT it by its sha256 first"
            ) from cause
        if hashlib.sha256(png).hexdigest() != sha:
            raise EngineError("image_mismatch", f"the bytes stored as {sha} have another sha256")
        found = self.model.see(png)
        self._seen[sha] = found
        self._seen_bytes += found.bytes
        while self._seen_bytes > self.options.vision_cache_bytes and len(self._seen) > 1:
            _, dropped = self._seen.popitem(last=False)
            self._seen_bytes -= dropped.bytes
        return found

    # ---- one micro-batch

    def _pack(self, part: Sequence[int], work: Work) -> tuple[Packed, list[Picture]]:
        """Packs, and numbers image tokens among the screenshots of this micro-batch alone."""
        o = self.options
        pad_to = o.pad_to or (1 if self.model.device.type == "cpu" else 64)
        packed = pack([work.paths[i] for i in part], pad_to=pad_to, share=self.model.family.shares_prefix)
        rows = packed.image_row.numpy()
        present = np.unique(rows)
        shown = [sha for sha, start in work.first_row.items() if start in present]
        features = [self._features(sha) for sha in shown]
        if shown:
            start = np.array([work.first_row[sha] for sha in shown])
            here = np.cumsum([0, *(f.tokens for f in features[:-1])])
            rows = rows + (here - start)[np.searchsorted(start, rows, side="right") - 1]
        packed = replace(packed, image_row=torch.from_numpy(rows))
        return packed.to(self.model.device), features

    def _logprobs(
        self, packed: Packed, features: Sequence[Picture], mask: Tensor, temperature: float
    ) -> tuple[Tensor, Tensor]:
        hidden = self.model.decode(packed, features, mask)
        chosen = hidden.reshape(-1, hidden.shape[-1])[packed.predicts]
        m = self.model
        return completion_logprobs(chosen, m.head, packed, temperature=temperature * m.parts.divisor, bias=m.head_bias)

    def _measure(self, part: Sequence[int], work: Work, temperature: float) -> Outcome:
        packed, features = self._pack(part, work)
        self.model.set_checkpointing(False)
        logp, entropy = self._logprobs(packed, features, packed.bias(self.model.dtype), temperature)
        return Outcome(part, packed.lengths, logp.cpu(), entropy.cpu())

    def _learn(
        self,
        part: Sequence[int],
        work: Work,
        datums: Sequence[Datum],
        scales: Sequence[float],
        spec: losses.LossSpec,
        temperature: float,
    ) -> Outcome:
        packed, features = self._pack(part, work)
        mask = packed.bias(self.model.dtype)
        mine = [datums[i] for i in part]
        ref = self._reference(packed, features, mask, mine, temperature) if spec.kl_coef else None
        self.model.set_checkpointing(self._recompute(packed))
        logp, entropy = self._logprobs(packed, features, mask, temperature)
        batch = losses.Batch.of(mine, [scales[i] for i in part], logp)
        loss = losses.batch_loss(logp, batch, ref, spec)
        loss.backward()
        shown = None if ref is None else ref.cpu()
        return Outcome(part, packed.lengths, logp.detach().cpu(), entropy.cpu(), shown, float(loss.detach()))

    def _reference(
        self, packed: Packed, features: Sequence[Picture], mask: Tensor, datums: Sequence[Datum], temperature: float
    ) -> Tensor:
        """Log-probs of the base model, [C]: those the datums bring, or one pass without adapter."""
        if all(d.ref_logprobs is not None for d in datums):
            wide = torch.promote_types(self.model.dtype, torch.float32)
            return torch.tensor([x for d in datums for x in d.ref_logprobs], dtype=wide, device=self.model.device)
        self.slots.enable(False)
        self.model.set_checkpointing(False)
        try:
            with torch.no_grad():
                return self._logprobs(packed, features, mask, temperature)[0]
        finally:
            self.slots.enable(True)

    def _recompute(self, packed: Packed) -> bool:
        if self.options.checkpointing != "auto":
            return self.options.checkpointing == "on"
        if self.model.device.type != "cuda":
            return False
        return not memory.fits(
            self.sizes,
            self.slots.rank,
            tokens=packed.ids.numel(),
            row=packed.ids.shape[1],
            width=self.model.head.element_size(),
            free=self._free(),
        )

    # ---- folders

    def save_state(self, model_id: str, folder: str | FilePath) -> dict[str, Any]:
        """Writes everything the next step depends on: masters, moments, step, generator."""
        adapter = self._adapter(model_id)
        if adapter.accumulated:
            raise EngineError(
                "pending_gradients",
                f"model {model_id!r} has gradients that no optim_step has used",
                "save after optim_step",
            )
        tensors, about = adapter.state()
        about["base"] = self.model.name
        about["dtype"] = str(self.model.dtype).removeprefix("torch.")
        write_folder(folder, {"state.safetensors": tensors, "state.json": json_bytes(about)}, replace=True)
        return {"step": adapter.step}

    def load_state(self, model_id: str, folder: str | FilePath) -> dict[str, Any]:
        """Restores a saved state; creates the model where it does not exist."""
        tensors, about = read_state(folder)
        try:
            spec = LoraSpec(**about["lora"])
        except (KeyError, TypeError) as cause:
            raise EngineError("bad_state", f"{folder}/state.json: {cause}") from cause
        fresh = Adapter(spec, self.slots.shapes, dtype=self.model.dtype, device=self.model.device)
        fresh.load_state(tensors, about)
        self._adapters[model_id] = fresh
        if self._resident == model_id:
            self._resident = None
        return {"step": fresh.step}

    def publish(
        self,
        model_id: str,
        folder: str | FilePath,
        version: int,
        base: str | None = None,
        canaries: FilePath | None = None,
    ) -> dict[str, Any]:
        """Writes the adapter as stock PEFT and vLLM load it, with a manifest that says how a fixed
        text is scored with and without it, and by the loud adapters in the folder `canaries`, which
        are made the first time. A folder is written once (`folder_exists`)."""
        adapter = self._use(model_id)
        name = base or self.model.name
        dtype = torch.float32 if self.model.dtype == torch.float64 else self.model.dtype
        ids = self.model.canary_ids()
        probe = [Datum(tuple(ids[:1]), tuple(ids[1:]))]
        out = FilePath(folder).absolute()
        config = json_bytes(adapter.peft_config(name, self.model.parts.targets))
        tensors = adapter.peft_tensors(dtype)
        manifest: dict[str, Any] = {
            "schema": MANIFEST_SCHEMA,
            "version": version,
            "base": name,
            "location": str(out),
            "sha256": "",
            "rank": adapter.spec.rank,
            "alpha": adapter.spec.alpha,
            "rslora": adapter.spec.rslora,
            "dtype": str(self.model.dtype).removeprefix("torch."),
            "canary": {
                "ids": ids,
                "logprobs": self._score(model_id, probe, [0], 1.0)[0].logp.tolist(),
                "base_logprobs": self._score(None, probe, [0], 1.0)[0].logp.tolist(),
            },
        }

        if canaries is not None:
            manifest["projections"] = self._loud_ones(adapter, probe, canaries, name)

        def finish(written: FilePath) -> None:
            manifest["sha256"] = sha256_files(written)
            (written / "halo.json").write_bytes(json_bytes(manifest))

        write_folder(
            out, {"adapter_config.json": config, "adapter_model.safetensors": tensors}, replace=False, finish=finish
        )
        return manifest

    def _loud_ones(self, adapter: Adapter, probe: Sequence[Datum], folder: FilePath, base: str) -> list[dict[str, Any]]:
        spec = replace(adapter.spec, seed=0)
        if spec not in self._loud:

            def score(loud: Adapter | None) -> list[float]:
                self._resident = None
                if loud is not None:
                    self.slots.fill(loud)
                self.slots.enable(loud is not None)
                with torch.no_grad():
                    return self._cut(probe, [0], lambda part, work: self._measure(part, work, 1.0))[0].logp.tolist()

            try:
                out = folder / f"r{spec.rank}-a{spec.alpha:g}{'-rs' if spec.rslora else ''}"
                self._loud[spec] = write_loud(self, spec, out, base=base, score=score)
            finally:
                self.slots.enable(True)
        return self._loud[spec]

    def info(self) -> dict[str, Any]:
        """What this engine is and can do, for a client's checks."""
        m = self.model
        return {
            "model": m.name,
            "family": m.config.model_type,
            "dtype": str(m.dtype).removeprefix("torch."),
            "device": str(m.device),
            "processes": self.ranks.count,
            "parameters": self.sizes.parameters,
            "vocab": m.vocab,
            "image_token_id": m.image_id,
            "image_tiles": m.family.tiles,
            "video_token_id": m.video_id,
            "losses": list(losses.LOSSES),
            "options": asdict(self.options),
            "models": {
                name: {**asdict(a.spec), "step": a.step, "accumulated": a.accumulated}
                for name, a in self._adapters.items()
            },
            "vision_cache": {"images": len(self._seen), "bytes": self._seen_bytes},
        }
