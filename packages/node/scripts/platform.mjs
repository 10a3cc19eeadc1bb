#!/usr/bin/env node
// Makes the package of a platform, which carries the program: platform.mjs BINARY FOLDER [PLATFORM-ARCH]

import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [binary, folder, target = `${process.platform}-${process.arch}`] = process.argv.slice(2);
const main = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const name = `@certmimic/${target}`;
if (!(name in main.optionalDependencies)) {
  console.error(`${target} is none of ${Object.keys(main.optionalDependencies).join(", ")}`);
  process.exit(1);
}

const [os, cpu] = target.split("-");
const program = os === "win32" ? "certmimic.exe" : "certmimic";
const description = `The certmimic program for ${os} on ${cpu}; a part of the package certmimic`;
const { version, license } = main;
mkdirSync(join(folder, "bin"), { recursive: true });
copyFileSync(binary, join(folder, "bin", program));
chmodSync(join(folder, "bin", program), 0o755);
const files = ["bin"];
writeFileSync(join(folder, "package.json"), `${JSON.stringify({ name, version, description, license, os: [os], cpu: [cpu], files }, null, 2)}\n`);
