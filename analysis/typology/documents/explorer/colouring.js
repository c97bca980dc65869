// The points of the map: groups of respondents, by type or by their answer to one question.

const ANSWER_MARKERS = ["o", "s", "^", "D", "v", "P", "X", "<", ">", "p"];
const OUTSIDE = "#dadada";

Object.assign(TypologyMap.prototype, {
  placesOf(axes) {
    const { x, y } = this.app.state;
    const [spreadX, spreadY] = [this.spread(x), this.spread(y)];
    return axes[x].map((value, index) => [value / spreadX, axes[y][index] / spreadY]);
  },

  // What the map shows of the respondents: place, number, look, and whether they are chosen.
  respondentPoints() {
    const { data, state } = this.app;
    const asked = state.colour ? data.question_points[state.colour] : null;
    const source = asked || data.respondents;
    const places = this.placesOf(source.axes);
    const looks = asked ? this.answerLooks(state.colour)
      : new Map(data.classes.map((each) => [each.class, each]));
    const groups = asked ? asked.answer : source.class;
    return source.n.map((n, index) => ({
      ...looks.get(groups[index]), n, place: places[index], group: groups[index],
      inside: (asked || this.app.isChosen(groups[index])) && this.inRegion(places[index]),
    }));
  },

  // Marker and colour of each answer to a question, of those that have points.
  answerLooks(id) {
    const { answers, colours } = this.app.data.distributions[id];
    const told = new Set(this.app.data.question_points[id].answer);
    return new Map(answers.flatMap((code, index) => (told.has(code)
      ? [[code, { marker: ANSWER_MARKERS[index % ANSWER_MARKERS.length],
        colour: colours[index] }]] : [])));
  },

  drawRespondents() {
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, this.plane.width, this.plane.height);
    this.nShown = 0;
    this.drawAnswers();
    this.lastPoints = this.respondentPoints();
    if (!this.app.state.show.respondents) return;
    const { left, top, width, height } = this.plane.inner;
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    const shapes = new Map();
    context.strokeStyle = "#444444";
    context.lineWidth = 0.7;
    for (const inside of [false, true]) {
      context.globalAlpha = inside ? this.opacity() : 0.5;
      for (const point of this.lastPoints) {
        if (point.inside !== inside) continue;
        this.nShown += inside ? point.n : 0;
        const at = this.plane.at(...point.place);
        if (!this.plane.holds(at, 6)) continue;
        const d = this.pointShape(point);
        if (!shapes.has(d)) shapes.set(d, new Path2D(d));
        context.translate(at[0], at[1]);
        context.fillStyle = inside ? point.colour : OUTSIDE;
        context.fill(shapes.get(d));
        if (inside && this.outlined()) context.stroke(shapes.get(d));
        context.translate(-at[0], -at[1]);
      }
    }
    context.restore();
  },

  // The area of a point is its number of respondents.
  pointShape({ marker, n }) {
    const largest = 4.5 * RADII.respondent * this.finer;
    return shapePath(marker, Math.min(RADII.respondent * this.finer * Math.sqrt(n), largest));
  },

  opacity() {
    return this.app.data.respondents.n.length > 1000 ? 0.45 : 0.75;
  },

  outlined() {
    return Boolean(this.app.state.colour || this.app.state.region);
  },

  // The answers by which the points are coloured, each with its marker.
  drawAnswers() {
    const { app } = this;
    const { colour } = app.state;
    this.answers.hidden = !colour;
    if (!colour) return;
    const answers = app.words.answers[colour];
    this.answers.replaceChildren(make("li", { class: "te-asked",
      text: app.words.variables[colour].full }),
    ...[...this.answerLooks(colour)].map(([code, look]) => make("li", { "data-answer": code },
      markerIcon(app.namespace, look.marker, look.colour), answers[code])),
    make("li", { class: "te-note", text: app.t("explorer_colour_note") }));
  },
});
