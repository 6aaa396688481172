import type { Decision } from "../domain/group.ts";
import { spotShape } from "./domain-shapes.ts";
import { fileFormat } from "./file-format.ts";
import { count, list, nullable, number, object, optional, pair, text, variants } from "./shape.ts";

/** A branch of a tree by its decision and its number there. */
export type TreeSpot = NonNullable<Decision["parent"]>;

/** A line of tree.jsonl. What a critic said and what was tried stand apart. */
export type TreeRecord =
  & { readonly group: string }
  & (
    | { readonly type: "node"; readonly node: number; readonly parent?: TreeSpot; readonly stateKey: string }
    | { readonly type: "expand"; readonly node: number; readonly proposals: readonly Proposal[] }
    | { readonly type: "critic"; readonly node: number; readonly q_critic: readonly (number | null)[] }
    | { readonly type: "visit"; readonly simulation: number; readonly path: readonly TreeSpot[] }
    | {
      readonly type: "backup";
      readonly simulation: number;
      readonly value: number;
      readonly by: string;
      /** After it, from the root down. */
      readonly path: readonly Visited[];
    }
    | {
      readonly type: "pair";
      readonly node: number;
      /** Branches. */
      readonly chosen: number;
      readonly rejected: number;
      readonly q_mcts: readonly [chosen: number, rejected: number];
      readonly q_critic?: readonly [chosen: number, rejected: number];
    }
  );

interface Proposal {
  readonly text: string;
  readonly logprob?: number;
}

interface Visited extends TreeSpot {
  readonly visits: number;
  readonly q_mcts: number;
}

const group = text;

export const treeFormat = fileFormat<TreeRecord>(
  "halo.tree/1",
  variants<TreeRecord, "type">("type", {
    node: object({ group, node: count, parent: optional(spotShape), stateKey: text }),
    expand: object({ group, node: count, proposals: list(object<Proposal>({ text, logprob: optional(number) })) }),
    critic: object({ group, node: count, q_critic: list(nullable(number)) }),
    visit: object({ group, simulation: count, path: list(spotShape) }),
    backup: object({
      group,
      simulation: count,
      value: number,
      by: text,
      path: list(object<Visited>({ decision: count, branch: count, visits: count, q_mcts: number })),
    }),
    pair: object({
      group,
      node: count,
      chosen: count,
      rejected: count,
      q_mcts: pair(number),
      q_critic: optional(pair(number)),
    }),
  }),
);
