// What the studio does with the editor, as far as tests of the editor need it.
window.changes = [];
window.asked = [];
window.places = [];

async function post(address, body) {
  const answer = await fetch(address, { method: "POST", body: JSON.stringify(body) });
  return answer.json();
}

window.start = (options) => {
  window.editor?.destroy();
  window.changes.length = 0;
  window.asked.length = 0;
  window.editor = BulletinEditor.mount(document.getElementById("place"), {
    language: "bg",
    label: "Текст на материала",
    ...options,
    onChange: (json, change) => window.changes.push({ json, change }),
    api: {
      pictureAddress: (source, width) => `/pictures/${encodeURIComponent(source)}?width=${width}`,
      uploadPicture: async (file) => {
        window.asked.push({ upload: file.name, size: file.size, type: file.type });
        if (file.name.startsWith("broken")) throw new Error("Файлът не е снимка.");
        return { source: `images/${file.name}`, width: 4, height: 3 };
      },
      spelling: options.spelling ? (texts) => post("/spelling", texts) : undefined,
      typography: (text) => post("/typography", text),
      findings: {
        mend: (finding) => window.asked.push({ mend: finding.id }),
        accept: (finding) => window.asked.push({ accept: finding.id }),
        explain: (finding) => window.asked.push({ explain: finding.id }),
      },
    },
  });
  window.editor.onSelection((place) => window.places.push(place));
};

// A clipboard of a program: an event is what the browser lets a script have.
window.paste = (kinds, files = []) => {
  const data = new DataTransfer();
  for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
  for (const { name, type, bytes } of files) data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const target = document.activeElement?.closest(".ProseMirror") ?? document.querySelector(".ProseMirror");
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
};
