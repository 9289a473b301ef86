// SPDX-License-Identifier: Apache-2.0
// Numbers and times for people to read.
const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export const number = (value) => (value === undefined || value === null ? '' : whole.format(value));
export const figure = (value) => (Number.isFinite(value) ? short.format(value) : '–');

/** `1 message`, `2 messages`. */
export const count = (value, word, words = `${word}s`) => `${number(value)} ${value === 1 ? word : words}`;

export function octets(value) {
  if (value === undefined || value === null) {
    return '';
  }
  let rest = value;
  for (const unit of ['B', 'KB', 'MB', 'GB']) {
    if (rest < 1000) {
      return `${rest < 10 && unit !== 'B' ? rest.toFixed(1) : Math.round(rest)} ${unit}`;
    }
    rest /= 1000;
  }
  return `${rest.toFixed(1)} TB`;
}

export function milliseconds(value) {
  if (!Number.isFinite(value)) {
    return '–';
  }
  return value < 1000 ? `${short.format(value)} ms` : value < 120000 ? `${short.format(value / 1000)} s`
    : `${Math.round(value / 60000)} min`;
}

/** James writes an offset without a colon, which not every browser reads. */
const date = (value) => new Date(typeof value === 'string' ? value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : value);

export const time = (value) => (value ? when.format(date(value)) : '');
export const timeOfDay = (value) => clock.format(date(value));

export function ago(value) {
  if (!value) {
    return '';
  }
  const seconds = (date(value).getTime() - Date.now()) / 1000;
  for (const [unit, size] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (Math.abs(seconds) >= size) {
      return relative.format(Math.trunc(seconds / size), unit);
    }
  }
  return relative.format(Math.trunc(seconds), 'second');
}
