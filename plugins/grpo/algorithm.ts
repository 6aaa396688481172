/**
 * GRPO over groups of sampled actions from one state (step groups).
 *
 * At every point of an episode n actions are sampled from the policy, each distinct one is executed from that very
 * state, and an action's advantage is its own reward against the group's mean. `loss_type` follows the papers, not the
 * flags of other libraries:
 *   dr_grpo  A = r − mean(r); no division by the standard deviation and a constant length normaliser (arXiv 2503.20783)
 *   grpo     A = (r − mean(r)) / (std(r) + 1e-4), sample standard deviation, mean over tokens (arXiv 2402.03300)
 * Where it departs from both: the group shares a state inside an episode instead of a prompt at its start, the reward is
 * that of one step, and the episode goes on from one of the group's own branches.
 */
import {
  type Branch,
  definePlugin,
  type Edge,
  type Example,
  type Explorer,
  type Goal,
  type Group,
  type GroupBody,
  HaloError,
} from "halo-agent";

export default definePlugin({
  kind: "algorithm",
  name: "grpo",
  summary: "Group-relative policy optimisation over actions sampled from one state; dr_grpo or grpo.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      loss_type: {
        type: "string",
        enum: ["dr_grpo", "grpo"],
        default: "dr_grpo",
        description:
          "Advantage and length normaliser: dr_grpo centres only, grpo also divides by the standard deviation.",
      },
      group: {
        type: "string",
        enum: ["step"],
        default: "step",
        description: "What a group is: actions sampled from one state.",
      },
      num_generations: { type: "integer", minimum: 1, default: 8, description: "Samples per group." },
      temperature: { type: "number", exclusiveMinimum: 0, default: 1, description: "Sampling temperature." },
      continue: {
        type: "string",
        enum: ["best", "sample", "first"],
        default: "best",
        description: "Branch the episode goes on with: highest reward (ties drawn), one drawn uniformly, or the first.",
      },
      kl_coef: {
        type: "number",
        minimum: 0,
        description: "Weight of the KL to the reference policy; default 0 for dr_grpo, 0.001 for grpo.",
      },
      epsilon_low: { type: "number", minimum: 0, default: 0.2, description: "Lower clip range of the ratio." },
      epsilon_high: { type: "number", minimum: 0, default: 0.2, description: "Upper clip range of the ratio." },
    },
  },
  create({ loss_type, num_generations, temperature, continue: follow, kl_coef, epsilon_low, epsilon_high }) {
    const loss = { kind: loss_type, kl_coef: kl_coef ?? (loss_type === "grpo" ? 0.001 : 0), epsilon_low, epsilon_high };
    return {
      loss,
      emits: ["advantage"],
      forks: true,
      temperature,
      numGenerations: num_generations,
      explore: (goal, io) => stepGroups(goal, io, { n: num_generations, temperature, follow }),
      credit: (group) => creditStepGroup(group, loss_type),
    };
  },
});

interface StepGroupOptions {
  readonly n: number;
  readonly temperature: number;
  readonly follow: "best" | "sample" | "first";
}

async function* stepGroups(
  _goal: Goal,
  io: Explorer,
  { n, temperature, follow }: StepGroupOptions,
): AsyncGenerator<GroupBody> {
  let at = await io.root();
  while (!at.end) {
    const draw = await io.draw(at, { n, mode: "sample", temperature, key: "group" });
    const edges = (await Promise.all(draw.samples.map((sample) => io.step(at, sample)))).map(whole);
    const branches = edges.map(({ sample, reward, terms, to }): Branch => {
      const target = to.history.at(-1)?.target;
      return { sample, reward, terms, ...(target && { target }), ...(to.end && { end: to.end }) };
    });
    const chosen = choose(branches.map((b) => b.reward!), { follow, rng: io.rng.derive(at.id, "continue") });
    yield {
      shape: "step",
      decisions: [{ id: 0, stateKey: at.observation.stateKey, prompt: draw.prompt, chosen, branches }],
    };
    at = edges[chosen]!.to;
  }
}

/** A group is whole or it is nothing: a branch that failed for good stops the run rather than shrink it in silence. */
function whole(edge: Edge): Extract<Edge, { ok: true }> {
  if (edge.ok) return edge;
  throw new HaloError(
    "HALO_GROUP_FAULT",
    `a branch failed (${edge.fault.kind}, ${edge.fault.code}): ${edge.fault.message}`,
    {
      hint: "the run can be resumed; the group is explored again from its keys",
    },
  );
}

/** Index of the branch to go on with. */
function choose(
  rewards: readonly number[],
  { follow, rng }: { readonly follow: StepGroupOptions["follow"]; readonly rng: Explorer["rng"] },
): number {
  if (follow === "first") return 0;
  if (follow === "sample") return rng.int(rewards.length);
  const best = rewards.reduce((a, b) => Math.max(a, b));
  const ties = rewards.flatMap((r, i) => r === best ? [i] : []);
  return ties[rng.int(ties.length)]!;
}

function creditStepGroup(group: Group, lossType: "dr_grpo" | "grpo"): readonly Example[] {
  return group.decisions.flatMap(({ prompt, branches }) => {
    const advantages = groupAdvantages(branches.map((b) => b.reward ?? 0), lossType);
    if (advantages.every((a) => a === 0)) return [];
    return branches.map(({ sample }, i): Example => ({
      kind: "advantage",
      group: group.id,
      prompt,
      sample,
      advantage: advantages[i]!,
      weight: 1 / branches.length,
    }));
  });
}

/** Advantages of one group, shape [n]. All zero when the rewards are equal. */
export function groupAdvantages(rewards: readonly number[], lossType: "dr_grpo" | "grpo"): readonly number[] {
  const n = rewards.length;
  if (rewards.every((r) => r === rewards[0])) return rewards.map(() => 0);
  const mean = rewards.reduce((sum, r) => sum + r, 0) / n;
  const centred = rewards.map((r) => r - mean);
  if (lossType === "dr_grpo") return centred;
  const std = Math.sqrt(centred.reduce((sum, c) => sum + c * c, 0) / (n - 1));
  return centred.map((c) => c / (std + 1e-4));
}
