import { definePlugin, type Environment, HaloError, type Site } from "halo-agent";
import replica from "./environment.ts";

const { site: _, ...shared } = replica.options.properties;

/** Several replica sites in one environment: each task is played on the site that it is for. */
export default definePlugin({
  kind: "environment",
  name: "replicas",
  summary: "Several replica sites in real Chromium: each task is played on its own. Options as those of replica.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["sites"],
    properties: {
      sites: {
        type: "array",
        minItems: 1,
        items: { type: "string", "x-plugin": "site" },
        description: "The sites to serve, each when its first task begins.",
      },
      ...shared,
    },
  },
  offers: ["forks"],
  errors: {
    ...replica.errors,
    HALO_REPLICA_SITE: {
      exit: 2,
      rule: "fatal",
      summary: "a task is for a site that the environment does not serve",
      fix: "name it in the option `sites` of the environment",
    },
  },
  async create({ sites, ...options }): Promise<Environment> {
    const bySite = new Map<string, Environment>();
    for (const site of sites) bySite.set(site.name, await replica.create({ ...options, site }, {}));
    return servedBySite(sites, { bySite, forking: options.forking, capacity: options.pages });
  },
});

interface Served extends Pick<Environment, "forking" | "capacity"> {
  readonly bySite: ReadonlyMap<string, Environment>;
}

/** One environment that hands each task, and each mark of one, to that of its site. */
function servedBySite(sites: readonly Site[], { bySite, forking, capacity }: Served): Environment {
  const of = (name: string): Environment => {
    const found = bySite.get(name);
    if (found !== undefined) return found;
    const names = sites.map((site) => site.name).join(", ");
    throw new HaloError("HALO_REPLICA_SITE", `no site "${name}" is served; those that are: ${names}`, {
      hint: "name the same sites in `tasks` and `environment`",
    });
  };
  return {
    forking,
    capacity,
    sideEffects: "none",
    deterministic: true,
    open: async (task, o) => await of(task.site).open(task, o),
    fork: async (mark, o) => await of(mark.task.site).fork(mark, o),
    async close() {
      await Promise.all([...bySite.values()].map((one) => one.close()));
    },
  };
}
