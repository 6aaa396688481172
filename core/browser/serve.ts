import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Closable } from "../domain/call.ts";
import type { Asset } from "../domain/site.ts";

/** A server of fixed files on its own loopback address. */
export interface AssetServer extends Closable {
  /** "127.0.0.2:PORT": an address that no control service of halo listens on. */
  readonly address: string;
}

/** Serves `assets` by path on 127.0.0.2, any port; everything else is 404. A doubled leading slash reads as one. */
export async function serveAssets(assets: ReadonlyMap<string, Asset>): Promise<AssetServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0]!.replace(/^\/+/, "/");
    const asset = request.method === "GET" || request.method === "HEAD" ? assets.get(path) : undefined;
    if (!asset) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    response.writeHead(200, { "content-type": asset.type, "cache-control": "no-store" }).end(asset.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.2", resolve);
  });
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.2:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
