// Operations down, their documented answers as small squares: met, met by a fault only, not met, out of reach without a fault.

import { get, remove } from './api.js';
import { asking, check, counted, el, id, inWords, throttled } from './dom.js';

let systems = [];
/** By operation and outcome; refusals that no operation is alone with stand under their system. */
let answers = new Map();
let onlyMet = false;
let onChoice;

const keyOf = (owner, outcome) => `${owner} ${outcome}`;

/** Starts; `choose(operation, outcome)` is called for a refusal that is chosen. */
export async function start(choose) {
  onChoice = choose;
  const metOnly = check('met only', (checked) => {
    onlyMet = checked;
    draw();
  });
  const forget = asking('Forget', 'Forget what was met?', async () => {
    await remove('coverage');
    await refresh();
  });
  id('coverage-tools').append(metOnly, forget);
  const grid = id('coverage-systems');
  grid.addEventListener('focusin', ({ target }) => name(target));
  grid.addEventListener('mouseover', ({ target }) => name(target));
  grid.addEventListener('keydown', pressed);
  grid.addEventListener('click', ({ target }) => chosen(target));
  await refresh();
}

/** Fetches what was met. The table of what is documented comes with it. */
export async function refresh() {
  ({ systems } = await get('coverage'));
  answers = new Map();
  for (const system of systems) {
    for (const { id: operation, answers: own } of system.operations) own.forEach((answer) => answers.set(keyOf(operation, answer.outcome), { ...answer, operation, system }));
    system.shared.forEach((answer) => answers.set(keyOf(system.name, answer.outcome), { ...answer, system }));
  }
  draw();
}

/** All systems with their operations and answers. */
export const documented = () => systems;

/** The document that an outcome is known from. */
export function evidenceOf(operation, outcome) {
  return find(operation, outcome)?.evidence;
}

function find(operation, outcome) {
  const own = answers.get(keyOf(operation, outcome));
  if (own || !operation) return own;
  const system = systems.find(({ operations }) => operations.some(({ id: known }) => known === operation));
  return system && answers.get(keyOf(system.name, outcome));
}

/** Takes in a record as it arrives, so that nothing has to be fetched. */
export function met({ operation, outcome, status, by_fault: byFault }) {
  const answer = operation && find(operation, outcome === 'success' ? String(status) : outcome);
  if (!answer) return;
  answer[byFault ? 'by_fault' : 'earned'] += 1;
  changed.add(answer);
  settle();
}

const changed = new Set();

const settle = throttled(250, () => {
  for (const answer of changed) {
    if (answer.square) paint(answer);
    else if (onlyMet) return draw();
  }
  changed.clear();
  sums();
});

function draw() {
  changed.clear();
  const open = new Set([...id('coverage-systems').querySelectorAll('details[open]')].map((details) => details.dataset.system));
  const first = !id('coverage-systems').children.length;
  for (const answer of answers.values()) answer.square = undefined;
  id('coverage-systems').replaceChildren(...systems.map((system, index) => el('details', { 'data-system': system.name, open: first ? index === 2 : open.has(system.name) },
    el('summary', {}, system.title, ' ', el('span', { class: 'share' })), grid(system))));
  sums();
}

function grid(system) {
  const rows = system.operations.map(({ id: operation, answers: own, summary }) => row(operation, summary, own.map(({ outcome }) => answers.get(keyOf(operation, outcome)))));
  rows.push(row('any operation', 'what stands in front of all of them, and the protocol', system.shared.map(({ outcome }) => answers.get(keyOf(system.name, outcome)))));
  const shown = rows.filter(Boolean);
  const first = shown[0]?.querySelector('.square');
  first?.setAttribute('tabindex', '0');
  return shown.length ? el('div', { role: 'grid', 'aria-label': `${system.title}: documented answers` }, shown) : el('p', { class: 'quiet' }, 'Nothing of it was met yet.');
}

function row(title, summary, own) {
  const shown = own.filter((answer) => !onlyMet || answer.earned || answer.by_fault);
  if (!shown.length) return undefined;
  return el('div', { role: 'row', class: 'operation' }, el('span', { role: 'rowheader', title: summary }, title), el('span', { class: 'squares', role: 'presentation' }, shown.map(square)));
}

function square(answer) {
  answer.square = el('span', { role: 'gridcell', tabindex: '-1' });
  answer.square.answer = answer;
  paint(answer);
  return answer.square;
}

function stateOf({ earned, by_fault: byFault, arm: needsFault }) {
  if (earned) return ['met', `met, ${earned} ×`];
  if (byFault) return ['fault', `met by a fault only, ${byFault} ×`];
  return needsFault ? ['unreachable', 'not met: no client can reach it, arm a fault'] : ['open', 'not met'];
}

function paint(answer) {
  const [state] = stateOf(answer);
  answer.square.className = `square ${state}`;
  answer.square.setAttribute('aria-label', describe(answer));
}

function describe(answer) {
  const refusal = answer.status ? ` ${answer.status}` : '';
  return `${answer.operation ?? 'any operation'}: ${inWords(answer.outcome)}${refusal}, ${stateOf(answer)[1]}`;
}

function name(target) {
  if (!target.answer) return;
  id('coverage-named').textContent = `${describe(target.answer)}${target.answer.evidence ? ` · ${target.answer.evidence}` : ''}`;
}

function sums() {
  let [all, reached] = [0, 0];
  for (const system of systems) {
    const own = [...answers.values()].filter((answer) => answer.system === system);
    const count = own.filter((answer) => answer.earned || answer.by_fault).length;
    [all, reached] = [all + own.length, reached + count];
    const share = id('coverage-systems').querySelector(`[data-system="${CSS.escape(system.name)}"] .share`);
    share.textContent = `${count} of ${own.length}`;
  }
  id('coverage-count').textContent = `${((100 * reached) / Math.max(all, 1)).toFixed(1)} % · ${reached} of ${counted(all)} documented answers`;
}

/** From square to square with the arrow keys; up and down along the operations. */
function pressed(event) {
  const { target, key } = event;
  if (!target.answer) return;
  if (key === 'Enter' || key === ' ') {
    event.preventDefault();
    chosen(target);
    return;
  }
  const line = target.closest('.operation');
  const own = [...line.querySelectorAll('.square')];
  const column = own.indexOf(target);
  const beside = (other) => other && [...other.querySelectorAll('.square')].slice(0, column + 1).at(-1);
  const steps = { ArrowRight: own[column + 1], ArrowLeft: own[column - 1], ArrowDown: beside(line.nextElementSibling), ArrowUp: beside(line.previousElementSibling), Home: own[0], End: own.at(-1) };
  if (!(key in steps)) return;
  event.preventDefault();
  const to = steps[key];
  if (!to) return;
  line.parentElement.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
  to.setAttribute('tabindex', '0');
  to.focus();
}

/** A refusal can be armed from here. */
function chosen({ answer }) {
  if (answer?.status) onChoice(answer.operation, answer.outcome);
}
