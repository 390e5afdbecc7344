// What was saved of a plan, taken back and made again: by buttons, or by Ctrl+Z and Ctrl+Y.

const MOST = 50;

/** The steps that were saved in this tab; kept while it is open. */
class Steps {
  constructor(issue) {
    this.key = `bulletin-plan-${issue}`;
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? '{}');
    this.done = kept.done ?? [];
    this.undone = kept.undone ?? [];
  }

  made(steps) {
    if (!steps.length) return;
    this.done.push(steps);
    this.undone = [];
    this.keep();
  }

  /** Take the last one from one pile, and put what taking it back made onto the other. */
  turned(from, steps) {
    from.pop();
    if (steps.length) (from === this.done ? this.undone : this.done).push(steps);
    this.keep();
  }

  keep() {
    const kept = { done: this.done.slice(-MOST), undone: this.undone.slice(-MOST) };
    sessionStorage.setItem(this.key, JSON.stringify(kept));
  }
}

/**
 * Buttons that take back and make again.
 *
 * `send` asks an address with data, shows what is so now, and returns the steps that were made; null without an answer.
 */
export function turning(holder, issue, send) {
  const steps = new Steps(issue);
  const [undo, redo] = [holder.querySelector('[data-take-back]'), holder.querySelector('[data-make-again]')];
  let last = Promise.resolve();

  function show() {
    undo.disabled = !steps.done.length;
    redo.disabled = !steps.undone.length;
  }

  /** What is pressed while a step is under way turns the next one. */
  function turn(name, button) { last = last.then(() => turnNext(name, button)); }

  async function turnNext(name, button) {
    const pile = steps[name];
    if (!pile.length) return;
    const hadFocus = document.activeElement === button;
    const made = await send('/undo', { steps: pile.at(-1) });
    if (made) steps.turned(pile, made);
    show();
    if (hadFocus && button.disabled) [undo, redo].find((each) => !each.disabled)?.focus();
  }

  undo.addEventListener('click', () => turn('done', undo));
  redo.addEventListener('click', () => turn('undone', redo));
  holder.addEventListener('keydown', (event) => {
    // By the place of the key: letters differ by the layout of the keyboard. Fields have an undo of their own.
    if (!(event.ctrlKey || event.metaKey) || !['KeyZ', 'KeyY'].includes(event.code)) return;
    if (event.target.closest('input:not([type=radio]), textarea')) return;
    event.preventDefault();
    if (event.code === 'KeyZ' && !event.shiftKey) turn('done', undo);
    else turn('undone', redo);
  });
  show();
  return {
    /** Remember steps that were saved. */
    made(made) { steps.made(made); show(); },
  };
}
