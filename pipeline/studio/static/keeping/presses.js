// No press and no drag is lost: what is done before a page is ready is done again once it is, and what the pointer
// holds down is not exchanged under it.

let isHeld = false;
let isDragged = false;
let waiting = [];

function release() {
  isHeld = false;
  isDragged = false;
  // The click, or the drop, is told first.
  setTimeout(() => {
    if (isHeld || isDragged) return;
    const due = waiting;
    waiting = [];
    due.forEach((go) => go());
  });
}

const ended = () => { isHeld = false; if (!isDragged) release(); };

addEventListener('pointerdown', (event) => { if (event.isPrimary && event.button === 0) isHeld = true; }, true);
addEventListener('pointerup', ended, true);
addEventListener('pointercancel', ended, true);
addEventListener('blur', ended);
addEventListener('dragstart', (event) => { if (!event.defaultPrevented) isDragged = true; });
addEventListener('dragend', release);
// The list of a field takes the end of the press for itself; nobody tells of the end of a drag whose element is gone.
addEventListener('change', ended, true);
addEventListener('pointermove', (event) => { if ((isHeld || isDragged) && !event.buttons) release(); }, true);

/** Wait until the pointer holds nothing down: what is exchanged before that takes the press, or the drag, with it. */
export async function released() {
  while (isHeld || isDragged) await new Promise((go) => { waiting.push(go); });
}

/**
 * Hold what is pressed before it does what it says; returns what does it again, with what is still there.
 *
 * What is typed and chosen until then stands in its field: of that it is told again.
 */
export function pressedMeanwhile(view) {
  const typed = new Map();
  const pressed = new Map();
  const hold = (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed.set(button, () => button.click());
  };
  const note = (event) => { typed.set(event.target, new Set(typed.get(event.target)).add(event.type)); };
  const key = (event) => {
    if (event.altKey) pressed.set(event, () => event.target.dispatchEvent(new KeyboardEvent(event.type, event)));
  };
  const held = { click: hold, input: note, change: note, keydown: key };
  for (const [type, take] of Object.entries(held)) view.addEventListener(type, take, true);
  return () => {
    for (const [type, take] of Object.entries(held)) view.removeEventListener(type, take, true);
    for (const [field, types] of typed) {
      for (const type of types) if (field.isConnected) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
    for (const [what, again] of pressed) if ((what.target ?? what).isConnected) again();
  };
}
