import { useState } from "preact/hooks";
import type { PageView } from "../../report/page-view.ts";
import { pictureOf } from "./client.ts";

/** Something drawn on a page: on a control, else at a place. */
export interface PageMark {
  readonly el?: string | undefined;
  readonly place?: readonly [number, number] | undefined;
  readonly label: string;
  readonly kind: "sampled" | "chosen" | "click";
  readonly isLit?: boolean;
}

/** Thousandths as a share of the figure. */
const share = (value: number): string => `${value / 10}%`;

/** Points whose picture could not be made: they are drawn by their controls, and not asked for again. */
const without = new Set<string>();

/**
 * A recorded page: its picture where one was kept or can be made; until that is there, and without one, its controls where
 * they stood. On it every candidate control, the marks, and nothing that a page could have run: its texts are texts.
 */
export function PageFigure({ run, of, page, marks = [], isPlain = false, onPick }: {
  readonly run: string;
  readonly of: string;
  readonly page: PageView;
  readonly marks?: readonly PageMark[];
  /** Without the candidates' boxes. */
  readonly isPlain?: boolean;
  readonly onPick?: (el: string) => void;
}) {
  const source = pictureOf(run, of, page.point);
  const [state, setState] = useState<{ readonly source: string; readonly is: "there" | "none" }>();
  const [aspect, setAspect] = useState(16 / 9);
  const isNone = !page.hasPicture || source === undefined || without.has(source) ||
    (state?.source === source && state?.is === "none");
  const isThere = !isNone && state?.source === source && state?.is === "there";
  return (
    <div
      class={`figure ${isThere ? "pictured" : isNone ? "drawn" : "drawn loading"}`}
      style={{ aspectRatio: String(aspect) }}
      aria-busy={!isNone && !isThere}
    >
      {!isNone && (
        <img
          src={source}
          alt={`The page ${page.title}`}
          onLoad={(e) => {
            const { naturalWidth, naturalHeight } = e.currentTarget;
            if (naturalHeight > 0) setAspect(naturalWidth / naturalHeight);
            setState({ source, is: "there" });
          }}
          onError={() => {
            without.add(source);
            setState({ source, is: "none" });
          }}
        />
      )}
      {(!isThere || !isPlain) && <Controls page={page} isNamed={!isThere} {...(onPick && { onPick })} />}
      {page.dialog !== undefined && <span class="figure-dialog">{page.dialog}</span>}
      {marks.map((mark, i) => <Mark key={i} mark={mark} page={page} />)}
    </div>
  );
}

type ControlValue = PageView["controls"][number];

/** The controls of a page where they stood. */
export function Controls({ page, isNamed = false, onPick }: {
  readonly page: PageView;
  readonly isNamed?: boolean;
  readonly onPick?: (el: string) => void;
}) {
  return (
    <>
      {page.controls.map((c) => <Control key={c.id} control={c} isNamed={isNamed} {...(onPick && { onPick })} />)}
    </>
  );
}

function Control({ control, isNamed, onPick }: {
  readonly control: ControlValue;
  readonly isNamed: boolean;
  readonly onPick?: (el: string) => void;
}) {
  const { id, role, name, value, states } = control;
  const text = [role, name && `"${name}"`, value !== undefined && `= "${value}"`, ...states].filter(Boolean).join(" ");
  return (
    <span
      class={control.box ? "control" : "control spot"}
      style={placed(control)}
      title={`${id}  ${text}`}
      data-el={id}
      onClick={onPick && (() => onPick(id))}
    >
      {isNamed && <span class="control-name">{value ?? name}</span>}
    </span>
  );
}

function placed({ box, centre: [x, y] }: Pick<ControlValue, "box" | "centre">) {
  if (!box) return { left: share(x), top: share(y) };
  return { left: share(box[0]), top: share(box[1]), width: share(box[2]), height: share(box[3]) };
}

function Mark({ mark, page }: { readonly mark: PageMark; readonly page: PageView }) {
  const control = mark.el === undefined ? undefined : page.controls.find((c) => c.id === mark.el);
  const place = mark.place ?? control?.centre;
  const lit = mark.isLit ? " lit" : "";
  if (mark.kind === "click") {
    return place
      ? <span class="click" style={{ left: share(place[0]), top: share(place[1]) }} title={mark.label} />
      : null;
  }
  if (!control && !place) return null;
  const at = control ? placed(control) : { left: share(place![0]), top: share(place![1]) };
  return (
    <span class={`mark ${mark.kind}${lit}${control?.box ? "" : " spot"}`} style={at}>
      {mark.label !== "" && <span class="mark-label">{mark.label}</span>}
    </span>
  );
}
