import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { AssetServer } from "../../../core/browser/serve.ts";
import { foreignEnvironment, type ForeignOptions } from "../../../core/browser/foreign.ts";
import type { Environment } from "../../../core/domain/environment.ts";
import type { Task } from "../../../core/domain/task.ts";
import type { TestContext } from "../../harness.ts";
import { Hand } from "./desk.ts";

/** A page written down in a test: its document at "/", others by path. A path that wants the posted data gives a function. */
export interface PageCase {
  readonly html: string;
  readonly others?: Readonly<Record<string, string | ((body: string) => string)>>;
}

/** Host of a case; each has its own, so that their paths and storage never meet. */
export const hostOf = (name: string): string => `${name.replaceAll("_", "-")}.pages.test`;

/** Serves every case on its own host, and opens them in one environment. The verdict's reason is the text of `#out`. */
export async function openPages(
  cases: Readonly<Record<string, PageCase>>,
  o: Partial<ForeignOptions> = {},
): Promise<{ readonly environment: Environment; close(): Promise<void> }> {
  const byHost = new Map(Object.entries(cases).map(([name, page]) => [hostOf(name), page]));
  const server = await serveHosts((host, path, body) => {
    const page = byHost.get(host);
    const found = path === "/" ? page?.html : page?.others?.[path];
    return typeof found === "function" ? found(body) : found;
  });
  const environment = foreignEnvironment({
    hosts: Object.fromEntries([...byHost.keys()].map((host) => [host, server.address])),
    pages: 4,
    forking: "none",
    sideEffects: "none",
    deterministic: true,
    stopsWhenSolved: false,
    url: (task) => task.goal.startUrl,
    judge: async (page, call) => {
      const reason = await page.main<string>(`String(document.getElementById("out")?.textContent ?? "")`, call);
      return { success: false, by: "page", reason };
    },
    ...o,
  });
  return {
    environment,
    close: async () => {
      await environment.close();
      await server.close();
    },
  };
}

/** An episode on a case. */
export async function openPage(environment: Environment, name: string, t: TestContext): Promise<Hand> {
  return Hand.on(await environment.open(taskOf(name), { signal: t.signal, seed: 0 }), t);
}

export function taskOf(name: string): Task {
  const goal = { id: name, text: "", startUrl: `http://${hostOf(name)}/`, maxSteps: 20 };
  return { id: name, key: name, goal, site: "pages", template: "t", split: "s", optimum: 1, params: null };
}

/** What the page says in its `#out`. */
export async function saidBy(hand: Hand): Promise<string> {
  return (await hand.episode.verdict({ signal: hand.signal })).reason;
}

async function serveHosts(
  answer: (host: string, path: string, body: string) => string | undefined,
): Promise<AssetServer> {
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const html = answer(url.hostname, url.pathname, body || url.search);
    response.writeHead(html === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" }).end(html ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}
