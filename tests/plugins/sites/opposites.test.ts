// What turns a kind round, by words: no verb before a kind's thing that undoes, hides or changes it is read as that kind.
import type { FreeReader } from "../../../core/site.ts";
import { readHomesGoal } from "../../../plugins/sites/zilloft/reading/read.ts";
import { readShopGoal } from "../../../plugins/sites/omnizon/reading/read.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("opposites of goals in free wording");

const turned =
  `undo reverse revert close hide clear reset stop abandon reject dismiss disable turn_off switch_off exit quit ignore avoid skip
  remove delete drop cancel rename edit report share print copy archive block mute un-do restore reinstate postpone delay unsend
  forget_about do_not_open don't_start never_touch refrain_from wait_with instead_of no_longer_need what_is`
    .split(/\s+/).map((one) => one.replaceAll("_", " "));

/** Verbs that mean a kind though they turn others round. */
const meant: Readonly<Record<string, RegExp>> = {
  add: /^drop/,
  wish: /^drop/,
  later: /^(?:drop|postpone|delay)/,
  back: /^restore/,
};

const sites: Readonly<Record<string, readonly [FreeReader, Readonly<Record<string, readonly string[]>>]>> = {
  shop: [readShopGoal, {
    wish: ["the yoga mat on my wish list", "the heart of the yoga mat", "my wish list"],
    add: ["the adding of the yoga mat to my cart", "the kettle that is in my cart"],
    buy: ["the buying of the yoga mat", "the purchase of a kettle"],
    cancel: ["the cancellation of order 114-3680917", "the cancelled order 114-3680917"],
    checkout: ["the checkout", "the checkout of my cart", "the payment page"],
    sort: ["the sorting by price", "the order by price", "the sorting of the kettles"],
    brand: ["the filter for the brand Voltmere", "the Voltmere filter", "the brand Voltmere"],
    prices: ["the price limit of 50 dollars", "the price filter", "the price range of $20 to $80"],
    department: ["the Toys department", "the menu of departments"],
    search: ["the search for kettles", "the search", "my search history"],
    open: ["the page of the kettle", "the page", "the Zeitgarn Coral Field Watch page"],
    new_card: ["the new card", "my other card"],
    deliver: ["the delivery address", "the address 42 Ferry Lane"],
    later: ["the things that I saved for later", "the kettle among the saved things"],
    back: ["the kettle that I moved back"],
    again: ["the reorder of the kettle"],
  }],
  homes: [readHomesGoal, {
    save: ["302 River Avenue among my saved homes", "the heart of 302 River Avenue", "my saved homes"],
    unsave: ["the removal of 302 River Avenue"],
    cancel: ["the cancellation of the tour of 302 River Avenue", "the cancelled tour of 302 River Avenue"],
    tour: ["the tour of 302 River Avenue", "my tour of 302 River Avenue on July 24 at 3 PM", "the tour request"],
    visit: ["the visit to 302 River Avenue that I wrote the agent of"],
    contact: ["the message to the agent of 302 River Avenue", "the agent of 302 River Avenue"],
    save_search: ["the saved search for Reno, NV", "my search for Reno, NV that I saved"],
    sort: ["the sorting by newest", "the order of the homes in Reno, NV"],
    deal: ["the filter for rentals", "the listing status"],
    types: ["the filter for condos", "the home type filter"],
    max_price: ["the price limit of $500,000", "the price filter of at most $500,000"],
    beds: ["the filter for two bedrooms", "the bedroom filter"],
    view: ["the page of 302 River Avenue", "the details of 302 River Avenue"],
    search: ["the search for homes in Reno, NV", "the results for Reno, NV"],
  }],
};

for (const [site, [read, things]] of Object.entries(sites)) {
  test(`${site}: a verb that turns a thing of a kind round is never read as that kind`, () => {
    const wrong = Object.entries(things).flatMap(([kind, all]) =>
      all.flatMap((thing) => turned.map((verb) => `${verb} ${thing}`)).filter((goal) => {
        const found = read(`${goal[0]!.toUpperCase()}${goal.slice(1)}`);
        return "errands" in found && !meant[kind]?.test(goal) && found.errands.some((one) => one.kind === kind);
      }).map((goal) => `${kind}: ${goal}`)
    );
    assert.equal(wrong, []);
  });
}
