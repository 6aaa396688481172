"""The trainer as an HTTP server on loopback: Tinker's primitives and names under /api/v1.

    HALO_LORA_TOKEN=… python -m halo_lora.server --model DIR --root DIR --port 8100

Under torchrun rank 0 is the server and the other processes compute with it (`ranks`).

One worker thread computes, in the order requests came in. A request is accepted with a number of
its own (`seq_id`, counted per model from 1) and answered through `retrieve_future`; sent again it
is not done again. docs/sidecar.md has the routes.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from aiohttp import web

from .blobs import BlobFolder, Blobs
from .errors import EngineError
from .journal import Journal
from .routes import application
from .sidecar import EngineLike, Limits, Sidecar
from .store import Store

log = logging.getLogger("halo_lora")
STOP_LIMIT_S = 6


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
    add("--device", default="cuda", help="cuda, cuda:1, cpu; under torchrun cuda is a GPU each")
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


Load = Callable[[argparse.Namespace, BlobFolder], EngineLike]


def load_engine(o: argparse.Namespace, blobs: BlobFolder) -> EngineLike:
    from .engine import Engine, EngineOptions
    from .ranks import join

    is_compiled = o.compile == "on" or (o.compile == "auto" and o.device.startswith("cuda"))
    ranks, device = join(o.device, o.root)
    engine = Engine(
        o.model,
        o.dtype,
        device,
        images=blobs.get,
        options=EngineOptions(
            compile=is_compiled, checkpointing=o.checkpointing, max_tokens_per_micro_batch=o.max_tokens_per_micro_batch
        ),
        ranks=ranks,
    )
    return ranks.lead(engine)


def loaded(load: Load, o: argparse.Namespace, blobs: BlobFolder) -> Any:
    try:
        return load(o, blobs)
    except EngineError as e:
        raise SystemExit(f"halo_lora: {e.message}{'; ' if e.hint else ''}{e.hint}") from e


def is_follower(environment: Mapping[str, str]) -> bool:
    """True in the processes of torchrun that do not serve."""
    return int(environment.get("WORLD_SIZE", "1")) > 1 and environment["RANK"] != "0"


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


def run(o: argparse.Namespace, load: Load = load_engine) -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    if is_follower(os.environ):
        engine = loaded(load, o, BlobFolder(o.root / "blobs"))
        engine.ranks.follow(engine)
    token, lock = read_token(o.token_file), claim(o.root)
    listener = bind(o.host, o.port)
    store, blobs = Store(o.root, o.keep), Blobs(o.root / "blobs", int(o.blob_gb * 2**30))
    journal = Journal(o.root / "journal.jsonl")
    if journal.broken:
        log.warning("%s: %d lines cannot be read", journal.path, journal.broken)
    worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
    # In the worker: how many threads compute is a setting of each thread.
    engine = worker.submit(loaded, load, o, blobs).result()
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
