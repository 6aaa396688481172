// Holds the borders of the house: who imports whom, what learning code may call, how files are named and sized.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, suite } from "./harness.ts";
import { type Import, lineOf, readSource, type SourceFile, target } from "./source-file.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Rooms of core, lowest first, each with the rooms it may import besides itself; all of them stand above it in this table.
 * A folder inside a room that has no row of its own belongs to the room.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  util: [],
  domain: ["util"],
  stats: ["util", "domain"],
  action: ["util", "domain"],
  algorithm: ["util", "domain", "action"],
  record: ["util", "domain", "stats"],
  chat: ["util", "domain", "action"],
  plugin: ["util", "domain"],
  report: ["util", "domain", "stats", "action", "algorithm", "record"],
  config: ["util", "domain", "stats", "action", "record", "plugin"],
  browser: ["util", "domain"],
  serve: ["util", "domain", "plugin", "config"],
  site: ["util", "domain", "stats", "plugin"],
  suite: ["util", "domain", "stats", "browser", "site"],
  view: ["util", "domain", "stats", "record", "report", "site"],
  world: ["util", "domain", "action", "record", "chat"],
  "run/context": ["util", "domain", "record", "plugin", "config", "world"],
  "run/train": ["util", "domain", "stats", "algorithm", "record", "config", "world", "run/context"],
  "run/evaluate": [
    ...[
      "util",
      "domain",
      "stats",
      "action",
      "algorithm",
      "record",
      "report",
      "plugin",
      "config",
      "world",
      "run/context",
    ],
  ],
  "run/preflight": [
    ...["util", "domain", "stats", "algorithm", "plugin", "config", "world"],
    ...["run/context", "run/train", "run/evaluate"],
  ],
  "run/replay": ["util", "domain", "action", "record", "report", "config", "world"],
  "run/rescore": ["util", "domain", "stats", "action", "record", "report", "world"],
  run: [
    ...["util", "domain", "stats", "record", "report", "plugin", "config", "world"],
    ...["run/context", "run/train", "run/evaluate"],
  ],
  cli: [
    ...["util", "domain", "stats", "action", "algorithm", "record", "report", "plugin", "config", "browser", "serve"],
    ...["run", "run/evaluate", "run/preflight", "run/replay", "run/rescore", "view"],
  ],
};
const entries = [
  "core/mod.ts",
  "core/kit.ts",
  "core/browser.ts",
  "core/testing.ts",
  "core/site.ts",
  "core/site-app.ts",
  "core/site-assets.ts",
];
const entrySpecifiers = [
  "halo-agent",
  "halo-agent/kit",
  "halo-agent/browser",
  "halo-agent/testing",
  "halo-agent/site",
  "halo-agent/site/app",
  "halo-agent/site/assets",
];
/** The one table of built-in plugins: it sees every plugin, and of core's folders these see it. */
const builtinTable = "plugins/builtin.ts";
const readsBuiltinTable = /^core\/(plugin|config|run|cli)\//;

/** Packages that only one place may know, so that they can be replaced there. */
const packageHomes: Readonly<Record<string, RegExp>> = {
  "tsyringe": /^core\/plugin\/container\.ts$/,
  "reflect-metadata": /^core\/plugin\/container\.ts$/,
  "playwright-core": /^(core\/browser|tests|bench)\//,
  "uvu": /^tests\/harness\.ts$/,
};

