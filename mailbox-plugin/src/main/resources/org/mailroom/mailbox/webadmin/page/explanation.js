// SPDX-License-Identifier: Apache-2.0
// Why a search finds a message, or does not: key by key.
import { html } from './kit.js';
import { Facts, Note, State, Table } from './parts.js';
import { number, octets, time } from './format.js';

const SAYS = { true: ['good', 'matches'], false: ['bad', 'does not match'] };

function Verdict({ explained }) {
  const { matches, found, agree } = explained;
  if (!agree) {
    return html`<${Note} kind="bad"><strong>The search ${found ? 'finds' : 'does not find'} this message, and should ${found ? 'not' : ''}.</strong>${' '}
      This is a fault of Mailroom: please report it. <em>Rebuild</em> of the user's index repairs it.<//>`;
  }
  if (found === null || found === undefined) {
    return html`<${Note} kind="warn"><strong>The search is refused:</strong> it depends on text past a limit.<//>`;
  }
  return html`<p class="verdict"><${State} kind=${found ? 'good' : 'bad'}>${found ? 'The search finds this message.' : 'The search does not find this message.'}<//>
    ${matches === null && html` <span class="faint">Whether it should, depends on text past a limit.</span>`}</p>`;
}

/** The words around a place. They are text, whatever stands in them. */
function Place({ place }) {
  return html`<span class="place"><span class="faint">in ${place.in}:</span> <q>…${place.before}<mark>${place.found}</mark>${place.after}…</q></span>`;
}

function Key({ node }) {
  const [kind, says] = SAYS[node.matches] ?? ['warn', 'cannot be told: text past a limit'];
  const apart = node.found !== null && node.found !== undefined && node.matches !== null && node.found !== node.matches;
  return html`<li>
    <code>${node.key}</code> <${State} kind=${kind}>${says}<//>
    ${apart && html`<${State} kind="bad">the index says otherwise<//>`}
    ${node.sought !== null && html`<div class="faint">looked for as <code>${node.sought}</code></div>`}
    ${node.places.length > 0 && html`<ul class="places">${node.places.map((place, index) => html`<li key=${index}><${Place} place=${place} /></li>`)}</ul>`}
    ${node.nearest && html`<div>Nearest: <${Place} place=${node.nearest} />${node.missing !== null
      && html` – then <code class="missing">${node.missing}</code> would have to follow`}</div>`}
    ${!node.nearest && node.missing !== null && html`<div>Missing: <code class="missing">${node.missing}</code></div>`}
    ${node.actual !== null && html`<div>The message has <code>${node.actual}</code></div>`}
    ${node.keys.length > 0 && html`<ul class="keys">${node.keys.map((each, index) => html`<${Key} node=${each} key=${index} />`)}</ul>`}
  </li>`;
}

export function Explanation({ explained }) {
  const name = `${explained.mailbox}, uid ${explained.uid}`;
  return html`<article class="card explanation" aria-label=${`Explanation for ${name}`}>
    <h3>${name}</h3>
    <${Verdict} explained=${explained} />
    ${[...explained.notes, ...explained.gaps].map((text) => html`<${Note} kind="warn" key=${text}>${text}<//>`)}
    <ul class="keys">${html`<${Key} node=${explained.explanation} />`}</ul>
    <details>
      <summary>How the message was read</summary>
      <${Facts} facts=${[['Arrived', time(explained.internalDate)], ['Size', octets(explained.size)], ['Flags', explained.flags.join(' ') || 'none']]} />
      <${Table} caption="Parts of the message" rows=${explained.parts} empty="It has no parts with text." columns=${[
    { title: 'Type', cell: (part) => part.type },
    { title: 'Charset', cell: (part) => (part.declaredCharset ? `${part.declaredCharset}, read as ${part.charset}` : part.charset) },
    { title: 'Encoding', cell: (part) => part.transferEncoding },
    { title: 'File', cell: (part) => part.fileName },
    { title: 'Characters', numeric: true, cell: (part) => number(part.characters) },
    { title: 'Text begins', cell: (part) => (part.skipped ? html`<${State} kind="warn">${part.skipped}<//>` : html`<q>${part.beginning}</q>`) },
  ]} />
      <p class="faint">Texts are shown as they are compared: in small letters, with accents behind their letters.</p>
    </details>
  </article>`;
}
