// runtime: node
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { browserTabs } from "../../../core/domain/observation.ts";
import type { Environment, Grade, Site, Task } from "../../../core/mod.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { createPlugin } from "../../../core/testing.ts";
import plugin from "../../../plugins/real/environment.ts";
import type { Patience } from "../../../plugins/real/hosted/protocol.ts";
import { hostedUrl } from "../../../plugins/real/start-url.ts";
import gomail from "../../../plugins/sites/gomail/site.ts";
import { Hand } from "../../core/browser/desk.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { type Fault, mailHost, serveHosted } from "./hosted-stand-in.ts";
import { hostedOn, hostedSuccess, hostedTasks, runsOf } from "./hosted-runs.ts";
import { installed } from "./installed.ts";
import { openScripted } from "./verdicts.ts";

const here = await installed();
const site: Site = await gomail.create({}, {});
const standIn = await serveHosted(site);
const test = suite("real/hosted");

const url = `https://${mailHost}/`;
const task: Task = {
  id: "v2.gomail-24",
  key: "v2.gomail-24",
  goal: { id: "v2.gomail-24", text: "Delete John Doe's mail.", startUrl: url, maxSteps: 25 },
  site: "gomail",
  template: "v2.gomail-24",
  split: "eval",
  optimum: 25,
  params: { real: "v2.gomail-24" },
};

/** Passes nothing; keeps the reports it was given. */
function reports(): { readonly seen: unknown[]; readonly grade: Grade } {
  const seen: unknown[] = [];
  return { seen, grade: ({ report }) => (seen.push(report), Promise.resolve({ success: false, by: "t", reason: "" })) };
}

type Changeable<T> = { -readonly [K in keyof T]: T[K] };
const patience: Changeable<Patience> = { openMs: 20_000, finishMs: 20_000, reportMs: 3_000, attempts: 3, pauseMs: 5 };
const long = { timeoutMs: 90_000 };

/** The site under its hosted name in each mode; the last test closes both. */
const environments = {
  strict: hostedOn(standIn, { patience: { ...patience, attempts: 1 } }),
  training: hostedOn(standIn, { mode: "training", patience, forking: "replay", clock: "2024-07-18T19:00:00Z" }),
} as const;

/** An episode on the site, with what it asks for counted anew. */
async function begin(t: TestContext, mode: keyof typeof environments, fault?: Fault) {
  standIn.reset();
  standIn.fault = fault;
  const { seen, grade } = reports();
  const hand = await Hand.on(await environments[mode].open(task, { signal: t.signal, seed: 0, grade }), t);
  return { seen, grade, hand };
}

const pages = () => standIn.asked.filter((one) => !/\.(js|css|woff2|ico|png|svg)$/.test(one));

for (const mode of ["strict", "training"] as const) {
  test(
    `an episode in mode ${mode} asks for what the harness asks for, and the report is that of its page`,
    async (t) => {
      const { forking, sideEffects, capacity } = environments[mode];
      const expected = mode === "strict" ? ["none", "server", 2] : ["replay", "none", 2];
      assert.equal([forking, sideEffects, capacity], expected);
      const { seen, hand } = await begin(t, mode);
      assert.is(hand.seen.url, url);
      await hand.do({ action: "click", ...hand.el("Select email from John Doe, Recap of the Monday meeting") });
      await hand.do({ action: "click", ...hand.el("Delete") });
      await hand.episode.verdict(t);
      await hand.do({ action: "noop" });
      assert.not.ok(hand.seen.elements.some(({ role, region }) => role === "tab" && region === browserTabs));
      assert.equal(pages(), [
        `${mailHost} //config?run_id=0&task_id=v2.gomail-24&latency=0`,
        `${mailHost} //finish`,
        `${mailHost} /`,
        `${mailHost} //finish`,
      ]);
      const { config, differences, actionhistory } = JSON.parse(seen[0] as string);
      assert.equal(config, { gomail: { run_id: "0", task_id: "v2.gomail-24", latency: 0, removePopup: false } });
      assert.equal(differences.emails.updated.map((mail: { id: string; trash: boolean }) => [mail.id, mail.trash]), [
        ["1", true],
      ]);
      assert.equal(actionhistory.map(({ type }: { type: string }) => type), ["select", "move"]);
    },
    long,
  );
}

