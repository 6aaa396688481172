// What turns a kind round is never paid as that kind, and nothing that a goal asks for beside it is left out in silence.
import { readFileSync } from "node:fs";
import { milestoneReward, type SiteDefinition, type SiteTypes } from "../../../core/site.ts";
import { gocalendar } from "../../../plugins/sites/gocalendar/gocalendar.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import { omnizon } from "../../../plugins/sites/omnizon/omnizon.ts";
import { zilloft } from "../../../plugins/sites/zilloft/zilloft.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("goals that turn a kind round, and second errands");

interface Wordings {
  /** By kind: what says its opposite, changes what it made, looks at it, or speaks of another thing; $X is a mail. */
  readonly opposites: Readonly<Record<string, readonly string[]>>;
  /** By kind: things of it, behind verbs that turn them round. */
  readonly things: Readonly<Record<string, readonly string[]>>;
  /** By kind: of those verbs the ones that mean it. */
  readonly meant: Readonly<Record<string, string>>;
  /** By kind: one goal of it. */
  readonly goals: Readonly<Record<string, string>>;
  /** What the site cannot do. */
  readonly strangers: readonly string[];
}

/** `$G` is a goal: `denials` ask for nothing by it, nor do `turns` where goals are read by frames; `frames` ask for it. */
type Around = Readonly<Record<"denials" | "turns" | "frames" | "verbs", readonly string[]>>;
type Name = "gomail" | "gocalendar" | "omnizon" | "zilloft";

const file = new URL("../../fixtures/goals/opposites.json", import.meta.url);
const wordings: Around & Readonly<Record<Name, Wordings>> = JSON.parse(readFileSync(file, "utf8"));
const mails = ["the mail from Tom Becker", 'the message "Bakery budget"'];
const joints = [" and ", ", and then ", ". Also ", ". After that, please ", ", and while you're at it, ", "; then "];

check(gomail);
check(gocalendar);
check(omnizon);
check(zilloft);

function check<T extends SiteTypes>(site: SiteDefinition<T>): void {
  const { opposites, things, meant, goals, strangers } = wordings[site.name as Name];
  const { explain } = milestoneReward(site, { scale: 1, families: site.families.map(({ name }) => name) });
  const read = (text: string): readonly string[] => explain!({ id: "", text }).errands.map(({ kind }) => kind);
  const kinds = Object.entries(goals);

  test(`${site.name}: no kind is paid by words that say its opposite`, () => {
    const said = Object.entries(opposites).flatMap(([kind, all]) =>
      all.flatMap((one) => mails.map((mail) => [kind, one.replace("$X", mail)] as const))
    );
    const turned = Object.entries(things).flatMap(([kind, all]) =>
      all.flatMap((thing) =>
        wordings.verbs.filter((verb) => !(kind in meant && new RegExp(`^(?:${meant[kind]})`).test(verb)))
          .map((verb) => [kind, `${verb[0]!.toUpperCase()}${verb.slice(1)} ${thing}`] as const)
      )
    );
    assert.equal([...said, ...turned].filter(([kind, text]) => read(text).includes(kind)), []);
  });

  test(`${site.name}: two errands are both read or none is, ${kinds.length} kinds`, () => {
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

  test(`${site.name}: an errand beside one that the site cannot do is not read, ${kinds.length} kinds`, () => {
    const texts = kinds.flatMap(([, goal]) =>
      strangers.flatMap((stranger, i) => [
        `${goal}${joints[i % joints.length]}${stranger}`,
        `${stranger}${joints[(i + 1) % joints.length]}${goal}`,
      ])
    );
    assert.equal(texts.filter((text) => read(text).length > 0), []);
  });

  test(`${site.name}: what is denied, told or only thought of is not read, polite words change nothing`, () => {
    const around = (frame: string, goal: string): string => read(frame.replace("$G", goal)).join();
    const denials = [...wordings.denials, ...(site.name === "gomail" ? [] : wordings.turns)];
    assert.equal([
      kinds.flatMap(([kind, goal]) =>
        denials.filter((one) => around(one, goal) !== "").map((one) => `${kind}: ${one}`)
      ),
      kinds.flatMap(([kind, goal]) =>
        wordings.frames.filter((one) => around(one, goal) !== kind).map((one) => `${kind}: ${one}`)
      ),
    ], [[], []]);
  });
}
