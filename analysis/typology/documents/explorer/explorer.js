// The explorer: its state, and what changes when the reader changes it.

class Explorer {
  constructor(root, number) {
    this.root = root;
    this.number = number;
    this.body = root.querySelector(".te-body");
    this.namespace = this.body.querySelector("svg").namespaceURI;
    this.data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    this.t = (key) => this.words.interface[key];
    const { data } = this;
    this.state = {
      language: data.language,
      x: data.axes[0].axis,
      y: data.axes[Math.min(1, data.axes.length - 1)].axis,
      chosen: new Set(),
      marked: new Set(),
      query: "",
      variable: Object.keys(data.distributions)[0],
      colour: "",
      filter: { by: "", least: 0 },
      tool: "",
      region: null,
      portrayed: data.classes[0].class,
      show: { categories: true, respondents: true, ellipses: true, supplementary: true,
        labels: true },
    };
    this.build();
  }

  get language() { return this.state.language; }

  get words() { return this.data.words[this.state.language]; }

  id(name) { return `te-${this.number}-${name}`; }

  isChosen(number) { return !this.state.chosen.size || this.state.chosen.has(number); }

  // --- Building, once a language --------------------------------------------------------------------

  build() {
    this.root.setAttribute("lang", this.language);
    const banner = this.root.querySelector(".te-simulated");
    if (banner) banner.textContent = this.t("explorer_simulated");
    this.filtered = make("p", { class: "te-count", role: "status" });
    this.map = new TypologyMap(this);
    this.panels = new Panels(this);
    this.selection = new Selection(this);
    this.body.replaceChildren(this.languages(),
      make("div", { class: "te-columns" },
        make("section", { class: "te-panel te-plane", "aria-labelledby": this.id("map") },
          make("h2", { id: this.id("map"), text: this.t("explorer_map") }), this.controls(),
          this.map.element, this.legend()),
        make("div", { class: "te-side" }, this.panels.filter, this.panels.search,
          this.selection.element, this.panels.distribution)),
      this.panels.portrait);
    this.panels.draw();
    this.selection.draw();
    this.map.svg.classList.toggle("te-selecting", Boolean(this.state.tool));
    this.map.resize();
  }

  languages() {
    const names = Object.keys(this.data.words);
    if (names.length < 2) return "";
    return make("div", { class: "te-languages te-control", role: "group",
      "aria-label": this.t("explorer_language") },
    ...names.map((name) => make("button", { type: "button", lang: name, "data-language": name,
      "aria-pressed": name === this.language,
      text: this.data.words[name].interface.explorer_language_name,
      on: { click: () => this.speak(name) } })));
  }

  controls() {
    const choose = (side) => {
      const id = this.id(`axis-${side}`);
      const select = make("select", { id, "data-side": side,
        on: { change: () => this.chooseAxis(side, Number(select.value)) } },
      ...this.data.axes.map(({ axis }) => make("option", { value: axis,
        selected: axis === this.state[side], text: fill(this.t("axis_number"), { axis }) })));
      return make("span", { class: "te-field" },
        make("label", { for: id, text: this.t(`explorer_axis_${side}`) }), select);
    };
    const toggle = (name, key) => {
      const box = make("input", { type: "checkbox", "data-show": name,
        checked: this.state.show[name], on: { change: () => this.show(name, box.checked) } });
      return make("label", { class: "te-toggle" }, box, this.t(key));
    };
    const some = this.data.categories.some((each) => each.role === "supplementary");
    return make("div", { class: "te-controls te-control" },
      choose("x"), choose("y"),
      make("span", { class: "te-toggles", role: "group", "aria-label": this.t("explorer_show") },
        toggle("categories", "categories"),
        some ? toggle("supplementary", "explorer_show_supplementary") : null,
        toggle("respondents", "respondents"), toggle("ellipses", "explorer_show_ellipses"),
        toggle("labels", "explorer_show_labels")),
      this.colourField(), this.thresholdField(), this.filtered,
      make("p", { class: "te-note te-hint", text: this.t("explorer_hint") }));
  }