test(
  "the report is handed on as it is written; in mode strict it is asked for once, as the harness does",
  async (t) => {
    const { seen, hand } = await begin(t, "strict");
    const text = '{"b": 1.0, "a": 12345678901234567890, "b": "é  x"}';
    standIn.fault = onFinish((response) => html(response, `<pre>${text}</pre>`));
    await hand.episode.verdict(t);
    assert.equal(seen, [text]);
    standIn.fault = onFinish((r) => html(r, "", 500));
    const asked = pages().length;
    assert.is(await refusal(() => hand.episode.verdict(t)), "HALO_REAL_BUSY SITE/finish came with HTTP status 500");
    assert.is(pages().length - asked, 1);
  },
  long,
);

const html = (response: ServerResponse, body: string, status = 200): void =>
  void response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(body);

/** A fault of one page. */
const on = (path: string) => (answer: (response: ServerResponse) => void): Fault => (request, response) => {
  if (request.url?.split("?")[0] !== path) return false;
  answer(response);
  return true;
};
const onFinish = on("//finish");
const onConfig = on("//config");

/** Code and message of a refusal, addresses shortened. */
async function refusal(run: () => Promise<unknown>): Promise<string> {
  const e = await thrownBy(run);
  if (!isHaloError(e)) throw e;
  return `${e.code} ${e.message.replaceAll(url, "SITE").replace(/^(.*?Timeout 300ms exceeded).*$/s, "$1")}`;
}

const before: Readonly<Record<string, readonly [Fault, string]>> = {
  "is shut": [
    onConfig((r) => html(r, "Unavailable For Legal Reasons", 451)),
    "HALO_REAL_GONE SITE/config?run_id=0&task_id=v2.gomail-24&latency=0 came with HTTP status 451: the site is shut",
  ],
  "asks for a login": [
    onFinish((r) => html(r, "Login", 401)),
    "HALO_REAL_GONE SITE/finish came with HTTP status 401: the site is shut",
  ],
  "leads to another host": [
    onConfig((r) => void r.writeHead(302, { location: "https://vercel.com/sso" }).end()),
    "HALO_REAL_MOVED SITE leads to https://vercel.com, which is outside the task",
  ],
  "shows no report": [
    onFinish((r) => html(r, "<h1>Shop</h1><p>Welcome</p>")),
    'HALO_REAL_PROTOCOL SITE/finish shows no report but "Shop"',
  ],
  "shows no JSON": [
    onFinish((r) => html(r, "<pre>undefined</pre>")),
    `HALO_REAL_PROTOCOL SITE/finish shows no JSON: "undefined" is not valid JSON`,
  ],
  "does not answer": [
    onConfig(() => {}),
    "HALO_REAL_SILENT SITE/config?run_id=0&task_id=v2.gomail-24&latency=0 did not come: page.goto: Timeout 300ms exceeded",
  ],
  "stays busy": [
    onConfig((r) => html(r, "", 503)),
    "HALO_REAL_BUSY SITE/config?run_id=0&task_id=v2.gomail-24&latency=0 came with HTTP status 503",
  ],
};

test("each way in which a site does not play along before an episode is a typed answer", async (t) => {
  for (const [what, [fault, expected]] of Object.entries(before)) {
    patience.openMs = what === "does not answer" ? 300 : 20_000;
    assert.is(await refusal(() => begin(t, "training", fault)), expected, what);
  }
}, long);

test("a site that is busy for a moment, or shows its report late, is asked again", async (t) => {
  let busy = 2;
  const fault: Fault = (request, response) => {
    const path = request.url!.split("?")[0];
    if (path !== "//config" && path !== "//finish" || busy-- <= 0) return false;
    response.writeHead(busy === 1 ? 500 : 429, { "retry-after": "0" }).end();
    return true;
  };
  const { seen, hand: { episode } } = await begin(t, "training", fault);
  busy = 2;
  await episode.verdict(t);
  assert.is(seen.length, 1);
  const late = "<p>Saving…</p><script>setTimeout(() => document.body.innerHTML = '<pre>{}</pre>', 300)</script>";
  standIn.fault = onFinish((r) => html(r, late));
  await episode.verdict(t);
  assert.is(seen[1], "{}");
  standIn.fault = onFinish((r) => html(r, "Try later"));
  patience.reportMs = 50;
  assert.is(await refusal(() => episode.verdict(t)), 'HALO_REAL_REPORT SITE/finish shows no report but "Try later"');
  patience.reportMs = 3_000;
}, long);

