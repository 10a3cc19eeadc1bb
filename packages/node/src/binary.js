// Where the program is: named by CERTMIMIC_BINARY, in the package of this platform, or on PATH.

import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { CertmimicError } from "./control.js";

const NAME = process.platform === "win32" ? "certmimic.exe" : "certmimic";
const PLATFORM = `@certmimic/${process.platform}-${process.arch}`;

/** There is no program to start. */
export class BinaryMissing extends CertmimicError {
  name = "BinaryMissing";
}

/** The version of this package. */
export const VERSION = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;

/** The program to start. */
export function find() {
  const named = process.env.CERTMIMIC_BINARY;
  if (named) {
    if (runs(named)) return named;
    throw new BinaryMissing(`CERTMIMIC_BINARY names ${named}, which is no program that can be run: name the certmimic binary.`);
  }
  const found = ofThePlatform() ?? onPath();
  if (found) return found;
  throw new BinaryMissing(
    `There is no certmimic to start: let npm install optional dependencies (${PLATFORM} carries it), put it on PATH, name it ` +
      "in CERTMIMIC_BINARY, or name a server that runs in CERTMIMIC_URL.",
  );
}

function ofThePlatform() {
  try {
    return createRequire(import.meta.url).resolve(`${PLATFORM}/bin/${NAME}`);
  } catch {
    return undefined;
  }
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, NAME)).find(runs);
}

function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
