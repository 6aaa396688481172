import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { defaultFolder, readTasks, type RealTask } from "../../../plugins/real/agisdk.ts";
import { chooseTasks } from "../../../plugins/real/choose.ts";
import { startUrl } from "../../../plugins/real/start-url.ts";
import source from "../../../plugins/real/tasks.ts";
import gomail from "../../../plugins/sites/gomail/site.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { runs } from "../../../plugins/sites/gomail/official/runs.ts";
import { installed } from "./installed.ts";

const here = await installed();
const root = packageRoot();
const easy: { readonly tasks: readonly string[] } = JSON.parse(
  await readFile(`${root}/configs/tasks/real-gomail-easy.json`, "utf8"),
);

const site = await gomail.create({}, {});
const test = suite("real/tasks");

/** Tasks of a made-up package: 1, 2, 4 and 11, the last without a script that could pass. */
const made = [1, 2, 4, 11].map((n): RealTask => ({
  id: `v2.gomail-${n}`,
  goal: `goal ${n}`,
  site: "gomail",
  difficulty: "medium",
  url: "https://hosted.example/",
  script: `eval_${n}.py`,
  isGradeable: n !== 11,
}));
const warned: string[] = [];
const choose = async (o: Partial<Parameters<typeof chooseTasks>[1]>, of = made) => {
  const chosen = await chooseTasks(of, {
    sites: ["gomail"],
    tasks: [],
    exclude_ungradeable: true,
    packageRoot: root,
    warn: (message) => warned.push(message),
    ...o,
  });
  return chosen.map((task) => task.id);
};
const refusal = async (o: Parameters<typeof choose>[0], of = made) => {
  const { message, hint } = await thrownBy(() => choose(o, of)) as { message: string; hint?: string };
  return `${message} (${hint})`;
};

test("chooseTasks keeps the asked order and leaves out what nothing can pass", async () => {
  assert.equal(await choose({}), ["v2.gomail-1", "v2.gomail-2", "v2.gomail-4"]);
  assert.equal(await choose({ tasks: ["v2.gomail-4", "v2.gomail-1"] }), ["v2.gomail-4", "v2.gomail-1"]);
  assert.equal(await choose({ tasks: ["v2.gomail-11"], exclude_ungradeable: false }), ["v2.gomail-11"]);
  assert.match(await refusal({ tasks: ["v2.gomail-11"] }), /^no task is left of the 1 asked for/);
});

test("chooseTasks names the nearest ids of an unknown one, and the lists there are", async () => {
  assert.is(
    await refusal({ tasks: ["v2.gomail-3"] }),
    'there is no task "v2.gomail-3" for gomail; nearest: v2.gomail-2, v2.gomail-4, v2.gomail-1 ' +
      "(ids look like v2.gomail-1 and are not numbered without gaps; halo tasks lists them)",
  );
  assert.match(
    await refusal({ sites: ["omnizon", "gomail"], tasks: ["v2.gomial-4"] }, two),
    /^there is no task "v2\.gomial-4" for omnizon, gomail; nearest: v2\.gomail-4, v2\.gomail-2, v2\.gomail-1 /,
  );
  assert.is(
    await refusal({ list: "eazy" }),
    'there is no list "eazy" of tasks for gomail (lists: easy, homes, mail, scheduling, shopping, tidying; or name a JSON file)',
  );
});

test("chooseTasks says what a bare id and one of v1 are", async () => {
  assert.is(
    await refusal({ tasks: ["gomail-1"] }),
    '"gomail-1" names no version; v2.gomail-1 is another task with the same number ' +
      "(write ids as v2.SITE-NUMBER, such as v2.gomail-1; agisdk itself takes a bare id for one of v1)",
  );
  assert.match(
    await refusal({ tasks: ["v1.gomail-3"] }),
    /^"v1\.gomail-3" is a task of v1, which `version: v1` plays where it can; v2 has no gomail-3 /,
  );
  assert.match(
    await refusal({ tasks: ["omnizon-3"] }, two),
    /^"omnizon-3" names no version; v2\.omnizon-3 is another /,
  );
  assert.match(
    await refusal({ tasks: ["V2.GoMail-2"] }),
    /^there is no task "V2\.GoMail-2"; did you mean "v2\.gomail-2"\?/,
  );
});

test("chooseTasks of v1 knows its own ids, those of v2, bare ones, and those that are not played", async () => {
  const earlier = [2, 3].map((n): RealTask => ({ ...made[0]!, id: `v1.gomail-${n}` }));
  const others = new Map([["v1.gomail-1", "a language model grades it"]]);
  const told = (...tasks: string[]) => refusal({ tasks, others }, earlier);
  assert.equal(await choose({ tasks: ["v1.gomail-3"] }, earlier), ["v1.gomail-3"]);
  assert.is(
    await told("v1.gomail-1"),
    "v1.gomail-1 is not played: a language model grades it (halo tasks --source real says it of each)",
  );
  assert.is(
    await told("v2.gomail-2"),
    '"v2.gomail-2" is a task of v2, which `version: v1` does not play; v1.gomail-2 is another task with the same number ' +
      "(one source plays tasks of one version)",
  );
  assert.is(
    await told("gomail-2"),
    '"gomail-2" names no version; v1.gomail-2 is the task of v1 ' +
      "(write ids as v1.SITE-NUMBER, such as v1.gomail-2; agisdk itself takes a bare id for one of v1)",
  );
  assert.is(
    await refusal({ list: "shopping" }, earlier),
    'the list "shopping" is of v2, and tasks of v1 are played (leave out `version: v1`, or the list)',
  );
});

