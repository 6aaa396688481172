/** Over 400 lines because it is one list, in which each rule counts on those before it. */
import type { Command } from "halo-agent/site";
import { controlOf } from "./controls.ts";
import { ledKind } from "./led.ts";

/** What a command asks for, by the site's name for it, and the words that say so; "" asks for nothing the site can do. */
export interface Kind {
  readonly kind: string;
  readonly decided: string;
}

/** A kind, and the words that say it. */
export type Rule = readonly [kind: string, says: RegExp];

const del =
  "away with|off with|delete|erase|discard|trash|bin|get rid of|throw away|throw out|throw|clear|clear out|clear up|clear away|clean|clean out|clean up|empty|empty out|wipe|purge|dump|toss|toss out|ditch|nuke|lose|kill|scrap|chuck|chuck out|eliminate|remove|drop|junk|do away with|sweep|dispose of|out with|expunge|zap|rid|kick out|clear off|weed out|scrub";
const move =
  "let|move|put|send|take|drag|shift|bring|get|return|pull|transfer|stick|place|throw|toss|chuck|dump|drop|relocate|fish|dig|stash|sweep|file|slap|pop|clear|keep|leave|move back|bring back|put back|get back|fetch|grab|salvage|throw into|recover|rescue|retrieve|restore|tuck|stow|tidy";
const as =
  "let|have|flip|mark|flag|set|make|treat|turn|switch|show|display|change|update|put|keep|leave|list|report|get|give|return";
const write =
  "write|compose|type up|mail|message|tell|ask|inform|notify|thank|congratulate|wish|fire off|shoot|drop|contact|reach out to|ping|pen|craft|announce|get in touch with|jot|put together|apologize to|say|type|request|confirm|invite|remind|send off|update";

const starts = (verbs: string, rest = ""): RegExp => new RegExp(`^(?:${verbs})\\b(?! ?-)${rest}`);
const to = "\\b(?:to|into|in|onto|under|inside)(?: (?:the|my|a|an|our|that|its))*";

