// Numbers and words as each language writes them; small makers of elements.

const MINUS = "\u2212";
const MISSING = "\u2013";

function writeNumber(value, language, decimals) {
  if (value === null || !Number.isFinite(value)) return MISSING;
  const size = Math.abs(value) < 1e-6 ? 0 : Math.abs(value);
  const rounded = Number(Math.round(Number(size + "e" + decimals)) + "e-" + decimals);
  let [whole, fraction] = rounded.toFixed(decimals).split(".");
  whole = whole.replace(/\B(?=(\d{3})+$)/g, language === "fr" ? "\u202f" : ",");
  const sign = value < 0 && rounded !== 0 ? MINUS : "";
  return sign + whole + (fraction ? (language === "fr" ? "," : ".") + fraction : "");
}

function writePercent(value, language, decimals = 1) {
  const text = writeNumber(value, language, decimals);
  return text === MISSING ? text : text + (language === "fr" ? "\u00a0%" : "%");
}

// A share, or the mark of one that is not published.
function writeShown(value, language) {
  return value === null ? "\u00b7" : writePercent(value, language);
}

function writeP(value, language) {
  if (value === null) return MISSING;
  return value < 0.001 ? "<\u00a0" + writeNumber(0.001, language, 3)
    : writeNumber(value, language, 3);
}

// "What: how much", as each language spaces it.
function saying(what, howMuch, language) {
  return `${what}${language === "fr" ? "\u00a0" : ""}: ${howMuch}`;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Letters without accents nor case, so that "etre" finds "Être".
function plainLetters(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u2019/g, "'")
    .toLowerCase();
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") element.textContent = value;
    else if (key === "on") for (const [event, run] of Object.entries(value)) {
      element.addEventListener(event, run);
    } else if (key.startsWith("aria-")) element.setAttribute(key, String(value));
    else if (value !== null && value !== false) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function drawn(parent, name, attributes = {}) {
  const element = document.createElementNS(parent.namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(key, value);
  }
  parent.append(element);
  return element;
}