test("chooseTasks plays no task twice, and says so when a list or options name it twice or name none", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "halo-test-"));
  t.defer(() => rm(folder, { recursive: true }));
  const file = async (...tasks: string[]) => {
    const path = join(folder, `${tasks.length}.json`);
    await writeFile(path, JSON.stringify({ criterion: "mine", tasks }));
    return path;
  };
  assert.match(await refusal({ tasks: ["v2.gomail-1", "v2.gomail-1"] }), /^v2\.gomail-1 is named twice; /);
  assert.match(
    await refusal({ list: await file("v2.gomail-1", "v2.gomail-2", "v2.gomail-1") }),
    /^v2\.gomail-1 is named twice; /,
  );
  assert.is(
    await refusal({ list: await file() }),
    `${join(folder, "0.json")} names no task (leave \`list\` out for every task of the site)`,
  );
  assert.equal(await choose({ sites: ["gomail", "gomail"], tasks: ["v2.gomail-2"] }), ["v2.gomail-2"]);
});

test("chooseTasks draws a sample by its seed, in the tasks' own order", async () => {
  const sample = (seed: number) => choose({ sample: 2, sample_seed: seed });
  assert.equal(await sample(1), await sample(1));
  const all = await Promise.all([1, 2, 3, 4, 5, 6].map(sample));
  assert.ok(new Set(all.map(String)).size > 1, "other seeds draw others");
  assert.ok(all.every(([a, b]) => a !== undefined && b !== undefined && a < b));
  warned.length = 0;
  assert.equal(await choose({ sample: 9 }), await choose({}));
  assert.equal(warned, ["sample is 9, but there are 3 tasks; each counts once"]);
});

/** Tasks of two sites, one of them without a replica here. */
const two = [
  ...made,
  ...[3, 9].map((n): RealTask => ({ ...made[0]!, id: `v2.omnizon-${n}`, site: "omnizon", difficulty: "hard" })),
];
const chooseOf = async (sites: readonly string[], o: Partial<Parameters<typeof chooseTasks>[1]> = {}) => {
  return await choose({ sites, ...o }, two);
};

test("chooseTasks takes tasks of several sites, by a list across sites, each site's own, or their difficulty", async () => {
  assert.equal(await chooseOf(["omnizon", "gomail"], { tasks: ["v2.omnizon-9", "v2.gomail-1"] }), [
    "v2.omnizon-9",
    "v2.gomail-1",
  ]);
  assert.equal(await chooseOf(["gomail", "omnizon"], { list: "shopping" }), ["v2.omnizon-3", "v2.omnizon-9"]);
  assert.equal(await chooseOf(["gomail", "omnizon"], { list: "mail" }), ["v2.gomail-4"]);
  assert.equal(await chooseOf(["gomail", "omnizon"], { difficulty: ["hard"] }), ["v2.omnizon-3", "v2.omnizon-9"]);
  const told = async (sites: readonly string[], o: Parameters<typeof chooseOf>[1]) =>
    (await thrownBy(() => chooseOf(sites, o)) as Error).message;
  assert.is(
    await told(["gomail"], { tasks: ["v2.omnizon-3"] }),
    "v2.omnizon-3 is a task of omnizon, not of gomail",
  );
  assert.is(
    await told(["gomail"], { list: "shopping" }),
    'the list "shopping" has no task for gomail; its sites: omnizon',
  );
  assert.is(await told(["gomail"], { difficulty: ["hard"] }), "none of the 4 tasks asked for is hard");
  assert.match(
    await told(["gomail", "omnizon"], { tasks: ["v2.omnizon-1"] }),
    /^there is no task "v2\.omnizon-1" for gomail, omnizon; nearest: v2\.omnizon-3, v2\.omnizon-9, v2\.gomail-1$/,
  );
});

test("every list that comes with halo names tasks that exist, each once, with its criterion", async () => {
  if ("missing" in here) return;
  const all = await readTasks(defaultFolder());
  const ids = new Set(all.map(({ id }) => id));
  for (const file of (await readdir(`${root}/configs/tasks`)).filter((name) => name.startsWith("real-"))) {
    const list: { criterion: string; tasks: string[] } = JSON.parse(
      await readFile(`${root}/configs/tasks/${file}`, "utf8"),
    );
    assert.ok(list.criterion.length > 10, file);
    assert.equal(list.tasks.filter((id) => !ids.has(id)), [], file);
    assert.is(new Set(list.tasks).size, list.tasks.length, file);
  }
});

