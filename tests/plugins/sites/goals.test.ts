// Goals as people word them, written before anybody looked at the readers: what they are read as, and never another kind.
import { readFile } from "node:fs/promises";
import { coverageOf, type LabelledGoal, readGoals } from "../../../core/cli/report/coverage.ts";
import { examplesIn } from "../../../core/site-assets.ts";
import { milestoneReward, type SiteDefinition, siteTasks, type SiteTypes } from "../../../core/site.ts";
import { wordingDoubt } from "../../../core/site/wording-doubt.ts";
import { gocalendar } from "../../../plugins/sites/gocalendar/gocalendar.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import { omnizon } from "../../../plugins/sites/omnizon/omnizon.ts";
import { zilloft } from "../../../plugins/sites/zilloft/zilloft.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("goals in free wording");

const sites = [gomail, gocalendar, omnizon, zilloft] as const;
type Site = (typeof sites)[number];
type Coverage = ReturnType<typeof coverageOf>;

function covering<T extends SiteTypes>(site: SiteDefinition<T>): (goals: readonly LabelledGoal[]) => Coverage {
  const { explain } = milestoneReward(site, { scale: 1, families: site.families.map(({ name }) => name) });
  return (goals) => coverageOf(goals, explain!);
}
const coverings = new Map(sites.map((site) => [site.name, covering(site as SiteDefinition<SiteTypes>)]));
const covered = ({ name }: Site, goals: readonly LabelledGoal[]) => coverings.get(name)!(goals);

const lines = ({ rows }: Coverage): readonly string[] =>
  rows.filter(({ is }) => is === "wrong").map(({ goal, read }) => `${goal}: ${read}`);

/** Readers learn in the first test that asks them, all four one after the other, each in some seconds. */
const learns = { timeoutMs: 120_000 };
const examplesOf = ({ name }: Site) =>
  examplesIn(new URL(`../../../plugins/sites/${name}/reading/examples.txt`, import.meta.url))();
const plain = ({ goal }: { readonly goal: string }): string => goal.trim().toLowerCase();
const taught = new Map(sites.map((site) => [site, new Set(examplesOf(site).map(plain))] as const));

/**
 * Lists by people who had not seen the readers, and how many of their goals are read right, over all sites. No example is taken from
 * them, and goals that an example equals by chance are left out. What a list showed wrong was mended where a rule was at fault;
 * docs/rewards.md has the counts at first sight.
 */
const unseen = {
  "list-9": 0.88,
  "list-10": 0.86,
  "list-11": 0.91,
  "list-12": 0.93,
  "list-13": 0.92,
  "list-14": 0.9,
  "list-15": 0.94,
  "list-16": 0.94,
  "list-21": 0.86,
  "list-22": 0.93,
  "list-23": 0.92,
  "list-24": 0.93,
  "list-25": 0.88,
};

for (const [list, right] of Object.entries(unseen)) {
  test(
    `${list}: ${right} of it and more are read right, none as another kind, 1 % of what asks for nothing as something`,
    async () => {
      const sums = { goals: 0, right: 0, none: 0, paid: 0 };
      const wrong: string[] = [];
      for (const site of sites) {
        const file = `${list}/${site.name}.json`;
        const all = readGoals(await readFile(new URL(`../../fixtures/goals/${file}`, import.meta.url), "utf8"), file)
          .filter((one) => !taught.get(site)!.has(plain(one)));
        const isNone = ({ kinds }: LabelledGoal): boolean => kinds?.[0] === "none";
        const asking = covered(site, all.filter((one) => !isNone(one)));
        const idle = covered(site, all.filter(isNone));
        wrong.push(...lines(asking));
        sums.goals += asking.counts.goals;
        sums.right += asking.counts.right;
        sums.none += idle.counts.goals;
        sums.paid += idle.counts.wrong;
      }
      assert.equal(wrong, []);
      assert.ok(sums.right >= right * sums.goals && sums.paid <= 0.01 * sums.none, JSON.stringify(sums));
    },
    learns,
  );
}

