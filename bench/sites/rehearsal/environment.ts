import {
  type Action,
  definePlugin,
  type Environment,
  type Episode,
  type Json,
  type Mark,
  type Site,
  type Task,
} from "halo-agent";
import { observationOf } from "../../../core/browser/observation.ts";
import { acted, type Standing } from "./acted.ts";
import { appOf, type PageApp } from "./app.ts";
import { drawn } from "./drawn.ts";
import { listed } from "./listed.ts";

/**
 * Sites of this repository without a browser: their own views, reducers and judges. Nothing is laid out, so nothing is
 * covered, and the first controls of a page are those in view. To try settings with; what is claimed is run in Chromium.
 */
export default definePlugin({
  kind: "environment",
  name: "rehearsal",
  summary: "sites without a browser, to try settings with",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["sites"],
    properties: {
      sites: { type: "array", items: { type: "string", "x-plugin": "site" }, description: "The sites to play." },
      stop: {
        type: "string",
        enum: ["solved", "declared"],
        default: "solved",
        description: "What ends an episode besides its last step.",
      },
      rows: {
        type: "integer",
        minimum: 1,
        description: "Rows of a list that are in view; absent: all that are listed.",
      },
    },
  },
  offers: ["forks"],
  async create({ sites, stop, rows }): Promise<Environment> {
    const parts = new Map<string, Part>();
    const ways = { endsSolved: stop === "solved", ...(rows !== undefined && { rows }) };
    for (const site of sites) parts.set(site.name, { site, app: await appOf(site.name), ...ways });
    return {
      forking: "native",
      sideEffects: "none",
      deterministic: true,
      capacity: 8,
      open(task) {
        const part = parts.get(task.site)!;
        return Promise.resolve(episode(part, task, { state: part.site.start(task) as object, focus: "" }));
      },
      fork: ({ task, state }: Mark) =>
        Promise.resolve(episode(parts.get(task.site)!, task, state as unknown as Standing)),
      close: () => Promise.resolve(),
    };
  },
});

interface Part {
  readonly site: Site;
  readonly app: PageApp;
  readonly endsSolved: boolean;
  /** Rows of a list in view. */
  readonly rows?: number;
}

function episode(part: Part, task: Task, first: Standing): Episode {
  const { site, app, endsSolved } = part;
  let at = first;
  const start = site.start(task);
  const look = () => {
    const url = `http://${site.host}${app.router?.pathOf(at.state) ?? "/"}`;
    const elements = listed(drawn(app, at.state, () => {}), at.focus, part).map(({ element }) => element);
    return observationOf({ url, title: site.name, elements }, { screenshot: undefined, axtree: undefined });
  };
  const verdict = () => site.judge(task, start, at.state as Json);
  return {
    observe: () => Promise.resolve(look()),
    step(action: Action) {
      const { error, target, ...next } = acted(part, at, action);
      at = next;
      return Promise.resolve({
        observation: look(),
        ...(error && { error }),
        ...(target && { target }),
        solved: endsSolved && verdict().success,
        cost: { actMs: 0, settleMs: 0, observeMs: 0 },
      });
    },
    mark: () => Promise.resolve({ task, seed: 0, actions: [], fingerprint: {}, state: at as unknown as Json }),
    verdict: () => Promise.resolve(verdict()),
    close: () => Promise.resolve(),
  };
}
