import { configOf, defaultConfig, finishReport, type Official } from "../official.ts";
import type { SiteStorage } from "./storage.ts";

/** `/config`, `/finish` and `/submit` of a site that REAL has: shows one JSON text in the page's one `pre`. */
export function showRoute<S>(official: Official<S>, storage: SiteStorage<S>): void {
  const page = document.createElement("pre");
  const path = location.pathname.replaceAll("/", "");
  const answer = answerOf({ official, storage, path, query: new URLSearchParams(location.search) });
  page.textContent = JSON.stringify(answer, null, 2);
  document.body.append(page);
}

function answerOf<S>(
  { official, storage, path, query }: {
    readonly official: Official<S>;
    readonly storage: SiteStorage<S>;
    readonly path: string;
    readonly query: URLSearchParams;
  },
): unknown {
  switch (path) {
    case "config":
      storage.configure(configOf(query, official));
      return { config: { [official.section]: storage.configuration() } };
    case "submit": {
      const { run_id, task_id } = storage.configuration() ?? defaultConfig("", official);
      return { run_id, task_id, retrieved_answer: query.get("retrieved_answer") ?? "" };
    }
    default:
      return finishReport(official, {
        initial: storage.started(),
        final: storage.kept(),
        history: storage.acts(),
        config: storage.configuration() ?? defaultConfig("", official),
      });
  }
}
