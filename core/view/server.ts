import { Buffer } from "node:buffer";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Closable } from "../domain/call.ts";
import { isHaloError } from "../util/errors.ts";
import { answers, type Query } from "./answers.ts";
import { type KnownRuns } from "./known-runs.ts";
import { tellGrowth } from "./live.ts";
import { openablePoint, type OpenPage } from "./openable.ts";
import { viewerPage } from "./page.ts";
import { PictureShelf } from "./picture-shelf.ts";
import { type MakePicture, pictureMaker } from "./recorded-picture.ts";

export interface ViewOptions {
  readonly runs: KnownRuns;
  /** Port on 127.0.0.1; any free one when absent. */
  readonly port?: number;
  /** Absent where there is no browser to draw with: pages are then shown by their controls. */
  readonly picture?: MakePicture;
  /** Absent where there is no browser to open pages with. */
  readonly open?: OpenPage;
  /** Told why a picture could not be made. */
  readonly warn?: (reason: string) => void;
  /** Ends pictures that are being made. */
  readonly signal?: AbortSignal;
}

/** A viewer that listens. */
export interface View extends Closable {
  /** Address with the token, to open in a browser. */
  readonly url: string;
  readonly token: string;
}

/**
 * Serves the viewer on loopback: the page, its values and pictures. Every request needs the token of the address; one that
 * names another host or comes from another origin gets 403. It reads run folders and writes nothing.
 */
export async function serveView({ runs, port = 0, picture, open, warn, signal }: ViewOptions): Promise<View> {
  const token = randomBytes(18).toString("base64url");
  const page = await viewerPage();
  const shelf = new PictureShelf();
  const make = pictureMaker({ picture, warn, signal });
  const server = createServer((request, response) => {
    serve(request, response).catch((e: unknown) => fail(response, e));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const url = new URL(request.url ?? "/", `http://${own}`);
    if (!isAllowed(request, { own, token, given: url.searchParams.get("token") ?? "" })) {
      return plain(response, 403, "forbidden: open the address that halo view printed");
    }
    const ask: Query = (name) => url.searchParams.get(name) ?? "";
    const [, kind, name = "", ...rest] = url.pathname.split("/");
    if (request.method === "POST" && url.pathname === "/api/open") {
      if (!open) return plain(response, 404, "this viewer starts no browsers");
      const run = await runs.open(ask("run"));
      const { seen, point } = await openablePoint(run, { of: ask("of"), point: ask("point") });
      return send(response, "application/json; charset=utf-8", JSON.stringify(await open(run, seen, point)));
    }
    if (request.method !== "GET" && request.method !== "HEAD") return plain(response, 405, "only GET");
    if (url.pathname === "/") return send(response, "text/html; charset=utf-8", page.html, { policy: page.policy });
    if (kind !== "api" || rest.length > 0) return plain(response, 404, "not found");
    if (name === "live") return tellGrowth(await runs.open(ask("run")), response);
    if (name === "picture") return await sendPicture(response, ask);
    if (!Object.hasOwn(answers, name)) return plain(response, 404, "not found");
    const value = await answers[name as keyof typeof answers](ask, runs);
    send(response, "application/json; charset=utf-8", JSON.stringify(value) ?? "null");
  }

  /** A picture, or 204 where there is none: the page then draws the controls, and no browser calls that an error. */
  async function sendPicture(response: ServerResponse, ask: Query): Promise<void> {
    const run = await runs.open(ask("run"));
    const png = await shelf.get(`${run.path}\n${ask("of")}\n${ask("point")}`, async () => {
      const seen = await run.readPages(ask("of"));
      const point = seen?.points.find(({ id }) => id === ask("point"));
      if (!seen || !point) return undefined;
      return await make(run, seen, point);
    });
    if (png) send(response, "image/png", png, { isLasting: true });
    else response.writeHead(204, { "cache-control": "no-store" }).end();
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}/?token=${token}`, token, close: () => closed(server) };
}

/** The token is right, the host is this server's own name, and no other origin asks. */
function isAllowed(
  { headers }: IncomingMessage,
  { own, token, given }: { readonly own: string; readonly token: string; readonly given: string },
): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const isOwn = headers.host === own && (headers.origin === undefined || headers.origin === `http://${own}`);
  const site = headers["sec-fetch-site"];
  const isNear = site === undefined || site === "same-origin" || site === "none";
  return isOwn && isNear && timingSafeEqual(digest(token), digest(given));
}

function send(
  response: ServerResponse,
  type: string,
  body: string | Uint8Array,
  { policy = "default-src 'none'", isLasting = false }: { readonly policy?: string; readonly isLasting?: boolean } = {},
): void {
  response.writeHead(200, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": isLasting ? "private, max-age=86400, immutable" : "no-store",
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
  }).end(body);
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" }).end(
    text,
  );
}

/** A page asked for what is not there, or a run is damaged: the page shows the words. */
function fail(response: ServerResponse, e: unknown): void {
  if (response.headersSent) return void response.end();
  const known = isHaloError(e);
  const body = {
    code: known ? e.code : "HALO_BUG",
    message: reasonOf(e),
    hint: known ? e.hint : undefined,
  };
  response.writeHead(known ? 404 : 500, { "content-type": "application/json; charset=utf-8" }).end(
    JSON.stringify(body),
  );
}

const reasonOf = (e: unknown): string => e instanceof Error ? e.message : String(e);

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}
