import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { join } from "node:path";
import type { Observation, Point, Task } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import { PageKeeper, readPages } from "../../../core/record/page-keeper.ts";
import { fromSeenRecord, type Seen, toSeenRecord } from "../../../core/record/seen.ts";
import { seenBytes } from "../../../core/record/seen-file.ts";
import { applyDelta, textDelta } from "../../../core/record/text-delta.ts";
import { assert, suite } from "../../harness.ts";
import { runsFolder } from "../run/board-run.ts";

const test = suite("record/seen");

test("applyDelta gives back the text that textDelta was given, whatever the texts", () => {
  const rng = keyedRng("delta", 1);
  const word = () => ["a", "bc", ",", '","x":', "{", "}", "é😀", "value ", "0,1,2,"][rng.int(9)]!;
  for (let round = 0; round < 400; round++) {
    const base = Array.from({ length: rng.int(60) }, word).join("");
    const cut = rng.int(base.length + 1);
    const other = Array.from({ length: rng.int(20) }, word).join("");
    for (
      const text of [
        base,
        "",
        other,
        base.slice(0, cut) + other + base.slice(cut),
        base.slice(cut) + base.slice(0, cut),
      ]
    ) {
      assert.is(applyDelta(base, textDelta(base, text)), text);
    }
  }
});

test("textDelta of a large state of which one value changed holds little more than that value", () => {
  const mails = Array.from({ length: 500 }, (_, i) => ({ id: `m${i}`, subject: `Subject number ${i}`, isRead: false }));
  const base = JSON.stringify({ clock: 1, mails });
  const text = JSON.stringify({
    clock: 2,
    mails: mails.map((mail, i) => i === 250 ? { ...mail, isRead: true } : mail),
  });
  const delta = textDelta(base, text);
  assert.is(applyDelta(base, delta), text);
  assert.ok(JSON.stringify(delta).length < 120, JSON.stringify(delta));
});

const task: Task = {
  id: "t",
  key: "t",
  goal: { id: "t", text: "do it", startUrl: "/", maxSteps: 3 },
  site: "s",
  template: "t",
  split: "train",
  optimum: 1,
  params: {},
};
const control = (id: string, name: string) =>
  ({ id, role: "button", name, states: [], near: "", region: "", centre: [1, 2], box: [0, 1, 2, 3] }) as const;
const observation = (...names: readonly string[]): Observation => ({
  url: "http://x.test/",
  title: "X",
  stateKey: names.join(),
  elements: names.map((name, i) => control(`e${i}`, name)),
});
const point = (id: string, depth: number, o: Observation): Point => ({
  id,
  task: task.goal,
  depth,
  observation: o,
  history: [],
});
const mark = (state: unknown) => ({ task, seed: 7, actions: [], fingerprint: { url: "x" }, state: state as string });

test("a seen record keeps equal controls and pages once, and gives every point back", () => {
  const { stateKey, url, title, elements } = observation("A", "B");
  const page = { stateKey, url, title, elements };
  const { task: _, ...kept } = mark({ state: '{"clock":1,"text":"a long enough text that is copied"}' });
  const seen: Seen = {
    of: "i1.s0",
    task,
    points: [
      { id: "root", depth: 0, page, mark: kept },
      {
        id: "same",
        depth: 1,
        page: { ...page, elements: [...elements] },
        mark: { ...kept, state: { state: '{"clock":2,"text":"a long enough text that is copied"}' } },
      },
      { id: "end", depth: 1, page: { ...page, stateKey: "other", elements: [elements[1]!], shot: "abc" } },
    ],
  };
  const record = toSeenRecord(seen);
  assert.equal([record.elements.length, record.pages.length, record.points.map((p) => p.page)], [2, 2, [0, 0, 1]]);
  assert.equal(fromSeenRecord(JSON.parse(JSON.stringify(record))), seen);
});

test("PageKeeper keeps the pages of a slot, and says once that the limit is reached", async (t) => {
  const { path } = t.use(runsFolder());
  const warnings: string[] = [];
  const keeper = new PageKeeper({ run: path, maxBytes: 700, warn: (message) => warnings.push(message) });
  for (const slot of ["i1.s0", "i1.s1", "i1.s2"]) {
    const pages = keeper.collector();
    pages.add(point("root", 0, observation("A", "B")), mark({ n: 1 }));
    pages.add(point("end", 1, observation("B")), undefined);
    await pages.keep(slot, task);
  }
  assert.equal(warnings, [
    "pages are recorded no longer: with them the run would take more than record.max_mb, 0.0007 MB",
  ]);
  const kept = (await readPages(path, "i1.s0"))!;
  assert.equal(kept.points.map((p) => [p.id, p.depth, p.page.elements.map((e) => e.name), p.mark?.state]), [
    ["root", 0, ["A", "B"], { n: 1 }],
    ["end", 1, ["B"], undefined],
  ]);
  assert.is(await readPages(path, "i1.s2"), undefined);
  assert.ok(readdirSync(join(path, "pages")).length < 3);
});

