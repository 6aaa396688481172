import { words } from "halo-agent/site";
import { add, buy, wish } from "./buying.ts";
import { back, deliver, later, quantity, remove } from "./cart.ts";
import { brand, department, open, prices, search, sort } from "./lists.ts";
import { again, cancel, checkout, newCard } from "./orders.ts";

/** Every family, in the order in which a goal is tried for them: the first whose words fit counts. */
export const families = [
  newCard,
  prices,
  department,
  brand,
  sort,
  cancel,
  again,
  wish,
  later,
  back,
  add,
  quantity,
  checkout,
  deliver,
  remove,
  open,
  buy,
  search,
];

/** Lists of templates by name. */
export const sets = {
  /** One of each way to use a shop's pages; 1 to 5 steps. */
  twelve: words(`
    department open_product brand_filter sort add_to_cart add_quantity buy_now wish remove set_quantity
    save_for_later checkout
  `),
  /** By what they need: 1 to 8 steps. */
  all: words(`
    department search open_product brand_filter sort price_filter remove save_for_later move_to_cart deliver_to
    buy_again set_quantity cancel_order wish add_to_cart checkout buy_now checkout_card checkout_address
    checkout_day add_quantity add_two buy_quantity buy_two checkout_new_card
  `),
};
