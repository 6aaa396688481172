import { type Chosen, proposalAt } from "./tree.ts";

/** Adds a simulation's value to every action on its path: N grows by one, Q_mcts stays the running mean. */
export function backUp(path: readonly Chosen[], value: number): void {
  for (const chosen of path) {
    const { stats } = proposalAt(chosen);
    stats.mcts = (stats.mcts * stats.visits + value) / (stats.visits + 1);
    stats.visits++;
  }
}

/** Takes the virtual loss back that `selectPath` laid on a path. */
export function release(path: readonly Chosen[]): void {
  for (const chosen of path) proposalAt(chosen).stats.pending--;
}
