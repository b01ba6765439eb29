// A short message about the result of an action. Screen readers announce it, and it disappears after a few seconds.

const SHOWN_MS = 4_000;
const place = document.getElementById('message');
let timer;

export function showMessage(text) {
  place.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.textContent = '';
  }, SHOWN_MS);
}
