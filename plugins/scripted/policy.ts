import {
  type Action,
  definePlugin,
  type Draw,
  HaloError,
  type Policy,
  refs,
  type Sample,
  type SampleRequest,
} from "halo-agent";
import { pick } from "halo-agent/kit";

/** Follows the task source's scripted solution, or acts at random: a ceiling and a floor for any policy. */
export default definePlugin({
  kind: "policy",
  name: "scripted",
  summary:
    "Privileged: follows the task source's scripted solution (oracle), or picks uniformly (uniform). Learns nothing.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      mode: {
        type: "string",
        enum: ["oracle", "uniform"],
        default: "oracle",
        description: "oracle: the scripted solution; uniform: any visible control, any quoted text.",
      },
    },
  },
  errors: {
    HALO_ORACLE_MISSING: {
      exit: 2,
      rule: "fatal",
      summary: "the scripted policy needs a task source with a scripted solution",
      fix: "use a task source with an `oracle`",
    },
  },
  needs: { tasks: refs.tasks },
  create({ mode }, { tasks }): Policy {
    if (mode === "oracle" && !tasks.oracle) {
      throw new HaloError("HALO_ORACLE_MISSING", "the task source has no scripted solution", {
        hint: "use mode: uniform, or another task source",
      });
    }
    const act = (r: SampleRequest, i: number): Action => {
      const { task: goal, observation, depth } = r.at;
      return mode === "oracle" ? tasks.oracle!({ goal, observation, depth }) : pick(r.rng.derive(i), anything(r));
    };
    return {
      need: {},
      can: { trace: "none", maxN: 1024, deterministic: true },
      sample(r) {
        const samples = Array.from({ length: r.n }, (_, i) => sampleOf(act(r, i)));
        const draw: Draw = { prompt: { kind: "none" }, samples, policyVersion: 0, temperature: r.temperature };
        return Promise.resolve(draw);
      },
      close: () => Promise.resolve(),
    };
  },
});

/** Every visible control, and every quoted text or address of the goal in every field. */
function anything({ at }: SampleRequest): readonly Action[] {
  const texts = [...at.task.text.matchAll(/"([^"]+)"|([\w.+-]+@[\w.-]+\w)/g)].map((m) => m[1] ?? m[2]!);
  return at.observation.elements.flatMap((e): Action[] => {
    if (e.states.includes("disabled")) return [];
    if (!e.states.includes("editable")) return [{ action: "click", el: e.id }];
    return texts.map((text) => ({ action: "type", el: e.id, text, clear: true, submit: e.role === "searchbox" }));
  }).concat({ action: "done" });
}

function sampleOf(action: Action): Sample {
  return { text: JSON.stringify(action), parsed: { ok: true, action, repairs: 0 }, trace: { kind: "none" } };
}
