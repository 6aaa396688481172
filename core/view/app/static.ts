/** What the files of an export leave in the page. */
interface Kept {
  /** Names of the pictures that there are. */
  readonly pictures: readonly string[];
  /** Receives an answer, JSON, from its file. */
  answer?: (name: string, json: string) => void;
}

declare global {
  /** Present in pages that were exported as files. */
  var haloExport: Kept | undefined;
}

const kept = globalThis.haloExport;
const pictures = new Set(kept?.pictures);
const answers = new Map<string, Promise<string>>();
const waiting = new Map<string, (json: string) => void>();
if (kept) kept.answer = (name, json) => waiting.get(name)?.(json);

/** True for pages that were opened as files: no server answers them, and nothing is live. */
export const isStatic = kept !== undefined;

/** The address of an exported picture, where there is one. */
export const staticPicture = (name: string): string | undefined =>
  pictures.has(name) ? `pictures/${name}.png` : undefined;

/** An exported answer, JSON. A page from disk may run scripts of its folder, and fetch nothing. */
export function staticAnswer(name: string): Promise<string> {
  const known = answers.get(name);
  if (known) return known;
  const asked = new Promise<string>((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = `data/${name}.js`;
    script.onerror = () =>
      reject(new Error("This page was not exported: ask for the run itself, or look with halo view."));
    document.head.append(script);
  });
  answers.set(name, asked);
  return asked;
}
