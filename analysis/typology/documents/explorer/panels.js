// The panels: types as filters, search, answers by type, portrait of a type.

const MOST_FOUND = 8;
const WRITTEN_FROM = 7; // percent: a narrower segment has no room for its number

class Panels {
  constructor(app) {
    this.app = app;
    this.filter = this.buildFilter();
    this.search = this.buildSearch();
    this.distribution = this.buildDistribution();
    this.portrait = this.buildPortrait();
  }

  draw() {
    this.drawFilter();
    this.drawSearch();
    this.drawDistribution();
    this.drawPortrait();
  }

  section(key, name, ...children) {
    const id = this.app.id(name);
    return make("section", { class: `te-panel te-${name}`, "aria-labelledby": id },
      make("h2", { id, text: this.app.t(key) }), ...children);
  }

  icon(number) {
    const found = this.app.data.classes.find((each) => each.class === number);
    return markerIcon(this.app.namespace, found.marker, found.colour);
  }

  size(each) {
    const { t, language } = this.app;
    return fill(t("n_and_share"), { n: writeNumber(each.n, language, 0),
      share: writePercent(each.share, language) });
  }

  // --- Types as filters -----------------------------------------------------------------------------

  buildFilter() {
    const { data, words, t } = this.app;
    this.typeButtons = data.classes.map((each) => make("button", {
      type: "button", class: "te-type", "data-type": each.class,
      on: { click: () => this.app.toggleType(each.class) },
    }, this.icon(each.class), make("span", { class: "te-type-name", text: words.types[each.class] }),
    make("span", { class: "te-type-size", text: this.size(each) })));
    this.allButton = make("button", { type: "button", class: "te-type te-all", "data-type": "all",
      text: t("explorer_filter_all"), on: { click: () => this.app.toggleType(null) } });
    this.count = make("p", { class: "te-count", role: "status" });
    return this.section("explorer_filter", "filter",
      make("div", { class: "te-types", role: "group", "aria-label": t("explorer_filter") },
        ...this.typeButtons, this.allButton), this.count);
  }

  drawFilter() {
    const { data, state, t, language } = this.app;
    for (const button of this.typeButtons) {
      button.setAttribute("aria-pressed", state.chosen.has(Number(button.dataset.type)));
    }
    this.allButton.setAttribute("aria-pressed", state.chosen.size === 0);
    const sizes = data.classes.filter((each) => this.app.isChosen(each.class));
    const sum = (classes) => classes.reduce((whole, each) => whole + each.n, 0);
    const [total, n] = [sum(data.classes), sum(sizes)];
    this.count.textContent = fill(t("explorer_filter_count"), {
      n: writeNumber(n, language, 0), total: writeNumber(total, language, 0),
      share: writePercent(100 * n / total, language) });
    this.count.dataset.shown = n;
  }

  // --- Search -----------------------------------------------------------------------------------------

  buildSearch() {
    const { state, t } = this.app;
    const id = this.app.id("query");
    this.query = make("input", { type: "search", id, value: state.query, autocomplete: "off",
      placeholder: t("explorer_search_example"),
      on: { input: () => this.app.searchFor(this.query.value) } });
    this.found = make("div", { class: "te-found" });
    this.foundCount = make("p", { class: "te-count", role: "status" });
    const name = this.app.id("search");
    return make("section", { class: "te-panel te-search te-control", "aria-labelledby": name },
      make("h2", { id: name }, make("label", { for: id, text: t("explorer_search") })),
      this.query, this.foundCount, this.found);
  }

  drawSearch() {
    const { state, words, t, language } = this.app;
    const [matches, categories] = [this.app.matches(), this.app.matchingCategories()];
    const asked = plainLetters(state.query).trim().length > 1;
    const counted = [[matches, "explorer_search_count"], [categories, "explorer_search_categories"]]
      .filter(([found]) => found.length)
      .map(([found, key]) => fill(t(key), { n: writeNumber(found.length, language, 0) }));
    this.foundCount.textContent = !asked ? "" : counted.join(" ") || t("explorer_search_none");
    this.found.replaceChildren(...matches.slice(0, MOST_FOUND).map((id) => make("button", {
      type: "button", "data-found": id, "aria-pressed": state.variable === id
        && state.marked.size === 1 && state.marked.has(id),
      text: words.variables[id].full, on: { click: () => this.app.chooseVariable(id) } })));
    const more = (found) => {
      if (found.length <= MOST_FOUND) return;
      this.found.append(make("p", { class: "te-note", text: fill(t("explorer_search_more"), {
        n: writeNumber(found.length - MOST_FOUND, language, 0) }) }));
    };
    more(matches);
    this.found.append(...categories.slice(0, MOST_FOUND).map((index) => make("button", {
      type: "button", "data-found-category": index, text: words.categories[index].label,
      on: { click: () => this.app.findCategory(index) } })));
    more(categories);
  }

