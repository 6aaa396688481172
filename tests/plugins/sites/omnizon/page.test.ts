// runtime: node
import type { Action } from "../../../../core/mod.ts";
import omnizon from "../../../../plugins/sites/omnizon/site.ts";
import { suite } from "../../../harness.ts";
import { installed } from "../../real/installed.ts";
import { click, playRuns, search } from "../by-places.ts";

const here = await installed("omnizon");
const site = await omnizon.create({}, {});
const test = suite("omnizon/page");

const find = (text: string): Action => search(text, 668, 30);
/** A price with an earlier one beside it is higher, which moves the buttons below it down. */
const [buyNow, buyNowLower, order] = [click(1132, 329), click(1132, 332), click(1096, 405)] as const;
const first = click(383, 249);

const rightRuns: Readonly<Record<string, readonly Action[]>> = {
  "v2.omnizon-3": [find("headphones"), click(1137, 249), buyNowLower, order],
  "v2.omnizon-13": [find("cooking pot"), first, buyNow, order],
  "v2.omnizon-17": [find("neck pillow"), click(635, 249), buyNowLower, click(1096, 385)],
  "v2.omnizon-24": [find("PS5 controller"), first, click(1119, 241), click(982, 294), buyNow, order],
  "v2.omnizon-25": [
    ...[find("apron"), first, click(1132, 288), find("cooking pot"), first, buyNow, click(1096, 486)],
  ],
  "v2.omnizon-30": [find("queen size bed frame"), first, buyNowLower, order],
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
