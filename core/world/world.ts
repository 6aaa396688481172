import { actionKey, nextPointId, rootPointId } from "../action/point-id.ts";
import type { Call, Closable } from "../domain/call.ts";
import type { Action } from "../domain/action.ts";
import type { Environment, Episode, Mark, StepOutcome } from "../domain/environment.ts";
import type { Need } from "../domain/observation.ts";
import { paymentSum } from "../domain/payment.ts";
import type { Edge, Point } from "../domain/point.ts";
import type { World } from "../domain/policy.ts";
import type { RewardFold, RewardTerm, Transition } from "../domain/reward.ts";
import type { Sample } from "../domain/sample.ts";
import type { Task } from "../domain/task.ts";
import type { Fault, StopReason, Verdict } from "../domain/verdict.ts";
import type { PageCollector } from "../record/page-keeper.ts";
import { HaloError } from "../util/errors.ts";
import { boundCall } from "../util/bound-call.ts";
import { type Callee, calleeOf } from "../util/callee.ts";
import { soundObservation, soundOutcome, soundVerdict } from "./answers.ts";
import { type Attempt, attempt } from "./attempt.ts";
import { faultText } from "./fault.ts";
import type { Pages } from "./pages.ts";
import { addCost, noCost, type StepCost } from "./step-cost.ts";
import { pastStep } from "./past-step.ts";
import { firstFold, prepared, type WeighedReward, weighedTurn } from "./weighed-reward.ts";

export interface WorldOptions {
  readonly environment: Environment;
  readonly pages: Pages;
  readonly rewards: readonly WeighedReward[];
  readonly need: Need;
  readonly task: Task;
  /** Seed of the episode; equal seeds give equal first pages. */
  readonly seed: number;
  /** Id of the slot or episode: names this world's points, unique within a run. */
  readonly id: string;
  readonly limits: {
    readonly faultRetries: number;
    readonly loop: number;
    readonly invalid: number;
    readonly stepTimeoutMs: number;
    /** For one answer that a reward asks for; as long as a step when absent. */
    readonly rewardTimeoutMs?: number;
  };
  readonly signal: AbortSignal;
  /** Admits a step when the run has one to spare; see `concurrency`. */
  readonly gate: <T>(run: () => Promise<T>) => Promise<T>;
  /** Told of every point that is reached, for the record. */
  readonly onPoint?: PageCollector["add"];
}

/** What core keeps behind a point's id. */
interface PointState {
  readonly point: Point;
  readonly mark: Mark | undefined;
  readonly folds: readonly RewardFold[];
  readonly visits: ReadonlyMap<string, number>;
  readonly invalidRun: number;
  readonly edges: Map<string, Promise<Outcome>>;
}

type Outcome =
  | { readonly ok: true; readonly to: Point; readonly reward: number; readonly terms: readonly RewardTerm[] }
  | { readonly ok: false; readonly fault: Fault };

/**
 * The pages, marks and reward folds of one episode slot, hidden behind point ids.
 * From one point, equal actions are executed once; every other step stands on a warm page or on a verified fork.
 */
export class SlotWorld implements World, Closable {
  #cost: StepCost = noCost;
  readonly #o: WorldOptions;
  readonly #callee: Callee;
  readonly #states = new Map<string, PointState>();
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  constructor(o: WorldOptions) {
    this.#o = o;
    this.#callee = calleeOf(o.environment, "environment");
  }

  /** What its steps have cost so far. */
  get cost(): StepCost {
    return this.#cost;
  }

