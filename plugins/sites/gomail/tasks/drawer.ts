import type { Rng } from "halo-agent";
import type { SetupMail } from "../state/state.ts";
import type { Pool } from "./pools.ts";

export interface Person {
  readonly name: string;
  readonly address: string;
}

/** Rows of the inbox that are seen without scrolling, and rows that are not but stand on the first page. */
export const rows = { visible: [0, 9], hidden: [20, 45] } as const;

/** Draws the values of one task from its split's pool; never the same value twice within a task. */
export class Drawer {
  readonly #rng: Rng;
  readonly #pool: Pool;
  readonly #used = new Set<string>();

  constructor(rng: Rng, pool: Pool) {
    this.#rng = rng;
    this.#pool = pool;
  }

  person(): Person {
    const first = this.#unused("firstNames");
    const last = this.#unused("lastNames");
    const domain = this.#any("domains");
    return { name: `${first} ${last}`, address: `${first}.${last}@${domain}`.toLowerCase() };
  }

  subject(): string {
    return `${this.#unused("topics")} ${this.#unused("things")}`;
  }

  /** A subject that a search for `query` finds. */
  subjectWith(query: string): string {
    return `${query.charAt(0).toUpperCase()}${query.slice(1)} ${this.#unused("things")}`;
  }

  query(): string {
    return this.#unused("queries");
  }

  label(): string {
    return this.#unused("labels");
  }

  /** An option of the page. */
  choice(of: "wakings" | "sendings" | "pageSizes"): string {
    return this.#unused(of);
  }

  /** Something to write, without a full stop. */
  text(): string {
    return `${this.#unused("openings")}, ${this.#unused("closings")}`;
  }

  /** A mail from `person` in a row of its own. */
  mail(person: Person, subject: string, place: keyof typeof rows): SetupMail {
    const [first, last] = rows[place];
    let position = first;
    do position = first + this.#rng.int(last - first + 1); while (this.#used.has(`row ${position}`));
    this.#used.add(`row ${position}`);
    return {
      from: person.name,
      fromAddress: person.address,
      subject,
      content: `${this.#any("sentences")}\n\n${this.#any("sentences")}`,
      position,
      isRead: this.#rng.int(2) === 0,
    };
  }

  /** `n` mails that the goal does not mean, among the visible rows. */
  distractors(n: number): SetupMail[] {
    return Array.from({ length: n }, () => this.mail(this.person(), this.subject(), "visible"));
  }

  #any(list: keyof Pool): string {
    const items = this.#pool[list];
    return items[this.#rng.int(items.length)]!;
  }

  #unused(list: keyof Pool): string {
    let item = this.#any(list);
    while (this.#used.has(`${list} ${item}`)) item = this.#any(list);
    this.#used.add(`${list} ${item}`);
    return item;
  }
}
