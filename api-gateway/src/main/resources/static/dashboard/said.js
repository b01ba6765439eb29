// A word on what came of a press of a button; it is spoken, and goes away by itself.

const SHOWN_MS = 4_000;
const place = document.getElementById('said');
let timer;

export function say(text) {
  place.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.textContent = '';
  }, SHOWN_MS);
}
