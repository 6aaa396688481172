import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text as textOf } from "node:stream/consumers";
import type { Asset } from "halo-agent";
import { type AssetServer, listenApart } from "halo-agent/browser";

/** Name of the cookie that tells one browser context from another; scripts do not see it. */
const cookie = "halo-page";

/** Contexts whose states are kept; older ones are forgotten, their episodes are long over. */
const keptContexts = 1_000;

/**
 * Serves apps by host and path as their own servers do, but for the state: what a page puts at /api/state is kept for its
 * browser context alone, so that episodes side by side do not meet. /api/events stays open and silent, since nobody resets an
 * app from outside.
 */
export async function serveApps(apps: ReadonlyMap<string, ReadonlyMap<string, Asset>>): Promise<AssetServer> {
  const states = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0]!;
    const host = (request.headers.host ?? "").split(":")[0]!;
    if (path === "/api/state") return void answerState(states, request, response);
    if (path === "/api/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" }).write(": open\n\n");
      return;
    }
    const asset = apps.get(host)?.get(path === "/" ? "/index.html" : path);
    if (asset === undefined || (request.method !== "GET" && request.method !== "HEAD")) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    const isPage = path === "/" || path === "/index.html";
    const marked = idOf(request) === undefined && isPage;
    response.writeHead(200, {
      "content-type": asset.type,
      "cache-control": isPage ? "no-store" : "max-age=86400, immutable",
      ...(marked && { "set-cookie": `${cookie}=${randomUUID()}; Path=/; HttpOnly` }),
    }).end(asset.body);
  });
  return await listenApart(server);
}

const idOf = ({ headers }: IncomingMessage): string | undefined =>
  headers.cookie?.match(new RegExp(`(?:^|; )${cookie}=([\\w-]+)`))?.[1];

async function answerState(
  states: Map<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, text: string) =>
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(text);
  const id = idOf(request);
  if (id === undefined) return void answer(403, `{"error":"this context has loaded no app"}`);
  if (request.method === "GET") {
    const state = states.get(id);
    return void (state === undefined ? answer(404, `{"error":"no state yet"}`) : answer(200, state));
  }
  if (request.method !== "PUT") return void answer(405, `{"error":"GET or PUT"}`);
  const text = await textOf(request).catch(() => undefined);
  if (text === undefined) return void response.destroy();
  try {
    JSON.parse(text);
  } catch {
    return void answer(400, `{"error":"invalid JSON"}`);
  }
  states.delete(id);
  states.set(id, text);
  if (states.size > keptContexts) states.delete(states.keys().next().value!);
  answer(200, `{"status":"ok"}`);
}
