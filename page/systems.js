// Where the systems are and whom they let in, each with a line that works as it stands.

import { root } from './api.js';
import { copying, el, id, pairs } from './dom.js';

const CSRF = { off: 'CSRF off', 'sessions-only': 'CSRF for sessions', always: 'CSRF always' };
const LINT = { warn: 'warns', error: 'refuses' };

let drawn;

export function draw({ auth, lint, systems }) {
  if (drawn === (drawn = JSON.stringify([auth, lint, systems]))) return;
  id('modes').replaceChildren(...pairs(modes(auth, lint, systems)));
  id('systems-list').replaceChildren(...systems.map(system));
  const link = (text, path) => el('a', { href: new URL(path, root).href }, text);
  id('links').replaceChildren(link('Control API (OpenAPI)', 'openapi.json'), ' · ', link('coverage as a page', 'coverage?format=html'), ' · ', link('certificates as CSV', 'certificates?format=csv'));
}

/** What decides whether a client is let in: nobody shall be surprised. */
function modes(auth, lint, systems) {
  const words = { any: 'any credentials', required: 'only known credentials', off: 'no credentials needed' };
  const linted = lint === 'off' ? [] : [['lint', LINT[lint]]];
  return [['auth', words[auth]], ...linted, ...systems.filter(({ csrf }) => csrf).map(({ title, csrf }) => [title.replace('SAP ', ''), CSRF[csrf]])];
}

function system({ title, urls, token_url: token, accounts, curl }) {
  const account = ({ name, secret, roles }) => el('li', {}, el('code', {}, name), ' / ', el('code', {}, secret), roles.length > 0 && el('span', { class: 'quiet' }, ` ${roles.join(', ')}`));
  return el('details', {}, el('summary', {}, el('b', {}, title), el('code', {}, urls[0])),
    urls.length > 1 && el('ul', { class: 'plain' }, urls.slice(1).map((url) => el('li', {}, el('code', {}, url)))),
    el('p', {}, 'Token from ', el('code', {}, token), ' with'), accounts.length ? el('ul', { class: 'plain' }, accounts.map(account)) : el('p', { class: 'quiet' }, 'no account that the scenario lists'),
    curl && el('div', { class: 'line-of-curl' }, el('pre', { tabindex: '0', 'aria-label': `curl line for ${title}` }, curl), copying('Copy', curl, { 'aria-label': `Copy the curl line for ${title}` })));
}
