// SPDX-License-Identifier: Apache-2.0
// The searches that run or wait, and those that were slow while the page was open.
import { announce, html, useAnswer, useRef, useState, useWork } from './kit.js';
import { cancelSearch, searches } from './server.js';
import { Choice, Heading, Problem, State, Table } from './parts.js';
import { milliseconds, number, time } from './format.js';

const REMEMBERED = 200;
const keys = (search) => Object.entries(search.keys).map(([key, times]) => (times > 1 ? `${key} × ${times}` : key)).join(', ');
const total = (search) => search.workedMillis + search.waitedMillis + search.indexingMillis;

const COLUMNS = [
  { title: 'User', by: (row) => row.user, cell: (row) => html`<a href=${`#/users/${encodeURIComponent(row.user)}`}>${row.user}</a>` },
  { title: 'Keys', cell: keys },
  { title: 'Since', by: (row) => row.since, cell: (row) => time(row.since) },
  { title: 'Worked', numeric: true, by: (row) => row.workedMillis, cell: (row) => milliseconds(row.workedMillis) },
  { title: 'Waited', numeric: true, by: (row) => row.waitedMillis, cell: (row) => milliseconds(row.waitedMillis) },
  { title: 'Indexing', numeric: true, by: (row) => row.indexingMillis, cell: (row) => milliseconds(row.indexingMillis) },
  { title: 'Words', numeric: true, by: (row) => row.terms, cell: (row) => number(row.terms) },
  { title: 'Messages read', numeric: true, by: (row) => row.messages, cell: (row) => number(row.messages) },
];

export function Searches() {
  const [limit, setLimit] = useState('1000');
  const slow = useRef(new Map());
  const { run, error: notCancelled, busy } = useWork();
  const { answer, error, again } = useAnswer(async (signal) => {
    const running = await searches(signal);
    for (const search of running) {
      if (total(search) >= Number(limit)) {
        slow.current.delete(search.id);
        slow.current.set(search.id, search);
      }
    }
    for (const id of [...slow.current.keys()].slice(0, -REMEMBERED)) {
      slow.current.delete(id);
    }
    return running;
  }, [limit], 1000);
  const now = new Set((answer ?? []).map((search) => search.id));
  const ended = [...slow.current.values()].filter((search) => !now.has(search.id)).reverse();
  const cancel = (search) => run(async () => {
    await cancelSearch(search.id);
    announce(`The search of ${search.user} is cancelled`);
    again();
  });
  const state = (search) => html`<${State} kind=${total(search) >= Number(limit) ? 'warn' : search.state === 'running' ? 'good' : 'calm'}>
    ${search.state}<//>`;
  return html`<${Heading}>Searches<//>
    <p>What users search for is not shown. A cancelled search is answered with a NO that says so.</p>
    <${Problem} error=${error ?? notCancelled} />
    <section aria-labelledby="now"><h2 id="now">Now</h2>
      <${Table} caption="Searches that run or wait" rows=${error && !answer ? [] : answer} rowKey=${(row) => row.id} empty="No search runs or waits."
        columns=${[COLUMNS[0], { title: 'State', cell: state }, ...COLUMNS.slice(1), { title: '', cell: (row) => html`
          <button type="button" class="danger small" disabled=${busy} onClick=${() => cancel(row)}>Cancel<span class="unseen"> the search of ${row.user}</span></button>` }]} />
    </section>
    <section aria-labelledby="slow"><h2 id="slow">Slow, ended</h2>
      <div class="bar"><${Choice} label="Slow is from" value=${limit} onChoice=${setLimit}
        options=${[['200', '0.2 seconds'], ['1000', '1 second'], ['5000', '5 seconds'], ['20000', '20 seconds']]} /></div>
      <${Table} caption="Searches that were slow" rows=${ended} rowKey=${(row) => row.id} columns=${COLUMNS}
        empty="None since you came to this view." />
      <p class="faint">Seen while this view is open, once a second. The log <code>org.mailroom.slow-search</code> has all of them.</p>
    </section>`;
}
