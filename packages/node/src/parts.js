// The parts of a world that have calls of their own.

class Part {
  constructor(control) {
    Object.defineProperty(this, "control", { value: control });
  }
}

export class Clock extends Part {
  async now() {
    return new Date((await this.read()).now);
  }

  async read() {
    return this.control.call("GET", "clock");
  }

  async advance(by) {
    await this.control.call("POST", "clock/advance", { by });
  }

  async set({ now, mode, step }) {
    await this.control.call("PUT", "clock", { now, mode, step });
  }
}

export class Faults extends Part {
  async arm({ operation, path, method, alias, deploymentFails, ...rest }) {
    const known = (await this.list()).map((fault) => fault.id);
    const { outcome, values, retryAfter, validationErrors, status, headers, body, json, ...members } = rest;
    const respond = { outcome, values, retry_after: retryAfter, validation_errors: validationErrors, status, headers, body, json };
    const on = { operation, path, method, alias };
    const fault = { ...members, on: unlessEmpty(on), respond: unlessEmpty(respond), deployment_fails: deploymentFails };
    const { faults } = await this.control.call("POST", "faults", fault);
    return members.id ?? faults.find((armed) => !known.includes(armed.id)).id;
  }

  async list() {
    return (await this.control.call("GET", "faults")).faults;
  }

  async disarm(id) {
    await this.control.call("DELETE", id === undefined ? "faults" : `faults/${encodeURIComponent(id)}`);
  }
}

export class Requests extends Part {
  async list(filter) {
    return (await this.control.call("GET", "requests", undefined, filter)).requests;
  }

  async text(filter) {
    return this.control.text("GET", "requests", undefined, { ...filter, format: "text" });
  }

  async har(filter) {
    return this.control.text("GET", "requests", undefined, { ...filter, format: "har" });
  }

  async curl(number) {
    return (await this.control.text("GET", `requests/${number}`, undefined, { format: "curl" })).trim();
  }

  async clear() {
    await this.control.call("DELETE", "requests");
  }
}

export class Coverage extends Part {
  async read({ system } = {}) {
    return this.control.call("GET", "coverage", undefined, { system });
  }

  async text({ system, format = "text" } = {}) {
    return this.control.text("GET", "coverage", undefined, { system, format });
  }

  async clear() {
    await this.control.call("DELETE", "coverage");
  }
}

export class Snapshots extends Part {
  async keep(name) {
    await this.control.call("PUT", `snapshots/${encodeURIComponent(name)}`);
  }

  async restore(name) {
    await this.control.call("POST", `snapshots/${encodeURIComponent(name)}/restore`);
  }

  async list() {
    return (await this.control.call("GET", "snapshots")).snapshots;
  }

  async export(name) {
    return this.control.call("GET", `snapshots/${encodeURIComponent(name)}`);
  }

  async drop(name) {
    await this.control.call("DELETE", `snapshots/${encodeURIComponent(name)}`);
  }
}

function unlessEmpty(members) {
  return Object.values(members).some((value) => value !== undefined) ? members : undefined;
}
