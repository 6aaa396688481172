import type { PluginErrors } from "halo-agent";

/** What can go wrong while the pages are fetched, chosen from and played on. */
export const miniwobErrors = {
  HALO_MINIWOB_FETCH: {
    exit: 3,
    rule: "fatal",
    summary: "the MiniWoB++ wheel could not be downloaded or unpacked, or is another one",
    fix: "check the network, or fetch without one: halo tasks fetch miniwob --from WHEEL",
  },
  HALO_MINIWOB_MISSING: {
    exit: 3,
    rule: "fatal",
    summary: "the MiniWoB++ pages are not on this machine",
    fix: "halo tasks fetch miniwob",
  },
  HALO_MINIWOB_TASK: {
    exit: 2,
    rule: "fatal",
    summary: "there is no MiniWoB++ task or suite of that name, or it cannot be played",
    fix: "docs/miniwob.md lists the suites, and what cannot be played with the reason",
  },
  HALO_MINIWOB_PAGE: {
    exit: 4,
    rule: "retry",
    summary: "a MiniWoB++ page did not begin its episode",
    fix: "look at the page in a browser: its folder is what halo tasks fetch miniwob prints",
  },
} as const satisfies PluginErrors;
