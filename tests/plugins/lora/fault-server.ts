import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sha256 } from "halo-agent/kit";

/** What happens to a request instead of, or after, what it asks for. */
export type Fault =
  | "refused" // the connection is closed before anything is done
  | "cut" // it is done, and the answer breaks off
  | "proxy" // 503 with HTML
  | "limited" // 429
  | "waiting" // 408
  | "lost" // 410: the adapter is no longer in memory
  | "garbage" // 200 that is no JSON
  | { readonly status: number; readonly code: string; readonly text: string }
  | { readonly result: object };

type Body = Readonly<Record<string, unknown>> & { readonly seq_id?: number; readonly model_id?: string };

/** Speaks the sidecar's routes; does each numbered request once and counts what it did. */
export class FaultServer {
  /** The fault of the next request to a route; undefined for none. */
  nextFault: (route: string) => Fault | undefined = () => undefined;
  /** What was done, in order: "optim_step", … */
  readonly done: string[] = [];
  readonly blobs = new Map<string, Uint8Array>();
  readonly #results = new Map<string, { readonly body: string; readonly result: object }>();
  #models = 0;
  #version = 0;
  readonly #server = createServer((request, response) =>
    void this.#answer(request, response).catch(() => response.destroy())
  );

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const content = Buffer.concat(chunks);
    const route = request.url!.replace("/api/v1/", "");
    const fault = this.nextFault(route);
    if (fault === "refused") return void request.socket.destroy();
    if (fault === "proxy") return void response.writeHead(503, { "content-type": "text/html" }).end("<h1>away</h1>");
    if (fault === "limited") return say(response, 429, refusal("queue_full", "too much"), { "Retry-After": "0.01" });
    if (fault === "waiting") return say(response, 408, { error: "not done yet", queue_state: "active" });
    if (fault === "lost") return say(response, 410, refusal("model_lost", "no longer in memory"));
    if (fault === "garbage") return void response.end("<h1>hello</h1>");
    if (typeof fault === "object" && "status" in fault) {
      return say(response, fault.status, fault.code === "" ? {} : refusal(fault.code, fault.text));
    }
    const blob = route.match(/^x_halo\/blobs\/(\w+)$/)?.[1];
    if (blob && request.method === "HEAD") return void response.writeHead(this.blobs.has(blob) ? 200 : 404).end();
    if (blob) this.blobs.set(blob, content);
    const found = blob ? {} : typeof fault === "object" ? fault.result : this.#reply(route, content.toString());
    if (fault !== "cut") return say(response, 200, found);
    const text = JSON.stringify(found);
    response.writeHead(200, { "content-length": text.length + 1 });
    response.write(text, () => request.socket.destroy());
  }

  #reply(route: string, text: string): object {
    const body: Body = text === "" ? {} : JSON.parse(text);
    switch (route) {
      case "healthz":
        return { status: "ok" };
      case "get_server_capabilities":
        return {
          supported_models: [{ model_name: "fake" }],
          x_halo: { dtype: "float32", device: "cpu", image_token_id: 900 },
        };
      case "create_session":
        return { session_id: "s" };
      case "create_model":
        return this.#once(`m${++this.#models}`, 0, { route, text });
      case "retrieve_future":
        return this.#results.get(body["request_id"] as string)!.result;
      case "unload_model":
        return {};
    }
    return this.#once(body.model_id!, body.seq_id!, { route, text });
  }

  #once(model: string, seq: number, { route, text }: { readonly route: string; readonly text: string }): object {
    const request_id = `${model}:${seq}`;
    const known = this.#results.get(request_id);
    if (known && known.body !== text) throw new Error(`${request_id} was used for another request`);
    if (!known) {
      this.done.push(route);
      this.#results.set(request_id, { body: text, result: this.#do(route, { model, body: JSON.parse(text) }) });
    }
    return { request_id, model_id: model };
  }

  #do(route: string, { model, body }: { readonly model: string; readonly body: Body }): object {
    switch (route) {
      case "forward_backward": {
        const { data } = body["forward_backward_input"] as {
          readonly data: readonly { readonly loss_fn_inputs: Record<string, { readonly data: readonly number[] }> }[];
        };
        const outputs = data.map(({ loss_fn_inputs: { mask, logprobs } }) => ({
          logprobs: { data: logprobs!.data.filter((_, i) => mask!.data[i] === 1) },
        }));
        return { loss_fn_outputs: outputs, metrics: { "loss/total": 1, "tokens/completion": 1 } };
      }
      case "optim_step":
        this.#version++;
        return { metrics: { "grad/norm": 2 } };
      case "save_weights":
        return { path: `states/${model}/${this.#version}`, x_halo: { sha256: "ab".repeat(32) } };
      case "save_weights_for_sampler": {
        const manifest = { version: this.#version, sha256: sha256(String(this.#version)), location: "/far/away" };
        return { path: `adapters/${model}/v${this.#version}`, x_halo: { manifest } };
      }
      default:
        return { model_id: model };
    }
  }
}

const refusal = (code: string, error: string) => ({ error, category: "user", x_halo: { code, hint: "do something" } });

function say(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
