import { clearSender, clearTopic, clearTwo, snoozeTopic } from "./topics.ts";
import { clearInbox, clearPage, clearStarred, readAll } from "./whole-lists.ts";
import { nameLabel, writeBoth, writeFirst, writeFull, writeLower } from "./letters.ts";
import { clearAndWrite, readAndClear, replyAndClear } from "./both.ts";

/**
 * Errands in the free wordings of people: texts without quotation marks, people by first name, whole lists. None has a
 * value or a wording of a task of the REAL benchmark.
 */
export const drills = [
  writeFull,
  writeFirst,
  writeLower,
  writeBoth,
  nameLabel,
  clearPage,
  clearInbox,
  clearSender,
  clearTopic,
  clearStarred,
  snoozeTopic,
  readAll,
  clearTwo,
  clearAndWrite,
  readAndClear,
  replyAndClear,
];
