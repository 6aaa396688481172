import { configOf, defaultConfig, finishReport } from "halo-agent/site";
import { official } from "../official/official.ts";
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
      return finishReport(official, {
        initial: started(),
        final: kept(),
        history: acts().map((act) => ({ ...act })),
        config: configuration() ?? defaultConfig(""),
      });
  }
}

const page = document.createElement("pre");
page.textContent = JSON.stringify(
  route(location.pathname.replaceAll("/", ""), new URLSearchParams(location.search)),
  null,
  2,
);
document.body.append(page);
