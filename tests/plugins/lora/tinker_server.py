"""A server with Tinker's API and nothing of halo's, for tests: stock transformers, peft and AdamW, one row at a time.

    python tinker_server.py --model DIR --adapter DIR --root DIR [--loss mean]

Every model starts from the weights of `--adapter`. A field that Tinker does not know is refused, in FastAPI's words.
With `--loss mean` it is as SkyRL's JAX backend: a datum's loss is divided by the sum of its weights, the gradient by
the number of data, and nothing is said of it; a gradient outlives its model; adapters name no modules.
"""

import argparse
import asyncio
import base64
import io
import json
import shutil
import tarfile
import traceback
from pathlib import Path
from typing import Any

import torch
from aiohttp import web
from peft import PeftModel
from PIL import Image
from transformers import Qwen3VLForConditionalGeneration

from halo_lora.base_model import image_processor

FIELDS = {
    "create_session": {"tags", "user_metadata", "sdk_version", "type"},
    "session_heartbeat": {"session_id", "type"},
    "create_model": {"session_id", "model_seq_id", "base_model", "lora_config", "type"},
    "forward": {"model_id", "seq_id", "forward_input"},
    "forward_backward": {"model_id", "seq_id", "forward_backward_input"},
    "optim_step": {"model_id", "seq_id", "adam_params"},
    "save_weights": {"model_id", "seq_id", "path", "type"},
    "load_weights": {"model_id", "seq_id", "path", "optimizer"},
    "save_weights_for_sampler": {"model_id", "seq_id", "path", "type"},
    "unload_model": {"model_id", "type"},
    "retrieve_future": {"request_id"},
}
# What a loss takes for each target token.
LOSSES = {"cross_entropy": ("weights",), "importance_sampling": ("weights", "logprobs", "advantages")}


class Refused(Exception):
    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail


def only(found: dict[str, Any], allowed: set[str], where: str) -> None:
    if unknown := sorted(set(found) - allowed):
        raise Refused(422, f"{where}: extra fields not permitted: {unknown}")


