// What the runners share: a world for the length of a test, and a name that says of which test it is.

import { randomUUID } from "node:crypto";

/** A name of a world for a test. */
export function nameFor(test) {
  const words = test.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[.-]+/, "").slice(0, 80);
  return `${words}-${randomUUID().slice(0, 8)}`;
}

/** A test's error, its message completed by what the world was asked: every runner shows that. */
export async function reported(error, world) {
  if (typeof error?.message !== "string") return error;
  const report = await world.report().catch((cause) => cause.message);
  const asked = `${error.message}\n\n${report}`;
  if (error.stack) error.stack = error.stack.replace(error.message, () => asked);
  error.message = asked;
  return error;
}
