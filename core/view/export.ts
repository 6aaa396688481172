import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isHaloError } from "../util/errors.ts";
import { mapLimited } from "../util/limit.ts";
import { answers } from "./answers.ts";
import { wholeFolder } from "./export-folder.ts";
import type { KnownRun, Runs } from "./known-runs.ts";
import { staticPage } from "./page.ts";
import { type MakePicture, pictureMaker } from "./recorded-picture.ts";
import { staticName } from "./static-name.ts";
import { picturedParts, type PicturedPoint, type Question, staticQuestions } from "./static-questions.ts";

export interface ExportOptions {
  readonly runs: Runs;
  /** Folder that is made, or is there and empty. */
  readonly to: string;
  readonly pictures: "all" | "evaluations" | "none";
  readonly picture?: MakePicture;
  readonly signal: AbortSignal;
  /** Told why a picture could not be made. */
  readonly warn?: (reason: string) => void;
  /** Told how far it is, after each answer and each picture. */
  readonly progress?: (progress: ExportProgress) => void;
}

/** What was written so far. */
export interface Exported {
  readonly answers: number;
  readonly pictures: number;
  readonly bytes: number;
}

/** How far an export is: first come the answers, then the pictures of one episode or task after the other. */
export interface ExportProgress extends Exported {
  /** Episodes and tasks whose pictures are there, of how many; absent while answers are written. */
  readonly pictured?: { readonly done: number; readonly of: number };
}

/**
 * Writes the viewer's pages as files that open from disk: `index.html`, an answer a file in `data/`, pictures beside them.
 * They are all there or, after a failure or a stop, none is. Throws HALO_VIEW_EXPORT for a folder that holds anything.
 */
export async function exportView(o: ExportOptions): Promise<Exported> {
  const known = await o.runs.list();
  return await wholeFolder(o.to, { folders: ["data", "pictures"], last: "index.html" }, async (folder) => {
    const writer = writerInto(folder, o);
    await writeAnswers(known, { ...o, writer });
    const names = await writePictures(known, { ...o, writer });
    const page = await staticPage();
    await writer.write("data/pictures.js", `var haloExport = { pictures: ${JSON.stringify(names)} };\n`);
    await writer.write("index.html", page);
    return writer.count;
  });
}

/** Writes files and counts them. */
interface Writer {
  readonly count: { -readonly [K in keyof Exported]: Exported[K] };
  write(file: string, content: string | Uint8Array): Promise<void>;
  tell(pictured?: ExportProgress["pictured"]): void;
}

type Parts = ExportOptions & { readonly writer: Writer };

function writerInto(folder: string, { progress }: Pick<ExportOptions, "progress">): Writer {
  const count = { answers: 0, pictures: 0, bytes: 0 };
  return {
    count,
    async write(file, content) {
      await writeFile(join(folder, file), content);
      count.bytes += content.length;
    },
    tell: (pictured) => progress?.({ ...count, ...(pictured && { pictured }) }),
  };
}

async function writeAnswers(known: readonly KnownRun[], { runs, signal, writer }: Parts): Promise<void> {
  const asked = async ({ name, query }: Question) => {
    signal.throwIfAborted();
    const value = await answers[name]((part) => query[part] ?? "", runs);
    const file = staticName(name, query);
    const json = JSON.stringify(JSON.stringify(value));
    await writer.write(join("data", `${file}.js`), `haloExport.answer("${file}",${json})\n`);
    writer.count.answers++;
    writer.tell();
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
}

/** Both episodes of every flipped task, as the page of a comparison asks for them. */
function pairsOf(c: Awaited<ReturnType<typeof answers.compare>>): readonly Question[] {
  return c.flipped.flatMap(({ episodes_a: [a], episodes_b: [b] }): readonly Question[] =>
    a === undefined || b === undefined
      ? []
      : [{ name: "pair", query: { run_a: c.run_a ?? "", run_b: c.run_b ?? "", a, b } }]
  );
}

async function writePictures(known: readonly KnownRun[], o: Parts): Promise<readonly string[]> {
  if (o.pictures === "none") return [];
  const make = pictureMaker(o);
  const names: string[] = [];
  const parts: PicturedPoint[] = [];
  for await (const part of picturedParts(known, o.pictures)) parts.push(part);
  for (const [done, { run, folder, of }] of parts.entries()) {
    const seen = await folder.readPages(of);
    await mapLimited(seen?.points ?? [], 4, async (point) => {
      o.signal.throwIfAborted();
      const png = await make(folder, seen!, point);
      if (!png) return;
      const name = staticName("picture", { run, of, point: point.id });
      await o.writer.write(join("pictures", `${name}.png`), png);
      names.push(name);
      o.writer.count.pictures = names.length;
      o.writer.tell({ done, of: parts.length });
    });
  }
  return names.sort();
}
