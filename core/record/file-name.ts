import { sha256 } from "../util/sha256.ts";

/** A file name for any id: the id itself when it is safe everywhere, else its readable part and a hash that keeps it unique. */
export function fileNameOf(id: string): string {
  if (/^[a-z0-9][a-z0-9_.-]{0,79}$/.test(id) && !id.endsWith(".")) return id;
  return `${slugOf(id) || "id"}-${sha256(id).slice(0, 10)}`;
}

/** Lower-case letters, digits and single dashes; at most 60 characters. */
export function slugOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-|-$/g, "");
}
