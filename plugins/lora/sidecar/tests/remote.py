"""A sidecar with its routes in this process, and a client of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from fake_engine import FakeEngine

from halo_lora.blobs import Blobs
from halo_lora.journal import Journal
from halo_lora.server import application
from halo_lora.sidecar import EngineLike, Limits, Sidecar
from halo_lora.store import Store

TOKEN = "t0ken"


def datum(completion: list[int], advantage: float = 1.0, **more: Any) -> dict[str, Any]:
    """Prompt 1 2 3; the input is all but the last token, the targets are one further."""
    ids = [1, 2, 3, *completion]
    zeros = [0.0, 0.0]

    def tensor(data: list[Any], dtype: str = "float32") -> dict[str, Any]:
        return {"data": data, "dtype": dtype, "shape": [len(data)]}

    return {
        "model_input": {"chunks": [{"type": "encoded_text", "tokens": ids[:-1]}]},
        "loss_fn_inputs": {
            "target_tokens": tensor(ids[1:], "int64"),
            "mask": tensor([*zeros, *([1] * len(completion))]),
            "advantages": tensor([*zeros, *([advantage] * len(completion))]),
        },
        "x_halo": {"group": "g", "policy_version": 0, **more},
    }


def learn(model: str, seq: int, *data: dict[str, Any], loss: str = "dr_grpo") -> dict[str, Any]:
    return {"model_id": model, "seq_id": seq, "forward_backward_input": {"data": list(data), "loss_fn": loss}}


class Remote:
    """The routes as a client uses them."""

    def __init__(self, http: TestClient, sidecar: Sidecar) -> None:
        self.http = http
        self.sidecar = sidecar
        self.engine: FakeEngine = sidecar.engine  # type: ignore[assignment]

    async def send(self, route: str, body: Any = None, status: int = 200, **more: Any) -> Any:
        method = "GET" if body is None else "POST"
        headers = {"X-API-Key": TOKEN, **more.pop("headers", {})}
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body)
        async with self.http.request(
            more.get("method", method), f"/api/v1/{route}", data=data, headers=headers
        ) as answer:
            text = await answer.text()
            assert answer.status == status, text
            return json.loads(text) if text else None

    async def result(self, route: str, body: Any) -> Any:
        made = await self.send(route, body)
        return await self.send("retrieve_future", {"request_id": made["request_id"]})

    async def refused(self, route: str, body: Any, status: int) -> tuple[str, str]:
        answer = await self.send(route, body, status)
        return answer["x_halo"]["code"], answer["error"]

    async def model(self, session: str = "s", rank: int = 8) -> str:
        made = await self.result(
            "create_model",
            {"session_id": session, "model_seq_id": 0, "base_model": "fake", "lora_config": {"rank": rank}},
        )
        return made["model_id"]


def serve(
    root: Path,
    use: Callable[[Remote], Awaitable[None]],
    limits: Limits | None = None,
    pause_s: float = 0.0,
    load: Callable[[Blobs], EngineLike] | None = None,
) -> None:
    """Runs `use` against a server on `root`; ends it like a crash, with nothing tidied up."""

    async def main() -> None:
        blobs = Blobs(root / "blobs", 1 << 20)
        worker = ThreadPoolExecutor(1)
        make = load or (lambda blobs: FakeEngine(blobs, pause_s))
        sidecar = Sidecar(
            worker.submit(make, blobs).result(),
            name="fake",
            store=Store(root, keep=2),
            blobs=blobs,
            journal=Journal(root / "journal.jsonl"),
            worker=worker,
            limits=limits or Limits(poll_s=2.0),
        )
        async with TestClient(TestServer(application(sidecar, TOKEN))) as http:
            await use(Remote(http, sidecar))

    asyncio.run(main())
