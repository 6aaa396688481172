import { rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServeOptions } from "../../browser/serve.ts";
import type { Json } from "../../domain/json.ts";
import type { Asset, Site } from "../../domain/site.ts";
import type { Task } from "../../domain/task.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { writeWhole } from "../../record/durable.ts";

/** Path at which a judged site's page says what its state is. */
const statePath = "/__halo/state";
const mostBytes = 16 << 20;

export interface JudgedSite {
  readonly site: Site;
  readonly task: Task;
  readonly assets: ReadonlyMap<string, Asset>;
  /** File that holds the verdict on the present state; none while it cannot be written. */
  readonly file: string;
}

/**
 * Answers for a site whose state outlives its pages: a page that is loaded goes on from what was done last, and after each
 * change the file says whether the task is achieved. The file is there when the promise resolves.
 */
export async function judgedSite(
  { site, task, assets, file }: JudgedSite,
): Promise<NonNullable<ServeOptions["answer"]>> {
  const start = site.start(task);
  const { pathname, search } = new URL(task.goal.startUrl, `http://${site.host}/`);
  const first = pathname + search;
  let told: string | undefined;
  let writing = write(file, task, site.judge(task, start, start));
  await writing;

  const keep = async (text: string): Promise<void> => {
    const verdict = site.judge(task, start, JSON.parse(text) as Json);
    told = text;
    await (writing = writing.catch(() => {}).then(() => write(file, task, verdict)));
  };
  return (request, response) => {
    const asked = (request.url ?? "/").replace(/^\/+/, "/");
    const path = asked.split("?")[0]!;
    if (request.method === "POST" && path === statePath) {
      void bodyOf(request).then(keep).then(() => end(response, 204), () => end(response, 400));
      return true;
    }
    const page = assets.get(path) ?? (path.includes(".") ? undefined : assets.get("/*"));
    const isShown = page !== undefined && (page === assets.get("/") || page === assets.get("/*"));
    if (request.method !== "GET" || !isShown) return false;
    const isStart = told === undefined && asked === first;
    response.writeHead(200, { "content-type": page.type, "cache-control": "no-store" })
      .end(withScript(page, keptPage(told ?? JSON.stringify(start), { isStart })));
    return true;
  };
}

/** A page with one more script at its end. */
export function withScript(page: Asset, script: string): Uint8Array {
  return new TextEncoder().encode(`${new TextDecoder().decode(page.body)}<script>${script}</script>`);
}

/** A state as it may stand in a script: JSON writes "</" with an escape, where it would end the script. */
export const scriptText = (state: string): string => JSON.stringify(state).replaceAll("<", "\\u003c");

/**
 * Restores the state, shows what the address asks for, then tells every change before the page handles another event. The
 * address is that of the navigation: the page may have put it right before its state was there.
 */
const keptPage = (state: string, { isStart }: { readonly isStart: boolean }): string =>
  `addEventListener("load", () => {
  const asked = new URL(performance.getEntriesByType("navigation")[0].name);
  __halo.restore(${scriptText(state)});
  let told = __halo.snapshot();
  if (${!isStart} && asked.pathname + asked.search !== location.pathname + location.search) {
    history.replaceState(null, "", asked.pathname + asked.search);
    dispatchEvent(new PopStateEvent("popstate"));
  }
  const tell = () => {
    const now = __halo.snapshot();
    if (now === told) return;
    const request = new XMLHttpRequest();
    request.open("POST", "${statePath}", false);
    try { request.send(now); } catch { return; }
    if (request.status === 204) told = now;
  };
  new MutationObserver(tell).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  setInterval(tell, 200);
  tell();
})`;

/** Without a verdict that holds, there is none: an old one would be a wrong reward. */
async function write(file: string, task: Task, { success, by, reason }: Verdict): Promise<void> {
  try {
    await writeWhole(file, `${JSON.stringify({ success, by, reason, task: task.key })}\n`);
  } catch (e) {
    await rm(file, { force: true });
    throw e;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) throw new Error("the state is too large");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
