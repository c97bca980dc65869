// Stands for Google's FormApp: runs a script, notes what it makes, refuses what Google refuses.
"use strict";
const fs = require("fs");
const vm = require("vm");

function text(value, name) {
  if (typeof value !== "string") throw new Error(`${name} is no text: ${value}`);
  return value;
}

function texts(values, name) {
  if (!Array.isArray(values) || values.length === 0) throw new Error(`${name}: no list`);
  values.forEach((each) => {
    if (text(each, name).trim() === "") throw new Error(`${name}: an empty one`);
  });
  if (new Set(values).size !== values.length) throw new Error(`${name}: the same one twice`);
  return values;
}

function item(type, methods) {
  const noted = { type };
  const own = {
    setTitle: (title) => (noted.title = text(title, "title")),
    setHelpText: (help) => (noted.help = text(help, "help")),
  };
  const all = {
    setRequired: (required) => (noted.required = required),
    setRows: (rows) => (noted.rows = texts(rows, "rows")),
    setColumns: (columns) => (noted.columns = texts(columns, "columns")),
    setChoiceValues: (choices) => (noted.choices = texts(choices, "choices")),
    showOtherOption: (shown) => (noted.other = shown),
    setValidation: (validation) => {
      if (!validation.built) throw new Error("a validation that was not built");
      noted.validation = validation.noted;
    },
  };
  methods.forEach((name) => (own[name] = all[name]));
  const face = {};
  Object.keys(own).forEach((name) => {
    face[name] = (value) => {
      own[name](value);
      return face;
    };
  });
  return [noted, face];
}

function validation(rules) {
  const noted = {};
  const face = {};
  rules.forEach((rule) => {
    face[`require${rule}`] = (...values) => {
      noted.rule = rule;
      noted.values = values;
      return face;
    };
  });
  face.setHelpText = (help) => {
    noted.help = text(help, "help");
    return face;
  };
  face.build = () => ({ built: true, noted });
  return face;
}

const form = { items: [], log: [] };
const KINDS = {
  addSectionHeaderItem: ["SECTION_HEADER", []],
  addPageBreakItem: ["PAGE_BREAK", []],
  addGridItem: ["GRID", ["setRequired", "setRows", "setColumns", "setValidation"]],
  addMultipleChoiceItem: [
    "MULTIPLE_CHOICE",
    ["setRequired", "setChoiceValues", "showOtherOption"],
  ],
  addCheckboxItem: ["CHECKBOX", ["setRequired", "setChoiceValues", "showOtherOption"]],
  addTextItem: ["TEXT", ["setRequired", "setValidation"]],
  addParagraphTextItem: ["PARAGRAPH_TEXT", ["setRequired"]],
  addDateItem: ["DATE", ["setRequired"]],
};
const made = {
  setTitle: (title) => (form.title = text(title, "title")),
  setDescription: (told) => (form.description = text(told, "description")),
  setProgressBar: (shown) => (form.progressBar = shown),
  setCollectEmail: (collected) => (form.collectEmail = collected),
  setShowLinkToRespondAgain: (shown) => (form.respondAgain = shown),
  getEditUrl: () => "edit",
  getPublishedUrl: () => "published",
};
Object.keys(KINDS).forEach((name) => {
  made[name] = () => {
    const [noted, face] = item(...KINDS[name]);
    form.items.push(noted);
    return face;
  };
});

const sandbox = {
  FormApp: {
    create: (title) => {
      form.created = text(title, "title");
      return made;
    },
    createTextValidation: () =>
      validation([
        "Number",
        "WholeNumber",
        "NumberBetween",
        "NumberGreaterThanOrEqualTo",
        "NumberLessThanOrEqualTo",
      ]),
    createGridValidation: () => validation(["LimitOneResponsePerColumn"]),
  },
  Logger: { log: (line) => form.log.push(line) },
};
const script = fs.readFileSync(process.argv[2], "utf-8");
vm.runInNewContext(`${script}\ncreateForm();`, sandbox, { filename: process.argv[2] });
process.stdout.write(JSON.stringify(form));
