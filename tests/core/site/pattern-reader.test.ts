import { type GoalReader, namesIn, patternReader, readGoal, type Wish } from "../../../core/site.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("site/pattern-reader");

interface TripWish extends Wish {
  readonly from?: string;
  readonly to?: string;
  readonly note?: string;
  readonly person?: string;
  readonly seats?: string;
}

const read = patternReader<TripWish>({
  families: [
    {
      name: "seats",
      reading: {
        says: /\bseats\b/i,
        also: (masked, { person }) => ({ seats: /\d+(?= seats)/.exec(masked)?.[0], note: person, person: undefined }),
      },
    },
    { name: "book", reading: { says: /\bbook\b/i, takes: { from: ["from #"], to: ["to #", "#"] }, rest: "note" } },
  ],
  entities: (masked) => {
    const [person] = namesIn(masked);
    return person === undefined ? {} : { person };
  },
});

test("patternReader tells the family by words outside of quotes, and takes each quoted text once", () => {
  assert.equal(read('Book from "Rome" to "Oslo", note "seats please".'), {
    kind: "book",
    from: "Rome",
    to: "Oslo",
    note: "seats please",
  });
  assert.equal(read('Book "Oslo" from "Rome" for Ann Lee.'), {
    kind: "book",
    from: "Rome",
    to: "Oslo",
    person: "Ann Lee",
  });
  assert.equal(read("Sing a song."), undefined);
});

test("patternReader lets a family read values of its own and take others away", () => {
  assert.equal(read("Take 3 seats for Ann Lee."), { kind: "seats", seats: "3", note: "Ann Lee" });
});

test("readGoal asks readers in layers", () => {
  const sure: GoalReader<TripWish> = (text) => text === "Go home." ? { kind: "book", to: "home" } : undefined;
  assert.equal(readGoal([sure, read], "Go home."), { kind: "book", to: "home" });
  assert.equal(readGoal([sure, read], 'Book to "Oslo".'), { kind: "book", to: "Oslo" });
  assert.is(readGoal([sure], "Book."), undefined);
});

test("namesIn finds people and leaves the word that begins a sentence", () => {
  assert.equal(namesIn("Tell Ann Lee and Bo Ray-Holt. Forward Cy Dow the rest: Eve Fox waits"), [
    "Ann Lee",
    "Bo Ray-Holt",
    "Cy Dow",
    "Eve Fox",
  ]);
});
