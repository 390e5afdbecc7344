// Files dropped anywhere on the page, or chosen, are brought in at once.

export function start(form) {
  const field = form.querySelector('input[type=file]');
  const send = form.querySelector('[data-send]');
  send.hidden = true;
  // What was sent is forgotten: a browser tells of no change where the same file is chosen again, once it is mended.
  const sendIt = () => { form.requestSubmit(); field.value = ''; };
  field.addEventListener('change', () => { if (field.files.length) sendIt(); });
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
  document.addEventListener('drop', (event) => {
    if (!isOfFiles(event) || event.defaultPrevented) return;
    event.preventDefault();
    depth = 0;
    document.body.classList.remove('dropping');
    field.files = event.dataTransfer.files;
    sendIt();
  });
}
