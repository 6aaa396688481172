import type { Frame } from "halo-agent/site";
import { text } from "./doubt.ts";
import { filterFrames, money, place, rx } from "./filter-frames.ts";

/** Words between two, none of which turns them round. */
const gap = (most: number): string => `(?: (?!(?:not|never|no|nothing|without|nor|longer)(?: |$))[^ ]+){0,${most}}?`;
const thing =
  "(?:§home|it|this|that(?! (?:ha(?:s|ve)|costs?|price|is|are|offers?|sells?)\\b)|them|(?:the|that|this)(?: \\p{L}+){0,2} (?:home|house|one|place|condo|townhome|apartment|cottage|bungalow|cabin|villa|lot|homes|building)|(?:the )?(?:first|second|third|fourth|last) (?:one|home|house|result|listing))";
const saved =
  "(?:saved|save|favorite|heart|list|bookmark|bookmarks|collection|keepers|likes|liked|picks|saves|saved-homes|kept)";
const onList =
  `(?:in|into|to|on|onto|among|amongst|with|under|as|at|one of)(?: (?:the|my|our|a|an|of|one|own|list|homes|house|other|personal|wish|short|watch|dream|favorite|ones|those|that|i|we|for|this|same|growing))* ${saved}`;
const offList =
  `(?:from|off|off of|out of|of|in|among|on|away from)(?: (?:wish|short|watch|the|my|our|of|list|homes|house|own|ones|those|that|i|we|all))* ${saved}`;
const away =
  "(?:delete|take|taken|thrown|dropped|drop|forget|get|pull|strike|kick|throw|lose|clear|cross|wipe|boot|scrap|ditch|dump|purge|cut|discard|scratch|rid|toss|chuck|yank|remove|bump|knock|eliminate|banish|move|bring)";
const visits = "(?:tour|visit|appointment|booking|reservation)";
const agent =
  "(?:agent|§agent|whoever (?:sells|is selling|lists|is listing|offers|has|handles|represents|wrote)|person (?:selling|who sells)|people (?:selling|who sell)|owner|sales (?:person|rep))";
const writes =
  "(?:contact|message|write|wrote|propose|suggest|ask|tell|inform|notify|ping|e-mail|email|mail|inquire|enquire|reach out|get in (?:touch|contact)|get hold of|get back|send|drop|shoot|let|speak|talk|text|letter|note|inquiry|enquiry|line|question|say|introduce|put)";
const open =
  "(?:open|view|look at|look closer at|look more closely at|bring up|pull up|bring|pull|click|click on|tap|tap on|show|see|read|know|learn|hear|go to|go into|go|tell me|take me to|take me|take|have a look at|take a look at|have a (?:closer |good |quick |proper )?look|visit|check out|check|get|call up|load|inspect|examine|look into|look up|display|study|find|peek|jump|walk me|lead|explore|zoom in on|curious about)";
const homes =
  "(?:homes?|house|places?|real estate|market|apartment|condo|townhome|something|anything|options?|listings?|results?|a roof|stuff|what(?: is| 's|'s)? (?:there|on|for|available|out|being)|what there is|what (?:they|you|we|i) (?:have|can)|what is (?:there|available|for sale|on)|what 's (?:there|available|for sale|on offer|on the market)|what can be (?:bought|had)|for sale|on the market|on offer|available)";
const look =
  "(?:search|run|look|have a look|have a peek|peek|find|show|see|pull up|bring up|pull|bring|get|list|browse|any|what|which|is there|are there|is anything|explore|hunt|check|go|want|need|move|moving|relocat\\p{L}+|interested|live|buy|settle|type|enter|put|curious|scan|scout|take|give|tell)";
const within =
  "(?:in|on|around|near|at|for|to|of|by|within|from|has|have|does|about|into|over|with)(?: the| downtown| central| greater| city of| all of| area of| town of| region of| area| zip| zip code| postcode| code| beautiful| sunny| lovely| or around| or near| and around)* ";

