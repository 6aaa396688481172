// runtime: node
import type { Environment } from "../../../../core/domain/environment.ts";
import type { Json } from "../../../../core/domain/json.ts";
import { defaultConfig, finishReport } from "../../../../core/site.ts";
import { isHaloError } from "../../../../core/util/errors.ts";
import { silentLog } from "../../../../core/util/log.ts";
import { packageRoot } from "../../../../core/util/package-root.ts";
import { defaultFolder, readTasks } from "../../../../plugins/real/agisdk.ts";
import { readList } from "../../../../plugins/real/lists.ts";
import { findPython } from "../../../../core/util/find-python.ts";
import source from "../../../../plugins/real/tasks.ts";
import replica from "../../../../plugins/replica/environment.ts";
import site from "../../../../plugins/sites/zilloft/site.ts";
import type { ZilloftState } from "../../../../plugins/sites/zilloft/state/state.ts";
import { zilloft } from "../../../../plugins/sites/zilloft/zilloft.ts";
import { Hand } from "../../../core/browser/desk.ts";
import { assert, suite, type TestContext } from "../../../harness.ts";
import { after, runs, untouched } from "../../../../plugins/sites/zilloft/official/runs.ts";

const official = zilloft.official!;
const reportOf = (final: ZilloftState): Json =>
  finishReport(official, { initial: untouched, final, history: [], config: defaultConfig("", official) });

const here = await readTasks(defaultFolder()).catch((e: unknown) => {
  if (isHaloError(e, "HALO_REAL_MISSING")) return undefined;
  throw e;
});
const python = await findPython("python3").catch((e: unknown) => {
  if (isHaloError(e, "HALO_PYTHON_NOT_FOUND")) return undefined;
  throw e;
});
const built = await site.create({}, {});

// After every wait: a suite runs what is declared in one go.
const test = suite("zilloft/official");

test("the report names each new request once, under 0, and the limits that are set, flat", () => {
  const { right } = runs["v2.zilloft-10"]!;
  const { differences, initialfinaldiff } = reportOf(after(right)) as Record<string, Record<string, unknown>>;
  const { requestTours, contactAgents } = differences as Record<string, { readonly added: Record<string, object> }>;
  assert.equal([Object.keys(requestTours!.added), Object.keys(contactAgents!.added)], [["0"], []]);
  assert.equal(initialfinaldiff!["updated"], { filter: { searchQuery: "Fresno, CA", maxPrice: 500_000, minBeds: 2 } });
  const none = reportOf(untouched) as Record<string, Record<string, unknown>>;
  assert.equal(none["initialfinaldiff"]!["updated"], {});
});

test("the list of easy tasks names tasks of the site", async () => {
  const { tasks } = await readList({ list: "easy", sites: ["zilloft"], packageRoot: packageRoot() });
  assert.equal(tasks.filter((id) => !(id in runs)), []);
});

/** Does what a person does: clicks where the control of a name is, and types. */
async function play(hand: Hand, moves: readonly (readonly [name: string, text?: string])[]): Promise<void> {
  for (const [name, text] of moves) {
    const found = hand.seen.elements.find((e) =>
      e.name === name || (name.endsWith("…") && e.name.startsWith(name.slice(0, -1)))
    );
    if (found === undefined) throw new Error(`no "${name}" among ${hand.seen.elements.map((e) => e.name).join(", ")}`);
    await hand.do({ action: "click", at: found.centre });
    if (text !== undefined) await hand.do({ action: "type", text, submit: found.role === "searchbox" });
  }
}

const field = "Address, city, ZIP or state";
const details = [["Name", "Ana Brook"], ["Email", "ana.brook@example.com"], ["Phone", "555-123-4567"]] as const;
const tour = [["Open …"], ["Request a tour"], ["2:00 PM"], ["Continue"], ...details, ["Continue"], [
  "Submit request",
]] as const;
const type = [["Home Type"], ["Deselect all"], ["Houses"], ["Apply"]] as const;
const upTo = (price: string) => [["Price"], ["Maximum price: No Max"], [price], ["Apply"]] as const;
const beds = (text: string) => [["Beds & Baths"], [`Bedrooms: ${text}`], ["Apply"]] as const;

const clicked: Readonly<Record<string, readonly (readonly [name: string, text?: string])[]>> = {
  "v2.zilloft-2": [
    [field, "Long Beach, CA"],
    ["Beds & Baths"],
    ["Bedrooms: 3+"],
    ["Bathrooms: 2+"],
    ["Use exact match"],
    ["Apply"],
    ...type,
    ...tour,
  ],
  "v2.zilloft-5": [[field, "San Jose, CA"], ["Open …"], ["Contact agent"], ...details, ["Send message"]],
  "v2.zilloft-10": [[field, "Fresno, CA"], ...upTo("$500,000"), ...beds("2+"), ...type, ...tour],
  "v2.zilloft-14": [
    [field, "Boston, MA"],
    ...upTo("$1,000,000"),
    ...type,
    ["Open …"],
    ["Contact agent"],
    ["9:00 AM"],
    ...details,
    ["Send message"],
  ],
  "v2.zilloft-23": [[field, "California"], ...upTo("$900,000"), ...beds("3+")],
};

if (here === undefined || python === undefined) {
  console.log("skipped: the REAL tasks or Python are not here; halo tasks fetch");
} else {
  const open = async (t: TestContext, id: string): Promise<Hand> => {
    const environment = t.use(
      replica.create({ site: built, stop: "declared", forking: "native", pages: 1 }, {}) as Environment,
    );
    const options = { site: built, tasks: [], exclude_ungradeable: true, max_steps: 60, python };
    const { list, grade: of } = await source.create(options, { packageRoot: packageRoot(), log: silentLog });
    const task = (await list({ split: "eval", match: id }))[0]!;
    return Hand.on(await environment.open(task, { signal: t.signal, seed: 0, grade: of! }), t);
  };
  for (const [id, moves] of Object.entries(clicked)) {
    test(`${id} is solved on the real page by clicks at places`, async (t) => {
      const hand = await open(t, id);
      assert.is((await hand.episode.verdict(t)).success, false);
      await play(hand, moves);
      const { success, strict } = await hand.episode.verdict(t);
      assert.equal([success, strict?.success], [true, true], strict?.reason);
    }, { timeoutMs: 60_000 });
  }
}
