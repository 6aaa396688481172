import type { Frame } from "halo-agent/site";

const month =
  "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)";
const weekday = "(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun";
const hour = "(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
/** An hour, as goals name it. */
export const time =
  `(?:\\d{1,2}[:.]\\d{2}(?:[ap]\\.?m\\.?)?|\\d{1,2}[ap]\\.?m\\.?|noon|midnight|half past ${hour}|quarter (?:past|to) ${hour}|half (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|${hour} (?:o'?clock|in the (?:morning|afternoon|evening)|sharp)|(?<=\\b(?:at|from|by|to|until|around|after|before) )${hour}(?! (?:st|nd|rd|th|people|§)))`;
/** A day. */
export const day =
  `(?:today|tonight|tomorrow|(?:${weekday})\\b|weekend|next (?:week|month|year)|(?:the )?\\d{1,2}(?:st|nd|rd|th)\\b|${month}\\.? \\d{1,2}|\\d{1,2} (?:of )?${month}\\b|\\d{1,2}/\\d{1,2}|first of ${month})`;
const span =
  "(?:(?:an|a|one|two|three|four|half an|half|\\d+|a couple of) (?:and a half )?(?:hours?|minutes?|mins?|days?|weeks?)|\\d+(?:h|min|m)\\b)";
const when = `(?:${time}|${day})`;
const colors =
  "(?:tomato|flamingo|tangerine|banana|sage|basil|peacock|cobalt|lavender|grape|graphite|red|green|blue|yellow|orange|purple|pink|grey|gray|violet|turquoise|black|brown|teal|navy|lilac|white)";
const event = "(?:§event|§q|event)";
const task = "(?:§task|task|to do list|to do|list of things)";
const changes =
  "(?:change|set|make|put|update|edit|give|get|enter|use|fill|type|correct|fix|adjust|note|create|record|save|write)";
const allDay = "\\b(?:all[- ]day|(?:full|whole)-day|(?:whole|entire|full)(?: of the)? day)\\b";
const again =
  `\\b(?:(?:every|each) (?:other )?(?:${weekday}|day|week|month|year|weekday|morning|evening)|once a (?:day|week|month|year)|daily|weekly|monthly|yearly|recurring)\\b`;
const putIn =
  "(?:\\bmake (?:an? |the )?event of (?:it|that|this)\\b|\\b(?:create|put|get|enter|note|mark|stick|pop|save|set|write) (?:it|that|this)\\b|\\b(?:create|enter|note)(?: please)?$)";
const others = /\b(?:delete|move|rename|invite|task|remind|color|hide|no|video|cancel)\b(?<!\bvideo\b)/;
/** What shows that an event is meant. */
export const occasion =
  "\\b(?:lunch|lunches|dinner|breakfast|brunch|coffee|drinks|call|review|interview|sync|stand-?up|class|lesson|practice|party|picnic|visit|workshop|training|demo|date|concert|game|match|rehearsal|create|check-?in|meetup|catch-?up|dentist|doctor|physio|haircut|massage|run|walk|trip to|show|lecture|seminar|webinar|offsite|retro|retrospective|kick-?off|ceremony|wedding|birthday|exam|test|course|tour|conference)\\b";
const meant =
  `${event}|\\b(?:result|hit|match|slot|block|what|whatever|lunch|dinner)\\b|${day}|${time}|\\b(?:it|that|this|them|one|calendar|week)\\b|${occasion}`;
const rx = (source: string): RegExp => new RegExp(source, "u");