/** What goals about homes ask for, tried in order. */
export const frames: readonly Frame[] = [
  { kind: "", says: /^(?:edit|rename) (?:the|my|our|this|that) (?:price|filter|limit|status)\b/ },
  {
    kind: "save_search",
    says: rx(
      `\\b(?:save|keep|remember|store|bookmark|favorite|hold on to|note|record|preserve|retain|file|star|heart|pin|saved)\\b${
        gap(9)
      } (?:search|query|filter|settings)\\b`,
      `\\b(?:search|query|filter|settings)\\b${
        gap(10)
      } (?:be|get|got|want|like|need|me|to be|should be|as) (?:\\p{L}+ )?(?:saved|kept|remembered|stored|bookmarked|preserved)\\b`,
      `\\bsearch\\b${gap(10)} (?:saved|kept|remembered|stored)\\b(?! (?:homes?|house|ones?|places?|list))`,
      `\\b(?:make|create|set up|add|start|want|like|need|have|give me|get|turn)\\b${gap(8)} saved search\\b`,
      `^(?:a |one )?(?:saved|kept) search\\b`,
      `\\b(?:save|store|keep|remember)\\b${gap(4)} ${place}${gap(3)} (?:as|among|to|in|under) ${gap(4)} ?search\\b`,
      `\\bsearch\\b${
        gap(10)
      } (?:among|to|into|in|on) (?:the |my |our )*(?:saved|favorite)(?: ones| searches| search)?\\b`,
    ),
    but: rx(
      "\\b(?:delete|open|not|go to|run|rename|removed|old)\\b|§home",
      "^(?:open|show|see|view|run|list|load|look)\\b.*\\bsaved search",
    ),
  },
  {
    kind: "unsave",
    says: rx(
      "\\bunsave\\b",
      `\\b${away}\\b${gap(12)} ${offList}\\b`,
      `\\b(?:off|out of|away from) (?:the |my |our )*(?:list of )?(?:saved |favorite )*${saved}(?: homes| list| ones)? with ${thing}`,
      `^out with ${thing}`,
      `^(?:off|out|away)(?: of| from)?(?: (?:the|my|our))* ${saved}(?: homes| list| ones)?$`,
      `${thing}(?: ,)?(?: \\p{L}+){0,2} (?:off|out of|away from) (?:the |my |our |list |of )*${saved}`,
      `\\b${saved}\\b(?: homes| list| ones| house)?(?: \\p{L}+)? (?:not|no longer|never)(?: \\p{L}+){0,2} (?:have|contain|include|list|hold|show|keep|be)\\b`,
      `\\b(?:get|have|want|need|see|like)\\b${gap(8)} (?:gone|removed|out|off|deleted|away|struck)${
        gap(3)
      } (?:from|off|of|out of) (?:the |my |our )*(?:list of )?${saved}`,
      `(?:${thing}|home|house|one)${gap(8)} (?:not|no longer|never)(?: \\p{L}+){0,3}? ${onList}\\b`,
      `\\b(?:not|no longer|never)(?: (?:want|need|like|have|wish|care|really|to|for|keep|see))+${gap(6)} ${onList}\\b`,
      `${thing}${
        gap(8)
      } (?:go|disappear|vanish|leave|come off|gone|removed|cleared|deleted|off|out|taken off|struck|taken out|dropped|thrown out)${
        gap(4)
      } (?:from |off |of |out of |in |on |among )?(?:the |my |our )*(?:list of )?${saved}`,
      `\\b${saved}\\b${
        gap(8)
      } (?:should go|can go|must go|has to go|needs to go|may go|delete|removed|should disappear|to go)\\b`,
      `^(?:delete|take|take away|take off|drop|undo|lift|clear|untick|unclick|toggle|pull|get)(?: off| away)? (?:the |its |that |my )?heart\\b`,
      `^(?:delete|drop|discard|scratch) (?:the |my )?(?:saved|favorite) (?:home|house|place)`,
      `^(?:delete|forget|drop|scratch|lose|ditch|strike|discard|scrap|get rid of|take|throw|kick|cross)(?: off| out)? (?:${thing})(?: off| out| away)?(?: from .*| again| please| now| there)*$`,
      `\\bno (?:longer any )?(?:reason|need|point|use)(?: (?:to|in|for))? (?:keep|keeping|hold|holding|have|having|leave|leaving)\\b${
        gap(6)
      } ${onList}\\b`,
      `\\b(?:has|have|got) no (?:business|place|right|reason|more business)(?: \\p{L}+){0,3} ${onList}\\b`,
      `^stop (?:saving|keeping|save|keep) ${thing}`,
      `${thing}${gap(3)} (?:no longer|not)(?: \\p{L}+){0,2} (?:a |one of )?(?:my |our )?(?:favorite|saved|keeper)`,
    ),
    but: rx("\\b(?:search|tour|visit|appointment|filter|cancel|message|agent|budget|results)\\b"),
    denies: true,
  },
  {
    kind: "cancel",
    says: rx(
      `^call (?:it|that|this|them)(?: all)? off\\b`,
      `\\bcall\\b${gap(9)} off\\b`,
      `\\b(?:cancel|call(?:ed)? off|delete|drop|scrap|take back|undo|revoke|get rid of|stop|forget|abort|nix|axe|kill|scratch|void|retract|pull|pull the plug on|strike out|call time on|annul|lose|strike|remove)\\b${
        gap(6)
      } (?:${visits}|request)\\b`,
      `\\b(?:${visits}|request)\\b${
        gap(9)
      } (?:cancel|cancelled|called off|off|deleted|removed|dropped|scrapped|struck|axed|no longer needed)\\b`,
      `\\bget\\b${gap(6)} (?:${visits}|request)\\b${gap(6)} cancelled\\b`,
      `^cancel(?: (?:it|that|this|one|§home|my|our|the|on|for|of|at|saturday|sunday|monday|tuesday|wednesday|thursday|friday|tomorrow|please|§day|§time|§there|then|too|as well))*(?: ,.*)?$`,
      `\\b(?:no longer|not) (?:want|need|wish|plan|intend|going)(?: (?:the|that|my|our|to|go|on|through|with))* (?:${visits})\\b`,
      `\\b(?:${visits})\\b${gap(6)} (?:is|are) (?:not|no longer) (?:needed|necessary|wanted|required)\\b`,
    ),
    but: rx(
      "\\b(?:the|my|that|a) cancelled\\b|\\b(?:save|saved|favorite|heart|subscription|account|loan|search|message|agent|phone|alerts?|rent)\\b",
    ),
    denies: true,
  },
  {
    kind: "sort",
    says: rx(
      "\\b(?:sort|sorted)\\b",
      "\\border(?:ed)? (?:the |these |those |them |all |it |homes |house |results |list |what |is |in |of |everything |§place )*(?:by|from|according|on)\\b",
      "\\b(?:newest|latest|largest|biggest|most recent|roomiest|freshest|most square feet|most space|most living space|highest square footage|greatest)\\b(?: [^ ,]+){0,4} (?:first|on top|at the (?:very )?(?:top|beginning|start|head|front)|to the (?:top|front|beginning)|come first|up front|up top|lead|leading|before)\\b",
      "\\b(?:most|more|many|highest number of) (?:floor |living |total )?(?:bed|bath|square feet|space|rooms)\\b.*\\b(?:first|top|beginning|start|head|front|lead)\\b",
      `\\b(?:start|begin|lead|open|starting|beginning|leading)(?: off)? with\\b${
        gap(5)
      } (?:newest|largest|biggest|roomiest|most recent|most recently|latest|most (?:bed|bath|square feet|space|floor space))\\b`,
      "\\b(?:first|on top|at the top|up top|up front|to the top|lead with|start with|begin with|starting with|beginning with)(?: (?:the|those|ones|with|homes|house|put))* (?:newest|largest|biggest|roomiest|freshest|most recent|latest|most (?:bed|bath|square feet|space|rooms))\\b",
      "^put (?:those|them|these)(?: ones)? (?:on top|first|at the (?:top|beginning|start)|up front)",
      "\\b(?:bed|bath|size|square feet|newest|date|floor space)\\b.*\\b(?:decides?|determines?|rules?|sets?) (?:the )?(?:order|ranking|sort)\\b",
      "\\b(?:arranged?|put|listed|line up|lined up|place|have|list|order|want|need)\\b.*\\bby (?:the )?(?:size|square feet|square footage|newest|number of (?:bed|bath)|date|bed|bath|area)\\b",
      "\\b(?:by|on) (?:the )?(?:size|square feet|square footage|newest|number of (?:bed|bath)|date|bed|bath|area|floor space|living space|living area|most recent|recency|listing date)\\b",
      "\\bin (?:the|another|a different) order\\b|\\b(?:change|switch|set) the order\\b|\\bfrom (?:the )?(?:largest|biggest|newest)\\b.*\\bto\\b",
      "^(?:the )?(?:newest|largest|biggest|roomiest|most recent|latest)(?: ones| homes| house| listings?)? first",
      "\\b(?:newest|square feet|bed|bath) as (?:the |its |their )?(?:order|sort)",
    ),
    but: rx(
      "\\b(?:in order to|tour|agent|sort of|cheapest|oldest|smallest)\\b",
      "^(?:open|view|save|find|click)(?: on)? the (?:newest|cheapest|first|biggest)\\b",
    ),
    many: true,
    asks: true,
  },
  // A time that is told to an agent; a tour that an agent is asked for is open between the two.
  {
    kind: "visit",
    says: rx(
      `\\b${writes}\\b${gap(6)} ${agent}\\b.*(?:§time|§day|day\\b)`,
      `\\b${agent}\\b.*\\b(?:expect|know|meet|come|visit|see)\\b.*(?:§time|§day)`,
      `(?:§time|§day).*\\b(?:tell|message|write|let|contact|inform|ask|e-mail|email)\\b${gap(4)} ${agent}\\b`,
      `\\b(?:message|write|contact|inquiry|note)\\b.*\\b(?:visit|come|see)\\b.*(?:§time|§day)`,
    ),
    but: rx("\\b(?:cancel|delete|not|call me|call at|price)\\b|\\bask\\b.*\\btour\\b"),
    writes: true,
  },
  {
    kind: "tour",
    says: rx(
      `\\b(?:book|arrange|schedule|request|set up|want|need|get|have|ask for|make|organi[sz]e|plan|like|take|fix|reserve|sign (?:me|us) up for|put (?:me|us) down for|can i|could i|could|can|go on|do|join|line up|pencil in|secure|set|ask|order|love|give|submit|send|arrange for|enter|interested in)\\b${
        gap(9)
      } (?:tour|visit|appointment)\\b`,
      `^(?:tour|visit)\\b.*(?:§home|\\b(?:home|house|condo|townhome|(?<!§)place|apartment|it|one)\\b)`,
      `\\bsee\\b.*\\b(?:in person|from (?:the )?inside|for (?:myself|ourselves)|with (?:my|our) own eyes)\\b`,
      `\\b(?:see|visit|walk through|look at|look around|inspect|check out|view|come to|get into|stop by|swing by|drop by|be at|come by|come see|come and see|get to|be let into)\\b${
        gap(7)
      } §home.*(?:\\b(?:on|at|tomorrow|next|first|earliest|soon|today|early)\\b|§time|§day)`,
      `§home.*\\b(?:see|visit|look at|look around|view|check out|tour) (?:it|the house|the place|the home)\\b.*(?:\\b(?:tomorrow|first|earliest|soon|today)\\b|§time|§day)`,
      `\\b(?:a|the|my|our|for|in-person|house) (?:tour|visit) (?:of|to|at|for|with)\\b`,
      `^(?:a )?(?:tour|visit) (?:request )?(?:for |of |to |at |: |, )?§home`,
      `§home.*\\btour\\b.*(?:§time|\\bfirst\\b|\\bearliest\\b)`,
      `\\bcome (?:by|over|and see|to see)\\b.*(?:§home|\\bit\\b|home)|^(?:look around|walk through) §home|\\b(?:shown|show me|show us|showed) around\\b|\\b(?:be|get) shown §home`,
      `\\btour request\\b`,
      `^(?:book|ask for|request|schedule|arrange|want|get|make|need) (?:another|one|a new one)\\b.* §home`,
    ),
    but: rx(
      "\\b(?:do not|did not|no longer|not) (?:want|need)\\b|\\b(?:tour|visit) (?:of|in|to) §place",
      "\\b(?:cancel|call off|delete|agent|message|write|contact|do i|virtual|3d|video|page|website|can not|list|my requests|see my|show me my|go to|question|whoever|saved|save|tours i|my tour|our tour)\\b",
    ),
  },
  {
    kind: "",
    says: rx(
      `\\b(?:tour|visit)\\b.*\\b(?:agent|message|write|contact)\\b|\\b(?:agent|message|write|contact)\\b.*\\b(?:tour|visit|show me|see it|see the)\\b`,
    ),
  },
  {
    kind: "contact",
    says: rx(
      `\\b${writes}\\b${gap(8)} ${agent}\\b`,
      `\\b(?:contact|message|write|get in touch|inquire|enquire|reach out|send|drop|make an inquiry|send in|ask)\\b${
        gap(5)
      } (?:about|regarding|for|concerning|on|re) (?:${thing}|the \\p{L}+ (?:on|at|in|of) §home)`,
      `\\b${agent}\\b.*\\b(?:should|shall|could|to|must|needs? to|can|may|please|know|will)\\b.*\\b(?:contact|write|call|e-mail|email|mail|get back|reach|know|hear|reply|answer|message|respond|get in touch|phone|ring)\\b`,
      `\\b(?:want|like|love|need)\\b${gap(4)} ${agent}\\b.*\\b(?:know|contact|write|call|email|hear|reach|get)\\b`,
      `\\b(?:have|get|make|let) (?:the |its |that |listing )*${agent}\\b.*\\b(?:call|write|contact|email|e-mail|reach|get back|message|respond|reply) (?:to )?(?:me|us|him|her|them|§|back)`,
      `\\bhear (?:back )?from (?:the |its |that |listing )*${agent}\\b`,
      `\\bask about (?:${thing})`,
      `^(?:message|note|inquiry|question|letter|word) (?:to|for) (?:the |its |their |listing )*${agent}\\b`,
      `^(?:the )?${agent} (?:of|for|at) §home\\b.*(?:§a|§phone|message)`,
      `\\b${writes}\\b${gap(2)} (?:its|his|her|their|the|that|this) (?:listing |real estate )?agent\\b`,
    ),
    but: rx(
      "\\b(?:cancel|delete|find me an|find an|become|who is|hire|rate|review|best|saved|save|price history|block|fire|report|complain|new agent|different agent|another agent|not)\\b|\\bwhat (?:they|he|she|is) writ",
      "\\b(?:the|an|his|her|their) (?:e-?mail|number|phone|address|name|mail|message|letter|line|question)(?: address| number)? (?:of|for|from|by) (?:the |its |an )?agent",
      "^(?:give|show|get|find|tell) (?:me|us) (?:the|an|his|her|what|who)\\b",
      "^(?:find|get(?! in| back| hold)|choose|recommend|look for|search|call|phone|pay|meet)\\b.*\\bagent\\b",
      "\\btext (?:the|an|their)\\b|^drop (?:the|my) (?:message|note|letter|inquiry)\\b|^drop (?:the|my) agent\\b(?!.*\\b(?:line|note|message|word)\\b)",
    ),
    writes: rx(
      `^[^¦]*${text.source}`,
      "¦ (?:(?:ask|say|tell(?! me\\b| us\\b)|propose|suggest|mention|introduce|inform|let (?:him|her|them)|inquire|write|i|we|my)\\b|.*§a)",
    ),
  },
  // One home.
  {
    kind: "save",
    says: rx(
      `\\b(?:save|heart|favorite|bookmark|star|pin|keep|remember|hold on to|store|like|mark)\\b${
        gap(7)
      } ${thing}(?= |$)`,
      `\\b(?:add|put|place|include|move|get|have|want|need|stick|throw|pop|slap|slip|drop|enter|count|make|mark|set|turn|keep|like|save|store|remember|file|see|take|leave|hold|note|bring)\\b${
        gap(9)
      } ${onList}\\b`,
      `\\b(?:make|mark|name|call)\\b${gap(5)} (?:a |my |our |one of my |another )*(?:favorite|saved)\\b`,
      `^(?:add|in|put)?(?: in| to| into)? ?(?:my |our |the )*(?:saved|favorite|heart|list|save)(?: homes| list)? : §home`,
      `§home(?: ,| §there)*(?: \\p{L}+){0,4} ${onList}\\b`,
      `${thing}${
        gap(6)
      } (?:be|get|needs?|deserves?|saved|have|gets)(?: a| my| the)? (?:saved|favorite|heart|bookmarked|kept)\\b`,
      `\\b(?:give|hand)\\b${gap(4)} ${thing} (?:a|the|my) heart\\b`,
      `\\bheart\\b (?:on|of|for|at|next to|beside|by|under|to|in)${gap(4)} ${thing}`,
      `\\b(?:saved|favorite|list)\\b(?: homes| list| ones)?${
        gap(3)
      } (?:should|must|shall|need|needs|has to|have to|can|may)${gap(2)} (?:have|contain|include|hold|show|list|get)${
        gap(2)
      } ${thing}`,
      `^in with ${thing}`,
      `^(?:save|heart|bookmark|favorite) (?:that|this|it)\\b|^shortlist|^list §home\\b`,
      "^(?:save|heart|bookmark|favorite|shortlist)(?: please| now| too| as well)*$",
    ),
    but: rx(
      `\\b(?:delete|unsave|search|filter|tour|agent|message|do not|open my|show my|show me my|see my|go to|view|save money|in mind|keep me|posted|updated|newsletter|remember that|remember to|like to|off|out of|as it is|for rent|for sale|not)\\b|${money}|\\b(?:to see|see inside|look at)\\b`,
    ),
  },
  ...filterFrames,
  {
    kind: "view",
    says: rx(
      `\\b${open}\\b${
        gap(10)
      } (?:§home|(?:first|second|third|last) (?:home|house|one|result)|(?:newest|biggest|largest) (?:home|house|one|result))`,
      `\\b${open}\\b${gap(8)} (?:details|page|information|info|more)\\b`,
      `\\b(?:details|page|information|info|more) (?:of|for|on|about) (?:${thing}|the)`,
      `^(?:open|view|click|click on|tap|show|see|display|read|look at|check out|bring up|pull up) (?:me )?(?:the|that|this|it)(?: (?:\\p{L}+ )*(?:home|house|condo|townhome|place|apartment|one|cottage|page))?(?: to me| for me| up| please| now| there| closer| too)*$`,
      `\\b(?:read|know|learn|hear|tell (?:me|us)|find out|see)(?: (?:more|all|everything|a bit|a little|something|up))* (?:about|on) ${thing}`,
      `\\b(?:all|everything|more|details|stuff|anything|what there is to know) (?:about|on|of) ${thing}`,
      `^(?:open|look|show|details|page|view|click|see) (?:: )?§home`,
      `§home.*\\b(?:open it|show it|let me see it|pull it up|bring it up|take a look at it|details|look at it|the page|more about it|tell me more)\\b`,
      `^(?:the )?(?:details|page|listing page|home page)(?: §home|(?: please| for me| then| now)*$)`,
    ),
    but: rx(
      `\\b(?:save|saved|agent|tour|(?<!^(?:among|of|from|out of|across|with) (?:all )?(?:of )?the )homes (?:in|near|around)|home page(?! of| for)|next page|price history|requests?|delete|similar|results|heart|favorite|filter|search for|in person|inside|visit)\\b|§time`,
    ),
    many: true,
  },
  {
    kind: "search",
    says: rx(
      `\\b${look}\\b${gap(11)} ${within}${place}`,
      `\\b${homes}(?: for sale| on the market| on offer| available| there| is| are| to buy)*(?: ,| :| -)?(?: ${within.trim()})? ?${place}`,
      `\\b(?:home|house|property)[ -]?hunt(?:ing)?\\b${gap(4)} §place`,
      `\\bwhat(?: all| else)? §place (?:has|have|offers?|holds|can offer|looks like)\\b`,
      `${place}(?: ,| :| -)? (?:homes|house|real estate|listings|home|market|properties|what|anything|for sale|available|on offer|search|please)`,
      `^(?:search|find|look up|look for|go to|show me|show|type|enter|punch|punch in|key in|input|put|look at|see|try|browse|check|check out|explore|pull up|bring up|get|now)(?: :)? ${place}`,
      `^(?:show|find|see|list|look|have a look|check|get|give|bring|pull|browse|search|what|which|take|want|need)\\b${
        gap(8)
      } (?:${homes}|the list)(?: \\p{L}+){0,5}$`,
      `^(?:a |some |any )?${homes}(?: to buy| for sale)?(?: there| please| ,)*$`,
      `^${place}(?: please| now)*$`,
      `^what is (?:there|available|for sale|on offer|on the market|out there|up for sale)\\b`,
    ),
    but: rx(
      "\\b(?:save|saved|agents?|tour|sort|bed|bath|dollars|rent|sold|delete|what is the|heart|favorite|message|contact|requests?|tours)\\b|§money|§home",
      "^(?:find|search for|look for|get|book|show)(?: me| us)? (?:an?|some|my|the) (?!(?:\\p{L}+ ){0,2}(?:homes?|house|places?|apartment|condo|townhome|lot|property|real estate|market|results|bungalow|cottage|villa|something|area|listings?|list|options?)\\b)",
    ),
    many: true,
    asks: true,
  },
];

