import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Closable } from "../domain/call.ts";
import type { Asset } from "../domain/site.ts";

/** A server of pages on its own loopback address. */
export interface AssetServer extends Closable {
  /** "127.0.0.2:PORT", an address that no control service of halo listens on; "127.0.0.1:PORT" where there is no other. */
  readonly address: string;
}

export interface ServeOptions {
  readonly port?: number | undefined;
  /** Address to listen on with a port; 127.0.0.1 when absent. */
  readonly host?: string | undefined;
  /** Asked first about every request; false leaves it to the files. */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/**
 * Serves `assets` by path on a loopback address, "/*" at every other path without a dot, else 404. A doubled leading slash reads as one.
 * Without a port, browsers may cache the assets, which must not change then; those that halo starts forget them when they end. With a
 * port, at exactly HOST:PORT, 0 for any free one: where a person's browser looks; nothing is cached, and the process is kept alive.
 * Throws the system's error when the port is taken.
 */
export async function serveAssets(
  assets: ReadonlyMap<string, Asset>,
  { port, host = "127.0.0.1", answer }: ServeOptions = {},
): Promise<AssetServer> {
  const caching = port === undefined ? "max-age=86400, immutable" : "no-store";
  const server = createServer((request, response) => {
    if (answer?.(request, response)) return;
    const path = (request.url ?? "/").split("?")[0]!.replace(/^\/+/, "/");
    const asset = request.method === "GET" || request.method === "HEAD"
      ? assets.get(path) ?? (path.includes(".") ? undefined : assets.get("/*"))
      : undefined;
    if (!asset) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    response.writeHead(200, { "content-type": asset.type, "cache-control": caching }).end(asset.body);
  });
  if (port === undefined) return await listenApart(server);
  await listen(server, host, port);
  return listening(server);
}

/** Lets a server of pages listen on a free port, apart from halo's own services; it does not keep the process alive. */
export async function listenApart(server: Server): Promise<AssetServer> {
  // Linux owns all of 127.0.0.0/8; elsewhere only the first address of it exists.
  await listen(server, "127.0.0.2", 0).catch(() => listen(server, "127.0.0.1", 0));
  server.unref();
  return listening(server);
}

function listening(server: Server): AssetServer {
  const at = server.address() as AddressInfo;
  return {
    address: `${at.address}:${at.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}
