import {
  type Call,
  type Critic,
  definePlugin,
  type Draw,
  HaloError,
  type Point,
  type Policy,
  refs,
  type SampleRequest,
} from "halo-agent";
import { refuseConflicts, soundRanking, soundValue } from "halo-agent/kit";
import { bestBranch } from "./best-path.ts";
import { bodyOf } from "./body.ts";
import { conflictsOf } from "./conflicts.ts";
import type { SearchIo } from "./search-world.ts";
import { search } from "./search.ts";
import { type TreeOptions, treeProperties } from "./tree-options.ts";

/**
 * Search at test time: before every action the tree of `agentq` is grown from the page at hand, and the action with the
 * highest composite Q at its root is taken. It tries actions in the world it is handed, which core hands out only where
 * they can be taken back. A rollout asks the environment whether the task is solved; `leaf: critic` does not.
 */
export default definePlugin({
  kind: "policy",
  name: "search",
  summary: "Tree search over another policy's proposals before every action; for evaluation.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["policy"],
    properties: {
      policy: { type: "string", "x-plugin": "policy", description: "Where proposals and rollouts come from." },
      critic: { type: "string", "x-plugin": "critic", description: "Ranks proposals; without it Q is Q_mcts." },
      simulations: { type: "integer", minimum: 1, default: 16, description: "Simulations per action." },
      temperature: { type: "number", exclusiveMinimum: 0, default: 1, description: "At which proposals are drawn." },
      ...treeProperties,
    },
  },
  needs: { log: refs.log },
  create({ policy, critic, simulations, ...tree }, { log }): Policy {
    refuseConflicts("search", tree, conflictsOf(tree));
    refuseLack(tree, critic);
    const faults = new Map<string, number>();
    const o = { ...tree, num_simulations: simulations };
    const warn = (message: string): void => {
      const times = (faults.get(message) ?? 0) + 1;
      faults.set(message, times);
      if (times === 1) log.warn(`search goes on without its critic at this page: ${message}`);
    };
    return {
      need: policy.need,
      can: {
        ...policy.can,
        trace: "none",
        deterministic: policy.can.deterministic && (critic?.deterministic ?? true) && o.budget.seconds === 0,
      },
      async sample(request, call): Promise<Draw> {
        const io = searchIo(request, { policy, ...(critic && { critic }), warn, call });
        const searched = await search(io, request.at, o);
        const { decisions: [root] } = bodyOf(searched, o.alpha);
        const { policyVersion, temperature, samples } = searched.tree.nodes[0]!.draw;
        const best = root && bestBranch(root, o.alpha);
        // Nothing could be valued: the policy's own first proposal stands.
        const taken = best === undefined ? samples[0]! : root!.branches[best]!.sample;
        const sample = { ...taken, trace: { kind: "none" } } as const;
        return {
          prompt: { kind: "none" },
          samples: Array.from({ length: request.mode === "distinct" ? 1 : request.n }, () => sample),
          policyVersion,
          temperature,
        };
      },
      async ready(call) {
        await policy.ready?.(call);
        await critic?.ready?.(call);
      },
      ...(policy.adopt && { adopt: (adapter, call) => policy.adopt!(adapter, call) }),
      ...(policy.retire && { retire: (version, call) => policy.retire!(version, call) }),
      ...((policy.metrics || critic?.metrics) && {
        metrics: () => ({ ...policy.metrics?.(), ...critic?.metrics?.() }),
      }),
      close() {
        for (const [message, times] of faults) {
          if (times > 1) log.warn(`search went on without its critic at ${times} pages: ${message}`);
        }
        return Promise.resolve();
      },
    };
  },
});

/** Throws HALO_OPTION_CONFLICT for an option that needs another critic than there is. */
function refuseLack({ leaf, alpha }: Pick<TreeOptions, "leaf" | "alpha">, critic: Critic | undefined): void {
  if (leaf !== "rollout" && !critic?.value) {
    const given = critic ? "this one ranks proposals and values none" : "there is none";
    throw new HaloError("HALO_OPTION_CONFLICT", `search: leaf: ${leaf} needs a critic that values states, ${given}`, {
      hint: "use the critic openai under its options, or set leaf: rollout",
      option: "leaf",
    });
  }
  if (alpha === 0 && !critic) {
    throw new HaloError("HALO_OPTION_CONFLICT", "search: alpha: 0 needs a critic, there is none", {
      hint: "add `critic: { use: … }` under its options",
      option: "alpha",
    });
  }
}

/** An explorer made of one request: draws come from the policy under keys of their own, steps from the request's world. */
function searchIo(
  request: SampleRequest,
  { policy, critic, warn, call }: {
    readonly policy: Policy;
    readonly critic?: Critic;
    /** Told why the critic failed. */
    readonly warn: (message: string) => void;
    readonly call: Call;
  },
): SearchIo {
  const { world, rng } = request;
  if (!world) {
    throw new HaloError("HALO_FORK_UNSUPPORTED", "search tries actions, and this environment cannot take them back", {
      hint: "use an environment with `forking: native` or `replay` and no side effects, or the policy without search",
    });
  }
  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (e) {
      call.signal.throwIfAborted();
      const message = e instanceof Error ? e.message : String(e);
      warn(message);
      throw new HaloError("HALO_CRITIC_FAULT", message, { cause: e });
    }
  };
  return {
    signal: call.signal,
    step: (at, sample) => world.step(at, sample),
    draw: (at: Point, { key, ...o }) => policy.sample({ at, ...o, rng: rng.derive(at.id, "draw", key) }, call),
    ...(critic && { rank: (at, draw) => asked(async () => soundRanking(await critic.rank({ at, draw }, call), draw)) }),
    ...(critic?.value && { value: (at) => asked(async () => soundValue(await critic.value!(at, call))) }),
  };
}
