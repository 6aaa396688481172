// runtime: node
import type { Action } from "../../../../core/mod.ts";
import zilloft from "../../../../plugins/sites/zilloft/site.ts";
import { suite } from "../../../harness.ts";
import { installed } from "../../real/installed.ts";
import { click, over, playRuns, search } from "../by-places.ts";

const here = await installed("zilloft");
const site = await zilloft.create({}, {});
const test = suite("zilloft/page");

const place = (text: string): Action => search(text, 620, 239);
/** The filter for prices: up to a million dollars. */
const toAMillion = [click(173, 86), click(521, 164), click(202, 341), click(598, 225)];
const firstHome = click(588, 311);
const who = (y: number): readonly Action[] => [
  ...[over("Ana Brook", 494, y), over("ana.brook@example.com", 786, y), over("555-123-4567", 494, y + 83)],
];
/** After the times of a tour: who asks, two last questions. */
const sendTour = [click(878, 520), ...who(282), click(878, 592), click(858, 552)];
const sendMessage = [...who(355), click(859, 665)];
/** The filter for kinds of homes, which stands further right once the one for prices says more. */
const houses = [click(426, 86), click(430, 143), click(393, 176), click(643, 428)];
const housesToo = [click(460, 86), click(462, 143), click(425, 176), click(675, 428)];
const threeBeds = [click(323, 86), click(462, 171), click(561, 348)];
const two = click(410, 459);

const rightRuns: Readonly<Record<string, readonly Action[]>> = {
  "v2.zilloft-5": [place("San Jose, CA"), firstHome, click(1041, 382), ...sendMessage],
  "v2.zilloft-9": [place("Seattle, WA"), ...houses, firstHome, click(1041, 309), two, ...sendTour],
  "v2.zilloft-14": [
    ...[place("Boston, MA"), ...toAMillion, ...housesToo, firstHome, click(1041, 359)],
    ...[click(393, 174), click(410, 240), ...sendMessage],
  ],
  "v2.zilloft-15": [
    ...[place("San Francisco Bay Area"), ...toAMillion, ...threeBeds, firstHome, click(1041, 332)],
    ...[click(475, 349), click(870, 415), ...sendTour],
  ],
  "v2.zilloft-22": [
    ...[place("Southern California"), ...toAMillion, ...housesToo, firstHome, click(1041, 332), two],
    ...sendTour,
  ],
};

if ("missing" in here) {
  console.log(`skipped: ${here.missing}`);
  test("REAL tasks on the page are skipped because they are not here", () => {});
} else {
  test(
    "the right runs of five REAL tasks are done at places on the page, solved with its last step and not before",
    (t) => playRuns(site, rightRuns, t),
    { timeoutMs: 180_000 },
  );
}
