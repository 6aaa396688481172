import { blamedFrame, type Callee, calleeText } from "./callee.ts";
import type { ErrorCode } from "./codes.ts";
import { diskError } from "./disk.ts";
import { HaloError } from "./errors.ts";

/** What is known of a thrown thing: all its messages and names, its system codes and HTTP statuses, causes included. */
interface Facts {
  readonly text: string;
  readonly codes: readonly string[];
  readonly statuses: readonly number[];
}

/**
 * What errors without a code of halo are, by the first row that fits. The rows are what happens to a service, a page or the
 * network: the same call may succeed when it is made again. What fits none is a defect of the plugin that threw it.
 */
const rows: readonly (readonly [code: ErrorCode, fits: (f: Facts) => boolean])[] = [
  ["HALO_BROWSER_LOST", ({ text }) => /browser has (been closed|disconnected)|Browser closed/i.test(text)],
  [
    "HALO_PAGE_CRASHED",
    ({ text }) => /(Target|Page) (crashed|closed)|Target page, context|page has been closed|Session closed/i.test(text),
  ],
  [
    "HALO_PAGE_LOAD",
    ({ text }) => /net::ERR_|interrupted by another navigation|Execution context was destroyed/i.test(text),
  ],
  ["HALO_CALL_NETWORK", ({ codes }) => codes.some((code) => networkCodes.test(code))],
  ["HALO_CALL_NETWORK", ({ statuses }) => statuses.some((s) => s === 408 || s === 425 || s === 429 || s >= 500)],
  ["HALO_CALL_NETWORK", ({ text }) => networkTexts.test(text)],
  [
    "HALO_CALL_TIMEOUT",
    ({ text }) => /^(TimeoutError|AbortError)\b|\btimed? ?out\b|Timeout \d+ ?ms exceeded/im.test(text),
  ],
];

const networkCodes =
  /^(ECONN(RESET|REFUSED|ABORTED)|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST(UNREACH|DOWN)|ENET(UNREACH|DOWN|RESET)|UND_ERR_\w+|ERR_SOCKET_\w+|ERR_STREAM_PREMATURE_CLOSE)$/;
const networkTexts =
  /fetch failed|error sending request|network ?error|socket hang up|connection (reset|refused|closed|aborted|error)|other side closed|terminated$/im;

/** Mistakes of a program, which the same call makes again; a failed fetch is a TypeError too, and has fitted a row before. */
const isMistake = (e: unknown) =>
  e instanceof TypeError || e instanceof ReferenceError || e instanceof RangeError || e instanceof SyntaxError;

/**
 * What a plugin threw as an error with a code: its own HaloError as it is, HALO_DISK, a row of the table above, else
 * HALO_CALL_FAILED, which may be tried again, or HALO_PLUGIN_DEFECT for the mistakes of a program.
 */
export function thrownBy(e: unknown, { callee, call }: { readonly callee: Callee; readonly call: string }): HaloError {
  const known = diskError(e);
  if (known instanceof HaloError) {
    if (!throwers.has(known)) throwers.set(known, callee);
    return known;
  }
  const facts = factsOf(e);
  const row = rows.find(([, fits]) => fits(facts));
  if (row) return new HaloError(row[0], messageOf(e), { cause: e });
  if (isMistake(e)) return defect(e, { callee, call });
  const failed = new HaloError("HALO_CALL_FAILED", messageOf(e), { cause: e });
  callOf.set(failed, call);
  return failed;
}

/** Who threw an error with a code of its own. */
const throwers = new WeakMap<HaloError, Callee>();

/** The plugin whose call ended with this error; undefined for an error that no plugin threw. */
export const throwerOf = (e: HaloError): Callee | undefined => throwers.get(e);

/** The call that a HALO_CALL_FAILED is from. */
const callOf = new WeakMap<HaloError, string>();

/** An error that no repetition mends, named after the plugin, the call and the line it came from. */
export function defect(e: unknown, o: { readonly callee: Callee; readonly call: string }): HaloError {
  const isFailed = e instanceof HaloError && e.code === "HALO_CALL_FAILED";
  const cause = isFailed ? e.cause : e;
  const call = (isFailed && callOf.get(e)) || o.call;
  const frame = cause instanceof Error ? blamedFrame(cause.stack) : undefined;
  const name = cause instanceof Error && cause.name !== "Error" ? `${cause.name}: ` : "";
  const place = frame ? ` at ${frame.file}:${frame.line}` : "";
  return new HaloError(
    "HALO_PLUGIN_DEFECT",
    `${calleeText(o.callee)} threw in ${call}()${place}: ${name}${messageOf(cause)}`,
    {
      hint: "mend the plugin, then continue: halo run --resume latest --accept-changes",
      cause,
    },
  );
}

function factsOf(e: unknown): Facts {
  const [texts, codes, statuses]: [string[], string[], number[]] = [[], [], []];
  let at: unknown = e;
  for (let depth = 0; depth < 5 && at !== undefined && at !== null; depth++) {
    const { name, message, code, status, statusCode, cause } = at as Record<string, unknown>;
    texts.push(at instanceof Error ? `${String(name)}: ${String(message)}` : String(at));
    if (typeof code === "string") codes.push(code);
    for (const s of [status, statusCode]) if (typeof s === "number") statuses.push(s);
    at = typeof at === "object" ? cause : undefined;
  }
  return { text: texts.join("\n"), codes, statuses };
}

const messageOf = (e: unknown): string => e instanceof Error ? e.message || e.name : String(e);
