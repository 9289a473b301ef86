// SPDX-License-Identifier: Apache-2.0
// A text with numbered lines, and what the server says of them beside the line.
import { html, useRef, useState } from './kit.js';
import { Problem } from './parts.js';

/** The problems that the server found: `line 3, rule 'Invoices': reason`, one a line. */
export function problems(error) {
  return (error?.message ?? '').split('\n')
    .map((text) => /line (\d+)(?:, rule '(.*?)')?: (.*)$/.exec(text))
    .filter((found) => found !== null)
    .map(([, line, rule, reason]) => ({ line: Number(line), rule, reason }));
}

export function Editor({ text, onText, error, name }) {
  const area = useRef(null);
  const [scrolled, setScrolled] = useState(0);
  const lines = text.split('\n');
  const found = problems(error);
  const at = (line) => found.filter((problem) => problem.line === line);

  const go = (line) => {
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.current.focus();
    area.current.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  };
  const open = async (event) => {
    const [file] = event.currentTarget.files;
    if (file) {
      onText(await file.text());
    }
  };
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/xml' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const column = { transform: `translateY(${-scrolled}px)` };
  return html`<div class="editor">
      <div class="lines" aria-hidden="true"><div style=${column}>${lines.map((line, index) => html`<div key=${index}
        class=${at(index + 1).length > 0 ? 'wrong' : ''}>${index + 1}</div>`)}</div></div>
      <textarea ref=${area} aria-label=${`Text of ${name}`} aria-invalid=${found.length > 0} aria-describedby="problems" wrap="off"
        spellcheck=${false} autocapitalize="off" rows=${Math.min(30, Math.max(8, lines.length + 1))} value=${text}
        onInput=${(event) => onText(event.currentTarget.value)} onScroll=${(event) => setScrolled(event.currentTarget.scrollTop)}></textarea>
      ${found.length > 0 && html`<div class="beside" aria-hidden="true"><div style=${column}>${lines.map((line, index) => html`<div key=${index}
        title=${at(index + 1).map((problem) => problem.reason).join(' ')}>${at(index + 1).map((problem) => problem.reason).join(' ')}</div>`)}</div></div>`}
    </div>
    <div id="problems">
      ${found.length > 0 ? html`<div class="note bad" role="alert"><strong>${found.length === 1 ? 'One mistake' : `${found.length} mistakes`}</strong>
        <ul class="plain-list">${found.map((problem, index) => html`<li key=${index}>
          <button type="button" class="plain small" onClick=${() => go(problem.line)}>Line ${problem.line}</button>
          ${problem.rule && html` <strong>${problem.rule}:</strong>`} ${problem.reason}</li>`)}</ul></div>`
    : html`<${Problem} error=${error} />`}
    </div>
    <p class="buttons">
      <label class="button plain">Open a file<input type="file" class="unseen" accept=".xml,application/xml,text/xml" onChange=${open} /></label>
      <button type="button" class="plain" onClick=${save}>Save to a file</button>
    </p>`;
}
