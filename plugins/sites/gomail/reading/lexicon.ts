import type { Commands, Vocabulary } from "halo-agent/site";
import { states } from "./stated.ts";

const words = (text: string): readonly string[] => text.trim().split(/\s*\n\s*|\s*,\s*/);

/** Phrases that begin a command, in the words' plain forms. */
const verbs = words(`
  delete, erase, discard, trash, bin, get rid of, throw away, throw out, throw, clear, clear out, clear up, clear away, clean,
  clean out, clean up, empty, empty out, wipe, purge, dump, toss, toss out, ditch, nuke, lose, kill, scrap, chuck, chuck out, eliminate, remove, drop,
  junk, do away with, expunge, zap, rid, kick out, clear off, throw into, take out, weed out, scrub, free, sweep, dispose of, into the trash with, out with, off to the spam folder with, back to the inbox with
  move, put, send, take, drag, shift, bring, get, return, pull, transfer, stick, place, file, file away, put away, tidy away, stash, tuck, stow, tidy, fish, dig, keep, leave, relocate, slap, pop
  mark, flag, set, make, treat, turn, switch, show, display, change, update, adjust, increase, reduce, list, report, unspam, replace
  restore, recover, undelete, rescue, retrieve, bring back, get back, put back, move back, undo, save
  wake up, wake, react, react to, fetch, grab, salvage, reinstate, resurrect, revive, untrash, unbin, unfavourite, highlight, pin, hold back, park, stow, stow away, tuck away, shelve, hand, hand over, hand on, quarantine
  pen, craft, jot, jot down, note, put together, get in touch with, announce, record, remember, sign, cut, limit, stamp, brand, filter, resend, recall, unsend, attach, transcribe, dictate, reschedule
  archive, snooze, postpone, defer, remind me, remind me of, remind me about, hide, resurface, delay, push, push back, put off, mute, silence
  star, unstar, favorite, unfavorite, bookmark, give, un-star
  open, read, look at, look up, look for, view, check, check out, find, search, search for, pull up, go to, locate, see, go through, have a look at, take a look at, visit, select, close, conclude, begin, have
  label, tag, categorize, classify, apply, add, attach, assign, create, define, introduce, set up, start, need, want, unlabel
  reply, reply all, respond, answer, write back, get back to, shoot back, send back
  forward, pass on, pass along, pass, share, send on, fwd, relay, redirect
  write, compose, type up, mail, message, drop, shoot, tell, ask, inform, notify, let, invite, remind, thank, congratulate, wish, fire off, say, contact, reach out to, update, type, ping, apologize to, confirm, request, cc, include, send off, draft, draft up, prepare, save, schedule, queue, queue up, line up, hold, wait, plan, store, enter, enable, disable, activate, deactivate, use, append, end, sign, configure
  have it back, have them back, have that back, lower, raise, new, spam, have it go out, have it sent, have it delivered, hit, press, tap, stop, cancel
  act, pretend, flip, sort, click, click into, bring up, choose, pick, toggle, go into, look inside, look into, have a look inside, nest, away with, off with, release, correct, fix, come back to me with, end with, count as read, count as unread, time, store
  unsubscribe, print, block, filter, download, call, count, sort, export, import, log out, sign out, text, summarize, translate, install, play, book, order, buy, rename, merge, mute, sync, upload`);

/** How mail goals begin what they ask for. */
export const commands: Commands = {
  verbs: [...new Set(verbs)],
  writing: new RegExp(
    [
      "^(?:pen|craft|jot|announce|get in touch with) ",
      "^(?:write|compose|tell|ask|inform|notify|invite|thank|congratulate|wish|reply|reply all|respond|answer|react|react to|write back|get back to|shoot back|contact|reach out to|ping|apologize to|say|draft|draft up|confirm|request|type) ",
      "^(?:mail|message) (?!about|from)",
      "^give(?: \\S+){0,5} (?:reply|note|line|answer|greeting|update|thanks)\\b",
      "^let .*\\bknow\\b",
      "^remind (?!me)",
      "^(?:send|shoot|drop|fire off|schedule|queue|queue up|line up|prepare|make|create|save|send off|send back|plan|new)(?: \\S+){0,5} (?:mail|reply|note|line|draft|answer|greeting|invitation|update|thanks)\\b(?!.*\\bto (?:the )?(?:trash|archive|spam|inbox))",
      "\\bsignature\\b",
      "\\bvacation\\b",
      "\\bresponder\\b",
      "\\b(?:automatic|holiday|absence) (?:answer|reply|response|answering)",
      "\\bauto (?:reply|answer)\\b",
    ].join("|"),
  ),
  done:
    /^(?:deleted|erased|discarded|trashed|binned|thrown away|thrown out|cleared|removed|archived|starred|unstarred|snoozed|labeled|labelled|tagged|forwarded|moved|restored|recovered|reported|marked|favorited|flagged|cleaned out|cleaned up|emptied|wiped|junked|answered|disposed of|put|filed|filed away|postponed|sent|set|shown|displayed|added|saved|created|turned|switched|dumped|ditched|tossed|reduced|limited|changed|updated|enabled|activated|disabled|scheduled|written|composed|drafted|applied|attached|assigned|stored|hidden|flagged|unlabelled|categorized|classified|given|read)$/,
  things:
    /\b(?:(?:his|her|their) (?:\S+ )?(?:invitation|invite|reminder|note|letter|bill|newsletter|request|offer|ad)|mails?|inbox|label|star|starred|archive|trash|spam|unread|it|them|that one|this one|newsletters?|everything|folder|thread|draft|contacts?|signature|vacation|read|snooze|§q)\b/,
  states,
  isThing,
};

