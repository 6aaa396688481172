import process from "node:process";
import { HaloError } from "halo-agent";
import { treeOf } from "../../tests/core/browser/processes.ts";

/** What goes wrong in the place of a call: it throws, or it never ends. */
export interface PlantedFault {
  readonly name: string;
  /** Calls it can happen in. */
  readonly calls: readonly Call[];
  readonly happen: () => Promise<never>;
}

/** What is done to the browsers while a call goes on, which may fail by it or not. */
export interface Blow {
  readonly name: string;
  readonly strike: () => void;
}

/** Calls of an environment and its episodes, and of the models and the trainer beside it. */
export type Call = "open" | "fork" | "observe" | "step" | "mark" | "verdict" | "close" | "sample" | "update";

const ofEpisode = ["open", "fork", "observe", "step", "mark", "verdict"] as const;
const everywhere = [...ofEpisode, "sample"] as const;

const coded = (code: string) => () => Object.assign(new Error(code.toLowerCase()), { code });
const http = (status: number) => () => Object.assign(new Error(`status ${status}`), { status });
const halo = (code: `HALO_${string}`) => () => new HaloError(code, "planted");
const says = (text: string) => () => new Error(text);
const fetchFailed = () =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });

/** What a call throws, by the name of the fault. */
type Thrown = Readonly<Record<string, () => unknown>>;

const throwing = (calls: readonly Call[], thrown: Thrown): readonly PlantedFault[] =>
  Object.entries(thrown).map(([name, make]) => ({ name, calls, happen: () => Promise.reject(make()) }));
const hanging = (name: string, calls: readonly Call[]): PlantedFault => ({
  name,
  calls,
  happen: () => new Promise(() => {}),
});

/** Every kind of fault that a long run may meet and must outlive. */
export const plantedFaults: readonly PlantedFault[] = [
  ...throwing(everywhere, {
    "connection reset": coded("ECONNRESET"),
    "connection refused": coded("ECONNREFUSED"),
    "broken pipe": coded("EPIPE"),
    "no such host": coded("ENOTFOUND"),
    "name server asleep": coded("EAI_AGAIN"),
    "no route": coded("EHOSTUNREACH"),
    "connect timeout": coded("UND_ERR_CONNECT_TIMEOUT"),
    "fetch failed": fetchFailed,
    "socket hang up": says("socket hang up"),
    "HTTP 500": http(500),
    "HTTP 503": http(503),
    "HTTP 429": http(429),
    "timeout": () => new DOMException("too slow", "TimeoutError"),
    "plain error": says("the moon is full"),
    "a text is thrown": () => "no error at all",
  }),
  hanging("hang", everywhere),
  hanging("hang while closing", ["close"]),
  ...throwing(["close"], { "error while closing": says("stuck") }),
  ...throwing(ofEpisode, {
    "page crashed": halo("HALO_PAGE_CRASHED"),
    "browser lost": halo("HALO_BROWSER_LOST"),
    "page did not load": halo("HALO_PAGE_LOAD"),
    "HTTP error page": halo("HALO_PAGE_STATUS"),
    "refresh loop": halo("HALO_PAGE_LOOP"),
    "page never idle": halo("HALO_PAGE_NOT_IDLE"),
  }),
  ...throwing(["fork"], { "fork diverges": halo("HALO_FORK_DIVERGENCE") }),
  ...throwing(ofEpisode, {
    "playwright: target closed": says("page.goto: Target page, context or browser has been closed"),
    "playwright: net error": says("page.goto: net::ERR_TIMED_OUT"),
  }),
  ...throwing(["update"], { "trainer loses the network": coded("ECONNRESET") }),
];

/** Ends one of the processes of this process's browsers, or lets it stand still for a second. */
function signal(type: RegExp, by: "SIGKILL" | "SIGSTOP"): void {
  const last = treeOf(process.pid).slice(1).findLast(({ command }) => type.test(command));
  if (!last) return;
  process.kill(last.pid, by);
  if (by === "SIGSTOP") setTimeout(() => wake(last.pid), 1_000);
}

function wake(pid: number): void {
  try {
    process.kill(pid, "SIGCONT");
  } catch {
    // It has ended meanwhile.
  }
}

/** What a machine does to browsers. */
export const blows: readonly Blow[] = [
  { name: "a renderer is killed", strike: () => signal(/--type=renderer/, "SIGKILL") },
  { name: "a renderer stands still", strike: () => signal(/--type=renderer/, "SIGSTOP") },
  { name: "the network process is killed", strike: () => signal(/--utility-sub-type=network/, "SIGKILL") },
  { name: "the browser is killed", strike: () => signal(/^(?!.*--type=).*--remote-debugging-pipe/, "SIGKILL") },
];
