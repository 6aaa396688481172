import type { PluginErrors } from "halo-agent";

/** What can go wrong while a clone is taken over, its tasks are chosen, played and verified. */
export const infinityErrors = {
  HALO_INFINITY_FETCH: {
    exit: 3,
    rule: "fatal",
    summary: "the folder is no clone of WebArena-Infinity, or one of another commit",
    fix: "git clone the repository, check out the commit that docs/webarena-infinity.md names, then fetch with --from",
  },
  HALO_INFINITY_MISSING: {
    exit: 3,
    rule: "fatal",
    summary: "the WebArena-Infinity apps are not on this machine",
    fix: "halo tasks fetch webarena-infinity --from CLONE",
  },
  HALO_INFINITY_TASK: {
    exit: 2,
    rule: "fatal",
    summary: "there is no WebArena-Infinity app or task of that name, or it cannot be graded",
    fix: "halo tasks --source webarena-infinity lists them; docs/webarena-infinity.md names those that are left out",
  },
  HALO_INFINITY_VERIFIER: {
    exit: 4,
    rule: "retry",
    summary: "a WebArena-Infinity verifier or scripted end could not be run, or did not end in time",
    fix: "run the script that the message names by hand on the same state",
  },
  HALO_INFINITY_STATE: {
    exit: 4,
    rule: "retry",
    summary: "a WebArena-Infinity page did not say what its state is",
    fix: "look at the page in a browser: python3 server.py in the app's folder",
  },
} as const satisfies PluginErrors;