  // --- Answers by type ------------------------------------------------------------------------------

  buildDistribution() {
    const { data, words, t } = this.app;
    const titled = (id) => (words.variables[id].short === id ? id
      : `${data.distributions[id].block === null ? "" : `${id} \u2013 `}${words.variables[id].short}`);
    const name = this.app.id("variable");
    this.variable = make("select", { id: name, class: "te-variable",
      on: { change: () => this.app.chooseVariable(this.variable.value) } },
    ...this.app.questions().map(([title, ids]) => make("optgroup", { label: title },
      ...ids.map((id) => make("option", { value: id, text: titled(id) })))));
    this.wording = make("p", { class: "te-wording" });
    this.bars = make("div", { class: "te-bars" });
    return this.section("explorer_distribution", "distribution",
      make("p", { class: "te-control te-field" },
        make("label", { for: name, text: t("explorer_question") }), this.variable),
      this.wording, this.bars);
  }

  drawDistribution() {
    const { data, state, words, t } = this.app;
    const shown = data.distributions[state.variable];
    this.variable.value = state.variable;
    this.wording.textContent = words.variables[state.variable].full;
    const answers = shown.answers.map((code) => words.answers[state.variable][code]);
    const size = (number) => data.classes.find((each) => each.class === number).n;
    const sum = (values) => values.reduce((total, value) => total + (value || 0), 0);
    const total = sum(data.classes.map((each) => each.n));
    const rows = shown.classes.map((each) => ({
      number: each.class, name: words.types[each.class], share: each.share, counts: each.n,
      n: each.n ? each.answered : size(each.class), dimmed: !this.app.isChosen(each.class) }));
    rows.push({ number: null, name: t("overall"), share: shown.share, counts: shown.n,
      n: shown.n ? shown.answered : total, dimmed: false });
    const legend = make("ul", { class: "te-answers" }, ...answers.map((answer, index) => make("li", {},
      make("span", { class: "te-swatch", style: `background:${shown.colours[index]}`,
        "aria-hidden": "true" }), answer)));
    this.bars.replaceChildren(legend, ...rows.map((row) => this.bar(row, shown, answers)),
      make("p", { class: "te-note", text: t(shown.block === null
        ? "explorer_characteristic_note" : "explorer_distribution_note")
        + (rows.some((row) => row.share.includes(null)) ? " " + t("explorer_hidden") : "") }),
      this.numbers(rows, answers));
    this.bars.dataset.variable = state.variable;
  }

  bar(row, shown, answers) {
    const { t, language } = this.app;
    const spoken = answers.map((answer, index) => (
      saying(answer, writeShown(row.share[index], language), language))).join(", ");
    const segments = row.share.map((share, index) => (share ? make("span", {
      class: "te-segment", "data-code": shown.answers[index],
      style: `width:${share}%;background:${shown.colours[index]};color:${shown.inks[index]}`,
      title: saying(answers[index], writePercent(share, language), language),
      text: share >= WRITTEN_FROM ? writeNumber(share, language, 0) : "" }) : null));
    // What is not published is drawn together, for what it is all together.
    const known = row.share.filter((share) => share !== null);
    if (known.length && known.length < row.share.length) {
      const rest = Math.max(0, 100 - known.reduce((whole, share) => whole + share, 0));
      segments.push(make("span", { class: "te-segment te-hidden", style: `width:${rest}%`,
        title: t("explorer_hidden") }));
    }
    return make("div", { class: `te-row${row.dimmed ? " te-dimmed" : ""}${
      row.number === null ? " te-overall" : ""}`, "data-class": row.number ?? "overall" },
    make("span", { class: "te-row-name" }, row.number === null ? null : this.icon(row.number),
      make("span", { text: row.name }),
      make("span", { class: "te-row-n", text: fill(t("n_is"), {
        n: writeNumber(row.n, language, 0) }) })),
    make("span", { class: "te-bar", role: "img", "aria-label": `${row.name}. ${spoken}` },
      ...segments));
  }

