import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Point {
  readonly key: string;
  readonly value: number;
  readonly step: number;
}
interface Pair {
  readonly key: string;
  readonly value: string;
}
/** A request's body; each route has some of it. */
interface Asked {
  readonly name: string;
  readonly filter: string;
  readonly experiment_id: string;
  readonly run_name: string;
  readonly run_id: string;
  readonly tags: readonly Pair[];
  readonly metrics?: readonly Point[];
  readonly params?: readonly Pair[];
  readonly key: string;
  readonly value: string;
}

interface StoredRun {
  readonly info: Record<string, unknown>;
  readonly tags: Map<string, string>;
  readonly params: Map<string, string>;
  readonly metrics: Point[];
}

/** As much of a MLflow tracking server as the tracker talks to: its routes, its error codes, its limits. */
export async function mlflowServer() {
  const experiments = new Map<string, string>();
  const runs: StoredRun[] = [];
  const files = new Map<string, number>();
  const requests: string[] = [];
  let authorization: string | undefined;

  const routes: Readonly<Record<string, (body: Asked, url: URL) => unknown>> = {
    "experiments/get-by-name": (_, url) => {
      const id = experiments.get(url.searchParams.get("experiment_name") ?? "");
      if (id === undefined) throw { status: 404, error_code: "RESOURCE_DOES_NOT_EXIST", message: "no such experiment" };
      return { experiment: { experiment_id: id } };
    },
    "experiments/create": ({ name }) => {
      experiments.set(name, String(experiments.size + 1));
      return { experiment_id: experiments.get(name) };
    },
    "runs/search": ({ filter }) => {
      const [, tag, value] = /^tags\.`(.+)` = '(.+)'$/.exec(filter)!;
      return { runs: runs.filter(({ tags }) => tags.get(tag!) === value).map(({ info }) => ({ info })) };
    },
    "runs/create": ({ experiment_id, run_name, tags }) => {
      const run_id = `r${runs.length + 1}`;
      const artifact_uri = `mlflow-artifacts:/${experiment_id}/${run_id}/artifacts`;
      const kept = new Map(tags.map(({ key, value }) => [key, value]));
      runs.push({
        info: { run_id, run_name, status: "RUNNING", artifact_uri },
        tags: kept,
        params: new Map(),
        metrics: [],
      });
      return { run: { info: runs.at(-1)!.info } };
    },
    "runs/log-batch": ({ run_id, metrics = [], params = [] }) => {
      if (params.length > 100 || metrics.length > 1000) {
        throw { status: 400, error_code: "INVALID_PARAMETER_VALUE", message: "too many" };
      }
      const run = runOf(run_id);
      for (const { key, value } of params) {
        const known = run.params.get(key) ?? value;
        if (known !== value) {
          throw { status: 400, error_code: "INVALID_PARAMETER_VALUE", message: `${key} was ${known}` };
        }
        run.params.set(key, value);
      }
      run.metrics.push(...metrics);
      return {};
    },
    "runs/set-tag": ({ run_id, key, value }) => {
      runOf(run_id).tags.set(key, value);
      return {};
    },
    "runs/update": ({ run_id, ...change }) => {
      Object.assign(runOf(run_id).info, change);
      return {};
    },
  };
  const runOf = (id: string) => runs.find(({ info }) => info["run_id"] === id)!;

  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url!, "http://mlflow");
      const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      const answer = (status: number, body: unknown) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      requests.push(`${request.method} ${url.pathname}`);
      authorization = request.headers.authorization;
      if (url.pathname.startsWith("/api/2.0/mlflow-artifacts/artifacts/")) {
        files.set(url.pathname.split("/artifacts/").slice(1).join("/artifacts/"), bytes);
        return answer(200, {});
      }
      const route = routes[url.pathname.replace("/api/2.0/mlflow/", "")];
      if (!route) return answer(404, { error_code: "ENDPOINT_NOT_FOUND" });
      try {
        const text = new TextDecoder().decode(
          chunks.length === 0 ? new Uint8Array() : Uint8Array.from(chunks.flatMap((c) => [...c])),
        );
        answer(200, route(text === "" ? {} : JSON.parse(text), url));
      } catch (e) {
        const { status = 500, ...body } = e as { readonly status?: number };
        answer(status, body);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    runs,
    files,
    requests,
    get authorization() {
      return authorization;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
