import { test } from "node:test";
import { worlds } from "certmimic/node-test";
import { deletesAnEntry } from "./client.mjs";

const inWorld = worlds();

test("it deletes an entry", inWorld(deletesAnEntry));

test("it lists entries", inWorld(async (world) => {
  await world.verify({ operation: "ci.entry.list" });
}));
