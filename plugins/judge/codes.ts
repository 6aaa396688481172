import type { PluginErrors } from "halo-agent";

/** What can go wrong when a model is asked for progress. */
export const judgeErrors = {
  HALO_JUDGE_UNUSABLE: {
    exit: 2,
    rule: "fatal",
    summary: "the policy that the reward `judge` names has no model that answers questions",
    fix: "name the policy openai or vllm in its option `policy`",
  },
  HALO_JUDGE_REPLY: {
    exit: 7,
    rule: "retry",
    summary: "the model that judges progress refused, or gave no answer of the asked form",
    fix: "halo rewards check-judge PIPELINE tells how often; take another model, or raise `max_tokens`",
  },
  HALO_LIMIT_JUDGE: {
    exit: 6,
    rule: "fatal",
    summary: "`max_calls` or `max_usd` of the reward `judge` is reached; the run can be resumed",
    fix: "halo run --resume RUN --set rewards.0.options.max_calls=…",
  },
} as const satisfies PluginErrors;