test("the easy list has 14 tasks, each with a scripted run", () => {
  assert.is(easy.tasks.length, 14);
  assert.equal(easy.tasks.filter((id) => runs[id] === undefined), []);
});

test("startUrl keeps the page and changes the origin", () => {
  assert.is(startUrl(site, "https://hosted.example/"), "http://gomail.halo.test/");
  assert.is(
    startUrl(site, "https://hosted.example//settings?tab=1#top"),
    "http://gomail.halo.test/settings?tab=1#top",
  );
});

test("a site that is no replica of one of the benchmark's sites is refused", async () => {
  const { official: _, ...other } = site;
  const options = { site: { ...other, name: "todo" }, tasks: [], exclude_ungradeable: true, max_steps: 25 };
  const { message } = await thrownBy(() =>
    source.create({ ...options, python: "python3" }, { packageRoot: root, log: silentLog })
  ) as Error;
  assert.is(message, 'the REAL benchmark has no tasks for the site "todo"');
  assert.equal(site.official?.tasks, Object.keys(runs));
});

if ("missing" in here) {
  console.log(`skipped: ${here.missing}`);
} else {
  const open = (o: { list?: string } = {}) =>
    source.create(
      { site, tasks: [], exclude_ungradeable: true, max_steps: 25, python: "python3", ...o },
      { packageRoot: root, log: silentLog },
    );

  test("every task stands in every split, drawn in order, again under a new key when all were drawn", async () => {
    const tasks = await open();
    const draw = (index: number, split = "eval", seed = 0) => tasks.draw({ split, index, seed });
    const all = Array.from({ length: 21 }, (_, index) => draw(index).key);
    assert.equal(all, Object.keys(runs));
    assert.equal(Array.from({ length: 21 }, (_, index) => draw(index, "train", 7).key), all);
    assert.equal([draw(21).key, draw(42).key], ["v2.gomail-1~2", "v2.gomail-1~3"]);
    assert.equal((await tasks.list({ split: "eval", match: "v2.gomail-1*" })).map((task) => task.key).length, 10);
    const { goal: { text, ...goal }, ...task } = draw(0);
    assert.ok(text.length > 20);
    assert.equal({ ...task, goal }, {
      id: "v2.gomail-1/s25",
      key: "v2.gomail-1",
      goal: { id: "v2.gomail-1/s25", startUrl: "http://gomail.halo.test/", maxSteps: 25 },
      site: "gomail",
      template: "v2.gomail-1",
      split: "eval",
      optimum: 25,
      params: { real: "v2.gomail-1" },
    });
  });

  test("without a site every task of the benchmark is listed with what keeps it from being played", async () => {
    const all = await source.create({ tasks: [], exclude_ungradeable: true, max_steps: 25, python: "python3" }, {
      packageRoot: root,
      log: silentLog,
    });
    const tasks = await all.list({});
    const remarks = tasks.map((task) => all.remark!(task, ["gomail"]) ?? "can be played");
    const count = (what: string) => remarks.filter((one) => one === what).length;
    assert.equal(
      new Set(remarks.filter((one) => one.startsWith("ungradeable"))),
      new Set([
        "ungradeable: its script is empty",
        "ungradeable: its query wants one changed mail, its goal all of a sender's",
        "ungradeable: its query wants July 18, its goal July 19",
        "ungradeable: its query wants one certain person, its goal anybody",
        "ungradeable: its query wants days of 2025, the site is in 2024",
      ]),
    );
    // 121 tasks of v2 and 52 of v1: of the mail site's five, one contradicts its goal and one asks for a mail of others.
    assert.equal(
      ["can be played", "no replica yet", "names a mail that the replica's mailbox does not have"].map(count),
      [21 + 3, 99 + 44, 1],
    );
    assert.is(remarks.filter((one) => one.startsWith("ungradeable")).length, 5);
    assert.is(tasks.find((_, i) => remarks[i]!.startsWith("ungradeable"))?.key, "v2.gocalendar-11");
    assert.is((await open()).size!("eval"), 21);
    const { message } = await thrownBy(() => all.draw({ split: "eval", index: 0, seed: 0 })) as Error;
    assert.is(message, "the tasks of REAL are played on the replica of one site");
  });

  test("grade keeps the site's strict verdict beside that of the official script", async (t) => {
    const tasks = await open({ list: "easy" });
    const task = (await tasks.list({ split: "eval", match: "v2.gomail-24" }))[0]!;
    const strict = { success: false, by: "gomail/v2.gomail-24", reason: "other mails went too" };
    const report = { differences: { emails: { updated: [{ id: "1", trash: true }, { id: "2", trash: true }] } } };
    assert.equal(await tasks.grade!({ task, report, strict }, t), {
      success: true,
      by: "real/v2.gomail-24",
      reason: "the official script printed SUCCESS",
      strict,
    });
  });
}
