/** Stands in for the page side of the site kit: an app is kept instead of shown. */
export * from "../../../core/site-app.ts";

/** Keeps the app of the site that was imported last. */
export function mount(app: unknown): void {
  Object.assign(globalThis, { haloRehearsed: app });
}
