import type { Observation } from "halo-agent";
import { noticeBeside } from "halo-agent/site";
import type { PageView } from "halo-agent/site";

/** The shop's page as an observation shows it. Messages can be read beside the button that closes them. */
export interface ShopPage extends PageView {
  /** Heading of a list, `12 results for "watches"`; undefined on other pages. */
  readonly heading: string | undefined;
  /** Things in the cart. */
  readonly inCart: number;
  /** Text in the search field. */
  readonly search: string;
}

/** What a page shows. */
export function readPage({ elements }: Observation): ShopPage {
  const cart = elements.find(({ role, name }) => role === "link" && /^Cart, \d+ items?$/.test(name));
  return {
    elements,
    notice: noticeBeside(elements, "Close message"),
    heading: elements.find(({ role, name }) => role === "button" && name.startsWith("Sort by: "))?.near,
    inCart: Number(cart?.name.match(/\d+/)?.[0] ?? 0),
    search: elements.find(({ role }) => role === "searchbox")?.value ?? "",
  };
}
