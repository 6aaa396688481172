import { type Command, type ReadErrand, refusal, type Unread } from "halo-agent/site";
import { seedContacts, seedEmails } from "../state/seed.ts";
import { hasAll, headOf } from "./mails.ts";

/** What is read, with the words that its errands do not hold. */
export interface Support {
  /** Kinds of the errands, a space between each two. */
  readonly kinds: string;
  /** The goal's words without quoted texts and the errands' own values, in lower case. */
  readonly rest: string;
  /** The goal's words without quoted texts. */
  readonly whole: string;
  /** Commands that are asked for and have no kind. */
  readonly kindless: readonly Command[];
}

const overMails =
  /\b(?:star|unstar|open_star|mark_read|mark_unread|archive|delete|spam|label|forward|compose|reply|snooze)\b/;

/** What takes an errand back that was named. */
const takenBack =
  /\bnever ?mind\b|\b(?:just|only) (?:kidding|joking)\b|\bscratch that\b|(?:^|[.!?,;…–—-]\s*(?:(?:no|oh|ah|actually|and|well),? )?)forget (?:it|that|about (?:it|that))\b|\bi (?:just )?(?:wanted|meant|planned) to\b[^.]*\b(?:but|however)\b|\bi(?:'d| would) (?:love|like|prefer)\b[^.]*, but i\b|\bchanged my mind\b|\bon second thoughts?\b|\bbetter not\b|\b(?:i'll|i will|i'd rather|let me) (?:just )?do (?:it|that|this) myself\b|\bleave (?:it|them|that|everything|things|all)(?: (?:as (?:it|they) (?:is|are)|be|alone|there|untouched))?(?=\s*(?:[.!?;]|$))|\bas it is\b|\b(?:nothing|no need) to (?:add|do|change)\b/;

/** What is to be so for mails that nobody has yet. */
const ongoing =
  /\b(?:whenever|every time|each time|any ?time|as soon as|automatically|by (?:itself|themselves)|skip the inbox|(?:in|all|any|every) (?:the )?future|new mails? comes?|incoming|(?:from now on|(?<!\b(?:he|she|they|who|it|that|which) )always|from today on))\b/;

/** Questions about what to do and what was done. */
const asked =
  /(?:^|[.!?;,] ?)(?:if|in case|whenever) (?!you\b|possible|necessary|needed|there (?:is|are)|that is|it is (?:possible|ok)|any\b|not\b|so\b)|(?:^|[.!?;]\s+)(?:should|shall|do|must|may) (?:i|we)\b|(?:^|[.!?;,]\s+)(?:if|unless|in case|when|once) (?:\w+ ){1,3}(?:writes?|answers?|replies|calls?|comes?|sends?|asks?|arrives?)\b|(?:^|[.!?;]\s+)(?:is it|are there|is there|did|does|has|have) (?:\w+ )?\w+\b[^.!]*\?|\bdo you (?:think|believe) (?:that )?(?:i|we|it)\b|\b(?:how (?:often|many|much|do|does|can|to)|is it (?:safe|ok|okay|possible that))\b/;

/** Things and places that a mailbox has nothing to do with, and doings that no part of the site can do. */
const foreign = new RegExp(
  String
    .raw`\b(?:whats ?app|slack|telegram|signal message|skype|zoom|teams|facebook|instagram|linkedin|twitter|tweet|discord|sms|text messages?|fax|postcards?|` +
    String
      .raw`envelope|postage|stamp on|usb|memory stick|thumb drive|pdf|outlook|yahoo|icloud|dropbox|cloud drive|google drive|my drive|onedrive|desktop|hard drive|calendars?|screenshots?|` +
    String
      .raw`videos?|video (?:call|meeting)|voice|audio|recording|podcast|song|music|ringtone|sounds?|alarm|profile|avatar|emojis?|thumbs[- ]up|gif|read receipts?|e-?reader|kindle|printer|paper|` +
    String
      .raw`passwords?|passcode|pgp|encrypt\w*|two-factor|2fa|rules?|filters?|contact group|mailing list|group|theme|dark mode|font|comic sans|bold type|italics?|colou?r(?:ed)?|` +
    String
      .raw`(?:blue|red|green|pink|purple|orange) (?:label|star|color|colour)|(?:in|to|into) (?:italian|french|german|spanish|portuguese|english|chinese|japanese|dutch|polish|russian|turkish)|` +
    String
      .raw`on (?:his|her|their|the|my) (?:phone|mobile|cell)|by phone|the phone|birthday in|photo to|picture (?:of|to|into|in)|photos? (?:of|to|into) (?:the )?contact|attachments?|album|web ?site|browser|admin|access to|in (?:my|the|our) (?:office|kitchen|garage|basement|attic|car|fridge)|` +
    String
      .raw`with my (?:credit )?card|in cash|five stars|star ratings?|out loud|aloud|pinned|undo send|spell(?:ing)?|dictionary)\b`,
);

/** The same, whatever else the goal says. */
const plainlyForeign =
  /\bby (?:phone|hand|fax|post|letter|text|clicking \S+)(?=[.!?]?$)|\b(?:to-?do|reading|task) list\b|\b(?:different|another|second|separate) signature\b|(?:^|[.!?;,] )unless\b|\bonly if\b|\b(?:voice|audio|video) (?:message|note|mail|call|meeting|chat)\b|\bread receipts?\b|\b(?:show|tell) me how (?:often|many|much)\b|(?:^|[.!?;,] |\bplease )(?:check|look|tell me) (?:whether|if|who|how)\b|\bcolumns?\b|\bmy (?:laptop|computer|pc|phone|tv|car|alarm|watch|printer|router)\b|\b(?:move|postpone|shift|push|change) (?:the|my|our|a) (?:\w+ )?(?:meeting|appointment|call|lunch|dinner|party|date)\b(?! (?:e-?mail|mail|reminder|recap|invit|message|note))|(?:^|[.!?;,] )(?:if|unless|in case|when|once) (?:\w+ ){1,3}(?:writes?|answers?|replies|calls?|comes?|sends?|asks?|arrives?)\b|\bparagraphs?\b|\brecipients of\b|\balphabetical\w*|\bstars?(?: icons?)? (?:bigger|smaller|larger|green|blue|red|pink|black)\b|\b(?:word|text|csv|excel) file\b|\.csv\b/;

/** One clause that says what not to do with mails. */
const onlyDenies =
  /^(?:please,? )?(?:do not|don't|never) (?:mark|delete|archive|star|unstar|send|label|forward|answer|reply|snooze|move)\b(?!.*\b(?:but|until|before|instead|any ?more|again)\b)[^.,;:!?]*[.!]?$/;
/** True where a goal is nothing but one command with "do not" before it. */
export const deniesAll = (goal: string): boolean => onlyDenies.test(goal.toLowerCase());
/** A star in a colour, and one that stays. */
const otherStar =
  /\bstars?\b[^.;!?]*\bin (?:blue|red|green|purple|orange|pink)\b|\bleave (?:the|its|their|my) stars?\b/;

/** Somebody else is asked: "Carol, can you …". */
const toOthers = new RegExp(
  `^(?:${
    seedContacts.map(({ name }) => name.split(" ")[0]!.toLowerCase()).join("|")
  }) ?, (?:can|could|would|will|please)\\b`,
);

/** Doings by verbs that are none of the site's, where a command begins. */
const strange = new RegExp(
  String
    .raw`(?:^|[.;!?:,–—]\s*(?:and |then |please )*|\b(?:and|then|please|can you|could you|would you|will you|want you to|need you to) )` +
    String
      .raw`(?:translate|print|phone|ring|dial|pay|buy|order|book|reserve|scan|download|upload|export|import|sync|block|unblock|mute|unmute|unsubscribe|subscribe|encrypt|decrypt|install|play|film|draw|` +
    String
      .raw`paint|edit|fix the|rewrite|summari[sz]e|calculate|paste|zip|compress|backup|back up|migrate|recall|unsend|resend|cancel|renew|extend|rate|review|reschedule|join|attend|accept|decline|` +
    String
      .raw`approve|unpin|rename|recolou?r|merge|split|follow|post|tweet|connect|log (?:in|out|on|off)|sign (?:in|out|up|me)|lock|unlock|restart|shut|charge|cook|drive|water|` +
    String
      .raw`watch|listen|dictate|crop|resize|insert|embed|warn|alert|explain|analy[sz]e|validate|enlarge|zoom|scroll|refresh|reload|call(?! it| them| the label| me)|record|pick up|` +
    String
      .raw`measure|compare|convert|transcribe|subscribe|return the|exchange|refund|deliver|collect|fetch me|bring me|read (?:me|to me|it to me|them to me)|` +
    String
      .raw`check (?:whether|if|how)|find out|figure out|make sure (?:that )?(?:nobody|no one)|turn on read|start a (?:video|call|meeting|chat))\b`,
);

const body = /(?<=^.{8,})\b(?:that|saying|says?|body|text(?! messages?)|telling|asking|whether|if)\b.*$/;

/** What a mail is called, and what refers to one. */
const mailWord =
  /\b(?:(?:e-?)?mails?|messages?|msgs?|notes?|newsletters?|notifications?|receipts?|invoices?|reminders?|invitations?|invites?|ones?|threads?|conversations?|convos?|letters?|notices?|tickets?|surveys?|bills?|statements?|updates?|recaps?|results|alerts?|offers?|ads?|promos?|promotions?|requests?|subjects?|senders?|inbox|mailbox|everything|anything|all|it|them|spam|junk|trash|bin|archive|sent|wrote|things?|stuff|starred|unread|answer|reply|from|last|newest|oldest|latest)\b/i;

/** What a mailbox has that is no mail: "I need no signature, get rid of it". */
const ofSite =
  /^(?:signatures?|vacation|responder|labels?|tags?|contacts?|address book|drafts?|filters?|rules?|accounts?|alias|theme|folders?)\b/i;

/** An errand about mails that names something nobody knows for a mail: "snooze my alarm". */
export function isNoMail(
  { kind, objects: { senders, subjects = [], state, date, query } }: ReadErrand,
  goal: string,
): boolean {
  if (!overMails.test(kind) && kind !== "read" && kind !== "restore" && kind !== "not_spam") return false;
  if (/^(?:compose|draft|schedule)$/.test(kind) || [senders, state, date, query].some((one) => one !== undefined)) {
    return false;
  }
  if (subjects.some((one) => ofSite.test(one) && !seedEmails.some((mail) => hasAll(headOf(mail), one)))) return true;
  // A list is no mail to open: "show the reading pane beside the inbox".
  const said = kind === "read"
    ? goal.replace(/\b(?:inbox|mailbox|spam|junk|trash|bin|archive|starred|all|subjects?)\b/gi, " ")
    : goal;
  if (mailWord.test(said) || subjects.length === 0 || /["“„«]|(?<!\p{L})['‘]/u.test(goal)) return false;
  const isLoose = /^(?:archive|delete|star|unstar|label|mark_read|mark_unread|spam|not_spam)$/.test(kind);
  const words = subjects.flatMap((one) => isLoose ? one.split(/\s+/).filter((word) => word.length > 3) : [one]);
  return subjects.some((one) => /^nothing$/i.test(one)) ||
    !words.some((one) => seedEmails.some((mail) => hasAll(headOf(mail), one)));
}

/** Why an understanding is not borne by the words: what nobody asks for, or what the site cannot do. */
export function unsupported({ kinds, rest: all, whole, kindless }: Support): Unread | undefined {
  // Words to write may speak of anything.
  const rest = /^(?:compose|draft|schedule|reply|vacation|signature)/.test(kinds) ? all.replace(body, " ") : all;
  const [back, more, question] = [takenBack, asked, foreign].map((one) => one.exec(rest)?.[0].trim());
  const other = toOthers.exec(whole)?.[0] ?? (rest === all ? takenBack.exec(whole)?.[0] : undefined);
  if (other !== undefined) return refusal(`it says "${other.trim()}"`);
  if (/^snooze$/.test(kinds) && /@/.test(whole)) return refusal("a snoozed mail has no recipient");
  const alien = (plainlyForeign.exec(whole) ?? otherStar.exec(whole))?.[0];
  if (alien !== undefined) return refusal(`it speaks of "${alien}"`);
  if (back !== undefined) return refusal(`it takes back, "${back}"`);
  if (more !== undefined) return refusal(`it asks, "${more}"`);
  if (question !== undefined) return refusal(`it speaks of "${question}"`);
  const doing = strange.exec(rest)?.[0].replace(/^[\s.;!?:,–—]+/, "");
  if (doing !== undefined) return refusal(`"${doing}" is nothing this site can do`);
  const always = ongoing.exec(rest)?.[0];
  if (always !== undefined && overMails.test(kinds) && !/signature|vacation/.test(kinds)) {
    return refusal(`it speaks of mails to come, "${always}"`);
  }
  const [left] = kindless.filter((one) => !harmless.test(one.acts));
  return left && { unread: `nothing says what "${left.acts.split(" ").slice(0, 4).join(" ")}" is`, beside: left };
}

/** Verbs of wishes, and of what is told beside an errand. */
const harmless =
  /^(?:cc|bcc|create (?:it|one)|click|choose|pick|want|need|have|keep|leave|let|see|close|begin|start|new|prepare|send(?: (?:it|off|out|that|this))*$|name|set (?:one|it|that) up|note|remember|stop|wait|hold|use|include|say|go to|make|get|give|plan|thank|undo|save|change|update|enter|cut|end|count|sign|attach|text|buy|book|order|call|print|cancel)\b/;
