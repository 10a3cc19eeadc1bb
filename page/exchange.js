// One request and its answer, side by side.

import { get, text } from './api.js';
import { button, copying, counted, el, inWords, open, pairs, say } from './dom.js';
import { arm } from './faults.js';
import { evidenceOf } from './coverage.js';

/** So much of a body is shown; the rest is in the record's JSON. */
const MOST = 50_000;

/** Opens a record; `neighbours(number)` tells which stand beside it in the list. */
export async function show(number, neighbours) {
  let record;
  try {
    record = await get(`requests/${number}`);
  } catch (refused) {
    open(`Request ${number}`, [], el('p', { class: 'trouble' }, refused.message));
    return;
  }
  const { newer, older } = neighbours(number);
  const step = (text, to, key) => button(text, () => show(to, neighbours), { disabled: to === undefined, 'data-key': key });
  const actions = [
    copying('Copy as curl', () => text(`requests/${number}?format=curl`)),
    record.diagnosis && record.operation && button('Arm this outcome', () => { dialog.close(); arm(record.operation, record.outcome); }),
    step('Newer', newer, 'k'),
    step('Older', older, 'j'),
  ];
  const dialog = open(`${record.request.method} ${record.request.path}`, actions, facts(record), el('div', { class: 'sides' },
    side('Request', record.request), record.response ? side(`Answer ${record.response.status}`, record.response) : el('p', {}, 'It was undone with the rest of its change set and has no answer of its own.')));
  dialog.onkeydown = (event) => dialog.querySelector(`[data-key="${CSS.escape(event.key)}"]:enabled`)?.click();
  dialog.querySelector('#details-title').focus();
  say(`Request ${number}, ${record.status ?? 'undone'}`);
}

function facts(record) {
  const told = [
    ['number', `${record.number}${record.parent ? `, inside ${record.parent}` : ''}`],
    ['time', record.time], ['took', record.micros === null ? '—' : `${counted(record.micros / 1000)} ms`],
    ['operation', record.operation ?? 'none that is known'], ['outcome', inWords(record.outcome) + (record.by_fault ? ' (by a fault)' : '')],
  ];
  return [
    el('dl', { class: 'facts' }, pairs(told)),
    record.diagnosis && el('p', { class: 'diagnosis' }, ...diagnosed(record)),
  ];
}

/** The sentence, and the document behind it: what stands in brackets at its end. */
function diagnosed({ diagnosis, operation, outcome }) {
  const [, sentence, source] = /^(.*?)(?:\s*\[([^\]]*)\])?$/s.exec(diagnosis.line);
  const evidence = source ?? evidenceOf(operation, outcome);
  return [el('b', {}, diagnosis.code), ' ', sentence, evidence && el('span', { class: 'evidence' }, evidence)];
}

function side(title, message) {
  const headers = message.headers.map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, value)));
  return el('section', {}, el('h3', {}, title),
    message.url && el('p', { class: 'url' }, message.url),
    el('table', { class: 'headers', 'aria-label': `${title}: headers` }, el('tbody', {}, headers)), bodyOf(message));
}

function bodyOf(message) {
  if (message.withheld) return el('p', { class: 'quiet' }, `${message.bytes} bytes, not shown: ${message.withheld}.`);
  if (message.base64) return pre(message.base64, `${message.bytes} bytes in Base64`);
  return message.body ? pre(laidOut(message.body), `${message.bytes} bytes`) : el('p', { class: 'quiet' }, 'no body');
}

function pre(text, about) {
  const cut = text.length > MOST ? `, of which the first ${counted(MOST)} characters` : '';
  return [el('p', { class: 'quiet' }, about + cut), el('pre', { tabindex: '0' }, text.slice(0, MOST))];
}

/** JSON with its structure, XML with each tag on a line. Only space is added, so nothing that was sent is lost. */
function laidOut(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return /^\s*<[?\w]/.test(body) ? body.replace(/>\s*</g, '>\n<') : body;
  }
}