/** What goals about a calendar ask for, tried in order. */
export const frames: readonly Frame[] = [
  // What pages have, but goals of its families do not ask for.
  {
    kind: "",
    says: rx(
      `^(?:delete|get rid of|rename|move|merge|copy)\\b(?!.*\\b(?:from|off|out of|on|in|into|check|tick)\\b).*\\bcalendar\\b(?! event)`,
    ),
  },
  {
    kind: "",
    says: rx(
      `^(?:delete|take|get rid of|kill)\\b.*\\b(?:guest|note|description|location|video|invitation|link|color|notification|place|repetition|recurrence|repeat|reminder|tick|check|checkmark|due date)\\b`,
    ),
    but: rx(`${task}|\\b(?:tick|check)(?: \\p{L}+)? off\\b|\\b(?:tick|check|checkmark)\\b.*\\bcalendar\\b`),
  },
  { kind: "", says: /^(?:delete|take|kick) (?:§person|§a) (?:from|off|out of)\b/u },
  {
    kind: "",
    says: rx(
      `^(?:delete|take|kick)\\b.* (?:from|off|out of) (?:the |my |our |that )?(?:§event|\\p{L}+ event|guest|invitation)\\b`,
    ),
    but: /\bcalendar\b/,
  },
  {
    kind: "",
    says:
      /^(?:create|get|make|find|call)\b(?: me| us)?(?: a| an| the| some| our)? (?:\p{L}+ )?(?:table|flights?|hotel|hotel room|tickets?|taxi|cab|restaurant|rental|seats?|train)\b/u,
    but: rx(`(?<!§)\\b(?:event|calendar|task|to do|list)\\b`),
  },
  {
    kind: "",
    says:
      /^(?:change|edit|update|turn|switch)\b.*\b(?:repeat|repetition|recurrence|recurring|video .*off|off .*video)\b|\bas (?:busy|free|private|public|available)\b|\bprivate\b/,
  },
  {
    kind: "",
    says:
      /^(?:print|export|import|share|sync|subscribe|download|upload|accept|decline|respond|reply|answer|rsvp|duplicate|swap(?!.*\b(?:title|location|color)\b)|merge|split|pay|translate|archive|star|assign|join|phone|ring|text|order|buy|vote|lock|play|sort|group|count|install|reset|read|view|display|copy|extend|shorten|lengthen|allow|lend|drive|start the video|record (?:the|this|that|our|my|a)|block (?:the )?§person)\b/,
    but: rx(`\\b(?:calendar in|as a task)\\b|${colors}.*calendar|^order\\b.*\\bto (?:start|begin)|${again}|\\bas §q`),
  },
  {
    kind: "",
    says:
      /^(?:write|send|drop|mail|shoot) (?:an? (?:\p{L}+ )?|the |§person |\p{L}+ )(?:an? )?(?:e-?mail|mail|message|letter|text|chat)\b/u,
  },
  { kind: "", says: /\b(?:restore|undelete|bring back|undo|recover)\b/ },
  // Calendars.
  {
    kind: "hide_calendar",
    says: rx(
      `\\b(?:hide|(?:switch|turn|toggle|click|tick) off|stop (?:showing|displaying)|do not (?:show|display|want to see|need to see|wish to see)|should not be (?:shown|visible|displayed|seen|in view)|out of (?:my |the )?(?:sight|view)|(?:make|get|be|become) invisible|off (?:the|my) screen|take away|not (?:to )?see|(?:take|delete) the (?:tick|check(?: mark)?|checkmark)|disable|deactivate)\\b.*\\b(?:calendar|§calendar)(?: |$)|^hide (?:it|that|this)$|\\bdelete the check mark (?:of|from|at) .*calendar|\\b(?:switch|turn|toggle|click) (?:the |my )?(?:§calendar|\\p{L}+)?(?: calendar)? off\\b|\\brather not see\\b.*calendar|(?:calendar|§calendar)\\b.*\\b(?:(?:switch|turn) (?:it|that|them) off|hide|should not be (?:shown|visible|displayed|seen)|out of (?:sight|view)|invisible|(?:switch|turn)(?:ed)? off|disappear|vanish|go away|be gone|(?:not|no longer) (?:to )?(?:be )?(?:shown?|visible|seen|displayed|appear|in view)|off (?:the|my) screen)`,
    ),
    but:
      /\b(?:show only|hide weekends?|notifications?|event(?!.*calendar))\b|^hide (?:the )?(?:left )?(?:sidebar|event of)|\bcreate\b|(?:§q|§event) (?:in|on) (?:my|the|our) calendar\b/,
    denies: true,
  },
  {
    kind: "hide_calendar",
    says: /^hide (?:the |my )?§q (?:from|out of) (?:my|the|our) (?:view|sight)\b.*\bcalendar\b/u,
    whole: true,
  },
  {
    kind: "create_calendar",
    says: rx(
      `^create calendar\\b(?! (?:event|entry))|\\b(?:new|another|one more|own|separate|extra|additional|second|dedicated|fresh|special|further) (?:\\p{L}+ )?calendar\\b|\\bcalendar (?:of its own|of their own|of my own|called|title|just for)\\b|\\b(?:create|set up|make|start|open|want|need|give|have|get|would like|should be|could use|deserves?)\\b(?: me| us| there)? a (?:\\p{L}+ ){0,2}calendar\\b(?! (?:event|entry))|^(?:create|start|open|set up) (?:the )?calendar (?:for )?(?:title )?§q|^(?:§q|\\p{L}+) as (?:a |an )?(?:new |own |extra )?calendar\\b|\\bcalendar (?:for|about) .*\\bwith (?:the )?title\\b`,
    ),
    but:
      /\b(?:(?<!§)event|delete|hide|color|share|put .* (?:in|on|into)|to the|into|rename|move|import|like the other|week|month)\b/u,
    many: true,
  },
  {
    kind: "create_calendar",
    says:
      /\bno (?:\p{L}+ )?calendar\b.*[.,;:!?] (?:so |please )*(?:make|create|set up|start|open|get|want|need) (?:me )?one\b/u,
    whole: true,
  },
  { kind: "color_calendar", says: /^(?:set|change|make) (?:the )?color of §q (?:to|into|as) §q(?= |$)/u },
  {
    kind: "color_calendar",
    says: rx(
      `\\bcolor\\b.*(?:calendar|§calendar|${colors})|(?:calendar|§calendar)\\b.*(?:\\bcolor\\b|\\b(?:be|in|to|as|into|be shown in|turn|become|is) (?:a |the )?(?:\\p{L}+ )?${colors}\\b)|\\b(?:be|shown|displayed|appear) in ${colors}\\b.*\\bcalendar\\b|\\b(?:make|turn|give|set|put|show|want|have|switch|change|display)\\b.*(?:calendar|§calendar)\\b.*\\b${colors}\\b|\\b(?:assign|apply|use|pick|choose|select|give|set|put)\\b.*\\b${colors}\\b.*(?:calendar|§calendar)|^${colors} (?:for|on) (?:the |my )?(?:\\p{L}+ )?(?:§calendar|calendar)`,
    ),
    but: /\b(?:event|§event|task|§task|background|theme|text)\b/u,
  },
  // Tasks.
  {
    kind: "create_task",
    says:
      /\b(?:put|add|create|get|write|note|stick|make|save|enter|have|pop) (?:it|that|this|those|them)(?: down)? (?:on|to|onto|in|as|into|up as) (?:a |an |my |the |one of my )?(?:new )?(?:\p{L}+ )?(?:(?<!§)task|to do|list)\b|\blist (?:lacks|needs|misses|is missing|wants)\b/u,
    but: /\b(?:delete|move|rename|hide|complete|invite|color)\b|§event/u,
    whole: true,
    writes: true,
  },
  {
    kind: "complete_task",
    says: rx(
      `\\b(?:tick|check|cross|mark|strike|put)(?:ed|ing)? (?:(?!off|up)\\S+ ){0,8}?off\\b|\\b(?:tick|check|cross|mark|ticked|checked|crossed)(?:ed|ing)? off\\b|\\b(?:mark|set|put|flag|note|record|report|show|make|have|count)(?:ed|ing)?\\b.*\\b(?:as|to|that|be|is|have been|has been)(?: now| already)? (?:complete|dealt with|over)\\b|^complete\\b.*(?:${task})|^tick\\b|(?:${task})\\b.*\\b(?:is|are|has been|was|should be|can be|got|been) (?:now |already |all )?complete\\b|\\bcheckmark\\b|\\b(?:tick|check) (?:the )?(?:box|circle|checkbox)\\b|\\ba (?:tick|check)\\b|^close (?:out|off)?\\b.*§task|^(?:the |my )?(?:task )?(?:§q|§task) (?:can|may|should|must) (?:now )?be (?:ticked|checked|crossed)\\b|^(?:mark|set|put|flag)\\b.*\\bcomplete\\b|^(?:check|tick|close|mark) (?:the|that|this|it|§task)(?: task)?$|^complete with\\b|^(?:check|tick)(?: off)? (?:the |my )?§task|(?:§task|that task|that) (?:is|are|has been|was) (?:all |now |already )?(?:complete|dealt with|taken care of)$`,
    ),
    but: /(?<!§)\b(?:event|calendar)\b|\ball-day box\b|\bnot complete\b/,
  },
  {
    kind: "delete_task",
    says: rx(
      `\\b(?:can|may|should|must) (?:vanish|disappear|go) (?:from|off) (?:my|the) task\\b|\\b(?:should|must|need|does) not (?:be|belong|stay) (?:on|in|among) (?:my|the) (?:§?\\p{L}+ )?(?:task|list|to do)\\b|\\b(?:delete|get rid of|throw out|throw away|throw|kill|forget(?: about)?|lose|bin|trash|take|strip|dump|toss|chuck|drop|eliminate|do away with|off|out|away|kick|pull|scratch)\\b.*(?:${task})(?: |$)|(?:${task})\\b.*\\b(?:delete|can go|get rid of|throw|kill|is obsolete|no longer needed|not needed|is off|not necessary|superfluous|redundant|has become|moot|pointless|obsolete|(?:has|have|needs) to go|must go|should go|off (?:the|my) list|out of (?:the|my) list)\\b`,
    ),
    but: rx(
      `(?<!§)\\b(?:event|calendar|create|(?<!\\b(?:the|my|already) )complete)\\b|\\b(?:due date|priority|subtask)`,
    ),
  },
  { kind: "create_task", says: /^(?:do not|never) let me forget\b/, denies: true, writes: true },
  { kind: "create_task", says: /^remind me to \p{L}/u, writes: true },
  {
    kind: "create_task",
    says: rx(
      `^remind me (?:, )?(?:to|as|with|of)\\b|(?<!§)\\btask (?:called|title|that says|saying|:)(?= )|^(?:note|reminder) to (?:self|myself)\\b|^(?:a |new |another )*reminder (?:to|:)|^(?:new )?(?:task|to do)(?: for me)? :|^(?:a |another |one )?(?:new|more|further|another) task\\b|\\b(?:create|make|need|want|put|set|set up|note|jot|write|get|have|give|start|enter|include|pop|stick|open|record|save|would like|file)\\b.*\\b(?:task|to do list|to do|todo list|list of things)\\b|\\btask\\b.*\\b(?:should be|needs to be|to) create\\b|^(?:the |my )?(?:task|to do|\\p{L}+) list :|\\bappend\\b.*\\b(?:task|list)\\b|^remember\\b.*\\bto \\p{L}|\\b(?:on|to|onto|in) (?:my|the) (?:§?\\p{L}+ )?(?:list|to do)\\b|\\b(?:has to|have to|must|should|needs to|belongs?) (?:be |go |stand )?(?:in|on|into|onto|among) (?:my|the) task\\b`,
    ),
    but: rx(
      `\\bnotes? (?:\\S+ ){0,6}to the task\\b|\\b(?:delete|§calendar calendar|rename|color|complete|already|move|postpone|guest|task list (?:called|title|§q)|list (?:called|title)|list of tasks? (?:called|title)|subtask|subtasks|priority|(?<!§)calendar list|reminder to (?:the|my) task|due date (?:to|on|for)|back to|top of)\\b|(?<!\\b(?:on|to|onto|in|into|of) )\\b(?:a|an|another|new|second|extra|further|own|separate) (?:\\p{L}+ )?list\\b`,
    ),
    writes: true,
  },
  // Events that are there.
  {
    kind: "search_delete",
    says: rx(
      `\\b(?:find|search|search for|look for|look up|track down|hunt down)\\b.*\\b(?:delete|get rid of|throw out|take (?:it|that) (?:off|out)|kick (?:it|that) out)\\b`,
    ),
    but: rx(`\\b(?:${task}|guest|note)\\b`),
  },
  {
    kind: "find",
    says:
      /^(?:track|hunt|dig|find|look) (?:it|that|§event|§q) (?:down|up|out)\b|^(?:find|search|search for|look for|look up|track down|hunt down|go looking for)\b|^(?:(?:use|open|run|do|start|make|try|go to|click|tap)|with|via|through|by|(?:type|enter|put|write) .* (?:in|into)) (?:the |a |my |your )?search\b/,
    but: /\btime for\b|\b(?:free|slot|gap)\b/,
  },
  {
    kind: "rename_event",
    says: rx(
      `\\brename\\b|^give\\b.*\\btitle\\b|\\b(?:new|other|another|different|better|proper) title\\b|\\b(?:change|set(?! up)|update|edit|make|correct|fix|adjust|switch|alter|replace|modify|amend)\\b.*\\btitle\\b|\\bshould (?:really |rather |better |now |instead |actually )*(?:be|read|say|have|carry|bear|get|go by)(?: called| title| the title| as)+\\b|\\b(?:be|is|gets?) (?:now |from now on )?(?:called|title)\\b|\\b(?:must|should|has to|have to|needs to|shall|ought to|is to) (?:now |really |rather |instead )?(?:be )?(?:read|displayed as|known as|listed as|appear as|show up as|go by|be called|run under)\\b|\\b(?:displayed|shown|listed|known|appear|appears|show up|shows up|goes|go) (?:now )?(?:as|by|under) §q|(?:§event|it|§q) (?:now )?reads\\b|^(?:the |my )?(?:§event|§q)(?: 's)? :? ?(?:new )?title\\b|^(?:(?:the|my) )?(?:event )?(?:§q|§event) (?:as|->|to|becomes?) §q|\\b(?:swap|exchange)\\b.*\\btitle\\b|§event (?:now )?(?:goes|runs) (?:now )?(?:by|under)\\b|\\b(?:is|be|are) (?:now )?known as\\b|\\bhenceforth\\b.*§q|^title (?:of|for) §event|^(?:call|title)\\b.*(?:§q.*§q|\\b(?:from now on|instead|differently|henceforth)\\b)|^call (?:§event|§q|(?:the|my|our) (?:.*(?<!§)event|§event)) (?:§q|(?!about|and|to|for|on|at|off|if|when|in|with|please|now|tomorrow|today|by)\\p{L})|^call (?:the|my|our)\\b.*§q|\\btitle (?:of|for) .*\\b(?:to|into|is|be|as|should)\\b|^(?:title) (?:the|my|our|it|§event)\\b`,
    ),
    but: rx(
      `\\bmy (?:own |user |last |first |full )?title\\b|(?<!\\b(?:in|on|into) (?:my|the|our) )\\bcalendar\\b|\\b(?:list|create|${task}|delete|invite)\\b|\\bcall off\\b|^set (?:me|us) up\\b|^(?:create|set up|make|book|plan|schedule) (?:me )?(?:an?|the new)\\b|\\b(?:he|she|they|who|which) (?:is|are) called\\b|\\b(?:note|description|location|place|room|color) (?:(?:of|for|in) (?:the |my )?[^ ]+ )?(?:should|must|has to|needs to|shall|ought to|is to)\\b`,
    ),
  },
  {
    kind: "describe",
    says:
      /\bdescription\b.*[.;,:!] .*\bshould (?:read|say|be)\b|^(?:in|into) the (?:note|description) of .* , (?:please )?(?:write|put|enter|note) :|\bwould like the (?:note|description)\b.* to (?:say|read|be)\b/u,
    but: rx(`\\b(?:${task}|calendar|delete)\\b`),
    whole: true,
  },
  {
    kind: "rename_event",
    says:
      /\b(?:typo|misspel\p{L}+|spell\p{L}+)\b.*(?:§q|§event).*§q|(?:§q|§event) .*\b(?:typo|misspel\p{L}+|spell\p{L}+)\b.*§q/u,
    but: rx(`\\b(?:${task}|calendar|delete|note|description|location)\\b`),
    whole: true,
  },
  {
    kind: "rename_event",
    says: /\btitle\b.*\b(?:needs to|should|must|has to|ought to) (?:be|read|say) §q/u,
    but: /\b(?:create|task|calendar)\b/,
    whole: true,
  },
  {
    kind: "rename_event",
    says:
      /^(?!(?:set|change|put|update|make|edit|give) ).*(?:\bnot (?:an? |the )?(?:\p{L}+ )?)?\btitle\b.*[.!;:,] (?:please )?(?:make|use|take|put|write|call|change|set|better|let|it should|it must|we want)\b/u,
    but: rx(
      `\\b(?:create|${task}|calendar|delete|video|new event|note|description|location)\\b|\\btitle (?:§q|it)|${day}`,
    ),
    whole: true,
  },
  {
    kind: "invite",
    says: rx(
      `\\binvite\\b|^ask (?:§person|§a|\\p{L}+)(?: (?:and|§person|§a))* to (?:the|my|our|§event|that)(?: |$)|\\bguest\\b|\\binvitation\\b|\\b(?:have|want|like|love|need|see|get|expect|bring) §person(?:(?: ,)? (?:and )?§person)* (?:there|too|as well|at|on board|with us|along)\\b|\\bloop\\b.*§person|§person(?:(?: ,)? (?:and )?§person)* (?:should|must|needs? to|has to|have to|ought to|shall|is to|are to|can|may) (?:also |both |really )?(?:be (?:at|in|there|part)|come|join|attend|take part|participate|get an|receive|sit in)\\b|§event\\b.*\\bneeds? §person\\b|\\b(?:ask|get|have|want|let|tell|bring|like|need|love|see) (?:§person|§a|\\p{L}+)(?: (?:and|§person|§a|\\p{L}+)){0,3} (?:to )?(?:join|come|attend|along|in on|take part)\\b|^(?:create|put|include|get|bring) (?:§person|§a)(?:(?: ,)? (?:and )?(?:§person|§a))* (?:to|on|in|into|onto|along)\\b`,
    ),
    but:
      /\b(?:delete|accept|decline|reply|answer|rsvp|respond|without|cancel|from|new event|agenda|whether|event for|resend)\b|^invite (?:me|us|myself|nobody|no one)\b|\byour (?:party|event|house)\b|\beverything\b|\ball (?:my |the )?event|^(?:create|set up|make) (?:an? )?(?:new )?event\b|^(?:send|write|mail|tell|message)\b(?!.*\binvit)|^§task|^let (?:the |all )?guest|\bguests? (?:the right|permission|allow)|\bwho\b.*\bguest/u,
    many: true,
    writes: true,
  },
  {
    kind: "describe",
    says: rx(
      `^(?:the |my )?(?:§event|event)(?: 's)? :? ?(?:note|description)\\b|^(?:the |my )?(?:note|description) (?:of|for|in|on)\\b|\\b(?:create|put|write|jot|jot down|note|leave|set|change|attach|say|mention|get|have|carry|should|want|needs?|deserves?|make|stick|include|append|edit|fill|type|pop|insert|read|use|add|update|leave)\\b.*\\b(?:note|description)\\b|\\b(?:in|on|into|under|to|of|for) (?:the )?(?:note|description)\\b|\\bdescription (?:of|for)\\b|\\b(?:note|description) should\\b|^(?:note|write|jot down|jot|mention|say|type)\\b.*\\b(?:on|in|into|under|to|for|with|at) (?:the |my |our )?(?:\\p{L}+ )*${event}(?: |$)|^note\\b.*\\b(?:in|on|for) ${event}|^(?:write|enter|type|put|note|jot) §q (?:in |down )?there$`,
    ),
    but: rx(
      `\\b(?:in|into|to) the (?:location|title|guest)\\b|^(?:open|see|let (?:me|us)|read|show)\\b(?!.*\\b(?:write|enter|say|put|create|type|note that|mention|update|change|set)\\b)|\\bfolder\\b|\\b(?:delete|${task}|new event|move|calendar|folder)\\b|^(?:create|set up|make) (?:a|an) (?:new )?event\\b|^(?:note|make) (?:a )?(?:mental )?note (?:to|that|of)\\b|^(?:put|write|note|enter|create|get|type|fill|save) (?:it|that|this)(?: down)? (?:in|into|to|on) (?:(?:the |that )?event|§event|it|there)$`,
    ),
    writes: true,
  },
  {
    kind: "set_location",
    says: rx(
      `\\b(?:${changes}|is|are|was|be|need|want|tell|say|has|have|update|modify|relocate|place)\\b.*\\b(?:location|(?<!\\b(?:takes?|taking|in) )place|room|address)\\b|^(?:the |my )?§event :? ?(?:location|place|room)\\b|^(?:the )?(?:new )?(?:location|place|room|address) (?:of|for) (?:the |my )?(?:§event|event)\\b|\\blocation (?:field )?.*\\b(?:says|reads|shows)\\b|\\b(?:location|room|place)\\b.*\\b(?:is|be|to|should|becomes?|as|are)\\b|\\bwhere\\b.*\\b(?:is|be|takes? place|happens?)\\b|\\b(?:takes? place|held|happens?|hold|meets?|meet up|hosted|will be|is|are|be|being|moved?) (?:now |going to be |instead )?(?:in|at|inside) (?!${when}|(?:the )?(?:morning|afternoon|evening|calendar|wrong|same|that time|this time|least|all|any))(?:the |our |my )?(?:§q|\\p{L}[\\p{L}\\d'.-]*)`,
    ),
    but: rx(
      `^create (?:in |up |down )?§q(?! as\\b)|\\b(?:delete|create an? event|${task}|calendar|take place of|in place of|what time|free|no longer|any more|fewer|not|all[- ]day|(?:whole|entire|full)(?: of the)? day|all of|reminder|description|(?<!^)note|guest|video)\\b|\\bfor a (?:while|moment)\\b|\\bfill in\\b(?!.*\\b(?:location|place|room)\\b)|\\bplace (?:an|the) \\p{L}+`,
    ),
  },
  {
    kind: "set_location",
    says:
      /^(?!(?:set|change|put|create|update|make|edit|give)\b).*\b(?:no|any|a|the|its) (?:place|location|room|address)\b(?: (?:is|was))?.*[.,;:!?] .*\b(?:put|enter|fill|set|make it|use|take|write|give|type|note|create)\b|^(?:for|in) (?:the |my )?§event .*\b(?:place|location|room)\b.*\b(?:put|enter|use|take|write)\b/u,
    but: rx(`\\b(?:delete|move|${task}|note|description|new event|calendar)\\b`),
    whole: true,
  },
  {
    kind: "set_location",
    says: /(?:§event|§q) move to (?:another|a new|a different|the following) (?:place|room|location) :/u,
    whole: true,
  },
  {
    kind: "set_location",
    says: rx(`\\b(?:no longer|not) (?:in|at) .*\\bbut (?:now )?(?:in|at) (?!${when})`),
    but: rx(`\\b(?:delete|${task}|new event|calendar)\\b`),
  },
  {
    kind: "move_to_place",
    says: rx(
      `^(?:(?:(?:the|our|my) )?(?:§event|event|\\p{L}+) )?move\\b.*\\bto (?!${when}|${span}|another|a (?:different|later|new|better)|the (?:next|day|following|week|weekend|morning|afternoon|evening|same|calendar|bin|trash|front|end|start)|next|this|later|earlier|there|then|in the|after|before|be|trash)(?:§q|the \\p{L}+|room|\\p{L}+)`,
    ),
  },
  // Events in new ways; what is told of one first, then asked for: "I am away all day, put it in".
  { kind: "all_day", says: rx(`${allDay}.*${putIn}`), but: others, whole: true },
  { kind: "repeat", says: rx(`${again}.*${putIn}`), but: others, whole: true },
  { kind: "video", says: /^create (?:a|the|its) (?:\p{L}+ )?link\b/u },
  {
    kind: "video",
    says: /§q.*\b(?:meet|talk|held|happens?) (?:by|via|over|through|on) video\b/u,
    but: others,
    whole: true,
  },
  { kind: "video", says: rx(`\\bvideo\\b.*${putIn}`), but: others, whole: true },
  {
    kind: "repeat",
    says: rx(
      `\\b(?:repeat|repeats|repeating|repeated|recurring|recurs?|recur)\\b|\\b(?:every|each) (?:\\p{L}+ )?(?:${weekday}|day|week|month|year|weekday|morning|evening|afternoon|fortnight|workday|two weeks|second)\\b|\\b(?:daily|weekly|monthly|yearly|annually|annual|fortnightly|biweekly|on weekdays|on (?:mon|tues|wednes|thurs|fri|satur|sun)days|once a (?:week|month|year|day))\\b`,
    ),
    but: rx(`\\b(?:delete|${task}|remind|stop|no longer|not|move|skip|show|hide|get rid of)\\b|^call off\\b`),
    many: true,
  },
  {
    kind: "all_day",
    says: rx(
      `\\ball[- ](?:the )?day\\b|\\b(?:full|whole)-day\\b|\\b(?:whole|entire|full|complete)(?: of)?(?: the)? (?:${day}|day|${weekday})\\b|\\ball (?:of )?(?:the )?(?:next |this |coming |on )?(?:${weekday}|${day})|\\b(?:the )?(?:whole|entirety) of (?:the )?(?:day|${day})|\\bday[- ]long\\b|\\b(?:entirely|in full|from morning (?:to|until) (?:night|evening)|(?:no|without)(?: (?:a|an|any|specific|particular|set|fixed|exact|definite|certain|start|starting|end))* (?:times?|hours?|start))\\b`,
    ),
    but: rx(
      `\\b(?:delete|move|${task}|free|not(?! at)|show|invite|hide|find|get rid of|open|go to|offline|out-of-office)\\b|^call off\\b`,
    ),
    many: true,
  },
  {
    kind: "video",
    says:
      /\bvideo\b|\b(?:meet|teams|conference|dial-in|google meet|skype) link\b|\b(?:join|meet|meets|happens|takes place) (?:online|remotely|virtually)\b|\b(?:online|virtual|remote) event\b/,
    but: rx(`\\b(?:delete|${task}|not|watch|without|invite|move|play|no|late|mail|record the|title of)\\b`),
  },
  {
    kind: "reschedule",
    says: rx(
      `^move (?:the |my |our )?(?:it|that|this|§event|event)(?: (?:one|accordingly|then|there|please|too|over))*$|^(?:the |my |our )?(?:§event|event) (?:at|on|from|by) (?:${time}|${day}).*\\binstead\\b|^(?:the |my )?(?:§event|event)(?: 's)? :? ?(?:the )?(?:new )?(?:time|start|date|hour|start time)\\b|^(?:the )?(?:new |right |correct )?(?:time|start|date|day|hour|start time) (?:of|for) (?:the |my )?(?:§event|event|§q)(?= )|\\b(?:put|switch|pull|get|start|shove|make) (?:the |my |our )?(?:§event|event)\\b.*(?:${when}|${span})|\\bmove\\b.*(?:\\b(?:to|until|by|for|from|at|on|into|forward|back|up|ahead|till)\\b.*(?:${when}|${span})|${span}|\\b(?:earlier|later|there|forward|then|another (?:day|time|hour)|next (?:week|month)|the (?:next|following) (?:day|week)|afternoon|morning|evening)\\b)|^(?:bring|put|set) (?:forward|back|off|ahead|up)\\b.*(?:${when}|${span})|^(?:bring|put|set)\\b.*\\b(?:forward|back|off|ahead)\\b.*(?:${when}|${span})|\\b(?:starts?|begins?|beginning|starting|start|begin|happens?|takes? place|be|is|do|hold|will be|change|set|make|have|let)\\b.*\\b(?:at|on|from|to|until|for|by) (?:the )?(?:${when})\\b.*|\\b(?:opens?|commences?|kicks off) (?:already |now )?at ${time}|${span} (?:later|earlier)|\\b(?:starts?|begins?|beginning|starting|start|begin|opens?|kicks off|commences?)(?: (?:now|already|only|today|instead))* ${time}|^(?:the |my |our )?(?:§event|event)(?: (?:on|of) ${day})? (?:->|as|to|the same day|same day|instead|rather)\\b.*${time}|\\b(?:happens?|takes? place|is|be) (?:the )?${span} (?:later|earlier)|: (?:at )?${hour} (?:instead|rather)|\\b(?:another|a different|a new|a later|an earlier) (?:time|day|hour|start)\\b`,
    ),
    but: rx(
      `\\b(?:delete|${task}|create|remind|invite|new event|calendar|my week|week view|working hours|longer|shorter|length|duration|§calendar calendar|there (?:is|'s|should|must|are)|due|the week|make it to|end at|ends at|free|whether|reminder|notification|alert|view|office|app|page|alarm|see|show|going|make (?:an?|it) event|put (?:it|that|this) (?:in|on))\\b|^(?:i|we) (?:am|are|will be)\\b|^set up\\b|^have an?\\b|^make (?:an?|me)\\b|^let (?:me|us)\\b`,
    ),
  },
  {
    kind: "delete_event",
    says: rx(
      `^(?=.*(?:${meant}))(?:.*?)(?:\\b(?:delete|get rid of|throw out|throw away|call(?:ed)? off|do away with|bin|trash|kill|lose|dump|chuck|toss|eliminate|take it (?:off|out)|take that (?:off|out)|forget)\\b|\\b(?:take|get|strike|cross|throw|pull|have|want|kick|chuck|toss|boot|knock|cut|move|wipe)\\b.*\\b(?:off|out of|from|out) (?:of )?(?:the |my |our )*(?:calendar|week|schedule|create|plan|diary|agenda|list|sight|way|${day})|\\b(?:kick|throw|toss|take|chuck|get|pull|cut|knock|cross|strike) (?:§event|§q|it|that)(?: .*)? (?:out|off|away)$|^(?:off|away|out|down)\\b.*\\bwith (?:§event|it|that|the)\\b|\\b(?:fell|fallen|falls) through\\b|\\b(?:can|may|should|must|could|has to|needs to) (?:come|be taken|be struck|be put) (?:off|out|from)\\b|\\b(?:is|are) (?:dead|history|no more)\\b|\\b(?:free|clear) (?:up )?(?:the |my )?(?:slot of |time of )?§event\\b|\\b(?:must|should|needs?|can|may|shall|do|does) not (?:need to |have to |belong to )?(?:be|stay|stand|remain) (?:there|in there|in|on|listed)\\b|\\b(?:must|should|has to|have to|needs to|ought to|shall|is to|want|be) (?:disappear|vanish|gone|go away)\\b|\\b(?:is|'s|must be|should be) gone\\b|\\bdo not (?:want|need) (?:the |my |our |that )?§event\\b.* (?:any ?more|any longer|in (?:my|the) calendar)|^take (?:the |my |our )?(?:\\p{L}+ ){0,4}${event}?.* (?:off|out|away)$|\\b(?:is|are|was) (?:off|not happening|not taking place|not going ahead)$|\\b(?:will|does|is) not (?:take place|be taking place|be happening|happen|go ahead)\\b|\\b(?:can|may|should|must|has to) (?:now )?go(?= |$)(?! (?:to|on|in|into|from|at|ahead|later|with|for))|\\b(?:disappear(?:s|ed)?|vanish(?:es|ed)?)\\b|\\b(?:no longer|not) (?:needed|necessary|on|happening|taking place|relevant)\\b|\\bdo(?:es)? not need the .*${event}.* any ?more\\b)`,
    ),
    but: rx(
      `\\b(?:${task}|subscription|order|account|trip|membership|flight|hotel|reservation|mail|mails|message|series|all|whole|entire|half|everything|note|guest|§calendar calendar|reminder|undo|video link)\\b(?!.*\\bcalendar$)|\\bnot (?:delete|forget)\\b|\\bdo not want to\\b|\\bforget (?:to|that)\\b`,
    ),
  },
  // Events that are new.
  {
    kind: "create_event",
    says: rx(
      `^(?:create|note|enter|write down|note down|put down|save|mark) (?:it|that|this|them)(?: |$)|^(?:put down|put in|pencil in|jot down|note down|write down)\\b.*(?:${day}|${time})|(?:${day}|${time}).*\\b(?:on|in|into|onto|to) (?:the|my|our) calendar\\b|\\bmake (?:an? |the )?event\\b|\\b(?:it|that|this|they) (?:'s|is|goes|belongs|shows up|should be|must be|has to be|gets?|needs to be|should go|must go)(?: put| noted| create)? (?:in|on|into|onto) (?:the|my|our) calendar\\b|\\bget (?:it|that|this) down\\b|\\b(?:put|get|enter|note|pencil|squeeze|fit|slot) (?:him|her|me|us|them) (?:in|down)\\b|^(?:i|we) (?:want|need|would like) (?:§q|an? ).*(?:${day}|${time})|^(?:write|note|jot) down\\b.*(?:${day}|${time})|^create\\b.*(?:${when}|\\b(?:event|calendar)\\b|§q)|\\b(?:new|another) (?:calendar )?event\\b|\\b(?:create|put|get|make|have|enter|pop|stick|note|mark|set up|need|want|record|save|slot|jot|write|include|like|drop|file|fit|squeeze|place|keep|hold)\\b.*\\b(?:in|on|into|to|onto)(?: (?:the|my|our))? calendar\\b|\\b(?:create|put|get|make|have|enter|pop|stick|note|mark|set up|slot|pencil|write|jot) (?:it|that|this|them|one) (?:in|down|up|on|into|there)\\b|\\b(?:create|make|set up|have|put|need|want|get|enter|should be|like)\\b.*\\b(?:an?|one|the|this|that|new) (?:\\p{L}+ ){0,3}event\\b|^(?:set up|put|get|have|fit|squeeze|slot|enter|pencil|pop|hold|keep)\\b.*(?:${time}|(?:§q|§person|${occasion}).*${day}|${day}.*(?:§q|${occasion}))|^(?:event|there (?:is|'s|should be|must be|has to be|needs to be) an?(?: \\p{L}+)? event) (?:called|for|title|on|at)\\b`,
    ),
    but: rx(
      `\\b(?:delete|${task}|move|rename|guest|hide|color|remind|forget|complete|free|find|show|alarm|all events|from the calendar|(?:a|the) table|table for|working hours|booking page|out-of-office|poll|change|undo|note|description|list)\\b(?<!^note)|\\b(?:to|into|in) (?:the|my|our|that) (?:\\p{L}+ ){0,3}(?:event|§event)\\b|^(?:put|get|have|make|keep|set up|hold|fix|mark)\\b(?=.*§event)(?!.*\\bcalendar\\b)(?!.*\\b(?:an?|new) event)`,
    ),
  },
];

