"""How sequences are cut into rows: never more tokens than one row a group, and the cheapest of all cuts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
import torch
from test_exactness import gradients, make, relative, worst

from halo_lora import memory
from halo_lora.config_8b import config_8b
from halo_lora.trie import Budget, Path, micro_batches, pack

EIGHT_B = memory.sizes_of(config_8b())
SQUARE = memory.attention_square(EIGHT_B)
SYSTEM = 490
LENGTHS = (1474, 1800, 2100, 2400, 3000, 4000)


def path(prompt: np.ndarray, completion: int, rng: np.random.Generator) -> Path:
    ids = np.concatenate([prompt, rng.integers(0, 150_000, completion)])
    return Path(ids, ids, np.arange(len(ids))[None].repeat(3, 0), len(prompt))


def groups_of(count: int, prompt: int, *, n: int = 8, seed: int = 0) -> list[list[Path]]:
    """Groups of n completions of 30 to 52 tokens; all prompts begin with the same system text."""
    rng = np.random.default_rng(seed)
    system = rng.integers(0, 150_000, SYSTEM)
    found = []
    for _ in range(count):
        own = np.concatenate([system, rng.integers(0, 150_000, prompt - SYSTEM)])
        found.append([path(own, int(rng.integers(30, 53)), rng) for _ in range(n)])
    return found


def computed(paths: Sequence[Path], budget: Budget) -> list[tuple[int, int]]:
    """Rows and tokens a row of each micro-batch, what fills rows up included."""
    batches = micro_batches(paths, [[i] for i in range(len(paths))], budget)
    shapes = [pack([paths[a[0]] for a in batch]).ids.shape for batch in batches]
    return [(int(b), int(t)) for b, t in shapes]


@pytest.mark.parametrize("prompt", LENGTHS)
@pytest.mark.parametrize("count", range(1, 9))
def test_no_more_is_computed_than_one_row_a_group(count: int, prompt: int) -> None:
    groups = groups_of(count, prompt)
    alone = [prompt + sum(len(p.ids) - prompt for p in group) for group in groups]
    free = int(22.9 * memory.GIB)
    kept = memory.longest_kept(EIGHT_B, 16, width=2, free=free, most=8192)
    budgets = [Budget(8192, kept, SQUARE, 150), Budget(8192, None, SQUARE, 0), Budget(max(alone), None, SQUARE, 0)]
    for budget in budgets:
        shapes = computed([p for group in groups for p in group], budget)
        assert sum(b * t for b, t in shapes) <= sum(alone)
        # Attention and recomputation counted, it costs no more either.
        assert sum(budget.cost(b * t) for b, t in shapes) <= sum(budget.cost(t) for t in alone) + 1e-6
        assert max(t for _, t in shapes) <= budget.most


def test_groups_that_share_their_beginning_join_where_that_is_cheaper() -> None:
    (a, b), paths = (len(g) for g in groups_of(2, 1474)), [p for g in groups_of(2, 1474) for p in g]
    assert (a, b) == (8, 8)
    joined = sum(len(p.ids) - p.prompt for p in paths) + 2 * 1474 - SYSTEM
    assert computed(paths, Budget(8192, None, SQUARE, 0)) == [(1, joined)]
    # Where two do not stay in memory, or attention is dear, each is a row.
    assert len(computed(paths, Budget(8192, joined - 1, SQUARE, 0))) == 2
    assert len(computed(paths, Budget(8192, None, 100 * SQUARE, 0))) == 2
    # A group is not cut in its middle as long as computing layers twice is cheaper than the prompt.
    assert len(computed(paths[:8], Budget(8192, 1500, SQUARE, 0))) == 1


def test_the_cut_is_the_cheapest_of_all() -> None:
    rng = np.random.default_rng(3)
    for _ in range(40):
        head = rng.integers(0, 9, int(rng.integers(2, 12)))
        paths = []
        for _ in range(int(rng.integers(2, 8))):
            start = head[: int(rng.integers(0, len(head) + 1))]
            ids = np.concatenate([start, rng.integers(0, 9, int(rng.integers(2, 9)))])
            paths.append(Path(ids, ids, np.arange(len(ids))[None], 1))
        budget = Budget(int(rng.integers(8, 60)), int(rng.integers(4, 40)), float(rng.uniform(0, 0.1)), 2)
        order = sorted(range(len(paths)), key=lambda i: (paths[i].keys.tolist(), i))

        def cost(cuts: Sequence[int], paths: list[Path] = paths, order: list[int] = order, b: Budget = budget) -> float:
            total = 0.0
            for start, end in itertools.pairwise([0, *cuts, len(paths)]):
                tokens = pack([paths[i] for i in order[start:end]]).tokens
                if tokens > b.most and end - start > 1:
                    return float("inf")
                total += b.cost(tokens)
            return total

        inner = range(1, len(paths))
        best = min(cost(cuts) for size in range(len(paths)) for cuts in itertools.combinations(inner, size))
        batches = micro_batches(paths, [[i] for i in range(len(paths))], budget)
        found = sum(budget.cost(pack([paths[a[0]] for a in batch]).tokens) for batch in batches)
        assert found == pytest.approx(best)
        assert sorted(i for batch in batches for a in batch for i in a) == list(range(len(paths)))


def test_a_pair_stays_together() -> None:
    paths = [p for group in groups_of(2, 600, n=4) for p in group]
    pairs = [[0, 5], [1, 2], [3, 7], [4, 6]]
    batches = micro_batches(paths, pairs, Budget(700, None, SQUARE, 0))
    assert sorted(sorted(a) for batch in batches for a in batch) == sorted(pairs)


def test_without_sharing_each_sequence_is_a_row() -> None:
    paths = [p for group in groups_of(2, 600, n=3) for p in group]
    packed = pack(paths, share=False)
    assert packed.ids.shape == (6, max(len(p.ids) for p in paths))
    assert packed.tokens == sum(len(p.ids) for p in paths)
    for row, p in enumerate(paths):
        assert packed.ids[row, : len(p.ids)].tolist() == p.ids.tolist()
    batches = micro_batches(paths, [[i] for i in range(6)], Budget(1400), share=False)
    assert [len(batch) for batch in batches] == [2, 2, 2]


def test_gradients_of_several_groups_are_those_of_each_alone(tiny: str) -> None:
    engine = make(tiny, "float32")
    rng = np.random.default_rng(4)
    system = rng.integers(0, 300, 40).tolist()
    case = []
    for group in range(4):
        prompt = [*system, *rng.integers(0, 300, 30).tolist()]
        for _ in range(4):
            completion = rng.integers(0, 300, int(rng.integers(3, 7))).tolist()
            case.append(
                {"prompt_ids": prompt, "completion_ids": completion, "group": str(group), "advantage": rng.normal()}
            )
    logp, grad, metrics = gradients(engine, case)
    alone = [gradients(engine, case[at : at + 4]) for at in range(0, 16, 4)]
    # The loss of a call is divided by its number of completions.
    assert relative(grad, torch.stack([g for _, g, _ in alone]).sum(0) / 4) < 1e-6
    assert worst(logp, [x for found, _, _ in alone for x in found]) < 1e-5
    assert metrics["batch/micro"] < 4
