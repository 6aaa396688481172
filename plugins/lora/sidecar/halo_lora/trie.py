"""Packs completions that share prefixes so that every distinct token is computed once.

Sequences are sorted; a sequence's longest common prefix with its predecessor is already in the
tree, the rest is appended. So nodes lie in depth-first order, the descendants of node k are the
nodes k+1 … end[k]-1, and attention is allowed exactly where

    k <= q < end[k]        (k is q itself or an ancestor of q)

which is the whole tree mask in one integer a token. Log-probs and gradients equal those of one
row per sequence: a token sees the same keys at the same positions, and autograd adds up what the
branches send into their common prefix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch


@dataclass(frozen=True)
class Path:
    """One sequence: prompt, then completion. Shapes [length], positions [A, length]."""

    ids: np.ndarray
    keys: np.ndarray
    """Identity of a token: its id, or for an image token -1 - (row of its feature)."""
    positions: np.ndarray
    prompt: int
    """Length of the prompt."""
    among: tuple[tuple[int, ...], ...] | None = None
    """Ids that each token of the completion was chosen among; None: among all."""


@dataclass(frozen=True)
class Packed:
    """Rows of trees. B rows of T tokens, A axes, R distinct predicting tokens, C completion tokens."""

    ids: torch.Tensor  # [B, T]
    positions: torch.Tensor  # [A, B, T]
    end: torch.Tensor  # [B, T]
    image_at: torch.Tensor  # [V] flat index of each image token, ascending
    image_row: torch.Tensor  # [V] its row among the features
    predicts: torch.Tensor  # [R] flat index of each token whose hidden state predicts another
    source: torch.Tensor  # [C] which of the R predicts this completion token
    target: torch.Tensor  # [C] its id
    lengths: tuple[int, ...]  # completion length of each path, in the order they were given
    tokens: int  # distinct tokens, padding not counted
    among: tuple[tuple[int, ...] | None, ...] | None = None  # [C] ids it was chosen among; None: among all

    def to(self, device: torch.device | str) -> Packed:
        moved = {k: v.to(device, non_blocking=True) for k, v in vars(self).items() if isinstance(v, torch.Tensor)}
        return Packed(**{**vars(self), **moved})

    def mask(self) -> torch.Tensor:
        """[B, 1, T, T] bool, true where query q may attend to key k."""
        at = torch.arange(self.ids.shape[1], device=self.ids.device)
        query, key = at[None, :, None], at[None, None, :]
        return ((query >= key) & (query < self.end[:, None, :]))[:, None]

    def bias(self, dtype: torch.dtype) -> torch.Tensor:
        """The mask as attention adds it: 0 or -inf. Given as booleans, every layer would turn it
        into this and keep its own copy for the backward pass."""
        mask = self.mask()
        return torch.zeros(mask.shape, dtype=dtype, device=mask.device).masked_fill_(~mask, -torch.inf)


def order(paths: Sequence[Path]) -> tuple[list[int], list[int]]:
    """Indexes in sorted order and each one's common prefix with the one before it."""
    # Big-endian with the sign bit flipped compares as bytes do.
    rank = [(p.keys.astype(np.int64) ^ np.int64(-(2**63))).astype(">i8").tobytes() for p in paths]
    indexes = sorted(range(len(paths)), key=lambda i: (rank[i], i))
    shared = [0]
    for before, here in pairwise(indexes):
        shared.append(common_prefix(paths[before].keys, paths[here].keys))
    return indexes, shared


def common_prefix(a: np.ndarray, b: np.ndarray) -> int:
    size = min(len(a), len(b))
    differs = np.flatnonzero(a[:size] != b[:size])
    return int(differs[0]) if len(differs) else size


@dataclass(frozen=True)
class Budget:
    """What a row of T tokens costs, in tokens' worth of linear layers: `start + T + square · T²`, and half as much
    again where layers must be computed twice because more than `kept` tokens do not stay in memory."""

    most: int = 8192
    """Longest row; a longer sequence is a row alone."""
    kept: int | None = None
    square: float = 0.0
    """Attention between two tokens."""
    start: int = 0
    """What a row costs beside its tokens."""

    def cost(self, tokens: int) -> float:
        once = self.start + tokens + self.square * tokens * tokens
        return once * (1.5 if self.kept is not None and tokens > self.kept else 1)


