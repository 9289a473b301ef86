// SPDX-License-Identifier: Apache-2.0
// A line over time, with what it says in words for those who do not see it.
import { html, Plot, useEffect, useRef, useState } from './kit.js';
import { figure, timeOfDay } from './format.js';

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function options(width, unit) {
  const axis = { stroke: colour('--faint'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
  return {
    width,
    height: 130,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (plot, least, most) => [0, most > 0 ? most * 1.15 : 1] } },
    axes: [
      { ...axis, values: (plot, ticks) => ticks.map((tick) => timeOfDay(tick * 1000)), space: 80, size: 30 },
      { ...axis, size: 48, values: (plot, ticks) => ticks.map((tick) => figure(tick) + unit) },
    ],
    series: [{}, { stroke: colour('--accent'), fill: colour('--accent-soft'), width: 2, points: { show: false } }],
  };
}

/** `show` turns a value into words. */
export function Line({ title, times, values, unit = '', show = figure }) {
  const place = useRef(null);
  const plot = useRef(null);
  const [scheme, setScheme] = useState(0);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const change = () => setScheme((before) => before + 1);
    dark.addEventListener('change', change);
    return () => dark.removeEventListener('change', change);
  }, []);
  useEffect(() => {
    plot.current = new Plot(options(place.current.clientWidth, unit), [times, values], place.current);
    const watch = new ResizeObserver(() => plot.current.setSize({ width: place.current.clientWidth, height: 130 }));
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      plot.current.destroy();
    };
  }, [scheme]);
  useEffect(() => {
    plot.current.setData([times, values]);
  }, [times.length, times[times.length - 1]]);

  const known = values.filter((value) => value !== null);
  const last = known[known.length - 1];
  return html`<figure class="card plot">
    <figcaption>
      <span>${title}</span> <strong>${last === undefined ? '–' : show(last)}</strong>
      <span class="unseen">${known.length > 1
    ? `now; between ${show(Math.min(...known))} and ${show(Math.max(...known))} while this page was open` : 'no samples yet'}</span>
    </figcaption>
    <div ref=${place} aria-hidden="true"></div>
  </figure>`;
}
