// Markers as paths, under the names that the figures give them.

function polygon(points, radius) {
  return "M" + points.map(([x, y]) => `${+(x * radius).toFixed(2)},${+(y * radius).toFixed(2)}`)
    .join("L") + "Z";
}

function plusPoints(arm) {
  return [[-arm, -1], [arm, -1], [arm, -arm], [1, -arm], [1, arm], [arm, arm], [arm, 1],
    [-arm, 1], [-arm, arm], [-1, arm], [-1, -arm], [-arm, -arm]];
}

function turned(points, degrees) {
  const angle = degrees * Math.PI / 180;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return points.map(([x, y]) => [x * c - y * s, x * s + y * c]);
}

const TRIANGLE = [[0, -1.1], [1.05, 0.85], [-1.05, 0.85]];
const PENTAGON = [0, 72, 144, 216, 288].map((angle) => turned([[0, -1.1]], angle)[0]);
const OUTLINES = {
  s: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  "^": TRIANGLE,
  v: turned(TRIANGLE, 180),
  "<": turned(TRIANGLE, -90),
  ">": turned(TRIANGLE, 90),
  D: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  P: plusPoints(0.36),
  X: turned(plusPoints(0.36), 45),
  p: PENTAGON,
};

function shapePath(marker, radius) {
  const r = +radius.toFixed(2);
  if (marker === "x") return `M${-r},${-r}L${r},${r}M${-r},${r}L${r},${-r}`;
  if (marker === "+") return `M${-r},0L${r},0M0,${-r}L0,${r}`;
  if (OUTLINES[marker]) return polygon(OUTLINES[marker], radius);
  return `M${-r},0A${r},${r} 0 1 0 ${r},0A${r},${r} 0 1 0 ${-r},0Z`;
}

// A small picture of a marker, for buttons and legends.
function markerIcon(namespace, marker, colour) {
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "-8 -8 16 16");
  svg.setAttribute("class", "te-icon");
  svg.setAttribute("aria-hidden", "true");
  const open = marker === "x" || marker === "+";
  drawn(svg, "path", {
    d: shapePath(marker, open ? 4.5 : 5.5), fill: open ? "none" : colour, stroke: "#222222",
    "stroke-width": open ? 1.6 : 1,
  });
  return svg;
}