test("PageKeeper counts what an earlier attempt of the run kept", async (t) => {
  const { path } = t.use(runsFolder());
  mkdirSync(join(path, "pages"));
  writeFileSync(join(path, "pages", "i0.s0.br"), new Uint8Array(5000));
  const warnings: string[] = [];
  const pages = new PageKeeper({ run: path, maxBytes: 5100, warn: (message) => warnings.push(message) }).collector();
  pages.add(point("root", 0, observation("A")), undefined);
  await pages.keep("i1.s0", task);
  assert.is(warnings.length, 1);
});

test("a disk that refuses pages is one warning and no error", async (t) => {
  const { path } = t.use(runsFolder());
  writeFileSync(join(path, "pages"), "a file where the folder should be");
  const warnings: string[] = [];
  const keeper = new PageKeeper({ run: path, maxBytes: 1e6, warn: (message) => warnings.push(message) });
  for (const slot of ["a", "b"]) await keeper.collector().keep(slot, task);
  assert.is(warnings.length, 1);
  assert.match(warnings[0]!, /^pages are recorded no longer: E/);
});

test("readPages refuses a file that is none, naming it", async (t) => {
  const { path } = t.use(runsFolder());
  mkdirSync(join(path, "pages"));
  writeFileSync(join(path, "pages", "i1.s0.br"), "not packed");
  const { code, message } = await readPages(path, "i1.s0").catch((e) => e);
  assert.equal([code, message], [
    "HALO_RUN_CORRUPT",
    `${path}/pages/i1.s0.br: expected a packed file of pages, got other bytes`,
  ]);
});

test("readPages refuses pages that unpack to others than were written", async (t) => {
  const { path } = t.use(runsFolder());
  mkdirSync(join(path, "pages"));
  const text = brotliDecompressSync(await seenBytes({ of: "i1.s0", task, points: [] })).toString("utf8");
  writeFileSync(join(path, "pages", "i1.s0.br"), brotliCompressSync(text.replace('"of":"i1.s0"', '"of":"i1.s9"')));
  const { code, message } = await readPages(path, "i1.s0").catch((e) => e);
  assert.equal([code, message], [
    "HALO_RUN_CORRUPT",
    `${path}/pages/i1.s0.br: expected the pages that were written, got changed ones`,
  ]);
});

test("PageKeeper keeps the screenshots of all pages where they are wanted, before the pages that name them", async (t) => {
  const { path } = t.use(runsFolder());
  const kept: string[] = [];
  const shots = {
    put: async (png: Uint8Array) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      kept.push(String(png));
      return "";
    },
  };
  const seeing = (id: string, byte: number): Point => {
    const screenshot = { sha256: id, widthPx: 1, heightPx: 1, png: Uint8Array.of(byte) };
    return { ...point(id, 0, observation("A")), observation: { ...observation("A"), screenshot } };
  };
  const warnings: string[] = [];
  const keeper = new PageKeeper({ run: path, maxBytes: 1e6, warn: (message) => warnings.push(message) });
  for (const [of, wanted, shown] of [["i1.s0", undefined, []], ["i1.s1", shots, ["1", "2"]]] as const) {
    const pages = keeper.collector(wanted);
    pages.add(seeing("a", 1), undefined);
    pages.add(seeing("b", 2), undefined);
    await pages.keep(of, task);
    assert.equal(kept, [...shown]);
  }
  assert.equal((await readPages(path, "i1.s1"))!.points.map(({ page }) => page.shot), ["a", "b"]);
  const refusing = keeper.collector({ put: () => Promise.reject(new Error("ENOSPC: no space left")) });
  refusing.add(seeing("c", 3), undefined);
  await refusing.keep("i1.s2", task);
  assert.equal(warnings, ["pages are recorded no longer: ENOSPC: no space left"]);
  assert.is(await readPages(path, "i1.s2"), undefined);
});
