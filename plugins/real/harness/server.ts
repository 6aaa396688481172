import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Buffer } from "node:buffer";
import {
  type Action,
  type ActionError,
  type Closable,
  type Element,
  HaloError,
  type Need,
  type Observation,
  type OutsideEpisode,
  type Task,
  type ToldStep,
} from "halo-agent";
import { screenshotOf, stateKeyOf } from "halo-agent/browser";
import { canonicalAction } from "halo-agent/kit";

export interface PolicyServerOptions {
  readonly tasks: readonly Task[];
  readonly need: Need;
  /** Script that gives a page's isolated world `__look`. */
  readonly look: string;
  outside(task: Task): OutsideEpisode;
}

/** The policy behind a loopback address: what the harness's agent asks for its next action. */
export interface PolicyServer extends Closable {
  readonly url: string;
  /** Every request bears it. */
  readonly token: string;
  /** Steps of each task's last episode, by task key. */
  readonly steps: ReadonlyMap<string, readonly ToldStep[]>;
  /** What a policy or request failed with, oldest first. */
  readonly faults: readonly HaloError[];
}

/** What the agent sends: where it stands, and what became of its last action. */
interface ActRequest {
  readonly observation: {
    readonly url: string;
    readonly title: string;
    readonly elements: readonly Element[];
    /** PNG, base64. */
    readonly screenshot?: string;
    readonly axtree?: string;
  };
  readonly target?: { readonly role: string; readonly name: string };
  readonly error?: { readonly code: ActionError["code"]; readonly message?: string };
}

interface OpenEpisode {
  readonly task: Task;
  readonly episode: OutsideEpisode;
  readonly steps: ToldStep[];
}

const longestBody = 64 << 20;

/**
 * Serves the policy on 127.0.0.1: `POST /v1/episode` with `{task}` begins one, `POST /v1/episode/ID/act` with an observation
 * answers with the next action. An output that is no action is answered with `noop`: one step, as in halo's own loop.
 */
export async function servePolicy(o: PolicyServerOptions): Promise<PolicyServer> {
  const token = randomBytes(24).toString("hex");
  const episodes = new Map<string, OpenEpisode>();
  const steps = new Map<string, readonly ToldStep[]>();
  const faults: HaloError[] = [];
  const begin = ({ task: key }: { readonly task?: unknown }) => {
    const task = o.tasks.find((one) => one.template === key);
    if (task === undefined) throw new HaloError("HALO_AGISDK_REQUEST", `there is no task "${String(key)}" in this run`);
    const id = String(episodes.size);
    const opened: OpenEpisode = { task, episode: o.outside(task), steps: [] };
    episodes.set(id, opened);
    steps.set(task.key, opened.steps);
    return { id, need: o.need, look: o.look };
  };
  const act = async (id: string, request: ActRequest) => {
    const opened = episodes.get(id);
    if (opened === undefined) throw new HaloError("HALO_AGISDK_REQUEST", `there is no episode "${id}"`);
    const observation = observationOf(request);
    const { target, error } = request;
    const sample = await opened.episode.next(observation, {
      ...(target && { target }),
      ...(error && { error: { code: error.code, message: error.message ?? messages[error.code] ?? error.code } }),
    });
    const { parsed, text } = sample;
    const action: Action = parsed.ok ? parsed.action : { action: "noop" };
    opened.steps.push({ stateKey: observation.stateKey, action: parsed.ok ? canonicalAction(action) : parsed.code });
    return { action, text };
  };
  const server = createServer((request, response) => {
    answer(request, { token, begin, act }).then((body) => send(response, 200, body), (e: unknown) => {
      const fault = e instanceof HaloError ? e : new HaloError("HALO_AGISDK_REQUEST", String(e), { cause: e });
      faults.push(fault);
      send(response, 400, { code: fault.code, message: fault.message });
    });
  });
  await new Promise<void>((done, fail) => server.once("error", fail).listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    steps,
    faults,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

interface Routes {
  readonly token: string;
  begin(body: { readonly task?: unknown }): object;
  act(id: string, body: ActRequest): Promise<object>;
}

async function answer(request: IncomingMessage, { token, begin, act }: Routes): Promise<object> {
  if (request.headers.authorization !== `Bearer ${token}`) {
    throw new HaloError("HALO_AGISDK_REQUEST", "a request without this run's token");
  }
  const body = JSON.parse(await bodyOf(request));
  if (request.method === "POST" && request.url === "/v1/episode") return begin(body);
  const [, id] = /^\/v1\/episode\/(\w+)\/act$/.exec(request.url ?? "") ?? [];
  if (request.method === "POST" && id !== undefined) return await act(id, body);
  throw new HaloError("HALO_AGISDK_REQUEST", `there is no ${request.method} ${request.url}`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > longestBody) throw new HaloError("HALO_AGISDK_REQUEST", `a request of more than ${longestBody} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function observationOf({ observation: { screenshot, axtree, ...seen } }: ActRequest): Observation {
  return {
    ...seen,
    stateKey: stateKeyOf(seen),
    ...(screenshot !== undefined && { screenshot: screenshotOf(Buffer.from(screenshot, "base64")) }),
    ...(axtree !== undefined && { axtree }),
  };
}

/** Why an action did not land; halo's own loop names the element, too. */
const messages: Partial<Record<ActionError["code"], string>> = {
  STALE_EL: "the element is not on the page as it is now",
  OCCLUDED: "the element is covered by another",
  OUT_OF_VIEW: "the element is outside the visible part of the page; scroll first",
  NOT_EDITABLE: "the element takes no text",
};
