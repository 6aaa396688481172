import { Button, Link } from "halo-agent/site/app";
import type { JSX } from "preact";
import { departments, products } from "../catalogue/product.ts";
import { Picture } from "./picture.tsx";
import { Card, known, type Props } from "./parts.tsx";
import { dealIds, freshIds } from "../catalogue/home.ts";

/** The products whose departments the home page shows as cards. */
const shown = ["1", "201", "62", "145", "212", "161", "109", "123"].map((id) => known({ id }));

/** The first page: a hero, departments as cards, and rows of things. */
export function Home({ dispatch }: Props): JSX.Element {
  const show = (department: string) => () => dispatch({ type: "show-list", filter: { department } });
  return (
    <>
      <section class="hero" aria-label="Offers">
        <div>
          <p class="hero-over">Midsummer week</p>
          <h1>Small prices for the long evenings</h1>
          <p>Reduced until Sunday, delivered in one to three days.</p>
          <Button name="See all products" kind="primary" onClick={show("")} />
        </div>
        <div class="hero-art" aria-hidden="true">
          {["145", "83", "131"].map((id) => <Picture key={id} product={known({ id })} />)}
        </div>
      </section>
      <ul class="departments">
        {shown.map((product) => (
          <li key={product.id}>
            <Link
              name={`Shop ${product.department}`}
              class="department"
              href={`/search?dept=${encodeURIComponent(product.department)}`}
              onFollow={show(product.department)}
            >
              <Picture product={product} />
              <span>{product.department}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Row title="Today's deals" ids={dealIds} dispatch={dispatch} />
      <Row title="New in the shop" ids={freshIds} dispatch={dispatch} />
      <footer class="foot">
        <span>
          Omnizon is a practice shop with {products.length} invented products in {departments.length} departments.
        </span>
      </footer>
    </>
  );
}

function Row(
  { title, ids, dispatch }: {
    readonly title: string;
    readonly ids: readonly string[];
    readonly dispatch: Props["dispatch"];
  },
): JSX.Element {
  return (
    <section class="row" aria-label={title}>
      <h2>{title}</h2>
      <ul class="row-list">
        {ids.map((id) => <Card key={id} product={known({ id })} dispatch={dispatch} isSmall />)}
      </ul>
    </section>
  );
}
