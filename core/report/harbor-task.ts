import type { Json } from "../domain/json.ts";
import type { Task } from "../domain/task.ts";
import { slugOf } from "../record/file-name.ts";
import { jsonText } from "../record/json-file.ts";
import { siteTaskFormat } from "../record/site-task.ts";
import { sha256 } from "../util/sha256.ts";

/** What a task needs beside itself to be done in Harbor's containers. */
export interface HarborTask {
  readonly task: Task;
  /** The built-in site, with the options that the run gave it. */
  readonly site: { readonly use: string; readonly options: Json };
  /** The rule that judges it, for example "gomail/star". */
  readonly judge: string;
  readonly run: string;
  /** File name of halo's npm package, which lies beside the site's Dockerfile. */
  readonly pack: string;
}

/** What the containers are made of. */
const images = { node: "node:24-trixie-slim", small: "debian:trixie-slim" } as const;
const browserTools = "@playwright/mcp@0.0.83";

/** Where the site answers inside the containers, and what it writes the verdict to. */
const address = "http://site:8000";
const verdict = "/halo/verdict.json";

/** Seconds for each step that a policy would have: a language model that looks and acts. */
const secondsPerStep = 60;

/** Folder of a task: readable, one for each key, and a name that Harbor and Docker both take. */
export const harborFolder = ({ key }: Pick<Task, "key">): string =>
  `${slugOf(key) || "task"}-${sha256(key).slice(0, 8)}`;

/** The files of a Harbor task, by their path in its folder; halo's package is to be put at `environment/site/PACK`. */
export function harborFiles(o: HarborTask): ReadonlyMap<string, string> {
  return new Map([
    ["task.toml", taskToml(o)],
    ["instruction.md", instruction(o.task)],
    ["environment/Dockerfile", browserImage],
    ["environment/docker-compose.yaml", compose],
    ["environment/site/Dockerfile", siteImage(o)],
    [
      "environment/site/task.json",
      jsonText(siteTaskFormat.schema, {
        site: o.site.use,
        options: o.site.options,
        task: o.task,
      }, { indent: 2 }),
    ],
    ["tests/Dockerfile", `FROM ${images.small}\nCOPY . /tests/\n`],
    ["tests/test.sh", test],
  ]);
}

/** A TOML basic string; JSON's escapes are TOML's, but for lone surrogates and DEL. */
const toml = (text: string): string => JSON.stringify(text.toWellFormed()).replaceAll("\u007f", "\\u007f");

function taskToml({ task, site, judge, run }: HarborTask): string {
  const metadata = {
    task: task.id,
    key: task.key,
    site: site.use,
    template: task.template,
    split: task.split,
    judge,
    run,
  };
  return `schema_version = "1.4"
artifacts = [{ source = "${verdict}", service = "site" }]

[task]
name = ${toml(`halo/${harborFolder(task)}`)}
description = ${toml(task.goal.text)}
keywords = ["browser", ${toml(site.use)}]

[metadata]
${Object.entries(metadata).map(([name, value]) => `${name} = ${toml(value)}`).join("\n")}
optimum = ${task.optimum}
max_steps = ${task.goal.maxSteps}

[agent]
timeout_sec = ${task.goal.maxSteps * secondsPerStep}.0
user = "node"

[verifier]
environment_mode = "separate"
timeout_sec = 60.0

[verifier.environment]

[environment]
build_timeout_sec = 900.0
workdir = "/home/node"

[[environment.mcp_servers]]
name = "browser"
transport = "stdio"
command = "playwright-mcp"
args = ["--headless", "--no-sandbox", "--isolated", "--executable-path", "/usr/bin/chromium"]
`;
}

/** Where a task begins, inside the containers. */
function urlOf({ goal }: Task): string {
  const { pathname, search } = new URL(goal.startUrl, address);
  return address + pathname + search;
}

const instruction = (task: Task): string =>
  `${task.goal.text}

The web application is at ${urlOf(task)}. Use it in a browser, as a person would, and do nothing else on it.
Chromium is at /usr/bin/chromium (with --no-sandbox); the MCP server "browser" drives it. What you do is kept when the page is
loaded again. Use one window at a time: where two differ, the one that changed last counts.

It should take at most ${task.goal.maxSteps} clicks, texts and keys. When the goal is reached, stop: the state that the application is in
then is what is judged. Nothing that you write is read.
`;

const browserImage = `FROM ${images.node}
RUN apt-get update \\
  && apt-get install --yes --no-install-recommends ca-certificates chromium curl fonts-liberation \\
  && rm -rf /var/lib/apt/lists/*
RUN npm install --global ${browserTools}
WORKDIR /home/node
`;

const compose = `services:
  main:
    depends_on:
      site:
        condition: service_healthy
  site:
    build: ./site
    init: true
    healthcheck:
      test: ["CMD", "node", "-e", "fetch('http://127.0.0.1:8000/').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
      interval: 2s
      timeout: 5s
      retries: 30
`;

const siteImage = ({ site, pack }: HarborTask): string =>
  `FROM ${images.node}
COPY ${JSON.stringify([pack, "/halo/"])}
RUN npm install --global ${JSON.stringify(`/halo/${pack}`)}
COPY task.json /halo/
WORKDIR /halo
CMD ${
    JSON.stringify([
      "halo",
      "site",
      site.use,
      ...["--task-file", "task.json", "--verdict", verdict, "--host", "0.0.0.0", "--port", "8000"],
    ])
  }
`;

const test = `#!/bin/sh
# Without a verdict there is no reward file: Harbor then counts an error of the environment, not a failure of the agent.
set -eu
verdict=$(cat ${verdict})
echo "$verdict"
case "$verdict" in
  '{"success":true,'*) echo 1 > /logs/verifier/reward.txt ;;
  '{"success":false,'*) echo 0 > /logs/verifier/reward.txt ;;
  *) echo "no verdict" >&2; exit 1 ;;
esac
`;
