import { definePlugin, HaloError, refs } from "halo-agent";
import type { Goal, RewardFold, RewardShaper, Transition } from "halo-agent";
import { judgeErrors } from "./codes.ts";
import { judgeOf, type Progress } from "./judge.ts";
import { changesNothing, messagesOf, sayingOf } from "./question.ts";

/**
 * Progress as a chat model sees it, for sites without milestones. A step is paid the change of progress (Zhang et al.,
 * ProgRM, arXiv 2505.18121, whose trained model a prompted one stands in for). Along a path the payments sum to the last
 * progress, so that going in circles earns nothing: progress is a potential of what was done and seen (Ng, Harada and
 * Russell 1999, undiscounted), but it is not taken back at the end, so that partial work keeps its payment.
 */
export default definePlugin({
  kind: "reward",
  name: "judge",
  summary: "A chat model judges how far the task has come; a step is paid the change. For sites without milestones.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["policy"],
    properties: {
      policy: {
        type: "string",
        "x-plugin": "policy",
        description: "The policy plugin whose model judges, openai or vllm, with its options; it plays nothing here.",
      },
      screenshot: { type: "boolean", default: false, description: "Show the pictures of both pages as well." },
      history: { type: "integer", minimum: 0, default: 10, description: "Earlier actions told, the newest ones." },
      max_tokens: { type: "integer", minimum: 16, default: 400, description: "Longest answer, in tokens." },
      max_calls: {
        type: "integer",
        minimum: 0,
        default: 10_000,
        description: "Questions of a run after which it stops (exit 6), resumes included; 0 = none.",
      },
      max_usd: {
        type: "number",
        minimum: 0,
        default: 5,
        description: "Dollars for its answers after which the run stops (exit 6), beside `limits.usd`; 0 = none.",
      },
    },
  },
  errors: judgeErrors,
  needs: { answers: refs.answers },
  create({ policy, screenshot, history, ...limits }, { answers }): RewardShaper {
    const { chat } = policy;
    if (!chat) {
      throw new HaloError("HALO_JUDGE_UNUSABLE", "the policy named in `policy` has no model that answers questions", {
        hint: "name the policy openai or vllm",
        option: "policy",
      });
    }
    const judge = judgeOf(chat, { ...limits, answers });

    const fold = (o: Path): RewardFold => ({
      async prepare(step, call) {
        if (changesNothing(step, screenshot)) return fold(o);
        const question = { goal: o.goal, step, past: history === 0 ? [] : o.past.slice(-history), before: o.percent };
        const progress = await judge.ask(messagesOf({ ...question, screenshot }), call);
        return fold({ ...o, judged: { step, progress } });
      },
      next(step) {
        const past = [...o.past, sayingOf(step)];
        if (changesNothing(step, screenshot)) {
          return { fold: fold({ goal: o.goal, percent: o.percent, past }), terms: [] };
        }
        if (o.judged?.step !== step) throw new Error("`next` pays only for the step that `prepare` has asked about");
        const { percent, reason } = o.judged.progress;
        const value = (percent - o.percent) / 100;
        const evidence = `${o.percent} % → ${percent} %: ${reason.slice(0, longestReason) || "no reason given"}`;
        const terms = value === 0 ? [] : [{ name: "progress", value, evidence }];
        return { fold: fold({ goal: o.goal, percent, past }), terms };
      },
    });
    return {
      need: { screenshot },
      deterministic: false,
      ready: async (call) => await policy.ready?.(call),
      metrics: () => judge.metrics(),
      start: (goal) => fold({ goal, percent: 0, past: [] }),
    };
  },
});

/** What a fold knows of its path. */
interface Path {
  readonly goal: Goal;
  readonly percent: number;
  readonly past: readonly string[];
  /** What was said of the step that comes next. */
  readonly judged?: { readonly step: Transition; readonly progress: Progress };
}

const longestReason = 200;
