import process from "node:process";
import { withShownBrowsers } from "../browser/shown.ts";
import type { Closable } from "../domain/call.ts";
import { standAgain } from "../run/stand-again.ts";
import { freePort } from "../serve/port.ts";
import { boundCall } from "../util/bound-call.ts";
import { calleeOf } from "../util/callee.ts";
import { HaloError } from "../util/errors.ts";
import type { OpenPage } from "../view/openable.ts";
import type { Io } from "./io.ts";
import { recordedEnvironment } from "./recorded-environment.ts";

/** Browsers that may stand open at once: each is a whole one. */
const mostOpen = 4;
/** Longest wait for a page to stand at its point, the browser's start included. */
const limitMs = 60_000;

/** Browsers that stand at recorded points for a person to go on from; they end with the viewer. */
export class OpenedPages implements Closable {
  readonly #io: Pick<Io, "log" | "env" | "signal">;
  readonly #open: Closable[] = [];

  constructor({ io }: { readonly io: Pick<Io, "log" | "env" | "signal"> }) {
    this.#io = io;
  }

  readonly open: OpenPage = async (run, { task }, point) => {
    if (this.#open.length >= mostOpen) await this.#open.shift()?.close();
    const { signal, env } = this.#io;
    const built = await recordedEnvironment(run, this.#io);
    this.#open.push(built);
    const { environment } = built;
    const how = { isVisible: hasScreen(env), debugPort: await freePort() };
    const callee = calleeOf(environment, "environment");
    const bound = { callee, call: "fork", limitMs, limit: `${limitMs / 1000} s`, signal };
    await withShownBrowsers(how, () => boundCall((call) => standAgain(environment, { task, point }, call), bound));
    const debug = `127.0.0.1:${how.debugPort}`;
    return { isVisible: how.isVisible, debug, url: await standingAt(debug, point.page.url) };
  };

  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((one) => one.close()));
  }
}

/** The address of the page that stands at the point; the point's own where the browser does not say. */
async function standingAt(debug: string, recorded: string): Promise<string> {
  const response = await fetch(`http://${debug}/json/list`, { signal: AbortSignal.timeout(5_000) }).catch((cause) => {
    throw new HaloError("HALO_BROWSER_LAUNCH", `the browser does not answer on ${debug}`, {
      cause,
      hint: "halo doctor",
    });
  });
  const pages = await response.json() as readonly { readonly type: string; readonly url: string }[];
  const open = pages.filter(({ type }) => type === "page").map(({ url }) => url);
  return open.find((url) => url === recorded) ?? open.find((url) => url.startsWith("http")) ?? recorded;
}

function hasScreen(env: Io["env"]): boolean {
  return process.platform !== "linux" || Boolean(env["DISPLAY"] ?? env["WAYLAND_DISPLAY"]);
}