def micro_batches(
    paths: Sequence[Path], atoms: Sequence[Sequence[int]], budget: Budget, *, share: bool = True
) -> list[list[list[int]]]:
    """Splits atoms into rows, each a micro-batch. In sorted order the distinct tokens of neighbours are known, so
    the cheapest cuts are found exactly: within a group a cut computes the prompt again, between groups joining saves
    what they share and pays for the square. No atom is cut."""
    if not share:
        return _by_length(paths, atoms, budget.most)
    indexes, shared = order(paths)
    place = {i: at for at, i in enumerate(indexes)}
    spans = sorted((min(place[i] for i in a), max(place[i] for i in a), list(a)) for a in atoms)
    # A cut before `at` is allowed where no atom reaches over it.
    cuts, reach = [0], spans[0][1]
    for first, last, _ in spans[1:]:
        if first > reach:
            cuts.append(first)
        reach = max(reach, last)
    cuts.append(len(indexes))
    added = [
        sum(len(paths[i].ids) - s for i, s in zip(indexes[a:b], shared[a:b], strict=True)) for a, b in pairwise(cuts)
    ]
    # The first of a row shares with nothing before it.
    best, came = [0.0], [0]
    for end in range(1, len(cuts)):
        tokens, options = 0, []
        for start in reversed(range(end)):
            tokens += added[start]
            row = tokens + shared[cuts[start]]
            if row > budget.most and start < end - 1:
                break
            options.append((best[start] + budget.cost(row), start))
        cost, start = min(options)
        best.append(cost)
        came.append(start)
    rows: list[tuple[int, int]] = []
    end = len(cuts) - 1
    while end:
        rows.append((cuts[came[end]], cuts[end]))
        end = came[end]
    return [[a for first, _, a in spans if start <= first < stop] for start, stop in reversed(rows)]


def _by_length(paths: Sequence[Path], atoms: Sequence[Sequence[int]], most: int) -> list[list[list[int]]]:
    """Atoms of like length together, up to `most` tokens with what fills the rows up."""
    batches: list[list[list[int]]] = []
    rows = longest = 0
    for atom in sorted(atoms, key=lambda a: -max(len(paths[i].ids) for i in a)):
        if not batches or (rows + len(atom)) * longest > most:
            batches.append([])
            rows, longest = 0, max(len(paths[i].ids) for i in atom)
        batches[-1].append(list(atom))
        rows += len(atom)
    return batches


@dataclass
class _Tree:
    """A row under construction; `paths[i]` are the nodes of member i in sequence order."""

    members: list[int]
    paths: list[np.ndarray]
    fresh: list[int]  # nodes that member i added
    size: int
    end: np.ndarray


def pack(paths: Sequence[Path], *, pad_to: int = 1, share: bool = True) -> Packed:
    """Packs these sequences into one row; without sharing each into a row of its own. T is a multiple of `pad_to`."""
    rows = [_tree(paths, *order(paths))] if share else [_tree(paths, [i], [0]) for i in range(len(paths))]
    capacity = -(-max(tree.size for tree in rows) // pad_to) * pad_to
    shape = (len(rows), capacity)
    ids = np.zeros(shape, np.int64)
    positions = np.zeros((len(paths[0].positions), *shape), np.int64)
    # Padding attends to itself alone and nothing attends to it.
    end = np.broadcast_to(np.arange(1, capacity + 1), shape).copy()
    image_row = np.full(shape, -1, np.int64)
    nodes: dict[int, np.ndarray] = {}
    for b, tree in enumerate(rows):
        end[b, : tree.size] = tree.end
        for member, path, fresh in zip(tree.members, tree.paths, tree.fresh, strict=True):
            at, here = path[len(path) - fresh :], paths[member]
            new = slice(len(path) - fresh, None)
            ids[b, at] = here.ids[new]
            positions[:, b, at] = here.positions[:, new]
            image_row[b, at] = -1 - here.keys[new]
            nodes[member] = path + b * capacity
    flat_image = image_row.ravel()
    image_at = np.flatnonzero(flat_image >= 0)
    predicting = [nodes[i][p.prompt - 1 : -1] for i, p in enumerate(paths)]
    predicts, source = np.unique(np.concatenate(predicting), return_inverse=True)
    target = np.concatenate([p.ids[p.prompt :] for p in paths])
    among = [ids for p in paths for ids in p.among or [None] * (len(p.ids) - p.prompt)]
    as_tensor = torch.from_numpy
    return Packed(
        ids=as_tensor(ids),
        positions=as_tensor(positions),
        end=as_tensor(end),
        image_at=as_tensor(image_at),
        image_row=as_tensor(flat_image[image_at]),
        predicts=as_tensor(predicts),
        source=as_tensor(source.reshape(-1)),
        target=as_tensor(target),
        lengths=tuple(len(p.ids) - p.prompt for p in paths),
        tokens=sum(tree.size for tree in rows),
        among=tuple(among) if any(among) else None,
    )


def _tree(paths: Sequence[Path], indexes: Sequence[int], prefixes: Sequence[int]) -> _Tree:
    """Of sequences in sorted order, with what each shares with the one before; several trees where that is nothing."""
    tree = _Tree([], [np.arange(0)], [], 0, np.arange(0))
    for i, shared in zip(indexes, prefixes, strict=True):
        fresh = len(paths[i].ids) - shared
        last = tree.paths[-1]
        # What the last path had beyond the shared prefix is complete: it ends here.
        tree.end[last[shared:]] = tree.size
        new = np.arange(tree.size, tree.size + fresh)
        tree.size += fresh
        tree.end = np.concatenate([tree.end, np.full(fresh, tree.size)])
        tree.members.append(i)
        tree.paths.append(np.concatenate([last[:shared], new]))
        tree.fresh.append(fresh)
        # Whatever is still open ends no earlier than the newest node.
        tree.end[tree.paths[-1]] = tree.size
    tree.paths.pop(0)
    return tree
