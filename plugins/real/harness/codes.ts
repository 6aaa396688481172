import type { PluginErrors } from "halo-agent";

/** What can go wrong while the benchmark's own harness runs a policy. */
export const harnessErrors = {
  HALO_AGISDK_MISSING: {
    exit: 3,
    rule: "fatal",
    summary: "the Python with the benchmark's own harness is not on this machine, or has another release of it",
    fix: "halo agisdk --install makes it, 0.7 GB from PyPI",
  },
  HALO_AGISDK_PIPELINE: {
    exit: 2,
    rule: "fatal",
    summary: "a pipeline that the benchmark's own harness cannot run: other tasks, or another environment",
    fix: "take tasks `real` on the environment `replica` or `real`",
  },
  HALO_AGISDK_FAILED: {
    exit: 7,
    rule: "fatal",
    summary: "the benchmark's own harness ended without results",
    fix: "read its log; its folder is printed",
  },
  HALO_AGISDK_REQUEST: {
    exit: 7,
    rule: "fatal",
    summary: "the harness's agent asked for what there is not",
    fix: "compare the request with docs/agisdk.md",
  },
} as const satisfies PluginErrors;
