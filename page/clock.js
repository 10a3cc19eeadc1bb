// The time in this world, large, and the steps that move it.

import { post, put } from './api.js';
import { button, complain, el, id, onSubmit, say } from './dom.js';
import { ends } from './certificates.js';
import { clockTime, day, iso, now, tell } from './time.js';

/** Counts what moves the clock from here: an answer of before is none of after. */
export let moves = 0;

let told = {};
let onMove;
let toggle;
let real;
let around = [];

export function start(moved) {
  onMove = moved;
  toggle = button('Freeze', () => move(put('clock', { mode: told.mode === 'running' ? 'frozen' : 'running' })));
  real = button('Real time', () => move(put('clock', { now: 'real', mode: 'running' })));
  const by = (days) => button(`+${days} d`, () => move(post('clock/advance', { by: `${days}d` })));
  around = [['Before next expiry', -1000], ['After next expiry', 1000]].map(([text, offset]) => button(text, () => move(put('clock', { now: iso(ends() + offset) })),
    { title: 'One second before or after the next certificate ends' }));
  const field = el('input', { size: 17, placeholder: '2027-01-31, −12h', 'aria-label': 'Set the clock: a date, or a span such as +12h' });
  const form = el('form', { class: 'set', autocomplete: 'off' }, field, el('button', { type: 'submit' }, 'Set'));
  // A minus sign as it is printed does, too.
  onSubmit(form, () => field.value.trim() && move(put('clock', { now: field.value.trim().replace('−', '-') })));
  id('steps').append(toggle, ...[1, 30, 90].map(by), ...around, real, form);
  setInterval(tick, 250);
}

/** Takes over what the server says; true if the time is another one than was shown. */
export function update(clock) {
  const before = now();
  tell(clock);
  const moved = Math.abs(now() - before) > 1500 || clock.mode !== told.mode;
  told = clock;
  const running = clock.mode === 'running';
  toggle.textContent = running ? 'Freeze' : 'Run';
  real.disabled = running && clock.real;
  id('mode').textContent = running ? (clock.real ? 'running, real time' : 'running, moved') : clock.mode === 'stepping' ? `stepping by ${clock.step} a request` : 'frozen';
  id('mode').dataset.mode = running && clock.real ? 'real' : clock.mode;
  tick();
  return moved;
}

/** The steps to the next expiry, where there is one. */
export function offer() {
  const next = ends();
  around.forEach((step) => { step.disabled = next === undefined; });
}

function tick() {
  const shown = id('now');
  shown.replaceChildren(el('span', {}, day(now())), ' ', el('span', {}, clockTime(now())), ' ', el('small', {}, 'UTC'));
  shown.dateTime = iso(now());
}

async function move(call) {
  moves += 1;
  try {
    update(await call);
    moves += 1;
    complain(id('trouble'));
    onMove();
    say(`It is ${day(now())}, ${clockTime(now())}`);
  } catch (refused) {
    complain(id('trouble'), refused.message);
  }
}
