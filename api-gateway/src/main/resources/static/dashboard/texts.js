// The texts of the dashboard in the reader's language. texts/*.js have one flat list of keys each; {name} is a
// placeholder, and ' | ' separates the plural forms in the order zero, one, two, few, many, other, as far as the
// language has them.

import english from './texts/en.js';

const NAME = 'gonka-pulse.language';
const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Language tag, own name, and locale of numbers and times. */
export const LANGUAGES = [
  ['en', 'English', 'en-GB'],
  ['zh', '中文', 'zh-CN'],
  ['ru', 'Русский', 'ru-RU'],
];

export const language = chosenLanguage();
export const locale = LANGUAGES.find(([tag]) => tag === language)[2];

const texts = language === 'en' ? english : (await import(`./texts/${language}.js`)).default;
const rules = new Intl.PluralRules(locale);
const forms = FORMS.filter((form) => rules.resolvedOptions().pluralCategories.includes(form));

/** The text of this key with its placeholders filled. A missing text is shown in English, or else as its key. */
export function t(key, values = {}) {
  return (texts[key] ?? english[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** The plural form for this number, with {n} and the other placeholders filled. */
export function plural(key, n, values = {}) {
  const known = (texts[key] ?? english[key] ?? key).split(' | ');
  const form = known[Math.min(forms.indexOf(rules.select(n)), known.length - 1)];
  return form.replace(/\{(\w+)\}/g, (_, name) => ({ n: n.toLocaleString(locale), ...values })[name] ?? '');
}

/** The text as children of h(), so that the values can be elements. */
export function sentence(key, values) {
  return (texts[key] ?? english[key] ?? key).split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? values[part.slice(1, -1)] : part))
    .filter((part) => part !== '');
}

/** Loads the page again in this language: every view is drawn with its texts. */
export function chooseLanguage(tag) {
  try {
    localStorage.setItem(NAME, tag);
  } catch {
    // Without storage the browser's own language stays.
  }
  location.reload();
}

function chosenLanguage() {
  const known = (tag) => LANGUAGES.some(([one]) => one === tag);
  let stored;
  try {
    stored = localStorage.getItem(NAME);
  } catch {
    // Without storage the browser's own language decides.
  }
  return [stored, ...(navigator.languages ?? []).map((tag) => tag.split('-')[0])].find(known) ?? 'en';
}
