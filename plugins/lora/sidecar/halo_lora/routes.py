"""The routes of the trainer: Tinker's primitives and names under /api/v1; docs/sidecar.md has them."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from . import memory
from .journal import Entry
from .protocol import ID, SHA256, Fields, Refused, failure, read_adam, read_body, read_create, read_pass
from .sidecar import Model, Sidecar
from .store import ADAPTER_FILES

log = logging.getLogger("halo_lora")
Work = Callable[[], dict[str, Any]]
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
        told = ("dtype", "device", "processes", "losses", "image_token_id", "image_tiles", "vocab")
        about = {k: s.about[k] for k in told}
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
        asked = {"gpu": 80.0, "utilisation": 0.45, "rank": 16, "tokens": 1802, "rows": 1, "images": 64}
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