/** Tried in order on a command's words, the verb first; the first that fits decides. An empty kind is none of the site's. */
const rules: readonly Rule[] = [
  // Things that are no mails, and what is there already.
  [
    "",
    new RegExp(
      `^(?:${del}|take|edit|change|rename|correct|amend|adjust|modify|finish|end|cancel|undo|undelete)(?: (?:the|my|that|this|our|his|her|any|all|of|a|old|saved|second|other|scheduled))* (?:drafts?|accounts?|filters?|rules?|search(?:es)?|snoozes?|schedule|alias(?:es)?|address(?:es)?|contacts?|(?:answer|reply)(?! from)|(?:unfinished|half-written) (?:mail|note)|attachments?|subscriptions?|events?|tasks?|alarms?)\\b(?! (?:mails?|ones?)\\b)`,
    ),
  ],
  [
    "",
    /^(?:add|create|set up|make|connect|open|need|want)(?: \S+){1,2} (?:accounts?|alias|filter|rule)\b(?! mails?\b)/,
  ],
  [
    "",
    /^(?:archive|star|forward|snooze|report|restore|file)(?: (?:the|my|all|this|that|of))* (?:contacts?|labels?|drafts?|accounts?|settings?|alarms?|events?|tasks?|signature|folders?)\b(?! mails?\b)/,
  ],
  [
    "",
    /^(?:report|archive|restore|reinstate|share|postpone|delay|defer|snooze|drop)(?: (?:the|its|my|a))+ (?:\S+ )?(?:snooze|forward|markers?|flags?|icons?|badges?|banners?|pictures?|photos?|images?|attachments?|logos?|buttons?|pane|panel)\b(?! mails?\b)/,
  ],
  ["", /^drop (?:the|my|that|this)\b.*\bmail to §a/],
  ["", /^open (?:the|a|that|its|every) (?:links?|images?|pictures?)\b/],
  ["reply_label", /^give\b.*\breply\b.*\blabel\b/],
  ["", /^(?:delete|remove|cancel|drop|throw away|get rid of)\b.*\b(?:i|we) (?:had |have )?scheduled\b/],
  ["", /^(?!schedule|queue)\S+(?: \S+){0,2} scheduled (?:mails?|note|message|send)\b/],
  [
    "mark_read",
    /\b(?:no longer|not|never|stop)(?: \w+){0,3} unread\b(?<=^(?:let|make|have|get|show)\b.*)/,
  ],
  [
    "not_spam",
    /^undo\b.*\bspam\b|^(?:take|remove|drop|clear|get rid of|lift|delete|strip)\b.*\bspam (?:marks?|markers?|flags?|label|status)\b/,
  ],
  ["mark_unread", /^undo\b.*\bas read\b/],
  ["mark_read", /^undo\b.*\bas unread\b/],
  ["snooze", /^(?:put|place|set)\b.*\bon snooze\b/],
  ["", /^make \S+ the (?:first|second|last|top) label\b|\b(?:with|by|as) an? (?:voice|video|audio)\b|^nest\b/],
  ["snooze", /^(?:choose|pick|select|use|click|press)\b.*\bsnooze\b/],
  [
    "schedule",
    /(?<!\b(?:can|could|will|to|shall|may|would) )send later\b|\bschedule send\b|\bdelayed (?:send|sending|delivery|mail)\b/,
  ],
  ["mark_read", /^(?!view|show|display|see|check|hide|turn|find|open)\S+.*\bunread (?:counter|count|number|badge)\b/],
  [
    "mark_read",
    /^count as read\b|^(?:clear|remove|delete|get rid of|drop|take|take off|wipe|lose|strip)\b.*\bunread (?:markers?|marks?|flags?|dots?|badges?|state|status)\b/,
  ],
  [
    "mark_unread",
    /^count as unread\b|^(?:act|pretend|behave)\b.*\b(?:never|not) (?:yet )?(?:opened|read|seen|looked at|touched)\b/,
  ],
  [
    "mark_unread",
    new RegExp(
      `^(?:${as})\\b.*\\bbold\\b|^(?:${as})\\b.*\\bas (?:if|though) (?:nobody|no one|(?:i|we) (?:had )?never)\\b|^(?:mark|set|make|turn|switch) unread\\b`,
    ),
  ],
  [
    "",
    /^(?:give|make|set|let|turn|have|keep)(?: the| my)+ (?:label (?:§q|\S+)|(?!new|extra|following|additional)\S+ (?:label|folder)) (?!(?:please|now|for|too|and|called|named|as)\b)\p{L}(?!.*\b(?:to|on|onto)\b)/u,
  ],
  ["", /\bsub-?labels?\b|\bnested\b|^(?:keep|leave)\b.*\b(?:out of|away from) (?:the |my )?(?:trash|spam|archive)\b/],
  [
    "",
    /^(?:show|open|see|view|list|display|go to|find)(?: me)? (?:all |the |my )*(?:snoozed|scheduled|sent|archived|deleted|important) (?:mails?|ones?|folder|list)$|^check for (?:new|any|more)\b/,
  ],
  ["", /^remove .*\bmails? (?:from|out of) (?:the|this|that|its) mail$/],
  [
    "star",
    /^(?:add|put|move|include|place|stick|want|have|list|file)\b.*\b(?:to|among|amongst|in|into|on|onto|with|under)(?: (?:the|my|other|list|of))* (?:starred|stars|favou?rites?)\b(?!.*\b(?:to|into|in|under) (?:the |my )*(?:archive|trash|spam|inbox|label|work|personal|receipts)\b)/,
  ],
  [
    "",
    /^(?:give|make|set|let|turn|have) the label\b(?!.*\b(?:to|on|onto) (?:the|that|this|every|all|my)\b.*\bmails?\b)|\blabels?\b.*\bcolou?r\b/,
  ],
  [
    "create_label",
    /^(?:set|make|give|create|get|do)(?: (?:me|us))?(?: up)? (?:a|an|one|another)(?: \S+){0,2} label\b(?!.*\b(?:to|on|onto) (?:the|every|all|my)\b)/,
  ],
  ["create_label", /^(?:add|create) (?:a|an|another|one more) label\b(?!.*\b(?:to|on|onto|for) )/],
  [
    "forward",
    /^(?:send|mail|give|get|shoot|let)\b.*\bcopy of (?:the|my|that|this|his|her|\p{L}+(?: \p{L}+)? 's)\b(?!.*\bcontract\b)/u,
  ],
  [
    "create_label",
    /^(?:make|give|get|need|want|have|add|put|set)\b.*\b(?:one more|another|an extra|an additional|a further) label\b(?!.*\b(?:to|on|onto)\b.*(?:mails?\b|'s|§q$))|^(?:add|put|include)\b.*\b(?:to|into|among) (?:the |my )*(?:list of )?labels$/,
  ],
  [
    "label",
    /^put\b.*\b(?:goes?|belongs?|comes?|filed)\b(?: \S+)? (?:under|below|(?:in|into|to|with) (?:the )?(?:work|personal|receipts))\b/,
  ],
  [
    "label",
    /^(?:file|put|move|sort|stash|place|stick|send|drop|shift|pop|group|store)\b.*\b(?:in|into|to|with) (?:the |my )*(?:work|personal|receipts)\b(?! mails?| ones?)/,
  ],
  [
    "reply",
    /^(?:write|text|mail|message|drop|shoot|send|give) (?:him|her|them|§a|\S+(?: \S+)?) back\b(?! (?:up|home|online))|^get back to (?!me\b|the inbox|unread)/,
  ],
  [
    "reply",
    /\b(?:on|under|to|in) (?:that|this|his|her|their|the same) mail\b(?<=^(?:write|tell|say|answer|confirm|let)\b.*)|\bby (?:answering|replying|responding)\b/,
  ],
  [
    "snooze",
    /^let\b(?!.*\bknow\b).*\b(?:sleep|rest|vanish|disappear|come back|pop up|show up|reappear|return|resurface|wait|go away)\b|\b(?:disappear|vanish|go away|out of sight|out of the way|off my desk)\b.*\b(?:for now|until|tomorrow|next|for a)\b(?<=^(?:make|let|have|get|put|keep)\b.*)|^come back to me with\b/,
  ],
  [
    "schedule",
    /^(?:let|have|make|get|want|need)\b(?: \S+){1,3} (?:go|go out|sent|leave|arrive|reach|be sent|be delivered|be there|delivered)\b.*\b(?:tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|later|at \d|\d+(?:st|nd|rd|th)|morning|afternoon|evening)\b(?<!\b(?:trash|archive|spam|inbox)\b.*)|^time (?:it|that|this|the mail)\b/,
  ],
  [
    "archive",
    /^(?:get|take|clear|move|keep|have)\b.*\b(?:out of|from|off) (?:the |my )?inbox\b(?!.*\b(?:trash|spam|archive|until|label)\b)/,
  ],
  [
    "vacation",
    /\b(?:holiday|absence|away|automatic|automated|out-of-office) (?:answer(?:ing)?|reply(?:ing)?|respon\w+|message|note|thing)\b|\bauto (?:answer|reply|response)\b/,
  ],
  ["vacation", /^vacation\b/],
  ["read", /^click(?: on| into)? (?:§q$|(?:the|my|that|this) (?:\S+ ){0,3}?mail\b|\S+(?: \S+)? 's mail\b)/],
  ["signature", /^(?:end|have\b.*\bmails?\b.*\b(?:end|close|finish)) (?:with|in|by)\b/],
  ["unstar", /^(?:take|remove|get|move|drop|pull)\b.*\b(?:out of|off|from) (?:the |my )*(?:starred|stars|favorites)\b/],
  ["page_size", /^(?:set|change|switch) (?:the |my )?page (?:to|at) \d+/],
  ["unstar", /^(?:get|have|want|need|bring|put)\b.*\bstars? (?:off|away|gone|removed|out|disappear|vanish|go)\b/],
  ["spam", /^(?:put|move|send)\b.*\bwhere (?:the |all )?spam\b/],
  ["", /^(?:reply|respond) to the (?:review|post|comment|call)\b/],
  ["", /^answer (?:the|my) (?:phone|door|bell|call)\b/],
  ["draft", /\b(?:unfinished|unsent) (?:mail|note|letter|reply)\b/],
  [
    "draft",
    /^(?:get|have|write down|put down)\b.*\bmail\b[^,.;]* (?:ready|written|prepared)\b|^(?:write|jot|put) down (?:a|the|this) mail\b/,
  ],
  [
    "page_size",
    /\b(?:\d+|ten|twenty|twenty-five|fifty|a hundred)(?: \S+)? (?:at once|at the same time|a page|in one go)\b(?<=^(?:show|list|display|set|make|have|let|want|give|get|see)\b.*)/,
  ],
  [
    "",
    /\b(?:recycle trash|laptop|computer|desktop|hard drive|hard disk|phone|downloads|browser|browsing|fridge|kitchen|printer|website|web site|shopping cart)\b(?<=^(?:delete|empty|clear|clean|remove|wipe|erase|open|move|turn|switch|set|show|put|take|empty out|clean up|clear out|bin|trash)\b.*)/,
  ],
  [
    "",
    /^(?:text|resend|recall|unsend|pin|transcribe|dictate|reschedule|unsubscribe|print|block|filter|download|call (?!it\b|them\b)|count (?:the|my|all|how)|sort (?:my |the |all |these )*(?:mails?|inbox)? ?by|export|import|log out|sign out|summarize|translate|install|play|book|order|buy|rename|merge|mute|silence|sync|upload|unlabel)\b/,
  ],
  [
    "",
    /\b(?:filter|rule|theme|dark mode|light mode|language|password|calendar|printer|notification sound|font|attachments? to|shortcuts?)\b(?<=^(?:set|create|set up|make|add|change|switch|turn|update|enable|show|display|use|put|activate|save|configure)\b.*)/,
  ],
  [
    "",
    /^(?:tell|ask|write|mail|message|send|notify|inform|remind|update|wish|contact|say|ping|let|give|make|drop) (?:me|myself|us)\b(?! (?:again )?(?:of|about)\b)(?! (?:a|the|one)(?: \S+)? star\b)(?!.*\b(?:mail|note) to\b)/,
  ],
  ["", /^thank (?:you|u|god)\b/],
  [
    "",
    /^(?:schedule|plan|set up|book|arrange|add|create|make|put)\b(?: \S+){0,4} (?:meeting|appointment|call|event|reminder|alarm|task|todo|to-do|lunch|dinner|date|interview|playlist|presentation|document|spreadsheet|poll|group|filter|rule|shortcut|backup)\b(?!.*\bmail\b)(?<!\b(?:about|regarding|titled|label|§q|saying|on|for|the|from|to) .*)/,
  ],
  [
    "",
    /^mail (?:the|a|my|this) (?:parcel|package|letter|postcard)\b|^(?:send|transfer|wire|pay)\b(?!.*\b(?:mail|note)\b).*\b(?:money|euros|dollars|fax|sms|text message|parcel|package|flowers)\b(?!.*\bmail\b)/,
  ],
  ["", /^(?:mark|set)\b(?!.*\bstar\b).*\bas (?:done|complete|completed|a task|todo|important|a priority)\b/],
  ["", /^(?:empty|delete|clear)\b.*\b(?:for good|forever|permanently)\b/],
  [
    "",
    /\b(?:incoming|future|every new|new incoming) mails?\b(?<=^(?:forward|delete|archive|label|star|move|send|mark|redirect)\b.*)|\bautomatically\b(?<=^(?:forward|delete|archive|label|star|move|send|mark|redirect)\b.*)/,
  ],
  [
    "vacation",
    /\b(?:people|everyone|everybody|anyone|anybody|whoever|senders?|those who)\b.*\bautomatically\b|\bautomatic(?:ally)?\b.*\b(?:people|everyone|everybody|anyone|anybody|whoever|senders?|those who)\b/,
  ],
  ["", /^(?:move|sort|reorder|put|drag)\b.*\blabels?\b.*\b(?:above|below|before|after|to the top|to the bottom)\b/],
  [
    "",
    /\btext (?:mail|mails|message)\b(?<=^(?:reply|answer|respond|read|open|write|find|show|delete|send|shoot|drop|give|get)\b.*)/,
  ],
  [
    "",
    /^(?:find|look up|show|get|check)\b(?!.*\b(?:mails?|note|letter)\b).*\b(?:phone|number|birthday|password|weather|address)\b/,
  ],
  ["", /\b(?:headers?|source code|raw source|aloud|out loud)\b(?<=^(?:show|read|open|view|display|get|see)\b.*)/],
  ["", /^star in\b|^star\b(?!.*\bmails?\b).*\b(?:repository|repo|video|song|restaurant|place)\b/],
  [
    "",
    /^(?:open|delete|remove|save|show|read|get|find|star|archive|restore|reply to|answer|draft|move|send|set|write|display|look at)\b(?: (?:the|my|a|an|some|all|of|those|that|this))* (?:attachments?|text (?:mail|message)|tweets?|sms|news|default|settings?|(?:\S+ in a )?(?:text )?document|signature (?:above|below)|repository|project on|money|profile|status|down|unread first|(?:photos?|pictures?|files?) (?:from|in|out of) (?:\S+ ){0,4}mails?)\b/,
  ],
  [
    "",
    /\bcalendar (?:event|invite|invitation)\b|^ask (?:siri|alexa|google)\b|^contract in\b|\bin a (?:text )?document$/,
  ],
  ["reply", /\bby return\b(?<=^(?:let|tell|write|answer|mail|message|inform|send)\b.*)/],
  [
    "archive",
    /^(?:file|put|tidy|stow|stash|tuck) (?:it|them|that|this|those|these) (?:all )?away\b|^(?:file|tidy|stow|stash|tuck)\b.*\baway(?: (?:in|into|to) the archive)?$/,
  ],
  [
    "schedule",
    /^have (?:a|the|my|this|that) (?:mail|note|line)\b.*\b(?:reach|arrive|delivered|go (?:out )?to|get to|sent)\b/,
  ],
  ["signature", /^(?:end|close|finish|conclude) (?:with\b|(?:all |every |each |any )?(?:of )?(?:my )?mails?\b)/],
  ["page_size", /\bpages?\b.*\b(?:\d+|ten|twenty|fifty) (?:mails|conversations|rows)\b/],
  ["page_size", /\b(?:per|on a|on one|on each|on every|in a) page\b.*\d/],
  ["mark_read", /\bas (?:if|though) (?:i|we) (?:had|have|would have) (?:already )?(?:read|seen)\b/],
  ["snooze", /^(?:put|send|lay)\b.*\bto sleep\b/],
  ["create_label", /^(?:add|put|include) (?:§q|\S+(?: \S+)?) (?:to|on|among) (?:my|the) (?:list of )?labels$/],
  ["forward", /^(?:hand|send)\b(?! (?:a|an)\b).*\bon to\b/],
  [
    "vacation",
    /\b(?:vacation|out of (?:the )?office|away (?:message|mail)|holiday (?:responder|reply|message|mail)|auto (?:reply|responder)|automatic (?:reply|answer|response)|responder|away note|absence (?:note|message|reply|notice|mail))\b/,
  ],
  [
    "signature",
    /\b(?:at the (?:bottom|end|foot) of|under|below|underneath) (?:all |every |each |my |of |the |outgoing )*(?:mails?|message)\b(?<=^(?:put|add|use|append|include|show|have|want|place|set|write|insert)\b.*)|\b(?:signature|sign-off|sign off)\b|^sign (?:my )?(?:mail|mails|all)\b|^(?:end|sign) (?:all |every |each )?(?:of )?(?:my )?(?:mails?|outgoing)/,
  ],
  [
    "page_size",
    /\b(?:per page|page size|(?:on|in|to) (?:one|a|each|every|the|a single) page|a page|at a time|page length|per screen|each page)\b(?<=(?:\d|\bten\b|\btwenty|\bfifty\b|\bhundred\b).*|page size.*|page length.*)|\bpage (?:size|length)\b/,
  ],
  [
    "contact",
    /^(?:add|save|put|store|create|make|enter|set up|include|keep|need|want|have|see|find)\b.*\b(?:contacts?|address book|adress book)\b/,
  ],
  ["", /\b(?:contacts?|address book)\b(?<=^(?:delete|remove|erase|change|edit|update|show|open|find)\b.*)/],
  [
    "create_label",
    /^(?:create|make|add|set up|start|need|want|open|get|have)\b(?=.*\b(?:label|folder|labels)\b)(?=.*\b(?:new|called|named|create|make|set up|start|need|want|§q label$|label for)\b)(?!.*\blabel\b.*\b(?:to|on|onto) (?:the |all |every |each |my )*(?:mail|mails|note|one|§q|it|them|latest|last|newest|unread))/,
  ],
  ["create_label", /^new (?:label|folder)\b/],
  [
    "contact",
    /^new (?:contact|person)\b|^contact (?::|-)|^(?:remember|record|note|jot down|save|store|add)\b(?=.*§a).*\b(?:address|contacts?)\b/,
  ],
  ["create_label", /^(?:create|define|make|set up|start|introduce)\b.*\blabels?\b/],
  [
    "unstar",
    /^(?:unstar|unfavorite|un-star)\b|^(?:make|turn|set|mark|leave|have|get)\b.*\b(?:un-?starred|not starred)\b/,
  ],
  ["unstar", /^(?:remove|drop|undo|delete|clear|take off)\b.*\bfavorites?\b/],
  [
    "unstar",
    /^(?:remove|take|take off|lose|drop|delete|clear|get rid of|turn off|(?:turn|switch)(?=.*\boff\b)|undo|pull|strip)\b.*\bstar(?:s|red|ring)?\b(?! (?:mails?|ratings?))/,
  ],
  ["star", /^(?:star|favorite|bookmark)\b|^(?:hit|press|tap) (?:the |its )?star\b/],
  [
    "star",
    /^(?:put|add|give|mark|flag|set|make|get|have|attach|stick|slap|pop|turn|switch|want|need|leave|place|highlight)\b.*\b(?:star|starred|favorite|a star on|stars)\b(?! (?:mails?|ratings?)\b)/,
  ],
  ["", /^(?:delete|remove|drop|erase|get rid of|take|take off|rename|clear|empty)\b.*\blabels?\b(?! mails)/],
  [
    "",
    /^(?:delete|remove|empty|erase|clear|clean|clean out|purge|empty out|wipe)\b(?: out)? (?:all of |everything in |everything from |the |my |all )*(?:trash|spam)(?: folder)?$/,
  ],
  [
    "",
    /\b(?:forever|search history|cache|cookies|account)\b(?<=^(?:delete|remove|erase|clear|empty|wipe|purge|close)\b.*)/,
  ],
  [
    "not_spam",
    /\b(?:not|no|never)(?: (?:actually|really|a|even|being|is|to be|any))* spam\b|^unspam\b|\b(?:out of|from|off)(?: (?:the|my))? spam\b(?<=^(?:move|get|take|pull|rescue|bring|restore|recover|retrieve|return|remove|free|release|put|put back|bring back|move back|get back|fish|dig|save|undo|send|mark|transfer)\b.*)|^(?:rescue|restore|recover|retrieve|save)\b.*\bspam\b|\bsafe\b(?<=^mark .*)|\bspam\b.*\b(?:to|into|in) (?:the |my )?inbox\b/,
  ],
  [
    "restore",
    /^(?:restore|recover|undelete|rescue|retrieve|salvage|reinstate|resurrect|revive|untrash|unbin)\b(?!.*\barchived?\b)/,
  ],
  [
    "delete",
    /^(?:throw|toss|put|chuck|dump|drop|stick|place|pop|slap|let)\b(?!.*\b(?:back|inbox|out of|from the trash|again)\b).*\b(?:in|into) (?:the |my )?trash\b/,
  ],
  [
    "restore",
    /^(?:get back|bring back|put back|move back|get|bring|want|need)\b.*\b(?:deleted|trashed|threw away|binned|thrown away)\b/,
  ],
  [
    "restore",
    new RegExp(`^(?:${move}|undo|remove|save|want|need)\\b.*\\b(?:out of|from|off|in)(?: (?:the|my))* trash\\b`),
  ],
  [
    "restore",
    new RegExp(
      `^(?:${move}|undo|want|need)\\b.*\\b(?:trash|deleted|trashed|threw|binned|delete)\\b.*(?:${to} inbox|\\bback\\b)`,
    ),
  ],
  ["restore", /\bback\b.*\bfrom (?:the )?trash\b|^undo\b.*\b(?:delete|deletion|trash)/],
  ["", new RegExp(`^(?:${move})\\b.*\\b(?:out of|from|off)(?: (?:the|my))* archive\\b`)],
  ["delete", new RegExp(`^(?:${move}|want|need)\\b.*${to} trash(?! label)\\b`)],
  ["delete", /^into the trash with\b/],
  ["archive", new RegExp(`^(?:${move}|want|need)\\b.*${to} archives?\\b`)],
  ["spam", new RegExp(`^(?:${move}|want|need)\\b.*${to} spam\\b|^off to the spam folder with\\b`)],
  [
    "mark_unread",
    new RegExp(
      `^(?:${as})\\b.*\\b(?:(?:as|to|back to|is|are|look|be|show|appear|appear as|show as|show up as|look as|seem|count as) (?:un-?read|not (?:yet )?(?:read|opened|seen)|new|if .*not read)|unread(?: again| please)?$)`,
    ),
  ],
  [
    "mark_unread",
    /^(?:mark|make|set|put|turn|keep|leave)\b(?!.*\b(?:as|to) (?:read|seen|red)\b)(?!.*\bread\b(?: without.*)?$).*\bunread\b(?! mails?| ones?| messages?|\w)/,
  ],
  ["spam", /^(?:report|mark|flag|treat|set|list|get)\b.*\bspam\b(?!-)|^spam\b/],
  [
    "spam",
    /^report (?!to\b)(?=.*(?:\b(?:mails?|note|it|them|from|sender|newsletters?|those|these)\b|§q|§a|\b(?:this|that)(?: one)?$))/,
  ],
  [
    "mark_read",
    new RegExp(
      `^(?:${as})\\b.*\\b(?:as|to|into|be|is|are|count as|look)(?: (?:already|having been|been))* (?:read|seen|red)\\b`,
    ),
  ],
  ["mark_read", /^(?:mark|set|make)\b.*\bread\b(?! mails?| ones?|ing)/],
  ["", /\b(?:important|priority)\b(?<=^(?:mark|flag|set|make)\b.*)/],
  ["snooze", /^(?:snooze|postpone|defer|resurface|delay)\b/],
  ["snooze", /^(?:put|send|set|move|get)\b.*\b(?:off|away|aside|on hold|on ice)\b.*\b(?:until|for)\b|^wake\b/],
  [
    "snooze",
    /^(?:let|have|make|want|need)\b(?! (?:\S+ ){1,4}know\b).*\b(?:(?:come|show|pop|turn|bubble) (?:back )?(?:up|back|again)|reappear|resurface|return|back in)\b/,
  ],
  ["", /^remind me(?: again)? (?!(?:again )?(?:of|about)\b)/],
  [
    "snooze",
    /^(?:hide|hold|hold back|park|keep|push|push back|put off|remind me of|remind me about|remind me again about|remind me again of|remind me|bring back|put away|move|bring|show|get|want|see|return)\b.*\b(?:until|tomorrow|next (?:week|month|\w+day)|weekend|tonight|later|in the (?:morning|evening)|(?:on|to|at|this) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d+)|(?:for|in) (?:a|an|\d+|one|two|three|seven) (?:days?|weeks?|hours?|months?))\b/,
  ],
  ["", /^remind me\b/],
  ["spam", /^quarantine\b|\bphishing\b(?<=^(?:report|mark|flag)\b.*)/],
  ["archive", starts("archive|file away|put away|tidy away|stash|stow|stow away|tuck away|shelve")],
  ["label", /^(?:label|tag|categorize|classify)\b|^(?:stamp|brand)\b.*\b(?:with|as)\b/],
  [
    "label",
    /^(?:add|put|apply|attach|assign|give|stick|set|use|slap|pop|mark|flag|place|want|need|append|get|have|see)\b.*\blabels?\b/,
  ],
  [
    "label",
    new RegExp(
      `^(?:file|put|move|sort|stash|place|stick|send|drop|shift|pop|group)\\b.*\\b(?:under|${to} .*\\b(?:folder|label)\\b|as label|folder|label)`,
    ),
  ],
  ["label", /^file\b.*\b(?:as|in|into|with|under|to) /],
  ["forward", starts("forward|fwd|pass on|pass along|relay|redirect|hand over|hand on")],
  [
    "forward",
    /^(?:hand|give|send|get|shoot|mail)\b(?: \S+){0,4} (?:a |the )?copy of\b(?=.*\b(?:mail|mails|note|invoice|bill|letter)\b)/,
  ],
  ["forward", /^let\b.*\bhave (?:the|my|that|this|a copy|it)\b/],
  ["forward", /^(?:share|send on|pass)\b.*\b(?:to|with|on)\b/],
  ["schedule", /^send it (?:later|tomorrow|on|at|next|this)\b[^:]* : (?:a|an) (?:\S+ )?mail\b/],
  ["compose", /^send (?:\S+ ){0,4}?(?:a|an) (?:\S+ )?mail\b.*\bsent\b/],
  [
    "forward",
    /^(?:send|get|mail)\b(?! (?:a|an|§a|me\b|him|her|them|us|out|new|another))(?!.*\b(?:saying|that says|telling|asking|tell|ask|say)\b).*\b(?:mail|mails|note|invoice|bill|it|§q|this|that)\b.* (?:on to|along to|over to|to) (?!the (?:trash|archive|spam|inbox)|trash|spam|archive|inbox)/,
  ],
  ["draft", /^(?:draft|draft up)\b/],
  [
    "",
    /^(?:open|show|hide|view|close|go to|display|visit)\b(?!.*\bmails?\b).*\b(?:sidebar|menu|window|tab|help|panel|toolbar|map|clock|website|app|browser)$/,
  ],
  ["vacation", /\b(?:reply|answer|respond)\b.*\bautomatically\b|\bautomatically (?:reply|answer|respond)\b/],
  [
    "draft",
    /^(?:write|compose|save|make|create|start|prepare|leave|keep|put|mail|need|want|store|begin|type)\b.*\b(?:drafts?|unsent|unfinished|(?:do not|without|not|never) (?:actually )?(?:send|sending|sent))\b/,
  ],
  [
    "schedule",
    /^send(?: it| this| that)?(?: off| out)?(?: only)? (?:later|tomorrow|on|at|next|this (?:evening|afternoon|weekend)|in the|first thing|\w+day)\b/,
  ],
  [
    "schedule",
    /^(?:schedule|queue|queue up|line up)\b(?=.*\b(?:mails?|note|it|this|that|line|letter|draft|greetings?|wishes|sending|send|delivery)\b|.*§a)|^(?:have it go out|have it sent|have it delivered)\b/,
  ],
  ["schedule", /^(?:send|mail|write|compose|have|set|plan|prepare|get)\b.*\b(?:schedule|scheduled|scheduling)\b/],
  ["reply", /^(?:reply|reply all|respond|react|react to|answer|write back|get back to|shoot back|send back)\b/],
  [
    "reply",
    /^(?:send|give|shoot|write|drop|let|type|compose|fire off|make|tell|say|mail)\b(?!.*\bto (?:reply|answer|respond)\b).*\b(?:reply|response|answer|replying|back(?! (?:up|in|on|at|from|to work|home|online)\b))\b/,
  ],
  ["schedule", /^(?:have|get|want|need)\b.*\bsent (?:on|at|tomorrow|next|this|later)\b/],
  ["compose", /^(?:begin|start) (?:writing|composing|typing|to write)\b|^let\b.*\bknow\b|^send §q$/],
  ["compose", starts(write)],
  ["compose", /^new mail\b|^(?:use|set|put|make|give)\b.*\b(?:subject|title)\b/],
  [
    "compose",
    /^send\b(?!.*\b(?:mails? from)\b)(?=.*(?:§a|\b(?:mail|note|line|word|saying|says|asking|telling|about|regarding|subject|invitation|invite|greetings?|reminder|thanks|congratulations|apology|apologies|text|wishes|love|regards|question)\b))/,
  ],
  [
    "compose",
    /^(?:make|create|start|prepare|do|give|new|plan|begin|put)\b.*\b(?:mail|note|line|heads-up)\b.*\b(?:to|for) /,
  ],
  // What is a part of a mail, or of the page, and no mail.
  [
    "",
    new RegExp(
      `^(?:${del}|take|take off)(?: (?:the|a|an|its|this|that|my|any|all|his|her|their))* (?:(?!(?:mails?|from|with|about)\\b)\\S+ ){0,3}?(?:markers?|flags?|icons?|dots?|badges?|banners?|words?|tabs?|pictures?|photos?|images?|logos?|attachments?|recipients?|links?|pane|panel|buttons?|highlight\\w*|field|line|marking)\\b(?! mails?\\b)`,
    ),
  ],
  [
    "",
    new RegExp(
      `^(?:${del}) (?:the|a|an|its|any)(?: (?!(?:mails?|newest|latest|last|first|oldest|ones?|newsletters?|notifications?|invoices?|receipts?|invitations?)\\b|§)\\p{L}+){1,3} (?:on|of|in|at|inside|from) (?:the |that |this )(?:\\S+ ){0,2}mail\\b`,
      "u",
    ),
  ],
  [
    "",
    /^(?:show|display|view|see|get|find|check|open)(?: me)? (?:the|a|an|its)(?: (?!(?:mails?|newest|latest|last|first|oldest|ones?|newest)\b|§)\p{L}+){1,3} (?:of|out of|behind|inside|to) (?:§q|(?:the |that |this |my |\S+(?: \S+)? 's )(?:\S+ ){0,2}(?:mails?|inbox)\b)|^(?:show|see|check|display|find out|tell)(?: me)? (?:who|how|whether|when|where|why|if|(?:images|pictures|photos|details|headers|snippets|previews?|recipients)\b)|^(?:show|display|view|see|get|find|check)(?: me)? the (?:number|amount|count|total|size|list) of\b|^(?:get|take) .*\bout of (?:\S+ ){1,4}mails?$/u,
  ],
  ["delete", starts(del)],
  [
    "read",
    starts(
      "open|read|go into|look inside|look into|have a look inside|look at|look up|look for|view|check|check out|find|search|search for|pull up|go to|locate|see|go through|have a look at|take a look at|visit|show|display|get|bring|select",
      "(?!.*\\b(?:back|ready|off|(?:in)?to (?:the |my )?(?:inbox|archive))\\b)",
    ),
  ],
];

/** What a command asks for; undefined when no rule fits. `before` is what was said of the same mails. */
export function kindOf({ acts: plain, verb, lead, tokens }: Command, before: string = lead.plain): Kind | undefined {
  const led = controlOf({ tokens }, plain) ?? ledKind(plain, before);
  if (led !== undefined) return led;
  // "I want to finish it tomorrow" tells what the speaker will do.
  if (/^(?:want|need|like|wish) to (?!be\b|have\b|see\b|get\b)|^(?:have|see) no (?:\S+ )?labels?\b/.test(plain)) {
    return undefined;
  }
  let own = firstOf(rules, plain);
  if (overMails.test(own?.kind ?? "") && letter.test(plain)) own = firstOf(rules, plain.replace(words, ""));
  if (made.test(own?.kind ?? "") && turning.test(verb)) return { kind: "", decided: own!.decided };
  const answers = own?.kind === "compose" && answering.exec(lead.plain)?.[0];
  return answers ? { kind: "reply", decided: answers } : own;
}

/** A mail to somebody, whose words may speak of anything. */
const letter = /^(?:write|send|drop|shoot|give|mail)\b[^,:]*§a\b[^,:]*\b(?:mail|note|line|message)\b/;
const words = / (?:[,:(]|saying|asking|telling|that says) .*$/;
/** What is there once it was set, and verbs that end it or do something else with it. */
const made = /^(?:signature|vacation|page_size|contact|create_label)$/;
const turning =
  /^(?:undo|close|hide|clear|drop|disable|share|report|archive|restore|reinstate|postpone|delay|defer|wait|forward|print)$/;
const overMails = /^(?:label|star|archive|delete|snooze|spam|restore|mark_(?:un)?read)$/;
const answering =
  /\b(?:in|as an?) (?:response|reply|answer) to\b|\b(?:replying|answering|responding)\b|\bneeds? an? (?:answer|reply|response)\b/;

/** The first rule that fits. */
export function firstOf(rules: readonly Rule[], plain: string): Kind | undefined {
  for (const [kind, says] of rules) {
    const found = says.exec(plain);
    if (found !== null) return { kind, decided: shown(plain, found[0]) };
  }
  return undefined;
}

/** The verb and what of the rest decided. */
function shown(plain: string, found: string): string {
  const words = (found === "" ? plain : found).trim().split(" ");
  return words.length <= 6 ? words.join(" ") : `${words[0]} … ${words.slice(-2).join(" ")}`;
}
