import type { PluginErrors } from "halo-agent";

/** What can be wrong with a site described in a pipeline, and with its tasks. */
export const webErrors = {
  HALO_WEB_OPTION: {
    exit: 2,
    rule: "fatal",
    summary: "an address, host, time or condition of a web site cannot be used as it is written",
    fix: "docs/web.md says how each one is written",
  },
  HALO_WEB_STORAGE: {
    exit: 2,
    rule: "fatal",
    summary: "the file of cookies and local storage is missing or of another form",
    fix: "save it with Playwright: context.storageState({ path })",
  },
  HALO_WEB_RULE: {
    exit: 2,
    rule: "fatal",
    summary: "nothing says when a task on a web site is achieved",
    fix: "give the task or the environment a list `success`, or use a task source that grades",
  },
  HALO_WEB_START: {
    exit: 4,
    rule: "retry",
    summary: "an action that brings a web site to its start could not be done",
    fix: "compare the action with the page; `optional: true` lets it be skipped",
  },
} as const satisfies PluginErrors;
