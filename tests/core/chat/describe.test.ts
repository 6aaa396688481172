import { describePoint } from "../../../core/chat/describe.ts";
import type { Element, Observation } from "../../../core/domain/observation.ts";
import type { Point } from "../../../core/domain/point.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("chat/describe");
const shows = { history: 0, elements: false, axtree: false, screenshot: true };

const control = (id: string, role: string, name: string, region: string): Element => ({
  id,
  role,
  name,
  region,
  states: [],
  near: "",
  centre: [500, 0],
});

function told(o: Partial<Observation>): string {
  const observation: Observation = { url: "http://a.test/", title: "A", elements: [], stateKey: "", ...o };
  const task = { id: "t", text: "Do it", startUrl: "http://a.test/", maxSteps: 3 };
  const point: Point = { id: "p", task, depth: 0, observation, history: [] };
  const [part] = describePoint(point, shows);
  return part?.type === "text" ? part.text.split("\n").slice(4).join("\n") : "";
}

test("a model without the list of controls is told those that no picture shows", () => {
  const ok = control("e0", "button", "OK", "dialog:Sure?");
  const asks = told({ elements: [ok], dialog: { kind: "confirm", message: "Sure?", text: "" } });
  assert.is(
    asks,
    'The browser asks (confirm): "Sure?"\nControls of the browser:\n[e0] button "OK" in dialog:Sure? at [500,0]',
  );
  const tabs = [{ title: "A", url: "http://a.test/", isActive: true }, {
    title: "B",
    url: "http://a.test/b",
    isActive: false,
  }];
  const elements = [control("e0", "button", "Go", ""), control("e1", "tab", "B", "tablist:Browser tabs")];
  assert.is(told({ elements, tabs }), 'Controls of the browser:\n[e1] tab "B" in tablist:Browser tabs at [500,0]');
  assert.is(told({ elements }), "");
});
