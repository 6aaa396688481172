import { definePlugin, type Environment, type Episode, HaloError } from "halo-agent";
import { Planter } from "./planter.ts";

/** An environment in whose calls faults are planted; tasks whose key contains `doomed` fault for good. */
export default definePlugin({
  kind: "environment",
  name: "chaos",
  summary: "Plants faults in the calls of another environment.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["environment"],
    properties: {
      environment: { type: "string", "x-plugin": "environment" },
      every: { type: "integer", minimum: 0, default: 0, description: "One call in so many fails; 0: none." },
      seed: { type: "integer", minimum: 0, default: 0 },
      doomed: { type: "array", items: { type: "string" }, default: [] },
      strikes: { type: "boolean", default: false, description: "Some faults are blows to the browsers." },
      forking: { type: "boolean", default: true, description: "False hides that the environment can fork." },
    },
  },
  create({ environment, every, seed, doomed, strikes, forking }): Environment {
    const planter = new Planter({ every, seed, name: "environment", strikes });
    const worse = (episode: Episode): Episode => ({
      observe: (o) => planter.in("observe", () => episode.observe(o)),
      step: (action, o) => planter.in("step", () => episode.step(action, o)),
      mark: (o) => planter.in("mark", () => episode.mark(o)),
      verdict: (o) => planter.in("verdict", () => episode.verdict(o)),
      // The page itself must go back: a leak is another matter.
      close: async () => {
        await episode.close();
        await planter.in("close", () => Promise.resolve());
      },
    });
    return {
      forking: forking ? environment.forking : "none",
      sideEffects: environment.sideEffects,
      deterministic: environment.deterministic,
      capacity: environment.capacity,
      open(task, o) {
        if (doomed.some((part) => task.key.includes(part))) throw new HaloError("HALO_PAGE_STATUS", "planted for good");
        return planter.in("open", async () => worse(await environment.open(task, o)));
      },
      fork: (mark, o) => planter.in("fork", async () => worse(await environment.fork(mark, o))),
      close: () => environment.close(),
    };
  },
});
