// The search in the header of every page: suggests nodes by name or address, opens an address by Enter, and says what
// is wrong with a malformed one.

import { isLikeAddress, normal, problemOf } from './address.js';
import { ask } from './api.js';
import { h, show } from './dom.js';
import { statusOf, shortened } from './parts.js';
import { link } from './router.js';
import { language, t } from './texts.js';

const TYPING_PAUSE_MS = 250;
const MOST_SUGGESTIONS = 6;
const LIST = 'search-list';

/** One search box. Each key pressed makes the request of the key before obsolete. */
class SearchBox {
  #place;
  #timer;
  #asking;
  #text = '';
  #found = [];
  #foundFor;
  #chosen = -1;
  #open = false;
  #note = null;

  constructor(place) {
    this.#place = place;
    // The pages of the documentation around it are in English.
    place.lang = language;
    document.addEventListener('keydown', (event) => this.#shortcut(event));
    document.addEventListener('click', (event) => place.contains(event.target) || this.#close());
    this.#draw();
  }

  /** Whether there is something to see below the field. */
  get #isShown() {
    return this.#open && (this.#found.length > 0 || this.#note !== null);
  }

  #draw() {
    const listed = this.#open && this.#found.length > 0;
    show(this.#place, h('form', { class: 'find', role: 'search', 'aria-label': t('search.name'), onsubmit: (event) => this.#submit(event) },
      h('input', {
        type: 'search', placeholder: t('search.placeholder'), maxlength: '255', spellcheck: 'false', autocomplete: 'off',
        autocapitalize: 'off', role: 'combobox', 'aria-label': t('search.label'), 'aria-controls': LIST,
        'aria-expanded': String(listed), 'aria-autocomplete': 'list', 'aria-keyshortcuts': '/',
        'aria-activedescendant': listed && this.#chosen >= 0 ? `${LIST}-${this.#chosen}` : null,
        oninput: (event) => this.#type(event.target.value), onkeydown: (event) => this.#key(event),
        onfocus: () => this.#reopen(),
      }),
      h('kbd', { 'aria-hidden': 'true' }, '/'),
      h('div', { class: 'find-drop', hidden: !this.#isShown },
        h('ul', { id: LIST, role: 'listbox', 'aria-label': t('search.suggestions'), hidden: !listed },
          this.#found.map((node, i) => this.#suggestion(node, i))),
        h('p', { class: 'find-note', role: 'status' }, this.#open ? this.#note : null))));
  }

  #suggestion({ identifier, displayName, stats }, i) {
    return h('li', { key: identifier, id: `${LIST}-${i}`, role: 'option', 'aria-selected': String(i === this.#chosen), onclick: () => this.#openNode(identifier) },
      h('span', { class: 'find-name' }, displayName ? [h('b', null, displayName), ' '] : null,
        h('span', { class: 'address' }, shortened(identifier))), statusOf(stats));
  }

  #type(text) {
    this.#text = text.trim();
    this.#open = true;
    this.#chosen = -1;
    this.#note = null;
    this.#foundFor = undefined;
    this.#stop();
    if (this.#text === '') {
      this.#found = [];
    } else {
      this.#timer = setTimeout(() => this.#suggest(), TYPING_PAUSE_MS);
    }
    this.#draw();
  }

  /** @returns whether the text is still the same, so that the suggestions or the note belong to it */
  async #suggest() {
    this.#stop();
    const text = this.#text;
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const { body } = await ask(`/api/v1/nodes?${new URLSearchParams({ q: text, limit: MOST_SUGGESTIONS })}`, asking.signal);
      this.#found = body.items;
      this.#foundFor = text;
      this.#note = this.#noteFor(text);
    } catch (error) {
      if (asking.signal.aborted) {
        return false;
      }
      this.#found = [];
      this.#note = `${error.message}.`;
    }
    this.#draw();
    return true;
  }

  #noteFor(text) {
    if (this.#found.length > 0) {
      return null;
    }
    if (!isLikeAddress(text)) {
      return t('search.nothing');
    }
    const problem = problemOf(text);
    return problem ? t(`address.${problem.kind}`, problem) : t('address.unknown');
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#chosen >= 0) {
      this.#openNode(this.#found[this.#chosen].identifier);
      return;
    }
    if (isLikeAddress(this.#text) && !problemOf(this.#text)) {
      this.#openNode(normal(this.#text));
      return;
    }
    if (this.#text === '' || (this.#foundFor !== this.#text && !(await this.#suggest()))) {
      return;
    }
    const same = this.#found.find(({ identifier }) => normal(identifier) === normal(this.#text));
    if (same) {
      this.#openNode(same.identifier);
    } else if (this.#found.length > 0) {
      this.#leave(link([], { q: this.#text }));
    } else {
      this.#reopen();
    }
  }

  #openNode(identifier) {
    this.#leave(link(['nodes', identifier]));
  }

  #leave(address) {
    this.#stop();
    this.#place.querySelector('input').value = '';
    this.#text = '';
    this.#found = [];
    this.#close();
    // From the pages of the documentation this also opens the dashboard.
    location.assign(`/${address}`);
  }

  #key(event) {
    const last = this.#found.length - 1;
    if (event.key === 'Escape') {
      if (this.#isShown) {
        // Otherwise the browser empties the field.
        event.preventDefault();
      }
      this.#close();
    } else if (event.key === 'Tab') {
      this.#close();
    } else if (event.key === 'ArrowDown' && this.#open && last >= 0) {
      this.#choose(event, this.#chosen === last ? 0 : this.#chosen + 1);
    } else if (event.key === 'ArrowUp' && this.#open && last >= 0) {
      this.#choose(event, this.#chosen <= 0 ? last : this.#chosen - 1);
    }
  }

  #choose(event, index) {
    event.preventDefault();
    this.#chosen = index;
    this.#draw();
  }

  #reopen() {
    this.#open = this.#text !== '';
    this.#draw();
  }

  #close() {
    this.#open = false;
    this.#chosen = -1;
    this.#draw();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  #shortcut(event) {
    const input = this.#place.querySelector('input');
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input, select, textarea')) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  }
}

export function mountSearch(place) {
  return new SearchBox(place);
}
