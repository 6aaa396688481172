import type { PluginErrors } from "halo-agent";

/** What can go wrong with a model behind a server. */
export const modelErrors = {
  HALO_MODEL_KEY: {
    exit: 3,
    rule: "fatal",
    summary: "a model server has been given no key, or refuses it",
    fix: "set the key that the option `key` names",
  },
  HALO_MODEL_UNKNOWN: {
    exit: 3,
    rule: "fatal",
    summary: "a model server does not have the model",
    fix: "set `model` to one that the server lists",
  },
  HALO_MODEL_SERVER: {
    exit: 3,
    rule: "retry",
    summary: "a model server cannot be reached",
    fix: "check `url` and the network",
  },
  HALO_MODEL_BUSY: {
    exit: 7,
    rule: "retry",
    summary: "a model server is overloaded, too slow or limits the rate, and the retries are spent",
    fix: "lower concurrency, or raise the limits of the account",
  },
  HALO_MODEL_CONTEXT: {
    exit: 2,
    rule: "fatal",
    summary: "a prompt is longer than a model server's model reads",
    fix: "lower history or max_tokens, or leave the accessibility tree out",
  },
  HALO_MODEL_REQUEST: {
    exit: 2,
    rule: "fatal",
    summary: "a model server refuses what it is asked",
    fix: "let the options fit what the server takes; docs/troubleshooting.md",
  },
  HALO_MODEL_PRICE: {
    exit: 2,
    rule: "fatal",
    summary: "`limits.usd` is set and the model has no price",
    fix: "give the model a price with the option `prices`",
  },
  HALO_LIMIT_QUOTA: {
    exit: 6,
    rule: "fatal",
    summary: "the account at a model server has nothing left; the run can be resumed",
    fix: "add credit, then continue: halo run --resume RUN",
  },
} as const satisfies PluginErrors;
