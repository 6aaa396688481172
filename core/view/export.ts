import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HaloError, isHaloError } from "../util/errors.ts";
import { mapLimited } from "../util/limit.ts";
import { answers } from "./answers.ts";
import type { KnownRun, Runs } from "./known-runs.ts";
import { staticPage } from "./page.ts";
import { type MakePicture, pictureMaker } from "./recorded-picture.ts";
import { staticName } from "./static-name.ts";
import { picturedParts, type Question, staticQuestions } from "./static-questions.ts";

export interface ExportOptions {
  readonly runs: Runs;
  /** Folder that is made, or is there and empty. */
  readonly to: string;
  readonly pictures: "all" | "evaluations" | "none";
  readonly picture?: MakePicture;
  readonly signal: AbortSignal;
  /** Told why a picture could not be made. */
  readonly warn?: (reason: string) => void;
}

/** What an export came to. */
export interface Exported {
  readonly answers: number;
  readonly pictures: number;
  readonly bytes: number;
}

/**
 * Writes the viewer's pages as files that open from disk: `index.html`, an answer a file in `data/`, pictures beside them.
 * Throws HALO_VIEW_EXPORT for a folder that holds anything.
 */
export async function exportView(o: ExportOptions): Promise<Exported> {
  await makeRoom(o.to);
  const { runs } = o;
  const known = await runs.list();
  const count = { answers: 0, pictures: 0, bytes: 0 };
  const write = async (file: string, content: string | Uint8Array) => {
    await writeFile(join(o.to, file), content);
    count.bytes += content.length;
  };
  const asked = async ({ name, query }: Question) => {
    o.signal.throwIfAborted();
    const value = await answers[name]((part) => query[part] ?? "", runs);
    const file = staticName(name, query);
    const json = JSON.stringify(JSON.stringify(value));
    await write(join("data", `${file}.js`), `haloExport.answer("${file}",${json})\n`);
    count.answers++;
    return value;
  };
  const pairs = new Map<string, Question>();
  for await (const question of staticQuestions(known)) {
    const value = await asked(question).catch((e: unknown) => {
      // Two evaluations without a task in common have no comparison.
      if (isHaloError(e, "HALO_COMPARE_UNPAIRED")) return undefined;
      throw e;
    });
    if (question.name === "compare" && value) {
      for (const pair of pairsOf(value as Awaited<ReturnType<typeof answers.compare>>)) {
        pairs.set(staticName(pair.name, pair.query), pair);
      }
    }
  }
  for (const pair of pairs.values()) await asked(pair);
  const names = o.pictures === "none" ? [] : await writePictures(known, { ...o, write });
  count.pictures = names.length;
  const page = await staticPage();
  await write("data/pictures.js", `var haloExport = { pictures: ${JSON.stringify(names)} };\n`);
  await write("index.html", page);
  return count;
}

/** Both episodes of every flipped task, as the page of a comparison asks for them. */
function pairsOf(c: Awaited<ReturnType<typeof answers.compare>>): readonly Question[] {
  return c.flipped.flatMap(({ episodes_a: [a], episodes_b: [b] }): readonly Question[] =>
    a === undefined || b === undefined
      ? []
      : [{ name: "pair", query: { run_a: c.run_a ?? "", run_b: c.run_b ?? "", a, b } }]
  );
}

async function writePictures(
  known: readonly KnownRun[],
  o: ExportOptions & { readonly write: (file: string, content: Uint8Array) => Promise<void> },
): Promise<readonly string[]> {
  const make = pictureMaker(o);
  const names: string[] = [];
  for await (const { run, folder, of, isEvaluation } of picturedParts(known)) {
    if (!isEvaluation && o.pictures !== "all") continue;
    const seen = await folder.readPages(of);
    await mapLimited(seen?.points ?? [], 4, async (point) => {
      o.signal.throwIfAborted();
      const png = await make(folder, seen!, point);
      if (!png) return;
      const name = staticName("picture", { run, of, point: point.id });
      await o.write(join("pictures", `${name}.png`), png);
      names.push(name);
    });
  }
  return names.sort();
}

async function makeRoom(to: string): Promise<void> {
  const found = await readdir(to).catch((e: NodeJS.ErrnoException) => {
    if (e.code === "ENOENT") return [];
    throw e;
  });
  if (found.length > 0) {
    throw new HaloError("HALO_VIEW_EXPORT", `${to} holds ${found.slice(0, 3).join(", ")} already`, {
      hint: "choose another folder for --export, or empty it",
    });
  }
  for (const folder of ["data", "pictures"]) await mkdir(join(to, folder), { recursive: true });
}
