// CSV downloads, mostly written by the API.

import { askForCsv } from './api.js';
import { showMessage } from './message.js';
import { t } from './texts.js';

/** All pages of a list, not only the visible one. The file has the name that the API suggests. */
export async function saveCsv(url, usualName) {
  try {
    const { name, text } = await allPages(url);
    offer(name ?? usualName, text);
  } catch (error) {
    showMessage(t('page.csvFailed', { name: usualName, error: error.message }));
  }
}

/** Rows that the page already has, written as the API does. */
export function saveRows(name, rows) {
  offer(name, rows.map((row) => `${row.map(field).join(',')}\r\n`).join(''));
}

/** A text that a spreadsheet would run as a formula starts with an apostrophe: anyone can name a stage. */
function field(value) {
  const text = value === null || value === undefined ? '' : String(value);
  const guarded = /^[=+\-@\t\r\n]/.test(text) && !/^-?[0-9.]+$/.test(text) ? `'${text}` : text;
  return /^[\w.:/-]*$/.test(guarded) ? guarded : `"${guarded.replaceAll('"', '""')}"`;
}

async function allPages(url) {
  const texts = [];
  let name;
  for (let next = url; next;) {
    const page = await askForCsv(next);
    name ??= page.name;
    // Each page begins with the line of column names.
    texts.push(texts.length === 0 ? page.text : page.text.slice(page.text.indexOf('\n') + 1));
    next = page.next;
  }
  return { name, text: texts.join('') };
}

function offer(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