/** Verbs that name a mail, a folder or what is done with one: "the reply", "move it to spam", "mark as read". */
function isThing(word: string, before: string, after: string): boolean {
  if (word === "make" && /^(?:me|us|him|her|them) (?!a\b|an\b|one\b|another\b|some\b|the\b)/.test(after)) return true;
  if (word === "parking") return true;
  if (/^(?:pop|show|turn|return)$/.test(word) && /\b(?:let|have|make) (?:it|them|that)$/.test(before)) return true;
  // "… a person, name Tom Hill, mail …" says the address.
  if (
    word === "mail" && /^§a(?: [.!?])?$/.test(after) &&
    /\b(?:names?|called|named|person|contact)\b[^.;!?]*,$/.test(before)
  ) {
    return true;
  }
  if (word === "see" && /^to it\b/.test(after)) return true;
  if (word === "go to" && /\bto$/.test(before)) return true;
  if (word === "label" && /\bthe (?:first|second|last|next|new|top)$/.test(before)) return true;
  if (word === "text" && /[,:]$/.test(before)) return true;
  if (
    word === "trash" &&
    /\b(?:send|sends|sent|sending|get|gets|getting|got|writes?|gives?|giving) (?:me|us|you)$/.test(before)
  ) return true;
  if (word === "spam" && /\b(?:is|are|was|were|not|as|no|really|actually)$/.test(before)) return true;
  if (word === "read") {
    return /\b(?:mark|marking|set|make|put|turn|flag|switch|change|treat|show|get|leave|keep|count|call)\b[^.;!?]*\b(?:to|as|be|being|been|not|yet|marked|already|all|them|it|these|those|this|that|mails?|everything|ones?|one|into)$/
      .test(before);
  }
  if (
    /\b(?:to|in|into|from|of|the|a|my|out of|with)$/.test(before) &&
    /^(?:archive|trash|spam|draft|star|label|reply|answer|schedule)$/.test(word)
  ) {
    // "move it to archive" names a place, "I want to archive it" does not.
    return !/\bto$/.test(before) ||
      /\b(?:move|moved|put|send|sent|go|goes|back|belongs?|take|throw|from|drag|shift)\b[^.;!?]*\bto$/.test(before) ||
      after === "";
  }
  if (/^(?:mail|text|message)$/.test(word)) {
    // What is written beside a subject.
    if (/\bsubject\b[^.;!?]*(?:,|\band|\bwith)$/.test(before) && !/^§a/.test(after)) return true;
    return /^address\b/.test(after) ||
      /\b(?:the|a|an|this|that|my|his|her|your|one|another|new|short|quick|every|each|which)$/.test(before) ||
      !/^(?:§a|§q|\p{L}[\p{L}-]*)/u.test(after) ||
      /^(?:from|about|with|that|to|in|by|is|are|i|was|which|on|of|for|as|and|at|regarding|until|has|have|called|titled|into|should|says|saying)\b/
        .test(after);
  }
  return word === "reply" && /^(?:mails|folder|button)\b/.test(after) && /\b(?:all|and|or)$/.test(before);
}

/** Words that mean the same. */
const same = {
  mail: "email e-mail message msg conversation thread emial eamil convo e-mial chain",
  mails: "emails e-mails messages msgs conversations threads convos emials correspondence",
  unspam: "un-junk unjunk un-spam",
  trash: "bin garbage rubbish wastebasket dustbin trashcan wastebin",
  spam: "junk spammy",
  delete: "del deletes",
  label: "tag category",
  labels: "tags categories",
  vacation:
    "autoresponse out-of-office ooo auto-reply autoreply auto-responder autoresponder auto-response holiday-responder",
  favorite: "favourite",
  unfavorite: "unfavourite",
  phishing: "scam",
  inbox: "in-box mailbox",
  unread: "un-read unopened",
  fwd: "foward",
  until: "till til untill",
  everything: "everythin evrything",
  contacts: "addressbook",
  today: "todays",
  yesterday: "yesterdays",
  tomorrow: "tmrw tmr tomorow tommorow tommorrow",
  reply: "replies",
} as const;

const nouns =
  `inbox archive trash spam draft drafts folder label labels star starred unread read newsletter newsletters notification
  notifications contact contacts signature vacation responder email emails message messages conversation conversations
  subject everything tomorrow yesterday today archive snooze schedule forward reply attachment until latest newest oldest`
    .split(/\s+/);

/** Words of mail goals. */
export const vocabulary: Vocabulary = {
  same,
  known: new Set([...verbs.flatMap((verb) => verb.split(" ")).filter((one) => one.length > 3), ...nouns, ...[
    "please",
    "about",
    "from",
    "with",
    "page",
    "response",
    "responses",
    "received",
    "related",
    "subjects",
    "content",
    "contents",
    "saying",
    "asking",
    "telling",
    "incoming",
    "meeting",
    "without",
    "unsent",
    "automatically",
    "appointment",
    "friend",
    "friends",
  ]]),
};
