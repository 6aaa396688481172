import { readFile } from "node:fs/promises";
import { definePlugin, type Environment, type TaskSource } from "halo-agent";
import { foreignEnvironment, serveAssets } from "halo-agent/browser";

/** The only host that the browser reaches, served from this folder. */
const host = "my-environment.test";

/** What each split asks for; what is tested shares nothing with what is trained on. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  train: ["Kitchen", "Hall", "Attic"],
  eval: ["Porch", "Cellar", "Study"],
};

/** A page that halo does not know, in a real browser. Each episode has a fresh page; forks repeat its actions. */
export default definePlugin({
  kind: "environment",
  name: "my-environment",
  summary: "lamps of a house, a page of its own",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      pages: { type: "integer", default: 4, minimum: 1, maximum: 16, description: "Episodes open at once." },
    },
  },
  async create({ pages }): Promise<Environment> {
    const body = await readFile(new URL("page.html", import.meta.url));
    const server = await serveAssets(new Map([["/", { type: "text/html; charset=utf-8", body }]]));
    const environment = foreignEnvironment({
      hosts: { [host]: server.address },
      pages,
      forking: "replay",
      sideEffects: "none",
      deterministic: true,
      stopsWhenSolved: true,
      url: (task) => task.goal.startUrl,
      // The rule of success: the lamp that was asked for is on, and no other.
      async judge(page, { task, signal }) {
        const on = `[...document.querySelectorAll("[aria-pressed=true]")].map((lamp) => lamp.textContent).join(", ")`;
        const lit = await page.main<string>(on, { signal });
        return { success: lit === task.params, by: "my-environment", reason: `on: ${lit || "none"}` };
      },
    });
    return {
      ...environment,
      async close() {
        await environment.close();
        await server.close();
      },
    };
  },
});

/** Its tasks, in turns: equal arguments give equal tasks. */
export const tasks = definePlugin({
  kind: "tasks",
  name: "my-environment",
  summary: "Switch on the lamp of a room.",
  options: { type: "object", additionalProperties: false, properties: {} },
  create(): TaskSource {
    const draw: TaskSource["draw"] = ({ split, index }) => {
      const asked = rooms[split]!;
      const room = asked[index % asked.length]!;
      const id = `my-environment/${split}/${room}`;
      const goal = { id, text: `Switch on the lamp "${room}".`, startUrl: `http://${host}/`, maxSteps: 3 };
      return { id, key: id, goal, site: "my-environment", template: "switch", split, optimum: 1, params: room };
    };
    const list: TaskSource["list"] = async ({ split }) =>
      Object.keys(rooms).filter((name) => name === (split ?? name))
        .flatMap((name) => rooms[name]!.map((_, index) => draw({ split: name, index, seed: 0 })));
    return { splits: Object.keys(rooms), draw, list };
  },
});
