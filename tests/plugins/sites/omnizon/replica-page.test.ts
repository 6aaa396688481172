// runtime: node
// REAL tasks played on the page as a person does: clicks at places of the picture, text into what they focus.
import { silentLog } from "../../../../core/util/log.ts";
import { packageRoot } from "../../../../core/util/package-root.ts";
import { isHaloError } from "../../../../core/util/errors.ts";
import site from "../../../../plugins/sites/omnizon/site.ts";
import source from "../../../../plugins/real/tasks.ts";
import replica from "../../../../plugins/replica/environment.ts";
import { Hand } from "../../../core/browser/desk.ts";
import { assert, suite, type TestContext } from "../../../harness.ts";

/** A click on the control whose name fits, or, with a text, a search for it. */
type Move = readonly [name: RegExp, text?: string];
const search = (text: string): Move => [/^Search the shop$/, text];
const buy = (words: string, title: RegExp): readonly Move[] => [
  search(words),
  [title],
  [/^Buy Now: /],
  [/^Place your order$/],
];

const rightRuns: Readonly<Record<string, readonly Move[]>> = {
  "v2.omnizon-3": buy("headphones", /Foldable Travel Headphones$/),
  "v2.omnizon-13": buy("cooking pot", /Stainless Cooking Pot$/),
  "v2.omnizon-17": buy("neck pillow", /Cervical Neck Pillow$/),
  "v2.omnizon-24": [
    search("PS5 controller"),
    [/for PlayStation 5 PS5$/],
    [/^Quantity: 1$/],
    [/^2$/],
    [/^Buy Now: /],
    [/^Place your order$/],
  ],
  "v2.omnizon-25": [
    search("apron"),
    [/Linen Apron$/],
    [/^Add to Cart: /],
    ...buy("cooking pot", /Stainless Cooking Pot$/),
  ],
  "v2.omnizon-30": buy("queen size bed frame", /Queen Size Bed Frame$/),
};

/** Plays a run by places; returns what each step said about being solved. */
async function play(hand: Hand, moves: readonly Move[]): Promise<boolean[]> {
  const solved: boolean[] = [];
  for (const [name, text] of moves) {
    const found = hand.seen.elements.find((e) => name.test(e.name));
    if (found === undefined) throw new Error(`no ${name} among ${hand.seen.elements.map((e) => e.name).join(", ")}`);
    const at = found.centre;
    const { solved: now } = await hand.do(
      text === undefined ? { action: "click", at } : { action: "type", at, text, clear: true, submit: true },
    );
    solved.push(now);
  }
  return solved;
}

async function realTask(id: string) {
  const options = {
    site: await site.create({}, {}),
    tasks: [id],
    exclude_ungradeable: true,
    max_steps: 25,
    python: "python3",
  };
  const tasks = await source.create(options, { packageRoot: packageRoot(), log: silentLog });
  return { task: tasks.draw({ split: "eval", index: 0, seed: 0 }), grade: tasks.grade! };
}

async function opened(t: TestContext, id: string): Promise<Hand> {
  const { task, grade } = await realTask(id);
  const shop = await site.create({}, {});
  const environment = t.use(await replica.create({ site: shop, stop: "solved", forking: "native", pages: 1 }, {}));
  return await Hand.on(await environment.open(task, { signal: t.signal, seed: 0, grade }), t);
}

// Before the suite: it runs what is declared in one go.
const missing = await realTask("v2.omnizon-3").then(() => undefined, (e) => {
  if (isHaloError(e, "HALO_REAL_MISSING") || isHaloError(e, "HALO_PYTHON_NOT_FOUND")) return (e as Error).message;
  throw e;
});
const test = suite("omnizon/real tasks on the page");
if (missing !== undefined) {
  test(`REAL tasks on the page are skipped: ${missing}`, () => {});
} else {
  for (const [id, moves] of Object.entries(rightRuns)) {
    test(`${id} is solved by clicks with its last step and not before`, async (t) => {
      const hand = await opened(t, id);
      assert.equal(await play(hand, moves), moves.map((_, i) => i === moves.length - 1));
      assert.equal(await hand.episode.verdict(t), {
        success: true,
        by: `real/${id}`,
        reason: "the official script printed SUCCESS",
        strict: { success: true, by: `omnizon/${id}`, reason: "all that was asked for was done, and nothing else" },
      });
    });
  }
}
