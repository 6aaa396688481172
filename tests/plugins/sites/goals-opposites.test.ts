// What turns a kind round is never paid as that kind, and nothing that a goal asks for beside it is left out in silence.
import { readFileSync } from "node:fs";
import { milestoneReward, type SiteDefinition, type SiteTypes } from "../../../core/site.ts";
import { gocalendar } from "../../../plugins/sites/gocalendar/gocalendar.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("goals that turn a kind round, and second errands");

interface Wordings {
  /** By kind: what says its opposite, changes what it made, looks at it, or speaks of another thing; $X is a mail. */
  readonly opposites: Readonly<Record<string, readonly string[]>>;
  /** By kind: one goal of it. */
  readonly goals: Readonly<Record<string, string>>;
  /** What the site cannot do. */
  readonly strangers: readonly string[];
}

const file = new URL("../../fixtures/goals/opposites.json", import.meta.url);
/** `$G` is a goal: `denials` ask for nothing by it, `frames` ask for it. */
interface Around {
  readonly denials: readonly string[];
  readonly frames: readonly string[];
}
const wordings: Around & Readonly<Record<"gomail" | "gocalendar", Wordings>> = JSON.parse(readFileSync(file, "utf8"));

function readBy<T extends SiteTypes>(site: SiteDefinition<T>): (text: string) => readonly string[] {
  const { explain } = milestoneReward(site, { scale: 1, families: site.families.map(({ name }) => name) });
  return (text) => explain!({ id: "", text }).errands.map(({ kind }) => kind);
}

const sites = [[readBy(gomail), wordings.gomail], [readBy(gocalendar), wordings.gocalendar]] as const;
const mails = ["the mail from Tom Becker", 'the message "Bakery budget"'];
const joints = [" and ", ", and then ", ". Also ", ". After that, please ", ", and while you're at it, ", "; then "];

test("no kind is paid by words that say its opposite", () => {
  const paid = sites.flatMap(([read, { opposites }]) =>
    Object.entries(opposites).flatMap(([kind, all]) =>
      all.flatMap((one) => mails.map((mail) => one.replace("$X", mail))).filter((text) => read(text).includes(kind))
    )
  );
  assert.equal(paid, []);
});

for (const [read, { goals, strangers }] of sites) {
  const kinds = Object.entries(goals);
  test(`two errands are both read or none is, ${kinds.length} kinds`, () => {
    const wrong: string[] = [];
    for (const [kind, goal] of kinds) {
      if (read(goal).join() !== kind) wrong.push(goal);
      for (const [i, [other, second]] of kinds.entries()) {
        const found = read(`${goal}${joints[i % joints.length]}${second}`).join();
        if (other !== kind && found !== "" && found !== `${kind},${other}`) wrong.push(`${kind}, ${other}: ${found}`);
      }
    }
    assert.equal(wrong, []);
  });

  test(`an errand beside one that the site cannot do is not read, ${kinds.length} kinds`, () => {
    const texts = kinds.flatMap(([, goal]) =>
      strangers.flatMap((stranger, i) => [
        `${goal}${joints[i % joints.length]}${stranger}`,
        `${stranger}${joints[(i + 1) % joints.length]}${goal}`,
      ])
    );
    assert.equal(texts.filter((text) => read(text).length > 0), []);
  });

  test(`a goal that is denied, told or only thought of is not read, polite words change nothing, ${kinds.length} kinds`, () => {
    const around = (frame: string, goal: string): string => read(frame.replace("$G", goal)).join();
    assert.equal([
      kinds.flatMap(([kind, goal]) =>
        wordings.denials.filter((one) => around(one, goal) !== "").map((one) => `${kind}: ${one}`)
      ),
      kinds.flatMap(([kind, goal]) =>
        wordings.frames.filter((one) => around(one, goal) !== kind).map((one) => `${kind}: ${one}`)
      ),
    ], [[], []]);
  });
}
