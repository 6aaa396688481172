import { firstOf, type Kind, type Rule } from "./kinds.ts";

const may = "(?:should|must|can|may|shall|could|ought to|has to|have to|needs? to|is to|are to)";
const soft = "(?: (?:all|now|just|please|straight|right|safely|finally|also|both|be|off|back|too))*";
const folder = "(?:the |my )*(?:trash|archive|spam)\\b";
const notSo = "(?<!\\b(?:not|longer|never|no)(?: \\S+)? )";
const soon =
  "(?:until|tomorrow|tonight|later|next (?:week|month|\\w+day)|(?:on |this )?(?:weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday))";
const told =
  "(?<!\\b(?:is|was|are|were|went|lies?|sits?|landed|ended|came|found|in|moved|fell|got|mark|marked)\\b[^.,;!?]*)";

/** What is said of mails as if a verb stood there, with that verb. */
export const states: readonly (readonly [says: RegExp, verb: string])[] = ([
  [`(?:${may}${soft} )?\\b(?:goes|go|going|belongs?|comes?|moves?|gets?)${soft} (?:in|into|to|onto) ${folder}`, "put"],
  [`\\b(?:should|must|shall|ought to)${soft} (?:be |end up )?in (?:the |my )*trash\\b`, "delete"],
  [`\\b(?:should|must|shall|ought to)${soft} (?:be |end up )?in (?:the |my )*archive\\b`, "archive"],
  [
    `(?:${may}${soft} )?\\b(?:goes|go|belongs?|comes?|gets? filed|be filed)${soft} (?:under|below|(?:in|into|to|with) (?:the )?(?:work|personal|receipts))\\b`,
    "put",
  ],
  [
    `\\b(?:not|no longer|never)(?: (?:really|even|now))* (?:needs?|deserves?|requires?|wants?|merits?|have|has|be|being|to be|worth|carry|keep|wear)(?: to (?:be|have|keep|carry))?(?: (?:a|the|its|that|any|their))* (?:stars?|starred)\\b`,
    "unstar",
  ],
  [
    `\\b(?:not|no longer|never)(?: \\S+)? (?:be |appear |stand )?(?:among|in|on|one of) (?:the |my )*(?:starred|stars|favorites)\\b`,
    "unstar",
  ],
  [`\\bstars?\\b(?: \\S+){0,8}? (?:is|are) (?:no longer|not) (?:needed|necessary|required|wanted)\\b`, "unstar"],
  [
    `\\b(?:people|everyone|everybody|anyone|anybody|whoever|those)\\b(?: (?:who|that))? (?:writes?|mails?|contacts?)[^.;!?]* (?:gets?|receives?|sees?|is told|be told) (?:the|a|an|this|§q)\\b`,
    "vacation",
  ],
  [
    `${notSo}\\b(?:gets?|needs?|deserves?|wants?|merits?|earns?|is worth|are worth|if [^.;!?]* (?:had|got)|${may} (?:have|get|carry|bear|wear)) (?:a |the |its |one of those |nice |little |yellow |golden |big |my )*stars?\\b`,
    "give",
  ],
  [
    `${notSo}(?<!\\b(?:i|we|you|to|would) )\\b(?:gets?|needs?|deserves?|wants?|if [^.;!?]* (?:had|got)|${may} (?:have|get|carry|bear|wear)) (?:the |a )*(?:label|\\S+ label)\\b`,
    "give",
  ],
  [
    `${notSo}\\b(?:can|may|should|must|could|needs? to|has to|have to|ought to)(?: (?:all|now|just|finally|both|really|please))* (?:go|vanish|disappear)(?: (?:away|now|please|too|for good))*(?=$| [.,;!?]| and\\b| then\\b)`,
    "delete",
  ],
  [
    `\\b(?:not|no longer|never|stop|no need to)(?: \\S+)? (?:to )?(?:be|being|look|show|showing|count|appear|stand|stay|keep)(?: \\S+)?(?: up)?(?: as| like| to be| in)? (?:bold|unread|new)\\b`,
    "count as read",
  ],
  [
    `\\b(?:should|must|shall|ought to|has to|have to|may|can)(?: (?:please|just|now|all|also|still|both))* (?:look|show|count|appear|be|go back|turn|stay|become|stand)(?: up| back)?(?: as| like| to| to be| in)* (?:new|bold|unread|not (?:yet )?(?:read|opened))\\b`,
    "count as unread",
  ],
  [
    `\\b(?:look|looks) as (?:if|though) (?:nobody|no one|i) (?:had |has |have )?(?:not |never )?(?:opened|read|seen|touched)\\b`,
    "count as unread",
  ],
  [`\\bback to unread\\b`, "count as unread"],
  [
    `\\b(?:should|must|has to|needs to|ought to) (?:be|come|go|get) back (?:in|into|to) (?:the |my )?inbox\\b`,
    "get back",
  ],
  [`\\blabel\\b[^.;!?]* (?:goes|belongs|should go|must go) (?:on|onto)\\b`, "put"],
  [`\\b(?:awaits?|expects?|wants?|needs?) (?:an? )?(?:answer|reply|response)\\b(?=[^.;!?]*§q)`, "reply"],
  [
    `(?<=(?:^|[.;!?] )(?:§q|the (?:\\S+ ){0,3}?mail\\b[^.,;!?]*) )(?:should|must|has to|needs to|is to|shall|ought to)(?: also| too)* (?:reach|get to|be passed on to|be seen by)\\b`,
    "forward",
  ],
  [
    `\\b(?:a|an|this|my|one)(?: \\S+)? (?:mail|note)(?: \\S+){0,5}? (?:should|must|has to|is to|needs to) (?:go out|go off|leave|be sent|be delivered)(?= (?:on|at|tomorrow|next|later|this|\\w+day)\\b)`,
    "schedule",
  ],
  [
    `\\b(?:\\d+|ten|twenty|twenty-five|fifty|a hundred)(?: (?:mails|conversations|rows|letters|of them))? (?:(?:per|on (?:a|one|each|every|the)|in (?:a|one)|a|each) (?:page|screen)|at once|at a time|at the same time)\\b`,
    "show",
  ],
  [`\\bsignature (?:should|must|shall|is to|has to|ought to) (?:be|read|say)\\b`, "set"],
  [
    `\\bmails?(?: \\S+){0,3}? (?:(?:should|must|shall|are to|have to|is to)(?: \\S+){0,2} )?(?:(?:ends?|closes?|finish|finishes|concludes?|be signed|sign off) (?:with|in)(?! (?:the|my) )|be signed(?= §q))\\b`,
    "end with",
  ],
  [
    `\\b(?:under|below|beneath|at the (?:end|bottom|foot) of) (?:all|every|each|any)(?: of)?(?: my)? mails?(?: \\S+){0,3}? (?:should|must|shall|is to|has to) (?:stand|be|appear|come|go|say)\\b`,
    "end with",
  ],
  [
    `\\b(?:a|an|this|my|one)(?: new| short| quick)? (?:mail|note|line|letter|word)(?: \\S+){0,3}? (?:to|should|must|shall|can|has to|is to) (?:go|be sent|leave|go out|get out)(?: out| off)? to\\b`,
    "write",
  ],
  [
    `\\b(?:should|must|has to|needs to|is to|shall|ought to)(?: only| not)* (?:get|have|receive|find|read) (?:this|the following|(?:a|an|my|the) (?:mail|note|line|letter|word)(?: from me)?)\\b`,
    "write",
  ],
  [
    `\\b(?:want|like|love|need|wish) (?:§a|\\S+(?: \\S+)?) to (?:get|receive|read) (?:§q|this|an? |the following)`,
    "write",
  ],
  [
    `\\b(?:should|must|has to|needs to|is to|shall|ought to)(?: only| not)* (?:reach|get to|arrive (?:at|with)|land with)\\b`,
    "write",
  ],
  [`\\blabels?\\b[^.;!?]* (?:should|must)(?: also)? (?:contain|include)\\b`, "create"],
  [`\\b(?:a|one) star would (?:be|help|do)\\b`, "give"],
  [`\\b(?:should|must|has to|needs to) be (?:told|informed|asked|invited) (?:by|via|in an?) mail\\b`, "write"],
  [`\\b(?:needs?|is to get|gets?) an? (?:mail|note|line)\\b(?: from me)?`, "write"],
  [`\\b(?:should|must|ought to|needs to|has to) be (?:a|an|another|one more) (?:new )?label\\b`, "create"],
  [
    `\\b(?:should|must|ought to|has to|needs to)(?: also| too)? (?:be|go|stand) (?:in|into|among) (?:the |my )*contacts\\b`,
    "add",
  ],
  [
    `\\b(?:should|must|needs to|has to|ought to|shall)(?: also| too)? (?:get|have|receive) (?:a |the )?copy of\\b`,
    "forward",
  ],
  [
    `\\b(?:should|must|needs to|has to|ought to|shall)(?: also| too)? go (?:out |on |over )?to (?=(?:\\S+ ){0,4}§a)`,
    "forward",
  ],
  [
    `\\bnot (?:want|wish|need|like) to (?:see|hear|think|be bothered|deal|look|read|be reminded)\\b[^.;!?]* (?:until|before)\\b(?! then)`,
    "snooze",
  ],
  [
    `\\b(?:should|may|can|must|shall)(?: \\S+)? (?:sleep|rest|vanish|disappear|come back|pop up|show up|reappear|return|resurface|wait)\\b[^.;!?]* ${soon}`,
    "snooze",
  ],
  [
    `\\b(?:people|everyone|everybody|anyone|whoever|those who|(?:every|each) sender)\\b[^.;!?]* (?:should|shall|must|are to|is to) (?:automatically (?:get|receive|see|be told)\\b|(?:get|receive|see|be told)\\b[^.;!?]*\\bautomatically\\b)`,
    "vacation",
  ],
  [`${told}\\boff (?:the |my )*(?:star|starred|stars)(?: list)?\\b`, "unstar"],
  [`\\b(?:sleep|rest|snooze[ds]?) (?:until|for (?:a|the|two|three))\\b`, "snooze"],
  [
    `\\b(?:auto reply|automatic (?:reply|answer)|vacation|responder|out of office)(?: (?:thing|message|mail|reply|mode))? (?:on|off|please|back on)\\b`,
    "switch",
  ],
  [
    `${told}\\b(?:off )?(?:(?:into|to) (?:the |my )+|into |(?<!\\b(?:need|want|like|ought|have|has|going|wish|time|you|me|how) )to )(?:trash|archive|spam)\\b(?: folder)?(?: with)?(?=$| [.,;!?)]| and\\b| then\\b| please\\b| §| it\\b| them\\b| that\\b| the\\b)`,
    "put",
  ],
] as const).map(([says, verb]) => [new RegExp(says, "u"), verb]);