  // What the points are coloured by: the types, or the answers to one question.
  colourField() {
    const id = this.id("colour");
    const known = Object.keys(this.data.question_points);
    const select = make("select", { id, class: "te-colour",
      on: { change: () => this.colourBy(select.value) } },
    make("option", { value: "", selected: !this.state.colour, text: this.t("explorer_colour_type") }),
    ...this.questions().map(([title, ids]) => make("optgroup", { label: title },
      ...ids.filter((each) => known.includes(each)).map((each) => make("option", { value: each,
        selected: this.state.colour === each, text: this.words.variables[each].short })))));
    return make("span", { class: "te-field" },
      make("label", { for: id, text: this.t("explorer_colour") }), select);
  }

  // Which categories are shown: all, or those above a threshold.
  thresholdField() {
    const { filter } = this.state;
    const [id, rangeId] = [this.id("threshold"), this.id("least")];
    const ranges = { contribution: { max: 5, step: 0.25, from: 1 },
      cos2: { max: 0.5, step: 0.02, from: 0.1 } };
    const output = make("output", { for: rangeId, class: "te-least" });
    const range = make("input", { type: "range", id: rangeId, min: 0, "data-least": "",
      on: { input: () => set(Number(range.value)) } });
    const label = make("label", { for: rangeId, text: this.t("explorer_least") });
    const arrange = () => {
      const own = ranges[filter.by];
      for (const each of [range, output, label]) each.hidden = !own;
      if (!own) return;
      range.max = own.max;
      range.step = own.step;
      range.value = filter.least;
      output.textContent = filter.by === "cos2" ? writeNumber(filter.least, this.language, 2)
        : fill(this.t("explorer_times_mean"), { n: writeNumber(filter.least, this.language, 2) });
      range.setAttribute("aria-valuetext", output.textContent);
    };
    const set = (least) => {
      filter.least = least;
      arrange();
      this.map.unpin();
      this.map.draw();
    };
    const select = make("select", { id, class: "te-threshold", on: { change: () => {
      filter.by = select.value;
      set(filter.by ? ranges[filter.by].from : 0);
    } } }, ...[["", "explorer_threshold_none"], ["contribution", "contribution"], ["cos2", "cos2"]]
      .map(([value, key]) => make("option", { value, selected: filter.by === value,
        text: this.t(key) })));
    arrange();
    return make("span", { class: "te-field" },
      make("label", { for: id, text: this.t("explorer_threshold") }), select, label, range, output);
  }

  legend() {
    const { data, words, namespace } = this;
    const entry = (icon, text) => make("li", {}, icon, text);
    const scales = new Map(data.blocks.map((block) => [words.scales[block.id].join("|"), block]));
    const answers = [...scales.values()].flatMap((block) => block.colours.map((colour, index) => (
      entry(make("span", { class: "te-swatch", style: `background:${colour}`,
        "aria-hidden": "true" }), words.scales[block.id][index]))));
    const roles = [["passive", "x"], ["supplementary", "+"]]
      .filter(([role]) => data.categories.some((each) => each.role === role))
      .map(([role, marker]) => entry(markerIcon(namespace, marker, "none"),
        this.t(`${role}_category`)));
    return make("ul", { class: "te-answers te-legend", "aria-label": this.t("explorer_legend") },
      ...data.blocks.map((block) => entry(markerIcon(namespace, block.marker, "#ffffff"),
        words.blocks[block.id])), ...answers, ...roles);
  }

  // The questions with answers by type, under the name of their block.
  questions() {
    const groups = new Map();
    for (const [id, each] of Object.entries(this.data.distributions)) {
      const title = each.block === null ? this.t("explorer_characteristics")
        : this.words.blocks[each.block];
      groups.set(title, [...(groups.get(title) || []), id]);
    }
    return [...groups];
  }

  // --- What the reader does -----------------------------------------------------------------------

  speak(language) {
    this.state.language = language;
    this.map.observer.disconnect();
    this.build();
    this.body.querySelector(`[data-language="${language}"]`).focus();
  }

