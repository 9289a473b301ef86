// SPDX-License-Identifier: Apache-2.0
// What the views are put together from.
import { html, useEffect, useRef, useState } from './kit.js';
import { number } from './format.js';

/** What went wrong, in the server's words. */
export function Problem({ error }) {
  return error && html`<div class="note bad" role="alert">
    <strong>${error.message}</strong>
    ${error.details && html`<div class="pre">${error.details}</div>`}
  </div>`;
}

export function Note({ kind = '', children }) {
  return html`<div class=${`note ${kind}`}>${children}</div>`;
}

let fields = 0;

/** A labelled control; the child is a function that gets the attributes which tie it to its label and its hint. */
export function Field({ label, hint, wide, children }) {
  const id = useRef(`field-${++fields}`).current;
  return html`<div class=${wide ? 'field wide' : 'field'}>
    <label for=${id}>${label}</label>
    ${children({ id, 'aria-describedby': hint ? `${id}-hint` : undefined })}
    ${hint && html`<small id=${`${id}-hint`}>${hint}</small>`}
  </div>`;
}

export function Text({ label, hint, wide, value, onText, ...rest }) {
  return html`<${Field} label=${label} hint=${hint} wide=${wide}>
    ${(tied) => html`<input type="text" autocomplete="off" spellcheck=${false} ...${rest} ...${tied} value=${value}
      onInput=${(event) => onText(event.currentTarget.value)} />`}
  <//>`;
}

export function Choice({ label, hint, value, options, onChoice }) {
  return html`<${Field} label=${label} hint=${hint}>
    ${(tied) => html`<select ...${tied} value=${value} onChange=${(event) => onChoice(event.currentTarget.value)}>
      ${options.map(([key, text]) => html`<option value=${key} key=${key}>${text}</option>`)}
    </select>`}
  <//>`;
}

export function Tick({ label, hint, value, onTick }) {
  const id = useRef(`field-${++fields}`).current;
  return html`<div class="tick">
    <input type="checkbox" id=${id} checked=${value} aria-describedby=${hint ? `${id}-hint` : undefined}
      onChange=${(event) => onTick(event.currentTarget.checked)} />
    <label for=${id}>${label}</label>
    ${hint && html`<small id=${`${id}-hint`}>${hint}</small>`}
  </div>`;
}

/** A form that a press of Enter sends, and that sends nothing by itself. */
export function Form({ label, onSend, children }) {
  return html`<form aria-label=${label} onSubmit=${(event) => {
    event.preventDefault();
    onSend();
  }}>${children}</form>`;
}

/**
 * A table that can be sorted by the columns that have a `by`, and turns into a list of cards on a narrow screen.
 * `columns`: title, cell(row), and perhaps by(row), numeric. `first`: the number of the column it is sorted by, if any. `rows` may
 * be undefined, as long as the server has not answered.
 */
export function Table({ caption, columns, rows, rowKey, empty = 'Nothing.', first, descending = false, most = 50 }) {
  const [order, setOrder] = useState({ column: first, descending });
  const [shown, setShown] = useState(most);
  if (rows === undefined) {
    return html`<p class="faint">Loading …</p>`;
  }
  const by = columns[order.column]?.by;
  const sorted = by ? [...rows].sort((one, other) => compare(by(one), by(other)) * (order.descending ? -1 : 1)) : rows;
  if (rows.length === 0) {
    return html`<p class="faint">${empty}</p>`;
  }
  const turn = (column) => setOrder({
    column,
    descending: order.column === column ? !order.descending : Boolean(columns[column].numeric),
  });
  return html`<div class="table">
    <table role="table">
      <caption class="unseen">${caption}</caption>
      <thead role="rowgroup"><tr role="row">
        ${columns.map((column, index) => html`<th role="columnheader" scope="col" key=${column.title}
          class=${column.numeric ? 'numeric' : ''}
          aria-sort=${order.column === index && by ? (order.descending ? 'descending' : 'ascending') : undefined}>
          ${column.by ? html`<button type="button" class="sort" onClick=${() => turn(index)}>${column.title}</button>`
    : column.title || html`<span class="unseen">Actions</span>`}
        </th>`)}
      </tr></thead>
      <tbody role="rowgroup">
        ${sorted.slice(0, shown).map((row, index) => html`<tr role="row" key=${rowKey ? rowKey(row) : index}>
          ${columns.map((column) => html`<td role="cell" key=${column.title} data-label=${column.title}
            class=${column.numeric ? 'numeric' : ''}>${column.cell(row)}</td>`)}
        </tr>`)}
      </tbody>
    </table>
    ${sorted.length > shown && html`<p>
      ${number(shown)} of ${number(sorted.length)} shown.
      <button type="button" class="plain" onClick=${() => setShown(shown + most)}>Show more</button>
    </p>`}
  </div>`;
}

function compare(one, other) {
  if (typeof one === 'number' && typeof other === 'number') {
    return one - other;
  }
  return String(one ?? '').localeCompare(String(other ?? ''));
}

/** Names and values. Those without a value are left out. */
export function Facts({ facts }) {
  return html`<dl class="facts">
    ${facts.filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** `share` is from 0 to 1. */
export function Progress({ label, share }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return html`<span class="progress"><progress max="100" value=${percent} aria-label=${label}></progress> ${percent} %</span>`;
}

const SHAPES = { good: '●', warn: '▲', bad: '✖', calm: '○' };

/** A state, in a word and a shape and not in a colour alone. */
export function State({ kind, children }) {
  return html`<span class=${`state ${kind}`}><span aria-hidden="true">${SHAPES[kind]}</span> ${children}</span>`;
}

/** A button that asks before it does what cannot be taken back lightly. */
export function Careful({ text, question, detail, onYes, busy, kind = 'danger' }) {
  const dialog = useRef(null);
  return html`<button type="button" class=${kind} disabled=${busy} onClick=${() => dialog.current.showModal()}>${text}</button>
    <dialog ref=${dialog} aria-label=${question}>
      <p><strong>${question}</strong></p>
      ${detail && html`<p>${detail}</p>`}
      <p class="buttons">
        <button type="button" class=${kind} onClick=${() => {
    dialog.current.close();
    onYes();
  }}>${text}</button>
        <button type="button" class="plain" onClick=${() => dialog.current.close()}>Leave it</button>
      </p>
    </dialog>`;
}

/** The heading of a view, which gets the focus when the view appears. */
export function Heading({ children }) {
  const heading = useRef(null);
  useEffect(() => {
    heading.current.focus();
  }, []);
  return html`<h1 tabindex="-1" ref=${heading}>${children}</h1>`;
}

/** Users to choose from while typing. */
export function UserNames({ id, names }) {
  return html`<datalist id=${id}>${names.slice(0, 1000).map((name) => html`<option value=${name} key=${name}></option>`)}</datalist>`;
}