/** How many of a site's examples are read right. */
const right = { gomail: 8954, gocalendar: 7281, omnizon: 7353, zilloft: 7617 } as const;

for (const site of sites) {
  test(
    `${site.name}: of its own examples ${right[site.name as keyof typeof right]} are read right, none as another kind`,
    () => {
      // To open a mail is paid, though no family asks for that alone.
      const families = [...site.families.map(({ name }) => name), "read"];
      const all = examplesOf(site);
      const taught = new Set(all.flatMap(({ kinds }) => kinds));
      assert.equal([...taught].filter((kind) => !families.some((one) => one === kind)), ["none"]);
      const found = covered(site, all);
      assert.equal(lines(found), []);
      assert.ok(found.counts.right >= right[site.name as keyof typeof right], JSON.stringify(found.counts));
    },
    learns,
  );

  test(`${site.name}: a goal whose words leave it open is read as one of the kinds it may mean, or as none`, async () => {
    const text = await readFile(new URL("../../fixtures/goals/open.json", import.meta.url), "utf8");
    assert.equal(lines(covered(site, readGoals(JSON.stringify(JSON.parse(text)[site.name]), site.name))), []);
  });
}

const readBy = <T extends SiteTypes>(site: SiteDefinition<T>) => {
  const { explain } = milestoneReward(site, { scale: 1, families: site.families.map(({ name }) => name) });
  return (text: string) => explain!({ id: "", text });
};

test("what a goal denies is not paid, and a goal that means many is not read where a kind means one", () => {
  const calendar = readBy(gocalendar);
  for (
    const [text, kinds] of [
      ["don't cancel the breakfast, only move it half an hour later", "reschedule"],
      ["Delete the lunch, not the dinner", "delete_event"],
      ["Cancel everything I have on Friday", ""],
      ["I'm ill, so please delete every meeting of this week", ""],
      ["Delete all my meetings of this week", ""],
      ["I want both lunches deleted, delete them", ""],
      ["Don't cancel the breakfast", ""],
      ['Delete "Not without my daughter"', "delete_event"],
    ] as const
  ) assert.is(calendar(text).errands.map(({ kind }) => kind).join(), kinds, text);
  assert.equal(readBy(omnizon)("Buy nothing, only look up gaming mice").errands.map(({ kind }) => kind), ["search"]);
});

test("wordingDoubt names what turns a goal round where a site has no reading of free wording", () => {
  for (
    const [text, word] of [
      ["don't cancel the breakfast, only move it half an hour later", "don't"],
      ["Move the breakfast without cancelling it", "without cancelling"],
      ["Delete the lunch, not the dinner", "not"],
      ["Cancel everything I have on Friday", "cancel everything"],
      ["I'm ill, so please delete every meeting of this week", "please delete every"],
      ["I want both lunches deleted, delete them", "i want both"],
    ] as const
  ) assert.is(wordingDoubt(text), `it says "${word}"`, text);
  assert.is(wordingDoubt('Delete "Not without my daughter"'), undefined);
});

test("families of the shop, the calendar and the homes are told by what a goal is about, not by one word of it", () => {
  const kindOf = (read: ReturnType<typeof readBy>, text: string) => read(text).errands.map(({ kind }) => kind).join();
  const [calendar, shop, homes] = [readBy(gocalendar), readBy(omnizon), readBy(zilloft)];
  assert.is(kindOf(calendar, "Add the note 'bring the contract' to the meeting with legal"), "describe");
  assert.equal(
    calendar("Add the note 'bring the contract' to “Legal”").errands[0]?.objects,
    { note: "bring the contract", title: "Legal" } as never,
  );
  assert.is(kindOf(calendar, 'Add "Fire drill" for "July 19"'), "create_event");
  assert.is(kindOf(shop, "The blender I set aside should be in the basket again"), "back");
  assert.is(kindOf(shop, "Order the same dog food as last time"), "again");
  assert.is(kindOf(shop, "Order the dog food"), "buy");
  assert.is(kindOf(shop, "In the cart, click 'Save for later' for the 'Steel Pot', it doesn't fit"), "later");
  assert.is.not(kindOf(shop, 'Take me to "Toys & Puzzles"'), "open");
  // What is told, not asked for, takes nothing away.
  assert.is(kindOf(shop, "Buy me a kettle as I have lost all my old ones"), "buy");
  assert.is(kindOf(calendar, "My friends say they don't come, cancel the dinner"), "delete_event");
  assert.is(kindOf(calendar, "They are not free any more, cancel that plan on Wednesday"), "delete_event");
  assert.is(kindOf(homes, "Message my wife about the flat"), "");
  assert.is(kindOf(homes, "Message the agent about the flat"), "contact");
});