/** What was to be done, or what somebody else does. */
export const tells =
  /\b(?:going to|i wonder|had to|yesterday i|avoid)\b|\b(?:wants to|will) (?!be\b|do\b|have\b|get\b|end\b|go\b|come\b|appear\b)/;

/** What a goal without a command asks for by stating what should be: "25 mails per page", "the mail from Zoe is not spam". */
export function statedKind(plain: string): Kind | undefined {
  const found = firstOf(stated, plain);
  const isDenied = /\b(?:not|never|no longer|no need|nobody|avoid)\b/.test(plain) &&
    /^(?:label|create_label|contact|signature|delete|archive|spam|star|mark_(?:un)?read)$/.test(found?.kind ?? "");
  if (tells.test(plain)) return undefined;
  if (/\b(?:should|must|can|may|shall) (?:stay|remain|be kept)\b/.test(plain)) return undefined;
  // "She has reported it as spam" tells.
  const isTold = /\b(?:has|have|had) (?!been\b|need)\w+ed\b/.test(plain) &&
    /^(?:spam|archive|delete|star|mark_(?:un)?read)$/.test(found?.kind ?? "");
  if (isTold) return undefined;
  return isDenied && !/\bunread\b|\bnot read$/.test(plain) ? undefined : found;
}

const n = "(?:\\d+|ten|twenty|twenty-five|fifty|a hundred)";
const stated: readonly Rule[] = [
  ["", /\b(?:theme|dark mode|weather|password)\b/],
  ["unstar", /\bno stars? (?:any|for|on)\b/],
  ["unstar", /\bstarred\b.*\b(?:should|must|need|does) not(?: have to)? be\b/],
  ["not_spam", /\bspam\b.*\b(?:should|must|does) not (?:be|belong)\b/],
  ["archive", /\b(?:should|must|can|may) leave (?:the |my )?inbox\b/],
  ["unstar", /\b(?:no|not|without)(?: (?:more|longer|needs?|want|have|deserves?|requires?|a|its|the|any))+ stars?\b/],
  [
    "page_size",
    new RegExp(
      `\\b${n} (?:\\S+ ){0,3}(?:per page|on (?:a|one|each|every|the) page|a page|at a time)\\b|\\bpage (?:size|length)\\b.*\\d|\\bper page\\b.*${n}|\\b\\d+ (?:rows|conversations|mails) (?:each|per)\\b`,
    ),
  ],
  [
    "vacation",
    /^(?![\p{L}-]+(?: \p{L}+)? (?:the|my) (?:vacation|out of))(?!.*\b(?:is|was|were|has|had|works?|worked|looks?|went)\b).*\b(?:vacation|out of (?:the )?office)\b.*\b(?:on|off|reply|responder|message|please|with)\b/u,
  ],
  [
    "signature",
    /^(?:in (?:the |my )?settings ,? ?)?(?:my |new |the )*signature(?: (?::|-|to|as|=|should|must|is (?:now )?§q|becomes|please|§q|with)|$)|\bsigned with\b|\bsignature (?:is|should be|:)/,
  ],
  ["contact", /\b(?:contacts?|address book)\b.*§a|§a.*\b(?:contacts?|address book)\b/],
  [
    "create_label",
    /^(?:(?:a )?new|one more|another|an? (?:extra|additional|further)) (?:label|folder)\b|\blabel (?:§q|\S+) would (?:be|help|do)\b|\b(?:should|must) be a (?:new )?(?:label|folder)\b|^label (?:named|called)\b/,
  ],
  [
    "label",
    /\b(?:gets?|needs?|wants?|deserves?|(?:should|must|ought to|has to|have to) (?:have|get|carry|bear|wear)) (?:the |a )?(?:\S+ )?label\b|\blabel for (?:the |all |every |each )*mails?\b|\bbelongs? (?:under|in|to)(?! (?:the )?(?:trash|spam|archive|inbox)\b)/,
  ],
  ["signature", /^(?:all )?(?:of )?my mails? (?:should|must|shall|are to) (?:end|close|finish|be signed|conclude)\b/],
  [
    "archive",
    /\b(?:should|must|can|may|ought to|has to|have to|needs? to) (?:all |now )?go (?:in)?to (?:the |my )?archive\b|\bbelongs? (?:in|into) (?:the |my )?archive\b/,
  ],
  [
    "delete",
    /\b(?:should|must|can|may|ought to|has to|have to|needs? to) (?:all |now )?go (?:in)?to (?:the |my )?trash\b|\bbelongs? (?:in|into) (?:the |my )?trash\b/,
  ],
  [
    "spam",
    /\b(?:should|must|can|may|ought to|has to|have to|needs? to) (?:all |now )?go (?:in)?to (?:the |my )?spam\b|\bbelongs? (?:in|into) (?:the |my )?spam\b/,
  ],
  ["not_spam", /\bspam\b.*\bbelongs? (?:in|into|to) (?:the |my )?inbox\b/],
  ["snooze", /\b(?:do not|not) want to (?:see|hear|think|be bothered)\b.*\b(?:until|before)\b/],
  ["create_label", /\b(?:want|need|like|could use) (?:a new|another|one more|an extra|a further) (?:\S+ )?label\b/],
  ["mark_read", /^(?:consider|regard|count)\b.*\bread$/],
  ["label", /\bshould be the label (?:on|of|for)\b/],
  [
    "schedule",
    /\b(?:mail|note)\b.*\b(?:should|must|is to|has to|needs to) (?:go out|be sent|be delivered|reach)\b(?<=(?:tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d).*)/,
  ],
  ["restore", /\bfrom (?:the )?trash (?:back )?(?:in)?to (?:the |my )?inbox\b/],
  ["mark_read", /\b(?:no longer|not|stop) (?:(?!mark\b|set\b|make\b|turn\b)\S+ ){0,6}(?:as )?unread\b/],
  [
    "not_spam",
    /\b(?:wrongly|mistakenly|accidentally|by mistake|falsely) .*\bspam\b|\bspam\b.*\b(?:wrongly|by mistake|by accident|mistakenly)\b/,
  ],
  [
    "not_spam",
    /\b(?:is|are|was|were) (?:not|no) (?:actually |really |a |even )?spam\b|^not spam\b|\bfrom (?:the )?spam (?:back )?(?:in)?to (?:the |my )?inbox\b/,
  ],
  [
    "spam",
    /\b(?:is|are) (?:just |pure |clearly |obviously |definitely |such )*spam\b(?!-)|\b(?:to|into|in) (?:the )?spam with\b|\b(?:to|into|as) (?:the )?spam(?: folder)?$/,
  ],
  ["mark_read", /\bas (?:read|seen)$/],
  ["mark_unread", /\bas (?:unread|not read|new)$|\bunread again$/],
  [
    "delete",
    /\b(?:as|to|into|in) (?:the )?trash$|^trash\b|\b(?:into|in) (?:the )?trash with\b|\b(?:can|should|may|must|could|needs? to|has to|have to) go$/,
  ],
  ["archive", /\b(?:as|to|into) (?:the )?archived?$|\b(?:into|to) (?:the )?archive with\b/],
  [
    "star",
    /\bas star(?:red)?$|^star as\b|\b(?:gets?|needs?|deserves?|(?:should|must|ought to|has to) (?:have|get|carry)) (?:a |its )?stars?\b/,
  ],
  ["star", /^(?:a |an |one |the )?(?:\S+ )?star (?:for|on|to)\b/],
  ["draft", /^(?:only |just )?(?:a |an |as |new |unsent )*draft\b/],
  ["compose", /^(?:(?:a|an|one|quick|short|new|little) )*(?:mail|note|line) (?:to|for) |^to §a ?[:,]/],
];
