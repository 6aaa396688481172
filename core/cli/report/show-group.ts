import { formatAction } from "../../action/format.ts";
import type { Example } from "../../domain/batch.ts";
import { chainsOf, returnOf } from "../../domain/chains.ts";
import { deadCause } from "../../algorithm/dead-group.ts";
import type { Branch, Decision, Group } from "../../domain/group.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import type { Slot } from "../../record/slot.ts";
import { HaloError } from "../../util/errors.ts";
import { plainLine } from "../../util/plain-text.ts";
import { exitCodes } from "../exit.ts";
import { shortList } from "./short-list.ts";
import type { Io } from "../io.ts";

interface ShowOptions {
  readonly isJson: boolean;
  readonly io: Io;
}

/** Prints one group: each candidate with its reward terms, evidence and advantage; `*` marks the one followed. */
export async function showGroup(run: RunFolder, id: string, o: ShowOptions): Promise<number> {
  const slot = await readSlot(run, id);
  const group = slot.groups.find((g) => g.id === id);
  if (!group) throw notFound(run, id, slot.groups.map((g) => g.id));
  await print(run, slot, [group], o);
  return exitCodes.done;
}

/** Prints every group of a training slot, in order: one training episode as it was explored. */
export async function showSlot(run: RunFolder, id: string, o: ShowOptions): Promise<number> {
  const slot = await readSlot(run, id);
  await print(run, slot, slot.groups, o);
  return exitCodes.done;
}

async function readSlot(run: RunFolder, id: string): Promise<Slot> {
  const match = /^i(\d+)\.s\d+/.exec(id);
  const iteration = Number(match?.[1]);
  const numbers = await run.iterations();
  if (!match || !numbers.includes(iteration)) throw notFound(run, id, await firstGroups(run, numbers));
  const slots = await run.iteration(iteration).readSlots();
  const slot = slots.find((s) => s.id === match[0]);
  if (!slot) throw notFound(run, id, slots.flatMap(firstGroup));
  return slot;
}

/** The first group of each slot, enough of them for a hint. */
async function firstGroups(run: RunFolder, iterations: readonly number[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const n of iterations) {
    ids.push(...(await run.iteration(n).readSlots()).flatMap(firstGroup));
    if (ids.length > 8) break;
  }
  return ids;
}

const firstGroup = ({ groups }: Slot): readonly string[] => groups.slice(0, 1).map((g) => g.id);

function notFound(run: RunFolder, id: string, known: readonly string[]): HaloError {
  return new HaloError("HALO_GROUP_NOT_FOUND", `run ${run.info.id} has no group "${id}"`, {
    hint: `its groups: ${shortList(known)}`,
  });
}

async function print(run: RunFolder, slot: Slot, groups: readonly Group[], { isJson, io }: ShowOptions): Promise<void> {
  const iteration = Number(/^i(\d+)/.exec(slot.id)![1]);
  const batch = await run.iteration(iteration).readBatch();
  const of = (group: Group) => advantagesOf(group, (batch?.examples ?? []).filter((e) => e.group === group.id));
  if (isJson) {
    for (const group of groups) {
      const advantages = of(group);
      const decisions = group.decisions.map((d) => ({
        ...d,
        prompt: d.prompt.kind,
        branches: d.branches.map((b) => ({ ...b, advantage: advantages.get(b) })),
      }));
      io.out(JSON.stringify({ type: "group", task: slot.task.key, goal: slot.task.goal.text, ...group, decisions }));
    }
    return;
  }
  io.out(plainLine(`${slot.task.key}  "${slot.task.goal.text}"`));
  for (const group of groups) {
    const advantages = of(group);
    const cause = advantages.size === 0 ? deadCause(group) : undefined;
    io.out(
      `group ${group.id}  ${group.shape}, policy ${group.policyVersion}, temperature ${group.temperature}${
        cause ? `, no gradient: ${cause}` : ""
      }`,
    );
    if (group.shape === "trajectory") {
      for (const [i, chain] of chainsOf(group).entries()) {
        io.out(`  episode ${i}  return ${returnOf(chain).toFixed(2)}`);
        for (const { branch } of chain) printBranch(branch, { isChosen: false, advantage: advantages.get(branch), io });
      }
      continue;
    }
    for (const decision of group.decisions) {
      if (group.decisions.length > 1) io.out(plainLine(`  ${placeOf(group, decision)}`));
      decision.branches.forEach((branch, i) =>
        printBranch(branch, { isChosen: decision.chosen === i, advantage: advantages.get(branch), io })
      );
    }
    if (group.search) io.err(`see: halo runs show ${run.info.id} --tree --group ${group.id}`);
  }
}

/** Which point of its group a decision is, and what led there: "point 4, step 2: after point 1, click e3". */
function placeOf({ decisions }: Group, { id, parent }: Decision): string {
  const before = parent && decisions.find((d) => d.id === parent.decision);
  if (!parent || !before) return `point ${id}, step 0`;
  let step = 0;
  for (let at: Decision | undefined = before; at; step++) {
    const above: Decision["parent"] = at.parent;
    at = above && decisions.find((d) => d.id === above.decision);
  }
  return `point ${id}, step ${step}: after point ${parent.decision}, ${said(before.branches[parent.branch]!)}`;
}

function said({ sample: { parsed, text }, target }: Branch): string {
  return parsed.ok ? formatAction(parsed.action, target) : `invalid (${parsed.code}): ${text.slice(0, 80)}`;
}

function printBranch(
  branch: Branch,
  o: { readonly isChosen: boolean; readonly advantage: number | undefined; readonly io: Io },
): void {
  const { logprob } = branch.sample;
  const reward = branch.reward === undefined ? "not tried" : `reward ${branch.reward.toFixed(2)}`;
  const advantage = o.advantage === undefined
    ? ""
    : `  advantage ${o.advantage >= 0 ? "+" : ""}${o.advantage.toFixed(3)}`;
  const p = logprob === undefined ? "" : `  logprob ${logprob.toFixed(3)}`;
  o.io.out(
    plainLine(
      `  ${o.isChosen ? "*" : " "} ${said(branch)}  ${reward}${advantage}${p}${
        branch.end ? `  (${branch.end.stop})` : ""
      }`,
    ),
  );
  for (const term of branch.terms ?? []) {
    o.io.out(plainLine(`      ${term.value >= 0 ? "+" : ""}${term.value.toFixed(2)} ${term.name}: ${term.evidence}`));
  }
}

/** The advantage of each branch; equal samples of several episodes are told apart by their order. */
function advantagesOf(group: Group, examples: readonly Example[]): ReadonlyMap<Branch, number> {
  const left = examples.flatMap((e) => e.kind === "advantage" ? [{ said: JSON.stringify(e.sample), ...e }] : []);
  const advantages = new Map<Branch, number>();
  for (const { branch } of chainsOf(group).flat()) {
    if (advantages.has(branch)) continue;
    const said = JSON.stringify(branch.sample);
    const i = left.findIndex((e) => e.said === said);
    if (i >= 0) advantages.set(branch, left.splice(i, 1)[0]!.advantage);
  }
  return advantages;
}