  chooseAxis(side, axis) {
    const other = side === "x" ? "y" : "x";
    if (this.state[other] === axis) this.state[other] = this.state[side];
    this.state[side] = axis;
    for (const select of this.body.querySelectorAll("[data-side]")) {
      select.value = this.state[select.dataset.side];
    }
    this.state.region = null;
    this.selection.draw();
    this.map.unpin();
    this.map.changeAxes();
  }

  show(name, shown) {
    this.state.show[name] = shown;
    this.map.unpin();
    this.map.draw();
  }

  toggleType(number) {
    const { chosen } = this.state;
    if (number === null) chosen.clear();
    else if (chosen.has(number)) chosen.delete(number);
    else chosen.add(number);
    if (chosen.size === this.data.classes.length) chosen.clear();
    if (chosen.size === 1) [this.state.portrayed] = chosen;
    this.panels.drawFilter();
    this.panels.drawDistribution();
    this.panels.drawPortrait();
    this.map.draw();
  }

  // The questions that hold every word sought, in their wording, short label or name.
  matches() {
    const sought = plainLetters(this.state.query).split(/\s+/).filter(Boolean);
    if (sought.join("").length < 2) return [];
    return Object.keys(this.data.distributions).filter((id) => {
      const { full, short } = this.words.variables[id];
      const text = plainLetters(`${id} ${full} ${short}`);
      return sought.every((part) => text.includes(part));
    });
  }

  searchFor(query) {
    this.state.query = query;
    this.state.marked = new Set(this.matches());
    this.panels.drawSearch();
    this.map.unpin();
    this.map.draw();
  }

  chooseVariable(id, { marked = true } = {}) {
    this.state.variable = id;
    if (marked) this.state.marked = new Set([id]);
    this.panels.drawSearch();
    this.panels.drawDistribution();
    this.map.draw();
  }

  colourBy(id) {
    this.state.colour = id;
    if (id) this.chooseVariable(id, { marked: false });
    this.map.draw();
  }

  useTool(name) {
    this.state.tool = this.state.tool === name ? "" : name;
    this.map.svg.classList.toggle("te-selecting", Boolean(this.state.tool));
    this.selection.draw();
  }

  // A polygon in the values of the two axes, or nothing.
  select(region) {
    this.state.region = region;
    this.state.tool = "";
    this.map.svg.classList.remove("te-selecting");
    this.map.draw();
    this.selection.draw();
  }

  // Answers that hold every word sought, some of them in the answer itself.
  matchingCategories() {
    const sought = plainLetters(this.state.query).split(/\s+/).filter(Boolean);
    if (sought.join("").length < 2) return [];
    return this.data.categories.map((_, index) => index).filter((index) => {
      const { id } = this.data.variables[this.data.categories[index].variable];
      const answer = plainLetters(this.words.categories[index].answer);
      const question = plainLetters(`${id} ${this.words.variables[id].full} ${
        this.words.categories[index].label}`).replace(answer, "");
      return sought.every((part) => question.includes(part) || answer.includes(part))
        && sought.some((part) => answer.includes(part) && !question.includes(part));
    });
  }

  // Shows a category on the map, whatever hid it, with its details.
  findCategory(index) {
    const { role } = this.data.categories[index];
    this.state.show[role === "supplementary" ? "supplementary" : "categories"] = true;
    for (const box of this.body.querySelectorAll("[data-show]")) {
      box.checked = this.state.show[box.dataset.show];
    }
    if (!this.map.passes(index)) {
      const select = this.body.querySelector(".te-threshold");
      select.value = "";
      select.dispatchEvent(new Event("change"));
    }
    this.map.draw();
    if (!this.map.marks[index].shown) this.map.zoom(0);
    this.map.draw();
    this.map.point(index);
    this.map.pinned = true;
    this.map.marks[index].group.focus();
  }

  portray(number) {
    this.state.portrayed = number;
    this.panels.drawPortrait();
  }
}

document.querySelectorAll(".typology-explorer:not([data-ready])").forEach((root) => {
  root.dataset.ready = "";
  const number = document.querySelectorAll(".typology-explorer[data-ready]").length;
  new Explorer(root, number);
});
