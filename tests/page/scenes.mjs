// What people do with the page, scene by scene. The clock of every world is frozen at 2026-01-15T08:00:00Z.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const ENTRIES = '/api/v1/KeystoreEntries';
const hex = (text) => Buffer.from(text).toString('hex').toUpperCase();
const entry = (alias) => `${ENTRIES}('${hex(alias)}')`;
const row = (page, text) => page.locator('#requests-table tbody tr:not(.room)', { hasText: text }).first();
const certificate = (page, alias) => page.locator(`#certificates-table tr[data-alias="${alias}"]`).first();
const now = (page) => page.locator('#now').getAttribute('datetime');
const until = async (what, holds) => {
  for (let left = 400; left > 0; left -= 1) {
    if (await holds()) return;
    await new Promise((done) => { setTimeout(done, 25); });
  }
  assert.fail(`waited in vain: ${what}`);
};

/** What axe finds, in a few words. */
async function findings(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 4).map(({ html, failureSummary }) => `${html.slice(0, 200)} (${failureSummary})`).join('; ')}`);
}

/** What has the focus: its name, and whether that can be seen. */
const focused = (page) => page.evaluate(() => {
  const { activeElement: element } = document;
  const style = getComputedStyle(element);
  return { tag: element.tagName, id: element.id, text: (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 60), outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0, section: element.closest('section, header, dialog')?.id };
});

/** Presses Tab until something is reached. */
async function tabTo(page, what, reached, key = 'Tab') {
  for (let left = 150; left > 0; left -= 1) {
    await page.keyboard.press(key);
    const here = await focused(page);
    if (reached(here)) return here;
  }
  return assert.fail(`Tab does not lead to ${what}`);
}

export const scenes = {
  async opens({ base, open, control, ask }) {
    const response = await fetch(`${base}/`, { headers: { Accept: 'text/html' } });
    assert.match(response.headers.get('content-security-policy'), /^default-src 'none'; script-src 'self'; style-src 'self';/);
    const page = await open();
    assert.equal(await page.title(), 'certmimic · shop-tenant');
    assert.match(await page.locator('#requests-empty').textContent(), /Nothing was asked yet\. Try:\s*curl /);
    assert.match(await page.locator('#modes').textContent(), /any credentials/);
    assert.match(await page.locator('#mode').textContent(), /frozen/);
    assert.equal(await now(page), '2026-01-15T08:00:00.000Z');
    // The same page at the root of the control API, and of another world.
    assert.equal(await (await open({ path: '/_certmimic/' })).locator('#certificates-table tbody tr:not(.room)').count(), 10);
    await control('POST', 'reset?scenario=empty', undefined, '/w/other');
    await ask('GET', `/w/other${ENTRIES}`);
    const other = await open({ path: '/w/other/' });
    assert.match(await other.locator('#certificates-empty').textContent(), /holds no certificates/);
    await row(other, 'ci.entry.list').waitFor();
    assert.equal((await control('GET', 'requests')).requests.length, 0, 'looking is no request');
    // Nobody shall be surprised by a mode, nor believe in one that is not on.
    assert.doesNotMatch(await other.locator('#modes').textContent(), /lint/);
    await control('PUT', 'state', { certmimic: 1, name: 'strict', lint: 'warn', auth: { mode: 'required' } }, '/w/other');
    await other.locator('#modes', { hasText: 'lintwarns' }).waitFor();
    assert.match(await other.locator('#modes').textContent(), /only known credentials/);
  },

  async lists_certificates_by_what_ends_first({ open }) {
    const page = await open();
    const shown = await page.locator('#certificates-table tbody tr:not(.room)').evaluateAll((rows) => rows.map((row) => [row.dataset.alias, row.className, row.querySelector('.left').textContent]));
    assert.deepEqual(shown.slice(0, 3), [['legacy-erp', 'expired', '✕ expired 40 d ago'], ['payments-2025', 'expired', '✕ expired 3 d ago'], ['smtp.mail.example', 'd30', '▲ in 10 d']]);
    assert.deepEqual(shown.find(([alias]) => alias === 'gateway'), ['gateway', 'd60', '△ in 55 d']);
    assert.deepEqual(shown.find(([alias]) => alias === 'next-signer'), ['next-signer', 'future', '○ valid in 14 d']);
    assert.match(await page.locator('#certificates-count').textContent(), /10 · 2 expired · 3 within 30 d/);
    await certificate(page, 'gateway').click();
    const dialog = page.locator('dialog');
    await dialog.getByText('-----BEGIN').waitFor();
    for (const words of ['KEYSTORE gateway', 'key pair', 'EC secp256r1', 'CN=api.example.com', '-----BEGIN CERTIFICATE-----', "Certificates(name='gateway',storeName='gateway')"]) {
      assert.ok((await dialog.textContent()).includes(words), words);
    }
    await page.keyboard.press('Escape');
    await page.getByLabel('Search certificates').fill('bank');
    assert.equal(await page.locator('#certificates-table tbody tr:not(.room)').count(), 1);
    await page.getByLabel('Search certificates').fill('');
    await page.getByLabel('Ends').selectOption('0');
    assert.equal(await page.locator('#certificates-table tbody tr.expired').count(), 2);
    await page.getByLabel('Ends').selectOption('');
    await page.getByLabel('by system').check();
    const groups = page.locator('#certificates-table tr.group');
    assert.equal(await groups.count(), 3);
    await groups.filter({ hasText: 'Apinizer' }).click();
    assert.equal(await certificate(page, 'legacy-erp').count(), 0);
    assert.equal(await certificate(page, 'gateway').count(), 1);
  },

  async moves_the_clock({ open, control }) {
    const page = await open();
    const alias = 'smtp.mail.example';
    assert.match(await certificate(page, alias).getAttribute('class'), /d30/);
    const calm = await certificate(page, alias).locator('.left').evaluate((cell) => getComputedStyle(cell).color);
    await page.getByRole('button', { name: 'Before next expiry' }).click();
    await until('a second before', async () => (await now(page)) === '2026-01-25T07:59:59.000Z');
    assert.equal(await certificate(page, alias).locator('.left').textContent(), '▲ in 1 s');
    await page.getByRole('button', { name: 'After next expiry' }).click();
    await page.locator(`#certificates-table tr.expired[data-alias="${alias}"]`).waitFor();
    assert.match(await certificate(page, alias).textContent(), /expired 1 s ago/);
    assert.notEqual(await certificate(page, alias).locator('.left').evaluate((cell) => getComputedStyle(cell).color), calm);
    assert.equal((await control('GET', 'clock')).now, '2026-01-25T08:00:01.000Z');
    for (const [name, expected] of [['+1 d', '2026-01-26T08:00:01.000Z'], ['+30 d', '2026-02-25T08:00:01.000Z'], ['+90 d', '2026-05-26T08:00:01.000Z']]) {
      await page.getByRole('button', { name, exact: true }).click();
      await until(name, async () => (await now(page)) === expected);
    }
    const field = page.getByLabel('Set the clock');
    await field.fill('soon');
    await field.press('Enter');
    await until('what was wrong', async () => /"soon" is no date/.test(await page.locator('#trouble').textContent()));
    await field.fill('2026-01-20');
    await field.press('Enter');
    await until('the date', async () => (await now(page)) === '2026-01-20T00:00:00.000Z');
    assert.equal(await page.locator('#trouble').isHidden(), true);
    await page.locator(`#certificates-table tr.d30[data-alias="${alias}"]`).waitFor();
    await page.getByRole('button', { name: 'Run' }).click();
    await until('a clock that runs', async () => (await control('GET', 'clock')).mode === 'running');
    await page.getByRole('button', { name: 'Real time' }).click();
    await until('real time', async () => (await control('GET', 'clock')).real === true);
    await page.locator('#mode', { hasText: 'running, real time' }).waitFor();
    await page.getByRole('button', { name: 'Freeze' }).click();
    await until('a clock that stands', async () => (await control('GET', 'clock')).mode === 'frozen');
  },

  async shows_what_was_refused_and_why({ base, open, ask }) {
    await ask('GET', ENTRIES);
    const page = await open();
    await row(page, 'ci.entry.list').waitFor();
    assert.equal(await ask('GET', `${ENTRIES}('smtp.mail.example')`), 500);
    const refused = page.locator('#requests-table tr.refused');
    await refused.waitFor();
    assert.match(await refused.textContent(), /500.*hex .*Send the alias as hex/);
    await until('a word for those who listen', async () => /1 refused/.test(await page.locator('#said').textContent()));
    assert.equal(await page.locator('#requests-table tbody tr:not(.room)').first().getAttribute('class'), await refused.getAttribute('class'), 'the newest is on top');
    await refused.click();
    const dialog = page.locator('dialog');
    await dialog.locator('.sides').waitFor();
    const told = await dialog.textContent();
    for (const words of ['ci.entry.read', 'Basic ***', 'specified: SAP Business Accelerator Hub, Security Content', 'Answer 500', 'hexBinary']) assert.ok(told.includes(words), `${words} in ${told}`);
    assert.ok(!told.includes('certmimic-secret'), 'secrets are masked');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base });
    await dialog.getByRole('button', { name: 'Copy as curl' }).click();
    await dialog.getByRole('button', { name: 'Copied' }).waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^curl -sS -X GET /);
    await dialog.getByRole('button', { name: 'Older' }).click();
    await dialog.getByText('ci.entry.list').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByLabel('refused only').check();
    assert.equal(await page.locator('#requests-table tbody tr:not(.room)').count(), 1);
    await page.getByLabel('refused only').uncheck();
    await page.getByLabel('System', { exact: true }).selectOption({ label: 'Apinizer' });
    assert.match(await page.locator('#requests-empty').textContent(), /No request fits/);
    await page.getByLabel('System', { exact: true }).selectOption('');
    await page.getByRole('button', { name: 'Pause' }).click();
    await ask('GET', entry('sftp-bank'));
    await until('one that waits', async () => /1 waiting/.test(await page.locator('#requests-count').textContent()));
    assert.equal(await page.locator('#requests-table tbody tr:not(.room)').count(), 2);
    await page.getByRole('button', { name: 'Pause' }).click();
    await until('one more row', async () => (await page.locator('#requests-table tbody tr:not(.room)').count()) === 3);
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#requests-tools').getByRole('button', { name: 'HAR' }).click()]);
    assert.equal(JSON.parse(readFileSync(await file.path(), 'utf8')).log.entries.length, 3);
    await page.getByRole('button', { name: 'Clear' }).click();
    assert.equal(await page.locator('#requests-table tbody tr:not(.room)').count(), 3, 'asked once more');
    await page.getByRole('button', { name: 'Forget all?' }).click();
    await page.getByText('Nothing was asked yet').waitFor();
  },

  async arms_and_disarms_faults({ open, control, ask }) {
    const page = await open();
    const form = page.locator('#fault-form');
    await form.locator('.operation select').selectOption('ci.certificate.export');
    await form.locator('.outcome select').selectOption('keystore_locked');
    await form.getByLabel('times').fill('2');
    await form.getByRole('button', { name: 'Arm' }).click();
    await page.locator('#faults-list li').waitFor();
    assert.match(await page.locator('#faults-list').textContent(), /keystore locked at ci\.certificate\.export.*2 of 2 left/);
    assert.equal(await ask('GET', `${entry('sftp-bank')}/Certificate/$value`), 503);
    await until('what is left', async () => /1 of 2 left/.test(await page.locator('#faults-list').textContent()));
    assert.match(await row(page, 'keystore locked').textContent(), /fault/);
    await form.getByLabel('delay').fill('long');
    await form.getByRole('button', { name: 'Arm' }).click();
    await form.locator('.trouble').waitFor();
    assert.match(await form.locator('.trouble').textContent(), /No fault was armed.*long/s);
    await form.getByLabel('delay').fill('');
    // From a request that was refused, and from the square of an outcome.
    await row(page, 'keystore locked').click();
    await page.locator('dialog').getByRole('button', { name: 'Arm this outcome' }).click();
    assert.equal((await focused(page)).text, 'Arm');
    assert.equal(await form.locator('.outcome select').inputValue(), 'keystore_locked');
    await page.locator('#coverage-systems').getByRole('gridcell', { name: /^ci\.entry\.list: role missing/ }).click();
    await form.getByRole('button', { name: 'Arm' }).click();
    await until('two', async () => (await page.locator('#faults-list li').count()) === 2);
    assert.equal(await ask('GET', ENTRIES), 403);
    await page.getByRole('button', { name: 'Disarm fault-1' }).click();
    await until('one', async () => (await page.locator('#faults-list li').count()) === 1);
    await page.getByRole('button', { name: 'Disarm all' }).click();
    await page.getByRole('button', { name: 'Disarm all?' }).click();
    await page.getByText('Nothing is armed').waitFor();
    assert.deepEqual((await control('GET', 'faults')).faults, []);
  },

  async takes_coverage_in_as_it_happens({ open, control, ask }) {
    const page = await open();
    const square = (name) => page.locator('#coverage-systems').getByRole('gridcell', { name });
    assert.match(await page.locator('#coverage-count').textContent(), /^0\.0 %/);
    await ask('GET', ENTRIES);
    await square('ci.entry.list: 200, met, 1 ×').waitFor();
    await ask('GET', `${ENTRIES}('zz')`);
    await square(/^ci\.entry\.read: hex illegal 500, met, 1 ×/).waitFor();
    await control('POST', 'faults', { on: { operation: 'ci.entry.list' }, respond: { outcome: 'role_missing' } });
    await ask('GET', ENTRIES);
    await square(/^ci\.entry\.list: role missing 403, met by a fault only/).waitFor();
    assert.match(await page.locator('#coverage-count').textContent(), /· 3 of /);
    const told = await control('GET', 'coverage');
    assert.equal(told.met, 3);
    await square('ci.entry.list: 200, met, 1 ×').hover();
    assert.match(await page.locator('#coverage-named').textContent(), /ci\.entry\.list: 200, met/);
    await page.locator('#coverage').getByLabel('met only').check();
    assert.equal(await page.locator('#coverage-systems .square').count(), 3);
    await page.locator('#coverage').getByRole('button', { name: 'Forget' }).click();
    await page.locator('#coverage').getByRole('button', { name: 'Forget what was met?' }).click();
    await until('nothing met', async () => /· 0 of /.test(await page.locator('#coverage-count').textContent()));
  },

  async forks_keeps_resets_and_drops_worlds({ base, open, control, ask }) {
    const page = await open();
    const panel = page.locator('#world-panel');
    await ask('DELETE', entry('sftp-bank'), { headers: { 'X-CSRF-Token': 'none' } });
    await page.locator('#world-menu summary').click();
    await panel.getByLabel('Name of the snapshot').fill('before');
    await panel.getByRole('button', { name: 'Keep' }).click();
    await panel.getByText('before', { exact: true }).waitFor();
    await control('POST', 'clock/advance', { by: '90d' });
    await until('the later time', async () => (await now(page)) === '2026-04-15T08:00:00.000Z');
    await panel.getByRole('button', { name: 'Restore before' }).click();
    await until('the time before', async () => (await now(page)) === '2026-01-15T08:00:00.000Z');
    // By then the menu is drawn anew.
    await page.locator('#said', { hasText: 'Back to before.' }).waitFor();
    await panel.getByLabel('Name of the new world').fill('no good/name');
    await panel.getByRole('button', { name: 'Fork' }).click();
    await panel.locator('.trouble').waitFor();
    assert.match(await panel.locator('.trouble').textContent(), /is no name/);
    await panel.getByLabel('Name of the new world').fill('mine');
    await panel.getByLabel('Fork of').selectOption('scenario:empty');
    await Promise.all([page.waitForURL(`${base}/w/mine/`), panel.getByRole('button', { name: 'Fork' }).click()]);
    await page.locator('body[data-ready]').waitFor();
    assert.equal(await page.title(), 'mine · certmimic');
    assert.match(await page.locator('#certificates-empty').textContent(), /holds no certificates/);
    assert.match(await page.locator('#systems-list').innerText(), /\/w\/mine\/api\/v1/);
    await page.locator('#world-menu summary').click();
    await panel.getByLabel('Scenario', { exact: true }).selectOption('expiring-truststore');
    await panel.getByRole('button', { name: 'Reset' }).click();
    await panel.getByRole('button', { name: 'Reset all?' }).click();
    await certificate(page, 'soon-gone').waitFor();
    await page.locator('#said', { hasText: 'The world is as its scenario says.' }).waitFor();
    // Whoever asks a world that is no more makes it anew: so the page asks nothing any more.
    assert.equal(await (await open({ path: '/w/mine/' })).evaluate(async () => {
      const { get, leaving } = await import(new URL('_certmimic/page/api.js', location));
      leaving.abort();
      return get('info').then(() => 'asked', () => 'not asked');
    }), 'not asked');
    await panel.getByRole('button', { name: 'Drop this world' }).click();
    await Promise.all([page.waitForURL(`${base}/`), panel.getByRole('button', { name: 'Drop it for good?' }).click()]);
    await page.locator('body[data-ready]').waitFor();
    assert.deepEqual((await control('GET', 'worlds')).worlds.map(({ name }) => name), ['default']);
    await control('POST', 'worlds', { name: 'theirs' });
    await page.reload();
    await page.locator('#world option', { hasText: 'theirs' }).waitFor({ state: 'attached' });
    await Promise.all([page.waitForURL(`${base}/w/theirs/`), page.locator('#world').selectOption('theirs')]);
  },

  async loads_and_saves_the_state({ open, control }) {
    const page = await open();
    const panel = page.locator('#world-panel');
    await page.locator('#world-menu summary').click();
    const [saved] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Download' }).click()]);
    assert.equal(saved.suggestedFilename(), 'default.yaml');
    const yaml = readFileSync(await saved.path(), 'utf8');
    assert.match(yaml, /^certmimic: 1$/m);
    const load = (text) => panel.getByLabel('Load').setInputFiles({ name: 'mine.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
    await load('certmimic: 1\nnaem: x\n');
    await panel.locator('.trouble').waitFor();
    assert.match(await panel.locator('.trouble').textContent(), /2:1.*naem/s);
    await load('certmimic: 1\nname: bare\n');
    await page.getByText('This world holds no certificates').waitFor();
    await load(yaml);
    await certificate(page, 'gateway').waitFor();
    assert.equal((await control('GET', 'certificates')).certificates.length, 10);
  },

  async follows_what_others_do({ open, control, ask }) {
    const page = await open();
    await ask('GET', ENTRIES);
    await row(page, 'ci.entry.list').waitFor();
    await control('PUT', 'clock', { now: '2026-01-26T00:00:00Z' });
    await page.locator('#certificates-table tr.expired[data-alias="smtp.mail.example"]').waitFor();
    await control('POST', 'faults', { on: { operation: 'ci.entry.list' }, delay: '1ms' });
    await page.locator('#faults-list li').waitFor();
    await control('PUT', 'state', { certmimic: 1, name: 'bare' });
    await page.getByText('This world holds no certificates').waitFor();
    await page.getByText('Nothing is armed').waitFor();
    await control('POST', 'reset');
    await certificate(page, 'gateway').waitFor();
    await page.getByText('Nothing was asked yet').waitFor();
    await ask('GET', entry('sftp-bank'));
    await row(page, 'ci.entry.read').waitFor();
  },

  async runs_nothing_that_a_name_says({ base, open, ask, control }) {
    const markup = '<img src=x onerror=window.ran=1>';
    await ask('GET', `/api/v1/${encodeURIComponent(markup)}`, { headers: { 'X-Test': markup } });
    await ask('POST', `/apiportal/api/1.0/Management.svc/CertificateStores`, { body: JSON.stringify({ name: markup }), headers: { 'Content-Type': 'application/json' } });
    await ask('GET', `/apiops/projects/${encodeURIComponent(markup)}/certificates/`);
    await control('PUT', 'snapshots/kept');
    const page = await open();
    const held = await page.locator('#certificates-table .name b').allTextContents();
    assert.deepEqual(held, [markup, markup]);
    for (const certificates of [0, 1]) {
      await page.locator('#certificates-table tbody tr:not(.room)').nth(certificates).click();
      await page.locator('dialog').getByText('-----BEGIN').waitFor();
      assert.ok((await page.locator('dialog').textContent()).includes(markup));
      await page.keyboard.press('Escape');
    }
    for (const request of [0, 1, 2]) {
      await page.locator('#requests-table tbody tr:not(.room)').nth(request).click();
      await page.locator('dialog .sides').waitFor();
      await page.keyboard.press('Escape');
    }
    await page.locator('#world-menu summary').click();
    for (const summary of await page.locator('#systems summary').all()) await summary.click();
    assert.ok((await page.locator('#systems').textContent()).includes(markup));
    assert.ok((await page.locator('#faults').textContent()).includes(markup));
    assert.equal(await page.evaluate(() => document.images.length), 0, 'no markup became an element');
    assert.equal(await page.evaluate(() => globalThis.ran), undefined, 'nothing ran');
    // And if it had become one, the policy would not let it run.
    assert.equal(await page.evaluate((text) => { document.body.insertAdjacentHTML('beforeend', text); return new Promise((done) => { setTimeout(() => done(globalThis.ran), 200); }); }, markup), undefined);
    page.wrong = page.wrong.filter((text) => !/Content Security Policy/.test(text));
    assert.ok(base);
  },

  async passes_axe({ open, ask }) {
    await ask('GET', ENTRIES);
    await ask('GET', `${ENTRIES}('zz')`);
    for (const colorScheme of ['light', 'dark']) {
      for (const viewport of [{ width: 1600, height: 1000 }, { width: 360, height: 800 }]) {
        const page = await open({ colorScheme, viewport });
        const where = `${colorScheme}, ${viewport.width} px`;
        const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(background, colorScheme === 'light' ? 'rgb(243, 245, 245)' : 'rgb(18, 21, 24)');
        assert.deepEqual(await findings(page), [], where);
        for (const summary of await page.locator('#systems summary').all()) await summary.click();
        await page.getByLabel('by system').check();
        await page.locator('#world-menu summary').click();
        await page.locator('#world-panel fieldset').first().waitFor();
        assert.deepEqual(await findings(page), [], `${where}, all open`);
        await page.keyboard.press('Escape');
        await row(page, 'hex illegal').click();
        await page.locator('dialog .sides').waitFor();
        assert.deepEqual(await findings(page), [], `${where}, a request`);
        await page.keyboard.press('Escape');
        await certificate(page, 'gateway').click();
        await page.locator('dialog').getByText('-----BEGIN').waitFor();
        assert.deepEqual(await findings(page), [], `${where}, a certificate`);
        await page.context().close();
      }
    }
  },

  async is_used_by_keyboard_alone({ open, control, ask }) {
    for (const number of [1, 2, 3]) await ask('GET', `${ENTRIES}('z${number}')`);
    const page = await open();
    await row(page, 'hex').waitFor();
    // Every stop can be seen, and every section is reached; thousands of rows are one stop.
    const seen = new Set();
    let first;
    let stops = 0;
    for (; stops < 150; stops += 1) {
      await page.keyboard.press('Tab');
      const here = await focused(page);
      if (here.tag === 'BODY' || JSON.stringify(here) === first) break;
      first ??= JSON.stringify(here);
      assert.ok(here.outlined, `the focus on ${here.tag} "${here.text}" cannot be seen`);
      seen.add(here.section);
    }
    assert.ok(stops < 100, `${stops} stops`);
    for (const section of ['bar', 'requests', 'certificates', 'coverage', 'faults', 'systems']) assert.ok(seen.has(section), section);
    await page.keyboard.press('/');
    assert.equal((await focused(page)).section, 'requests');
    await page.keyboard.type('z2');
    await until('one row', async () => (await page.locator('#requests-table tbody tr:not(.room)').count()) === 1);
    await tabTo(page, 'a request', ({ tag, section }) => tag === 'TR' && section === 'requests');
    await page.keyboard.press('Enter');
    await page.locator('dialog .sides').waitFor();
    await tabTo(page, 'Arm this outcome', ({ text }) => text === 'Arm this outcome');
    await page.keyboard.press('Enter');
    assert.equal((await focused(page)).text, 'Arm');
    await page.keyboard.press('Enter');
    await page.locator('#faults-list li').waitFor();
    await tabTo(page, 'Disarm', ({ text }) => text === 'Disarm fault-1', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is armed').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await tabTo(page, 'a request', ({ tag, section }) => tag === 'TR' && section === 'requests');
    for (const [key, text] of [['ArrowDown', 'z2'], ['End', 'z1'], ['Home', 'z3'], ['PageDown', 'z1'], ['ArrowUp', 'z2']]) {
      await page.keyboard.press(key);
      assert.ok((await focused(page)).text.includes(text), `${key} leads to ${(await focused(page)).text}`);
    }
    await page.keyboard.press('Enter');
    await page.locator('dialog .sides').waitFor();
    await page.keyboard.press('j');
    await page.locator('dialog h2', { hasText: 'z1' }).waitFor();
    await page.keyboard.press('Escape');
    assert.ok((await focused(page)).text.includes('z2'), 'the focus is where it was');
    await page.locator('#coverage-systems').focus();
    await tabTo(page, 'a square', ({ tag, section }) => tag === 'SPAN' && section === 'coverage');
    await page.keyboard.press('ArrowDown');
    assert.match(await page.locator('#coverage-named').textContent(), /^ci\.entry\.list: 200/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    assert.equal((await focused(page)).text, 'Arm');
    await tabTo(page, 'the clock', ({ text }) => text === '+30 d', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await until('thirty days', async () => (await now(page)) === '2026-02-14T08:00:00.000Z');
    await tabTo(page, 'the menu', ({ text }) => text === 'Manage', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, 'the name of a snapshot', ({ text }) => text === 'Name of the snapshot');
    await page.keyboard.type('kept');
    await page.keyboard.press('Enter');
    await until('the snapshot', async () => (await control('GET', 'snapshots')).snapshots.includes('kept'));
    await page.keyboard.press('Escape');
    assert.equal((await focused(page)).text, 'Manage');
  },

  async fits_narrow_and_wide_windows({ open, ask }) {
    await ask('GET', `${ENTRIES}('a-rather-long-alias-that-nobody-sent-as-hexadecimal.example.com')`);
    for (const width of [320, 360, 600, 900, 1280, 1600, 2560]) {
      const page = await open({ viewport: { width, height: 900 } });
      for (const summary of await page.locator('#systems summary').all()) await summary.click();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${width} px: ${over} px too wide`);
      const [requests, certificates] = await Promise.all(['#requests', '#certificates'].map((section) => page.locator(section).boundingBox()));
      assert.equal(certificates.y > requests.y, width < 1280, `${width} px: stacked where it is narrow`);
      await page.context().close();
    }
  },

  async bears_thousands_of_rows({ base, open }) {
    const asking = async (from) => { for (let number = from; number < 10_000; number += 8) await (await fetch(`${base}/api/v1/${number % 10 === 0 ? 'Nothing' : 'KeystoreEntries'}/$count?n=${number}`, { headers: { Authorization: 'Bearer x' } })).arrayBuffer(); };
    await Promise.all([...Array(8).keys()].map(asking));
    const page = await open({ ready: false });
    await page.locator('body[data-ready]').waitFor({ timeout: 60_000 });
    assert.match(await page.locator('#certificates-count').textContent(), /^6,000/);
    assert.match(await page.locator('#requests-count').textContent(), /^10,000/);
    assert.ok(await page.evaluate(() => document.querySelectorAll('.scroller tbody tr').length) < 150, 'only what can be seen is there');
    // The best of several tries: what is measured is the page, not what else the machine does.
    const best = async (work) => {
      const times = [];
      for (let left = 5; left > 0; left -= 1) times.push(await page.evaluate(work));
      return Math.min(...times);
    };
    const typed = await best(() => new Promise((done) => {
      const field = document.querySelector('#requests input[type=search]');
      field.value = field.value ? '' : 'nothing';
      const start = performance.now();
      field.dispatchEvent(new Event('input'));
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    }));
    assert.ok(typed < 150, `a letter in the search takes ${typed} ms`);
    const filtered = await best(() => new Promise((done) => {
      const field = document.querySelector('#certificates input[type=search]');
      field.value = field.value ? '' : 'store-3';
      const start = performance.now();
      field.dispatchEvent(new Event('input'));
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    }));
    assert.ok(filtered < 150, `a letter in the search of certificates takes ${filtered} ms`);
    for (const name of ['requests', 'certificates']) {
      const scrolled = await best(`new Promise((done) => {
        const scroller = document.getElementById('${name}-scroller');
        const start = performance.now();
        scroller.scrollTop = scroller.scrollHeight * Math.random();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
      })`);
      assert.ok(scrolled < 150, `${name}: a scroll takes ${scrolled} ms`);
      await page.locator(`#${name}-scroller`).evaluate((scroller) => { scroller.scrollTop = scroller.scrollHeight; });
      await until('the last row', async () => page.evaluate((table) => {
        const body = document.querySelector(`#${table}-table`);
        return Number([...body.querySelectorAll('tr:not(.room)')].at(-1).getAttribute('aria-rowindex')) === Number(body.getAttribute('aria-rowcount'));
      }, name));
    }
    await page.locator('#requests input[type=search]').fill('');
    await page.locator('#requests-count', { hasText: /^10,000/ }).waitFor();
    // What is in view stays there while others come in above it. The rows are drawn after the scroll, so that those of before are
    // in the document for a moment, far below.
    const inView = () => page.evaluate(() => {
      const scroller = document.getElementById('requests-scroller');
      const { top, bottom } = scroller.getBoundingClientRect();
      const places = [...scroller.querySelectorAll('tbody tr:not(.room)')].map((row) => [row.dataset.number, row.getBoundingClientRect().top]);
      return places.find(([, place]) => place > top + 40 && place < bottom - 40);
    });
    await page.locator('#requests-scroller').evaluate((scroller) => { scroller.scrollTop = 5000; });
    await until('rows', async () => Boolean(await inView()));
    const [number, place] = await inView();
    for (const late of [1, 2, 3]) await (await fetch(`${base}/api/v1/KeystoreEntries/$count?late=${late}`, { headers: { Authorization: 'Bearer x' } })).arrayBuffer();
    await until('the late ones above', async () => page.locator('#requests-scroller').evaluate((scroller) => scroller.scrollTop > 5075));
    const moved = await page.locator(`#requests-table tr[data-number="${number}"]`).evaluate((row, from) => row.getBoundingClientRect().top - from, place);
    assert.ok(Math.abs(moved) < 2, `the row in view has moved by ${moved} px`);
  },

  async has_curl_lines_that_work({ open }) {
    const page = await open();
    for (const summary of await page.locator('#systems summary').all()) await summary.click();
    const lines = await page.locator('#systems pre').allTextContents();
    assert.equal(lines.length, 4);
    for (const line of lines) assert.match(execFileSync('sh', ['-c', `${line} -w '\\n%{http_code}'`], { encoding: 'utf8' }), /\n200$/, line);
  },

  async pictures({ open, ask, control, images }) {
    const call = { headers: { 'Content-Type': 'application/json' } };
    await ask('GET', ENTRIES);
    await ask('GET', entry('smtp.mail.example'));
    await ask('GET', `${ENTRIES}('smtp.mail.example')`);
    const references = '/apiportal/api/1.0/Management.svc/CertificateStoreReferences';
    await ask('POST', references, { ...call, body: JSON.stringify({ name: 'shop', certificateStoreName: 'partners' }) });
    await ask('POST', references, { ...call, body: JSON.stringify({ name: 'shop', certificateStoreName: 'partners' }) });
    await ask('DELETE', "/apiportal/api/1.0/Management.svc/CertificateStores('partners')");
    await ask('GET', '/apiops/projects/MyProject/certificates/', { headers: { Authorization: 'Bearer x' } });
    await ask('GET', '/apiops/projects/MyProject/certificates/no-such/', { headers: { Authorization: 'Bearer x' } });
    await control('POST', 'faults', { on: { operation: 'ci.certificate.export' }, times: 2, respond: { outcome: 'keystore_locked' } });
    await ask('GET', `${entry('smtp.mail.example')}/Certificate/$value`);
    await ask('PUT', `/api/v1/CertificateResources('${hex('new')}')/$value`);
    await ask('GET', '/apiops/projects/MyProject/keystores/', { headers: { Authorization: 'Bearer x' } });
    for (const colorScheme of ['light', 'dark']) {
      const page = await open({ colorScheme, viewport: { width: 1440, height: 900 } });
      await page.screenshot({ path: `${images}/page-${colorScheme}.png` });
    }
  },
};
