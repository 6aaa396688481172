import { Buffer } from "node:buffer";
import type { Call, Secret } from "halo-agent";

export interface ClientOptions {
  /** Where the server's routes start, without /api. */
  readonly url: string;
  /** Sent as bearer, or with a `user` as that user's password. */
  readonly token?: Secret;
  readonly user?: string;
}

/** What MLflow calls a failed request: RESOURCE_DOES_NOT_EXIST, … */
export class MlflowError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

type Body = Readonly<Record<string, unknown>>;

/** A MLflow tracking server by its REST routes, version 2.0. */
export class MlflowClient {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ url, token, user }: ClientOptions) {
    this.#base = url.replace(/\/+$/, "");
    this.#headers = token ? { authorization: authorization(token.reveal(), user) } : {};
  }

  /** Asks `/api/2.0/mlflow/ROUTE`, with a body by POST. */
  async call(route: string, { body, signal }: Call & { readonly body?: Body }): Promise<Body> {
    const path = `/api/2.0/mlflow/${route}`;
    const response = await this.#fetch(path, {
      method: body ? "POST" : "GET",
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      signal,
    });
    return await response.json() as Body;
  }

  /** Keeps a file beside a run, by the server's own store. `to` is the run's `artifact_uri` with a path. */
  async put(to: string, png: Uint8Array, { signal }: Call): Promise<void> {
    const path = new URL(to).pathname.split("/").map(encodeURIComponent).join("/");
    await this.#fetch(`/api/2.0/mlflow-artifacts/artifacts${path}`, {
      method: "PUT",
      body: new Uint8Array(png),
      headers: { "content-type": "image/png" },
      signal,
    });
  }

  async #fetch(path: string, o: RequestInit): Promise<Response> {
    const response = await fetch(this.#base + path, { ...o, headers: { ...o.headers as object, ...this.#headers } });
    if (response.ok) return response;
    const text = await response.text();
    const { error_code: code = "", message = "" } = asError(text);
    const said = [code, message].filter(Boolean).join(": ") || text.slice(0, 200);
    throw new MlflowError(`${path}: ${response.status} ${said}`, code);
  }
}

function asError(text: string): { readonly error_code?: string; readonly message?: string } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function authorization(secret: string, user: string | undefined): string {
  if (user === undefined) return `Bearer ${secret}`;
  return `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;
}
