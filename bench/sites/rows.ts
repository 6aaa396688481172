import path from "node:path";
import { packageRoot } from "../../core/util/package-root.ts";
import { shuffledSet } from "../shuffled.ts";
import type { RunRow } from "./run-row.ts";

/** The sites, with the pipeline that learns twelve families of each from nothing. */
export const sites = {
  gomail: "grpo-gomail-twelve",
  gocalendar: "grpo-gocalendar",
  omnizon: "grpo-omnizon",
  zilloft: "grpo-zilloft",
} as const;

export type SiteName = keyof typeof sites;
export const siteNames = Object.keys(sites) as SiteName[];

/** A row with the sites it is played on. */
export interface SiteRow extends RunRow {
  readonly sites: readonly SiteName[];
}

/** The second draw of the site's pipeline: a control changes nothing but the rewards. */
const widenOf = (site: SiteName): number => site === "gomail" ? 0 : 16;

/** Training on one site alone; with `control`, on rewards that were permuted within each group. */
export function siteRow(site: SiteName, { control }: { readonly control: boolean }): SiteRow {
  const grpo = `{ use: grpo, options: { loss_type: dr_grpo, widen: ${widenOf(site)} } }`;
  return {
    name: control ? `${site}-shuffled` : site,
    pipeline: sites[site],
    sites: [site],
    sets: control ? [shuffledSet(grpo)] : [],
  };
}

/** The same row without a browser. */
export function rehearsed(row: SiteRow): SiteRow {
  const environment = path.join(packageRoot(), "bench/sites/rehearsal/environment.ts");
  const played = `environment={ use: ${environment}, options: { sites: [${row.sites.join()}] } }`;
  return { ...row, sets: [played, ...row.sets] };
}

/** One policy for all four sites. */
export const fourRow: SiteRow = { name: "four", pipeline: "grpo-real-four", sites: siteNames, sets: [] };

/** Training on all sites but one, then the other one's evaluation by that policy and by an untrained one; nothing is learned there. */
export function transferRows(site: SiteName): readonly SiteRow[] {
  const others = siteNames.filter((name) => name !== site);
  const source = (name: SiteName) => `{ use: ${name}, options: { templates: [twelve] } }`;
  const start = [
    `stages=[${
      ["greedy", "sample"].map((decoding) =>
        `{ evaluate: { label: ${decoding}, split: eval, sample_size: 96, task_seed: 2024, decoding: ${decoding} } }`
      ).join()
    }]`,
  ];
  const taught = `without-${site}`;
  return [
    {
      name: taught,
      pipeline: "grpo-real-four",
      sites: others,
      sets: [
        `tasks.options.sources=[${others.map(source).join()}]`,
        `stages=[{ train: { iterations: 72, tasks_per_iteration: 8 } }]`,
      ],
    },
    { name: `${site}-transferred`, pipeline: sites[site], sites: [site], sets: start, after: taught },
    { name: `${site}-untrained`, pipeline: sites[site], sites: [site], sets: start },
  ];
}