/** What a run learns from must come out equal on every machine and in every repetition. */
const learningCode = /^(core\/(stats|domain|algorithm|site)|plugins\/(linear|grpo|agentq|sites\/[^/]+|shaping))\//;
const unrepeatable: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [
    /\bMath\.(exp|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot)\b/g,
    'its last bit differs between runtimes; use the exact functions of "halo-agent/kit"',
  ],
  [/\*\*=?(?!\s*\d+(?![\d.]))/g, '`**` with an exponent that is no integer literal; use "halo-agent/kit"'],
  [/\.\s*(localeCompare|toLocale\w+)\b|\bIntl\b/g, "depends on the machine's language data; compare with < and >"],
  [/\bDate\s*\.\s*now\b|\bnew\s+Date\s*(\(\s*\)|(?!\s*\())|\bperformance\s*\.\s*now\b/g, "reads the wall clock"],
  [/\bMath\s*\.\s*random\b|\brandomUUID\b|\bgetRandomValues\b|\brandomBytes\b/g, "not repeatable; use the keyed rng"],
];
/** File and call that may stay, with the reason. An entry that no longer applies fails the test. */
const repeatableAnyway: readonly { readonly file: string; readonly call: string; readonly reason: string }[] = [
  { file: "core/stats/permutation.ts", call: "**", reason: "2 to an integer power is exact everywhere" },
];

const longest = 400;
const isCode = (path: string) => /\.(ts|tsx|mts|mjs|js)$/.test(path);

/** Files of the repository, ignored ones left out; every file on disk where git is missing. */
function repositoryFiles(): string[] {
  const git = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    timeout: 20_000,
  });
  const files = git.status === 0 ? git.stdout.split("\0").filter((path) => path !== "") : walk("");
  return files.filter((path) => existsSync(root + path)).sort();
}

function walk(folder: string): string[] {
  const ignored = ["node_modules", ".git", ".tools", "runs", "dist"];
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [folder + entry.name] : ignored.includes(entry.name) ? [] : walk(`${folder}${entry.name}/`)
  );
}

const files = repositoryFiles();
const sources: readonly SourceFile[] = files
  .filter((path) => isCode(path) && !path.startsWith("tests/fixtures/"))
  .map((path) => readSource(root, path));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

const isRelative = (specifier: string) => specifier.startsWith(".");
const packageOf = (specifier: string) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
const isPackage = ({ specifier }: Import) =>
  !isRelative(specifier) && !isBuiltin(specifier) && packageOf(specifier) !== "halo-agent" &&
  !/^(data|file|https?):/.test(specifier);

/** What is wrong with each import, by `check`; one line each. */
function wrongImports(under: string, check: (file: SourceFile, one: Import) => string | undefined): string[] {
  return sources.filter((file) => file.path.startsWith(under)).flatMap((file) =>
    file.imports.flatMap((one) => {
      const problem = check(file, one);
      return problem ? [`${file.path}:${one.line} imports "${one.specifier}": ${problem}`] : [];
    })
  );
}

/** Fails with one violation a line. */
function none(violations: readonly string[]): void {
  // Without a stack: the lines say where, and uvu would print them twice.
  if (violations.length > 0) throw Object.assign(new Error(violations.join("\n    ")), { stack: "" });
}

/** The room of a file of core: its folder, or the nearest one around it that is a room. */
function roomOf(path: string): string | undefined {
  const parts = path.split("/").slice(1, -1);
  while (parts.length > 0) {
    const folder = parts.join("/");
    if (folder in rooms) return folder;
    parts.pop();
  }
  return undefined;
}

/** Ways through a graph that end where they began, each once, as they are met from the first node on. */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (node: string): void => {
    const start = trail.indexOf(node);
    if (start >= 0) circles.push([...trail.slice(start), node]);
    if (start >= 0 || done.has(node)) return;
    trail.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    trail.pop();
    done.add(node);
  };
  for (const node of graph.keys()) visit(node);
  return circles;
}

const test = suite("boundaries");

