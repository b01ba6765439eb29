// The page for unknown addresses.

import { h } from '../dom.js';
import { link } from '../router.js';

export const nowhere = {
  title: () => 'Not found',
  questions: () => ({}),
  content: () => [
    h('header', { class: 'page-head' }, h('h1', { tabindex: '-1' }, 'Page not found'),
      h('p', null, h('a', { href: link([]) }, 'Back to the network'))),
  ],
};
