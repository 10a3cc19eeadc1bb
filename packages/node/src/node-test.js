// For node:test: a world a test, and what it was asked in the report of a test that fails.

import { after } from "node:test";
import { nameFor, reported } from "./runs.js";
import { start } from "./server.js";

/** Tests in worlds of one server, which is started for this file, or joined. */
export function worlds({ scenario, options } = {}) {
  let server;
  after(async () => (await server)?.stop());
  return (test) => async (context) => {
    server ??= start({ scenario, options });
    const world = await (await server).world({ name: nameFor(context.name) });
    try {
      await test(world, context);
    } catch (error) {
      throw await reported(error, world);
    } finally {
      await world.drop();
    }
  };
}
