import type { Frame } from "halo-agent/site";

/** A pattern of several, any of which may fit. */
export const rx = (...sources: readonly string[]): RegExp => new RegExp(sources.join("|"), "u");
/** What prices and places are in the words of a goal. */
export const money = "§money";
export const place = "(?:§place|§q)";
const n = "(?:\\d(?:\\.\\d)?|one|two|three|four|five|six|seven|eight|a|single)(?: and a half)?";
const many =
  `${n}(?: or (?:more|\\d|two|three|four|five|six|better)| plus| and (?:more|up|a half)| or more)*(?: separate| full| decent| proper| real)*`;
const some =
  "(?:at (?:the very )?least|no (?:fewer|less) than|not (?:less|fewer) than|minimum(?: of)?|min|more than|a minimum of)";
const types = "(?:apartment|condo|townhome|lot|manufactured|multi-family|house|single-family|single family)";
const strictTypes = "(?:apartment|condo|townhome|lot|manufactured|multi-family)";
const typed =
  `${types}(?: (?:and|or|and\\/or|,|\\/) ${types})?(?: homes| house| land| units| places| dwellings| buildings)?`;

/** What goals ask to be shown of homes, of which one may ask for several. */
export const filterFrames: readonly Frame[] = [
  {
    kind: "deal",
    says: rx(
      `\\b(?:to|for|only|just|see|show|me|us|want|of|on|the|prefer|status|looking for|need|into|find|are|any|list|as)(?: to| me| only| just| the| homes| house| places| us| all)* (?:rent|sold)\\b`,
      `^(?:homes|house|places|apartment|§place|things)?(?: ?only)? ?(?:rent|for rent|sold)\\b`,
      `\\b(?:recently|already|lately|just|ever|been|got|get|actually) sold\\b|\\b(?:has|have|been|was|were|got|that|homes|what|is) sold\\b|\\bsold (?:homes|house|ones|listings|places|in|recently|lately|around)\\b`,
      `\\b(?:instead of|not|rather than) (?:to )?buy\\b|\\b(?:home|listing) status\\b|\\b(?:switch|change|set|flip|go)\\b.*\\bfor sale\\b|\\bfor sale\\b.*\\binstead\\b|\\brent\\b(?=.*\\b(?:not|instead|rather|only)\\b)`,
      `\\b(?:rather|want to|like to|prefer to|plan to|hope to|looking to|going to|happy to) rent\\b`,
      `\\brent (?:homes|house|places|in|around|listings|market|only|near)\\b|§place(?: ,| :| -)? (?:homes |house )?(?:rent|sold)\\b`,
    ),
    but: rx(
      "\\b(?:hide|exclude|without|not show|no sold|skip)\\b|§home|\\b(?:my|save|pay|landlord|agent|tour|how much|rent (?:a car|out)|sort|calculator|\\d bed|saved|sold my|sold our)\\b|\\bnot (?:to |want to |for )*rent\\b",
    ),
    many: true,
    asks: true,
  },
  // Filters, of which a goal may ask for several.
  {
    kind: "price_range",
    says: rx(
      `\\bbetween ${money} (?:and|to|-|–|&) ${money}`,
      `\\b(?:begins?|starts?) (?:at|from|with) ${money}.*\\b(?:ends?|stops?) (?:at|with) ${money}`,
      `\\bfrom ${money} (?:up )?(?:to|until|-|–|and|through) (?:at most |up to )?${money}`,
      `${money} ?(?:-|–|—|to|up to|until|through|and|till|or) ?(?:at most )?${money}`,
      `\\b(?:at least|over|above|more than|starting at|minimum(?: of)?|min|from|least|no less than) (?:is |of )?${money}.*\\b(?:at most|under|below|no more than|less than|up to|maximum(?: of)?|max|not over|most|to) (?:is |of )?${money}`,
      `\\b(?:at most|under|below|less than|up to|maximum(?: of)?|max) (?:is |of )?${money}.*\\b(?:at least|over|above|more than|starting at|minimum(?: of)?|min|from) (?:is |of )?${money}`,
    ),
    but: /\b(?:square|sqft)\b/,
    many: true,
    asks: true,
    denies: true,
  },
  {
    kind: "min_price",
    says: rx(
      `\\b(?:(?<!at )(?<!no )more than|over|above|at (?:the very )?least|least|minimum(?: price)?(?: of| is| to| at| should be| :)*|min(?: price)?(?: of| is| :)?|(?:start|starts|starting|begin|beginning|begins)(?: \\p{L}+){0,2} (?:at|from|with)|upwards of|from|north of|exceeding|lowest price(?: of| is| to)*|(?:lower|bottom) (?:price )?(?:limit|bound|end)(?: (?:of|is|at|on the price of|for the price of))*|(?:price )?floor(?: of| is| at| :)*|(?:price )more than|exceeds?|beyond) (?:a |price |of |about |only |around |the |that )*${money}(?! ?(?:to|-|–|and up to|up to|at most|max|or less)(?: |$))`,
      `${money}(?: price)? (?:or (?:more|above|higher|up|over|upwards?)|and (?:up|above|more|over|higher|upwards?|beyond)|upwards?|at (?:the )?(?:very )?least|minimum|min|plus|on up|on)(?: |$)`,
      `\\b(?:minimum|min|lowest|least|floor)\\b(?: price)?.*${money}`,
    ),
    but: /\b(?:square|sqft|offer|at most|maximum|max|or less|cheaper)\b/,
    many: true,
    asks: true,
    denies: true,
  },
  {
    kind: "max_price",
    says: rx(
      `\\b(?:under|below|less than|lower than|cheaper than|as much as|at most|most|up to|max(?: price)?(?: of| is| :)?|maximum(?: price)?(?: of| is| to| at| should be| :)*|within|cap(?:ped)?(?: it| the price| price| of)*(?: at)?|limit(?:ed)?(?: of| is| to| the price to| it to| at| :)*|budget(?: is| of| :| ends at| tops out at| stops at| up to| max)*|afford|can pay|can spend|spend|pay|stays?|highest price(?: of| is| to)*|top price(?: of| is)*|ceiling(?: of| is| at| :)*|for|we have|i have|have got|'ve got|have|until|till|beneath|not over|south of) (?:a |price |of |about |up to |is |at most |only |around |under |max |maximum |my |the |saved |than )*${money}`,
      `${money}(?: price)?(?: is| ,)? (?:or (?:less|under|below|cheaper|lower)|and (?:under|below|less|not)|at (?:the )?(?:very |absolute )?most|max|maximum|tops|top|is (?:my|our|the|all)(?: absolute| upper| top)? (?:limit|maximum|max|budget|ceiling|cap|most)|limit|ceiling|cap|budget|is all|as (?:a|the|our|my) (?:limit|maximum|ceiling|cap|budget))`,
      `\\b(?:maximum|max|highest|most|limit|cap|ceiling)\\b(?: price)?.*${money}`,
    ),
    but:
      /\b(?:square|sqft|offer|or more|and up|at least|upwards?|minimum|(?:lower|bottom) (?:price )?(?:limit|bound|end))\b|§home/,
    many: true,
    asks: true,
    denies: true,
  },
  {
    kind: "exact_beds",
    says: rx(
      `\\b(?:exactly|precisely|just|only|strictly|exact|no more (?:and|or|nor|,) no (?:less|fewer) than|neither more nor (?:less|fewer) than)(?: the| match| of| on)*(?: places with| homes with| those with)? ${n} bed`,
      `${n} bed\\b.*\\b(?:exactly|precisely|no more|on the dot|not more|nothing more|and not one more|no fewer|no less|nothing (?:bigger|larger|smaller|else)|none (?:bigger|larger)|no bigger|no larger|no more|not less|neither|exact|on the dot|sharp|not a bed more|not one more|and that is it|to be exact)\\b`,
      `\\b(?:exact|exactly)\\b.*${n} bed\\b`,
      `\\bbed\\b.*\\b(?:exactly|precisely|just) ${n}\\b`,
      `\\b(?:number of bed|bed count)\\b.*\\b(?:exactly|precisely|exact)\\b`,
    ),
    but: rx(`\\bbath\\b|${some}|\\bor more\\b`),
    many: true,
    asks: true,
    denies: true,
  },
  {
    kind: "exact_beds",
    says: rx(`\\bexact match\\b.*${n} bed\\b(?!.*\\bbath)|(?<!\\bbath .*)${n} bed\\b.*\\bexact match\\b`),
    whole: true,
    many: true,
  },
  {
    kind: "rooms",
    says: rx(
      `${many} bed\\b.*${many} bath\\b|${many} bath\\b.*${many} bed\\b|\\b${n} (?:bed )?[/x] ?${n} bath\\b`,
      `\\bbed\\b.*${n}.*\\bbath\\b.*${n}`,
    ),
    many: true,
    asks: true,
    denies: true,
  },
  {
    kind: "beds",
    says: rx(`${many} bed\\b|\\bbed\\b.*\\b(?:${some}|should be|to|at) ?${n}\\b|\\bbed : ${n}\\b|\\b(?:bed) ${n}\\b`),
    but: /\bbath\b|\bthe (?:\d|two|three|four) bed\b|§home/,
    many: true,
    asks: true,
    denies: true,
  },
  {
    kind: "baths",
    says: rx(`${many} bath\\b|\\bbath\\b.*\\b(?:${some}|should be|to|at) ?${n}\\b|\\bbath : ${n}\\b|\\bbath ${n}\\b`),
    but: /\bbed\b|\bthe (?:\d|two|three|four) bath\b|§home/,
    many: true,
    asks: true,
    denies: true,
  },
  {
    kind: "types",
    says: rx(
      `${types}(?: homes| house| land| units)? (?:only|alone|and nothing else|exclusively|and no other|, nothing else|but nothing else|or nothing|and that is it)`,
      `\\b(?:only|just|nothing but|solely|exclusively|limit|restrict|narrow|filter|confine|but|except|purely|strictly|no other|nothing else)\\b(?: (?:§\\p{L}+|\\p{L}+|,|:)){0,6}? (?:${typed})(?: |$)`,
      `^(?:${typed}) (?:is|are) (?:all|what|the only (?:thing|things|kind|type|ones?))\\b`,
      `\\b(?:home|property|building) (?:type|kind|category)\\b`,
      `\\b(?:type|kind|kinds|types|category)\\b.*\\b(?:${types})\\b`,
      `\\b${types}\\b.*\\b(?:no other|nothing else|other (?:kind|type|sort|homes)|as (?:the|a) (?:home )?type)\\b`,
      `\\b(?:do not|no|not|hide|without|exclude|leave out|skip)\\b.*\\b${strictTypes}\\b`,
      `\\b(?:show|see|wants?|prefer|interested in|looking for|look for|find|like|care for|need|list|search for|get|any|what|which|browse|pull up|give|love|buy|view|after|have)\\b(?: me| us| the| some| any| all| for| in| a| up| available| to| see| look| at| of| kind)*(?: (?:vacant|empty|bare|raw|nice|cheap|small|big|good|affordable|building))? (?:${strictTypes}(?: homes)?)(?: (?:for sale|on the market|available|are|is|there))*(?: (?:in|around|near|for) (?:§place|§q|here)| please| only| there)*(?: \\?)?$`,
      `^(?:§place (?:: |, |- )?)?(?:${strictTypes}(?: homes)?)(?: for sale)?(?: (?:in|around) (?:§place|§q)| please)*$`,
    ),
    but: rx("\\b(?:save|agent|tour|open|rent|saved|favorite|price|sort(?! of| it)|sold)\\b|§home|\\bjust (?:one|a)\\b"),
    many: true,
    asks: true,
    denies: true,
  },
];
