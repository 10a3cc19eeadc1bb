// What the clients of both SAP systems share: tokens, JSON, patience with a system that is busy.

import { setTimeout as sleep } from "node:timers/promises";

const TRIES = 4;

/** A service of a tenant, called with tokens of an OAuth client. */
export class Tenant {
  #token;

  constructor({ url, tokenUrl }, { client, secret }) {
    this.url = url;
    this.tokenUrl = tokenUrl;
    this.basic = `Basic ${btoa(`${client}:${secret}`)}`;
  }

  /** What an OData resource holds. */
  async read(path) {
    const { d } = await this.send("GET", path);
    return d.results ?? d;
  }

  /** One request; tried again while the system says that it is busy, or that the token has ended. */
  async send(method, path, body) {
    for (let left = TRIES - 1; ; left--) {
      const answer = await fetch(`${this.url}/${path}`, { method, headers: await this.#headers(), body: JSON.stringify(body) });
      const text = await answer.text();
      if (answer.ok) return text ? JSON.parse(text) : null;
      if (![401, 429, 503].includes(answer.status) || left === 0) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      if (answer.status === 401) this.#token = undefined;
      else await sleep(1000 * Number(answer.headers.get("retry-after") ?? 0));
    }
  }

  async #headers() {
    this.#token ??= await this.#fetchToken();
    return { Authorization: `Bearer ${this.#token}`, Accept: "application/json", "Content-Type": "application/json" };
  }

  async #fetchToken() {
    const grant = new URLSearchParams({ grant_type: "client_credentials" });
    const answer = await fetch(this.tokenUrl, { method: "POST", headers: { Authorization: this.basic }, body: grant });
    if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
    return (await answer.json()).access_token;
  }
}

/** A text as a key in a path: quotes are doubled. */
export function key(text) {
  return encodeURIComponent(`'${text.replaceAll("'", "''")}'`);
}
