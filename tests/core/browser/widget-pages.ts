import type { Action } from "../../../core/domain/action.ts";
import type { PageCase } from "./page-server.ts";

/** A control in one of the shapes that pages give it, and what acting on it must bring about. */
interface Widget {
  readonly role: string;
  /** Body of a function of `root`, which may be an element or a shadow root, and `name`. It reports to `top.say`. */
  readonly build: string;
  readonly act: Partial<Action> & Pick<Action, "action">;
  readonly says: string;
}

const click = { action: "click" } as const;
const html = (text: string): string => `root.innerHTML = \`${text}\`;`;
const on = (selector: string, event: string, say: string): string =>
  `root.querySelector("${selector}").addEventListener("${event}", (e) => top.say(${say}));`;
const pressed = (role: string, markup: string, selector: string): Widget => ({
  role,
  build: html(markup) + on(selector, "click", '"pressed"'),
  act: click,
  says: "pressed",
});
const ticked = (role: "checkbox" | "radio", markup: string): Widget => ({
  role,
  build: html(markup) + on("input", "change", "e.target.checked"),
  act: click,
  says: "true",
});
const filled = (role: string, markup: string, selector: string, text: string, says = text): Widget => ({
  role,
  build: html(markup) + on(selector, "input", "e.target.value ?? e.target.innerText"),
  act: { action: "type", text },
  says,
});
const tiny = "position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip:rect(0,0,0,0)";
const drawn = "display:inline-block;width:44px;height:24px;background:#aaa";

export const widgets: Readonly<Record<string, Widget>> = {
  button: pressed("button", "<button>${name}</button>", "button"),
  link: pressed("link", '<a href="#x">${name}</a>', "a"),
  linkWithoutAddress: pressed("link", "<a>${name}</a>", "a"),
  listener: pressed("generic", "<div style='padding:6px'>${name}</div>", "div"),
  pointer: pressed("generic", "<span style='cursor:pointer'><i>${name}</i></span>", "span"),
  property: {
    role: "generic",
    build: html("<div style='width:90px'>${name}</div>") + 'root.firstChild.onclick = () => top.say("pressed");',
    act: click,
    says: "pressed",
  },
  wrapped: pressed("generic", "<div style='cursor:pointer'><div><b>${name}</b></div></div>", "b"),
  role: pressed("button", '<div role="button" tabindex="0">${name}</div>', "div"),
  menuitem: pressed("menuitem", '<ul role="menu"><li role="menuitem" tabindex="-1">${name}</li></ul>', "li"),
  iconAndText: pressed(
    "button",
    "<button><svg width=9 height=9><rect width=9 height=9 /></svg> ${name}</button>",
    "button",
  ),
  slotted: {
    role: "button",
    build: `const host = document.createElement("my-button"); host.textContent = name; root.append(host);
      const shadow = host.attachShadow({ mode: "open" }); shadow.innerHTML = "<button><slot></slot></button>";
      shadow.firstChild.addEventListener("click", () => top.say("pressed"));`,
    act: click,
    says: "pressed",
  },
  listItems: pressed("listitem", "<ul><li>${name}</li><li>Other</li></ul>", "ul"),
  summary: pressed("button", "<details><summary>${name}</summary>more</details>", "summary"),
  checkbox: ticked("checkbox", "<label><input type=checkbox> ${name}</label>"),
  tinyCheckbox: ticked(
    "checkbox",
    `<input type=checkbox id=c style="${tiny}"><label for=c><span style="${drawn}"></span> \${name}</label>`,
  ),
  clearRadio: ticked(
    "radio",
    `<span style="position:relative;${drawn}"><input type=radio aria-label="\${name}" style="position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0"></span>`,
  ),
  absentRadio: ticked(
    "radio",
    `<label><input type=radio style="display:none"><span style="${drawn}"></span> \${name}</label>`,
  ),
  field: filled("textbox", '<input aria-label="${name}">', "input", "Ann Lee"),
  labelledField: filled("textbox", "<label>${name} <input></label>", "input", "x-1"),
  area: filled("textbox", '<textarea aria-label="${name}"></textarea>', "textarea", "one\ntwo"),
  editable: filled(
    "textbox",
    '<div contenteditable role=textbox aria-label="${name}" style="width:90px">a</div>',
    "div",
    "bc",
    "abc",
  ),
  number: filled("spinbutton", '<input type=number aria-label="${name}" value=1>', "input", "2.5", "12.5"),
  date: filled("textbox", '<input type=date aria-label="${name}">', "input", "07/19/2026", "2026-07-19"),
  keyed: {
    role: "searchbox",
    build: html('<input type=search aria-label="${name}">') + on("input", "keyup", "e.target.value"),
    act: { action: "type", text: "Ber" },
    says: "Ber",
  },
  drag: {
    role: "generic",
    build: html("<canvas width=60 height=40 title='${name}'></canvas>") + on("canvas", "pointerdown", '"pressed"'),
    act: click,
    says: "pressed",
  },
  imageMap: pressed(
    "link",
    '<img width=90 height=50 usemap="#m" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"><map name=m><area shape=circle coords=60,25,20 href=#x alt="${name}"></map>',
    "area",
  ),
  card: {
    role: "generic",
    build: html("<div style='cursor:pointer;width:160px'><p>${name}</p></div>") + on("div", "mousedown", '"pressed"'),
    act: click,
    says: "pressed",
  },
  delayedFocus: {
    role: "textbox",
    build: html('<input aria-label="${name}" maxlength=1 size=1><input aria-label=b maxlength=1 size=1>') +
      `const [a, b] = root.querySelectorAll("input");
      a.oninput = () => setTimeout(() => b.focus(), 0); b.oninput = () => top.say(a.value + b.value);`,
    act: { action: "type", text: "47" },
    says: "47",
  },
  select: {
    role: "combobox",
    build: html('<select aria-label="${name}"><option>One<option value=2>Two</select>') +
      on("select", "change", "e.target.value"),
    act: { action: "select", options: ["Two"] },
    says: "2",
  },
};

