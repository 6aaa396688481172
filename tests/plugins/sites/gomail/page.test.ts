// runtime: node
import type { Action } from "../../../../core/mod.ts";
import gomail from "../../../../plugins/sites/gomail/site.ts";
import { suite } from "../../../harness.ts";
import { installed } from "../../real/installed.ts";
import { click, over, playRuns, search } from "../by-places.ts";

const here = await installed("gomail");
const site = await gomail.create({}, {});
const test = suite("gomail/page");

const mail = (to: string, subject: string, text: string): readonly Action[] => [
  ...[click(83, 92), over(to, 942, 322), over(subject, 988, 365), over(text, 988, 519), click(796, 673)],
];
const [all, remove] = [click(250, 89), click(449, 89)] as const;

const rightRuns: Readonly<Record<string, readonly Action[]>> = {
  "v2.gomail-7": mail("ashley.campbell@example.com", "Team dinner", "Are you coming to the team dinner?"),
  "v2.gomail-8": mail("kevin.moore@example.com", "Project", "Could you send me the project details?"),
  "v2.gomail-16": [click(191, 449), over("Support Emails", 640, 347), click(776, 411)],
  "v2.gomail-20": [all, click(891, 132), remove],
  "v2.gomail-24": [click(250, 428), remove],
  "v2.gomail-26": [search("noreply", 534, 32), all, remove],
};

if ("missing" in here) {
  console.log(`skipped: ${here.missing}`);
  test("REAL tasks on the page are skipped because they are not here", () => {});
} else {
  test(
    "the right runs of six REAL tasks are done at places on the page, solved with its last step and not before",
    (t) => playRuns(site, rightRuns, t),
    { timeoutMs: 120_000 },
  );
}
