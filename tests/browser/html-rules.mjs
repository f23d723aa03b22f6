// html-validate's recommended and standard rules. Each one switched off, or narrowed, says why.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:standard"],
  rules: {
    // White space and capitals in the source, which no reader meets; templates leave empty lines.
    "no-trailing-whitespace": "off",
    "doctype-style": "off",
    // The Design System's button that leads somewhere is a link with this role, as its own package writes it.
    // A table that scrolls sideways stands in a box with role="region", so that the keyboard gets to it.
    "prefer-native-element": ["error", { exclude: ["button", "region"] }],
    // The Design System's date has a fieldset with role="group", for readers that pass over its hint without.
    "no-redundant-role": "off",
    // Controls that belong to different forms by their `form` attribute may share a name; the checker takes them for one.
    "form-dup-name": "off",
    // A title is the page's question and the council's name; 70 characters is what search engines show.
    "long-title": "off",
    // A number that breaks at the end of a line is no fault of the markup; numbers are a policy's text.
    "tel-non-breaking": "off",
  },
};
