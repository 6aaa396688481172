import type {
  Action,
  Environment,
  Episode,
  Goal,
  Mark,
  Observation,
  RewardShaper,
  Sample,
  StepOutcome,
  Task,
} from "halo-agent";
import { HaloError } from "halo-agent";

/** An environment without a browser: the page is an integer, `type` adds the text's length, `back` subtracts one. */
export interface NumberLine extends Environment {
  /** Episodes open now and the most that were ever open at once. */
  readonly count: { open: number; most: number; steps: number; forks: number };
  /** Calls of `step` that fail, counted from 1. */
  readonly failing: Set<number>;
}

export function numberLine(
  o: { readonly capacity?: number; readonly forking?: "native" | "none"; readonly solvedAt?: number } = {},
): NumberLine {
  const count = { open: 0, most: 0, steps: 0, forks: 0 };
  const failing = new Set<number>();
  const episodeAt = (task: Task, start: number): Episode => {
    let value = start;
    let open = true;
    count.open++;
    count.most = Math.max(count.most, count.open);
    return {
      observe: () => Promise.resolve(seen(value)),
      async step(action: Action): Promise<StepOutcome> {
        count.steps++;
        await Promise.resolve();
        if (failing.has(count.steps)) throw new HaloError("HALO_ENVIRONMENT_FAULT", "the line broke");
        if (action.action === "type") value += action.text.length;
        if (action.action === "back") value -= 1;
        const cost = { actMs: 0, settleMs: 0, observeMs: 0 };
        return { observation: seen(value), solved: value === o.solvedAt, cost };
      },
      mark: (): Promise<Mark> => Promise.resolve({ task, seed: 0, actions: [], fingerprint: {}, state: value }),
      verdict: () => Promise.resolve({ success: value === o.solvedAt, by: "number-line", reason: `value is ${value}` }),
      close() {
        if (open) count.open--;
        open = false;
        return Promise.resolve();
      },
    };
  };
  return {
    forking: o.forking ?? "native",
    sideEffects: "none",
    deterministic: true,
    capacity: o.capacity ?? 4,
    count,
    failing,
    open: (task) => Promise.resolve(episodeAt(task, 0)),
    fork(mark) {
      count.forks++;
      return Promise.resolve(episodeAt(mark.task, mark.state as number));
    },
    close: () => Promise.resolve(),
  };
}

function seen(value: number): Observation {
  return { url: "line:/", title: String(value), elements: [], stateKey: `at ${value}` };
}

export function lineTask(maxSteps = 10): Task {
  const goal: Goal = { id: "line", text: "walk", startUrl: "line:/", maxSteps };
  return { id: "line", key: "line", goal, site: "line", template: "line", split: "train", optimum: 1, params: null };
}

/** A sample that stands for this action. */
export function sampleOf(action: Action): Sample {
  return { text: JSON.stringify(action), parsed: { ok: true, action, repairs: 0 }, trace: { kind: "none" } };
}

/** A sample whose text is no action. */
export const nonsense: Sample = {
  text: "?",
  parsed: { ok: false, code: "PARSE", message: "not JSON" },
  trace: { kind: "none" },
};

/** Pays 1 the first time a path reaches a value of three or more. */
export const firstThree: RewardShaper = {
  need: {},
  start: () => fold(false),
};

function fold(paid: boolean): ReturnType<RewardShaper["start"]> {
  return {
    next(t) {
      const now = Number(t.to.title) >= 3;
      const terms = now && !paid ? [{ name: "three", value: 1, evidence: t.to.title }] : [];
      return { fold: fold(paid || now), terms };
    },
  };
}
