import type { Call } from "halo-agent";
import type { Precision } from "./canaries.ts";
import type { VllmClient } from "./client.ts";
import { plainPicture } from "./plain-png.ts";
import { nextAboutPicture, type Probed } from "./probes.ts";
import { checkPicture } from "./prompt-canaries.ts";

const size = { widthPx: 320, heightPx: 192 };
const [red, white, blue] = [[220, 20, 20], [255, 255, 255], [20, 20, 220]] as const;

/** Asks about a red picture, twice, a blank and a blue one. Throws HALO_CANARY_PICTURE when it makes no difference. */
export async function probePicture(
  client: VllmClient,
  { precision, ...ask }: Probed & Call & { readonly precision: Precision },
): Promise<number> {
  const about = (colour: readonly [number, number, number], salt = ask.salt) =>
    nextAboutPicture(client, { ...ask, salt, picture: plainPicture(size, colour) });
  const truth = await about(red);
  const again = await about(red, `${ask.salt}-${crypto.randomUUID()}`);
  return checkPicture({ truth, again, blank: await about(white), swapped: await about(blue) }, precision);
}
