import type { Chosen } from "./tree.ts";

/** Adds a simulation's value to every action on its path: N grows by one, Q_mcts stays the running mean. */
export function backUp(path: readonly Chosen[], value: number): void {
  for (const { node, arm } of path) {
    const { stats } = node.arms[arm]!;
    stats.mcts = (stats.mcts * stats.visits + value) / (stats.visits + 1);
    stats.visits++;
  }
}

/** Takes back the virtual loss that `selectPath` laid on a path. */
export function settle(path: readonly Chosen[]): void {
  for (const { node, arm } of path) node.arms[arm]!.stats.pending--;
}
