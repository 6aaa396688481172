import type { Group } from "../../domain/group.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { findSlot, type FoundSlot, groupOf } from "../../report/find-group.ts";
import { advantagesOf, type BranchView, type GroupView, groupView } from "../../report/group-view.ts";
import { plainLine } from "../../util/plain-text.ts";
import { exitCodes } from "../exit.ts";
import type { Io } from "../io.ts";

interface ShowOptions {
  readonly isJson: boolean;
  readonly io: Io;
}

/** Prints one group: each candidate with its reward terms, evidence and advantage; `*` marks the one followed. */
export async function showGroup(run: RunFolder, id: string, o: ShowOptions): Promise<number> {
  const found = await findSlot(run, id);
  return await show(run, { ...found, groups: [groupOf(run, found, id)] }, o);
}

/** Prints every group of a training slot, in order: one training episode as it was explored. */
export async function showSlot(run: RunFolder, id: string, o: ShowOptions): Promise<number> {
  const found = await findSlot(run, id);
  return await show(run, { ...found, groups: found.slot.groups }, o);
}

async function show(
  run: RunFolder,
  { iteration, slot, groups }: FoundSlot & { readonly groups: readonly Group[] },
  { isJson, io }: ShowOptions,
): Promise<number> {
  const examples = (await run.iteration(iteration).readBatch())?.examples ?? [];
  if (isJson) {
    const head = { type: "group", task: slot.task.key, goal: slot.task.goal.text };
    for (const group of groups) {
      const advantages = advantagesOf(group, examples);
      const decisions = group.decisions.map((d) => ({
        ...d,
        prompt: d.prompt.kind,
        branches: d.branches.map((b) => ({ ...b, advantage: advantages.get(b) })),
      }));
      io.out(JSON.stringify({ ...head, ...group, decisions }));
    }
    return exitCodes.done;
  }
  io.out(plainLine(`${slot.task.key}  "${slot.task.goal.text}"`));
  for (const group of groups) {
    const view = groupView(group, examples);
    for (const line of linesOf(view)) io.out(plainLine(line));
    if (view.hasTree) io.err(`see: halo runs show ${run.info.id} --tree --group ${group.id}`);
  }
  return exitCodes.done;
}

function linesOf({ id, shape, policyVersion, temperature, dead, rows }: GroupView): readonly string[] {
  const why = dead === undefined ? "" : `, no gradient: ${dead}`;
  return [
    `group ${id}  ${shape}, policy ${policyVersion}, temperature ${temperature}${why}`,
    ...rows.flatMap((row, i) => [
      ...row.return === undefined ? [] : [`  episode ${i}  return ${row.return.toFixed(2)}`],
      ...row.title === undefined ? [] : [`  ${row.title}`],
      ...row.branches.flatMap(branchLines),
    ]),
  ];
}

function branchLines({ said, isChosen, reward, advantage, logprob, stop, terms }: BranchView): readonly string[] {
  const facts = [
    `  ${isChosen ? "*" : " "} ${said}`,
    reward === undefined ? "not tried" : `reward ${reward.toFixed(2)}`,
    ...advantage === undefined ? [] : [`advantage ${signed(advantage, 3)}`],
    ...logprob === undefined ? [] : [`logprob ${logprob.toFixed(3)}`],
    ...stop === undefined ? [] : [`(${stop})`],
  ];
  return [facts.join("  "), ...terms.map((term) => `      ${signed(term.value, 2)} ${term.name}: ${term.evidence}`)];
}

const signed = (value: number, digits: number): string => `${value >= 0 ? "+" : ""}${value.toFixed(digits)}`;
