// Servers: started for the run, or joined where one runs already.

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { VERSION, find } from "./binary.js";
import { CertmimicError, Control } from "./control.js";
import { World } from "./world.js";

/** Milliseconds that a server may take to listen, and to end. */
const PATIENCE = 20_000;

/** The program ended, or did not listen in time. */
export class StartFailed extends CertmimicError {
  name = "StartFailed";
}

/** The program is of another version than this package. */
export class VersionDiffers extends CertmimicError {
  name = "VersionDiffers";
}

/** A server with its worlds; ended by `stop`, or at the end of an `await using` block. */
export class Server {
  #control;
  #process;
  #scenario;

  constructor(url, { process, scenario } = {}) {
    this.#control = new Control(url);
    this.#process = process;
    this.#scenario = scenario;
  }

  get url() {
    return this.#control.url;
  }

  async world({ name = `world-${randomUUID().slice(0, 13)}`, scenario = this.#scenario } = {}) {
    await this.#control.call("POST", "worlds", { name, from: scenario && `scenario:${scenario}` });
    return new World(this.url, name);
  }

  async worlds() {
    const { worlds } = await this.#control.call("GET", "worlds");
    return worlds.map((world) => world.name);
  }

  async coverage(format = "text") {
    return this.#control.text("GET", "coverage", undefined, { worlds: "all", format });
  }

  async stop() {
    await this.#process?.stop();
  }

  async [Symbol.asyncDispose]() {
    await this.stop();
  }

  /** Ends it again if it is of another version than this package. */
  async checked(version = VERSION) {
    const health = await this.#control.call("GET", "health");
    if (health.version === version) return this;
    await this.stop();
    throw new VersionDiffers(
      `The certmimic at ${this.#process?.program ?? this.url} has version ${health.version}, this package ${version}: ` +
        "install the same version of both.",
    );
  }
}

export async function start({ scenario, options = [] } = {}) {
  const scenarios = scenario === undefined ? [] : [scenario].flat();
  const running = process.env.CERTMIMIC_URL;
  if (running) return join(running, { scenario: builtIn(scenarios, running) });
  const child = await Process.start(find(), scenarios, options);
  return new Server(child.url, { process: child }).checked();
}

export async function join(url, { scenario } = {}) {
  return new Server(url, { scenario }).checked();
}

function builtIn(scenarios, running) {
  if (scenarios.length < 2) return scenarios[0];
  throw new CertmimicError(
    `The server that CERTMIMIC_URL names (${running}) cannot compose ${scenarios.join(" and ")}: start it with these ` +
      "scenarios, and leave them out here.",
  );
}

/** The program, listening. It does not keep this process alive, and ends with it. */
class Process {
  static async start(program, scenarios, options) {
    const started = new Process(program, scenarios, options);
    try {
      started.url = `http://127.0.0.1:${await started.#port()}`;
      return started;
    } catch (error) {
      await started.stop();
      throw error;
    }
  }

  #folder = mkdtempSync(path.join(tmpdir(), "certmimic-"));
  #portFile = path.join(this.#folder, "port");
  #log = path.join(this.#folder, "log");
  #ended = false;
  #end;
  #child;

  constructor(program, scenarios, options) {
    this.program = program;
    const said = scenarios.flatMap((scenario) => ["--scenario", scenario]);
    const log = openSync(this.#log, "w");
    // It ends with its input, which is this process' end at the latest, however that comes.
    const serve = ["serve", "--listen", "127.0.0.1:0", "--port-file", this.#portFile, "--end-with-input"];
    this.#child = spawn(program, [...serve, ...said, ...options], { env: environment(), stdio: ["pipe", "ignore", log] });
    closeSync(log);
    this.#end = new Promise((resolve) => this.#child.once("exit", resolve).once("error", resolve));
    this.#end.then(() => (this.#ended = true));
    this.#child.unref();
    this.#child.stdin.unref();
  }

  async stop() {
    if (!this.#ended) {
      this.#child.ref();
      this.#child.stdin.end();
      const impatient = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE);
      await this.#end;
      clearTimeout(impatient);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The port that it picked. The file is moved into place whole. */
  async #port() {
    for (const last = Date.now() + PATIENCE; Date.now() < last; await sleep(5)) {
      if (existsSync(this.#portFile)) return Number.parseInt(readFileSync(this.#portFile, "utf8"), 10);
      if (this.#ended) throw new StartFailed(`${this.program} ended before it listened: ${this.#said()}`);
    }
    throw new StartFailed(`${this.program} did not listen within ${PATIENCE / 1000} seconds: ${this.#said()}`);
  }

  #said() {
    return readFileSync(this.#log, "utf8").trim();
  }
}

/** That of this process, without the variables that would change what is served. */
function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("CERTMIMIC_")));
}
