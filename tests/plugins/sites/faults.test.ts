// runtime: node
// What `/config` of the official sites can ask for, as options of the sites: answers that take their time, and errors.
import type { Json } from "../../../core/domain/json.ts";
import type { Observation } from "../../../core/domain/observation.ts";
import type { Site } from "../../../core/domain/site.ts";
import { PagePool } from "../../../core/browser/pool.ts";
import { serveAssets } from "../../../core/browser/serve.ts";
import { stanceAt } from "../../../core/browser/stance.ts";
import { siteTasks } from "../../../core/site.ts";
import { endState, openSite } from "../../../core/suite/site-pages.ts";
import { createPlugin } from "../../../core/testing.ts";
import { gocalendar } from "../../../plugins/sites/gocalendar/gocalendar.ts";
import calendarSite from "../../../plugins/sites/gocalendar/site.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import mailSite from "../../../plugins/sites/gomail/site.ts";
import { omnizon } from "../../../plugins/sites/omnizon/omnizon.ts";
import shopSite from "../../../plugins/sites/omnizon/site.ts";
import homesSite from "../../../plugins/sites/zilloft/site.ts";
import { zilloft } from "../../../plugins/sites/zilloft/zilloft.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { click, type Step, type } from "./steps.ts";

const test = suite("sites/faults");
const latency = 150;

/** Steps to what fails, of which the site answers those of `asked`, counted from 0; and what the page then says. */
interface Way {
  readonly definition: typeof gomail | typeof gocalendar | typeof omnizon | typeof zilloft;
  readonly plugin: typeof mailSite;
  readonly error: string;
  readonly says: string;
  readonly steps: readonly Step[];
  readonly asked: readonly number[];
}

const ways: readonly Way[] = [
  {
    definition: gomail,
    plugin: mailSite,
    error: "error_sending_mail",
    says: "The message could not be sent. Try again later.",
    steps: [
      click("button", /^Create new label$/),
      type("textbox", /^Label name$/, "Plants"),
      click("button", /^Create$/),
      click("button", /^Compose$/),
      type("combobox", /^To$/, "kevin.moore@example.com"),
      type("textbox", /^Subject$/, "Plants"),
      click("button", /^Send$/),
    ],
    asked: [2, 6],
  },
  {
    definition: gocalendar,
    plugin: calendarSite,
    error: "error_saving_event",
    says: "The event could not be saved. Try again later.",
    steps: [
      click("button", /^Next$/),
      click("button", /^Create$/),
      click("menuitem", /^Event$/),
      type("textbox", /^Title$/, "Choir", true),
      click("button", /^Dismiss$/),
      click("button", /^Save$/),
    ],
    asked: [0, 3, 5],
  },
  {
    definition: omnizon,
    plugin: shopSite,
    error: "error_placing_order",
    says: "We could not place your order. Nothing was charged; please try again later.",
    steps: [
      type("searchbox", /^Search the shop$/, "headphones", true),
      // The click closes the menu, here only once the page of the product comes.
      click("button", /^Account$/),
      click("link", /Harbor Over-Ear Headphones$/),
      click("button", /^Quantity/),
      click("menuitem", /^2$/),
      click("button", /^Buy Now/),
      click("button", /^Place your order$/),
    ],
    asked: [0, 2, 5, 6],
  },
  {
    definition: zilloft,
    plugin: homesSite,
    error: "error_contacting_agent",
    says: "The request could not be sent. Please try again.",
    steps: [
      type("searchbox", /^Address/, "Oakland, CA", true),
      click("link", /^Open /),
      click("button", /^Contact agent$/),
      type("textbox", /^Name$/, "Ana Brook"),
      type("textbox", /^Email$/, "ana.brook@example.com"),
      type("textbox", /^Phone$/, "555-123-4567"),
      click("button", /^Send message$/),
    ],
    asked: [0, 1, 6],
  },
];

const siteOf = (plugin: Way["plugin"], options: Readonly<Record<string, unknown>>): Promise<Site> =>
  createPlugin(plugin, options) as Promise<Site>;
