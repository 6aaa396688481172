"""The trainer as an HTTP server on loopback: Tinker's primitives and names under /api/v1.

    HALO_LORA_TOKEN=… python -m halo_lora.server --model DIR --root DIR --port 8100

One worker thread computes, in the order requests came in. A request is accepted with a number of
its own (`seq_id`, counted per model from 1) and answered through `retrieve_future`; sent again it
is not done again. docs/sidecar.md has the routes.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import hashlib
import hmac
import json
import logging
import os
import re
import signal
import socket
import sys
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from aiohttp import web

from . import memory
from .blobs import Blobs
from .errors import EngineError
from .journal import Entry, Journal
from .protocol import ID, SHA256, Fields, Refused, failure, read_adam, read_body, read_create, read_pass
from .sidecar import EngineLike, Limits, Model, Sidecar
from .store import ADAPTER_FILES, Store

log = logging.getLogger("halo_lora")
STOP_LIMIT_S = 6
Work = Callable[[], dict[str, Any]]


# ---- routes

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Routes:
    def __init__(self, sidecar: Sidecar) -> None:
        self.s = sidecar

    def table(self) -> list[web.RouteDef]:
        posts = {
            "create_session": self.create_session,
            "session_heartbeat": self.heartbeat,
            "create_model": self.create_model,
            "get_info": self.get_info,
            "forward": self.forward,
            "forward_backward": self.forward_backward,
            "optim_step": self.optim_step,
            "save_weights": self.save_weights,
            "load_weights": self.load_weights,
            "save_weights_for_sampler": self.save_weights_for_sampler,
            "retrieve_future": self.retrieve_future,
            "unload_model": self.unload_model,
            "x_halo/pin": self.pin,
            "x_halo/drop": self.drop,
        }
        return [
            web.get("/healthz", self.health),
            web.get("/api/v1/healthz", self.health),
            web.get("/api/v1/get_server_capabilities", self.capabilities),
            *(web.post(f"/api/v1/{name}", handler) for name, handler in posts.items()),
            web.head("/api/v1/x_halo/blobs/{sha256}", self.head_blob),
            web.put("/api/v1/x_halo/blobs/{sha256}", self.put_blob),
            web.get("/api/v1/x_halo/adapters/{model}/{name}/{file}", self.get_file),
            web.get("/api/v1/x_halo/kept", self.kept),
            web.get("/api/v1/x_halo/memory", self.memory),
        ]

    async def health(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def capabilities(self, _: web.Request) -> web.Response:
        s = self.s
        about = {k: s.about[k] for k in ("dtype", "device", "losses", "image_token_id", "vocab")}
        return web.json_response(
            {
                "supported_models": [{"model_name": s.name}],
                "x_halo": {
                    "server": "halo_lora",
                    "root": str(s.store.root),
                    "keep": s.store.keep,
                    **about,
                    "max_body_bytes": s.limits.max_body_bytes,
                    "max_staleness": s.limits.max_staleness,
                },
            }
        )

    async def create_session(self, request: web.Request) -> web.Response:
        read_body(await request.read())
        return web.json_response({"session_id": uuid.uuid4().hex[:12], "type": "create_session"})

    async def heartbeat(self, request: web.Request) -> web.Response:
        read_body(await request.read()).text("session_id", pattern=ID)
        return web.json_response({"type": "session_heartbeat"})

    async def create_model(self, request: web.Request) -> web.Response:
        s, raw = self.s, await request.read()
        wanted = read_create(read_body(raw))
        if wanted.base_model != s.name:
            raise Refused(400, "unknown_base", f"expected {s.name!r}, got {wanted.base_model!r}", field="base_model")
        model_id = f"{wanted.session_id}-{wanted.model_seq_id}"
        model = s.models.get(model_id)
        if model is None:
            if s.journal.knows(model_id):
                s.model(model_id)
            s.make_room()
            model = s.models[model_id] = Model(model_id, wanted.rank)

        def work() -> dict[str, Any]:
            s.engine.create_model(
                model_id, rank=wanted.rank, alpha=wanted.alpha, rslora=wanted.rslora, seed=wanted.seed
            )
            return {"model_id": model_id, "type": "create_model"}

        made = s.submit(model, 0, op="create_model", raw=raw, tokens=0, work=work)
        return web.json_response({"request_id": made.id, "model_id": model_id})

    async def _accept(self, request: web.Request, read: Callable[[Model, Fields], tuple[Work, int]]) -> web.Response:
        """One numbered request of a model: read whole before it counts."""
        raw = await request.read()
        body = read_body(raw)
        model = self.s.model(body.text("model_id", pattern=ID))
        seq = body.whole("seq_id", least=1)
        body.get("type", None)
        work, tokens = read(model, body)
        body.done()
        op = request.path.rsplit("/", 1)[-1]
        made = self.s.submit(model, seq, op=op, raw=raw, tokens=tokens, work=work)
        return web.json_response({"request_id": made.id, "model_id": model.id})

    async def forward(self, request: web.Request) -> web.Response:
        def read(model: Model, body: Fields) -> tuple[Work, int]:
            data = read_pass(body, "forward_input", image_token=self.s.about["image_token_id"])
            return lambda: self.s.measure(model, data), data.tokens

        return await self._accept(request, read)

    async def forward_backward(self, request: web.Request) -> web.Response:
        def read(model: Model, body: Fields) -> tuple[Work, int]:
            token = self.s.about["image_token_id"]
            data = read_pass(body, "forward_backward_input", image_token=token)
            return lambda: self.s.learn(model, data), data.tokens

        return await self._accept(request, read)

    async def optim_step(self, request: web.Request) -> web.Response:
        def read(model: Model, body: Fields) -> tuple[Work, int]:
            adam = read_adam(body)
            return lambda: self.s.step(model, adam), 0

        return await self._accept(request, read)

    async def save_weights(self, request: web.Request) -> web.Response:
        def read(model: Model, body: Fields) -> tuple[Work, int]:
            name = body.text("path", None, pattern=ID)
            more = body.fields("x_halo", {})
            version = more.whole("version", None)
            more.done()
            return lambda: self.s.save(model, name, version), 0

        return await self._accept(request, read)

    async def load_weights(self, request: web.Request) -> web.Response:
        def read(model: Model, body: Fields) -> tuple[Work, int]:
            path = body.text("path")
            if not body.flag("optimizer", True):
                raise Refused(400, "unsupported", "expected true: moments come with the weights", field="optimizer")
            more = body.fields("x_halo", {})
            sha256 = more.text("sha256", None, pattern=SHA256)
            more.done()
            return lambda: self.s.load(model, path, sha256), 0

        return await self._accept(request, read)

    async def save_weights_for_sampler(self, request: web.Request) -> web.Response:
        def read(model: Model, body: Fields) -> tuple[Work, int]:
            name = body.text("path", None, pattern=ID)
            return lambda: self.s.publish(model, name), 0

        return await self._accept(request, read)

    async def retrieve_future(self, request: web.Request) -> web.Response:
        body = read_body(await request.read())
        request_id = body.text("request_id")
        model_id, _, seq = request_id.rpartition(":")
        model = self.s.models.get(model_id)
        known = model.requests.get(int(seq)) if model and re.fullmatch(r"\d+", seq) else None
        if known is None:
            raise Refused(
                410,
                "result_gone",
                f"nothing is known of request {request_id!r}",
                field="request_id",
                hint="the sidecar was restarted: send it again",
            )
        await asyncio.wait({known.done}, timeout=self.s.limits.poll_s)
        if not known.done.done():
            waiting = {
                "error": "not done yet",
                "category": "server",
                "queue_state": "active",
                "x_halo": {"code": "try_again"},
            }
            return web.json_response(waiting, status=408)
        return web.json_response(text=known.done.result())

    async def unload_model(self, request: web.Request) -> web.Response:
        raw = await request.read()
        body = read_body(raw)
        model = self.s.model(body.text("model_id", pattern=ID))
        del self.s.models[model.id]

        def work() -> None:
            self.s.forget(model.id)
            self.s.journal.append(Entry(model.id, model.last_seq + 1, "unload_model", "", "ok", model.version))

        await asyncio.get_running_loop().run_in_executor(self.s.worker, work)
        return web.json_response({"model_id": model.id, "type": "unload_model"})

    async def get_info(self, request: web.Request) -> web.Response:
        body = read_body(await request.read())
        model = self.s.model(body.text("model_id", pattern=ID))
        return web.json_response(
            {
                "type": "get_info",
                "model_id": model.id,
                "model_name": self.s.name,
                "model_data": {"arch": self.s.about.get("family"), "model_name": self.s.name},
                "is_lora": True,
                "lora_rank": model.rank,
                "x_halo": {"last_seq_id": model.last_seq, "weights_version": model.version},
            }
        )

    # ---- halo's own

    def _sha256(self, request: web.Request) -> str:
        found = request.match_info["sha256"]
        if not SHA256.fullmatch(found):
            raise Refused(400, "invalid_field", "expected 64 hex digits", field="sha256")
        return found

    async def head_blob(self, request: web.Request) -> web.Response:
        return web.Response(status=200 if self.s.blobs.has(self._sha256(request)) else 404)

    async def put_blob(self, request: web.Request) -> web.Response:
        sha256, content = self._sha256(request), await request.read()
        if not self.s.blobs.put(sha256, content):
            found = hashlib.sha256(content).hexdigest()
            raise Refused(400, "hash_differs", f"the {len(content)} bytes have the sha256 {found}", field="sha256")
        return web.json_response({"sha256": sha256, "bytes": len(content)})

    async def pin(self, request: web.Request) -> web.Response:
        body = read_body(await request.read())
        path, is_pinned = body.text("path"), body.flag("pinned", True)
        body.done()
        self.s.store.pin(path, is_pinned)
        return web.json_response({"path": path, "pinned": is_pinned})

    async def drop(self, request: web.Request) -> web.Response:
        body = read_body(await request.read())
        path = body.text("path")
        body.done()
        self.s.store.drop(path)
        return web.json_response({"path": path})

    async def kept(self, _: web.Request) -> web.Response:
        return web.json_response({"root": str(self.s.store.root), "kept": self.s.store.listing()})

    async def get_file(self, request: web.Request) -> web.StreamResponse:
        match = request.match_info
        folder = self.s.store.folder(f"adapters/{match['model']}/{match['name']}")
        if match["file"] not in ADAPTER_FILES:
            raise Refused(404, "unknown_file", f"expected {', '.join(ADAPTER_FILES)}", field="file")
        return web.FileResponse(folder / match["file"])

    async def memory(self, request: web.Request) -> web.Response:
        asked = {"gpu": 80.0, "utilisation": 0.45, "rank": 16, "tokens": 1692, "rows": 1, "images": 64}
        for name, value in request.query.items():
            if name not in asked:
                raise Refused(400, "unknown_field", f"is unknown; expected {', '.join(asked)}", field=name)
            try:
                asked[name] = type(asked[name])(value)
            except ValueError as cause:
                raise Refused(400, "invalid_field", f"expected a number, got {value!r}", field=name) from cause
        rows = asked.pop("rows")
        found = memory.plan(self.s.engine.sizes, row=asked["tokens"], **{**asked, "tokens": asked["tokens"] * rows})
        return web.json_response({"gib": dict(found.lines), "spare_gib": found.spare, "advice": found.advice})


def application(sidecar: Sidecar, token: str) -> web.Application:
    """The routes behind the token; only the health check is open."""
    expected = token.encode()

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            if not request.path.endswith("/healthz"):
                given = request.headers.get("X-API-Key", "").encode()
                if not hmac.compare_digest(given, expected):
                    what = "is not the sidecar's" if given else "is missing"
                    raise Refused(
                        401,
                        "token",
                        f"the header X-API-Key {what}",
                        hint="send the token that the sidecar was started with",
                    )
            return await handler(request)
        except Refused as e:
            headers = {"Retry-After": str(e.retry_after_s)} if e.retry_after_s else None
            return web.json_response(e.body(), status=e.status, headers=headers)
        except web.HTTPException as e:
            code = {404: "unknown_route", 405: "unknown_route", 413: "body_too_large"}
            found = failure(code.get(e.status, "http"), e.text or e.reason, is_user=e.status < 500)
            return web.json_response(found, status=e.status)
        except Exception as e:
            log.exception("%s %s failed", request.method, request.path)
            found = failure("failed", f"{type(e).__name__}: {e}", is_user=False)
            return web.json_response(found, status=500)

    app = web.Application(middlewares=[guard], client_max_size=sidecar.limits.max_body_bytes)
    app.add_routes(Routes(sidecar).table())
    return app


# ---- the program


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m halo_lora.server", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--model", required=True, help="folder of a Qwen3-VL, or its name on the hub")
    add("--name", help="name that clients and adapters know it by; default: --model")
    add("--root", required=True, type=Path, help="folder for states, adapters, screenshots")
    add("--host", default="127.0.0.1")
    add("--port", type=int, default=8100, help="0: a free one; the line on stdout tells it")
    add("--token-file", type=Path, help="holds the token; default: HALO_LORA_TOKEN")
    add("--device", default="cuda", help="cuda, cuda:1, cpu")
    add("--dtype", default="bfloat16", choices=("bfloat16", "float32", "float64"))
    add("--keep", type=int, default=4, help="states and adapters kept of each model, at least 2")
    add("--max-staleness", type=int, default=0, help="versions a sample may be behind")
    add("--max-models", type=int, default=2, help="adapters in memory")
    add("--max-queue-tokens", type=int, default=2_000_000)
    add("--max-body-mb", type=int, default=64)
    add("--blob-gb", type=float, default=8.0, help="screenshots kept on disk")
    add("--max-tokens-per-micro-batch", type=int, default=8192)
    add("--checkpointing", choices=("auto", "on", "off"), default="auto")
    add("--compile", choices=("auto", "on", "off"), default="auto", help="auto: on cuda")
    o = parser.parse_args(argv)
    if o.keep < 2:
        parser.error("--keep: expected at least 2: the one in force and the one to go back to")
    return o


def read_token(file: Path | None) -> str:
    try:
        token = file.read_text().strip() if file else os.environ.get("HALO_LORA_TOKEN", "")
    except OSError as e:
        raise SystemExit(f"halo_lora: --token-file {file}: {e.strerror}") from e
    if not token:
        raise SystemExit("halo_lora: no token: set HALO_LORA_TOKEN or --token-file; halo serve makes one")
    return token


def claim(root: Path) -> int:
    """Holds the root for this process alone, as long as it lives."""
    root.mkdir(parents=True, exist_ok=True)
    handle = os.open(root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as e:
        raise SystemExit(f"halo_lora: another sidecar uses {root}: choose another --root") from e
    return handle


def bind(host: str, port: int) -> socket.socket:
    """Before the long load, so that a taken port is told at once; nobody is answered until then."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as e:
        raise SystemExit(f"halo_lora: cannot listen on {host}:{port}: {e.strerror}") from e
    return found


