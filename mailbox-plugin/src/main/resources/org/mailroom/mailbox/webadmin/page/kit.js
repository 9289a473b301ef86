// SPDX-License-Identifier: Apache-2.0
// The libraries, which are scripts that define globals, as a module; and what every view needs of them.
const { h, render } = globalThis.preact;
export const { useState, useEffect, useLayoutEffect, useRef, useMemo } = globalThis.preactHooks;
export const html = globalThis.htm.bind(h);
export const Plot = globalThis.uPlot;
export { render };

/** Tells users of screen readers what has happened. */
export function announce(text) {
  document.getElementById('said').textContent = text;
}

/**
 * Asks the server when the view appears, and again where `keys` change or `again` is called. The answer to an older question
 * is dropped. `every` is in milliseconds: asks again and again while somebody can see the page.
 */
export function useAnswer(question, keys = [], every = 0) {
  const [state, setState] = useState({ busy: true });
  const [turn, setTurn] = useState(0);
  const asked = keys.concat(turn);
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    const go = async () => {
      if (!document.hidden || every === 0) {
        setState((before) => ({ ...before, busy: true }));
        try {
          const answer = await question(abort.signal);
          if (abort.signal.aborted) {
            return;
          }
          setState({ answer, busy: false });
        } catch (error) {
          if (abort.signal.aborted) {
            return;
          }
          setState((before) => ({ answer: before.answer, error, busy: false }));
        }
      }
      if (every > 0 && !abort.signal.aborted) {
        timer = setTimeout(go, every);
      }
    };
    go();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, asked);
  return { ...state, again: () => setTurn((before) => before + 1) };
}

/** For what somebody starts with a button: `run(work)` shows its error, and no second one starts meanwhile. */
export function useWork() {
  const [state, setState] = useState({ busy: false });
  const run = async (work) => {
    setState({ busy: true });
    try {
      const answer = await work();
      setState({ busy: false, answer });
      return answer;
    } catch (error) {
      setState({ busy: false, error });
      return undefined;
    }
  };
  return { ...state, run, clear: () => setState({ busy: false }) };
}