/** A goal without any command that names a thing, a day and a time: it is to be in the calendar. */
export const bare: RegExp = rx(
  `^(?!.*\\b(?:is|are|was|were|delete|move|do|does|i|we|not|begins?|starts?|instead|there|how|what|when|where|who|if)\\b)(?!.*§event (?:to|at)\\b)(?=.*${day})(?=.*${time})`,
);

/** What only says more of an errand. */
export const more: RegExp =
  /^(?:update|change|fix|correct|adjust)(?: please| accordingly| now)*$|^(?:create|enter|note|save|put in|do so|thanks?)(?: please| in| now| thanks)*$|^(?:open|go to|click|tap|select|pick|choose|look at|use)\b(?!.*\b(?:color|as|for|location)\b)|^(?:move|shift) (?:it|that|this)(?: (?:accordingly|please|in|there|then))*$|^(?:update|change|fix|correct|adjust|set) (?:where|when) (?:it|that|this|§event) (?:is|takes place|happens|begins|starts)$|^(?:fix|update|correct|change|adjust|set) (?:the|its|a|that) (?:place|location|time|hour|day|date|room|event|title|status|state|typo|spelling|mistake)(?: (?:please|accordingly|too|now))*$|^(?:note|put|enter|write|save|create|fill) (?:in )?(?:the|that|its) (?:place|location|time|hour|address|room)(?: in| there)?$|^get §person$|^(?:let|have) (?:him|her|them|§person) be (?:notified|informed)\b|^make (?:the|that|this) (?:change|update|correction|move)$|^(?:(?:update|change|fix|correct|adjust|note|enter|edit|do|save|make) (?:it|that|this)(?: (?:accordingly|please|in|there|on|to|the|my|calendar|so))*$|(?:put|write|note|enter|create|get|save|change|set) (?:it|that|this)(?: down)? (?:in|into|to|on) the event$|(?:update|open|check) (?:the|my) (?:calendar|event|tasks?)(?: (?:accordingly|please))*$)/;

