/**
 * Makes the form in Google Forms. In a new project of script.google.com, put this file in the place
 * of what is there, choose createForm above the text, and press Run: the addresses of the form are
 * then in the log.
 */
function createForm() {
  const form = FormApp.create(FORM.title);
  form.setTitle(FORM.title);
  form.setDescription(FORM.about);
  form.setProgressBar(true);
  form.setCollectEmail(false);
  form.setShowLinkToRespondAgain(false);
  FORM.pages.forEach((page, place) => {
    if (place > 0) {
      form.addPageBreakItem().setTitle(page.title);
    } else {
      form.addSectionHeaderItem().setTitle(page.title);
    }
    page.items.forEach((item) => addItem(form, item));
  });
  Logger.log("Form to edit: " + form.getEditUrl());
  Logger.log("Form to answer: " + form.getPublishedUrl());
  return form;
}

function addItem(form, item) {
  const added = MAKERS[item.kind](form, item);
  added.setTitle(item.title).setRequired(false);
  if (item.help) {
    added.setHelpText(item.help);
  }
}

const MAKERS = {
  grid: (form, item) => form.addGridItem().setRows(item.rows).setColumns(item.columns),
  single: (form, item) => withOther(form.addMultipleChoiceItem(), item),
  multiple: (form, item) => withOther(form.addCheckboxItem(), item),
  date: (form) => form.addDateItem(),
  text: (form) => form.addParagraphTextItem(),
  number: (form, item) => form.addTextItem().setValidation(numbers(item)),
  rank: (form, item) => {
    const once = FormApp.createGridValidation().requireLimitOneResponsePerColumn().build();
    return form.addGridItem().setRows(item.rows).setColumns(item.columns).setValidation(once);
  },
};

function withOther(added, item) {
  return added.setChoiceValues(item.choices).showOtherOption(item.other);
}

function numbers(item) {
  const validation = FormApp.createTextValidation();
  if (item.low !== null && item.high !== null) {
    validation.requireNumberBetween(item.low, item.high);
  } else if (item.low !== null) {
    validation.requireNumberGreaterThanOrEqualTo(item.low);
  } else if (item.high !== null) {
    validation.requireNumberLessThanOrEqualTo(item.high);
  } else {
    validation.requireNumber();
  }
  if (item.bounds) {
    validation.setHelpText(item.bounds);
  }
  return validation.build();
}
