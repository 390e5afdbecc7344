// Files dropped anywhere on the page, or chosen, are brought in at once; a folder with all that is in it where the form
// says so.

/** What chooses a folder: nothing on the page holds it, and a browser could clear it away while one chooses. */
let picker;

/** All files within what was dropped, folders within folders, too. */
async function filesIn(entries) {
  const found = new DataTransfer();
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
    if (entry.isFile) {
      const file = await new Promise((take, refuse) => { entry.file(take, refuse); });
      found.items.add(file);
      continue;
    }
    const reader = entry.createReader();
    // A folder is told in portions; the last one is empty.
    for (let more = [null]; more.length;) {
      more = await new Promise((take, refuse) => { reader.readEntries(take, refuse); });
      waiting.push(...more);
    }
  }
  return found.files;
}

export function start(form) {
  const field = form.querySelector('input[type=file]');
  const send = form.querySelector('[data-send]');
  send.hidden = true;
  const sendAll = (files) => {
    // While files were being chosen the view may have been shown anew: the form that stands there now sends them.
    const shown = form.isConnected ? form : document.querySelector(`form[data-action="${form.dataset.action}"]`);
    const its = shown?.querySelector('input[type=file]');
    if (!its || !files.length) return;
    if (its.files !== files) its.files = files;
    shown.requestSubmit();
    // What was sent is forgotten: a browser tells of no change where the same file is chosen again, once it is mended.
    its.value = '';
  };
  field.addEventListener('change', () => { sendAll(field.files); });
  const folder = form.querySelector('[data-folder]');
  if (folder) {
    folder.hidden = false;
    folder.addEventListener('click', () => {
      picker = document.createElement('input');
      picker.type = 'file';
      picker.webkitdirectory = true;
      picker.addEventListener('change', (event) => { sendAll(event.target.files); });
      picker.click();
    });
  }
  // Once the view is shown anew, another form takes what is dropped.
  const isOfFiles = (event) => form.isConnected && event.dataTransfer?.types.includes('Files');
  let depth = 0;
  document.addEventListener('dragenter', (event) => {
    if (!isOfFiles(event)) return;
    depth += 1;
    document.body.classList.add('dropping');
  });
  document.addEventListener('dragleave', (event) => {
    if (!isOfFiles(event)) return;
    depth -= 1;
    if (depth <= 0) document.body.classList.remove('dropping');
  });
  document.addEventListener('dragover', (event) => { if (isOfFiles(event)) event.preventDefault(); });
  document.addEventListener('drop', async (event) => {
    if (!isOfFiles(event) || event.defaultPrevented) return;
    event.preventDefault();
    depth = 0;
    document.body.classList.remove('dropping');
    // What was dropped is known no longer than this event.
    const { files } = event.dataTransfer;
    const entries = [...event.dataTransfer.items].map((each) => each.webkitGetAsEntry?.()).filter(Boolean);
    const isFolder = 'folders' in form.dataset && entries.some((each) => each.isDirectory);
    sendAll(isFolder ? await filesIn(entries) : files);
  });
}
