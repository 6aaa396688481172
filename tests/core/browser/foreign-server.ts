import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AssetServer } from "../../../core/browser/serve.ts";

/** A server of the foreign fixture with slow, endless and finished answers. */
export async function serveForeign(): Promise<AssetServer> {
  const page = await readFile(new URL("../../fixtures/sites/foreign/page.html", import.meta.url));
  const done = "<!doctype html><title>Done</title><button>Done</button>";
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://foreign.test");
    const html = { "content-type": "text/html" };
    const later = (run: () => void) => void setTimeout(run, Number(url.searchParams.get("ms")));
    if (url.pathname === "/") response.writeHead(200, html).end(page);
    else if (url.pathname === "/done") response.writeHead(200, html).end(done);
    else if (url.pathname === "/slow") {
      later(() => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
    } else if (url.pathname === "/slow-page") later(() => response.writeHead(200, html).end(done));
    else if (url.pathname === "/never") response.writeHead(200).write("a");
    else response.writeHead(404).end();
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