/** What a calendar like this cannot do. */
export const foreign =
  /\b(?:create|start) (?:an? |another |the |my |new )*(?:task )?list\b|\bcalendar of (?!(?:mine|my|our|the|this|its|their|his|her|an?)\b)\p{L}|\b(?:picture|photo|image|file|link) (?:in|into|to) (?:the|its) (?:description|note|event)\b|\b(?:(?:print|export|import|sync|share) (?:the|this|my|our|it|that|out|all|every\p{L}*|§calendar|§event)|in sync with|dark mode|light mode|theme|background|time ?zone|notifications?|working hours|weather|directions|password|sign out|log out|sign in|log in|screenshot|zoom (?:in|out)|pdf|ics|free slot|free time|next free|(?:is|are|be|being) (?:free|available)|alarm|attach (?:an? |the |my |this )?(?:\p{L}+ )?(?:file|document|doc|pdf|photo|picture|slides|spreadsheet|form|report|contract|agenda)|attachment|text message|sms|chat message|whatsapp|slack|outlook|trello|doodle|google|e-?mail (?:to|everyone|everybody|the|all|him|her|them)|send (?:everybody|everyone|all|them|him|her|me)\b(?!.*\binvit)|buy tickets|public holidays|bank holidays|subtasks?|booking (?:page|system|site)|out-of-office|out of office|permissions?|the right to|priority|polls?|(?<!\b(?:every|each|a|next|this) )week (?:start|begin|view)\p{L}*|(?:make|set|let|start|begin|have) my week|(?:the week|weeks) should|first day of the week|wiki|aloud|language|fonts?|profile picture|account|remind me \d+|(?:minutes?|hours?|days?) before)\b/u;
