import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Closable } from "../../../core/domain/call.ts";
import type { Site } from "../../../core/mod.ts";
import { selfSigned } from "../../fixtures/tls/self-signed.ts";
import type { StandIn } from "../../../plugins/real/hosted/hosted.ts";

/** The host of the mail site in the benchmark's task files. */
export const mailHost = "real-gomail-1glk4rtaf-real-sites.vercel.app";

/** Answers instead of the site, or says false and leaves it to the site. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface HostedStandIn extends StandIn, Closable {
  /** What was asked for, as "host path", oldest first. */
  readonly asked: readonly string[];
  /** Forgets what was asked, the fault and the state. */
  reset(): void;
  /** JSON of the state that the page is found in, as if it had been led there. */
  state: string | undefined;
  /** What happens before the site answers; cleared with undefined. */
  fault: Fault | undefined;
}

/** One of our replicas under hosted names, by TLS. */
export async function serveHosted({ assets }: Pick<Site, "assets">): Promise<HostedStandIn> {
  const files = await assets();
  const { key, cert, spki } = selfSigned([mailHost, "*.vercel.app"]);
  const asked: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    if (standIn.fault?.(request, response)) return;
    const path = request.url!.split("?")[0]!.replace(/^\/+/, "/");
    const asset = files.get(path) ?? (path.includes(".") ? undefined : files.get("/*"));
    const body = path === "/" && standIn.state !== undefined ? [led(standIn.state), asset!.body] : [asset?.body ?? ""];
    if (asset) {
      response.writeHead(200, { "content-type": asset.type, "cache-control": "no-store" });
      for (const part of body) response.write(part);
      response.end();
    } else response.writeHead(404, { "content-type": "text/plain" }).end("not found");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const standIn: HostedStandIn = {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    spki,
    asked,
    reset() {
      asked.length = 0;
      standIn.fault = standIn.state = undefined;
    },
    state: undefined,
    fault: undefined,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return standIn;
}

/** A script that leaves a state where the mail site keeps its own. */
function led(state: string): string {
  return `<!doctype html><script>localStorage.setItem("gomail.state", ${
    JSON.stringify(state).replaceAll("<", "\\u003c")
  })</script>`;
}
