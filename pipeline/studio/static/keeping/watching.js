// Work that goes on already when a view is shown: how far it is, and what comes of it.

export function start(element, studio) {
  studio.watch(element.dataset.job);
}
