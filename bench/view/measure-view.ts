import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import type { RunFolder } from "../../core/record/run-folder.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { measurePage } from "./measure-page.ts";
import { peakMb, processTimeMs } from "./process-time.ts";

/** Milliseconds by the clock, and of the processor: on a busy machine the two are far apart. */
export interface Took {
  readonly clockMs: number;
  /** Undefined where the system does not say. */
  readonly cpuMs: number | undefined;
}

/** What the slowest answer of each kind took, and the most memory that the server took. */
export interface ViewFigures {
  /** The page and the list of runs. */
  readonly firstPage: Took;
  /** A run's curves. */
  readonly run: Took;
  /** Groups from the whole of the run, and the tree as one. */
  readonly group: Took;
  /** What comes behind the page of the group that is a tree. */
  readonly whole: Took;
  /** Their iterations and episodes. */
  readonly episode: Took;
  readonly tasks: Took;
  readonly tree: Took;
  /** The group that is a tree, and the tree, drawn in a browser; `cpuMs` is that of the page. */
  readonly groupPage: Took;
  readonly treePage: Took;
  /** Undefined where the system does not say. */
  readonly memoryMb: number | undefined;
}

export interface MeasureOptions {
  /** Iterations of the run; the groups are taken from all over them. */
  readonly iterations: number;
  readonly groups: number;
  /** Id of the group that is a tree. */
  readonly tree: string;
}

/** Starts `halo view` on the run in a process of its own and asks it what a person would. */
export async function measureView(run: RunFolder, o: MeasureOptions): Promise<ViewFigures> {
  const halo = path.join(packageRoot(), "bin/halo.mjs");
  const child = spawn(process.execPath, [halo, "view", run.path, "--runs-dir", path.dirname(run.path), "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const address = await addressOf(child);
    const ask = asker(address, child.pid!);
    const of = (query: Readonly<Record<string, string>> = {}) => ({ run: run.id, ...query });
    const firstPage = sum(await ask("/"), await ask("/api/runs"));
    const first = await ask("/api/run", of());
    const [groups, episodes]: [Took[], Took[]] = [[], []];
    for (let i = 0; i < o.groups; i++) {
      const n = 1 + Math.floor(i * (o.iterations - 1) / Math.max(1, o.groups - 1));
      groups.push(await ask("/api/group", of({ id: `i${n}.s${i % 4}.${i % 4}` })));
      episodes.push(await ask("/api/iteration", of({ n: String(n) })));
      episodes.push(await ask("/api/episode", of({ id: `i${n}.s${i % 4}#0` })));
    }
    groups.push(await ask("/api/group", of({ id: o.tree })));
    const whole = await ask("/api/whole", of({ id: o.tree }));
    const tasks = await ask("/api/tasks", of());
    const tree = await ask("/api/tree", of());
    const again = await ask("/api/run", of());
    const drawn = async (kind: "group" | "tree", selector: string) => {
      const hash = `#/${["run", run.id, kind, o.tree].map(encodeURIComponent).join("/")}`;
      return await measurePage(address.href.replace(/#.*/, ""), { hash, selector });
    };
    const groupPage = await drawn("group", ".sibling");
    const treePage = await drawn("tree", ".knot");
    const figures = {
      firstPage,
      run: most([first, again]),
      group: most(groups),
      episode: most(episodes),
      whole,
      tasks,
      tree,
    };
    return { ...figures, groupPage, treePage, memoryMb: peakMb(child.pid!) };
  } finally {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  }
}

async function addressOf(child: ChildProcess): Promise<URL> {
  for await (const line of createInterface({ input: child.stdout! })) return new URL(JSON.parse(line).url);
  throw new Error("halo view ended without an address");
}

/** What it takes until a whole answer is there. */
const asker =
  (address: URL, pid: number) => async (to: string, query: Readonly<Record<string, string>> = {}): Promise<Took> => {
    const url = new URL(to, address);
    url.search = new URLSearchParams({ ...query, token: address.searchParams.get("token") ?? "" }).toString();
    const [start, before] = [performance.now(), processTimeMs(pid)];
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
    const body = await response.text();
    if (!response.ok) throw new Error(`${to}: ${response.status} ${body.slice(0, 200)}`);
    const [clockMs, after] = [performance.now() - start, processTimeMs(pid)];
    return { clockMs, cpuMs: before === undefined || after === undefined ? undefined : after - before };
  };

const both = (a: number | undefined, b: number | undefined, join: (a: number, b: number) => number) =>
  a === undefined || b === undefined ? undefined : join(a, b);

const sum = (a: Took, b: Took): Took => ({
  clockMs: a.clockMs + b.clockMs,
  cpuMs: both(a.cpuMs, b.cpuMs, (x, y) => x + y),
});

const most = (all: readonly Took[]): Took =>
  all.reduce((a, b) => ({ clockMs: Math.max(a.clockMs, b.clockMs), cpuMs: both(a.cpuMs, b.cpuMs, Math.max) }));
