// The short form: answers stay in this page, and are gone when it is closed.

class ShortForm {
  constructor(root, number) {
    this.root = root;
    this.number = number;
    this.body = root.querySelector(".sf-body");
    this.data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    this.language = this.data.language;
    this.answers = new Map();
    this.build();
  }

  get words() { return this.data.words[this.language]; }

  t(key, values = {}) { return fill(this.words.interface[key], values); }

  // --- Points -------------------------------------------------------------------------------------

  totals() {
    const totals = [...this.data.start];
    for (const item of this.data.items) {
      const at = item.codes.indexOf(this.answers.get(item.item));
      if (at >= 0) item.points[at].forEach((points, type) => { totals[type] += points; });
    }
    return totals;
  }

  // Types from the most to the least points; of equal ones, the one with most at the start.
  ranked(totals) {
    const { start } = this.data;
    return totals.map((_, type) => type)
      .sort((a, b) => totals[b] - totals[a] || start[b] - start[a] || a - b);
  }

  // --- Building, once a language ------------------------------------------------------------------

  build() {
    this.root.setAttribute("lang", this.language);
    const banner = this.root.querySelector(".sf-simulated");
    if (banner) banner.textContent = this.t("simulated_warning");
    this.result = make("section", { class: "sf-result", "aria-live": "polite",
      "aria-label": this.t("short_form_result") });
    this.body.replaceChildren(this.languages(),
      make("h2", { text: this.t("short_form_title") }),
      make("p", { text: this.words.accuracy }),
      make("p", { class: "sf-note", text: this.t("short_form_local") }),
      ...this.blocks(), this.result,
      make("button", { type: "button", class: "sf-clear", text: this.t("short_form_clear"),
        on: { click: () => this.clear() } }),
      this.paper());
    this.draw();
  }

  languages() {
    const names = Object.keys(this.data.words);
    if (names.length < 2) return "";
    return make("div", { class: "sf-languages", role: "group",
      "aria-label": this.t("short_form_language") },
    ...names.map((name) => make("button", { type: "button", lang: name, "data-language": name,
      "aria-pressed": name === this.language, text: this.data.words[name].name,
      on: { click: () => this.speak(name) } })));
  }

  blocks() {
    const parts = [];
    let block = null;
    this.data.items.forEach((item, at) => {
      if (item.block !== block) {
        block = item.block;
        const { title, intro } = this.words.blocks[block];
        parts.push(make("h3", { text: title }));
        if (intro) parts.push(make("p", { text: intro }));
      }
      parts.push(this.item(item, at + 1));
    });
    return parts;
  }

  item(item, place) {
    const name = `sf-${this.number}-${item.item}`;
    return make("fieldset", { class: "sf-item", "data-item": item.item },
      make("legend", { text: `${place}. ${this.words.items[item.item]}` }),
      make("div", { class: "sf-answers" }, ...item.codes.map((code, at) => make("label", {},
        make("input", { type: "radio", name, value: code,
          checked: this.answers.get(item.item) === code,
          on: { change: () => { this.answers.set(item.item, code); this.draw(); } } }),
        make("span", { text: this.words.scales[item.item][at] })))));
  }

  // --- The result ---------------------------------------------------------------------------------

  draw() {
    const count = make("p", { class: "sf-count",
      text: this.t("short_form_answered", { n: this.answers.size, of: this.data.items.length }) });
    if (this.answers.size < this.data.needed) {
      this.result.replaceChildren(count,
        make("p", { text: this.t("short_form_waiting", { n: this.data.needed }) }));
      return;
    }
    const totals = this.totals();
    const order = this.ranked(totals);
    const [first, second] = order;
    const share = this.data.types[first].correct_share;
    const lines = [share === null ? this.t("short_form_correct_none")
      : this.t("short_form_correct_share", { type: this.words.types[first],
        share: writePercent(share, this.language, 0) })];
    if (totals[first] === totals[second]) {
      lines.push(this.t("short_form_unsure", { type: this.words.types[second] }));
    } else lines.push(this.t("short_form_second", { type: this.words.types[second] }));
    this.result.replaceChildren(count,
      make("p", {}, `${this.t("short_form_result")}${this.language === "fr" ? "\u00a0" : ""}: `,
        make("span", { class: "sf-type", "data-class": this.data.types[first].class,
          text: this.words.types[first] })),
      ...lines.map((text) => make("p", { text })), this.bars(totals, order));
  }

  bars(totals, order) {
    const most = Math.max(...totals, 1);
    return make("div", { class: "sf-bars", role: "table", "aria-label": this.t("short_form_points") },
      ...order.map((type) => make("div", { class: `sf-bar${type === order[0] ? " sf-first" : ""}`,
        role: "row", "data-total": totals[type], "data-class": this.data.types[type].class },
      make("span", { role: "rowheader", text: this.words.types[type] }),
      make("span", { class: "sf-track", "aria-hidden": "true" },
        make("div", { class: "sf-fill", style: `width:${(100 * totals[type]) / most}%` })),
      make("span", { role: "cell", text: writeNumber(totals[type], this.language, 0) }))));
  }

  // --- On paper -----------------------------------------------------------------------------------

  paper() {
    const { types } = this.words;
    const cells = (points) => points.map((each) => make("td", { text: String(each) }));
    const rows = [make("tr", {}, make("th", { scope: "row", text: this.t("short_form_start") }),
      ...cells(this.data.start))];
    this.data.items.forEach((item, place) => {
      rows.push(make("tr", {}, make("th", { scope: "rowgroup", colspan: types.length + 1,
        text: `${place + 1}. ${this.words.items[item.item]}` })));
      item.codes.forEach((_, at) => rows.push(make("tr", {},
        make("th", { scope: "row", text: this.words.scales[item.item][at] }),
        ...cells(item.points[at]))));
    });
    return make("details", { class: "sf-paper" },
      make("summary", { text: this.t("short_form_paper") }),
      make("p", { text: this.t("short_form_how") }),
      make("table", {},
        make("thead", {}, make("tr", {}, make("th", { scope: "col", text: this.t("short_form_answer") }),
          ...types.map((name) => make("th", { scope: "col", text: name })))),
        make("tbody", {}, ...rows)));
  }

  // --- What the reader does -----------------------------------------------------------------------

  speak(language) {
    this.language = language;
    this.build();
    this.body.querySelector(`[data-language="${language}"]`).focus();
  }

  clear() {
    this.answers.clear();
    this.build();
    this.body.querySelector("input").focus();
  }
}

document.querySelectorAll(".typology-short-form").forEach((root, number) => {
  if (root.dataset.ready) return;
  root.dataset.ready = "yes";
  new ShortForm(root, number + 1);
});
