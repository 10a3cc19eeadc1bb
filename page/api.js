// The control API of the world that the page was loaded from.

/** …/_certmimic/ */
export const root = new URL('../', import.meta.url);

/** The server's root, whatever world's prefix the page was loaded below. */
export const server = new URL(root.pathname.replace(/(\/w\/[^/]+)?\/_certmimic\/$/, '/'), root);

const UNREACHABLE = 'The server does not answer. This page goes on when it does.';

/** A call that was refused, in the words of its problem document. */
export class Refused extends Error {
  constructor(problem, status) {
    const flaws = (problem.flaws ?? []).map((flaw) => flaw.text);
    super([problem.detail ?? `The server answered with ${status}.`, ...flaws].join('\n'));
  }
}

/** Aborted before this world ends: whoever asks a world that is no more makes it anew. */
export const leaving = new AbortController();

/** Calls, and reads the answer: JSON unless another media type is asked for. */
export async function call(method, path, { body, accept = 'application/json' } = {}) {
  const headers = { Accept: accept };
  if (body !== undefined) headers['Content-Type'] = typeof body === 'string' ? 'application/yaml' : 'application/json';
  const sent = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const response = await fetch(new URL(path, root), { method, headers, body: sent, signal: path instanceof URL ? null : leaving.signal }).catch(() => { throw new Refused({ detail: UNREACHABLE }); });
  if (!response.ok) throw new Refused(await response.json().catch(() => ({})), response.status);
  return accept === 'application/json' ? response.json() : response.text();
}

/** An answer that is no JSON. */
export const text = (path, accept = '*/*') => call('GET', path, { accept });
export const get = (path) => call('GET', path);
export const post = (path, body) => call('POST', path, { body });
export const put = (path, body) => call('PUT', path, { body });
export const remove = (path) => call('DELETE', path);

/** Where another world's page is. */
export function pageOf(world) {
  // Below NAME.localhost the root belongs to that world, so the default one has to be named too.
  const named = world !== 'default' || location.hostname.endsWith('.localhost');
  return new URL(named ? `w/${encodeURIComponent(world)}/` : './', server).href;
}
