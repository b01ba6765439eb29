// A page shows a few resources that are fetched periodically. A feed is one of them: its newest response, the age of
// that, and the last error.

import { ask, keptAnswer } from './api.js';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

class Feed {
  #timer;
  #asking;

  constructor(changed) {
    this.changed = changed;
    this.answer = undefined;
    this.answeredUrl = undefined;
    this.checkedAt = undefined;
    this.error = undefined;
    this.failures = 0;
    this.nextTryAt = undefined;
  }

  /** Fetches this address from now on. The previous response stays until the new one arrives. */
  follow({ url, everySeconds }) {
    this.everyMs = everySeconds * 1000;
    if (url === this.url) {
      return;
    }
    this.url = url;
    this.error = undefined;
    this.failures = 0;
    const known = keptAnswer(url);
    if (known) {
      this.answer = known;
      this.answeredUrl = url;
    }
    this.askNow();
  }

  /** Whether the current response belongs to another address. */
  get behind() {
    return this.answer !== undefined && this.answeredUrl !== this.url;
  }

  askNow() {
    this.stop();
    const asking = new AbortController();
    this.#asking = asking;
    ask(this.url, asking.signal).then(
      (answer) => this.#settle(asking, () => this.#succeed(answer)),
      (error) => this.#settle(asking, () => this.#fail(error)),
    );
  }

  stop() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = undefined;
  }

  #settle(asking, outcome) {
    if (asking !== this.#asking) {
      return;
    }
    const pause = outcome();
    this.nextTryAt = Date.now() + pause;
    this.#timer = setTimeout(() => document.hidden || this.askNow(), pause);
    this.changed();
  }

  #succeed(answer) {
    this.answer = answer;
    this.answeredUrl = this.url;
    this.checkedAt = Date.now();
    this.error = undefined;
    this.failures = 0;
    return this.everyMs;
  }

  #fail(error) {
    this.error = error;
    this.failures++;
    const growing = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.failures - 1));
    return Math.max(error.passing ? growing : this.everyMs, (error.retryAfterSeconds ?? 0) * 1000);
  }
}

/** The feeds of the current page by name. */
export class Feeds {
  #feeds = new Map();
  #changed;

  constructor(changed) {
    this.#changed = changed;
    document.addEventListener('visibilitychange', () => document.hidden || this.askAll());
    window.addEventListener('online', () => this.askAll());
  }

  /** Starts missing feeds and stops those that are no longer needed. */
  want(questions) {
    for (const [name, feed] of this.#feeds) {
      if (!(name in questions)) {
        feed.stop();
        this.#feeds.delete(name);
      }
    }
    for (const [name, question] of Object.entries(questions)) {
      if (!this.#feeds.has(name)) {
        this.#feeds.set(name, new Feed(this.#changed));
      }
      this.#feeds.get(name).follow(question);
    }
  }

  get(name) {
    return this.#feeds.get(name);
  }

  all() {
    return [...this.#feeds.values()];
  }

  askAll() {
    this.all().forEach((feed) => feed.askNow());
  }
}
