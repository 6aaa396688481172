import type { PageChange } from "../../report/page-view.ts";

/** What a step changed on the page, the first few controls of each kind. */
export function Change({ change, most }: { readonly change: PageChange; readonly most: number }) {
  const { url, title, appeared, vanished } = change;
  return (
    <ul class="change">
      {title !== undefined && <li>title is now “{title}”</li>}
      {url !== undefined && <li>address is now {url}</li>}
      {appeared.slice(0, most).map((text) => (
        <li key={`+${text}`}>
          <b class="good">+</b> {text}
        </li>
      ))}
      {appeared.length > most && <li class="dim">and {appeared.length - most} more appeared</li>}
      {vanished.slice(0, most).map((text) => (
        <li key={`-${text}`}>
          <b class="bad">−</b> {text}
        </li>
      ))}
      {vanished.length > most && <li class="dim">and {vanished.length - most} more vanished</li>}
    </ul>
  );
}