class Server:
    def __init__(self, model: str, adapter: str, root: Path, *, is_mean: bool) -> None:
        base = Qwen3VLForConditionalGeneration.from_pretrained(model, dtype=torch.float32)
        self.model = PeftModel.from_pretrained(base, adapter, is_trainable=True).eval()
        self.processor = image_processor(model)
        self.root = root
        self.start = {n: p.detach().clone() for n, p in self.model.named_parameters() if p.requires_grad}
        self.is_mean = is_mean
        self.models = 0
        self.data = 0
        self.results: dict[str, dict[str, Any]] = {}
        self.optimiser: torch.optim.AdamW | None = None

    @property
    def trained(self) -> dict[str, torch.nn.Parameter]:
        return {n: p for n, p in self.model.named_parameters() if p.requires_grad}

    def create_model(self, body: dict[str, Any]) -> dict[str, Any]:
        only(body["lora_config"], {"rank", "seed", "train_unembed", "train_mlp", "train_attn"}, "lora_config")
        with torch.no_grad():
            for name, parameter in self.trained.items():
                parameter.copy_(self.start[name])
                if not self.is_mean:
                    parameter.grad = None
        self.optimiser = None
        self.models += 1
        return {"model_id": f"run{self.models}"}

    def logprobs(self, datum: dict[str, Any]) -> torch.Tensor:
        only(datum, {"model_input", "loss_fn_inputs"}, "datum")
        config, ids, shown = self.model.config, [], []
        for chunk in datum["model_input"]["chunks"]:
            if chunk["type"] == "encoded_text":
                only(chunk, {"type", "tokens"}, "chunk")
                ids += chunk["tokens"]
                continue
            only(chunk, {"type", "data", "format", "expected_tokens"}, "chunk")
            shown.append(Image.open(io.BytesIO(base64.b64decode(chunk["data"]))).convert("RGB"))
            ids += [config.image_token_id] * chunk["expected_tokens"]
        row = torch.tensor([ids])
        inputs: dict[str, Any] = {}
        if shown:
            seen = self.processor(images=shown, return_tensors="pt")
            inputs = {k: seen[k] for k in ("pixel_values", "image_grid_thw")}
            inputs["mm_token_type_ids"] = (row == config.image_token_id).int()
        logits = self.model(input_ids=row, attention_mask=torch.ones_like(row), use_cache=False, **inputs).logits
        targets = torch.tensor(datum["loss_fn_inputs"]["target_tokens"]["data"])
        return torch.log_softmax(logits[0].float(), dim=-1).gather(1, targets[:, None])[:, 0]

    def run(self, given: dict[str, Any], *, learns: bool) -> dict[str, Any]:
        only(given, {"data", "loss_fn", "loss_fn_config"}, "input")
        names = LOSSES.get(given["loss_fn"])
        if names is None:
            raise Refused(422, f"loss_fn: expected one of {sorted(LOSSES)}, got {given['loss_fn']}")
        outputs, total = [], 0.0
        for datum in given["data"]:
            only(datum["loss_fn_inputs"], {"target_tokens", *names}, "loss_fn_inputs")
            inputs = {name: torch.tensor(datum["loss_fn_inputs"][name]["data"]) for name in names}
            with torch.set_grad_enabled(learns):
                found = self.logprobs(datum)
                if given["loss_fn"] == "importance_sampling":
                    gain = torch.exp(found - inputs["logprobs"]) * inputs["advantages"]
                else:
                    gain = found
                # On the prompt a log-probability is given as 0: its ratio may be no number that a product can have.
                loss = -torch.where(inputs["weights"] != 0, gain * inputs["weights"], 0.0).sum()
                if self.is_mean:
                    loss = loss / inputs["weights"].sum().clamp(min=1e-9)
            if learns:
                loss.backward()
                self.data += 1
            total += float(loss)
            row = found.detach().tolist()
            outputs.append({"logprobs": {"data": row, "dtype": "float32", "shape": [len(row)]}})
        metrics = {} if self.is_mean else {"loss:sum": total}
        return {"loss_fn_output_type": "scalar", "loss_fn_outputs": outputs, "metrics": metrics}

    def optim_step(self, adam: dict[str, Any]) -> dict[str, Any]:
        only(adam, {"learning_rate", "beta1", "beta2", "eps", "weight_decay", "grad_clip_norm"}, "adam_params")
        parameters = list(self.trained.values())
        if self.is_mean:
            for parameter in parameters:
                if parameter.grad is not None:
                    parameter.grad /= self.data
        self.data = 0
        if adam["grad_clip_norm"]:
            torch.nn.utils.clip_grad_norm_(parameters, adam["grad_clip_norm"])
        self.optimiser = self.optimiser or torch.optim.AdamW(parameters)
        for group in self.optimiser.param_groups:
            group.update(
                lr=adam["learning_rate"],
                betas=(adam["beta1"], adam["beta2"]),
                eps=adam["eps"],
                weight_decay=adam["weight_decay"],
            )
        self.optimiser.step()
        self.optimiser.zero_grad()
        return {"metrics": None}

    def save(self, run: str, name: str) -> dict[str, Any]:
        state = {"weights": {n: p.detach() for n, p in self.trained.items()}, "adam": self.optimiser.state_dict()}
        torch.save(state, self.root / f"{run}-{name}.pt")
        return {"path": f"tinker://{run}/weights/{name}"}

    def load(self, path: str) -> dict[str, Any]:
        run, _, name = path.removeprefix("tinker://").split("/")
        state = torch.load(self.root / f"{run}-{name}.pt")
        with torch.no_grad():
            for key, parameter in self.trained.items():
                parameter.copy_(state["weights"][key])
        self.optimiser = torch.optim.AdamW(list(self.trained.values()))
        self.optimiser.load_state_dict(state["adam"])
        return {"path": path}

    def publish(self, run: str, name: str) -> dict[str, Any]:
        folder = self.root / "sampler" / run / name
        self.model.save_pretrained(folder)
        kind = "sampler_weights/"
        if self.is_mean:
            kind = ""
            config = json.loads((folder / "adapter_config.json").read_text())
            (folder / "adapter_config.json").write_text(json.dumps(config | {"target_modules": None}))
        with tarfile.open(self.root / f"{run}-{name}.tar.gz", "w:gz") as archive:
            archive.add(folder, arcname=name)
        shutil.rmtree(folder)
        return {"path": f"tinker://{run}/{kind}{name}"}

    def work(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        match route:
            case "create_model":
                return self.create_model(body)
            case "forward" | "forward_backward":
                return self.run(body[f"{route}_input"], learns=route == "forward_backward")
            case "optim_step":
                return self.optim_step(body["adam_params"])
            case "save_weights":
                return self.save(body["model_id"], body["path"])
            case "load_weights":
                return self.load(body["path"])
            case "save_weights_for_sampler":
                return self.publish(body["model_id"], body["path"])
        return {}

    async def post(self, request: web.Request) -> web.Response:
        route, body = request.match_info["route"], await request.json()
        if route not in FIELDS:
            raise Refused(404, "Not Found")
        only(body, FIELDS[route], route)
        if route == "create_session":
            return web.json_response({"session_id": "session", "type": route})
        if route == "retrieve_future":
            return web.json_response(self.results[body["request_id"]])
        found = self.work(route, body)
        request_id = str(len(self.results))
        self.results[request_id] = found
        return web.json_response({"request_id": request_id, "model_id": found.get("model_id", body.get("model_id"))})


@web.middleware
async def guard(request: web.Request, handler: Any) -> web.StreamResponse:
    is_open = request.path.startswith("/store/") or request.path.endswith("/healthz")
    if not is_open and not request.headers.get("X-API-Key"):
        return web.json_response({"detail": "Invalid API key"}, status=401)
    if request.path.startswith("/store/") and "X-API-Key" in request.headers:
        return web.json_response({"detail": "the store was told a key"}, status=400)
    try:
        return await handler(request)
    except Refused as e:
        return web.json_response({"detail": e.detail}, status=e.status)
    except web.HTTPNotFound:
        return web.json_response({"detail": "Not Found"}, status=404)
    except web.HTTPException:
        raise
    except Exception:
        return web.json_response({"detail": traceback.format_exc()[-800:]}, status=500)


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("--model", "--adapter", "--root", "--port"):
        parser.add_argument(name, required=True)
    parser.add_argument("--loss", choices=("sum", "mean"), default="sum")
    o = parser.parse_args()
    torch.set_num_threads(1)
    server = Server(o.model, o.adapter, Path(o.root), is_mean=o.loss == "mean")

    async def archive(request: web.Request) -> web.Response:
        run, name = request.match_info["run"], request.match_info["name"]
        raise web.HTTPFound(f"/store/{run}-{name}.tar.gz")

    async def store(request: web.Request) -> web.FileResponse:
        return web.FileResponse(Path(o.root) / request.match_info["file"])

    async def capabilities(_: web.Request) -> web.Response:
        return web.json_response({"supported_models": [{"model_name": "tiny"}]})

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    app = web.Application(middlewares=[guard], client_max_size=64 << 20)
    app.add_routes(
        [
            web.get("/api/v1/healthz", health),
            web.get("/api/v1/get_server_capabilities", capabilities),
            web.get("/api/v1/training_runs/{run}/checkpoints/{name}/archive", archive),
            web.get("/store/{file}", store),
            web.post("/api/v1/{route}", server.post),
        ]
    )

    async def serve() -> None:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", int(o.port))
        await site.start()
        print(json.dumps({"type": "ready", "port": runner.addresses[0][1]}), flush=True)
        await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
