/** The card renderer's settings, after Teams': colours as CSS variables, so that a change of theme redraws nothing. */

const colour = (name) => ({
  default: `var(--ac-${name})`,
  subtle: `var(--ac-${name}-subtle)`,
  highlightColors: { default: "var(--ac-highlight)", subtle: "var(--ac-highlight)" },
});

const FOREGROUND = {
  default: colour("text"),
  dark: colour("dark"),
  light: colour("light"),
  accent: colour("accent"),
  good: colour("good"),
  warning: colour("warning"),
  attention: colour("attention"),
};

const style = (name) => ({
  backgroundColor: `var(--ac-bg-${name})`,
  borderColor: "var(--ac-border)",
  foregroundColors: FOREGROUND,
});

const SIZES = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 };
const WEIGHTS = { lighter: 300, default: 400, bolder: 600 };

export const HOST_CONFIG = {
  choiceSetInputValueSeparator: ",",
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: "var(--ac-border)" },
  imageSizes: { small: 32, medium: 52, large: 100 },
  fontTypes: {
    default: { fontFamily: "var(--font)", fontSizes: SIZES, fontWeights: WEIGHTS },
    monospace: { fontFamily: "var(--mono)", fontSizes: SIZES, fontWeights: WEIGHTS },
  },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  containerStyles: {
    default: style("default"),
    emphasis: style("emphasis"),
    accent: style("accent"),
    good: style("good"),
    attention: style("attention"),
    warning: style("warning"),
  },
  textStyles: {
    heading: { fontType: "default", size: "large", weight: "bolder", color: "default", isSubtle: false },
    columnHeader: { fontType: "default", size: "default", weight: "bolder", color: "default", isSubtle: false },
  },
  textBlock: { headingLevel: 3 },
  factSet: {
    title: { color: "default", size: "default", isSubtle: false, weight: "bolder", wrap: true, maxWidth: 150 },
    value: { color: "default", size: "default", isSubtle: false, weight: "default", wrap: true },
    spacing: 16,
  },
  table: { cellSpacing: 8 },
  imageSet: { imageSize: "medium", maxImageHeight: 100 },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "bolder", size: "default", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder", size: "default" },
    },
    errorMessage: { size: "small", color: "attention", weight: "default", spacing: "small" },
  },
  actions: {
    maxActions: 6,
    spacing: "default",
    buttonSpacing: 8,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    preExpandSingleShowCardAction: false,
    showCard: { actionMode: "inline", inlineTopMargin: 12, style: "emphasis" },
    iconPlacement: "leftOfTitle",
    iconSize: 20,
  },
  adaptiveCard: { allowCustomStyle: false },
};
