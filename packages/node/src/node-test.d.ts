import type { TestContext } from "node:test";
import type { StartOptions, World } from "./index.js";

/**
 * Tests in worlds of one server, which is started for this file, or joined:
 *
 *     const inWorld = worlds({ scenario: "rotation" });
 *     test("…", inWorld(async (world) => { … }));
 */
export function worlds(
  options?: StartOptions,
): (test: (world: World, context: TestContext) => unknown) => (context: TestContext) => Promise<void>;
