import type { ActionError, Parsed } from "../domain/action.ts";
import type { Example, PromptedSample } from "../domain/batch.ts";
import type { Branch, Decision, Group, Search, Simulation } from "../domain/group.ts";
import type { End } from "../domain/point.ts";
import type { RewardTerm } from "../domain/reward.ts";
import type { Prompt, Sample, Trace } from "../domain/sample.ts";
import type { Goal, Task } from "../domain/task.ts";
import type { Fault, StopReason, Verdict } from "../domain/verdict.ts";
import { anything, count, flag, list, number, object, oneOf, optional, type Shape, text, variants } from "./shape.ts";

/** Typed arrays and token ids inside prompts and traces are not looked into: there are too many of them. */
export const promptShape: Shape<Prompt> = variants<Prompt, "kind">("kind", {
  tokens: object({ model: text, ids: anything, images: anything }),
  choice: object({ dims: count, offsets: anything, index: anything, value: anything }),
  none: object({}),
});

const traceShape: Shape<Trace> = variants<Trace, "kind">("kind", {
  tokens: object({ ids: anything, logprobs: anything, among: optional(anything) }),
  choice: object({ index: count, logprob: number }),
  none: object({}),
});

type Valid = Omit<Extract<Parsed, { readonly ok: true }>, "ok">;
type Invalid = Omit<Extract<Parsed, { readonly ok: false }>, "ok">;

export const parsedShape: Shape<Parsed> = {
  schema: {
    type: "object",
    required: ["ok"],
    properties: { ok: flag.schema },
    if: { properties: { ok: { const: true } } },
    then: object<Valid>({ action: { schema: { type: "object" } }, repairs: count }).schema,
    else: object<Invalid>({ code: text, message: text }).schema,
  },
};

/** A code that this halo does not know is kept: it is for reading only. */
export const actionErrorShape: Shape<ActionError> = {
  schema: object<{ code: string; message: string }>({ code: text, message: text }).schema,
};

export const sampleShape: Shape<Sample> = object<Sample>({
  text,
  parsed: parsedShape,
  logprob: optional(number),
  trace: traceShape,
});

export const termShape: Shape<RewardTerm> = object<RewardTerm>({ name: text, value: number, evidence: text });

export const targetShape: Shape<{ readonly role: string; readonly name: string }> = object({ role: text, name: text });

export const verdictShape: Shape<Verdict> = object<Verdict>({
  success: flag,
  by: text,
  reason: text,
  strict: optional(object<Omit<Verdict, "strict">>({ success: flag, by: text, reason: text })),
});

export const stopShape: Shape<StopReason> = oneOf<StopReason>({
  solved: true,
  declared: true,
  gave_up: true,
  ended: true,
  max_steps: true,
  loop: true,
  invalid_action: true,
  timeout: true,
});

const faultShape: Shape<Fault> = object<Fault>({
  kind: oneOf<Fault["kind"]>({
    environment: true,
    policy: true,
    critic: true,
    reward: true,
    fork_divergence: true,
    cancelled: true,
  }),
  code: text,
  message: text,
});

const branchShape: Shape<Branch> = object<Branch>({
  sample: sampleShape,
  target: optional(targetShape),
  reward: optional(number),
  terms: optional(list(termShape)),
  end: optional(object<End>({ stop: stopShape, verdict: verdictShape })),
  fault: optional(faultShape),
  q: optional(object<NonNullable<Branch["q"]>>({ visits: count, mcts: number, critic: optional(number) })),
});

/** A decision of a group and one of its branches. */
export const spotShape: Shape<NonNullable<Decision["parent"]>> = object({ decision: count, branch: count });

const decisionShape: Shape<Decision> = object<Decision>({
  id: count,
  parent: optional(spotShape),
  stateKey: text,
  prompt: promptShape,
  branches: list(branchShape),
  chosen: optional(count),
});

const simulationShape: Shape<Simulation> = object<Simulation>({
  path: list(spotShape),
  value: optional(number),
  by: optional(oneOf<NonNullable<Simulation["by"]>>({ end: true, rollout: true, critic: true, mix: true })),
  success: flag,
  envSteps: count,
});

const searchShape: Shape<Search> = object<Search>({
  simulations: list(simulationShape),
  critic: optional(object<NonNullable<Search["critic"]>>({
    by: text,
    calls: count,
    faults: count,
    costUsd: number,
    fault: optional(text),
  })),
  unreachable: count,
});

export const groupShape: Shape<Group> = object<Group>({
  id: text,
  taskKey: text,
  policyVersion: count,
  temperature: number,
  shape: oneOf<Group["shape"]>({ step: true, trajectory: true, tree: true }),
  decisions: list(decisionShape),
  succeeded: optional(flag),
  search: optional(searchShape),
});

export const taskShape: Shape<Task> = object<Task>({
  id: text,
  key: text,
  goal: object<Goal>({ id: text, text, startUrl: text, maxSteps: count }),
  site: text,
  template: text,
  split: text,
  optimum: number,
  params: anything,
});

const promptedShape: Shape<PromptedSample> = object<PromptedSample>({ prompt: promptShape, sample: sampleShape });
const learned = { group: text, prompt: promptShape, weight: number };

export const exampleShape: Shape<Example> = variants<Example, "kind">("kind", {
  advantage: object({ ...learned, sample: sampleShape, advantage: number }),
  pair: object({
    ...learned,
    chosen: sampleShape,
    rejected: sampleShape,
    rest: optional(object({ chosen: list(promptedShape), rejected: list(promptedShape) })),
  }),
  imitate: object({ ...learned, sample: sampleShape }),
});
