import type { Step, Told } from "halo-agent/site";

const named = /§(?:product|goods?|q)\b/;
/** What was laid aside before, and what was ordered before. */
const laidAside =
  /\b(?:saved|save for later|set aside|put aside|laid aside|parked|later list|(?:set|put|laid) (?:[^ ]+ ){1,6}aside)\b/;
const hadBefore =
  /\b(?:from|in|of|on|through|as in|with) (?!(?:(?:a|the) )?(?:one|same|single|1) (?:single )?orders?\b)(?:my |the |an |our |that |your )?(?:[^ ]+ ){0,2}(?:orders?|order history|purchase history|\d{3}-\d+)\b|\b(?:i|we) (?:have |already |once |had )*(?:bought|ordered|had|got)\b|\blast time\b|\border history\b/;
const wantsThing = /\b(?:need|want|would like|would love)\b.*§(?:product|goods?|q)\b/;
const sameThing = /\b(?:it|them|those|these|that|same|again|ones?|more|another)\b/;

/**
 * Makes one errand of what is asked twice of the same thing: to buy goes through the checkout, a search serves the list that is
 * sorted. What is brought into the cart is "back" where it was laid aside before, "again" where it was ordered before.
 */
export function joined(steps: readonly Step[], whole: Told): readonly Step[] {
  const told = steps.map((step, i) => retold(step, { before: before(steps, i, whole), whole }));
  return told.filter((step, i) => !isPart(step, { steps: told, i }));
}

/** Words of the goal between the step before and this one. */
function before(steps: readonly Step[], i: number, whole: Told): string {
  const from = steps[i - 1]?.told.tokens.at(-1)?.end ?? 0;
  const to = steps[i]!.told.tokens[0]?.start ?? 0;
  return whole.tokens.filter(({ start, end }) => start >= from && end <= to).map(({ low }) => low).join(" ");
}

function retold(step: Step, { before, whole }: { readonly before: string; readonly whole: Told }): Step {
  const as = (kind: string): Step => ({ ...step, kind });
  const { kind, told: { plain } } = step;
  if (kind === "delete_from_cart") return as("remove");
  if (kind === "checkout" && /\b(?:i|we) (?:have )?(?:got|have) a new (?:\p{L}+ )?card\b/u.test(whole.plain)) {
    return as("new_card");
  }
  if (kind === "back" && hadBefore.test(`${before} ${plain}`) && !laidAside.test(`${before} ${plain}`)) {
    return as("again");
  }
  if (/^(?:add|again)$/.test(kind) && laidAside.test(before) && !named.test(plain)) return as("back");
  if (kind === "add" && /\bnot (?:in|on|among|under|with)\b[^.;!?]*\b(?:saved|later|aside)\b/.test(whole.plain)) {
    return as("back");
  }
  if (/^(?:add|buy)$/.test(kind) && hadBefore.test(plain)) return as("again");
  if (/^(?:add|buy)$/.test(kind) && hadBefore.test(before) && sameThing.test(plain) && !named.test(plain)) {
    return as("again");
  }
  if (kind === "buy" && !named.test(whole.plain) && (isPronoun.test(plain) ? whole.plain : plain).includes("cart")) {
    return as("checkout");
  }
  if (
    kind === "checkout" &&
    (/\bbuy now\b/.test(plain) || wantsThing.test(before) || (/^order place/.test(plain) && named.test(before))) &&
    !/\bcart\b/.test(whole.plain)
  ) {
    return as("buy");
  }
  if (
    kind === "add" &&
    /\b(?:not (?:just |only )?|instead of |rather than |from )(?:\d+|one|two|three|four|five|six)\b/.test(
      whole.plain,
    ) && /\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|one)\b/.test(plain)
  ) {
    return as("quantity");
  }
  return step;
}

const isPronoun = /^(?:buy|order)(?: (?:it|them|that|this|now|the lot|all|everything|those|these))*$/;
const setsAddress = /^(?:set|change|switch|update|choose|pick|select|use|make|deliver)\b/;

/** Names only what the next command is about: "notebooks in the cart, change to ten". */
const isTopic = (plain: string): boolean =>
  /^cart [:,-]|^(?:the |my |that )?(?!(?:put|pop|stick|throw|add|place|get|want|have|drop|toss)\b)(?:[^ ]+ ){0,3}§[a-z]+ in (?:the |my )?cart$/
    .test(plain);

/** Kinds that a search, or a look at a list, is made for. */
const ofLists = /^(?:sort|brand|prices)$/;

function isPart({ kind, told }: Step, { steps, i }: { readonly steps: readonly Step[]; readonly i: number }): boolean {
  const others = steps.filter((_, j) => j !== i);
  const has = (one: RegExp): boolean => others.some((other) => one.test(other.kind));
  const next = steps[i + 1];
  const previous = steps[i - 1];
  const isNamed = named.test(told.plain);
  switch (kind) {
    case "search":
      if (has(ofLists)) return true;
      return next !== undefined && /^(?:open|buy|wish|add)$/.test(next.kind) &&
        (!named.test(next.told.plain) || /^find\b/.test(told.plain));
    case "department":
      return has(ofLists) && !/^(?:go|take|open|bring|jump|head|switch)\b/.test(told.plain);
    case "open":
      return (!isNamed && previous !== undefined && previous.kind === "department") ||
        (next !== undefined && !named.test(next.told.plain) &&
          (/^(?:hit|click|press|tap|push|use)\b/.test(next.told.plain) || /^go to\b/.test(told.plain)));
    case "checkout":
      // "Type lamps in the search and submit it."
      if (
        has(/^(?:search|sort|brand|prices)$/) &&
        /^(?:submit|confirm|complete|place) (?:it|all|everything)/.test(told.plain)
      ) {
        return true;
      }
      return has(/^new_card$/) || others.some(({ kind, told: { plain } }) => kind === "buy" && !isPronoun.test(plain));
    case "deliver":
      return has(/^(?:checkout|buy|new_card)$/) && !(next !== undefined && setsAddress.test(told.plain));
    case "buy":
      return has(/^(?:new_card|again)$/) || (isPronoun.test(told.plain) && has(/^checkout$/)) ||
        (has(ofLists) && /^(?:i|we) (?:need|want|would like)\b/.test(told.plain));
    case "remove":
      return has(/^later$/) && !isNamed;
    case "add":
      // "It's in my cart" says where it lies; "wish list: the tent, add it" says one thing.
      return has(/^buy$/) || (has(/^(?:again|back)$/) && !isNamed) ||
        (others.length > 0 && /^(?:it|they|that|this) (?:is|are|'s|'re) /.test(told.plain)) ||
        (has(/^wish$/) && !isNamed && !/\bcart\b/.test(told.plain)) ||
        (next !== undefined && /^(?:quantity|remove|later)$/.test(next.kind) && !named.test(next.told.plain) &&
          isTopic(told.plain));
    case "quantity":
      return previous !== undefined && /^(?:add|buy)$/.test(previous.kind) && !isNamed &&
        !/\b(?:of|for) (?:the|my|our|that) (?!cart\b)/.test(told.plain) && !isTopic(previous.told.plain);
    default:
      return false;
  }
}
