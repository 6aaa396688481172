/** The name by which an id or class stands on the page: its own, or with a seed one that says nothing. */
export function aliasOf(name: string, seed: string): string {
  if (seed === "" || name === "") return name;
  let hash = 0x811c9dc5;
  for (const char of `${seed} ${name}`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return `n${(hash >>> 0).toString(36)}`;
}

/** A selector with every `.class` and `#id` in it renamed. */
export function withAliases(selector: string, seed: string): string {
  return selector.replace(/([.#])([a-z][\w-]*)/g, (_, mark: string, name: string) => mark + aliasOf(name, seed));
}

/** A style sheet with every class and id in its selectors renamed; values and comments stay. */
export function styleWithAliases(css: string, seed: string): string {
  if (seed === "") return css;
  return css.replace(/\/\*.*?\*\//gs, "").replace(/[^{}]+(?=\{)/g, (selector) => withAliases(selector, seed));
}
