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
    """One sequence: prompt, then completion. Shapes [length], positions [3, length]."""

    ids: np.ndarray
    keys: np.ndarray
    """Identity of a token: its id, or for an image token -1 - (row of its feature)."""
    positions: np.ndarray
    prompt: int
    """Length of the prompt."""


@dataclass(frozen=True)
class Packed:
    """Rows of trees. B rows of T tokens, R distinct predicting tokens, C completion tokens."""

    ids: torch.Tensor  # [B, T]
    positions: torch.Tensor  # [3, B, T]
    end: torch.Tensor  # [B, T]
    image_at: torch.Tensor  # [V] flat index of each image token, ascending
    image_row: torch.Tensor  # [V] its row among the features
    predicts: torch.Tensor  # [R] flat index of each token whose hidden state predicts another
    source: torch.Tensor  # [C] which of the R predicts this completion token
    target: torch.Tensor  # [C] its id
    lengths: tuple[int, ...]  # completion length of each path, in the order they were given
    tokens: int  # distinct tokens, padding not counted

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


def micro_batches(paths: Sequence[Path], atoms: Sequence[Sequence[int]], budget: int) -> list[list[list[int]]]:
    """Splits atoms, sorted by prefix, where the distinct tokens of the next would pass `budget`."""
    indexes, shared = order(paths)
    place = {i: at for at, i in enumerate(indexes)}
    batches: list[list[list[int]]] = []
    used = 0
    for atom in sorted(atoms, key=lambda a: min(place[i] for i in a)):
        fresh = sum(len(paths[i].ids) - shared[place[i]] for i in atom)
        if not batches or used + fresh > budget:
            batches.append([])
            used = 0
            # The first of a batch shares with nothing before it.
            fresh = sum(len(paths[i].ids) for i in atom)
        batches[-1].append(list(atom))
        used += fresh
    return batches


@dataclass
class _Tree:
    """One tree under construction; `paths[i]` are the nodes of member i in sequence order."""

    members: list[int]
    paths: list[np.ndarray]
    fresh: list[int]  # nodes that member i added
    size: int
    end: np.ndarray


def pack(paths: Sequence[Path], *, row_tokens: int = 4096, min_shared: int = 16, pad_to: int = 1) -> Packed:
    """Packs these sequences. A new tree begins where less than `min_shared` tokens are shared, or
    where the tree would pass `row_tokens` (twice the sequence, if that is longer): attention costs
    the square of a row, computing a prefix again costs its length. T is a multiple of `pad_to`.
    """
    trees = _trees(paths, row_tokens, min_shared)
    capacity = -(-max(tree.size for tree in trees) // pad_to) * pad_to
    rows = _rows(trees, capacity)
    shape = (len(rows), capacity)
    ids = np.zeros(shape, np.int64)
    positions = np.zeros((3, *shape), np.int64)
    # Padding attends to itself alone and nothing attends to it.
    end = np.broadcast_to(np.arange(1, capacity + 1), shape).copy()
    image_row = np.full(shape, -1, np.int64)
    nodes: dict[int, np.ndarray] = {}
    for b, row in enumerate(rows):
        start = 0
        for tree in row:
            end[b, start : start + tree.size] = tree.end + start
            for member, path, fresh in zip(tree.members, tree.paths, tree.fresh, strict=True):
                new = slice(len(path) - fresh, None)
                at, here = path[new] + start, paths[member]
                ids[b, at] = here.ids[new]
                positions[:, b, at] = here.positions[:, new]
                image_row[b, at] = -1 - here.keys[new]
                nodes[member] = path + (b * capacity + start)
            start += tree.size
    flat_image = image_row.ravel()
    image_at = np.flatnonzero(flat_image >= 0)
    predicting = [nodes[i][p.prompt - 1 : -1] for i, p in enumerate(paths)]
    predicts, source = np.unique(np.concatenate(predicting), return_inverse=True)
    target = np.concatenate([p.ids[p.prompt :] for p in paths])
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
        tokens=sum(tree.size for tree in trees),
    )


def _trees(paths: Sequence[Path], row_tokens: int, min_shared: int) -> list[_Tree]:
    trees: list[_Tree] = []
    for i, shared in zip(*order(paths), strict=True):
        length = len(paths[i].ids)
        tree = trees[-1] if trees else None
        limit = max(row_tokens, 2 * length)
        if tree is None or shared < min(min_shared, length) or tree.size + length - shared > limit:
            trees.append(_Tree([i], [np.arange(length)], [length], length, np.full(length, length)))
            continue
        fresh = length - shared
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
    return trees


def _rows(trees: Sequence[_Tree], capacity: int) -> list[list[_Tree]]:
    """First fit, longest tree first."""
    rows: list[list[_Tree]] = []
    for tree in sorted(trees, key=lambda t: -t.size):
        for row in rows:
            if sum(t.size for t in row) + tree.size <= capacity:
                row.append(tree)
                break
        else:
            rows.append([tree])
    return rows
