// runtime: node
// Pages drawn from shapes of controls × places where pages put them.
import process from "node:process";
import type { Action } from "../../../core/domain/action.ts";
import { mapLimited } from "../../../core/util/limit.ts";
import { assert, suite } from "../../harness.ts";
import type { Hand } from "./desk.ts";
import { openPage, openPages, saidBy } from "./page-server.ts";
import { drawnPairs, widgetPage, widgets } from "./widget-pages.ts";

const test = suite("browser/widgets");
/** Pages of one run; HALO_TEST_WIDGETS=all runs every pair. */
const count = process.env["HALO_TEST_WIDGETS"] === "all" ? Infinity : 72;

test("a control of any shape is listed once, hit and acted on wherever it stands", async (t) => {
  const pairs = drawnPairs(count);
  const nameOf = ([widget, container]: readonly [string, string]) => `${widget}-in-${container}`.toLowerCase();
  const { environment } = t.use(await openPages(Object.fromEntries(pairs.map((p) => [nameOf(p), widgetPage(...p)]))));
  const problems = await mapLimited(pairs.map((pair, i) => ({ pair, i })), 4, async ({ pair, i }) => {
    const hand = await openPage(environment, nameOf(pair), t);
    const problem = await problemOf(hand, pair[0], i % 2 === 0).catch((e) => String(e));
    await hand.episode.close();
    return problem === "" ? [] : [`${pair.join(" in ")}: ${problem}`];
  });
  assert.is(problems.flat().join("\n"), "");
  assert.is(new Set(pairs.map(nameOf)).size, pairs.length);
}, { timeoutMs: 600_000 });

async function problemOf(hand: Hand, widget: string, isByPlace: boolean): Promise<string> {
  const { role, act, says } = widgets[widget]!;
  const listed = hand.seen.elements.map((e) => `${e.role} ${e.name}`);
  const found = hand.seen.elements.filter((e) => e.name === "Target");
  if (found.length !== 1 || found[0]!.role !== role) return `wants one ${role} Target, lists ${listed.join(", ")}`;
  const wrong = hand.seen.elements.filter((e) =>
    /^(Decoy|Behind)/.test(e.name) || (e.name === "" && e.role !== "option")
  );
  if (wrong.length > 0) return `lists ${wrong.map((e) => `${e.role} ${e.name}`).join(", ")}`;
  const again = await hand.episode.observe({ signal: hand.signal, need: {} });
  if (JSON.stringify(again.elements) !== JSON.stringify(hand.seen.elements)) {
    return "lists something else the second time";
  }
  const { error } = await hand.do(
    { ...act, ...(isByPlace ? { at: found[0]!.centre } : { el: found[0]!.id }) } as Action,
  );
  if (error) return `${error.code}: ${error.message}`;
  const said = await saidBy(hand);
  return said === says ? "" : `says ${JSON.stringify(said)} instead of ${JSON.stringify(says)}`;
}
