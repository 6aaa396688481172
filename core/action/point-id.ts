import type { Parsed } from "../domain/action.ts";
import { sha256 } from "../util/sha256.ts";
import { canonicalAction } from "./canonical.ts";

/** Id of the point where a slot or episode begins. */
export const rootPointId = (of: string): string => pointId(of, "root");

/** Id of the point that an output leads to; equal actions lead to one point, and so do outputs refused alike. */
export const nextPointId = (from: string, parsed: Parsed): string => pointId(from, actionKey(parsed));

/** What tells outputs apart at one point. */
export const actionKey = (parsed: Parsed): string =>
  parsed.ok ? canonicalAction(parsed.action) : `invalid ${parsed.code}`;

const pointId = (from: string, key: string): string => sha256(`${from}\n${key}`).slice(0, 20);
