"""What stands behind the server's routes: models in memory, their queue, their weights on disk."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from . import memory
from .blobs import Blobs
from .errors import EngineError
from .journal import Entry, Journal
from .protocol import Pass, Refused, failure
from .store import Store

log = logging.getLogger("halo_lora")
RESULTS_KEPT = 32
ENGINE_FAULTS = ("non_finite", "out_of_memory")
"""Codes that are no fault of the request."""


class EngineLike(Protocol):
    """What the server calls; one call at a time."""

    sizes: memory.Sizes

    def create_model(self, model_id: str, rank: int, alpha: float, rslora: bool, seed: int) -> None: ...
    def unload(self, model_id: str) -> None: ...
    def forward(self, model_id: str | None, datums: list[dict[str, Any]], temperature: float) -> list[list[float]]: ...
    def forward_backward(
        self, model_id: str, datums: list[dict[str, Any]], loss: dict[str, Any], temperature: float
    ) -> dict[str, Any]: ...
    def optim_step(self, model_id: str, adam: dict[str, float]) -> dict[str, float]: ...
    def save_state(self, model_id: str, folder: Path) -> dict[str, Any]: ...
    def load_state(self, model_id: str, folder: Path) -> dict[str, Any]: ...
    def publish(
        self, model_id: str, folder: Path, version: int, base: str | None, canaries: Path | None
    ) -> dict[str, Any]: ...
    def info(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Limits:
    max_models: int = 2
    """Adapters in memory; the longest unused makes room for a new one."""
    max_queue_tokens: int = 2_000_000
    max_body_bytes: int = 64 << 20
    max_staleness: int = 0
    poll_s: float = 20.0


@dataclass
class Request:
    id: str
    sha256: str
    done: asyncio.Future[str]
    """Its result as JSON, errors included; never fails."""


@dataclass
class Model:
    id: str
    rank: int
    version: int = 0
    """Updates behind its weights; changed by the worker only."""
    last_seq: int = 0
    used: float = field(default_factory=time.monotonic)
    requests: OrderedDict[int, Request] = field(default_factory=OrderedDict)

    @property
    def is_busy(self) -> bool:
        return any(not r.done.done() for r in self.requests.values())


class Sidecar:
    """Everything behind the routes."""

    def __init__(
        self,
        engine: EngineLike,
        *,
        name: str,
        store: Store,
        blobs: Blobs,
        journal: Journal,
        worker: ThreadPoolExecutor,
        limits: Limits | None = None,
    ) -> None:
        self.engine = engine
        self.name = name
        self.store = store
        self.blobs = blobs
        self.journal = journal
        self.worker = worker
        self.limits = limits or Limits()
        self.models: OrderedDict[str, Model] = OrderedDict()
        self.queued_tokens = 0
        self.about = engine.info()

    def model(self, model_id: str) -> Model:
        if found := self.models.get(model_id):
            found.used = time.monotonic()
            return found
        if self.journal.knows(model_id):
            raise Refused(
                410,
                "model_lost",
                f"model {model_id!r} is no longer in memory: the sidecar was restarted, or other models took its place",
                hint="create a model, load the last saved weights, send what came after them",
            )
        raise Refused(404, "unknown_model", f"no model {model_id!r}", field="model_id")

    # ---- requests

    def submit(
        self, model: Model, seq: int, *, op: str, raw: bytes, tokens: int, work: Callable[[], dict[str, Any]]
    ) -> Request:
        """Puts work in the queue, once for a (model, seq); asked again it is the same request."""
        sha256 = hashlib.sha256(op.encode() + b"\n" + raw).hexdigest()
        if known := model.requests.get(seq):
            if known.sha256 != sha256:
                raise Refused(409, "payload_differs", f"{seq} was used for another request", field="seq_id")
            return known
        if seq <= model.last_seq and model.last_seq:
            raise Refused(410, "result_gone", f"the result of {seq} is no longer kept", field="seq_id")
        if model.requests and seq != model.last_seq + 1:
            raise Refused(
                409,
                "out_of_order",
                f"expected {model.last_seq + 1}, got {seq}",
                field="seq_id",
                hint="requests of a model are numbered 1, 2, 3, … without a gap",
            )
        if self.queued_tokens and self.queued_tokens + tokens > self.limits.max_queue_tokens:
            raise Refused(
                429,
                "queue_full",
                f"{self.queued_tokens} tokens are waiting, {self.limits.max_queue_tokens} may",
                retry_after_s=2,
            )
        loop = asyncio.get_running_loop()
        self.queued_tokens += tokens

        def job() -> str:
            return self._job(model, seq, op=op, sha256=sha256, work=work)

        done = asyncio.ensure_future(loop.run_in_executor(self.worker, job))
        done.add_done_callback(lambda _: self._took(tokens))
        request = Request(f"{model.id}:{seq}", sha256, done)
        model.last_seq = seq
        model.requests[seq] = request
        for old in list(model.requests)[:-RESULTS_KEPT]:
            if model.requests[old].done.done():
                del model.requests[old]
        return request

    def _took(self, tokens: int) -> None:
        self.queued_tokens -= tokens

    def _job(self, model: Model, seq: int, *, op: str, sha256: str, work: Callable[[], dict[str, Any]]) -> str:
        """In the worker: the work, its line in the journal, its result."""
        began, outcome = time.monotonic(), "ok"
        try:
            result = json.dumps(work(), allow_nan=False)
        except Exception as e:
            body = self._failure(e, f"{op} of {model.id}")
            outcome, result = body["x_halo"]["code"], json.dumps(body)
        self.journal.append(Entry(model.id, seq, op, sha256, outcome, model.version))
        log.info("%s %s:%d %s %.2f s", op, model.id, seq, outcome, time.monotonic() - began)
        return result

    def _failure(self, e: Exception, what: str) -> dict[str, Any]:
        if isinstance(e, EngineError):
            return failure(e.code, e.message, is_user=e.code not in ENGINE_FAULTS, hint=e.hint)
        if isinstance(e, Refused):
            return e.body()
        if isinstance(e, ValueError) and "JSON compliant" in str(e):
            return failure("non_finite", f"{what}: a figure is not finite", is_user=False)
        log.error("%s failed", what, exc_info=e)
        if "CUDA error" in str(e) or "device-side assert" in str(e):
            # Nothing can be computed any more; whoever started this process starts it again.
            os._exit(70)
        return failure("failed", f"{type(e).__name__}: {e}", is_user=False)

    # ---- operations, in the worker

    def learn(self, model: Model, data: Pass) -> dict[str, Any]:
        for i, version in enumerate(data.policy_versions):
            at = f"data[{i}].x_halo.policy_version"
            if version is None:
                continue
            if version > model.version:
                raise Refused(400, "version_ahead", f"{version} is newer than the weights, {model.version}", field=at)
            if version < model.version - self.limits.max_staleness:
                raise Refused(
                    400,
                    "stale_datum",
                    f"sampled by version {version}, the weights are version "
                    f"{model.version}, {self.limits.max_staleness} back are allowed",
                    field=at,
                    hint="sample again, or start the sidecar with a larger --max-staleness",
                )
        found = self.engine.forward_backward(model.id, data.datums, data.loss, data.temperature)
        return {
            "loss_fn_output_type": "logprobs",
            "loss_fn_outputs": _outputs(found["logprobs"]),
            "metrics": found["metrics"],
            "x_halo": {"weights_version": model.version},
        }

    def measure(self, model: Model, data: Pass) -> dict[str, Any]:
        used = None if data.is_base else model.id
        found = self.engine.forward(used, data.datums, data.temperature)
        return {
            "loss_fn_output_type": "logprobs",
            "loss_fn_outputs": _outputs(found),
            "metrics": {},
            "x_halo": {"weights_version": model.version},
        }

    def step(self, model: Model, adam: dict[str, float]) -> dict[str, Any]:
        metrics = self.engine.optim_step(model.id, adam)
        model.version += 1
        return {"metrics": metrics, "x_halo": {"weights_version": model.version}}

    def save(self, model: Model, name: str | None, version: int | None) -> dict[str, Any]:
        version = model.version if version is None else version
        if version < model.version:
            raise Refused(
                400, "invalid_field", f"expected at least {model.version}, got {version}", field="x_halo.version"
            )
        path = f"states/{model.id}/{name or f'{version:06d}'}"
        final = self.store.folder(path, exists=False)
        final.parent.mkdir(exist_ok=True)
        written = final.with_name(f".{final.name}.new")
        self.engine.save_state(model.id, written)
        about = self.store.seal(written, final, version)
        model.version = version
        dropped = self.store.shed("states", model.id)
        return {
            "path": path,
            "type": "save_weights",
            "x_halo": {"version": version, "sha256": about["sha256"], "dropped": dropped},
        }

    def load(self, model: Model, path: str, sha256: str | None) -> dict[str, Any]:
        folder = self.store.folder(path, kind="states")
        about = self.store.check(folder, sha256)
        self.engine.load_state(model.id, folder)
        model.version = about["version"]
        return {"path": path, "type": "load_weights", "x_halo": {"version": model.version}}

    def publish(self, model: Model, name: str | None) -> dict[str, Any]:
        version = model.version
        path = f"adapters/{model.id}/{name or f'v{version:06d}'}"
        folder = self.store.folder(path, exists=False)
        folder.parent.mkdir(exist_ok=True)
        manifest = self.engine.publish(model.id, folder, version, self.name, self.store.root / "canaries")
        dropped = self.store.shed("adapters", model.id)
        return {"path": path, "type": "save_weights_for_sampler", "x_halo": {"manifest": manifest, "dropped": dropped}}

    def make_room(self) -> None:
        """Unloads the longest unused models beyond the limit; their clients load saved weights."""
        while len(self.models) >= self.limits.max_models:
            idle = [m for m in self.models.values() if not m.is_busy]
            if not idle:
                raise Refused(429, "queue_full", "every model in memory is at work", retry_after_s=2)
            oldest = min(idle, key=lambda m: m.used)
            del self.models[oldest.id]
            self.worker.submit(self.forget, oldest.id)
            log.info("model %s makes room", oldest.id)

    def forget(self, model_id: str) -> None:
        try:
            self.engine.unload(model_id)
        except EngineError as e:
            log.debug("unload %s: %s", model_id, e)


def _outputs(logprobs: list[list[float]]) -> list[dict[str, Any]]:
    """One a datum: log-probs of the completion's tokens."""
    return [{"logprobs": {"data": row, "dtype": "float32", "shape": [len(row)]}} for row in logprobs]
