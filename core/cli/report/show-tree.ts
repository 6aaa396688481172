import type { RunFolder } from "../../record/run-folder.ts";
import { findTree } from "../../report/find-group.ts";
import { type TreeBranchView, type TreePointView, type TreeView, treeView } from "../../report/tree-view.ts";
import { plainLine } from "../../util/plain-text.ts";
import { exitCodes } from "../exit.ts";
import type { Io } from "../io.ts";

/** Prints a search tree: visits N, both parts of Q; `*` marks the best path. Without `id` the last tree that found a success, else the last one. */
export async function showTree(
  run: RunFolder,
  id: string | undefined,
  { isJson, io }: { readonly isJson: boolean; readonly io: Io },
): Promise<number> {
  const { slot, group, iteration } = await findTree(run, id);
  if (isJson) {
    const records = await run.iteration(iteration).readTrees();
    for (const record of records) if (record.group === group.id) io.out(JSON.stringify(record));
    return exitCodes.done;
  }
  io.out(plainLine(`${slot.task.key}  "${slot.task.goal.text}"`));
  const view = treeView(group);
  for (const line of headLines(view)) io.out(line);
  for (const line of view.root ? pointLines(view.root, "") : []) io.out(line);
  return exitCodes.done;
}

function headLines({ id, simulations, points, envSteps, solvedAt, policyVersion, critic, unreachable }: TreeView) {
  const found = solvedAt === undefined ? "no success" : `success at simulation ${solvedAt}`;
  const size = `${simulations} simulations, ${points} points, ${envSteps} steps`;
  return [
    [`tree ${id}`, size, found, `policy ${policyVersion}`].join("  "),
    ...(critic ? [`critic ${critic.by || "(never answered)"}: ${critic.calls} calls, ${critic.faults} failed`] : []),
    ...(critic?.fault === undefined ? [] : [plainLine(`  at last: ${critic.fault}`)]),
    ...(unreachable > 0 ? [`${unreachable} simulations ended at a point that could not be reached`] : []),
  ];
}

function pointLines({ branches, untried }: TreePointView, indent: string): readonly string[] {
  return [
    ...branches.flatMap((branch) => [
      plainLine(`${indent}${branch.isBest ? "*" : " "} ${branchLine(branch)}`),
      ...branch.below ? pointLines(branch.below, `${indent}  `) : [],
    ]),
    ...(untried > 0 && branches.length > 0 ? [`${indent}  ${untried} not tried`] : []),
  ];
}

const uncounted = {
  no_value: "(no value: the rollout or the critic failed)",
  not_followed: "(not followed: the tree has this page)",
} as const;

function branchLine(branch: TreeBranchView): string {
  const { visits, mcts, critic, said, logprob, end, unreachable } = branch;
  return [
    `N ${visits}`,
    `Q_mcts ${mcts === undefined ? "-" : mcts.toFixed(2)}`,
    ...critic === undefined ? [] : [`Q_critic ${critic.toFixed(2)}`],
    said,
    ...logprob === undefined ? [] : [`logprob ${logprob.toFixed(2)}`],
    ...end === undefined ? [] : [`(${end})`],
    ...unreachable === undefined ? [] : [`(unreachable: ${unreachable})`],
    ...branch.uncounted === undefined ? [] : [uncounted[branch.uncounted]],
  ].join("  ");
}
