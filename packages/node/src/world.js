// A world: the emulated systems as one test has them, and the calls that steer it.

import { Control } from "./control.js";
import { Clock, Coverage, Faults, Requests, Snapshots } from "./parts.js";

export class World {
  #server;
  #control;

  constructor(serverUrl, name) {
    this.name = name;
    this.url = `${serverUrl}/w/${name}`;
    this.#server = new Control(serverUrl);
    this.#control = new Control(this.url);
    this.clock = new Clock(this.#control);
    this.faults = new Faults(this.#control);
    this.requests = new Requests(this.#control);
    this.coverage = new Coverage(this.#control);
    this.snapshots = new Snapshots(this.#control);
  }

  get sapApiManagement() {
    return {
      url: `${this.url}/apiportal/api/1.0/Management.svc`,
      tokenUrl: `${this.url}/oauth/token`,
      configurationUrl: `${this.url}/apiportal/operations/1.0/Configuration.svc`,
    };
  }

  get sapCloudIntegration() {
    return { url: `${this.url}/api/v1`, tokenUrl: `${this.url}/oauth/token` };
  }

  get apinizer() {
    return { url: `${this.url}/apiops`, tokenUrl: `${this.url}/apiops/auth/token` };
  }

  async verify({ times, atLeast, atMost, inOrder, ...fits }) {
    const often = { exactly: times, at_least: atLeast, at_most: atMost, in_order: inOrder };
    return (await this.#control.call("POST", "verify", { ...fits, ...often })).matched;
  }

  async certificates({ expiresWithin, system } = {}) {
    return (await this.#control.call("GET", "certificates", undefined, { expiresWithin, system })).certificates;
  }

  async reset({ scenario } = {}) {
    await this.#control.call("POST", "reset", undefined, { scenario });
  }

  async export() {
    return this.#control.call("GET", "state");
  }

  async replace(scenario) {
    await this.#control.call("PUT", "state", scenario);
  }

  async report(limit = 20) {
    if ((await this.requests.list({ refused: true, limit: 1 })).length) {
      return `World ${this.name} refused:\n${await this.requests.text({ refused: true, limit })}`;
    }
    if ((await this.requests.list({ limit: 1 })).length) {
      return `World ${this.name} refused nothing. It was asked:\n${await this.requests.text({ limit })}`;
    }
    return `World ${this.name} was asked nothing: the client has to use ${this.url}.\n`;
  }

  async drop() {
    await this.#server.call("DELETE", `worlds/${this.name}`);
  }

  async [Symbol.asyncDispose]() {
    await this.drop();
  }
}