  numbers(rows, answers) {
    const { t, language } = this.app;
    const head = make("tr", {}, make("th", { scope: "col", text: t("type") }),
      make("th", { scope: "col", text: t("n") }),
      ...answers.map((answer) => make("th", { scope: "col", text: answer })));
    const body = rows.map((row) => make("tr", {}, make("th", { scope: "row", text: row.name }),
      make("td", { text: writeNumber(row.n, language, 0) }),
      ...row.share.map((share, index) => make("td", {
        text: writeShown(share, language) + (row.counts && share !== null
          ? ` (${writeNumber(row.counts[index], language, 0)})` : "") }))));
    const details = make("details", { class: "te-numbers", ...(this.open ? { open: true } : {}),
      on: { toggle: () => { this.open = details.open; } } },
    make("summary", { text: t("explorer_numbers") }),
    make("div", { class: "te-scroll", tabindex: "0", role: "region",
      "aria-label": t("explorer_distribution") },
    make("table", {}, make("thead", {}, head), make("tbody", {}, ...body))));
    return details;
  }

  // --- Portrait -----------------------------------------------------------------------------------------

  buildPortrait() {
    const { data, words, t } = this.app;
    const name = this.app.id("portrayed");
    this.portrayed = make("select", { id: name, class: "te-portrayed",
      on: { change: () => this.app.portray(Number(this.portrayed.value)) } },
    ...data.classes.map((each) => make("option", { value: each.class,
      text: words.types[each.class] })));
    this.face = make("div", { class: "te-face" });
    return this.section("explorer_portrait", "portrait",
      make("p", { class: "te-control te-field" }, make("label", { for: name, text: t("type") }),
        this.portrayed), this.face);
  }

  drawPortrait() {
    const { data, state, words, t, language } = this.app;
    this.portrayed.value = state.portrayed;
    const found = data.classes.find((each) => each.class === state.portrayed);
    const portrait = data.portraits[state.portrayed];
    // A block whose means are told to one decimal has no zero put after it.
    const coarse = (block) => data.classes.every(({ means: { [block]: mean } }) =>
      mean === null || Math.abs(mean - Math.round(mean * 10) / 10) < 1e-9);
    const means = Object.entries(found.means).map(([block, mean]) => make("li", {
      text: fill(t("explorer_mean_of"), { block: words.blocks[block],
        mean: writeNumber(mean, language, coarse(block) ? 1 : 2) }) }));
    this.face.replaceChildren(
      make("p", { class: "te-face-name" }, this.icon(found.class),
        make("strong", { text: words.types[found.class] }),
        make("span", { text: `(${this.size(found)})` })),
      make("ul", { class: "te-means" }, ...means),
      make("p", { class: "te-note", text: t("explorer_portrait_note") }),
      make("div", { class: "te-pair" },
        make("div", {}, make("h3", { text: t("explorer_portrait_supplementary") }),
          this.overRepresented(portrait.supplementary, "explorer_portrait_supplementary",
            { tested: true })),
        make("div", {}, make("h3", { text: t("explorer_portrait_active") }),
          make("p", { class: "te-note te-circular", text: t("explorer_circular") }),
          this.overRepresented(portrait.active, "explorer_portrait_active"))));
    this.face.dataset.class = state.portrayed;
  }

  overRepresented(categories, title, { tested = false } = {}) {
    const { words, t, language } = this.app;
    if (!categories.length) return make("p", { text: t("explorer_portrait_none") });
    const columns = ["category", "explorer_in_type", "overall", "v_test",
      ...(tested ? ["p_adjusted"] : [])];
    const head = make("tr", {}, ...columns.map((key) => make("th", { scope: "col", text: t(key) })));
    const rows = categories.map((each) => make("tr", {},
      make("th", { scope: "row" },
        make("button", { type: "button", class: "te-link", "data-variable": each.variable,
          text: words.variables[each.variable].short, title: words.variables[each.variable].full,
          on: { click: () => this.app.chooseVariable(each.variable) } }),
        make("span", { class: "te-answer", text: words.answers[each.variable][each.category] })),
      make("td", { text: writePercent(each.share, language) }),
      make("td", { text: writePercent(each.overall, language) }),
      make("td", { text: writeNumber(each.v_test, language, 1) }),
      ...(tested ? [make("td", { text: writeP(each.p_adjusted, language) })] : [])));
    return make("div", { class: "te-scroll", tabindex: "0", role: "region",
      "aria-label": t(title) },
    make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
  }
}
