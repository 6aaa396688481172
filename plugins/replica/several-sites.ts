import { type Environment, type Episode, type Grade, HaloError, type Mark, type Task } from "halo-agent";

interface Call {
  readonly signal: AbortSignal;
}

/** Several environments as one: a task is played on the site it names. */
export class SeveralSites implements Environment {
  readonly sideEffects = "none";
  readonly deterministic = true;
  readonly forking: "native" | "replay";
  readonly capacity: number;
  readonly #sites: ReadonlyMap<string, Environment>;

  constructor(sites: ReadonlyMap<string, Environment>, o: Pick<SeveralSites, "forking" | "capacity">) {
    this.#sites = sites;
    this.forking = o.forking;
    this.capacity = o.capacity;
  }

  async open(task: Task, o: Call & { readonly seed: number; readonly grade?: Grade }): Promise<Episode> {
    return await this.#playing(task).open(task, o);
  }

  async fork(mark: Mark, o: Call & { readonly grade?: Grade }): Promise<Episode> {
    return await this.#playing(mark.task).fork(mark, o);
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#sites.values(), (site) => site.close()));
  }

  #playing({ id, site }: Task): Environment {
    const found = this.#sites.get(site);
    if (found) return found;
    throw new HaloError(
      "HALO_REPLICA_SITE",
      `${id} is a task for "${site}", and served are ${[...this.#sites.keys()].join(", ")}`,
      { hint: "name the site in the option `also` of the environment, or take its tasks out" },
    );
  }
}