/** Where a control stands: the body of a function that makes an element and calls `put(root)` on what it shall stand in. */
export const containers: Readonly<Record<string, { readonly build: string; readonly covers?: true }>> = {
  page: { build: "put(add(document.body, 'div'));" },
  modal: { build: "const d = add(document.body, 'dialog'); put(add(d, 'div')); d.showModal();", covers: true },
  lowerModal: {
    build: `const late = add(document.body, 'dialog'), early = add(document.body, 'dialog');
      early.innerHTML = "<button>Behind</button>"; put(add(late, 'div')); early.showModal(); late.showModal();
      document.body.prepend(late); late.close(); late.showModal();`,
    covers: true,
  },
  drawnModal: {
    build: `const veil = add(document.body, 'div', "position:fixed;inset:0;background:#0008");
      const d = add(veil, 'div', "position:absolute;inset:80px;background:#fff"); d.role = "dialog"; d.ariaModal = "true";
      put(add(d, 'div'));`,
    covers: true,
  },
  portal: {
    build: `const veil = add(document.body, 'div', "position:fixed;inset:0;background:#eee");
      const d = add(veil, 'div', "position:absolute;inset:80px"); d.role = "dialog"; d.ariaModal = "true"; d.ariaLabel = "Edit";
      put(add(document.body, 'div', "position:fixed;left:200px;top:200px;background:#fff;z-index:9"));`,
    covers: true,
  },
  popover: { build: "const d = add(document.body, 'div'); d.popover = 'auto'; put(add(d, 'div')); d.showPopover();" },
  frame: { build: "put(framed(document, 'width:500px;height:200px').body);" },
  innerFrame: {
    build:
      "const outer = framed(document, 'width:700px;height:300px;margin:10px;border:7px solid'); put(framed(outer, 'padding:5px').body);",
  },
  scaledFrame: { build: "put(framed(document, 'transform:scale(1.5) translate(80px,80px)').body);" },
  modalFrame: {
    build: "const d = add(document.body, 'dialog'); put(framed(d, '').body); d.showModal();",
    covers: true,
  },
  scrolledFrame: {
    build: `const inner = framed(document, 'width:400px;height:150px'); add(inner.body, 'div', "height:900px");
      put(add(inner.body, 'div')); inner.scrollingElement.scrollTop = 9999;`,
  },
  shadow: { build: "const r = rooted(document.body, 'open'); put(add(r, 'div'));" },
  shadowInModal: {
    build: "const d = add(document.body, 'dialog'); put(add(rooted(rooted(d, 'open'), 'open'), 'div')); d.showModal();",
    covers: true,
  },
  closedShadow: { build: "put(add(rooted(document.body, 'closed'), 'div'));" },
  shadowFrame: { build: "put(framed(rooted(document.body, 'open'), '').body);" },
  scrollBox: {
    build: `const box = add(document.body, 'div', "height:120px;overflow:auto"); add(box, 'div', "height:900px");
      put(add(box, 'div')); box.scrollTop = 9999;`,
  },
  hiddenFromReaders: { build: "const d = add(document.body, 'div'); d.ariaHidden = 'true'; put(add(d, 'div'));" },
  visibleInHidden: {
    build: "const d = add(document.body, 'div', 'visibility:hidden'); put(add(d, 'div', 'visibility:visible'));",
  },
  listensToo: {
    build:
      "const d = add(document.body, 'div'); d.addEventListener('click', () => {}); add(d, 'button').textContent = 'Beside'; put(add(d, 'div'));",
  },
};

