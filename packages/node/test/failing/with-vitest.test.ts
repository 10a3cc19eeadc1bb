import { test as base } from "vitest";
import { type WorldFixtures, worldFixtures } from "certmimic/vitest";
import { deletesAnEntry } from "./client.mjs";

const test = base.extend<WorldFixtures>(worldFixtures());

test("it deletes an entry", async ({ world }) => deletesAnEntry(world));

test("it lists entries", async ({ world }) => {
  await world.verify({ operation: "ci.entry.list" });
});
