import type { Task } from "../core/mod.ts";
import { foreignEnvironment } from "../core/browser.ts";
import { mapLimited } from "../core/util/limit.ts";
import { serveForeign } from "../tests/core/browser/foreign-server.ts";

/**
 * Presses "Go" on 100 foreign pages whose button turns to "Done" 50–1,500 ms later, by timer, fetch or animation, and
 * counts the next observations that show it.
 */
export async function lateFixtures(signal: AbortSignal): Promise<{ readonly pages: number; readonly final: number }> {
  const server = await serveForeign();
  const environment = foreignEnvironment({
    hosts: { "foreign.test": server.address },
    pages: 4,
    forking: "none",
    sideEffects: "server",
    deterministic: false,
    stopsWhenSolved: false,
    url: (task) => task.goal.startUrl,
    judge: () => Promise.resolve({ success: false, by: "late", reason: "" }),
  });
  const kinds = ["timer", "fetch", "animation", "nested"];
  const queries = Array.from(
    { length: 100 },
    (_, i) => `kind=${kinds[i % kinds.length]}&ms=${Math.round(50 + (1450 * i) / 99)}`,
  );
  try {
    const seen = await mapLimited(queries, 4, async (query) => {
      const goal = { id: query, text: "", startUrl: `http://foreign.test/?${query}`, maxSteps: 1 };
      const task: Task = {
        id: query,
        key: query,
        goal,
        site: "foreign",
        template: "late",
        split: "all",
        optimum: 1,
        params: null,
      };
      const episode = await environment.open(task, { seed: 0, signal });
      try {
        const before = await episode.observe({ need: {}, signal });
        const go = before.elements.find((e) => e.name === "Go");
        if (!go) throw new Error(`no "Go" on ${query}`);
        const { observation } = await episode.step({ action: "click", el: go.id }, { need: {}, signal });
        const isFinal = observation.elements.some((e) => e.name === "Done");
        if (!isFinal) console.log(`late page ${query}: the next observation shows ${observation.elements[0]?.name}`);
        return isFinal;
      } finally {
        await episode.close();
      }
    });
    return { pages: queries.length, final: seen.filter(Boolean).length };
  } finally {
    await environment.close();
    await server.close();
  }
}
