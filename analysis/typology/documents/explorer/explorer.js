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
    this.map = new TypologyMap(this);
    this.panels = new Panels(this);
    this.body.replaceChildren(this.languages(),
      make("div", { class: "te-columns" },
        make("section", { class: "te-panel te-plane", "aria-labelledby": this.id("map") },
          make("h2", { id: this.id("map"), text: this.t("explorer_map") }), this.controls(),
          this.map.element, this.legend()),
        make("div", { class: "te-side" }, this.panels.filter, this.panels.search,
          this.panels.distribution)),
      this.panels.portrait);
    this.panels.draw();
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
      make("p", { class: "te-note te-hint", text: this.t("explorer_hint") }));
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

  chooseVariable(id) {
    this.state.variable = id;
    this.state.marked = new Set([id]);
    this.panels.drawSearch();
    this.panels.drawDistribution();
    this.map.draw();
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
