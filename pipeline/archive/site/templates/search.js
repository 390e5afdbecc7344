/* Search over all issues: in the page itself, from one file of words, without a server. */
(function () {
  "use strict";
  const form = document.getElementById("search");
  if (!form) { return; }
  const field = document.getElementById("words");
  const told = form.querySelector(".told");
  const list = form.querySelector(".found");
  const MOST = 50;
  const AROUND = 90;
  const WORD = /[\p{L}\p{N}]+(?:[-\u2010\u2011\u00a0'’][\p{L}\p{N}]+)*/gu;
  let index = null;
  let wanted = null;

  function folded(word) {
    const typed = word.toLowerCase();
    const plain = index.spelt[typed] ||
      typed.normalize("NFD").replace(/[\u0300\u0301]/g, "").normalize("NFC").replace(/[-\u2010\u2011\u00a0'’]/g, "");
    return index.forms[plain] || plain;
  }

  /* The stem of a word that was typed; a form no issue has is cut back to a stem that one has. */
  function stem(word) {
    const plain = folded(word);
    for (let end = plain.length; end >= 3; end -= 1) {
      const cut = plain.slice(0, end);
      if (index.stems.has(cut)) { return cut; }
      if (!index.endings.includes(plain[end - 1])) { break; }
    }
    return plain;
  }

  function wordsOf(text) {
    return Array.from(text.matchAll(WORD), (match) => ({
      stem: folded(match[0]), at: match.index, end: match.index + match[0].length
    }));
  }

  function prepare() {
    index = window.bulletinIndex;
    index.forms = Object.assign(Object.create(null), index.forms);
    index.spelt = Object.assign(Object.create(null), index.spelt);
    index.stems = new Set();
    index.read = index.articles.map((article) => {
      const read = [article[3], article[2], article[4]].map(wordsOf);
      read.flat().forEach((word) => index.stems.add(word.stem));
      return read;
    });
  }

  function load(then) {
    if (index) { then(); return; }
    if (wanted) { wanted.push(then); return; }
    wanted = [then];
    const script = document.createElement("script");
    script.src = form.dataset.index;
    script.onload = () => { prepare(); wanted.forEach((each) => each()); };
    script.onerror = () => { wanted = null; told.textContent = form.dataset.broken; };
    document.head.append(script);
  }

  /* How well an article answers: a word in its title counts most; 0 where one is missing. */
  function worth(read, stems, last) {
    let sum = 0;
    for (const each of stems) {
      const counts = read.map((words) => words.filter((word) => fits(word, each, last)).length);
      const here = counts[0] * 12 + counts[1] * 2 + Math.min(counts[2], 8);
      if (!here) { return 0; }
      sum += here;
    }
    return sum;
  }

  function fits(word, wantedStem, last) {
    return word.stem === wantedStem || (wantedStem === last && word.stem.startsWith(last));
  }

  function marked(text, words, isFound) {
    const parts = [];
    let at = 0;
    words.filter(isFound).forEach((word) => {
      parts.push(text.slice(at, word.at));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(word.at, word.end);
      parts.push(mark);
      at = word.end;
    });
    parts.push(text.slice(at));
    return parts;
  }

  function quote(text, words, isFound) {
    const first = words.find(isFound);
    const near = first ? first.at : 0;
    let from = near > AROUND ? text.indexOf(" ", near - AROUND) + 1 : 0;
    if (from > near) { from = near; }
    let to = Math.min(text.length, near + 2 * AROUND);
    if (to < text.length) { to = text.lastIndexOf(" ", to) > near ? text.lastIndexOf(" ", to) : to; }
    const within = words.filter((word) => word.at >= from && word.end <= to)
      .map((word) => ({ stem: word.stem, at: word.at - from, end: word.end - from }));
    return [from > 0 ? "… " : "", ...marked(text.slice(from, to), within, isFound), to < text.length ? " …" : ""];
  }

  function piece(name, kind, ...children) {
    const made = document.createElement(name);
    if (kind) { made.className = kind; }
    made.append(...children);
    return made;
  }

  function shown(article, read, isFound) {
    const link = piece("a", "", ...marked(article[3], read[0], isFound));
    link.href = article[0];
    return piece("li", "",
      piece("p", "head", link),
      piece("p", "where", article[1] + " · ", ...marked(article[2], read[1], isFound)),
      piece("p", "quote", ...quote(article[4], read[2], isFound)));
  }

  function search() {
    const text = field.value.trim();
    try { history.replaceState(null, "", text ? "#q=" + encodeURIComponent(text) : "#search"); } catch { /* from a folder */ }
    if (!text) { list.replaceChildren(); told.textContent = ""; return; }
    load(() => {
      const typed = Array.from(text.matchAll(WORD), (match) => match[0]);
      const stems = typed.map(stem);
      const last = stems[stems.length - 1];
      const isFound = (word) => stems.some((each) => fits(word, each, last));
      const hits = !stems.length ? [] : index.read
        .map((read, at) => ({ at, read, worth: worth(read, stems, last) }))
        .filter((hit) => hit.worth > 0)
        .sort((one, other) => other.worth - one.worth || one.at - other.at);
      list.replaceChildren(...hits.slice(0, MOST).map((hit) => shown(index.articles[hit.at], hit.read, isFound)));
      told.textContent = hits.length ? form.dataset.found + " " + hits.length : form.dataset.none;
    });
  }

  let waiting = 0;
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 150); });
  field.addEventListener("focus", () => load(() => {}), { once: true });
  if (location.hash.startsWith("#q=")) {
    try { field.value = decodeURIComponent(location.hash.slice(3)); search(); } catch { /* no words */ }
  }
}());
