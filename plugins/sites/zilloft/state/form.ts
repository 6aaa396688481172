import { addressOf } from "./search.ts";
import type { Home } from "./homes.ts";
import type { Contact, Details, Form, Slot, Tour } from "./state.ts";
import { tourDays } from "./time.ts";

/** When people want to buy. */
export const buyingTimes: readonly string[] = [
  "As soon as possible",
  "In 1 to 3 months",
  "In 3 to 6 months",
  "I'm just looking",
];

/** The most times that one request may offer. */
const mostSlots = 3;

/** A request before anything was written. */
export function emptyForm(kind: Form["kind"], home: Home): Form {
  return {
    kind,
    home: home.id,
    step: 1,
    day: tourDays[0]!,
    slots: [],
    name: "",
    email: "",
    phone: "",
    message: `I am interested in ${addressOf(home)}.`,
    wantsFinancing: false,
    whenToBuy: buyingTimes[3]!,
    hasAgency: false,
    isChecked: false,
    problem: "",
  };
}

/** What is wrong with the details, by field; none when all is right. */
export function problemsOf({ name, email, phone, message }: Details): Partial<Record<keyof Details, string>> {
  return {
    ...(name.trim() === "" && { name: "Enter your name." }),
    ...(!/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim()) && { email: "Enter an email such as ana@example.com." }),
    ...(!isPhone(phone) && { phone: "Enter a phone number of 10 digits." }),
    ...(message.trim() === "" && { message: "Write a message." }),
  };
}

function isPhone(phone: string): boolean {
  const digits = phone.replace(/\D/g, "");
  return /^[\d\s().+-]+$/.test(phone.trim()) && (digits.length === 10 || (digits.length === 11 && digits[0] === "1"));
}

/** True when nothing is wrong with the details. */
export function isComplete(details: Details): boolean {
  return Object.keys(problemsOf(details)).length === 0;
}

/** The times with one more, or without it when it is there; a contact has one at most. */
export function withSlot({ kind, slots }: Form, slot: Slot): readonly Slot[] {
  const others = slots.filter(({ date, time }) => date !== slot.date || time !== slot.time);
  if (others.length < slots.length) return others;
  if (kind === "contact") return [slot];
  return slots.length < mostSlots ? [...slots, slot] : slots;
}

function detailsOf({ name, email, phone, message, wantsFinancing }: Details): Details {
  const [n, e, p, m] = [name, email, phone, message].map((text) => text.trim()) as [string, string, string, string];
  return { name: n, email: e, phone: p, message: m, wantsFinancing };
}

/** The tour that a form asks for. */
export function tourOf(form: Form, id: string): Tour {
  const { home, slots, whenToBuy, hasAgency } = form;
  return { id, home, slots, whenToBuy, hasAgency, ...detailsOf(form) };
}

/** The message that a form sends. */
export function contactOf(form: Form, id: string): Contact {
  return { id, home: form.home, slot: form.slots[0] ?? null, ...detailsOf(form) };
}
