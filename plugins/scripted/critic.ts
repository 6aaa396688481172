import { type Action, type Critic, definePlugin, HaloError, refs } from "halo-agent";
import { candidatesOf, canonicalAction, keyedRng, pick, scoresOf } from "halo-agent/kit";

/** A critic that is right as often as it is told to be: for tests, and to see what a critic is worth. */
export default definePlugin({
  kind: "critic",
  name: "scripted",
  summary: "Privileged: names the scripted solution's action with a given accuracy, else another one. For tests.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      accuracy: {
        type: "number",
        minimum: 0,
        maximum: 1,
        default: 1,
        description: "Share of pages where the right proposal is named, of those where it is among others.",
      },
    },
  },
  needs: { tasks: refs.tasks, seed: refs.seed },
  create({ accuracy }, { tasks, seed }): Critic {
    if (!tasks.oracle) {
      throw new HaloError("HALO_CRITIC_UNUSABLE", "the task source has no scripted solution to judge by", {
        hint: "use another task source, or another critic",
      });
    }
    const oracle = tasks.oracle.bind(tasks);
    return {
      deterministic: true,
      rank({ at: { task: goal, observation, depth }, draw }) {
        const rng = keyedRng("scripted critic", seed, goal.id, observation.stateKey);
        const candidates = candidatesOf(draw).map(sayingOf);
        const right = candidates.indexOf(sayingOf(oracle({ goal, observation, depth })));
        const others = [...candidates.keys()].filter((i) => i !== right);
        const isRight = right >= 0 && (others.length === 0 || rng.next() < accuracy);
        const best = isRight ? right : others.length === 0 ? -1 : pick(rng.derive("other"), others);
        const scores = candidates.map((_, i) => i === best ? 1 : 0);
        return Promise.resolve({ scores: scoresOf(draw, scores), by: "scripted" });
      },
      close: () => Promise.resolve(),
    };
  },
});

/** Clearing a field that is empty is no other action. */
const sayingOf = (action: Action): string =>
  canonicalAction(action.action === "type" ? { ...action, clear: false } : action);
