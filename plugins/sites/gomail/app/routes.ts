import { defaultConfig, finishReport } from "../official.ts";
import type { SiteConfig } from "../official.ts";
import { acts, configuration, configure, kept, started } from "./storage.ts";

/** `/config`, `/finish` and `/submit`: each shows one JSON text. */
function route(path: string, query: URLSearchParams): unknown {
  switch (path) {
    case "config":
      configure(configOf(query));
      return { config: { gomail: configuration() } };
    case "submit": {
      const { run_id, task_id } = configuration() ?? defaultConfig("");
      return { run_id, task_id, retrieved_answer: query.get("retrieved_answer") ?? "" };
    }
    default:
      return finishReport({
        initial: started(),
        final: kept(),
        history: acts().map((act) => ({ ...act })),
        config: configuration() ?? defaultConfig(""),
      });
  }
}

function configOf(query: URLSearchParams): SiteConfig {
  return {
    run_id: query.get("run_id") ?? "0",
    task_id: query.get("task_id") ?? "",
    latency: Number(query.get("latency") ?? 0) || 0,
    removePopup: query.get("removePopup") === "true",
  };
}

const page = document.createElement("pre");
page.textContent = JSON.stringify(
  route(location.pathname.replaceAll("/", ""), new URLSearchParams(location.search)),
  null,
  2,
);
document.body.append(page);
