import { join } from "node:path";
import type { Budget, Spending } from "../domain/budget.ts";
import { Journal, readJsonl } from "../record/jsonl.ts";
import { spendingFormat } from "../record/spending.ts";
import { HaloError } from "../util/errors.ts";

/** A run's budget. What is spent before `keepIn` is not kept; afterwards the run folder adds it up over all attempts. */
export class RunBudget implements Budget {
  readonly limits: Spending;
  #spent: Spending = { tokens: 0, usd: 0 };
  #journal: Journal | undefined;

  constructor(limits: Spending = { tokens: 0, usd: 0 }) {
    this.limits = limits;
  }

  get spent(): Spending {
    return this.#spent;
  }

  /** Reads what earlier attempts spent and keeps what follows in spending.jsonl of this folder. */
  async keepIn(runPath: string): Promise<void> {
    const path = join(runPath, "spending.jsonl");
    const { records } = await readJsonl(path, spendingFormat);
    for (const one of records) this.#add(one);
    this.#journal = new Journal(path, { schema: spendingFormat.schema });
  }

  check(): void {
    const { tokens, usd } = this.#spent;
    const hint = "the run can be resumed with a higher limit; finished episodes are kept";
    if (this.limits.tokens > 0 && tokens >= this.limits.tokens) {
      const message = `${tokens} tokens of paid models are used, \`limits.tokens\` is ${this.limits.tokens}`;
      throw new HaloError("HALO_LIMIT_TOKENS", message, { hint });
    }
    if (this.limits.usd > 0 && usd >= this.limits.usd) {
      const message = `$${usd.toFixed(4)} are spent on paid models, \`limits.usd\` is ${this.limits.usd}`;
      throw new HaloError("HALO_LIMIT_USD", message, { hint });
    }
  }

  async spend(o: Spending): Promise<void> {
    this.#add(o);
    await this.#journal?.append({ tokens: o.tokens, usd: o.usd });
  }

  #add({ tokens, usd }: Spending): void {
    this.#spent = { tokens: this.#spent.tokens + tokens, usd: this.#spent.usd + usd };
  }
}