const firstTask = ({ definition }: Way) =>
  siteTasks(definition as typeof gomail, { templates: ["all"], max_optimum: 8, cap: 0 })
    .draw({ split: "train", index: 0, seed: 0 });

/** What one step led to. */
interface Stood {
  readonly elements: Observation["elements"];
  readonly url: string;
  readonly state: string;
  readonly ms: number;
}

/** Plays the steps and keeps what the next observation shows each time. */
async function played(way: Way, site: Site, t: TestContext): Promise<readonly Stood[]> {
  const pages = t.use(await openSite(site));
  const episode = await pages.open(firstTask(way), t);
  let seen = await episode.observe({ need: {}, signal: t.signal });
  const stood: Stood[] = [];
  for (const step of way.steps) {
    const start = performance.now();
    const { observation, error } = await episode.step(step(seen), { need: {}, signal: t.signal });
    const ms = performance.now() - start;
    assert.is(error, undefined, error?.message);
    seen = observation;
    stood.push({ elements: seen.elements, url: seen.url, state: await endState(episode, t), ms });
  }
  await pages.close();
  return stood;
}

for (const way of ways) {
  const { name } = way.definition;
  test(`${name}: answers that take their time lead to the same pages, and what is told to fail says so`, async (t) => {
    const errors = [way.error];
    const site = await siteOf(way.plugin, { errors, latency });
    const [plain, late] = [await played(way, await siteOf(way.plugin, { errors }), t), await played(way, site, t)];
    for (const [i, { ms, ...stood }] of plain.entries()) {
      const { ms: lateMs, ...lateStood } = late[i]!;
      assert.equal(lateStood, stood, `page ${i + 1}`);
      // On a full machine Chromium's timers come up to 20 ms before their time.
      const isWaited = lateMs >= latency / 2;
      assert.ok(!way.asked.includes(i) || isWaited, `step ${i + 1} took ${lateMs} ms, without latency ${ms}`);
    }
    assert.ok(late.at(-1)!.state.includes(way.says), way.says);
    const task = firstTask(way);
    const { config } = site.report!(task, site.start(task), JSON.parse(late.at(-1)!.state)) as unknown as {
      config: Readonly<Record<string, Readonly<Record<string, Json>>>>;
    };
    const section = config[way.definition.official!.section]!;
    assert.equal([section["latency"], section[way.error]], [latency, true]);
  }, { timeoutMs: 120_000 });
}

test("a page that waits for an answer says so, keeps what it showed and lets what follows wait", async (t) => {
  const site = await siteOf(calendarSite as Way["plugin"], { latency });
  const server = t.use(await serveAssets(await site.assets()));
  const [task, home] = [firstTask(ways[1]!), `http://${site.host}/`];
  const pool = t.use(new PagePool({ hosts: { [site.host]: server.address }, url: home, isOwn: true }));
  const page = await pool.take(t);
  await page.restore(stanceAt(home, JSON.stringify(site.start(task))), t);
  const now = `({ busy: document.body.getAttribute("aria-busy"), isWaiting: __halo.pending() > 0,
    title: document.querySelector("h1").textContent })`;
  const pressed = `(() => { const press = (name) => document.querySelector('[aria-label="' + name + '"]').click();
    press("Next month"); press("Next"); press("Next"); return ${now}; })()`;
  const before = await page.main<{ readonly title: string }>(now, t);
  assert.equal(await page.main(pressed, t), { busy: "true", isWaiting: true, title: before.title });
  await page.settle(t);
  const { title, ...idle } = await page.main<{ readonly title: string }>(now, t);
  assert.equal(idle as object, { busy: null, isWaiting: false });
  assert.is(title, "Jul – Aug 2024");
});

test("a switch that a site does not have is refused, and so is a latency that pages do not outlast", async () => {
  const refused = async (options: object) =>
    (await thrownBy(() => siteOf(shopSite as Way["plugin"], { ...options })) as Error).message;
  assert.is(
    await refused({ errors: ["error_saving_event"] }),
    "option /errors/0 of site/omnizon must be equal to one of the allowed values",
  );
  assert.is(await refused({ latency: 5_000 }), "option /latency of site/omnizon must be <= 800");
});
