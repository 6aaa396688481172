/** Makes the pictures of the replica sites in docs/img from the real pages: `node tests/docs/pictures.ts`. */
import { Buffer } from "node:buffer";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync, inflateSync } from "node:zlib";
import type { Action, Observation } from "halo-agent";
import replica from "../../plugins/replica/environment.ts";
import gomail from "../../plugins/sites/gomail/site.ts";
import { gomailTasks } from "../plugins/sites/gomail/kit.ts";

type Step = (seen: Observation) => Action;

const open = (role: string, name: string): Step => (seen) => ({ action: "click", el: el(seen, role, name) });
const write = (role: string, name: string, text: string): Step => (seen) => ({
  action: "type",
  el: el(seen, role, name),
  text,
  clear: true,
});

function el(seen: Observation, role: string, name: string): string {
  const found = seen.elements.find((e) => e.role === role && e.name === name);
  if (found === undefined) throw new Error(`no ${role} "${name}" on the page`);
  return found.id;
}

/** The steps from the inbox to each picture. */
const pictures: Readonly<Record<string, readonly Step[]>> = {
  "gomail-inbox": [],
  "gomail-message": [open("link", "Open email from Jane Smith, Project update: deadline extended")],
  "gomail-compose": [
    open("button", "Compose"),
    write("combobox", "To", "angela.white@example.com"),
    () => ({ action: "key", keys: ["Tab"] }),
    write("textbox", "Subject", "Plan for Friday"),
    write(
      "textbox",
      "Message",
      "Hi Angela,\n\nshall we meet at ten in the small room? I will bring the numbers for the second quarter.\n\nFede",
    ),
  ],
  "gomail-search-options": [
    open("button", "Advanced search options"),
    write("textbox", "From", "support"),
    write("textbox", "Has the words", "ticket"),
    open("button", "Date within: Any time"),
    open("option", "2 months"),
    write("textbox", "of the day", "2024-07-18"),
  ],
  "gomail-settings": [open("button", "Settings"), write("textbox", "Signature", "Fede Lopez\nSan Francisco")],
};

const signal = AbortSignal.timeout(120_000);
const site = await gomail.create({}, {});
const environment = await replica.create({ site, stop: "declared", forking: "native", pages: 1 }, {});
try {
  const task = gomailTasks({ templates: ["star"], max_optimum: 8, cap: 0 }).draw({ split: "train", index: 0, seed: 0 });
  for (const [name, steps] of Object.entries(pictures)) {
    const episode = await environment.open({ ...task, params: {} }, { seed: 0, signal });
    let seen = await episode.observe({ need: { screenshot: true }, signal });
    for (const step of steps) {
      const { observation, error } = await episode.step(step(seen), { need: { screenshot: true }, signal });
      if (error) throw new Error(`${name}: ${error.message}`);
      seen = observation;
    }
    writeFileSync(fileURLToPath(new URL(`../../docs/img/${name}.png`, import.meta.url)), smaller(seen.screenshot!.png));
    await episode.close();
  }
} finally {
  await environment.close();
}

/** The same picture with its pixels packed tightly: screenshots are made for speed. */
function smaller(png: Uint8Array): Buffer {
  const file = Buffer.from(png);
  const chunks: { readonly type: string; readonly data: Buffer }[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const [start, length] = [at + 8, file.readUInt32BE(at)];
    chunks.push({ type: file.toString("latin1", at + 4, start), data: file.subarray(start, start + length) });
  }
  const pixels = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data)));
  unfilter(pixels, pixels.length / file.readUInt32BE(20));
  const packed = { type: "IDAT", data: deflateSync(pixels, { level: 9 }) };
  const kept = ["IHDR", "sRGB"].flatMap((type) => chunks.filter((chunk) => chunk.type === type));
  const written = [...kept, packed, { type: "IEND", data: Buffer.alloc(0) }].map(({ type, data }) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  });
  return Buffer.concat([file.subarray(0, 8), ...written]);
}

/** Takes the filter "up" from rows of so many bytes: flat areas pack better without. */
function unfilter(pixels: Buffer, row: number): void {
  for (let at = 0; at < pixels.length; at += row) {
    if (pixels[at] === 0) continue;
    if (pixels[at] !== 2) throw new Error(`expected rows with the filters 0 and 2, got ${pixels[at]}`);
    pixels[at] = 0;
    if (at > 0) { for (let i = at + 1; i < at + row; i++) pixels[i]! += pixels[i - row]!; }
  }
}
