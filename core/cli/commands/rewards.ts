import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { RewardShaper, Understood } from "../../domain/reward.ts";
import { buildOne } from "../../plugin/container.ts";
import { loadPlugin } from "../../plugin/load.ts";
import { requiredOptions } from "../../plugin/options.ts";
import { builtinNames } from "../../plugin/registry.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { rewardsFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { coverageOf, type Covered, readGoals } from "../report/coverage.ts";

/**
 * `halo rewards explain GOAL` and `halo rewards coverage FILE`: how a reward understands goals; `halo rewards check-judge
 * PIPELINE`: whether a judge knows better steps from worse ones. Opens no page.
 */
export const rewards: RunCommand<typeof rewardsFlags> = async ({ args: [what, ...rest], flags }, io) => {
  if (what === "check-judge") {
    return await (await import("./rewards-check-judge.ts")).checkJudge({ args: rest, flags }, io);
  }
  if (what !== "explain" && what !== "coverage") {
    throw usage(`expected explain, coverage or check-judge, got "${what}"`);
  }
  const [given, ...more] = rest;
  if (more.length > 0 || (given === undefined && (what === "coverage" || flags.task === undefined))) {
    throw usage(what === "explain" ? "expected one goal, in quotation marks" : "expected one file of goals");
  }
  const opened = await open(flags, io);
  try {
    if (what === "explain") explain(opened.explain, { goal: given ?? "", flags, io });
    else await cover(opened.explain, { file: given!, flags, io });
    return exitCodes.done;
  } finally {
    await opened.close();
  }
};

type Explain = NonNullable<RewardShaper["explain"]>;

interface Opened {
  readonly explain: Explain;
  close(): Promise<void>;
}

/** The reward that is named, by `--site` or by the task. */
async function open({ site, task }: Flags<typeof rewardsFlags>, io: Io): Promise<Opened> {
  const use = site ?? task?.match(/^v\d\.([a-z-]+)-\d+/)?.[1];
  const opened = use === undefined ? undefined : await reading(use, io);
  if (opened !== undefined) return opened;
  const problem = use === undefined ? "--site is missing: whose goals are they?" : `the reward "${use}" reads no goals`;
  throw new HaloError("HALO_CLI_USAGE", problem, { hint: `rewards that do: ${(await readers(io)).join(", ")}` });
}

/** The reward of that name; undefined when it reads no goals. */
async function reading(use: string, io: Io): Promise<Opened | undefined> {
  const plugin = await loadPlugin({ kind: "reward", use, from: io.cwd });
  if (requiredOptions(plugin, {}).length > 0) return undefined;
  const o = { log: io.log, signal: io.signal, packageRoot: packageRoot(), seed: 0 };
  const built = await buildOne({ kind: "reward", plugin, options: {}, path: "reward" }, o);
  const { explain } = built.instance;
  if (explain !== undefined) return { explain, close: () => built.close() };
  await built.close();
  return undefined;
}

/** Built-in rewards that read goals. */
async function readers(io: Io): Promise<readonly string[]> {
  const names: string[] = [];
  for (const name of builtinNames("reward")) {
    const opened = await reading(name, io);
    await opened?.close();
    if (opened !== undefined) names.push(name);
  }
  return names;
}

interface Asked {
  readonly flags: Flags<typeof rewardsFlags>;
  readonly io: Io;
}

function explain(read: Explain, { goal, flags, io }: Asked & { readonly goal: string }): void {
  const found = read({ id: flags.task ?? "", text: goal });
  if (flags.json) {
    io.out(JSON.stringify({ type: "goal", goal, ...found }));
    io.out(JSON.stringify({ type: "done", ok: true, exit: exitCodes.done }));
    return;
  }
  for (const line of linesOf(found)) io.out(plainLine(line));
}

const decidedBy: Readonly<Record<string, string>> = {
  task: "the task's id",
  family: "a wording of the site's own",
  reading: "its words",
  general: "nothing: the site's general way is paid",
};

function linesOf({ by, errands, because, milestones }: Understood): readonly string[] {
  const kinds = errands.map(({ kind, objects }, i) => {
    const said = Object.entries(objects).map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(", ");
    return `${i + 1}. ${kind}${said === "" ? "" : `: ${said}`}${
      by === "reading" ? `  (decided by "${because[i]}")` : ""
    }`;
  });
  const total = milestones.reduce((sum, { value }) => sum + value, 0);
  return [
    `understood by ${decidedBy[by] ?? by}${errands.length === 0 ? ` (${because.join("; ")})` : ""}`,
    ...kinds,
    `pays ${milestones.map(({ name, value }) => `${name} ${value}`).join(", ") || "nothing"}; ${
      Math.round(total * 100) / 100
    } in all`,
  ];
}

async function cover(read: Explain, { file, flags, io }: Asked & { readonly file: string }): Promise<void> {
  const path = resolve(io.cwd, file);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new HaloError("HALO_CLI_USAGE", `there is no file "${file}"`, { hint: "halo rewards --help", cause });
  });
  const goals = readGoals(text, file);
  const { rows, counts } = coverageOf(goals, read);
  const isPlain = goals.every(({ kinds, oneOf }) => kinds === undefined && oneOf === undefined);
  const shown = rows.filter((row) => flags.all || row.is === "wrong" || row.is === "not understood");
  if (flags.json) {
    for (const row of shown) io.out(JSON.stringify({ type: "goal", ...row }));
    io.out(JSON.stringify({ type: "done", ok: true, exit: exitCodes.done, ...counts }));
    return;
  }
  for (const row of shown) io.out(plainLine(lineOf(row)));
  const part = (n: number): string => `${n} (${Math.round(100 * n / Math.max(1, goals.length))} %)`;
  io.err(
    isPlain
      ? `${goals.length} goals: ${part(counts.understood)} understood, ${part(goals.length - counts.understood)} not`
      : `${goals.length} goals: kind right ${part(counts.right)}, not understood ${part(counts.not_understood)}, ` +
        `part of it ${part(counts.partly)}, paid as another kind ${part(counts.wrong)}`,
  );
}

function lineOf({ is, goal, wanted, read, because }: Covered): string {
  const found = read.length === 0 ? because.join("; ") : read.join(" + ");
  return `${is.padEnd(14)}  ${goal}  [${wanted === undefined ? "" : `${wanted.join(" + ") || "nothing"}; `}${found}]`;
}

function usage(message: string): HaloError {
  return new HaloError("HALO_CLI_USAGE", message, { hint: "halo rewards --help" });
}
