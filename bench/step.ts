/**
 * What a step costs on GoMail at 1280×720: a fixed mix of clicks, typing, keys and scrolls that change the page, one
 * environment. Bars: p50 ≤ 30 ms with elements, ≤ 60 ms with a screenshot too. Beside it 1, 4 and 8 environments at once,
 * and 100 foreign pages whose update comes 50–1,500 ms late by timer, fetch or animation: each next observation must
 * show the final state.
 *
 *   node bench/step.ts [--peer PYTHON]
 *
 * `--peer` names a Python with agisdk 0.3.5: its own environment clicks the same page in the same run, like for like
 * (screenshot and accessibility tree). Bars: ≥ 15 times as it ships, ≥ 7 times without its slow motion.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import type { Action, Environment, Observation, StepOutcome } from "../core/mod.ts";
import gomail from "../plugins/sites/gomail/site.ts";
import { gomail as mailSite } from "../plugins/sites/gomail/gomail.ts";
import { siteTasks } from "../core/site.ts";
import replica from "../plugins/replica/environment.ts";
import { lateFixtures } from "./late-pages.ts";
import { peerSteps } from "./peer/peer.ts";

const { values: flags } = parseArgs({ options: { peer: { type: "string" } } });
const signal = AbortSignal.timeout(900_000);
const rounds = 12;

/** Finds an element by role and name; the mix below must stay possible, so a missing one is an error. */
function el(seen: Observation, role: string, name: RegExp): string {
  const found = seen.elements.find((e) => e.role === role && name.test(e.name));
  if (!found) throw new Error(`no ${role} ${name} on the page`);
  return found.id;
}

/** Fourteen steps; each changes what the page shows. */
const mix: readonly ((seen: Observation) => Action)[] = [
  () => ({ action: "scroll", at: [600, 600], dy: 400 }),
  () => ({ action: "scroll", at: [600, 600], dy: -400 }),
  (s) => ({ action: "click", el: el(s, "checkbox", /^Select email from John Doe/) }),
  (s) => ({ action: "click", el: el(s, "button", /star (to|from) email from John Doe/) }),
  (s) => ({ action: "click", el: el(s, "checkbox", /^Select email from John Doe/) }),
  (s) => ({ action: "click", el: el(s, "button", /^Compose$/) }),
  (s) => ({ action: "type", el: el(s, "combobox", /^To$/), text: "ana@example.com", clear: true }),
  () => ({ action: "key", keys: ["Tab"] }),
  (s) => ({ action: "type", el: el(s, "textbox", /^Subject$/), text: "Lunch on Friday", clear: true }),
  (s) => ({ action: "type", el: el(s, "textbox", /^Message$/), text: "At noon, as always.", clear: true }),
  (s) => ({ action: "click", el: el(s, "button", /^Discard draft$/) }),
  (s) => ({ action: "click", el: el(s, "link", /^Starred$/) }),
  (s) => ({ action: "type", el: el(s, "searchbox", /^Search mail$/), text: "project", clear: true, submit: true }),
  (s) => ({ action: "click", el: el(s, "link", /^Inbox$/) }),
];

const site = await gomail.create({}, {});
const environment = await replica.create({ site, stop: "declared", forking: "native", pages: 8 }, {});
const misses: string[] = [];
const summary: string[] = [];
try {
  const elements = await cycle(environment, {});
  const pictures = await cycle(environment, { screenshot: true });
  report("with elements", elements, 30);
  report("and a screenshot", pictures, 60);
  for (const n of [1, 4, 8]) {
    const start = performance.now();
    const steps = (await Promise.all(Array.from({ length: n }, () => cycle(environment, {}, 3)))).flat();
    console.log(
      `${n} environments: ${((steps.length * 1000) / (performance.now() - start)).toFixed(0)} steps/s with elements`,
    );
  }
  if (flags.peer !== undefined) await compareWithPeer(flags.peer);
} finally {
  await environment.close();
}
const late = await lateFixtures(signal);
console.log(`foreign pages: ${late.final} of ${late.pages} observations show the final state`);
if (late.final !== late.pages) misses.push(`${late.pages - late.final} late updates missed`);
summary.push(`late updates ${late.final}/${late.pages}`);
console.log(
  `${misses.length === 0 ? "ok" : "MISSED"} step: ${summary.join(", ")}${
    misses.length === 0 ? "" : `; ${misses.join(", ")}`
  }`,
);
process.exitCode = misses.length === 0 ? 0 : 1;

async function cycle(
  on: Environment,
  need: { readonly screenshot?: boolean; readonly axtree?: boolean },
  times = rounds,
): Promise<readonly StepOutcome["cost"][]> {
  const task = siteTasks(mailSite, { templates: ["star"], max_optimum: 8, cap: 0 }).draw({
    split: "train",
    index: 0,
    seed: 0,
  });
  const episode = await on.open(task, { seed: 0, signal });
  const costs: StepOutcome["cost"][] = [];
  try {
    let seen = await episode.observe({ need, signal });
    for (let round = 0; round < times; round++) {
      for (const [i, next] of mix.entries()) {
        const { observation, error, cost } = await episode.step(next(seen), { need, signal });
        if (error) throw new Error(`step ${i}: ${error.code} ${error.message}`);
        seen = observation;
        if (round > 0) costs.push(cost);
      }
    }
  } finally {
    await episode.close();
  }
  return costs;
}

function report(what: string, costs: readonly StepOutcome["cost"][], barMs: number): void {
  const whole = median(costs.map((c) => c.actMs + c.settleMs + c.observeMs));
  const [act, settle, observe] = (["actMs", "settleMs", "observeMs"] as const).map((part) =>
    median(costs.map((c) => c[part])).toFixed(1)
  );
  console.log(
    `${what}: p50 ${
      whole.toFixed(1)
    } ms over ${costs.length} steps (bar ${barMs}); act ${act}, settle ${settle}, observe ${observe}`,
  );
  if (whole > barMs) misses.push(`${what} ${whole.toFixed(1)} ms`);
  summary.push(`${what} ${whole.toFixed(1)} ms`);
}

async function compareWithPeer(python: string): Promise<void> {
  const ours = median(
    (await cycle(environment, { screenshot: true, axtree: true }, 4)).map((c) => c.actMs + c.settleMs + c.observeMs),
  );
  const peer = await peerSteps(python, { assets: await site.assets(), signal });
  for (const [name, ms, bar] of [["as it ships", peer.shippedMs, 15], ["slow_mo=0", peer.noSlowMoMs, 7]] as const) {
    const ratio = ms / ours;
    console.log(
      `peer ${name}: ${ms.toFixed(0)} ms a step, ours ${ours.toFixed(0)} ms with screenshot and accessibility tree: ${
        ratio.toFixed(1)
      } times (bar ${bar})`,
    );
    if (ratio < bar) misses.push(`peer ${name} only ${ratio.toFixed(1)} times`);
    summary.push(`${ratio.toFixed(1)} times the peer ${name}`);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
