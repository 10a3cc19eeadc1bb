// What a runner shows of a test that fails, in runs of their own.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

/** What a run prints. The variables of this runner would make it a part of this run. */
function printed(...command) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", env, cwd: import.meta.dirname });
  assert.notEqual(status, 0, "the run failed");
  return stdout + stderr;
}

for (const [runner, command] of [
  ["node:test", ["--test", "failing/with-node.mjs"]],
  ["vitest", ["../node_modules/vitest/vitest.mjs", "run", "--config", "failing/vitest.config.mjs"]],
]) {
  test(`${runner} shows what the world of a failing test refused`, () => {
    const report = printed(...command);
    assert.match(report, /World it-deletes-an-entry-[0-9a-f]{8} refused:/);
    assert.match(report, /403 DELETE .*KeystoreEntries\('6D79'\)\s+ci\.entry\.delete csrf_token_required/);
    assert.match(report, /Fetch a token/);
    assert.match(report, /Expected at least 1 request with operation ci\.entry\.list; there were 0\./);
  });
}
