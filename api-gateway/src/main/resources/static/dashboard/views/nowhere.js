// The page for unknown addresses.

import { h } from '../dom.js';
import { link } from '../router.js';
import { t } from '../texts.js';

export const nowhere = {
  title: () => t('page.notFound'),
  questions: () => ({}),
  content: () => [
    h('header', { class: 'page-head' }, h('h1', { tabindex: '-1' }, t('page.unknownPage')),
      h('p', null, h('a', { href: link([]) }, t('page.back')))),
  ],
};
