// For vitest: fixtures for `test.extend`: the server of a file, the world of a test, and what it was asked where it fails.

import { nameFor, reported } from "./runs.js";
import { start } from "./server.js";

export function worldFixtures({ scenario, options } = {}) {
  return {
    certmimic: [
      async ({}, use) => {
        const server = await start({ scenario, options });
        await use(server);
        await server.stop();
      },
      { scope: "file" },
    ],
    world: async ({ certmimic, task }, use) => {
      const world = await certmimic.world({ name: nameFor(task.name) });
      await use(world);
      for (const error of task.result?.errors ?? []) await reported(error, world);
      await world.drop();
    },
  };
}
