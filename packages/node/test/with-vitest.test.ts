// Vitest, in TypeScript: what the README shows.

import { start } from "certmimic";
import { type WorldFixtures, worldFixtures } from "certmimic/vitest";
import { test as base, describe, expect } from "vitest";

const test = base.extend<WorldFixtures>(worldFixtures({ scenario: "rotation" }));

describe("vitest", () => {
  test("a test has a world of its own", async ({ world, certmimic }) => {
    expect(await certmimic.worlds()).toContain(world.name);
    expect((await world.export())["name"]).toBe("rotation");
    await world.clock.advance("90d");
  });

  test("which the next one does not share", async ({ world }) => {
    expect(Math.abs((await world.clock.now()).getTime() - Date.now())).toBeLessThan(60_000);
  });

  test("blocks end servers and worlds", async () => {
    let url: string;
    {
      await using server = await start();
      await using world = await server.world();
      url = world.url;
      expect(await server.worlds()).toContain(world.name);
    }
    await expect(fetch(url)).rejects.toThrow();
  });
});
