// What is chosen on a flatplan and not saved yet: articles in another order, weights, widths, the cover.

/** The choices about a plan; the plan itself stays as it is in the files until they are saved. */
export class Choices {
  constructor(plan) { this.take(plan); }

  /** Begin anew with a plan. */
  take(plan) {
    this.plan = plan;
    this.drop();
  }

  drop() {
    this.moves = [];
    this.weights = new Map();
    this.widths = new Map();
    this.cover = null;
  }

  get isEmpty() {
    return !this.moves.length && !this.weights.size && !this.widths.size && this.cover === null;
  }

  article(name) {
    for (const section of this.plan.sections) {
      const found = section.articles.find((each) => each.name === name);
      if (found) return found;
    }
    return null;
  }

  get articles() { return this.plan.sections.flatMap((section) => section.articles); }

  /** The order as it would be: names of articles by section. */
  order(moves = this.moves) {
    const sections = this.plan.sections.map((each) => ({ name: each.name, title: each.title, articles: each.articles.map((one) => one.name) }));
    for (const move of moves) {
      for (const section of sections) section.articles = section.articles.filter((name) => name !== move.name);
      sections.find((each) => each.name === move.section).articles.splice(move.position, 0, move.name);
    }
    return sections;
  }

  /** Where an article would stand. */
  placeOf(name, order = this.order()) {
    const section = order.find((each) => each.articles.includes(name));
    return section && { section, position: section.articles.indexOf(name), count: section.articles.length };
  }

  /** Move an article to a position in a section, counted without it. */
  move(name, section, position) {
    const former = this.moves.at(-1)?.name === name ? this.moves.slice(0, -1) : this.moves;
    const moves = [...former, { name, section, position }];
    const asText = (order) => JSON.stringify(order.map((each) => each.articles));
    this.moves = asText(this.order(moves)) === asText(this.order([])) ? [] : moves;
  }

  /** Move an article one place on or back, over the edge of a section into the next one; false at the end. */
  step(name, by) {
    const order = this.order();
    const { section, position, count } = this.placeOf(name, order);
    const to = position + by;
    if (to >= 0 && to < count) this.move(name, section.name, to);
    else {
      const other = order[order.indexOf(section) + by];
      if (!other) return false;
      this.move(name, other.name, by < 0 ? other.articles.length : 0);
    }
    return true;
  }

  /** Move an article beside another one. */
  moveBeside(name, other, isBehind) {
    if (name === other) return;
    const order = this.order();
    const { section } = this.placeOf(other, order);
    const rest = section.articles.filter((each) => each !== name);
    this.move(name, section.name, rest.indexOf(other) + (isBehind ? 1 : 0));
  }

  weightOf(name) { return this.weights.get(name) ?? this.article(name).weight; }

  weigh(name, weight) {
    if (weight === this.article(name).weight) this.weights.delete(name);
    else this.weights.set(name, weight);
  }

  widthOf(name, position) { return this.widths.get(`${position} ${name}`)?.measure ?? this.article(name).pictures[position].measure; }

  widen(name, position, measure) {
    const picture = this.article(name).pictures[position];
    if (measure === picture.measure) this.widths.delete(`${position} ${name}`);
    else this.widths.set(`${position} ${name}`, { article: name, position, source: picture.source, measure });
  }

  coverTo(cover) { this.cover = cover === this.plan.cover ? null : cover; }

  /** All of it, as the server takes it. */
  get data() {
    return {
      base: this.plan.version,
      moves: this.moves,
      weights: [...this.weights].map(([name, weight]) => ({ name, weight })),
      widths: [...this.widths.values()],
      cover: this.cover,
    };
  }
}
