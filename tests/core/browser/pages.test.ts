// runtime: node
// Pages on which other agents failed in public: what must be listed, and what a few steps must bring about.
import { readFile } from "node:fs/promises";
import type { Action } from "../../../core/domain/action.ts";
import { mapLimited } from "../../../core/util/limit.ts";
import { assert, suite } from "../../harness.ts";
import type { Hand } from "./desk.ts";
import { openPage, openPages, saidBy } from "./page-server.ts";
import { drawnPages } from "./drawn-pages.ts";
import { shapePages } from "./shape-pages.ts";

interface Case {
  /** The public report it comes from. */
  readonly source: string;
  readonly html: string;
  readonly others?: Readonly<Record<string, string>>;
  /** Name of the element to act on, or null, and the action. */
  readonly steps?: readonly (readonly [name: string | null, action: Action])[];
  /** Names that must be listed at the end; with "!" those that must not. */
  readonly wants?: readonly string[];
  /** States of elements at the end, by name. */
  readonly states?: Readonly<Record<string, readonly string[]>>;
  /** What the page says at the end. */
  readonly out?: string;
}

const test = suite("browser/pages");
const file = new URL("../../fixtures/cases/pages.json", import.meta.url);

test("every public page lists what it must and does what its steps ask for", async (t) => {
  const cases: Readonly<Record<string, Case>> = JSON.parse(await readFile(file, "utf8"));
  const { environment } = t.use(await openPages(cases));
  const lines = await mapLimited(Object.entries(cases), 4, async ([name, one]) => {
    const hand = await openPage(environment, name, t);
    const problem = await problemOf(hand, one).catch((e) => String(e));
    await hand.episode.close();
    return problem === "" ? [] : [`${name} (${one.source}): ${problem}`];
  });
  assert.is(lines.flat().join("\n"), "");
  assert.is(Object.keys(cases).length, 61);
}, { timeoutMs: 120_000 });

test("pages of component libraries: pickers, virtual lists, editors, handles, pop-ups, disclosures", async (t) => {
  const pages = { ...shapePages, ...drawnPages };
  const { environment } = t.use(await openPages(pages));
  const lines = await mapLimited(Object.entries(pages), 4, async ([name, one]) => {
    const hand = await openPage(environment, name, t);
    const problem = await problemOf(hand, one).catch((e) => String(e));
    await hand.episode.close();
    return problem === "" ? [] : [`${name}: ${problem}`];
  });
  assert.is(lines.flat().join("\n"), "");
}, { timeoutMs: 120_000 });

async function problemOf(
  hand: Hand,
  { steps = [], wants = [], states = {}, out }: Omit<Case, "source" | "html" | "others">,
): Promise<string> {
  for (const [name, action] of steps) await hand.do(name === null ? action : { ...action, ...hand.el(name) } as Action);
  await answerAll(hand);
  const names = hand.seen.elements.map((e) => e.name);
  const listed = names.join(", ");
  for (const want of wants) {
    const isListed = names.includes(want.replace(/^!/, ""));
    if (isListed === want.startsWith("!")) return `wants ${want}, lists ${listed}`;
  }
  for (const [name, wanted] of Object.entries(states)) {
    const found = hand.find(name).states.join();
    if (found !== wanted.join()) return `wants ${name} ${wanted.join()}, shows ${found}`;
  }
  const said = out === undefined ? out : await saidBy(hand);
  return said === out ? "" : `says ${JSON.stringify(said)} instead of ${JSON.stringify(out)}; lists ${listed}`;
}

/** Says yes to every question, and "x" where a text is asked for. */
async function answerAll(hand: Hand): Promise<void> {
  for (let i = 0; i < 3 && hand.seen.dialog; i++) {
    if (hand.seen.dialog.kind === "prompt") await hand.do({ action: "type", text: "x", clear: true, submit: true });
    else await hand.do({ action: "click", ...hand.el("OK") });
  }
}