test("core imports go one way", () => {
  none(wrongImports("core/", (file, { specifier }) => {
    const isEntry = entries.includes(file.path);
    if (packageOf(specifier) === "halo-agent") return "core imports its own files by relative path";
    if (!isRelative(specifier)) return undefined;
    const path = target(file, specifier);
    if (path === builtinTable) {
      return readsBuiltinTable.test(file.path) ? undefined : "only plugin, config, run and cli read the built-in table";
    }
    if (!path.startsWith("core/")) return `core reaches no file outside core but ${builtinTable}`;
    if (entries.includes(path)) return isEntry ? undefined : "the public entries are for plugins, not for core";
    const to = roomOf(path);
    if (isEntry) return to === "cli" ? "the command line is no part of the public entries" : undefined;
    const from = roomOf(file.path);
    if (from === undefined) return "this folder is no room of the house; add it to `rooms` in this test";
    const allowed = rooms[from]!;
    if (to === from || to !== undefined && allowed.includes(to)) return undefined;
    return `core/${from} may import ${
      allowed.length ? allowed.map((room) => `core/${room}`).join(", ") : "nothing else"
    }`;
  }));
});

test("a room imports only rooms below it", () => {
  const order = Object.keys(rooms);
  none(
    Object.entries(rooms).flatMap(([room, below]) =>
      below.filter((other) => !(order.indexOf(other) >= 0 && order.indexOf(other) < order.indexOf(room)))
        .map((other) => `core/${room} may import core/${other}, which does not stand above it in \`rooms\``)
    ),
  );
});

test("no file of core imports itself through others, types included", () => {
  const graph = new Map(
    sources.filter((file) => file.path.startsWith("core/")).map((file) => [
      file.path,
      file.imports.filter(({ specifier }) => isRelative(specifier)).map(({ specifier }) => target(file, specifier)),
    ]),
  );
  assert.ok(graph.size > 150, `${graph.size} files`);
  none(circlesOf(graph).map((circle) => circle.join(" → ")));
});

test("circlesOf finds circles of files and nothing else", () => {
  const graph = new Map([
    ["a", ["b", "c", "outside"]],
    ["b", ["c"]],
    ["c", ["d"]],
    ["d", ["b"]],
    ["e", ["a", "e"]],
  ]);
  assert.equal(circlesOf(graph), [["b", "c", "d", "b"], ["e", "e"]]);
  assert.equal(circlesOf(new Map([["a", ["b", "c"]], ["b", ["c"]], ["c", []]])), []);
});

test("plugins import the public entries and their own folder", () => {
  none(wrongImports("plugins/", (file, { specifier }) => {
    if (file.path === builtinTable) return undefined;
    const subject = file.path.split("/", file.path.startsWith("plugins/sites/") ? 3 : 2).join("/");
    if (isRelative(specifier)) {
      const path = target(file, specifier);
      if (path.startsWith(`${subject}/`)) return undefined;
      return path.startsWith("core/")
        ? `not public; a plugin imports ${entrySpecifiers.join(", ")}`
        : "another subject; reach it through `needs`";
    }
    if (packageOf(specifier) !== "halo-agent" || entrySpecifiers.includes(specifier)) return undefined;
    return `no public entry; there are ${entrySpecifiers.join(", ")}`;
  }));
});

test("packages stay in their one place", () => {
  none(wrongImports("", (file, { specifier }) => {
    const home = packageHomes[packageOf(specifier)];
    return home === undefined || home.test(file.path) ? undefined : `only ${home.source} may`;
  }));
});

test("node built-ins are imported with node:", () => {
  none(
    wrongImports(
      "",
      (_, { specifier }) =>
        isBuiltin(specifier) && !specifier.startsWith("node:") ? `write "node:${specifier}"` : undefined,
    ),
  );
});

test("relative imports name a file that exists, with its suffix", () => {
  none(
    wrongImports(
      "",
      (file, { specifier }) =>
        isRelative(specifier) && !existsSync(root + target(file, specifier)) ? "no such file" : undefined,
    ),
  );
});

