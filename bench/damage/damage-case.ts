import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { keyedRng } from "halo-agent/kit";
import { isHaloError } from "../../core/util/errors.ts";
import { copyOf, type Left, resumed } from "./left.ts";
import { differences, recordOf } from "./record-of.ts";
import { waysToDamage } from "./ways.ts";

/** One file of one run, damaged in one way. */
export interface DamageCase {
  readonly left: Left;
  readonly file: string;
  readonly way: string;
  readonly seed: number;
}

/** What became of it. */
export interface DamageOutcome {
  /**
   * refused: the resume named the file; told: the resume came to the same end, and whoever reads the file is told its name;
   * harmless: the resumed run is equal in every part; WRONG: anything else.
   */
  readonly end: "refused" | "told" | "harmless" | "WRONG";
  readonly text: string;
}

/** Damages a copy of the run, resumes it, and follows the hint where the file is named: the end must be that of the whole run. */
export async function damageCase(folder: string, { left, file, way, seed }: DamageCase): Promise<DamageOutcome> {
  const run = copyOf(left.path, folder);
  try {
    const did = waysToDamage[way]!(join(run, file), keyedRng("damage", seed, left.name, file, way));
    const wrong = (text: string): DamageOutcome => ({ end: "WRONG", text: `${did}: ${text}` });
    const refusal = await errorOf(async () => {
      const { error } = await resumed(run);
      return error;
    });
    if (refusal !== undefined && !names(refusal, file)) return wrong(`resume: ${refusal.code} ${refusal.message}`);
    if (refusal !== undefined) return await mended({ run, left, told: refusal, end: "refused" }, { did });
    const unread = await errorOf(async () => {
      const differing = differences(left.whole, await recordOf(run));
      return differing.length === 0 ? undefined : { code: "DIFFERS", message: differing.join(", ") };
    });
    if (unread === undefined) return { end: "harmless", text: did };
    if (!names(unread, file)) return wrong(`${unread.code} ${unread.message}`);
    return await mended({ run, left, told: unread, end: "told" }, { did });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** The error that something ends with. */
async function errorOf(run: () => Promise<Told | undefined>): Promise<Told | undefined> {
  try {
    return await run();
  } catch (e) {
    if (isHaloError(e)) return e;
    return { code: "NO HALO ERROR", message: e instanceof Error ? e.stack ?? e.message : String(e) };
  }
}

const names = ({ code, message }: Told, file: string): boolean =>
  code === "HALO_RUN_CORRUPT" && message.includes(basename(file));

/** Does what the hint says, and resumes; when that leads to another hint, does what that one says. */
async function mended(
  { run, left, told, end }: {
    readonly run: string;
    readonly left: Left;
    readonly told: Told;
    readonly end: "refused" | "told";
  },
  { did, tries = 3 }: { readonly did: string; readonly tries?: number },
): Promise<DamageOutcome> {
  const { lost, fromIteration } = follow(told, { run, left });
  const failure = await errorOf(async () => {
    const { error } = await resumed(run, fromIteration === undefined ? {} : { fromIteration });
    if (error) return error;
    const differing = differences(left.whole, await recordOf(run)).filter((name) => !lost?.test(name));
    return differing.length === 0 ? undefined : { code: "DIFFERS", message: differing.join(", ") };
  });
  if (failure === undefined) return { end, text: did };
  if (failure.code === "HALO_RUN_CORRUPT" && tries > 1) {
    return await mended({ run, left, told: failure, end }, { did, tries: tries - 1 });
  }
  return { end: "WRONG", text: `${did}: named, but after "${told.hint}" ${failure.code} ${failure.message}` };
}

/** What a hint asks for; `lost` are the parts of a record that it says are for looking at only. */
function follow(
  { message, hint = "" }: Told,
  { run, left }: { readonly run: string; readonly left: Left },
): { readonly fromIteration?: number; readonly lost?: RegExp } {
  const [, path = "", line = ""] = message.match(/(\/[^:;]+?)(?::(\d+))?(?::| is (?:gone|new|not))/) ?? [];
  const fromIteration = /--from-iteration (\d+)/.exec(hint)?.[1];
  if (fromIteration !== undefined) return { fromIteration: Number(fromIteration) };
  if (/delete (this one|the) file/.test(hint)) {
    rmSync(path);
    return /looking at only/.test(hint) ? { lost: /^(pages|steps|trees) of/ } : {};
  }
  const lines = () => readFileSync(path, "utf8").split("\n");
  const header = /write (\{.*\}) as its first line/.exec(hint)?.[1];
  if (header !== undefined) writeFileSync(path, [header, ...lines().slice(1)].join("\n"));
  else if (/remove that line/.test(hint)) {
    writeFileSync(path, lines().filter((_, i) => i !== Number(line) - 1).join("\n"));
  } else cpSync(join(left.path, relative(run, path)), path);
  return {};
}
