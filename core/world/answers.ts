import type { StepOutcome } from "../domain/environment.ts";
import type { Observation } from "../domain/observation.ts";
import type { Draw } from "../domain/sample.ts";
import type { Verdict } from "../domain/verdict.ts";
import { type Callee, calleeText } from "../util/callee.ts";
import { HaloError } from "../util/errors.ts";

/** Who answered which call. */
interface Asked {
  readonly callee: Callee;
  readonly call: string;
}

/**
 * The observation as core hands it on: its shape is what core reads. It, its list and each element are frozen from here on,
 * so that a reward or a policy that sets a property of them is told so. Throws HALO_PLUGIN_ANSWER.
 */
export function soundObservation(o: Observation, asked: Asked): Observation {
  need(isObject(o), "an observation", o, asked);
  for (const name of ["url", "title", "stateKey"] as const) {
    need(typeof o[name] === "string", `a text as \`${name}\` of the observation`, o[name], asked);
  }
  need(Array.isArray(o.elements), "a list as `elements` of the observation", o.elements, asked);
  for (const element of o.elements) Object.freeze(element);
  Object.freeze(o.elements);
  return Object.freeze(o);
}

/** Throws HALO_PLUGIN_ANSWER for what is no outcome of a step. */
export function soundOutcome(o: StepOutcome, asked: Asked): StepOutcome {
  need(isObject(o), "the outcome of a step", o, asked);
  soundObservation(o.observation, asked);
  need(typeof o.solved === "boolean", "true or false as `solved`", o.solved, asked);
  need(isObject(o.cost), "`cost`", o.cost, asked);
  return o;
}

/** Throws HALO_PLUGIN_ANSWER for what is no verdict. */
export function soundVerdict(v: Verdict, asked: Asked): Verdict {
  need(isObject(v), "a verdict", v, asked);
  need(typeof v.success === "boolean", "true or false as `success`", v.success, asked);
  need(typeof v.reason === "string", "a text as `reason`", v.reason, asked);
  need(typeof v.by === "string", "a text as `by`", v.by, asked);
  return v;
}

/** Throws HALO_PLUGIN_ANSWER for what is no draw of at most `n` samples. */
export function soundDraw(d: Draw, { n, ...asked }: Asked & { readonly n: number }): Draw {
  need(isObject(d), "a draw", d, asked);
  need(isObject(d.prompt), "a prompt", d.prompt, asked);
  need(Array.isArray(d.samples), "a list as `samples`", d.samples, asked);
  need(d.samples.length <= n, `at most ${n} samples`, d.samples.length, asked);
  for (const { text, parsed, trace, logprob } of d.samples) {
    need(typeof text === "string", "a text as `text` of a sample", text, asked);
    need(isObject(parsed) && typeof parsed.ok === "boolean", "`parsed` of a sample", parsed, asked);
    need(!parsed.ok || typeof parsed.action?.action === "string", "an action in `parsed`", parsed, asked);
    need(isObject(trace), "`trace` of a sample", trace, asked);
    need(logprob === undefined || Number.isFinite(logprob), "a finite `logprob`", logprob, asked);
  }
  return d;
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

function need(holds: boolean, expected: string, got: unknown, { callee, call }: Asked): void {
  if (holds) return;
  const shown = typeof got === "object" ? JSON.stringify(got)?.slice(0, 80) : String(got);
  throw new HaloError(
    "HALO_PLUGIN_ANSWER",
    `${call}() of ${calleeText(callee)} answered: expected ${expected}, got ${shown}`,
    {
      hint: "this is a defect of the plugin; mend it, then continue: halo run --resume latest --accept-changes",
    },
  );
}
