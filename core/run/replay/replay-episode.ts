import { nextPointId } from "../../action/point-id.ts";
import type { Environment, Episode, StepOutcome } from "../../domain/environment.ts";
import type { Observation } from "../../domain/observation.ts";
import type { Call } from "../../domain/call.ts";
import type { EpisodeSummary } from "../../record/episode.ts";
import type { Seen, SeenPoint } from "../../record/seen.ts";
import { type PageDifference, pageDifferences } from "../../report/page-difference.ts";
import type { Told } from "../../report/steps-of.ts";
import { boundCall } from "../../util/bound-call.ts";
import { calleeOf } from "../../util/callee.ts";
import type { Pages } from "../../world/pages.ts";
import { soundObservation, soundOutcome, soundVerdict } from "../../world/answers.ts";

/** A recorded episode, to be played again. */
export interface Recorded {
  readonly summary: EpisodeSummary;
  readonly steps: readonly Pick<Told, "parsed">[];
  readonly seen: Seen;
  /** The point that the episode began at. */
  readonly root: SeenPoint & { readonly mark: NonNullable<SeenPoint["mark"]> };
}

export interface ReplayContext {
  readonly environment: Environment;
  readonly pages: Pages;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** What came of playing it: how many pages were compared, and where they part. */
export interface Replayed {
  readonly id: string;
  /** Pages that were compared and equal. */
  readonly samePages: number;
  /** Absent where every page and the verdict were the same. */
  readonly parts?: {
    /** Steps that were taken before; 0 is the first page. */
    readonly step: number;
    readonly url: string;
    readonly differences: readonly PageDifference[];
  };
}

/** Plays the recorded actions from the first page and stops where a page is not the recorded one. Throws what the environment throws. */
export async function replayEpisode(
  { summary, steps, seen, root }: Recorded,
  ctx: ReplayContext,
): Promise<Replayed> {
  const points = new Map(seen.points.map((point) => [point.id, point]));
  const need = needOf(root);
  const ask = asker(ctx);
  const episode = await ctx.pages.open(seen.task, { signal: ctx.signal, seed: root.mark.seed });
  let at = root.id;
  let [samePages, last] = [0, undefined as StepOutcome | undefined];
  const parted = (step: number, url: string, differences: readonly PageDifference[]): Replayed => (
    { id: summary.id, samePages, parts: { step, url, differences } }
  );
  try {
    let observation = soundObservation(
      await ask("observe", (call) => episode.observe({ ...call, need })),
      { callee: calleeOf(ctx.environment, "environment"), call: "observe" },
    );
    for (let step = 0;; step++) {
      const here = points.get(at);
      const differences = here ? await differencesAt(here, { episode, observation, outcome: last, ask }) : [];
      if (differences.length > 0) return parted(step, observation.url, differences);
      samePages++;
      if (step === steps.length) break;
      const { parsed } = steps[step]!;
      const acts = parsed.ok && parsed.action.action !== "done" && parsed.action.action !== "infeasible";
      last = acts ? await act(episode, { ask, ctx, parsed, need }) : undefined;
      observation = last?.observation ?? observation;
      at = nextPointId(at, parsed);
      const isSolved = step === steps.length - 1 && summary.stop === "solved";
      if (last && last.solved !== isSolved) {
        return parted(step + 1, observation.url, [endDifference(isSolved, last.solved)]);
      }
    }
    const verdict = soundVerdict(await ask("verdict", (call) => episode.verdict(call)), {
      callee: calleeOf(ctx.environment, "environment"),
      call: "verdict",
    });
    const success = verdict.success && (summary.stop === "solved" || summary.stop === "declared");
    if (success === summary.success) return { id: summary.id, samePages };
    return parted(steps.length, observation.url, [
      { what: "verdict", recorded: summary.verdict.reason, now: verdict.reason },
    ]);
  } finally {
    await ctx.pages.discard(episode);
  }
}

type Ask = <T>(call: string, run: (o: Call) => Promise<T>) => Promise<T>;

const asker = ({ environment, limitMs, signal }: ReplayContext): Ask => (call, run) =>
  boundCall(run, {
    callee: calleeOf(environment, "environment"),
    call,
    limitMs,
    limit: "limits.step_timeout_s",
    signal,
  });

/** The page at hand against the recorded one, and whether the action before it failed alike. */
async function differencesAt(
  here: SeenPoint,
  { episode, observation, outcome, ask }: {
    readonly episode: Episode;
    readonly observation: Observation;
    readonly outcome: StepOutcome | undefined;
    readonly ask: Ask;
  },
): Promise<readonly PageDifference[]> {
  const mark = here.mark && await ask("mark", (call) => episode.mark(call));
  const pages = pageDifferences(here, { observation, fingerprint: mark?.fingerprint });
  if (here.error === undefined || here.error?.code === outcome?.error?.code) return pages;
  return [...pages, { what: "error", recorded: here.error?.code ?? "", now: outcome?.error?.code ?? "" }];
}

async function act(
  episode: Episode,
  { ask, ctx, parsed, need }: {
    readonly ask: Ask;
    readonly ctx: ReplayContext;
    readonly parsed: Extract<Told["parsed"], { readonly ok: true }>;
    readonly need: ReturnType<typeof needOf>;
  },
): Promise<StepOutcome> {
  const outcome = await ask("step", (call) => episode.step(parsed.action, { ...call, need }));
  return soundOutcome(outcome, { callee: calleeOf(ctx.environment, "environment"), call: "step" });
}

const endDifference = (recorded: boolean, now: boolean): PageDifference => {
  const said = (isSolved: boolean) => isSolved ? "solved" : "not solved";
  return { what: "end", recorded: said(recorded), now: said(now) };
};

/** What was recorded of a page has to be asked for again. */
const needOf = ({ page }: SeenPoint) => ({ screenshot: page.shot !== undefined, axtree: page.axtree !== undefined });
