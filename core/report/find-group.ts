import type { Group } from "../domain/group.ts";
import type { RecordedEvent } from "../record/events.ts";
import type { RunFolder } from "../record/run-folder.ts";
import type { Slot } from "../record/slot.ts";
import { HaloError } from "../util/errors.ts";

/** A training slot with the iteration it was explored in. */
export interface FoundSlot {
  readonly iteration: number;
  readonly slot: Slot;
}

/** Finds the training slot that the id of a slot or of one of its groups names: "i1.s0", "i1.s0.2". */
export type FindSlot = (id: string) => Promise<FoundSlot>;

/** The training slot of that id. Throws HALO_GROUP_NOT_FOUND. */
export async function findSlot(run: RunFolder, id: string): Promise<FoundSlot> {
  return await slotFinder(run)(id);
}

/** `findSlot` for many ids, one after the other: the slots of the iteration asked for last are kept. */
export function slotFinder(run: RunFolder): FindSlot {
  let last: { readonly iteration: number; readonly slots: Map<string, Slot> } | undefined;
  return async (id) => {
    const named = slotNamed(id);
    if (!named) throw notFound(run, id, await firstGroups(run, await run.iterations()));
    const { iteration, slotId } = named;
    if (last?.iteration !== iteration) last = { iteration, slots: new Map() };
    const { slots } = last;
    const slot = slots.get(slotId) ?? await run.iteration(iteration).readSlot(slotId);
    if (!slot) throw notFound(run, id, await groupsNear(run, iteration));
    slots.set(slotId, slot);
    return { iteration, slot };
  };
}

/** The slot that the id of a slot or of one of its groups names. */
function slotNamed(id: string): { readonly slotId: string; readonly iteration: number } | undefined {
  const match = /^i(\d+)\.s\d+/.exec(id);
  return match ? { slotId: match[0], iteration: Number(match[1]) } : undefined;
}

/** Groups of an iteration to name in a hint; of the run, where it has no such iteration. */
async function groupsNear(run: RunFolder, iteration: number): Promise<readonly string[]> {
  const there = (await run.iteration(iteration).readSlots()).flatMap(firstGroup);
  return there.length > 0 ? there : await firstGroups(run, await run.iterations());
}

/** One group of a slot. Throws HALO_GROUP_NOT_FOUND with those it has. */
export function groupOf(run: RunFolder, { slot }: FoundSlot, id: string): Group {
  const group = slot.groups.find((g) => g.id === id);
  if (!group) throw notFound(run, id, slot.groups.map((g) => g.id));
  return group;
}

/**
 * The group of a search tree: the one of that id; without an id the last that found a success, else the last. What the
 * journal says of an iteration spares reading it: a run may have explored thousands of slots.
 */
export async function findTree(run: RunFolder, id?: string): Promise<FoundSlot & { readonly group: Group }> {
  const trees = async (iteration: number) => treesOf(await run.iteration(iteration).readSlots(), iteration);
  if (id !== undefined) {
    const { slotId, iteration } = slotNamed(id) ?? { slotId: "", iteration: 0 };
    const slot = await run.iteration(iteration).readSlot(slotId);
    const found = slot && treesOf([slot], iteration).find(({ group }) => group.id === id);
    if (found) return found;
    throw noTree(run, { id, known: (await trees(iteration)).map(({ group }) => group.id) });
  }
  const numbers = [...await run.iterations()].reverse();
  const found = foundBy(await run.readEvents());
  const mayHold = numbers.filter((n) => !found.has(n) || found.get(n) !== undefined);
  for (const iteration of mayHold.filter((n) => found.get(n) !== 0)) {
    const solved = (await trees(iteration)).find(({ group }) => group.search!.simulations.some((s) => s.success));
    if (solved) return solved;
  }
  for (const iteration of mayHold) {
    const [last] = await trees(iteration);
    if (last) return last;
  }
  throw noTree(run, { known: [] });
}

/** The trees of an iteration, the last one first. */
const treesOf = (slots: readonly Slot[], iteration: number) =>
  slots.flatMap((slot) => slot.groups.flatMap((group) => group.search ? [{ slot, group, iteration }] : [])).reverse();

/** Share of the trees of each iteration that found a success, as its report has it; undefined for one without trees. */
function foundBy(events: readonly RecordedEvent[]): ReadonlyMap<number, number | null | undefined> {
  return new Map(
    events.flatMap((e) => e.type === "iteration" ? [[e.iteration, e.metrics["search/found"]] as const] : []),
  );
}

function noTree(run: RunFolder, { id, known }: { readonly id?: string; readonly known: readonly string[] }): HaloError {
  const message = id === undefined ? `run ${run.info.id} has no search tree` : `run ${run.info.id} has no tree "${id}"`;
  return new HaloError("HALO_GROUP_NOT_FOUND", message, {
    hint: known.length > 0 ? `its trees: ${shortList(known)}` : "only algorithms that search record trees",
  });
}

/** Whether the run has a search tree; its newest iterations are looked at first. */
export async function hasTree(run: RunFolder): Promise<boolean> {
  for (const n of [...await run.iterations()].reverse()) {
    const [slot] = await run.iteration(n).readSlots();
    if (slot) return slot.groups.some((group) => group.search);
  }
  return false;
}

/** The first group of each slot, enough of them for a hint. */
async function firstGroups(run: RunFolder, iterations: readonly number[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const n of iterations) {
    ids.push(...(await run.iteration(n).readSlots()).flatMap(firstGroup));
    if (ids.length > mostNamed) break;
  }
  return ids;
}

const firstGroup = ({ groups }: Slot): readonly string[] => groups.slice(0, 1).map((g) => g.id);

function notFound(run: RunFolder, id: string, known: readonly string[]): HaloError {
  return new HaloError("HALO_GROUP_NOT_FOUND", `run ${run.info.id} has no group "${id}"`, {
    hint: `its groups: ${shortList(known)}`,
  });
}

/** Names that a hint lists. */
const mostNamed = 8;

const shortList = (names: readonly string[]): string =>
  names.slice(0, mostNamed).join(", ") + (names.length > mostNamed ? ", …" : "");
