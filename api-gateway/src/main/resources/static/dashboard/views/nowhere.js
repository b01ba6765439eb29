// An address that leads nowhere.

import { h } from '../dom.js';
import { link } from '../router.js';

export const nowhere = {
  title: () => 'Not found',
  questions: () => ({}),
  content: () => [
    h('header', { class: 'page-head' }, h('h1', { tabindex: '-1' }, 'There is no such page'),
      h('p', null, h('a', { href: link([]) }, 'To the network'))),
  ],
};
