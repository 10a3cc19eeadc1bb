// Calls of the control API below a base URL, a server's or a world's, and what it refuses.

import { AssertionError } from "node:assert";

/** Milliseconds that a control call may take. */
const PATIENCE = 30_000;

/** Something with certmimic itself is not as it has to be. */
export class CertmimicError extends Error {
  name = "CertmimicError";
}

/** The control API refused a call: `code` is for programs, the message says what to change. */
export class Refused extends CertmimicError {
  name = "Refused";

  constructor(problem) {
    const flaws = (problem.flaws ?? []).map((flaw) => flaw.text);
    super([problem.detail ?? JSON.stringify(problem), ...flaws].join("\n"));
    this.status = problem.status;
    this.code = problem.code;
  }
}

/** The world was asked something else than the test expects: the message has the requests that came nearest. */
export class Unverified extends AssertionError {
  constructor(problem) {
    super({ message: problem.text });
    this.name = "Unverified";
    this.matched = problem.matched;
    this.nearest = problem.nearest;
  }
}

export class Control {
  constructor(url) {
    this.url = url.replace(/\/+$/, "");
  }

  /** What a call answers, read as JSON. */
  async call(method, path, body, query) {
    return JSON.parse(await this.text(method, path, body, query));
  }

  /** What a call answers, as text. */
  async text(method, path, body, query = {}) {
    const answer = await this.#send(method, this.#address(path, query), body);
    const text = await answer.text();
    if (!answer.ok) throw refusal(answer, text);
    return text;
  }

  async #send(method, address, body) {
    const type = typeof body === "string" ? "application/yaml" : "application/json";
    const data = typeof body === "string" ? body : JSON.stringify(body);
    try {
      const headers = body === undefined ? {} : { "Content-Type": type };
      return await fetch(address, { method, headers, body: data, signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      const cause = error.cause?.message || error.cause?.code || error.message;
      throw new CertmimicError(`No certmimic answers at ${this.url} (${cause}): see whether it still runs.`, { cause: error });
    }
  }

  #address(path, query) {
    const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== false);
    const names = said.map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), String(value)]);
    return `${this.url}/_certmimic/${path}${names.length ? `?${new URLSearchParams(names)}` : ""}`;
  }
}

function refusal(answer, text) {
  try {
    const problem = JSON.parse(text);
    return problem.code === "unverified" ? new Unverified(problem) : new Refused(problem);
  } catch {
    return new CertmimicError(`${answer.url} answered ${answer.status}, and not as certmimic does: ${text.slice(0, 200)}`);
  }
}
