import type { Server, StartOptions, World } from "./index.js";

/** What `test.extend<WorldFixtures>(worldFixtures())` gives a test. */
export interface WorldFixtures {
  /** The server of the file: started, or joined. */
  certmimic: Server;
  /** A world of the test's own. */
  world: World;
}

type Use<T> = (value: T) => Promise<void>;
type Failures = { name: string; result?: { errors?: { message: string; stack?: string }[] } };

export function worldFixtures(options?: StartOptions): {
  certmimic: [(context: {}, use: Use<Server>) => Promise<void>, { scope: "file" }];
  world: (context: { certmimic: Server; task: Readonly<Failures> }, use: Use<World>) => Promise<void>;
};
