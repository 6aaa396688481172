"""Screenshots by sha256, on disk, the longest unused dropped first."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


class BlobFolder:
    """Read by every process that computes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def get(self, sha256: str) -> bytes:
        """The bytes; FileNotFoundError when they were never put or have been dropped."""
        return self.path(sha256).read_bytes()


class Blobs(BlobFolder):
    """Written by the server alone."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        super().__init__(folder)
        self.limit_bytes = limit_bytes
        folder.mkdir(parents=True, exist_ok=True)
        for left_over in folder.glob("*/.*"):
            left_over.unlink()
        self.bytes = sum(p.stat().st_size for p in folder.glob("*/*"))

    def has(self, sha256: str) -> bool:
        """Also counts as a use."""
        try:
            os.utime(self.path(sha256))
        except FileNotFoundError:
            return False
        return True

    def put(self, sha256: str, content: bytes) -> bool:
        """False when the bytes have another hash. Safe to repeat."""
        if hashlib.sha256(content).hexdigest() != sha256:
            return False
        if not self.has(sha256):
            path = self.path(sha256)
            path.parent.mkdir(exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.rename(temporary, path)
            self.bytes += len(content)
            self._shed(keep=path)
        return True

    def _shed(self, keep: Path) -> None:
        if self.bytes <= self.limit_bytes:
            return
        by_use = sorted((p.stat().st_mtime_ns, p) for p in self.folder.glob("*/*"))
        for _, path in by_use:
            if self.bytes <= 0.9 * self.limit_bytes:
                return
            if path != keep:
                self.bytes -= path.stat().st_size
                path.unlink()
