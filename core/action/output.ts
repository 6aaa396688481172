import type { Action, Parsed } from "../domain/action.ts";
import { HaloError } from "../util/errors.ts";
import type { Dialect } from "./dialect.ts";
import type { Screen } from "./mend-values.ts";
import { checkAction, explicit, meant, readObject } from "./parse.ts";
import { qwenXml } from "./qwen-xml.ts";
import { qwen } from "./qwen.ts";
import { Refusal } from "./refusal.ts";
import { type Repair, repairOutput } from "./repair.ts";
import { actionSchema } from "./schema.ts";
import { uiTars } from "./ui-tars.ts";

/** Ways of writing actions that a policy can be asked for. */
export const dialects = ["halo", "qwen", "qwen-xml", "ui-tars"] as const;

export type DialectName = (typeof dialects)[number];

export interface ReadOptions {
  /** Default "halo". */
  readonly dialect?: DialectName;
  /** Climb the repair ladder when the output is not valid as written. Default false. */
  readonly repair?: boolean;
  /** The picture's size, when places beyond 1000 shall be repaired as its pixels. */
  readonly screen?: Screen;
}

const halo: Dialect = {
  read(text) {
    const fields = readObject(text);
    return fields instanceof Refusal ? fields : checkAction(fields);
  },
  print: (action) => JSON.stringify(explicit(action)),
  describe: () =>
    [
      "Answer with exactly one JSON object and nothing else. It must match this schema:",
      JSON.stringify(actionSchema),
      "Places are [x, y] in thousandths of the page's width and height; el is the id of a listed element and wins over at.",
    ].join("\n"),
  toHalo: (fields) => fields,
};

const table: Readonly<Record<DialectName, Dialect>> = { halo, qwen, "qwen-xml": qwenXml, "ui-tars": uiTars };

/** Reads a policy's output and names the rungs of the repair ladder it took; none when it is valid as written. Never throws on `text`. */
export function readOutput(text: string, { dialect = "halo", repair = false, screen }: ReadOptions = {}): Repair {
  const action = dialectNamed(dialect).read(text);
  if (!(action instanceof Refusal)) return { parsed: { ok: true, action, repairs: 0 }, steps: [] };
  const strict: Repair = { parsed: { ok: false, code: action.code, message: action.message }, steps: [] };
  if (!repair || action.code === "TOO_LONG" || action.code === "EMPTY") return strict;
  const repaired = repairOutput(text, { dialect, ...(screen && { screen }) });
  // An action that no rung accounts for would pass as valid.
  return repaired.parsed.ok && repaired.steps.length === 0 ? strict : repaired;
}

/** Reads a policy's output; `repairs` counts the rungs it took. */
export function parseOutput(text: string, o: ReadOptions = {}): Parsed {
  return readOutput(text, o).parsed;
}

/** An action as a policy of this dialect writes it, for the history in a prompt. Throws HALO_ACTION_UNPRINTABLE. */
export function printAction(
  action: Action,
  { dialect = "halo", thought }: { readonly dialect?: DialectName; readonly thought?: string } = {},
): string {
  const text = dialectNamed(dialect).print(action, thought === undefined ? {} : { thought });
  if (text !== undefined) return text;
  throw new HaloError("HALO_ACTION_UNPRINTABLE", `the dialect "${dialect}" cannot say ${JSON.stringify(action)}`, {
    hint: 'scroll along one axis, press keys that are one chord or plain keys, or use the dialect "halo"',
  });
}

/** The part of a system prompt that explains a dialect; `elements: false` where no controls are listed by their ids. */
export function describeActions(dialect: DialectName = "halo", o: { readonly elements?: boolean } = {}): string {
  return dialectNamed(dialect).describe(o);
}

function dialectNamed(dialect: DialectName): Dialect {
  if (Object.hasOwn(table, dialect)) return table[dialect];
  const near = meant(String(dialect), dialects);
  throw new HaloError("HALO_ACTION_DIALECT", `expected a dialect, got ${JSON.stringify(dialect)}${near}`, {
    hint: `dialects: ${dialects.join(", ")}`,
  });
}
