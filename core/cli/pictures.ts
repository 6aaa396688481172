import type { Closable } from "../domain/call.ts";
import type { Environment } from "../domain/environment.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { pictureOf } from "../run/picture-of.ts";
import { limiter } from "../util/limit.ts";
import type { MakePicture } from "../view/recorded-picture.ts";
import type { Io } from "./io.ts";
import { recordedEnvironment } from "./recorded-environment.ts";

interface Built extends Closable {
  readonly environment: Environment;
}

/** Makes pictures of recorded points: the environment of their run goes back to the point, and looks. */
export class Pictures implements Closable {
  readonly #io: Pick<Io, "log" | "env" | "signal">;
  readonly #environments = new Map<string, Promise<Built>>();
  readonly #gate = limiter(4);

  constructor({ io }: { readonly io: Pick<Io, "log" | "env" | "signal"> }) {
    this.#io = io;
  }

  readonly make: MakePicture = (run, { task }, point) =>
    this.#gate(async () => {
      const { environment } = await this.#environmentOf(run);
      return await pictureOf(environment, { task, point, signal: this.#io.signal });
    });

  async close(): Promise<void> {
    const built = await Promise.allSettled(this.#environments.values());
    this.#environments.clear();
    await Promise.all(built.map(async (one) => one.status === "fulfilled" && await one.value.close()));
  }

  #environmentOf(run: RunFolder): Promise<Built> {
    const known = this.#environments.get(run.path) ?? recordedEnvironment(run, this.#io);
    this.#environments.set(run.path, known);
    return known;
  }
}
