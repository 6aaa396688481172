import { HaloError } from "halo-agent";

/** What goes wrong in the place of a call: it throws, or it never ends. */
export interface PlantedFault {
  readonly name: string;
  /** Calls it can happen in. */
  readonly calls: readonly Call[];
  readonly happen: () => Promise<never>;
}

/** Calls of an environment and its episodes, and of the models and the trainer beside it. */
export type Call = "open" | "fork" | "observe" | "step" | "mark" | "verdict" | "close" | "sample" | "update";

const ofEpisode = ["open", "fork", "observe", "step", "mark", "verdict"] as const;
const everywhere = [...ofEpisode, "sample"] as const;

const throwing = (make: () => unknown) => () => Promise.reject(make());
const coded = (code: string) => () => Object.assign(new Error(code.toLowerCase()), { code });
const http = (status: number) => () => Object.assign(new Error(`status ${status}`), { status });
const browser = (code: `HALO_${string}`) => () => new HaloError(code, "planted");
const fetchFailed = () =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });

/** Every kind of fault that a long run may meet and must outlive. */
export const plantedFaults: readonly PlantedFault[] = [
  { name: "connection reset", calls: everywhere, happen: throwing(coded("ECONNRESET")) },
  { name: "connection refused", calls: everywhere, happen: throwing(coded("ECONNREFUSED")) },
  { name: "broken pipe", calls: everywhere, happen: throwing(coded("EPIPE")) },
  { name: "no such host", calls: everywhere, happen: throwing(coded("ENOTFOUND")) },
  { name: "name server asleep", calls: everywhere, happen: throwing(coded("EAI_AGAIN")) },
  { name: "no route", calls: everywhere, happen: throwing(coded("EHOSTUNREACH")) },
  { name: "connect timeout", calls: everywhere, happen: throwing(coded("UND_ERR_CONNECT_TIMEOUT")) },
  { name: "fetch failed", calls: everywhere, happen: throwing(fetchFailed) },
  { name: "socket hang up", calls: everywhere, happen: throwing(() => new Error("socket hang up")) },
  { name: "HTTP 500", calls: everywhere, happen: throwing(http(500)) },
  { name: "HTTP 503", calls: everywhere, happen: throwing(http(503)) },
  { name: "HTTP 429", calls: everywhere, happen: throwing(http(429)) },
  { name: "timeout", calls: everywhere, happen: throwing(() => new DOMException("too slow", "TimeoutError")) },
  { name: "plain error", calls: everywhere, happen: throwing(() => new Error("the moon is full")) },
  { name: "a text is thrown", calls: everywhere, happen: throwing(() => "no error at all") },
  { name: "hang", calls: everywhere, happen: () => new Promise(() => {}) },
  { name: "hang while closing", calls: ["close"], happen: () => new Promise(() => {}) },
  { name: "error while closing", calls: ["close"], happen: throwing(() => new Error("stuck")) },
  { name: "page crashed", calls: ofEpisode, happen: throwing(browser("HALO_PAGE_CRASHED")) },
  { name: "browser lost", calls: ofEpisode, happen: throwing(browser("HALO_BROWSER_LOST")) },
  { name: "page did not load", calls: ofEpisode, happen: throwing(browser("HALO_PAGE_LOAD")) },
  { name: "HTTP error page", calls: ofEpisode, happen: throwing(browser("HALO_PAGE_STATUS")) },
  { name: "refresh loop", calls: ofEpisode, happen: throwing(browser("HALO_PAGE_LOOP")) },
  { name: "page never idle", calls: ofEpisode, happen: throwing(browser("HALO_PAGE_NOT_IDLE")) },
  { name: "fork diverges", calls: ["fork"], happen: throwing(browser("HALO_FORK_DIVERGENCE")) },
  {
    name: "playwright: target closed",
    calls: ofEpisode,
    happen: throwing(() => new Error("page.goto: Target page, context or browser has been closed")),
  },
  {
    name: "playwright: net error",
    calls: ofEpisode,
    happen: throwing(() => new Error("page.goto: net::ERR_TIMED_OUT")),
  },
  { name: "trainer loses the network", calls: ["update"], happen: throwing(coded("ECONNRESET")) },
];
