"""Folders of weights below the root: states/MODEL/NAME and adapters/MODEL/NAME.

Each is written once, whole or not at all. Of each model the newest few stay, and what is pinned.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from .protocol import Refused

KINDS = ("states", "adapters")
PATH = re.compile(r"(states|adapters)/([A-Za-z0-9][A-Za-z0-9._-]*)/([A-Za-z0-9][A-Za-z0-9._-]*)")
ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors", "halo.json")
CHECKPOINT_SCHEMA = "halo.lora-checkpoint/1"


class Store:
    def __init__(self, root: Path, keep: int) -> None:
        self.root = root.absolute()
        self.keep = keep
        for kind in KINDS:
            (self.root / kind).mkdir(parents=True, exist_ok=True)
            for left_over in (self.root / kind).glob("*/.*"):
                shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()

    def folder(self, path: str, *, exists: bool = True, kind: str = "") -> Path:
        """The folder a path such as states/m/000001 names. Refuses other forms, and one that is
        not there, or already there."""
        matched = PATH.fullmatch(path)
        if not matched or (kind and matched[1] != kind):
            form = f"{kind or 'states or adapters'}/MODEL/NAME"
            raise Refused(400, "invalid_field", f"expected {form}, got {path!r}", field="path")
        found = self.root / path
        if exists and not found.is_dir():
            raise Refused(
                404,
                "unknown_path",
                f"nothing is kept as {path} in {self.root}",
                field="path",
                hint="start the sidecar with the --root it had, or with a larger --keep",
            )
        if not exists and found.exists():
            raise Refused(409, "path_exists", f"{path} exists already; a folder is written once", field="path")
        return found

    def seal(self, written: Path, final: Path, version: int) -> dict[str, Any]:
        """Adds what the checkpoint is to a folder that the engine wrote, and gives it its name."""
        about = {"schema": CHECKPOINT_SCHEMA, "version": version, "sha256": sha256_folder(written)}
        with open(written / "halo.json", "w") as file:
            file.write(json.dumps(about, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        _flush(written)
        os.rename(written, final)
        _flush(final.parent)
        return about

    def check(self, folder: Path, sha256: str | None) -> dict[str, Any]:
        """What `seal` noted; refuses a folder whose files are others."""
        try:
            about = json.loads((folder / "halo.json").read_text())
        except (OSError, ValueError) as cause:
            raise Refused(409, "bad_state", f"{folder} is no checkpoint: {cause}") from cause
        found = sha256_folder(folder)
        expected = sha256 or about["sha256"]
        if found != expected:
            raise Refused(
                409,
                "bad_state",
                f"{folder} has the sha256 {found[:12]}…, expected {expected[:12]}…",
                hint="it was changed or is damaged: go back to an older one",
            )
        return about

    def pin(self, path: str, is_pinned: bool) -> None:
        self.folder(path)
        marker = self.root / f"{path}.pinned"
        if is_pinned:
            marker.touch()
        else:
            marker.unlink(missing_ok=True)

    def drop(self, path: str) -> None:
        folder = self.folder(path)
        if _is_pinned(folder):
            raise Refused(409, "pinned", f"{path} is pinned", hint="unpin it first")
        _remove(folder)

    def shed(self, kind: str, model_id: str) -> list[str]:
        """Removes what is older than the newest `keep`, the pinned apart; returns their paths."""
        parent = self.root / kind / model_id
        folders = sorted((p for p in parent.iterdir() if p.is_dir() and p.name[0] != "."), key=_version)
        old = [p for p in folders[: -self.keep] if not _is_pinned(p)]
        for folder in old:
            _remove(folder)
        return [str(p.relative_to(self.root)) for p in old]

    def listing(self) -> list[dict[str, Any]]:
        found = []
        for kind in KINDS:
            for folder in sorted((self.root / kind).glob("*/*")):
                if folder.is_dir() and folder.name[0] != ".":
                    found.append(
                        {
                            "path": str(folder.relative_to(self.root)),
                            "bytes": sum(p.stat().st_size for p in folder.iterdir()),
                            "pinned": _is_pinned(folder),
                        }
                    )
        return found


def _version(folder: Path) -> tuple[int, str]:
    return json.loads((folder / "halo.json").read_text())["version"], folder.name


def _is_pinned(folder: Path) -> bool:
    return folder.with_name(f"{folder.name}.pinned").exists()


def _remove(folder: Path) -> None:
    """Out of sight first, so that what is left of it after a crash is not taken for whole."""
    hidden = folder.with_name(f".{folder.name}.old")
    os.rename(folder, hidden)
    shutil.rmtree(hidden)


def sha256_folder(folder: Path) -> str:
    """Over all files but halo.json in name order: name, NUL, size, NUL, bytes."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name == "halo.json":
            continue
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        with open(path, "rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
