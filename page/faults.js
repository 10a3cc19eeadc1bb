// Misbehaviour: what is armed and what is left of it, and a form with the documented outcomes to choose from.

import { get, post, remove } from './api.js';
import { asking, button, complain, el, id, inWords, labelled, onSubmit, option, say } from './dom.js';
import { documented } from './coverage.js';

let fields;
let drawn;
let offers = new Map();

export function start() {
  id('faults-tools').append(asking('Disarm all', 'Disarm all?', () => changing(remove('faults'))));
  form();
  return refresh();
}

export async function refresh() {
  draw((await get('faults')).faults);
}

/** Fills the form for an outcome and goes there. */
export function arm(operation, outcome) {
  fields.operation.value = operation ?? '';
  outcomes();
  fields.outcome.value = outcome;
  blanks();
  fields.times.value = '1';
  id('fault-form').scrollIntoView({ block: 'nearest' });
  fields.submit.focus();
  say(`Ready to arm ${inWords(outcome)}`);
}

function draw(faults) {
  // Drawn anew, it would take the focus away.
  if (drawn === (drawn = JSON.stringify(faults))) return;
  id('faults-count').textContent = faults.length ? `${faults.length} armed` : '';
  id('faults-empty').hidden = faults.length > 0;
  id('faults-tools').hidden = faults.length === 0;
  id('faults-list').replaceChildren(...faults.map((fault) => el('li', {},
    el('span', {}, el('b', {}, effect(fault)), ` ${where(fault.on ?? {})}`), el('span', { class: 'quiet' }, left(fault)),
    button('Disarm', () => changing(remove(`faults/${encodeURIComponent(fault.id)}`)), { 'aria-label': `Disarm ${fault.id}` }))));
}

function effect({ respond, delay, drop, truncate, deployment_fails: deployment }) {
  const parts = [
    respond?.outcome ? inWords(respond.outcome) : respond?.status && `status ${respond.status}`, delay && `wait ${delay}`, drop && `drop ${inWords(drop)}`,
    truncate !== undefined && `cut to ${truncate} bytes`, deployment && 'deployment fails',
  ];
  return parts.filter(Boolean).join(', ');
}

function where({ operation, path, method, alias }) {
  const parts = [operation, method, path, alias && `naming ${alias}`].filter(Boolean);
  return parts.length ? `at ${parts.join(' ')}` : 'at every request';
}

function left({ times, struck, seen, after = 0, probability }) {
  const parts = [times === undefined ? 'always' : `${Math.max(0, times - struck)} of ${times} left`, `struck ${struck} of ${seen}`];
  if (after > seen) parts.unshift(`after ${after - seen} more`);
  if (probability !== undefined) parts.push(`chance ${probability}`);
  return parts.join(' · ');
}

function form() {
  const input = (attributes) => el('input', attributes);
  fields = {
    operation: el('select', { onchange: outcomes }),
    outcome: el('select', { onchange: blanks }),
    blanks: el('span', { class: 'blanks' }),
    times: input({ inputmode: 'numeric', value: '1', size: 4, placeholder: 'always' }),
    after: input({ inputmode: 'numeric', size: 4, placeholder: '0' }),
    delay: input({ size: 7, placeholder: '750ms' }),
    drop: el('select', {}, option('', 'no'), option('before_handling', 'before it is handled'), option('before_response', 'before the answer'), option('mid_response', 'in mid-answer')),
    alias: input({ size: 12, placeholder: 'any' }),
    submit: el('button', { type: 'submit', class: 'main' }, 'Arm'),
    trouble: el('output', { class: 'trouble', role: 'alert', hidden: true }),
  };
  const named = (name, text = name) => labelled(text, fields[name], { class: name });
  id('fault-form').append(named('operation'), named('outcome', 'answers with'), fields.blanks, ...['times', 'after', 'delay', 'drop', 'alias'].map((name) => named(name)), fields.submit, fields.trouble);
  onSubmit(id('fault-form'), () => changing(post('faults', written())));
}

/** The operations to choose from, once they are known. */
export function offer() {
  fields.operation.replaceChildren(option('', 'any operation'), ...documented().map(({ title, operations }) => el('optgroup', { label: title }, operations.map(({ id: operation }) => option(operation)))));
  outcomes();
}

/** The outcomes of the operation that is chosen, then those that any can meet, then all others of the system. */
function outcomes() {
  const chosen = fields.operation.value;
  const systems = documented().filter(({ operations }) => !chosen || operations.some(({ id: operation }) => operation === chosen));
  const own = systems.flatMap(({ operations }) => operations).filter(({ id: operation }) => operation === chosen).flatMap(({ answers }) => answers);
  const others = systems.flatMap(({ operations }) => operations).flatMap(({ answers }) => answers);
  const groups = [['of this operation', own], ...systems.map(({ title, shared }) => [`of ${title}`, shared]), ['of other operations', others]];
  const seen = new Set();
  const isNew = ({ outcome, status }) => status && !seen.has(outcome) && seen.add(outcome);
  const offered = groups.map(([label, answers]) => [label, answers.filter(isNew)]).filter(([, answers]) => answers.length);
  fields.outcome.replaceChildren(option('', 'what it answers anyway'), ...offered.map(([label, answers]) => el('optgroup', { label },
    answers.map(({ outcome, status }) => option(outcome, `${inWords(outcome)} · ${status}`)))));
  offers = new Map(offered.flatMap(([, answers]) => answers).map((answer) => [answer.outcome, answer]));
  blanks();
}

/** A field for each blank in the text of the outcome. */
function blanks() {
  const names = offers.get(fields.outcome.value)?.blanks ?? [];
  fields.blanks.replaceChildren(...names.map((name) => labelled(`{${name}}`, el('input', { size: 12, value: name, 'data-blank': name }))));
}

function written() {
  const value = (name) => fields[name].value.trim() || undefined;
  const number = (name) => (/^\d+$/.test(value(name)) ? Number(value(name)) : value(name));
  const values = Object.fromEntries([...fields.blanks.querySelectorAll('input')].map((input) => [input.dataset.blank, input.value]));
  return {
    on: { operation: value('operation'), alias: value('alias') },
    times: number('times'), after: number('after'), delay: value('delay'), drop: value('drop'),
    respond: value('outcome') && { outcome: value('outcome'), values },
  };
}

async function changing(call) {
  try {
    await call;
    complain(fields.trouble);
    await refresh();
    say('Done');
  } catch (refused) {
    complain(fields.trouble, refused.message);
  }
}
