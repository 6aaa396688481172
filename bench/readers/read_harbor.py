"""Loads every Harbor task below a folder as Harbor does, and prints what it found as JSON: read_harbor.py FOLDER."""

import json
import sys
import warnings
from pathlib import Path

from harbor.lint.models import COMPOSE_RULES, DEFAULT_RULES
from harbor.lint.task import lint_task
from harbor.models.task.task import Task
from harbor.models.task.verifier_mode import resolve_task_verifier_mode

# What reads docker-compose.yaml asks Docker; the rest of Harbor's own rules needs no engine.
RULES = DEFAULT_RULES - COMPOSE_RULES


def found(folder: Path) -> dict:
    task = Task(folder)
    return {
        "folder": folder.name,
        "name": task.name,
        "is_valid": Task.is_valid_dir(folder),
        "instruction": task.instruction,
        "metadata": task.config.metadata,
        "timeout_sec": task.config.agent.timeout_sec,
        "verifier": resolve_task_verifier_mode(task.config).value,
        "tools": [server.name for server in task.config.environment.mcp_servers],
        "findings": [f"{f.rule}: {f.path}: {f.message}" for f in lint_task(folder, selected_rules=RULES)],
    }


warnings.simplefilter("error")
print(json.dumps([found(folder) for folder in sorted(Path(sys.argv[1]).iterdir())]))