  /** Opens the task's first page, with retries. Throws the last fault as HALO_ENVIRONMENT_FAULT. */
  async root(): Promise<Point> {
    const { task, seed, rewards, need } = this.#o;
    const id = rootPointId(this.#o.id);
    const known = this.#states.get(id);
    if (known) return known.point;
    const opened = await this.#attempt(async () => {
      const episode = await this.#o.pages.open(task, { signal: this.#o.signal, seed });
      return await this.#orRelease(episode, async () => {
        const seen = await this.#ask("observe", (call) => episode.observe({ ...call, need }));
        const observation = soundObservation(seen, { callee: this.#callee, call: "observe" });
        const goal = episode.asked === undefined ? task.goal : { ...task.goal, text: episode.asked };
        const point: Point = { id, task: goal, depth: 0, observation, history: [] };
        const folds = rewards.map((r) => firstFold(r, goal, observation));
        const visits = new Map([[observation.stateKey, 1]]);
        await this.#keep({ point, folds, visits, invalidRun: 0 }, episode);
        return point;
      });
    });
    if (opened.ok) return opened.value;
    throw new HaloError("HALO_ENVIRONMENT_FAULT", `${task.key}: ${faultText(opened.fault)}`, { cause: opened.fault });
  }

  async step(at: Point, sample: Sample): Promise<Edge> {
    const state = this.#states.get(at.id);
    if (!state) {
      throw new HaloError("HALO_POINT_UNKNOWN", `point ${at.id} belongs to no open episode of this slot`, {
        hint: "step only from points this explorer returned, and before its generator ends",
      });
    }
    if (state.point.end) {
      throw new HaloError("HALO_POINT_ENDED", `point ${at.id} is the end of its episode (${state.point.end.stop})`, {
        hint: "check `point.end` before stepping",
      });
    }
    const key = actionKey(sample.parsed);
    let outcome = state.edges.get(key);
    if (!outcome) {
      outcome = this.#try(state, sample, nextPointId(at.id, sample.parsed));
      state.edges.set(key, outcome);
    }
    return { ...await outcome, sample };
  }

  /** Closes every page this slot still holds; steps that nobody waits for any more end first. */
  async close(): Promise<void> {
    this.#closed = true;
    const held = [...this.#states.keys()].map((id) => this.#o.pages.take(id)).filter((e) => e !== undefined);
    this.#states.clear();
    await Promise.all(held.map((episode) => this.#o.pages.discard(episode)));
    await Promise.allSettled(this.#running);
  }

  async #try(from: PointState, sample: Sample, id: string): Promise<Outcome> {
    const step = await this.#o.gate(async () => {
      if (this.#closed) return { ok: false as const, fault: abandoned };
      return await this.#attempt(() => this.#execute(from, sample, id));
    });
    return step.ok ? step.value : { ok: false, fault: step.fault };
  }

  async #execute(from: PointState, sample: Sample, id: string): Promise<Outcome> {
    const { parsed } = sample;
    const before = from.point.observation;
    const episode = await this.#stand(from);
    return await this.#orRelease(episode, async () => {
      const acts = parsed.ok && parsed.action.action !== "done" && parsed.action.action !== "infeasible";
      const stepped = acts ? await this.#act(episode, parsed.action) : undefined;
      const to = stepped?.observation ?? before;
      if (stepped) this.#cost = addCost(this.#cost, { steps: 1, ...stepped.cost });
      const past = pastStep(before, { parsed, target: stepped?.target, error: stepped?.error });
      const depth = from.point.depth + 1;
      const visits = acts
        ? new Map(from.visits).set(to.stateKey, (from.visits.get(to.stateKey) ?? 0) + 1)
        : from.visits;
      const invalidRun = parsed.ok ? 0 : from.invalidRun + 1;
      const stop = this.#stop({
        sample,
        solved: stepped?.solved ?? false,
        over: stepped?.over ?? false,
        depth,
        visits,
        invalidRun,
        stateKey: to.stateKey,
      });
      const end = stop && { stop, verdict: earned(stop, await this.#judge(episode)) };
      const transition = {
        from: before,
        parsed,
        to,
        ...(stepped?.error && { error: stepped.error }),
        ...(end && { stop: end.stop, verdict: end.verdict }),
      };
      const asked = await this.#prepared(from.folds, transition);
      if (!asked.ok) {
        await this.#o.pages.discard(episode);
        return { ok: false, fault: asked.fault };
      }
      const turns = asked.value.map((fold, i) => weighedTurn(fold, transition, this.#o.rewards[i]!));
      const terms = turns.flatMap((turn) => turn.terms);
      const point: Point = {
        id,
        task: from.point.task,
        depth,
        observation: to,
        history: [...from.point.history, past],
        ...(end && { end }),
      };
      await this.#keep({ point, folds: turns.map((turn) => turn.fold), visits, invalidRun }, episode);
      return { ok: true, to: point, reward: paymentSum(terms.map(({ value }) => value)), terms };
    });
  }

  #stop(s: {
    readonly sample: Sample;
    readonly solved: boolean;
    readonly over: boolean;
    readonly depth: number;
    readonly visits: ReadonlyMap<string, number>;
    readonly invalidRun: number;
    readonly stateKey: string;
  }): StopReason | undefined {
    const { limits, task } = this.#o;
    const verb = s.sample.parsed.ok ? s.sample.parsed.action.action : undefined;
    if (verb === "done") return "declared";
    if (verb === "infeasible") return "gave_up";
    if (s.solved) return "solved";
    if (s.over) return "ended";
    if (limits.invalid > 0 && s.invalidRun >= limits.invalid) return "invalid_action";
    if (limits.loop > 0 && (s.visits.get(s.stateKey) ?? 0) >= limits.loop) return "loop";
    return s.depth >= task.goal.maxSteps ? "max_steps" : undefined;
  }

  /** Remembers a point; its page stays warm unless the episode is over. */
  async #keep(s: Omit<PointState, "mark" | "edges">, episode: Episode): Promise<void> {
    const over = s.point.end !== undefined;
    const { environment: { forking }, onPoint } = this.#o;
    const isMarked = forking !== "none" && (!over || onPoint !== undefined);
    const marking = isMarked ? this.#ask("mark", (call) => episode.mark(call)) : undefined;
    // Nobody steps from an end: its mark is for the record only.
    const mark = await (over ? marking?.catch(() => undefined) : marking);
    onPoint?.(s.point, mark);
    this.#states.set(s.point.id, { ...s, mark, edges: new Map() });
    if (over || this.#closed) await this.#o.pages.discard(episode);
    else this.#o.pages.park(s.point.id, episode);
  }

  /** A page standing at the point: the warm one, else a verified fork. */
  async #stand(at: PointState): Promise<Episode> {
    const warm = this.#o.pages.take(at.point.id);
    if (warm) return warm;
    if (!at.mark) {
      throw new HaloError(
        "HALO_FORK_UNSUPPORTED",
        `a second step from point ${at.point.id}, but the environment cannot fork`,
        {
          hint: "use an environment with `forking: native` or `replay`, or an algorithm that never branches",
        },
      );
    }
    const start = performance.now();
    const episode = await this.#o.pages.fork(at.mark, { signal: this.#o.signal });
    this.#cost = addCost(this.#cost, { forkMs: performance.now() - start });
    return episode;
  }

  /** Runs `body` on an episode and throws the page away when it fails. */
  async #orRelease<T>(episode: Episode, body: () => Promise<T>): Promise<T> {
    try {
      return await body();
    } catch (e) {
      await this.#o.pages.discard(episode);
      throw e;
    }
  }

  async #attempt<T>(run: () => Promise<T>): Promise<Attempt<T>> {
    const tracked = async () => {
      const running = run();
      this.#running.add(running);
      try {
        return await running;
      } finally {
        this.#running.delete(running);
      }
    };
    const { signal, limits } = this.#o;
    const isAbandoned = () => this.#closed;
    // Where nothing can be stood at again, the whole episode starts anew instead: that is its caller's to do.
    const isTriedAgain = this.#o.environment.forking === "none" && this.#states.size > 0;
    const retries = isTriedAgain ? 0 : limits.faultRetries;
    const o = { callee: this.#callee, retries, signal, isAbandoned, isTriedAgain };
    return await attempt(tracked, { kind: "environment", ...o });
  }

  /** The folds, ready to pay for the step. Asked again by themselves: the page was not at fault. */
  async #prepared(folds: readonly RewardFold[], t: Transition): Promise<Attempt<readonly RewardFold[]>> {
    if (folds.every((fold) => fold.prepare === undefined)) return { ok: true, value: folds };
    const { signal, rewards, limits: { faultRetries: retries, stepTimeoutMs, rewardTimeoutMs = stepTimeoutMs } } =
      this.#o;
    const ready: RewardFold[] = [];
    for (const [i, fold] of folds.entries()) {
      const { name, shaper } = rewards[i]!;
      const callee = calleeOf(shaper, `reward "${name}"`);
      const limit = { limitMs: rewardTimeoutMs, limit: "limits.policy_timeout_s" };
      const ask = () =>
        boundCall((call) => prepared(fold, { t, name, call }), { callee, call: "prepare", ...limit, signal });
      const asked = await attempt(ask, { kind: "reward", callee, retries, signal, isAbandoned: () => this.#closed });
      if (!asked.ok) return asked;
      ready.push(asked.value);
    }
    return { ok: true, value: ready };
  }

  async #act(episode: Episode, action: Action): Promise<StepOutcome> {
    const stepped = await this.#ask("step", (call) => episode.step(action, { ...call, need: this.#o.need }));
    return soundOutcome(stepped, { callee: this.#callee, call: "step" });
  }

  async #judge(episode: Episode): Promise<Verdict> {
    const verdict = await this.#ask("verdict", (call) => episode.verdict(call));
    return soundVerdict(verdict, { callee: this.#callee, call: "verdict" });
  }

  #ask<T>(call: string, run: (o: Call) => Promise<T>): Promise<T> {
    const { signal, limits: { stepTimeoutMs: limitMs } } = this.#o;
    return boundCall(run, { callee: this.#callee, call, limitMs, limit: "limits.step_timeout_s", signal });
  }
}

const abandoned: Fault = {
  kind: "cancelled",
  code: "HALO_INTERRUPTED",
  message: "the slot was closed before the step began",
};

/** Only an episode that was solved or declared done can succeed: reaching the state by chance and acting on is not success. */
function earned(stop: StopReason, verdict: Verdict): Verdict {
  if (!verdict.success || stop === "solved" || stop === "declared") return verdict;
  return { ...verdict, success: false, reason: `${verdict.reason}, but the episode ended by ${stop}` };
}
