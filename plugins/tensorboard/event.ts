import { Buffer } from "node:buffer";
import { bytes, double, type Field, float, int, message } from "./protobuf.ts";

// Messages of TensorBoard's event.proto, summary.proto and tensor.proto; the numbers are their field numbers.

export interface EventTime {
  readonly at: Date;
  readonly step: number;
}

/** The first event of every file. */
export const versionEvent = (at: Date): Uint8Array => event({ at, step: 0 }, bytes(3, "brain.Event:2"));

/** A session starts: what readers know of later steps is void. */
export const startEvent = (time: EventTime): Uint8Array => event(time, bytes(7, int(1, 1)));

/** Numbers by their tags. */
export function scalarsEvent(time: EventTime, values: Readonly<Record<string, number>>): Uint8Array {
  const summary = Object.entries(values).map(([tag, value]) => bytes(1, message(bytes(1, tag), float(2, value))));
  return event(time, bytes(5, message(...summary)));
}

/** A PNG with a text below it. Throws for what is no PNG. */
export function imageEvent(
  time: EventTime,
  { tag, caption, png }: { readonly tag: string; readonly caption: string; readonly png: Uint8Array },
): Uint8Array {
  const { width, height } = sizeOf(png);
  const image = message(int(1, height), int(2, width), int(3, 4), bytes(4, png));
  const metadata = message(bytes(1, message(bytes(1, "images"))), bytes(3, caption));
  return event(time, bytes(5, bytes(1, message(bytes(1, tag), bytes(4, image), bytes(9, metadata)))));
}

/** A text in Markdown. */
export function textEvent(
  time: EventTime,
  { tag, text }: { readonly tag: string; readonly text: string },
): Uint8Array {
  const shape = bytes(2, bytes(2, int(1, 1)));
  const tensor = message(int(1, 7), shape, bytes(8, text)); // 7 is DT_STRING
  const metadata = message(bytes(1, message(bytes(1, "text"))));
  return event(time, bytes(5, bytes(1, message(bytes(1, tag), bytes(8, tensor), bytes(9, metadata)))));
}

function event({ at, step }: EventTime, what: Field): Uint8Array {
  return message(double(1, at.getTime() / 1000), int(2, step), what);
}

function sizeOf(png: Uint8Array): { readonly width: number; readonly height: number } {
  const head = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (head.byteLength < 24 || head.toString("latin1", 1, 4) !== "PNG") throw new Error("a picture that is no PNG");
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}