/** What only says more of an errand. */
export const more: RegExp = rx(
  "^(?:filter|search|apply|show|go|enter)(?: accordingly| for that| that| please| them| it| those| now)*$",
  "^(?:search|find|look|show|see|want|need|filter|limit|leave|keep|have|use|apply|set|give|go|get|display|browse|bring|pull|list|move)\\b.*\\b(?:homes?|house|places?|§place|§q|filter|results|something|apply|anything|market)\\b",
  "^(?:go to|open|in|from|under|on|look at|see|check|visit) (?:the |my )*(?:request|saved|list|menu|page|filter|favorite)(?: homes| list| page| menu| panel| ones)*$",
  "^(?:use|using|with|under|my|name|i am|this is|it is|contact|reach|call|sign)\\b.*(?:§a|§phone)|\\bexact match\\b",
  "^(?:leave out|hide|no|skip|drop|exclude|ignore|nothing|without|forget|uncheck|deselect) (?:the |all |any |every |everything )*(?:other|others|else|rest|bigger|larger|smaller)\\b(?: (?:ones?|homes?|house|places?))?.*$",
  "^(?:search|look|find) (?:there|here)$|^(?:send|submit|confirm) (?:it|that|the (?:form|message|request))(?: off)?$",
  "^(?:show|see|list)(?: me| us)? (?:what|whatever) (?:it|you|that|they|comes|is)(?: (?:finds?|found|there|up))?$",
  "^(?:request|book|schedule|arrange|ask for) (?:it|that)\\b.*(?:§time|§day|\\bday\\b)",
  "^let (?:me|us) (?:see|look|know|read)\\b|^(?:my|the) (?:name|number|phone|e-?mail|message) is\\b",
);
