import type { PluginErrors } from "halo-agent";

/** What a hosted site of the benchmark can answer instead of playing along. */
export const hostedErrors = {
  HALO_REAL_GONE: {
    exit: 3,
    rule: "fatal",
    summary: "a hosted site of REAL is shut: it answers 401, 402, 403, 404, 410 or 451",
    fix: "name another address of the site in the option `host` of tasks `real`, or play on its replica",
  },
  HALO_REAL_MOVED: {
    exit: 3,
    rule: "fatal",
    summary: "a hosted site of REAL leads to another host",
    fix: "name that host in the option `host` of tasks `real` if it is the site's",
  },
  HALO_REAL_PROTOCOL: {
    exit: 3,
    rule: "fatal",
    summary: "an address answers, but has no /finish page as the sites of REAL have one",
    fix: "look at its /finish in a browser; name another address in the option `host` of tasks `real`",
  },
  HALO_REAL_REPORT: {
    exit: 4,
    rule: "retry",
    summary: "a hosted site of REAL, which has shown reports before, showed none at the end of an episode",
    fix: "look at its /finish in a browser",
  },
  HALO_REAL_SILENT: {
    exit: 4,
    rule: "retry",
    summary: "a hosted site of REAL could not be reached, or did not answer in time",
    fix: "check the network; `mode: training` waits longer for reports than the benchmark's harness does",
  },
  HALO_REAL_BUSY: {
    exit: 4,
    rule: "retry",
    summary: "a hosted site of REAL answers 429 or 5xx",
    fix: "wait, and lower `pages` of the environment",
  },
  HALO_REAL_TASK: {
    exit: 2,
    rule: "fatal",
    summary: "environment `real` got a task or an option that it cannot serve",
    fix: "pair it with tasks `real` and their option `hosted`",
  },
} as const satisfies PluginErrors;
