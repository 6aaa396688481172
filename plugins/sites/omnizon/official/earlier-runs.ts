// What a user does for each task of REAL's first version on the shop, and what one does who gets it nearly right.
import type { Event } from "../state/event.ts";
import type { Scripted } from "halo-agent/site";
import { add, buy, found, place, type Run } from "./runs.ts";

const checkout = (words: string, id: string, ...before: Run): Run => [
  ...found(words, id),
  { type: "buy-now" },
  ...before,
  place,
];
const phones: Run = [...add("smartphones", "21"), ...add("smartphones", "22")];
const speaker = add("Marshall Emberton II Portable Bluetooth Speaker", "15");
const watch = "Michael Kors Oversized Slim Runway Men's Watch";
const aMug = buy("mug", "57");

const cardOf = (number: string): Run => [
  { type: "new-card" },
  ...Object.entries({ name: "Jack Fulton", number, month: "1", year: "2029", code: "128" })
    .map(([key, text]): Event => ({ type: "form-input", key, text })),
  { type: "confirm" },
];
const card = cardOf("9231 3432 8927 7764");
const most: Event = { type: "set-quantity", id: "16", quantity: 30 };
const lastDay: Event = { type: "choose", change: { delivery: "2024-07-21" } };

/** By id of the REAL task. */
export const earlierRuns: Readonly<Record<string, Scripted<Event>>> = {
  "v1.omnizon-2": {
    right: [...phones, ...buy("smartphones", "23")],
    near: { how: "the third alone", run: buy("smartphones", "23") },
    loose: [{ how: "and a mug in an order after", run: [...phones, ...buy("smartphones", "23"), ...aMug] }],
  },
  "v1.omnizon-4": {
    right: [...speaker, ...buy(watch, "61")],
    near: { how: "left at the checkout", run: [...speaker, ...buy(watch, "61").slice(0, -1)] },
    loose: [{ how: "and a mug in an order after", run: [...speaker, ...buy(watch, "61"), ...aMug] }],
  },
  "v1.omnizon-8": {
    right: buy("Automatic Espresso Machine", "51", 5),
    near: { how: "four of it", run: buy("Automatic Espresso Machine", "51", 4) },
    loose: [{
      how: "by another card",
      run: checkout(
        "Automatic Espresso Machine",
        "51",
        { type: "set-quantity", id: "51", quantity: 5 },
        { type: "choose", change: { card: "c2" } },
      ),
    }],
  },
  "v1.omnizon-9": {
    right: checkout("PlayStation DualSense", "16", ...card),
    near: { how: "by the card that was set", run: checkout("PlayStation DualSense", "16") },
    loose: [{
      how: "to another address",
      run: checkout("PlayStation DualSense", "16", ...card, { type: "choose", change: { address: "a2" } }),
    }],
  },
  "v1.omnizon-10": {
    right: checkout("PlayStation DualSense", "16", most, lastDay),
    near: { how: "on the first day", run: checkout("PlayStation DualSense", "16", most) },
    loose: [{
      how: "and a mug",
      run: [
        ...found("PlayStation DualSense", "16"),
        { type: "add-to-cart" },
        ...checkout("mug", "57", most, lastDay),
      ],
    }],
  },
};
