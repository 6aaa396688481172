import { emptyForm, tourOf } from "./form.ts";
import { homeOf } from "./homes.ts";
import { batch, plainSearch, type Setup, type Tour, type ZilloftState } from "./state.ts";
import { tourDays } from "./time.ts";

/** The state in which a page with this setup opens. */
export function initialState({ place, home, saved = [], tours = [] }: Setup): ZilloftState {
  const view: ZilloftState["view"] = home !== undefined
    ? { name: "listing", id: home }
    : { name: place === undefined ? "home" : "results" };
  return {
    view,
    input: place ?? "",
    isOffering: false,
    search: { ...plainSearch, place: place ?? "" },
    order: "homes",
    shown: batch,
    panel: null,
    menu: null,
    photo: 0,
    saved: saved.map((id) => ({ id })),
    searches: [],
    tours: tours.map(tourBefore),
    contacts: [],
    form: null,
    cancelling: null,
    nextId: 1,
    banner: false,
    faults: { tour: false, contact: false, results: false },
    snackbar: null,
    clock: 0,
  };
}

/** A tour that the user asked for some time ago. */
function tourBefore(id: string, i: number): Tour {
  const slots = [{ date: tourDays[i + 1]!, time: "11:00 AM" }];
  const form = { ...emptyForm("tour", homeOf(id)!), slots };
  return tourOf({ ...form, name: "Federico Lopez", email: "fede.lopez@example.com", phone: "415-555-0134" }, `t${i}`);
}
