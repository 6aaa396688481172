import { formatAction } from "../../action/format.ts";
import type { Branch, Decision, Group } from "../../domain/group.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import type { Slot } from "../../record/slot.ts";
import { HaloError } from "../../util/errors.ts";
import { plainLine } from "../../util/plain-text.ts";
import { exitCodes } from "../exit.ts";
import { shortList } from "./short-list.ts";
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
  for (const line of headLines(group)) io.out(line);
  const below = new Map(group.decisions.map((d) => [d.parent ? `${d.parent.decision}/${d.parent.branch}` : "", d]));
  const print = (decision: Decision, indent: string): void => {
    const untried = decision.branches.filter((b) => !isTried(b)).length;
    for (const [i, branch] of decision.branches.entries()) {
      if (!isTried(branch)) continue;
      const note = uncounted(group, { decision: decision.id, branch: i });
      io.out(plainLine(`${indent}${decision.chosen === i ? "*" : " "} ${branchLine(branch)}${note}`));
      const child = below.get(`${decision.id}/${i}`);
      if (child) print(child, `${indent}  `);
    }
    if (untried > 0 && untried < decision.branches.length) io.out(`${indent}  ${untried} not tried`);
  };
  const root = below.get("");
  if (root) print(root, "");
  return exitCodes.done;
}

async function findTree(
  run: RunFolder,
  id: string | undefined,
): Promise<{ readonly slot: Slot; readonly group: Group; readonly iteration: number }> {
  const asked = /^i(\d+)\./.exec(id ?? "")?.[1];
  const numbers = (await run.iterations()).filter((n) => asked === undefined || n === Number(asked));
  let fallback: { readonly slot: Slot; readonly group: Group; readonly iteration: number } | undefined;
  const known: string[] = [];
  for (const iteration of [...numbers].reverse()) {
    const slots = await run.iteration(iteration).readSlots();
    for (const slot of [...slots].reverse()) {
      for (const group of slot.groups.filter((g) => g.search)) {
        const found = { slot, group, iteration };
        known.push(group.id);
        if (id === undefined ? group.search!.simulations.some((s) => s.success) : group.id === id) return found;
        fallback ??= found;
      }
    }
  }
  if (id === undefined && fallback) return fallback;
  const message = id === undefined ? `run ${run.info.id} has no search tree` : `run ${run.info.id} has no tree "${id}"`;
  throw new HaloError("HALO_GROUP_NOT_FOUND", message, {
    hint: known.length > 0 ? `its trees: ${shortList(known)}` : "only algorithms that search record trees",
  });
}

function headLines({ id, policyVersion, search, decisions }: Group): readonly string[] {
  const { simulations, unreachable, critic } = search!;
  const first = simulations.findIndex((s) => s.success);
  const found = first < 0 ? "no success" : `success at simulation ${first + 1}`;
  const parts = [
    `tree ${id}`,
    `${simulations.length} simulations, ${decisions.length} points, ${simulations.at(-1)?.envSteps ?? 0} steps`,
    found,
    `policy ${policyVersion}`,
  ];
  return [
    parts.join("  "),
    ...(critic ? [`critic ${critic.by || "(never answered)"}: ${critic.calls} calls, ${critic.faults} failed`] : []),
    ...(critic?.fault === undefined ? [] : [plainLine(`  at last: ${critic.fault}`)]),
    ...(unreachable > 0 ? [`${unreachable} simulations ended at a point that could not be reached`] : []),
  ];
}

const isTried = ({ q, reward, fault }: Branch): boolean => (q?.visits ?? 0) > 0 || reward !== undefined || !!fault;

/** Why an action that was executed has no visit; empty for every other one. */
function uncounted({ decisions, search }: Group, { decision, branch }: NonNullable<Decision["parent"]>): string {
  const { q, fault } = decisions.find((d) => d.id === decision)!.branches[branch]!;
  if (fault || (q?.visits ?? 0) > 0) return "";
  const isCounted = search!.simulations.some(({ path }) =>
    path.some((place) => place.decision === decision && place.branch === branch)
  );
  return isCounted ? "  (no value: the rollout or the critic failed)" : "  (not followed: the tree has this page)";
}

function branchLine({ sample: { parsed, text, logprob }, target, q, end, fault }: Branch): string {
  const said = parsed.ok ? formatAction(parsed.action, target) : `invalid (${parsed.code}): ${text.slice(0, 80)}`;
  const mcts = q && q.visits > 0 ? q.mcts.toFixed(2) : "-";
  const critic = q?.critic === undefined ? "" : `  Q_critic ${q.critic.toFixed(2)}`;
  const p = logprob === undefined ? "" : `  logprob ${logprob.toFixed(2)}`;
  const stop = end ? `  (${end.verdict.success ? "solved" : end.stop})` : "";
  return `N ${q?.visits ?? 0}  Q_mcts ${mcts}${critic}  ${said}${p}${stop}${
    fault ? `  (unreachable: ${fault.message})` : ""
  }`;
}
