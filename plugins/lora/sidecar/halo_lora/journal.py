"""What was asked of the trainer and what came of it: append-only JSON lines, one a request.

A line is written, and on disk, before the answer is. After a crash the journal tells a model that
was lost with the process from one that never was.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    model_id: str
    seq_id: int
    """0: the model's creation."""
    op: str
    sha256: str
    """Of the request's body."""
    outcome: str
    """`ok`, or the code of the error."""
    version: int
    """Of the model's weights afterwards."""


class Journal:
    """One writer. A last line that a crash cut off is removed at the start."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.broken = 0
        """Lines in the middle that could not be read."""
        self._versions: dict[str, int] = {}
        if path.exists():
            self._read()
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def _read(self) -> None:
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.truncate(self.path, whole)
        for entry in self._entries(content[:whole]):
            self._note(entry)

    def _entries(self, content: bytes) -> Iterator[Entry]:
        for line in content.splitlines():
            try:
                yield Entry(**json.loads(line))
            except (ValueError, TypeError):
                self.broken += 1

    def _note(self, entry: Entry) -> None:
        if entry.op == "unload_model":
            self._versions.pop(entry.model_id, None)
        else:
            self._versions[entry.model_id] = entry.version

    def append(self, entry: Entry) -> None:
        os.write(self._file, (json.dumps(asdict(entry)) + "\n").encode())
        os.fsync(self._file)
        self._note(entry)

    def knows(self, model_id: str) -> bool:
        """True for a model that was created and not unloaded."""
        return model_id in self._versions

    def close(self) -> None:
        os.close(self._file)
