// The README's examples.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const folder = join(import.meta.dirname, "readme");
const blocks = [...readFileSync(join(import.meta.dirname, "../README.md"), "utf8").matchAll(/```[jt]s\n(.*?)```/gs)];
const [withNode, withVitest, withoutRunner] = blocks.map(([, code]) => code);
const { NODE_TEST_CONTEXT: _, ...env } = process.env;
mkdirSync(folder, { recursive: true });

function run(file, code, ...command) {
  writeFileSync(join(folder, file), code);
  return execFileSync(process.execPath, command, { cwd: folder, env, encoding: "utf8" });
}

test("with node:test", () => {
  const code = withNode.replaceAll("../examples", "../../examples");
  assert.match(run("node.mjs", code, "--test", "--test-reporter=tap", "node.mjs"), /# pass 1\n# fail 0/);
});

test("with vitest", () => {
  run("vitest.test.ts", withVitest, "../../node_modules/vitest/vitest.mjs", "run", "--root", ".", "vitest.test.ts");
});

test("with any other runner", () => {
  assert.equal(run("any.mjs", withoutRunner, "any.mjs"), "true\n");
});