def load_engine(o: argparse.Namespace, blobs: Blobs) -> EngineLike:
    from .engine import Engine, EngineOptions

    is_compiled = o.compile == "on" or (o.compile == "auto" and o.device.startswith("cuda"))
    return Engine(
        o.model,
        o.dtype,
        o.device,
        images=blobs.get,
        options=EngineOptions(
            compile=is_compiled, checkpointing=o.checkpointing, max_tokens_per_micro_batch=o.max_tokens_per_micro_batch
        ),
    )


async def serve(sidecar: Sidecar, token: str, listener: socket.socket) -> None:
    """Answers until SIGTERM or SIGINT; then what is being computed gets a few seconds to end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    runner = web.AppRunner(application(sidecar, token), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    host, port = listener.getsockname()[:2]
    ready = {"type": "ready", "host": host, "port": port, "model": sidecar.name}
    print(json.dumps(ready), flush=True)
    await stop.wait()
    log.info("stopping")
    working = [r.done for m in sidecar.models.values() for r in m.requests.values()]
    pending = [done for done in working if not done.done()]
    if pending:
        await asyncio.wait(pending, timeout=STOP_LIMIT_S)
    await runner.cleanup()


def run(o: argparse.Namespace, load: Callable[[argparse.Namespace, Blobs], EngineLike] = load_engine) -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    token, lock = read_token(o.token_file), claim(o.root)
    listener = bind(o.host, o.port)
    store, blobs = Store(o.root, o.keep), Blobs(o.root / "blobs", int(o.blob_gb * 2**30))
    journal = Journal(o.root / "journal.jsonl")
    if journal.broken:
        log.warning("%s: %d lines cannot be read", journal.path, journal.broken)
    worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
    try:
        # In the worker: how many threads compute is a setting of each thread.
        engine = worker.submit(load, o, blobs).result()
    except EngineError as e:
        raise SystemExit(f"halo_lora: {e.message}{'; ' if e.hint else ''}{e.hint}") from e
    sidecar = Sidecar(
        engine,
        name=o.name or o.model,
        store=store,
        blobs=blobs,
        journal=journal,
        worker=worker,
        limits=Limits(
            max_models=o.max_models,
            max_queue_tokens=o.max_queue_tokens,
            max_body_bytes=o.max_body_mb << 20,
            max_staleness=o.max_staleness,
        ),
    )
    asyncio.run(serve(sidecar, token, listener))
    os.close(lock)
    # A computation that did not end in time must not hold the process.
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    run(parse_arguments())
