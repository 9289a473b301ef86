// SPDX-License-Identifier: Apache-2.0
// What the plots show. The server keeps no history for this page: the page samples its metrics while it is open, and keeps the
// samples of this tab's last hours. A reload keeps them too: they are numbers, of nobody in particular.
import { metrics } from './server.js';

const EVERY = 10_000;
const MOST = 6 * 360;
const KEPT = 'mailroom-samples';

const NAMES = {
  answered: 'mailroom_searches_answered_total',
  worked: 'mailroom_searches_worked_milliseconds_total',
  running: 'mailroom_searches_running',
  waiting: 'mailroom_searches_waiting',
  indexed: 'mailroom_indexing_messages_total',
  pending: 'mailroom_indexing_pending_changes',
  octets: 'mailroom_index_octets',
  open: 'mailroom_index_open',
  troubled: 'mailroom_index_troubled',
  scanned: 'mailroom_searches_scanned_total',
  deadline: 'mailroom_searches_deadline_total',
  refused: 'mailroom_searches_refused_total',
  failed: 'mailroom_searches_failed_total',
  differences: 'mailroom_selfcheck_differences_total',
  compared: 'mailroom_selfcheck_searches_total',
};

let samples = load();
let problem;
let listeners = [];
let timer = 0;

function load() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((sample) => Date.now() - sample.time < MOST * EVERY) : [];
  } catch {
    return [];
  }
}

/** The values of metrics in the text form of Prometheus, without those that have labels. */
export function parse(text) {
  const values = new Map();
  for (const line of text.split('\n')) {
    const found = /^([a-z_]\w*) (\S+)/i.exec(line);
    if (found) {
      values.set(found[1], Number(found[2]));
    }
  }
  return values;
}

async function sample() {
  try {
    const values = parse(await metrics());
    const taken = { time: Date.now() };
    for (const [key, name] of Object.entries(NAMES)) {
      taken[key] = values.get(name);
    }
    samples = [...samples.slice(1 - MOST), taken];
    problem = undefined;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(samples));
    } catch {
      // no room: the samples of this page's life have to do
    }
  } catch (error) {
    problem = error;
  }
  listeners.forEach((listener) => listener());
}

/** Begins to sample, once. */
export function start() {
  if (timer === 0) {
    sample();
    timer = setInterval(sample, EVERY);
  }
}

export function stop() {
  clearInterval(timer);
  timer = 0;
}

export function listen(listener) {
  listeners.push(listener);
  return () => {
    listeners = listeners.filter((each) => each !== listener);
  };
}

export const now = () => ({ samples, problem });

/** The change of a counter per `seconds`, between neighbouring samples; a restart of the server leaves a gap. */
export function rate(key, seconds) {
  return samples.map((sample, index) => {
    const before = samples[index - 1];
    const more = before && sample[key] - before[key];
    return more >= 0 ? (more * seconds * 1000) / (sample.time - before.time) : null;
  });
}

/** How much of one counter came for each of another. */
export function each(key, by) {
  return samples.map((sample, index) => {
    const before = samples[index - 1];
    const more = before && sample[by] - before[by];
    return more > 0 ? (sample[key] - before[key]) / more : null;
  });
}

export const level = (key) => samples.map((sample) => sample[key] ?? null);
export const times = () => samples.map((sample) => sample.time / 1000);
