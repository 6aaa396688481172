import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { findChromium, serveAssets } from "../../core/browser.ts";
import type { Action, Call, Episode, Observation, Task } from "../../core/mod.ts";
import { meanInterval } from "../../core/stats/mean-interval.ts";
import { createPlugin } from "../../core/testing.ts";
import environmentPlugin from "../../plugins/miniwob/environment.ts";
import { median } from "../overhead/paired.ts";
import { pageAssets, pagesFolder } from "../../plugins/miniwob/pages.ts";

/** Time of a step in both environments, over the same steps of the same pages. */
export interface PeerRow {
  readonly what: string;
  readonly steps: number;
  /** Medians, milliseconds. */
  readonly peerMs: number;
  readonly oursMs: number;
  /** Geometric mean of the peer's time over ours, step by step, with its 95 % interval. */
  readonly ratio: number;
  readonly interval: readonly [low: number, high: number];
  /** Least ratio that is asked for. */
  readonly bar?: number;
}

interface Way {
  readonly what: string;
  readonly raw: boolean;
  readonly waits: boolean;
  readonly bar?: number;
}

const ways: readonly Way[] = [
  { what: "screenshot and element tree", raw: false, waits: true, bar: 10 },
  { what: "neither of them", raw: true, waits: true, bar: 10 },
  { what: "screenshot and element tree, the peer without its waits", raw: false, waits: false },
];

/** Pages that no step ends: boxes are ticked and unticked in turn, fields are filled in turn. */
const pages = [{ name: "click-checkboxes-large", kind: "click" }, { name: "login-user", kind: "fill" }] as const;
const stepsEach = 12;
const pageSeeds = 1_000_000;

/**
 * Steps BrowserGym's environment and ours in turn through the same actions on the same pages and seeds, in the same Chromium. The
 * first step of each page is not counted.
 */
export async function miniwobPeer(python: string, o: Call): Promise<readonly PeerRow[]> {
  const server = await serveAssets(await pageAssets(await pagesFolder()));
  const environment = await createPlugin(environmentPlugin, { pages: 2 });
  const peer = startPeer(python, o);
  try {
    const rows: PeerRow[] = [];
    for (const way of ways) {
      const pairs: Pair[] = [];
      for (const page of pages) {
        const { page_seed: seed, names } = await peer.ask<{ page_seed: number; names: readonly string[] }>({
          open: {
            url: `http://${server.address}/miniwob/`,
            chromium: findChromium(),
            task: page.name,
            seed: 7,
            waits: way.waits,
            raw: way.raw,
          },
        });
        const episode = await environment.open(taskOf(page.name, seed % pageSeeds), { seed: 0, signal: o.signal });
        pairs.push(...await pairsOn(episode, { ...page, ...way, names, peer, signal: o.signal }));
        await episode.close();
      }
      rows.push(rowOf(way, pairs));
    }
    return rows;
  } finally {
    peer.close();
    await environment.close();
    await server.close();
  }
}

interface Pair {
  readonly peerMs: number;
  readonly oursMs: number;
}

async function pairsOn(
  episode: Episode,
  o: Call & { kind: "click" | "fill"; raw: boolean; names: readonly string[]; peer: Peer },
): Promise<readonly Pair[]> {
  const need = o.raw ? {} : { screenshot: true, axtree: true };
  const controlsIn = ({ elements }: Observation) =>
    elements.filter(({ role }) => role === (o.kind === "click" ? "checkbox" : "textbox"));
  let seen = await episode.observe({ need, signal: o.signal });
  const names = controlsIn(seen).map(({ name }) => name);
  if (o.kind === "click" && names.join() !== o.names.join()) {
    throw new Error(`the two pages differ: ${names.join()} and ${o.names.join()}`);
  }
  const pairs: Pair[] = [];
  for (let i = 0; i <= stepsEach; i++) {
    const nth = i % controlsIn(seen).length;
    const text = `text ${i}`;
    const { ms } = await o.peer.ask<{ ms: number }>({ step: { kind: o.kind, nth, text } });
    const el = controlsIn(seen)[nth]!.id;
    const action: Action = o.kind === "click" ? { action: "click", el } : { action: "type", el, text, clear: true };
    const start = performance.now();
    const { observation, error } = await episode.step(action, { need, signal: o.signal });
    const oursMs = performance.now() - start;
    if (error) throw new Error(`step ${i}: ${error.code} ${error.message}`);
    const [before, after] = [controlsIn(seen)[nth]!, controlsIn(observation)[nth]!];
    const isDone = o.kind === "click"
      ? before.states.includes("checked") !== after.states.includes("checked")
      : after.value === text || /^•+$/.test(after.value ?? "");
    if (!isDone) throw new Error(`step ${i} is not seen in the next observation`);
    seen = observation;
    if (i > 0) pairs.push({ peerMs: ms, oursMs });
  }
  return pairs;
}

function rowOf({ what, bar }: Way, pairs: readonly Pair[]): PeerRow {
  const logs = pairs.map(({ peerMs, oursMs }) => Math.log(peerMs / oursMs));
  const [low, high] = meanInterval(logs, { range: Math.log(1000) });
  return {
    what,
    steps: pairs.length,
    peerMs: median(pairs.map(({ peerMs }) => peerMs)),
    oursMs: median(pairs.map(({ oursMs }) => oursMs)),
    ratio: Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length),
    interval: [Math.exp(low), Math.exp(high)],
    ...(bar !== undefined && { bar }),
  };
}

/** One line for people. */
export function peerLine({ what, steps, peerMs, oursMs, ratio, interval: [low, high], bar }: PeerRow): string {
  const times = `${ratio.toFixed(1)} times [${low.toFixed(1)}, ${high.toFixed(1)}] over ${steps} steps`;
  const asked = bar === undefined ? "no bar" : `bar ${bar}, ${ratio >= bar ? "held" : "missed"}`;
  return `peer, ${what}: BrowserGym ${peerMs.toFixed(0)} ms a step, ours ${oursMs.toFixed(0)} ms: ${times} (${asked})`;
}

interface Peer {
  ask<T>(question: object): Promise<T>;
  close(): void;
}

/** The peer's process; each question waits for its answer, and its end fails the question. */
function startPeer(python: string, { signal }: Call): Peer {
  const script = fileURLToPath(new URL("browsergym_miniwob.py", import.meta.url));
  const child: ChildProcessWithoutNullStreams = spawn(python, [script], { signal });
  child.on("error", () => {}); // What it was stopped by is told by `lines`.
  child.stderr.resume();
  let said = "";
  child.stderr.on("data", (data) => said = `${said}${data}`.slice(-2_000));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask<T>(question: object): Promise<T> {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      signal.throwIfAborted();
      if (done) throw new Error(`${python} ${script} ended: ${said}`);
      return JSON.parse(value as string) as T;
    },
    close: () => child.stdin.end(),
  };
}

/** A training task whose page takes the seed that the peer's page took. */
function taskOf(name: string, seed: number): Task {
  const goal = { id: name, text: "", startUrl: `/miniwob/${name}.html`, maxSteps: stepsEach + 1 };
  const params = { name, seed, mode: "train" };
  return { id: name, key: name, goal, site: "miniwob", template: name, split: "train", optimum: 1, params };
}
