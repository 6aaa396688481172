import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came in. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  // deno-lint-ignore no-explicit-any
  readonly body: any;
}

/** What to answer; `hang` never does, `cut` closes the connection in the middle. */
export type Answer =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | "hang"
  | "cut";

export type Script = (request: Received) => Answer;

/** A small server that speaks the wire form of the chat route. Answers come from `script` first, then from `otherwise`. */
export interface TestServer {
  readonly url: string;
  readonly chats: readonly Received[];
  /** One entry for each of the next chat requests. */
  readonly script: Script[];
  otherwise: Script;
  close(): Promise<void>;
}

/** A chat completion of these texts, with the usage of a short prompt. */
export function completion(
  contents: readonly (string | object)[],
  o: { readonly prompt?: number; readonly cached?: number; readonly output?: number } = {},
): Answer {
  const { prompt = 100, cached = 0, output = 10 } = o;
  return {
    status: 200,
    body: {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: "m",
      choices: contents.map((content, index) => ({
        index,
        finish_reason: "stop",
        logprobs: null,
        ...(typeof content === "string"
          ? { message: { role: "assistant", content, refusal: null } }
          : { message: { role: "assistant", content: null, refusal: null }, ...content }),
      })),
      usage: {
        prompt_tokens: prompt,
        completion_tokens: output,
        total_tokens: prompt + output,
        prompt_tokens_details: { cached_tokens: cached },
      },
    },
  };
}

/** An error in the wire form of the API. */
export function failure(
  status: number,
  error: { readonly message: string; readonly code?: string; readonly type?: string },
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, body: { error: { type: "error", param: null, code: null, ...error } } };
}

/** Starts a server on a free port of the loopback. `model` is the one it has, `key` the one it wants. */
export async function startServer(
  otherwise: Script,
  { model = "m", key }: { readonly model?: string; readonly key?: string } = {},
): Promise<TestServer> {
  const chats: Received[] = [];
  const script: Script[] = [];
  const server = createServer(async (request, response) => {
    const received = await read(request);
    if (key !== undefined && received.key !== `Bearer ${key}`) {
      const message = `Incorrect API key provided: ${received.key}.`;
      return send(response, failure(401, { message, code: "invalid_api_key" }));
    }
    const asked = received.path === "/v1/chat/completions" ? received.body.model : received.path.split("/").at(-1);
    if (asked !== model) {
      return send(
        response,
        failure(404, { message: `The model \`${asked}\` does not exist`, code: "model_not_found" }),
      );
    }
    if (received.method === "GET") return send(response, { status: 200, body: { id: model, object: "model" } });
    chats.push(received);
    send(response, (script.shift() ?? self.otherwise)(received));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const self: TestServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    chats,
    script,
    otherwise,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return self;
}

async function read(request: IncomingMessage): Promise<Received> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    key: request.headers.authorization,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === "hang") return;
  if (answer === "cut") return void response.destroy();
  const headers = { "content-type": "application/json", "x-request-id": "req_1", ...answer.headers };
  response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
}
