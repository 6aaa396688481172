import type { BroughtCommand } from "halo-agent";

/** `halo agisdk PIPELINE`: agisdk's own harness runs the pipeline's policy, and halo's loop beside it. */
export const agisdkCommand: BroughtCommand = {
  name: "agisdk",
  args: "[pipeline]",
  summary:
    "let the REAL benchmark's own harness run a pipeline's policy, and compare with halo's own loop task by task",
  flags: [
    { name: "match", value: "glob", summary: "only tasks whose key matches, `*` stands for anything" },
    { name: "limit", value: "n", isNumber: true, summary: "at most so many tasks" },
    { name: "only", summary: "the harness alone, without halo's own loop beside it" },
    {
      name: "config",
      value: "name=value",
      isList: true,
      summary: "a setting that the replica's /config gets besides the harness's own, e.g. removePopup=true (repeat)",
    },
    { name: "python", value: "path", summary: "a Python that has agisdk 0.3.5 (default: the one --install makes)" },
    { name: "install", summary: "make that Python in halo's cache, 0.7 GB from PyPI, and end" },
    { name: "results", value: "folder", summary: "where agisdk writes its results (default: agisdk-results)" },
    { name: "submit", value: "name", summary: "send results to the benchmark's leaderboard under this run name" },
  ],
  examples: [
    "halo agisdk --install",
    "halo agisdk eval-real-gomail.yaml --match 'v2.gomail-2*'",
    "halo agisdk eval-real-gomail.yaml --set policy.options.adapter=runs/RUN/iter/60/adapter --limit 8",
  ],
  plugin: { kind: "tasks", use: "real" },
  load: async () => (await import("./agisdk-command.ts")).runAgisdk,
};
