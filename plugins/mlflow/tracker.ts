import { type Call, definePlugin, type Json, type TrackedEvent, type TrackedRun, type Tracker } from "halo-agent";
import { MlflowClient, MlflowError } from "./client.ts";
import { keyOf, paramsOf } from "./params.ts";

/** Names the run of halo at the server, so that a resumed run goes on there. */
const tag = "halo.run";
/** MLflow takes no more in one request. */
const most = { metrics: 1_000, params: 100 };
const ends = { done: "FINISHED", stopped: "KILLED", failed: "FAILED" } as const;

/** A run of a MLflow tracking server for each run of halo. */
export default definePlugin({
  kind: "tracker",
  name: "mlflow",
  summary: "Metrics, parameters and pictures at a MLflow tracking server.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      url: {
        type: "string",
        pattern: "^https?://",
        default: "http://127.0.0.1:5000",
        description: "The tracking server, as a browser opens it.",
      },
      experiment: { type: "string", minLength: 1, default: "halo", description: "Made when it is not there." },
      token: {
        type: "string",
        writeOnly: true,
        description: "Bearer token, or the password of `user`: ${secret:NAME}.",
      },
      user: { type: "string", minLength: 1, description: "For a server that wants user and password." },
      pictures: {
        type: "integer",
        minimum: 0,
        maximum: 64,
        default: 4,
        description: "Last pages of an evaluation's worst episodes, where the server keeps artifacts itself.",
      },
    },
  },
  create({ experiment, pictures, ...server }): Tracker {
    const client = new MlflowClient(server);
    let run: ServerRun | undefined;
    return {
      pictures,
      async start(tracked, o) {
        const experimentId = await experimentOf(client, { name: experiment, ...o });
        run = await knownRun(client, { experimentId, id: tracked.id, ...o }) ??
          await newRun(client, { experimentId, tracked, ...o });
        if (!tracked.isResumed) await describe(client, { run, pipeline: tracked.pipeline, ...o });
        await status(client, { run, status: "RUNNING", ...o });
      },
      track: async (event, o) => run && await send(client, { run, event, ...o }),
    };
  },
});

interface ServerRun {
  readonly run_id: string;
  readonly artifact_uri?: string;
}

async function experimentOf(client: MlflowClient, { name, signal }: Call & { readonly name: string }): Promise<string> {
  const known = `experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`;
  try {
    const { experiment } = await client.call(known, { signal });
    return (experiment as { readonly experiment_id: string }).experiment_id;
  } catch (e) {
    if (!(e instanceof MlflowError) || e.code !== "RESOURCE_DOES_NOT_EXIST") throw e;
    const made = await client.call("experiments/create", { body: { name }, signal });
    return made["experiment_id"] as string;
  }
}

/** The run that an earlier attempt, or an earlier try of this call, made. */
async function knownRun(
  client: MlflowClient,
  { experimentId, id, signal }: Call & { readonly experimentId: string; readonly id: string },
): Promise<ServerRun | undefined> {
  const filter = `tags.\`${tag}\` = '${id}'`;
  const { runs } = await client.call("runs/search", {
    body: { experiment_ids: [experimentId], filter, max_results: 1 },
    signal,
  });
  return (runs as readonly { readonly info: ServerRun }[] | undefined)?.[0]?.info;
}

async function newRun(
  client: MlflowClient,
  { experimentId, tracked, signal }: Call & { readonly experimentId: string; readonly tracked: TrackedRun },
): Promise<ServerRun> {
  const tags = Object.entries({ [tag]: tracked.id, "halo.folder": tracked.folder, "halo.seed": String(tracked.seed) });
  const { run } = await client.call("runs/create", {
    body: {
      experiment_id: experimentId,
      run_name: tracked.id,
      start_time: Date.now(),
      tags: tags.map(([key, value]) => ({ key, value })),
    },
    signal,
  });
  return (run as { readonly info: ServerRun }).info;
}

/** What the run was made of. Telling it again changes nothing. */
async function describe(
  client: MlflowClient,
  { run, pipeline, signal }: Call & { readonly run: ServerRun; readonly pipeline: Json },
): Promise<void> {
  await logAll(client, { run, what: "params", values: paramsOf(pipeline), signal });
}

/** Sends values in as many requests as they need. */
async function logAll(
  client: MlflowClient,
  { run, what, values, signal }: Call & {
    readonly run: ServerRun;
    readonly what: keyof typeof most;
    readonly values: readonly object[];
  },
): Promise<void> {
  for (let i = 0; i < values.length; i += most[what]) {
    const body = { run_id: run.run_id, [what]: values.slice(i, i + most[what]) };
    await client.call("runs/log-batch", { body, signal });
  }
}

async function status(
  client: MlflowClient,
  { run, status, at, signal }: Call & { readonly run: ServerRun; readonly status: string; readonly at?: Date },
): Promise<void> {
  const body = { run_id: run.run_id, status, ...(at && { end_time: at.getTime() }) };
  await client.call("runs/update", { body, signal });
}

async function send(
  client: MlflowClient,
  { run, event, signal }: Call & { readonly run: ServerRun; readonly event: TrackedEvent },
): Promise<void> {
  switch (event.type) {
    case "metrics": {
      const { step, at } = event;
      const values = Object.entries(event.values).map(([name, value]) => (
        { key: keyOf(name), value, timestamp: at.getTime(), step }
      ));
      return await logAll(client, { run, what: "metrics", values, signal });
    }
    case "pictures": {
      if (!run.artifact_uri?.startsWith("mlflow-artifacts:")) return;
      for (const { name, caption, png } of event.pictures) {
        const path = `worst/step-${event.step}/${name.replaceAll("/", "-")}`;
        await client.put(`${run.artifact_uri}/${path}.png`, png, { signal });
        const body = {
          run_id: run.run_id,
          key: `halo.picture.${name.replaceAll("/", ".")}`,
          value: caption.slice(0, 4_000),
        };
        await client.call("runs/set-tag", { body, signal });
      }
      return;
    }
    case "end":
      return await status(client, { run, status: ends[event.status], at: event.at, signal });
  }
}
