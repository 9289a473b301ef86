// SPDX-License-Identifier: Apache-2.0
// Health and load at a glance.
import { html, useAnswer, useEffect, useState } from './kit.js';
import { health } from './server.js';
import * as samples from './samples.js';
import { Line } from './plot.js';
import { Heading, Note, Problem, State } from './parts.js';
import { milliseconds, number, octets, timeOfDay } from './format.js';

const KINDS = { healthy: 'good', degraded: 'warn', unhealthy: 'bad' };

function Health() {
  const { answer, error } = useAnswer(health, [], 15_000);
  if (!answer) {
    return html`<${Problem} error=${error} />`;
  }
  const wrong = answer.checks.filter((check) => check.status !== 'healthy');
  return html`<section aria-labelledby="health">
    <h2 id="health">Health</h2>
    <${Problem} error=${error} />
    <p class="verdict"><${State} kind=${KINDS[answer.status] ?? 'bad'}>James is ${answer.status}<//></p>
    ${wrong.map((check) => html`<${Note} kind=${KINDS[check.status] ?? 'bad'} key=${check.componentName}>
      <strong>${check.componentName}</strong> is ${check.status}: <span class="pre">${check.cause ?? 'no reason is given'}</span>
    <//>`)}
    <details>
      <summary>${number(answer.checks.length)} components</summary>
      <ul class="states">${answer.checks.map((check) => html`<li key=${check.componentName}>
        <${State} kind=${KINDS[check.status] ?? 'bad'}>${check.componentName}<span class="unseen">: ${check.status}</span><//>
      </li>`)}</ul>
    </details>
  </section>`;
}

function Tile({ title, value, wrong }) {
  return html`<div class=${wrong ? 'card tile bad' : 'card tile'}><dt>${title}</dt><dd>${value}</dd></div>`;
}

function Load() {
  const [, redraw] = useState(0);
  useEffect(() => samples.listen(() => redraw((before) => before + 1)), []);
  const { samples: taken, problem } = samples.now();
  const last = taken[taken.length - 1];
  if (problem && !last) {
    return html`<${Note} kind="warn">There are no figures: ${problem.status === 404
      ? html`James's Prometheus route is off. Add <code>org.apache.james.webadmin.dropwizard.MetricsRoutes</code> to${' '}
        <code>extensions.routes</code> in <code>conf/webadmin.properties</code>, and restart James.` : problem.message}<//>`;
  }
  if (!last) {
    return html`<p class="faint">Figures come in a moment.</p>`;
  }
  const times = samples.times();
  return html`
    <${Problem} error=${problem} />
    <dl class="tiles">
      <${Tile} title="Searches running" value=${number(last.running)} />
      <${Tile} title="Searches waiting" value=${number(last.waiting)} />
      <${Tile} title="Changes to index" value=${number(last.pending)} />
      <${Tile} title="Indexes on disk" value=${octets(last.octets)} />
      <${Tile} title="Open indexes" value=${number(last.open)} />
      <${Tile} title="Indexes in trouble" value=${number(last.troubled)} wrong=${last.troubled > 0} />
      <${Tile} title="Searches past deadline" value=${number(last.deadline)} wrong=${last.deadline > 0} />
      <${Tile} title="Searches refused" value=${number(last.refused)} wrong=${last.refused > 0} />
      <${Tile} title="Searches failed" value=${number(last.failed)} wrong=${last.failed > 0} />
      <${Tile} title="Wrong answers found" value=${number(last.differences)} wrong=${last.differences > 0} />
    </dl>
    <p class="faint">Counts since James started. The plots hold what this page has seen since ${timeOfDay(taken[0].time)}, up to six
      hours; leave it open to see more. Prometheus and Grafana keep history.</p>
    <div class="plots">
      <${Line} title="Searches a minute" times=${times} values=${samples.rate('answered', 60)} />
      <${Line} title="Work for a search" times=${times} values=${samples.each('worked', 'answered')} unit=" ms" show=${milliseconds} />
      <${Line} title="Searches running" times=${times} values=${samples.level('running')} />
      <${Line} title="Searches waiting" times=${times} values=${samples.level('waiting')} />
      <${Line} title="Messages indexed a second" times=${times} values=${samples.rate('indexed', 1)} />
      <${Line} title="Changes waiting to be indexed" times=${times} values=${samples.level('pending')} />
    </div>`;
}

export function Overview() {
  return html`<${Heading}>Overview<//>
    <${Health} />
    <section aria-labelledby="load"><h2 id="load">Load</h2><${Load} /></section>`;
}