test("shipped code imports only run-time dependencies", () => {
  const shipped = Object.keys(manifest.dependencies);
  const known = [...shipped, ...Object.keys(manifest.devDependencies)];
  none(wrongImports("", (file, one) => {
    if (!isPackage(one)) return undefined;
    const name = packageOf(one.specifier);
    if (!known.includes(name)) return "not in package.json";
    // A site's page is bundled before it ships, and what is loaded on demand may be absent from a user's machine.
    const isRuntime = /^(core|plugins|bin)\//.test(file.path) &&
      !/^(plugins\/sites\/[^/]+|core\/site|core\/view)\/app\//.test(file.path) && file.path !== "core/site-app.ts";
    const isNeeded = isRuntime && !one.typeOnly && !one.dynamic;
    return isNeeded && !shipped.includes(name) ? "a development dependency; users do not have it" : undefined;
  }));
});

test("learning code calls nothing that differs between machines or repetitions", () => {
  const spared = new Set<object>();
  const violations = sources.filter((file) => learningCode.test(file.path)).flatMap((file) =>
    unrepeatable.flatMap(([pattern, instead]) =>
      [...file.code.matchAll(pattern)].flatMap((found) => {
        const exception = repeatableAnyway.find((one) => one.file === file.path && found[0].includes(one.call));
        if (exception) spared.add(exception);
        return exception ? [] : [`${file.path}:${lineOf(file.code, found.index)} ${found[0].trim()}: ${instead}`];
      })
    )
  );
  const stale = repeatableAnyway.filter((one) => !spared.has(one)).map((one) => `${one.file} ${one.call}: stale entry`);
  none([...violations, ...stale]);
});

test("only core/cli/exit.ts ends the process", () => {
  none(
    sources.filter(({ path }) => /^(core|plugins|bench)\//.test(path) && path !== "core/cli/exit.ts").flatMap((file) =>
      [...file.code.matchAll(/\b(process|Deno)\s*\.\s*(exit|abort|reallyExit)\b(?!Code)/g)].map((found) =>
        `${file.path}:${lineOf(file.code, found.index)} ${found[0]}: throw a HaloError, or set process.exitCode`
      )
    ),
  );
});

test("files are named after what they hold", () => {
  const vague = /^(index|utils?|helpers?|common|misc|types)\.(ts|tsx|mts|js|mjs)$/;
  none(
    sources.flatMap(({ path }) => [
      ...(vague.test(basename(path)) ? [`${path}: the name says nothing; name it after its one concept`] : []),
      ...(/^[a-z0-9.-]+$/.test(basename(path)) ? [] : [`${path}: file names are kebab-case`]),
    ]),
  );
});

test("files stay short, or say in their head comment why they do not", () => {
  none(
    sources.flatMap(({ path, text }) => {
      const lines = text.split("\n").length - 1;
      const head = text.match(/^\s*(?:\/\*[\s\S]*?\*\/|(?:\/\/[^\n]*\n\s*)+)/)?.[0] ?? "";
      if (lines <= longest || /over 400 lines/i.test(head)) return [];
      return [`${path}: ${lines} lines; split it by noun, or begin it with "Over ${longest} lines because …"`];
    }),
  );
});

test("no file names a folder of one machine or the host of a registry", () => {
  const host = (...labels: string[]) => labels.join("\\.");
  const hosts = [
    host("registry", "npmjs", "org"),
    host("registry", "yarnpkg", "com"),
    host("files", "pythonhosted", "org"),
    host("pypi", "org/simple"),
    host("deb", "debian", "org"),
    host("npm", "jsr", "io"),
  ];
  const folders = [
    "/ho" + "me/[a-z]+/",
    "/Us" + "ers/[A-Za-z]+/",
    "/ro" + "ot/",
    "/wo" + "rk/",
    "[A-Z]:\\\\Us" + "ers",
  ];
  const forbidden = new RegExp(`(?<![\\w.*}-])(?:${[...folders, ...hosts].join("|")})`, "g");
  none(
    files.flatMap((path) => {
      const bytes = readFileSync(root + path);
      if (bytes.includes(0)) return [];
      const text = bytes.toString("utf8");
      return [...text.matchAll(forbidden)].map((found) => `${path}:${lineOf(text, found.index)} ${found[0]}`);
    }),
  );
});