/** What no page may list: hidden, faded, covered, away, and hidden or faded or absent dialogs that claim to be modal. */
const decoys =
  `<button style="visibility:hidden">Decoy hidden</button><button style="display:none">Decoy absent</button>
<div style="opacity:0;pointer-events:none;position:fixed;inset:0" role=dialog aria-modal=true><button>Decoy faded</button></div>
<div style="visibility:hidden;position:fixed;inset:0" role=dialog aria-modal=true><button>Decoy kept</button></div>
<div style="position:fixed;top:0;bottom:0;right:0;width:300px;transform:translateX(100%)" role=dialog aria-modal=true><button>Decoy drawer</button></div>
<div style="position:absolute;left:700px;top:600px"><button>Decoy covered</button><div style="position:absolute;inset:0;background:#ccc"></div></div>
<iframe srcdoc="<button>Decoy in a frame</button>" style="visibility:hidden;position:absolute"></iframe>`;

const helpers = `const add = (to, tag, style = "") => {
  const e = (to.ownerDocument ?? document).createElement(tag); e.style.cssText = style; to.append(e); return e; };
const rooted = (to, mode) => add(to, "div").attachShadow({ mode });
const framed = (to, style) => { const f = add(to.body ?? to, "iframe", style); f.contentDocument.body.style.margin = "3px"; return f.contentDocument; };
globalThis.say = (what) => document.getElementById("out").textContent = String(what);`;

/** A page with one widget in one container, among decoys. */
export function widgetPage(widget: string, container: string): PageCase {
  const { build, covers } = containers[container]!;
  return {
    html: `<!doctype html><meta charset=utf-8><title>t</title><link rel=icon href=data:,>
<style>body{font:16px sans-serif}</style><p id=out>-</p>${
      covers ? "<button>Behind</button>" : ""
    }${decoys}<script>${helpers}
const name = "Target"; const put = (root) => { ${widgets[widget]!.build} }; ${build}</script>`,
  };
}

/** `count` different pairs, the same ones each time: a walk through the whole table by a step that shares no factor with it. */
export function drawnPairs(count: number): readonly (readonly [widget: string, container: string])[] {
  const pairs = Object.keys(widgets).flatMap((w) => Object.keys(containers).map((c) => [w, c] as const));
  let step = Math.floor(pairs.length * 0.382);
  const isPrime = (n: number): boolean => Array.from({ length: n - 2 }, (_, i) => i + 2).every((d) => n % d !== 0);
  while (!isPrime(step) || pairs.length % step === 0) step++;
  return Array.from({ length: Math.min(count, pairs.length) }, (_, i) => pairs[(i * step + 5) % pairs.length]!);
}
