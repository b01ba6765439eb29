// CSV downloads.

import { ask, askForCsv } from './api.js';
import { showMessage } from './message.js';

const PAGE = 500;
const COLUMNS = [
  ['identifier', (node) => node.identifier],
  ['displayName', (node) => node.displayName],
  ['gpuType', (node) => node.gpuType],
  ['region', (node) => node.region],
  ...['status', 'activeModel', 'votingWeight', 'uptimePercent', 'earningsDay', 'earningsTotal', 'source', 'fetchedAt', 'stale']
    .map((name) => [name, (node) => node.stats?.[name]]),
];

/** Earnings in the CSV format of the API. */
export function saveEarnings(url, name) {
  return save(name, () => askForCsv(url));
}

/** All matching nodes, page by page, not only the visible ones. */
export function saveNodes(url, name) {
  return save(name, () => allNodes(url));
}

async function allNodes(url) {
  const lines = [COLUMNS.map(([column]) => column).join(',')];
  let cursor = null;
  do {
    const query = new URLSearchParams({ limit: PAGE, ...(cursor ? { cursor } : {}) });
    const { body } = await ask(`${url}${url.includes('?') ? '&' : '?'}${query}`);
    body.items.forEach((node) => lines.push(COLUMNS.map(([, value]) => cell(value(node))).join(',')));
    cursor = body.nextCursor;
  } while (cursor);
  return lines.join('\r\n') + '\r\n';
}

function cell(value) {
  const text = String(value ?? '');
  // Names are free text, and a spreadsheet would evaluate text that looks like a formula.
  const harmless = /^[=+@\t\r-]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

async function save(name, write) {
  try {
    offer(name, await write());
  } catch (error) {
    showMessage(`${name} download failed: ${error.message}`);
  }
}

function offer(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
