// Goals as people word them, written before anybody looked at the readers: what they are read as, and never another kind.
import { readFile } from "node:fs/promises";
import { coverageOf, readGoals } from "../../../core/cli/report/coverage.ts";
import { milestoneReward, type SiteDefinition, siteTasks, type SiteTypes } from "../../../core/site.ts";
import { wordingDoubt } from "../../../core/site/wording-doubt.ts";
import { gocalendar } from "../../../plugins/sites/gocalendar/gocalendar.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import { omnizon } from "../../../plugins/sites/omnizon/omnizon.ts";
import { zilloft } from "../../../plugins/sites/zilloft/zilloft.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("goals in free wording");

async function coverage<T extends SiteTypes>(site: SiteDefinition<T>, list: string) {
  const text = await readFile(new URL(`../../fixtures/goals/${list}.json`, import.meta.url), "utf8");
  const { explain } = milestoneReward(site, { scale: 1, families: site.families.map(({ name }) => name) });
  return coverageOf(readGoals(text, list), explain!);
}

/** By site: the covering of a list, and the lists with their goals and how many of them are read right; the others are not
 * understood, or in part. `none` holds goals that the site cannot do. */
const expected = {
  gomail: {
    covers: (list: string) => coverage(gomail, list),
    lists: [
      ["gomail-fresh", 40, 38],
      ["gomail-second", 53, 51],
      ["gomail-third", 63, 61],
      ["gomail-fourth", 62, 58],
      ["gomail-fifth", 63, 62],
      ["gomail-sixth", 41, 41],
      ["gomail-seventh", 220, 215],
      ["gomail-none", 62, 62],
      ["gomail-none-2", 110, 110],
      ["gomail-held-back", 80, 77],
      ["gomail-none-held-back", 40, 40],
      ["gomail-ninth", 60, 60],
      ["gomail-none-4", 40, 40],
      ["gomail-tenth", 144, 138],
      ["gomail-none-5", 110, 110],
      ["gomail-eleventh", 60, 59],
      ["gomail-none-6", 40, 40],
      ["gomail-twelfth", 60, 60],
      ["gomail-none-7", 40, 40],
      ["gomail-thirteenth", 160, 157],
      ["gomail-none-8", 60, 60],
      ["gomail-gaps", 533, 521],
    ],
  },
  gocalendar: {
    covers: (list: string) => coverage(gocalendar, list),
    lists: [
      ["gocalendar", 25, 24],
      ["gocalendar-second", 48, 48],
      ["gocalendar-third", 55, 54],
      ["gocalendar-fourth", 53, 53],
      ["gocalendar-fifth", 55, 54],
      ["gocalendar-sixth", 36, 36],
      ["gocalendar-seventh", 220, 220],
      ["gocalendar-eighth", 293, 289],
      ["gocalendar-none", 78, 78],
      ["gocalendar-none-2", 110, 110],
      ["gocalendar-held-back", 80, 74],
      ["gocalendar-none-held-back", 39, 39],
      ["gocalendar-ninth", 60, 60],
      ["gocalendar-none-4", 40, 40],
      ["gocalendar-tenth", 103, 99],
      ["gocalendar-none-5", 111, 111],
      ["gocalendar-eleventh", 60, 57],
      ["gocalendar-none-6", 40, 40],
      ["gocalendar-twelfth", 60, 59],
      ["gocalendar-none-7", 40, 40],
      ["gocalendar-thirteenth", 50, 50],
      ["gocalendar-none-8", 30, 30],
      ["gocalendar-gaps", 130, 126],
    ],
  },
  omnizon: {
    covers: (list: string) => coverage(omnizon, list),
    lists: [
      ["omnizon", 25, 25],
      ["omnizon-second", 52, 52],
      ["omnizon-third", 61, 61],
      ["omnizon-fourth", 61, 60],
      ["omnizon-fifth", 62, 61],
      ["omnizon-sixth", 40, 39],
      ["omnizon-none", 70, 70],
      ["omnizon-seventh", 220, 218],
      ["omnizon-none-2", 110, 110],
      ["omnizon-held-back", 80, 75],
      ["omnizon-none-held-back", 40, 40],
      ["omnizon-ninth", 60, 60],
      ["omnizon-none-4", 40, 40],
      ["omnizon-gaps", 550, 547],
      ["omnizon-eleventh", 60, 58],
      ["omnizon-none-6", 40, 40],
      ["omnizon-twelfth", 60, 55],
      ["omnizon-none-7", 40, 40],
      ["omnizon-thirteenth", 50, 49],
      ["omnizon-none-8", 30, 30],
    ],
  },
  zilloft: {
    covers: (list: string) => coverage(zilloft, list),
    lists: [
      ["zilloft", 25, 25],
      ["zilloft-second", 53, 51],
      ["zilloft-third", 57, 57],
      ["zilloft-fourth", 58, 58],
      ["zilloft-fifth", 58, 57],
      ["zilloft-sixth", 40, 40],
      ["zilloft-seventh", 220, 213],
      ["zilloft-eighth", 177, 175],
      ["zilloft-none", 64, 64],
      ["zilloft-none-2", 110, 110],
      ["zilloft-held-back", 80, 77],
      ["zilloft-none-held-back", 40, 40],
      ["zilloft-none-3", 129, 129],
      ["zilloft-ninth", 60, 60],
      ["zilloft-none-4", 40, 40],
      ["zilloft-gaps", 462, 461],
      ["zilloft-eleventh", 60, 59],
      ["zilloft-none-6", 40, 40],
      ["zilloft-twelfth", 60, 56],
      ["zilloft-none-7", 40, 40],
      ["zilloft-thirteenth", 50, 49],
      ["zilloft-none-8", 30, 30],
    ],
  },
} as const;

for (const { covers, lists } of Object.values(expected)) {
  for (const [list, goals, right] of lists) {
    test(`${list}: ${right} of ${goals} are read right, none as another kind`, async () => {
      const { rows, counts } = await covers(list);
      assert.equal(rows.filter(({ is }) => is === "wrong").map(({ goal, read }) => `${goal}: ${read}`), []);
      assert.equal([counts.goals, counts.right >= right], [goals, true], `${counts.right} are read right`);
    });
  }
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
