import type { Names, Vocabulary } from "halo-agent/site";
import { titles } from "../state/seed-text.ts";
import { people } from "../state/people.ts";
import { calendars, seedEvents, seedTasks } from "../state/seed.ts";

/** Words that mean the same in goals about a calendar, by the one that stands for them. */
const same = {
  delete:
    "deletes deleting deleted remove removes removing removed cancel cancels cancelling canceling cancelled canceled scrap scrapping scrapped wipe wiping wiped erase erasing erased ditch axe discard strike nix clear clearing drop dropping dropped unschedule un-schedule unbook un-book scratch scratching scratched purge purged zap abolish",
  create:
    "creates creating created add adds adding added insert enter entering entered schedule scheduling scheduled reserve reserving block blocking register log pencil arrange arranging organise organize plan planned book booking booked",
  move:
    "moves moving moved shift shifts shifting shifted reschedule rescheduling rescheduled postpone postponing postponed push pushing pushed delay delaying delayed defer deferred bump slide nudge",
  rename: "renames renaming renamed retitle retitled relabel rebrand",
  invite: "invites inviting invited",
  event:
    "events appointment appointments meeting meetings entry entries session sessions engagement calendar-entry bookings",
  task: "tasks todo todos to-do to-dos chore chores errand errands",
  calendar: "calendars diary",
  hide: "hides hiding hidden untick unticking uncheck deselect conceal",
  color: "colour colors colours coloring colouring recolor recolour tint shade paint painting painted coloured colored",
  note: "notes remark remarks comment comments memo",
  description: "descriptions details detail",
  location: "venue locations whereabouts",
  guest: "guests attendee attendees participant participants invitee invitees",
  invitation: "invitations invite-mail",
  find: "finds finding locate locating hunt",
  complete: "completes completing completed finish finished finishes done",
  video: "videoconference video-conference videocall video-call",
  title: "titles name names heading titled named entitled",
  tomorrow: "tmrw tomorow tommorow tommorrow",
  until: "till til",
  noon: "midday",
} as const;

const known =
  `delete remove cancel create schedule calendar appointment meeting event reschedule postpone rename invite location
  description tomorrow reminder monday tuesday wednesday thursday friday saturday sunday january february august september
  october november december weekly monthly complete change title colour color invitation guest video`.split(/\s+/);

/** Words of calendar goals. */
export const vocabulary: Vocabulary = { same, known: new Set(known) };

/** Titles of events that the months are filled with. */
const spread = Object.values(titles).flatMap((lines) => lines.map((line) => line.split(" | ")[0]!));

/** What stands in a goal for names that every page has. */
export const names: Names = {
  "§event": { all: [...seedEvents.map(({ title }) => title), ...spread], parts: true },
  "§task": { all: seedTasks().map(({ title }) => title), parts: true },
  "§calendar": { all: calendars.map(({ name }) => name) },
  "§person": { all: people },
};

/** What "it" and "that one" may mean. */
export const things = /^§(?:event|task|calendar|q)$/;

/** How commands begin. */
export const begins =
  /^(?:(?:quickly|really|also) )?(?:delete|create|move|rename|invite|hide|color|find|complete|get rid of|get|put|take|throw|make|set|give|change|call|let|have|add|mark|tick|check|cross|remind|search|look|mail|tell|ask|send|write|jot|note|show|stop|write down|kill|bin|trash|bring|start|begin|repeat|run|attach|block|mention|include|use|turn|switch|update|edit|swap|print|export|share|undo|copy|duplicate|accept|decline|open|close|do|hold|keep|leave|pop|stick|mention|fill|join|assign|extend|shorten|merge|split|new|record|save|slot|fix|correct|adjust|type|replace|forget|lose|free|do away with|call off|want|need|toggle|assign|apply|kick|pull|strike|strip|toss|chuck|dump|plan|select|choose|pick|click|press|go to|phone|ring|order|buy|book|pay|vote|translate|archive|star|subscribe|sync|import|display|view|read|reply|download|upload|convert|off with|away with|out with|schedule|postpone|join|play|lend|drive|invent|sort|respond|remember|amend|modify|alter|fetch|install|shorten|lengthen|allow|block|track|dig|loop|skip|shove|free|mute|clear|withdraw|boot|cut|knock|tidy|check)\b/;
