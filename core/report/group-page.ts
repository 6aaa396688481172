import { nextPointId } from "../action/point-id.ts";
import type { Branch, Decision, Group } from "../domain/group.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { findSlot, type FoundSlot, groupOf } from "./find-group.ts";
import {
  advantagesOf,
  type BranchView,
  branchView,
  deadPart,
  type GroupHead,
  groupHead,
  titlesOf,
} from "./group-view.ts";
import {
  type LandingView,
  landingView,
  type PagesById,
  pagesById,
  type PageView,
  pageView,
  pointAt,
} from "./page-view.ts";
import { pointBehind } from "./points-of.ts";

/** A candidate with where it landed and where it led. */
export interface SiblingView extends BranchView, LandingView {
  readonly error?: string;
  /** Id of the point it led to; absent where nothing was recorded of it. */
  readonly to?: string;
  readonly toTitle?: string;
  /** How the episode ended with it, in the words of the verdict. */
  readonly reason?: string;
  readonly success?: boolean;
}

/** A decision with its page. */
export interface DecisionView {
  readonly id: number;
  readonly page?: PageView;
  readonly siblings: readonly SiblingView[];
}

/** A group as the viewer draws it. `dead` is absent from one that has a `WholeGroup`. */
export interface GroupPage extends GroupHead {
  readonly iteration: number;
  readonly slot: string;
  readonly taskKey: string;
  readonly goal: string;
  /** Ids of the slot's groups, in order: the steps of the episode where they are step groups. */
  readonly groups: readonly string[];
  /** Ids of its decisions. */
  readonly decisions: readonly number[];
  /** The first decision; the others are asked for one by one: a tree has thousands, each with its page. */
  readonly first?: DecisionView;
  /** True where `wholeGroup` says more of it. */
  readonly hasWhole: boolean;
}

/** What takes all decisions of a group to say: a tree has thousands, and its page is drawn before. */
export interface WholeGroup extends Pick<GroupHead, "dead"> {
  /** How each decision came about, in their order; empty where titles would tell nothing. */
  readonly titles: readonly string[];
}

/** Whether a group has several decisions, or may have: what they come to together is then asked for by itself. */
export const hasWhole = ({ shape, decisions }: Pick<Group, "shape" | "decisions">): boolean =>
  shape === "tree" || decisions.length > 1;

/** A group with the page it was sampled at first, the siblings there and where each of them led. Throws HALO_GROUP_NOT_FOUND. */
export async function groupPage(run: RunFolder, id: string): Promise<GroupPage> {
  const { found, group, parts } = await readGroup(run, id);
  const [first] = group.decisions;
  return {
    ...groupHead(group),
    ...(!hasWhole(group) && deadPart(group, parts.advantages)),
    ...headOf(found),
    hasWhole: hasWhole(group),
    decisions: group.decisions.map((decision) => decision.id),
    ...(first && { first: decisionView(first, parts) }),
  };
}

/** What all decisions of a group together come to. Throws HALO_GROUP_NOT_FOUND. */
export async function wholeGroup(run: RunFolder, id: string): Promise<WholeGroup> {
  const { group, parts } = await readGroup(run, id);
  return { titles: titlesOf(group), ...deadPart(group, parts.advantages) };
}

/** One decision of a group with its page; undefined where the group has none of that id. Throws HALO_GROUP_NOT_FOUND. */
export async function decisionPage(
  run: RunFolder,
  { group: groupId, decision: id }: { readonly group: string; readonly decision: number },
): Promise<DecisionView | undefined> {
  const { group, parts } = await readGroup(run, groupId);
  const decision = group.decisions.find((one) => one.id === id);
  return decision && decisionView(decision, parts);
}

async function readGroup(run: RunFolder, id: string) {
  const found = await findSlot(run, id);
  const group = groupOf(run, found, id);
  const [batch, seen] = await Promise.all([
    run.iteration(found.iteration).readBatch(),
    run.readPages(found.slot.id),
  ]);
  const advantages = advantagesOf(group, batch?.examples ?? []);
  const parts: Parts = {
    pointOf: (decision) => pointBehind(found.slot, { group, decision }),
    pages: pagesById(seen),
    advantages,
  };
  return { found, group, parts };
}

function headOf({ iteration, slot }: FoundSlot) {
  const { id, task, groups } = slot;
  return { iteration, slot: id, taskKey: task.key, goal: task.goal.text, groups: groups.map((g) => g.id) };
}

interface Parts {
  readonly pointOf: (decision: Decision) => string | undefined;
  readonly pages: PagesById;
  readonly advantages: ReadonlyMap<Branch, number>;
}

function decisionView(decision: Decision, { pointOf, pages, advantages }: Parts): DecisionView {
  const at = pointOf(decision);
  const here = pointAt(pages, at, decision.stateKey);
  return {
    id: decision.id,
    ...(here && { page: pageView(here) }),
    siblings: decision.branches.map((branch, i) => {
      const { parsed } = branch.sample;
      const to = at === undefined ? undefined : pages.get(nextPointId(at, parsed));
      return {
        ...branchView(branch, { isChosen: decision.chosen === i, advantage: advantages.get(branch) }),
        ...landingView(parsed, { here, to }),
        ...(to && { to: to.id, toTitle: to.page.title }),
        ...(branch.end && { reason: branch.end.verdict.reason, success: branch.end.verdict.success }),
        ...(branch.fault && { error: branch.fault.message }),
      };
    }),
  };
}