test("what a goal tells of habit or asks by the way is no command, and not left out in silence", () => {
  const mail = readBy(gomail);
  const kindOf = (text: string) => mail(text).errands.map(({ kind }) => kind).join();
  assert.is(kindOf("I keep getting coupons from PetPalace. Every one of those can go in the bin."), "delete");
  assert.is(kindOf("we keep receiving ads from Lumo, put them all in the trash"), "delete");
  assert.is(kindOf("keep the mail of Ana in the inbox and star it"), "star");
  assert.is(kindOf("Which ones have I starred? Take me to that list and open the newest of them"), "");
  assert.is(kindOf("archive the starred mails"), "archive");
});

test("nothing is no mail, what is in the trash is deleted, phishing is not spam, and a share of a firm is no product", () => {
  const kindOf = (read: ReturnType<typeof readBy>, text: string) => read(text).errands.map(({ kind }) => kind).join();
  const [mail, shop, homes] = [readBy(gomail), readBy(omnizon), readBy(zilloft)];
  for (
    const text of [
      "Star nothing.",
      "Archive nothing.",
      "Delete the email from Tom in the trash.",
      "Permanently delete the mail from Tom.",
      "Report the email from Tom as phishing.",
    ]
  ) assert.is(kindOf(mail, text), "", text);
  assert.is(kindOf(mail, "we keep receiving ads from Lumo, put them all in the trash"), "delete");
  assert.is(kindOf(shop, "Buy 10 shares of Tesla."), "");
  for (const what of ["the first one", "the first home", "one of them"]) {
    assert.not.match(kindOf(homes, `Search for homes in "Reno, NV" and save ${what}.`), "save_search", what);
  }
});

test("a goal of more than 3,000 characters beside its quoted texts is not read, a quoted text may be as long as it likes", () => {
  const { errands, because } = readBy(gocalendar)(`Delete ${"-".repeat(25_000)}`);
  assert.equal([errands, because], [[], ["25007 characters beside quoted texts, 3000 are read"]]);
  assert.equal(
    readBy(gocalendar)(`Set the description of "Choir" to "${"la ".repeat(9000)}"`).errands.map(({ kind }) => kind),
    ["describe"],
  );
});

function ownGoals<T extends SiteTypes>(site: SiteDefinition<T>): readonly string[] {
  const read = readBy(site);
  const source = siteTasks(site, { templates: ["all"], max_optimum: 8, cap: 0 });
  const wrong: string[] = [];
  for (const split of source.splits) {
    for (let index = 0; index < 3 * site.sets.all.length; index++) {
      const { template, goal: { text } } = source.draw({ split, index, seed: 5 });
      const family = site.families.find(({ templates }) => templates.some(({ name }) => name === template))!;
      const kinds = read(text).errands.map(({ kind }) => kind).join();
      if (kinds !== family.name) wrong.push(`${template}: "${text}" is paid as ${kinds || "nothing"}`);
    }
  }
  return wrong;
}

test("a goal in a site's own words is paid as its family, whatever its values are", () => {
  assert.equal([ownGoals(gomail), ownGoals(gocalendar), ownGoals(omnizon), ownGoals(zilloft)], [[], [], [], []]);
});
