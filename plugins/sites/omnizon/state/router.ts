import { inAddress } from "halo-agent/site";
import type { Router } from "halo-agent/site/app";
import { departments, productAt } from "../catalogue/product.ts";
import { type Filter, type Sorting, sortings, wholeList } from "../catalogue/search.ts";
import type { Event } from "./event.ts";
import type { State, View } from "./state.ts";

const plain = ["cart", "checkout", "confirmation", "orders", "lists"] as const;

/** The shop's addresses. */
export const router: Router<State, Event> = {
  pathOf({ view, filter }) {
    switch (view.name) {
      case "home":
        return "/";
      case "results":
        return `/search${queryOf(filter)}`;
      case "product":
        return `/product/${view.id}`;
      default:
        return `/${view.name}`;
    }
  },
  eventAt(path) {
    const [at = "", query = ""] = path.split("?");
    if (at === "/search") return { type: "show-list", filter: filterOf(query) };
    const view = viewAt(at);
    return view && { type: "go", view };
  },
};

function viewAt(path: string): View | undefined {
  if (path === "/") return { name: "home" };
  const id = /^\/product\/(\d+)$/.exec(path)?.[1];
  if (id !== undefined) return productAt(id) && { name: "product", id };
  const name = plain.find((one) => path === `/${one}`);
  return name && { name };
}

/** A list's address names only what differs from the whole list. */
function queryOf(filter: Filter): string {
  const { query, department, min, max, brands, stars, isFree, sort, page } = filter;
  const parts: readonly (readonly [name: string, value: string])[] = [
    ["q", query],
    ["dept", department],
    ["min", min === null ? "" : String(min)],
    ["max", max === null ? "" : String(max)],
    ["brand", brands.join("|")],
    ["stars", stars === 0 ? "" : String(stars)],
    ["free", isFree ? "1" : ""],
    ["sort", sort === wholeList.sort ? "" : sort],
    ["page", page === 1 ? "" : String(page)],
  ];
  const named = parts.filter(([, value]) => value !== "");
  return named.length === 0 ? "" : `?${named.map(([name, value]) => `${name}=${inAddress(value)}`).join("&")}`;
}

function filterOf(query: string): Filter {
  const given = new URLSearchParams(query);
  const text = (name: string): string => given.get(name) ?? "";
  const number = (name: string): number | null => /^\d{1,6}$/.test(text(name)) ? Number(text(name)) : null;
  return {
    query: text("q"),
    department: departments.find((name) => name === text("dept")) ?? "",
    min: number("min"),
    max: number("max"),
    brands: text("brand").split("|").filter((brand) => brand !== ""),
    stars: Math.min(number("stars") ?? 0, 5),
    isFree: text("free") === "1",
    sort: sortings.find((sort: Sorting) => sort === text("sort")) ?? wholeList.sort,
    page: Math.max(number("page") ?? 1, 1),
  };
}