test(
  "a page that reaches for other hosts, opens windows and never rests is played, and nothing else is reached",
  async (t) => {
    let elsewhere = 0;
    const other = createServer((_, response) => (elsewhere++, response.end("hello")));
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    t.defer(() => new Promise((done) => (other.closeAllConnections(), other.close(done))));
    const at = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    const body = `<title>Busy</title><img src="${at}"><img src="https://other.vercel.app/a.png"><script>
    fetch("${at}").catch(() => {}); new WebSocket("ws:${at.slice(5)}"); open("/finish");
    setInterval(() => document.title = Math.random(), 50)</script><a href="${at}">Away</a><button>Stay</button>`;
    const { seen, hand } = await begin(t, "training", on("/")((r) => html(r, body)));
    const { error } = await hand.do({ action: "goto", url: at });
    assert.is(error?.code, "BLOCKED_URL");
    await hand.episode.verdict(t);
    assert.is(seen.length, 1);
    assert.is(elsewhere, 0);
    assert.equal(standIn.asked.filter((one) => !one.startsWith(`${mailHost} `)), []);
  },
  long,
);

test("with replay an episode is forked after a fresh /config", async (t) => {
  const { seen, grade, hand } = await begin(t, "training");
  await hand.do({ action: "click", ...hand.el("Select email from John Doe, Recap of the Monday meeting") });
  const mark = await hand.episode.mark(t);
  const fork = await Hand.on(await environments.training.fork(mark, { signal: t.signal, grade }), t);
  assert.equal(fork.seen, hand.seen);
  await fork.do({ action: "click", ...fork.el("Delete") });
  await fork.episode.verdict(t);
  await hand.episode.verdict(t);
  assert.equal(seen.map((one) => JSON.parse(one as string).differences.emails.updated.length), [1, 0]);
}, long);

if ("missing" in here) {
  console.log(`skipped: ${here.missing}`);
} else {
  test("official verdicts through the hosted name are those of the replica, right run and near miss", async (t) => {
    const [environment, tasks] = [environments.training, await hostedTasks()];
    standIn.reset();
    const id = "v2.gomail-8";
    const row = await (await openScripted("gomail")).rowOf(id, t);
    for (const how of ["right", "near"] as const) {
      const o = { standIn, environment, tasks, id, state: runsOf(id).get(how)!, signal: t.signal };
      assert.is(await hostedSuccess(o), row[how].official, how);
    }
    assert.equal(standIn.asked.filter((one) => !one.startsWith(`${mailHost} `)), []);
  }, long);

  test("tasks of a hosted site begin at the address of their file, or at the host that is named", async () => {
    const begin = async (o: object) => (await (await hostedTasks(o)).list({ split: "eval" }))[0]!;
    const { goal, site: name } = await begin({});
    assert.equal([goal.startUrl, name], [url, "gomail"]);
    assert.is((await begin({ host: "real-gomail.vercel.app" })).goal.startUrl, "https://real-gomail.vercel.app/");
    assert.is(hostedUrl("https://real-opendining.vercel.app", "x.app"), "https://x.app");
    assert.match(
      await refusal(() => hostedTasks({ hosted: "gmail" })),
      /^HALO_REAL_TASK_UNKNOWN the REAL benchmark has no site "gmail"; its sites: dashdish, gocalendar, gomail, /,
    );
    assert.is(
      await refusal(() => hostedTasks({ site })),
      "HALO_REAL_TASK_UNKNOWN `site` and `sites` play on replicas, `hosted` on the site itself",
    );
    assert.is(
      await refusal(() => hostedTasks({ hosted: undefined, host: "x.app" })),
      "HALO_REAL_TASK_UNKNOWN `host` is the address of a `hosted` site",
    );
    assert.is(
      await refusal(() => hostedTasks({ version: "v1" })),
      "HALO_REAL_TASK_UNKNOWN `version: v1` is played on replicas only, `hosted` plays v2",
    );
  });
}

test("what it cannot serve is refused: stop: solved in mode strict, tasks of a replica", async (t) => {
  const create = async (o: object) => await createPlugin(plugin, o as never) as Environment;
  assert.is(
    await refusal(() => create({ stop: "solved" })),
    "HALO_REAL_TASK mode strict asks for the verdict once, at the end; stop: solved at every step",
  );
  const environment = t.use(await create({}));
  const onReplica = { ...task, goal: { ...task.goal, startUrl: "http://gomail.halo.test/" } };
  assert.is(
    await refusal(async () => await environment.open(onReplica, { signal: t.signal, seed: 0 })),
    'HALO_REAL_TASK v2.gomail-24 begins at "http://gomail.halo.test/", which is no https address of a hosted site',
  );
});

test("everything is closed", async () => {
  await Promise.all([environments.strict.close(), environments.training.close()]);
  await standIn.close();
});
