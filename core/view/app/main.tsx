import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Compare } from "./compare.tsx";
import { EpisodeView } from "./episode.tsx";
import { GroupView } from "./group.tsx";
import { partsOf, toIteration, toRun, toRuns, toTasks } from "./links.ts";
import { Run } from "./run.tsx";
import { Runs } from "./runs.tsx";
import { useHash } from "./state.ts";
import { Tasks } from "./tasks.tsx";
import { TreePage } from "./tree.tsx";

type Theme = "light" | "dark";

/** The colours a person chose before, else those of the system. */
function usualTheme(): Theme {
  try {
    const kept = localStorage.getItem("halo-theme");
    if (kept === "light" || kept === "dark") return kept;
  } catch { /* a browser may keep nothing */ }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function App() {
  const parts = partsOf(useHash());
  const [theme, setTheme] = useState(usualTheme);
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const key = parts.join("/");
  useEffect(() => {
    document.title = ["halo", ...parts.slice(1)].join(" · ");
  }, [key]);
  const other = theme === "dark" ? "light" : "dark";
  const change = () => {
    setTheme(other);
    try {
      localStorage.setItem("halo-theme", other);
    } catch { /* a browser may keep nothing */ }
  };
  return (
    <>
      <header class="top">
        <a class="logo" href={toRuns()}>
          <i />halo
        </a>
        <Trail parts={parts} />
        <button type="button" class="quiet" onClick={change} aria-label={`Use ${other} colours`}>{other}</button>
      </header>
      <main>
        <Shown parts={parts} />
      </main>
    </>
  );
}

/** Where the page stands among the others. */
function Trail({ parts }: { readonly parts: readonly string[] }) {
  const [kind, run, page, id] = parts;
  if (kind === "compare") {
    return (
      <nav class="trail">
        <a href={toRuns()}>Runs</a>
        <span>Compare</span>
      </nav>
    );
  }
  if (kind !== "run" || run === undefined) return <nav class="trail" />;
  const iteration = page === "group" || page === "tree" ? /^i(\d+)\./.exec(id ?? "")?.[1] : undefined;
  return (
    <nav class="trail">
      <a href={toRuns()}>Runs</a>
      {page === undefined ? <span>{run}</span> : <a href={toRun(run)}>{run}</a>}
      {iteration !== undefined && <a href={toIteration(run, Number(iteration))}>iteration {iteration}</a>}
      {page === "iteration" && <span>iteration {id}</span>}
      {(page === "group" || page === "episode" || page === "tree") && <span>{page} {id}</span>}
      {page === "tasks" ? <span>tasks</span> : null}
      {page !== "tasks" && <a class="aside" href={toTasks(run)}>Tasks</a>}
    </nav>
  );
}

function Shown({ parts: [kind, first, second, third, fourth] }: { readonly parts: readonly string[] }) {
  if (kind === undefined) return <Runs />;
  if (kind === "compare" && first !== undefined && second !== undefined) {
    return <Compare a={first} b={second} task={third} />;
  }
  if (kind !== "run" || first === undefined) return <p class="notice bad">There is no such page.</p>;
  switch (second) {
    case undefined:
      return <Run run={first} />;
    case "iteration":
      return <Run run={first} iteration={Number(third)} />;
    case "group":
      return <GroupView run={first} id={third ?? ""} />;
    case "episode":
      return <EpisodeView run={first} id={third ?? ""} step={Number(fourth ?? 0)} />;
    case "tasks":
      return <Tasks run={first} shown={third === "failed" || third === "unsolved" ? third : "all"} />;
    case "tree":
      return <TreePage run={first} id={third ?? ""} />;
    default:
      return <p class="notice bad">There is no such page.</p>;
  }
}

render(<App />, document.getElementById("app")!);
